-- AirMetrics: airline punctuality and sales

CREATE TABLE airports (
  iata_code VARCHAR(3) NOT NULL PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(60) NOT NULL,
  country VARCHAR(60) NOT NULL,
  timezone VARCHAR(40) NOT NULL,
  is_hub BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE aircraft (
  id INTEGER NOT NULL PRIMARY KEY,
  registration VARCHAR(10) NOT NULL UNIQUE,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seat_count INTEGER NOT NULL,
  delivered_on DATE NOT NULL,
  status VARCHAR(20) NOT NULL,
  retired_on DATE
);

CREATE TABLE flights (
  id INTEGER NOT NULL PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  aircraft_id INTEGER REFERENCES aircraft(id),
  origin_code VARCHAR(3) NOT NULL REFERENCES airports(iata_code),
  destination_code VARCHAR(3) NOT NULL REFERENCES airports(iata_code),
  scheduled_departure DATETIME NOT NULL,
  actual_departure DATETIME,
  scheduled_arrival DATETIME NOT NULL,
  actual_arrival DATETIME,
  arrival_delay_minutes INTEGER,
  status VARCHAR(20) NOT NULL
);

CREATE TABLE delay_reasons (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  responsible_party VARCHAR(20) NOT NULL
);

CREATE TABLE delays (
  id INTEGER NOT NULL PRIMARY KEY,
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  reason_id INTEGER NOT NULL REFERENCES delay_reasons(id),
  minutes INTEGER NOT NULL,
  remarks VARCHAR(120)
);

CREATE TABLE passengers (
  id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  email VARCHAR(120),
  date_of_birth DATE NOT NULL,
  nationality VARCHAR(60) NOT NULL,
  loyalty_tier VARCHAR(10),
  loyalty_since DATE
);

CREATE TABLE bookings (
  id INTEGER NOT NULL PRIMARY KEY,
  booking_reference VARCHAR(6) NOT NULL UNIQUE,
  passenger_id INTEGER NOT NULL REFERENCES passengers(id),
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  booked_on DATE NOT NULL,
  travel_class VARCHAR(20) NOT NULL,
  fare DECIMAL(10,2) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  seat VARCHAR(4),
  checked_bags INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE revenues (
  id INTEGER NOT NULL PRIMARY KEY,
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  revenue_date DATE NOT NULL,
  category VARCHAR(20) NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  is_forecast BOOLEAN NOT NULL DEFAULT 0
);
