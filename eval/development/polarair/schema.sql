CREATE TABLE airports (
  id INTEGER PRIMARY KEY,
  iata_code VARCHAR(3) NOT NULL UNIQUE,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL
);
CREATE TABLE routes (
  id INTEGER PRIMARY KEY,
  origin_airport_id INTEGER NOT NULL REFERENCES airports(id),
  destination_airport_id INTEGER NOT NULL REFERENCES airports(id),
  distance_km INTEGER NOT NULL,
  is_seasonal BOOLEAN NOT NULL,
  opened_on DATE
);
CREATE TABLE aircraft (
  id INTEGER PRIMARY KEY,
  tail_number VARCHAR(8) NOT NULL UNIQUE,
  model VARCHAR(40) NOT NULL,
  nickname VARCHAR(40),
  seats INTEGER,
  delivered_on DATE,
  base_airport_id INTEGER REFERENCES airports(id)
);
CREATE TABLE flights (
  id INTEGER PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  route_id INTEGER NOT NULL REFERENCES routes(id),
  aircraft_id INTEGER REFERENCES aircraft(id),
  scheduled_departure DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  delay_minutes INTEGER
);
CREATE TABLE passengers (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  country VARCHAR(40),
  birth_date DATE,
  tier VARCHAR(10)
);
CREATE TABLE bookings (
  id INTEGER PRIMARY KEY,
  passenger_id INTEGER NOT NULL REFERENCES passengers(id),
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  booked_on DATE NOT NULL,
  cabin_class VARCHAR(10) NOT NULL,
  fare DECIMAL(8,2) NOT NULL,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE crew_members (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  position VARCHAR(20) NOT NULL,
  base_airport_id INTEGER REFERENCES airports(id),
  hired_on DATE
);
CREATE TABLE crew_assignments (
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  crew_member_id INTEGER NOT NULL REFERENCES crew_members(id),
  duty VARCHAR(20) NOT NULL,
  PRIMARY KEY (flight_id, crew_member_id)
);
