PRAGMA foreign_keys = ON;

CREATE TABLE airports (
  id INTEGER PRIMARY KEY,
  iata_code VARCHAR(3) NOT NULL,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(50) NOT NULL,
  country VARCHAR(50) NOT NULL,
  is_base BOOLEAN NOT NULL
);

CREATE TABLE aircraft_types (
  id INTEGER PRIMARY KEY,
  manufacturer VARCHAR(30) NOT NULL,
  model VARCHAR(30) NOT NULL,
  seats INTEGER NOT NULL,
  range_km INTEGER NOT NULL,
  cabin_crew_required INTEGER NOT NULL
);

CREATE TABLE aircraft (
  id INTEGER PRIMARY KEY,
  registration VARCHAR(10) NOT NULL,
  aircraft_type_id INTEGER NOT NULL,
  home_airport_id INTEGER NOT NULL,
  status VARCHAR(20) NOT NULL,
  delivered_at DATETIME NOT NULL,
  retired_at DATETIME,
  FOREIGN KEY (aircraft_type_id) REFERENCES aircraft_types (id),
  FOREIGN KEY (home_airport_id) REFERENCES airports (id)
);

CREATE TABLE crew_members (
  id INTEGER PRIMARY KEY,
  employee_number VARCHAR(10) NOT NULL,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  role VARCHAR(20) NOT NULL,
  base_airport_id INTEGER NOT NULL,
  supervisor_id INTEGER,
  hired_at DATETIME NOT NULL,
  left_at DATETIME,
  flight_hours INTEGER,
  FOREIGN KEY (base_airport_id) REFERENCES airports (id),
  FOREIGN KEY (supervisor_id) REFERENCES crew_members (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE routes (
  id INTEGER PRIMARY KEY,
  origin_airport_id INTEGER NOT NULL,
  destination_airport_id INTEGER NOT NULL,
  distance_km INTEGER NOT NULL,
  flight_minutes INTEGER NOT NULL,
  status VARCHAR(10) NOT NULL,
  opened_at DATETIME NOT NULL,
  FOREIGN KEY (origin_airport_id) REFERENCES airports (id),
  FOREIGN KEY (destination_airport_id) REFERENCES airports (id)
);

CREATE TABLE flights (
  id INTEGER PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  route_id INTEGER NOT NULL,
  aircraft_id INTEGER NOT NULL,
  scheduled_departure DATETIME NOT NULL,
  scheduled_arrival DATETIME NOT NULL,
  actual_departure DATETIME,
  actual_arrival DATETIME,
  status VARCHAR(12) NOT NULL,
  passengers INTEGER,
  delay_minutes INTEGER,
  delay_reason VARCHAR(30),
  cancel_reason VARCHAR(30),
  FOREIGN KEY (route_id) REFERENCES routes (id),
  FOREIGN KEY (aircraft_id) REFERENCES aircraft (id)
);

CREATE TABLE crew_assignments (
  id INTEGER PRIMARY KEY,
  flight_id INTEGER NOT NULL,
  crew_member_id INTEGER NOT NULL,
  duty VARCHAR(20) NOT NULL,
  status VARCHAR(12) NOT NULL,
  assigned_at DATETIME NOT NULL,
  FOREIGN KEY (flight_id) REFERENCES flights (id),
  FOREIGN KEY (crew_member_id) REFERENCES crew_members (id)
);

CREATE TABLE crew_absences (
  id INTEGER PRIMARY KEY,
  crew_member_id INTEGER NOT NULL,
  absence_type VARCHAR(20) NOT NULL,
  starts_at DATETIME NOT NULL,
  ends_at DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  FOREIGN KEY (crew_member_id) REFERENCES crew_members (id)
);

CREATE TABLE maintenance_checks (
  id INTEGER PRIMARY KEY,
  aircraft_id INTEGER NOT NULL,
  check_type VARCHAR(20) NOT NULL,
  airport_id INTEGER NOT NULL,
  starts_at DATETIME NOT NULL,
  finished_at DATETIME,
  cost DECIMAL(10,2),
  status VARCHAR(12) NOT NULL,
  FOREIGN KEY (aircraft_id) REFERENCES aircraft (id),
  FOREIGN KEY (airport_id) REFERENCES airports (id)
);
