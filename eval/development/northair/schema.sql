CREATE TABLE airports (
  id INTEGER NOT NULL PRIMARY KEY,
  iata_code CHAR(3) NOT NULL,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(60) NOT NULL,
  country VARCHAR(60) NOT NULL,
  is_hub BOOLEAN NOT NULL
);

CREATE TABLE aircraft (
  id INTEGER NOT NULL PRIMARY KEY,
  registration VARCHAR(10) NOT NULL,
  model VARCHAR(40) NOT NULL,
  manufacturer VARCHAR(40) NOT NULL,
  seats INTEGER NOT NULL,
  entered_service DATE NOT NULL,
  status VARCHAR(20) NOT NULL,
  home_airport_id INTEGER,
  FOREIGN KEY (home_airport_id) REFERENCES airports(id)
);

CREATE TABLE flights (
  id INTEGER NOT NULL PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  origin_airport_id INTEGER NOT NULL,
  destination_airport_id INTEGER NOT NULL,
  aircraft_id INTEGER,
  scheduled_departure TIMESTAMP NOT NULL,
  scheduled_arrival TIMESTAMP NOT NULL,
  departure_delay_minutes INTEGER,
  status VARCHAR(20) NOT NULL,
  FOREIGN KEY (origin_airport_id) REFERENCES airports(id),
  FOREIGN KEY (destination_airport_id) REFERENCES airports(id),
  FOREIGN KEY (aircraft_id) REFERENCES aircraft(id)
);

CREATE TABLE passengers (
  id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(120),
  date_of_birth DATE NOT NULL,
  nationality VARCHAR(40) NOT NULL,
  loyalty_tier VARCHAR(10),
  registered_on DATE NOT NULL
);

CREATE TABLE bookings (
  id INTEGER NOT NULL PRIMARY KEY,
  booking_reference CHAR(6) NOT NULL,
  passenger_id INTEGER NOT NULL,
  flight_id INTEGER NOT NULL,
  booked_on DATE NOT NULL,
  fare_class VARCHAR(20) NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  checked_bags INTEGER NOT NULL,
  seat_number VARCHAR(4),
  channel VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  FOREIGN KEY (passenger_id) REFERENCES passengers(id),
  FOREIGN KEY (flight_id) REFERENCES flights(id)
);

CREATE TABLE crew_members (
  id INTEGER NOT NULL PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  role VARCHAR(20) NOT NULL,
  base_airport_id INTEGER NOT NULL,
  hired_on DATE NOT NULL,
  license_expires_on DATE,
  FOREIGN KEY (base_airport_id) REFERENCES airports(id)
);

CREATE TABLE crew_assignments (
  flight_id INTEGER NOT NULL,
  crew_member_id INTEGER NOT NULL,
  assigned_on DATE NOT NULL,
  PRIMARY KEY (flight_id, crew_member_id),
  FOREIGN KEY (flight_id) REFERENCES flights(id),
  FOREIGN KEY (crew_member_id) REFERENCES crew_members(id)
);

CREATE TABLE maintenance_checks (
  id INTEGER NOT NULL PRIMARY KEY,
  aircraft_id INTEGER NOT NULL,
  check_type VARCHAR(20) NOT NULL,
  started_on DATE NOT NULL,
  finished_on DATE,
  cost DECIMAL(12,2),
  airport_id INTEGER NOT NULL,
  FOREIGN KEY (aircraft_id) REFERENCES aircraft(id),
  FOREIGN KEY (airport_id) REFERENCES airports(id)
);

