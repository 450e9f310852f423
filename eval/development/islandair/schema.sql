CREATE TABLE airport (
  airport_code CHAR(3) PRIMARY KEY,
  airport_name VARCHAR(80) NOT NULL,
  city VARCHAR(50) NOT NULL,
  country VARCHAR(50) NOT NULL,
  elevation_m INTEGER,
  runway_length_m INTEGER NOT NULL,
  time_zone VARCHAR(40) NOT NULL
);
CREATE TABLE aircraft (
  tail_number VARCHAR(8) PRIMARY KEY,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seat_capacity INTEGER NOT NULL,
  range_km INTEGER NOT NULL,
  delivered_on DATE,
  status VARCHAR(15) NOT NULL
);
CREATE TABLE route (
  route_id INTEGER PRIMARY KEY,
  origin_code CHAR(3) NOT NULL REFERENCES airport(airport_code),
  destination_code CHAR(3) NOT NULL REFERENCES airport(airport_code),
  distance_km INTEGER NOT NULL,
  duration_min INTEGER NOT NULL,
  is_seasonal BOOLEAN NOT NULL DEFAULT 0,
  opened_on DATE NOT NULL
);
CREATE TABLE pilot (
  pilot_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  pilot_rank VARCHAR(15) NOT NULL,
  base_code CHAR(3) NOT NULL REFERENCES airport(airport_code),
  hired_on DATE NOT NULL,
  flight_hours INTEGER NOT NULL,
  licence_expires_on DATE
);
CREATE TABLE flight (
  flight_id INTEGER PRIMARY KEY,
  flight_number VARCHAR(6) NOT NULL,
  route_id INTEGER NOT NULL REFERENCES route(route_id),
  tail_number VARCHAR(8) REFERENCES aircraft(tail_number),
  captain_id INTEGER REFERENCES pilot(pilot_id),
  first_officer_id INTEGER REFERENCES pilot(pilot_id),
  scheduled_departure DATETIME NOT NULL,
  actual_departure DATETIME,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE flight_delay (
  delay_id INTEGER PRIMARY KEY,
  flight_id INTEGER NOT NULL REFERENCES flight(flight_id),
  cause VARCHAR(20) NOT NULL,
  delay_minutes INTEGER NOT NULL,
  remark VARCHAR(120)
);
CREATE TABLE passenger (
  passenger_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  date_of_birth DATE NOT NULL,
  nationality VARCHAR(40),
  loyalty_tier VARCHAR(10),
  enrolled_on DATE
);
CREATE TABLE ticket (
  ticket_number VARCHAR(12) PRIMARY KEY,
  flight_id INTEGER NOT NULL REFERENCES flight(flight_id),
  passenger_id INTEGER NOT NULL REFERENCES passenger(passenger_id),
  booked_on DATE NOT NULL,
  cabin VARCHAR(10) NOT NULL,
  seat_number VARCHAR(4),
  fare DECIMAL(10,2) NOT NULL,
  bags INTEGER NOT NULL DEFAULT 0,
  status VARCHAR(10) NOT NULL
);
