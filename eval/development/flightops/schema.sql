CREATE TABLE airports (
  code CHAR(3) PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(50) NOT NULL,
  country VARCHAR(50) NOT NULL,
  timezone VARCHAR(40),
  elevation_ft INTEGER
);
CREATE TABLE aircraft_types (
  id INTEGER PRIMARY KEY,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seat_capacity INTEGER NOT NULL,
  range_km INTEGER NOT NULL,
  engine_type VARCHAR(20) NOT NULL
);
CREATE TABLE aircraft (
  id INTEGER PRIMARY KEY,
  registration VARCHAR(10) NOT NULL UNIQUE,
  aircraft_type_id INTEGER NOT NULL REFERENCES aircraft_types(id),
  home_base CHAR(3) REFERENCES airports(code),
  status VARCHAR(20) NOT NULL,
  delivered_on DATE,
  next_maintenance_on DATE
);
CREATE TABLE routes (
  id INTEGER PRIMARY KEY,
  origin_code CHAR(3) NOT NULL REFERENCES airports(code),
  destination_code CHAR(3) NOT NULL REFERENCES airports(code),
  distance_km INTEGER NOT NULL,
  block_time_min INTEGER NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE flights (
  id INTEGER PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  route_id INTEGER NOT NULL REFERENCES routes(id),
  aircraft_id INTEGER REFERENCES aircraft(id),
  scheduled_departure DATETIME NOT NULL,
  scheduled_arrival DATETIME NOT NULL,
  actual_departure DATETIME,
  actual_arrival DATETIME,
  status VARCHAR(20) NOT NULL,
  cancellation_reason VARCHAR(40),
  gate VARCHAR(5)
);
CREATE TABLE passengers (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(100),
  phone VARCHAR(25),
  nationality VARCHAR(50),
  date_of_birth DATE,
  loyalty_tier VARCHAR(20)
);
CREATE TABLE bookings (
  id INTEGER PRIMARY KEY,
  booking_reference CHAR(6) NOT NULL UNIQUE,
  passenger_id INTEGER NOT NULL REFERENCES passengers(id),
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  booked_at DATETIME NOT NULL,
  cabin_class VARCHAR(20) NOT NULL,
  seat_number VARCHAR(4),
  fare DECIMAL(10,2) NOT NULL,
  checked_bags INTEGER NOT NULL DEFAULT 0,
  status VARCHAR(20) NOT NULL
);
CREATE TABLE crew (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  role VARCHAR(20) NOT NULL,
  base_code CHAR(3) NOT NULL REFERENCES airports(code),
  hired_on DATE NOT NULL,
  licence_expires_on DATE,
  is_active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE crew_assignments (
  id INTEGER PRIMARY KEY,
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  crew_id INTEGER NOT NULL REFERENCES crew(id),
  duty VARCHAR(20) NOT NULL,
  assigned_on DATE
);
