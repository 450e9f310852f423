CREATE TABLE dim_airport (
  airport_key INTEGER PRIMARY KEY,
  airport_code VARCHAR(3) NOT NULL UNIQUE,
  airport_name VARCHAR(80) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL,
  is_hub INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE dim_aircraft (
  aircraft_key INTEGER PRIMARY KEY,
  tail_number VARCHAR(10) NOT NULL UNIQUE,
  manufacturer VARCHAR(30) NOT NULL,
  model VARCHAR(30) NOT NULL,
  seat_capacity INTEGER NOT NULL,
  delivered_on DATE NOT NULL,
  retired_on DATE
);
CREATE TABLE dim_crew (
  crew_key INTEGER PRIMARY KEY,
  first_name VARCHAR(30) NOT NULL,
  last_name VARCHAR(30) NOT NULL,
  crew_rank VARCHAR(30) NOT NULL,
  base_airport_key INTEGER REFERENCES dim_airport(airport_key),
  hired_on DATE NOT NULL,
  left_on DATE
);
CREATE TABLE dim_customer (
  customer_key INTEGER PRIMARY KEY,
  full_name VARCHAR(60) NOT NULL,
  loyalty_tier VARCHAR(10),
  country VARCHAR(40),
  joined_on DATE NOT NULL
);
CREATE TABLE dim_date (
  date_key INTEGER PRIMARY KEY,
  full_date DATE NOT NULL,
  year_num INTEGER NOT NULL,
  quarter_num INTEGER NOT NULL,
  month_num INTEGER NOT NULL,
  month_name VARCHAR(10) NOT NULL,
  day_name VARCHAR(10) NOT NULL,
  is_weekend INTEGER NOT NULL
);
CREATE TABLE fact_flight (
  flight_key INTEGER PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  aircraft_key INTEGER REFERENCES dim_aircraft(aircraft_key),
  origin_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  destination_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  scheduled_departure DATETIME NOT NULL,
  actual_departure DATETIME,
  arrival_delay_min INTEGER,
  distance_km INTEGER NOT NULL,
  flight_status VARCHAR(12) NOT NULL
);
CREATE TABLE fact_booking (
  booking_key INTEGER PRIMARY KEY,
  booking_date_key INTEGER NOT NULL REFERENCES dim_date(date_key),
  flight_key INTEGER NOT NULL REFERENCES fact_flight(flight_key),
  customer_key INTEGER NOT NULL REFERENCES dim_customer(customer_key),
  cabin_class VARCHAR(20) NOT NULL,
  booking_channel VARCHAR(20),
  fare_amount NUMERIC(9,2) NOT NULL,
  booking_status VARCHAR(12) NOT NULL
);
CREATE TABLE fact_crew_duty (
  duty_key INTEGER PRIMARY KEY,
  flight_key INTEGER NOT NULL REFERENCES fact_flight(flight_key),
  crew_key INTEGER NOT NULL REFERENCES dim_crew(crew_key),
  duty_role VARCHAR(20) NOT NULL,
  duty_hours NUMERIC(4,1)
);
