CREATE TABLE routes (
  id INTEGER PRIMARY KEY,
  route_number VARCHAR(5) NOT NULL,
  name VARCHAR(80) NOT NULL,
  route_type VARCHAR(10) NOT NULL,
  length_km DECIMAL(10,2) NOT NULL,
  started_on DATE NOT NULL,
  ended_on DATE
);

CREATE TABLE stops (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  district VARCHAR(40) NOT NULL,
  has_shelter BOOLEAN NOT NULL,
  wheelchair_accessible BOOLEAN NOT NULL,
  opened_on DATE
);

CREATE TABLE route_stops (
  id INTEGER PRIMARY KEY,
  route_id INTEGER NOT NULL REFERENCES routes (id),
  stop_id INTEGER NOT NULL REFERENCES stops (id),
  stop_sequence INTEGER NOT NULL,
  minutes_from_start INTEGER NOT NULL
);

CREATE TABLE vehicles (
  id INTEGER PRIMARY KEY,
  fleet_number VARCHAR(8) NOT NULL,
  licence_plate VARCHAR(10) NOT NULL,
  manufacturer VARCHAR(30) NOT NULL,
  model VARCHAR(30) NOT NULL,
  fuel_type VARCHAR(10) NOT NULL,
  seats INTEGER NOT NULL,
  purchase_date DATE NOT NULL,
  mileage_km INTEGER,
  next_inspection_date DATE,
  status VARCHAR(15) NOT NULL,
  depot VARCHAR(20) NOT NULL
);

CREATE TABLE drivers (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  hire_date DATE NOT NULL,
  left_on DATE,
  employment_type VARCHAR(10) NOT NULL,
  licence_expiry_date DATE NOT NULL,
  depot VARCHAR(20) NOT NULL
);

CREATE TABLE trips (
  id INTEGER PRIMARY KEY,
  route_id INTEGER NOT NULL REFERENCES routes (id),
  vehicle_id INTEGER REFERENCES vehicles (id),
  driver_id INTEGER REFERENCES drivers (id),
  scheduled_departure DATETIME NOT NULL,
  actual_departure DATETIME,
  delay_minutes INTEGER,
  passenger_count INTEGER,
  status VARCHAR(10) NOT NULL
);

CREATE TABLE tickets (
  id INTEGER PRIMARY KEY,
  trip_id INTEGER NOT NULL REFERENCES trips (id),
  ticket_type VARCHAR(15) NOT NULL,
  passenger_category VARCHAR(10) NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  payment_method VARCHAR(10) NOT NULL,
  sold_at DATETIME NOT NULL
);

CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  vehicle_id INTEGER NOT NULL REFERENCES vehicles (id),
  driver_id INTEGER REFERENCES drivers (id),
  trip_id INTEGER REFERENCES trips (id),
  incident_type VARCHAR(20) NOT NULL,
  severity VARCHAR(10) NOT NULL,
  reported_at DATETIME NOT NULL,
  resolved_on DATE,
  repair_cost DECIMAL(10,2),
  description VARCHAR(200)
);
