CREATE TABLE dim_date (
  date_key INTEGER PRIMARY KEY,
  full_date DATE NOT NULL,
  year INTEGER NOT NULL,
  quarter INTEGER NOT NULL,
  month INTEGER NOT NULL,
  month_name VARCHAR(12) NOT NULL,
  day_name VARCHAR(12) NOT NULL,
  is_weekend BOOLEAN NOT NULL
);

CREATE TABLE dim_airport (
  airport_key INTEGER PRIMARY KEY,
  iata_code VARCHAR(3) NOT NULL,
  airport_name VARCHAR(80) NOT NULL,
  city VARCHAR(60) NOT NULL,
  country VARCHAR(60) NOT NULL,
  runway_count INTEGER,
  is_hub BOOLEAN NOT NULL
);

CREATE TABLE dim_aircraft (
  aircraft_key INTEGER PRIMARY KEY,
  tail_number VARCHAR(10) NOT NULL,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seat_capacity INTEGER NOT NULL,
  ownership VARCHAR(10) NOT NULL,
  in_service_since DATE NOT NULL,
  retired_on DATE
);

CREATE TABLE dim_passenger (
  passenger_key INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  birth_date DATE,
  nationality VARCHAR(40),
  email VARCHAR(120),
  loyalty_tier VARCHAR(10),
  member_since DATE
);

CREATE TABLE fact_flight (
  flight_key INTEGER PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  date_key INTEGER NOT NULL REFERENCES dim_date(date_key),
  origin_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  destination_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  aircraft_key INTEGER REFERENCES dim_aircraft(aircraft_key),
  scheduled_departure DATETIME NOT NULL,
  scheduled_arrival DATETIME NOT NULL,
  distance_km INTEGER NOT NULL,
  delay_minutes INTEGER,
  status VARCHAR(12) NOT NULL
);

CREATE TABLE fact_booking (
  booking_key INTEGER PRIMARY KEY,
  booking_reference VARCHAR(6) NOT NULL,
  flight_key INTEGER NOT NULL REFERENCES fact_flight(flight_key),
  passenger_key INTEGER NOT NULL REFERENCES dim_passenger(passenger_key),
  booking_date_key INTEGER NOT NULL REFERENCES dim_date(date_key),
  cabin_class VARCHAR(20) NOT NULL,
  fare DECIMAL(10,2) NOT NULL,
  extra_bags INTEGER NOT NULL,
  channel VARCHAR(12) NOT NULL,
  seat_number VARCHAR(4),
  checked_in BOOLEAN NOT NULL
);
