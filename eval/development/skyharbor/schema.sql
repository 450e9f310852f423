CREATE TABLE airports (
  id INTEGER PRIMARY KEY,
  iata_code VARCHAR(3) NOT NULL UNIQUE,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(60) NOT NULL,
  country VARCHAR(60) NOT NULL,
  is_hub INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE aircraft_types (
  id INTEGER PRIMARY KEY,
  icao_code VARCHAR(4) NOT NULL UNIQUE,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seats INTEGER,
  range_km INTEGER
);
CREATE TABLE aircraft (
  id INTEGER PRIMARY KEY,
  registration VARCHAR(8) NOT NULL UNIQUE,
  nickname VARCHAR(60),
  aircraft_type_id INTEGER NOT NULL REFERENCES aircraft_types(id),
  base_airport_id INTEGER REFERENCES airports(id),
  delivered_on DATE,
  status VARCHAR(20) NOT NULL
);
CREATE TABLE routes (
  id INTEGER PRIMARY KEY,
  origin_airport_id INTEGER NOT NULL REFERENCES airports(id),
  destination_airport_id INTEGER NOT NULL REFERENCES airports(id),
  distance_km INTEGER NOT NULL,
  opened_on DATE NOT NULL,
  closed_on DATE
);
CREATE TABLE crew_members (
  id INTEGER PRIMARY KEY,
  staff_no VARCHAR(8) NOT NULL UNIQUE,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  position VARCHAR(20) NOT NULL,
  base_airport_id INTEGER REFERENCES airports(id),
  hired_on DATE NOT NULL,
  left_on DATE
);
CREATE TABLE flights (
  id INTEGER PRIMARY KEY,
  flight_number VARCHAR(6) NOT NULL,
  route_id INTEGER NOT NULL REFERENCES routes(id),
  aircraft_id INTEGER NOT NULL REFERENCES aircraft(id),
  captain_id INTEGER NOT NULL REFERENCES crew_members(id),
  first_officer_id INTEGER REFERENCES crew_members(id),
  service_type VARCHAR(20) NOT NULL,
  scheduled_departure DATETIME NOT NULL,
  actual_departure DATETIME,
  delay_minutes INTEGER,
  status VARCHAR(20) NOT NULL,
  cancel_reason VARCHAR(40)
);
CREATE TABLE passengers (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  home_city VARCHAR(60),
  loyalty_tier VARCHAR(20),
  joined_on DATE NOT NULL
);
CREATE TABLE bookings (
  id INTEGER PRIMARY KEY,
  reference VARCHAR(6) NOT NULL UNIQUE,
  passenger_id INTEGER NOT NULL REFERENCES passengers(id),
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  cabin VARCHAR(20) NOT NULL,
  fare_eur DECIMAL(10,2) NOT NULL,
  status VARCHAR(20) NOT NULL,
  booked_at DATETIME NOT NULL,
  cancelled_at DATETIME
);
CREATE TABLE maintenance_jobs (
  id INTEGER PRIMARY KEY,
  job_code VARCHAR(10) NOT NULL UNIQUE,
  aircraft_id INTEGER NOT NULL REFERENCES aircraft(id),
  airport_id INTEGER NOT NULL REFERENCES airports(id),
  check_type VARCHAR(20) NOT NULL,
  opened_on DATE,
  due_on DATE NOT NULL,
  closed_on DATE,
  cost_eur DECIMAL(12,2),
  status VARCHAR(20) NOT NULL
);
