CREATE TABLE dim_airport (
  airport_key INTEGER PRIMARY KEY,
  iata_code VARCHAR(3) NOT NULL UNIQUE,
  airport_name VARCHAR(80) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL
);
CREATE TABLE dim_aircraft (
  aircraft_key INTEGER PRIMARY KEY,
  registration VARCHAR(8) NOT NULL UNIQUE,
  aircraft_name VARCHAR(40),
  manufacturer VARCHAR(20) NOT NULL,
  model VARCHAR(20) NOT NULL,
  seats INTEGER NOT NULL,
  in_service_date DATE NOT NULL,
  retired_date DATE
);
CREATE TABLE dim_passenger (
  passenger_key INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  city VARCHAR(40),
  country VARCHAR(40),
  birth_date DATE,
  loyalty_tier VARCHAR(10),
  member_since DATE
);
CREATE TABLE fact_flight (
  flight_key INTEGER PRIMARY KEY,
  flight_number VARCHAR(6) NOT NULL,
  flight_date DATE NOT NULL,
  origin_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  destination_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  aircraft_key INTEGER REFERENCES dim_aircraft(aircraft_key),
  flight_status VARCHAR(10) NOT NULL,
  distance_km INTEGER NOT NULL,
  departure_delay_min INTEGER,
  arrival_delay_min INTEGER
);
CREATE TABLE fact_ticket (
  ticket_key INTEGER PRIMARY KEY,
  flight_key INTEGER NOT NULL REFERENCES fact_flight(flight_key),
  passenger_key INTEGER NOT NULL REFERENCES dim_passenger(passenger_key),
  cabin VARCHAR(20) NOT NULL,
  fare DECIMAL(8,2) NOT NULL,
  airport_tax DECIMAL(8,2) NOT NULL,
  booked_on DATE NOT NULL,
  booking_channel VARCHAR(10),
  ticket_status VARCHAR(10) NOT NULL,
  checked_bags INTEGER NOT NULL
);
