CREATE TABLE airports (
  id INTEGER PRIMARY KEY,
  iata_code VARCHAR(3) NOT NULL UNIQUE,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(60) NOT NULL,
  country VARCHAR(60) NOT NULL,
  elevation_ft INTEGER NOT NULL,
  runway_length_m INTEGER NOT NULL,
  is_base BOOLEAN NOT NULL
);

CREATE TABLE aircraft (
  id INTEGER PRIMARY KEY,
  registration VARCHAR(10) NOT NULL UNIQUE,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seats INTEGER NOT NULL,
  delivered_on DATE NOT NULL,
  status VARCHAR(20) NOT NULL,
  home_airport_id INTEGER,
  next_check_due DATE,
  FOREIGN KEY (home_airport_id) REFERENCES airports(id)
);

CREATE TABLE routes (
  id INTEGER PRIMARY KEY,
  origin_airport_id INTEGER NOT NULL,
  destination_airport_id INTEGER NOT NULL,
  distance_km INTEGER NOT NULL,
  base_fare DECIMAL(10,2) NOT NULL,
  season VARCHAR(20) NOT NULL,
  started_on DATE NOT NULL,
  ended_on DATE,
  FOREIGN KEY (origin_airport_id) REFERENCES airports(id),
  FOREIGN KEY (destination_airport_id) REFERENCES airports(id)
);

CREATE TABLE flights (
  id INTEGER PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  route_id INTEGER NOT NULL,
  aircraft_id INTEGER,
  scheduled_departure DATETIME NOT NULL,
  scheduled_arrival DATETIME NOT NULL,
  actual_departure DATETIME,
  delay_minutes INTEGER,
  delay_reason VARCHAR(30),
  status VARCHAR(20) NOT NULL,
  FOREIGN KEY (route_id) REFERENCES routes(id),
  FOREIGN KEY (aircraft_id) REFERENCES aircraft(id)
);

CREATE TABLE crew_members (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  position VARCHAR(20) NOT NULL,
  base_airport_id INTEGER NOT NULL,
  hired_on DATE NOT NULL,
  left_on DATE,
  license_expires_on DATE,
  FOREIGN KEY (base_airport_id) REFERENCES airports(id)
);

CREATE TABLE crew_assignments (
  id INTEGER PRIMARY KEY,
  flight_id INTEGER NOT NULL,
  crew_member_id INTEGER NOT NULL,
  duty VARCHAR(20) NOT NULL,
  assigned_on DATE NOT NULL,
  FOREIGN KEY (flight_id) REFERENCES flights(id),
  FOREIGN KEY (crew_member_id) REFERENCES crew_members(id)
);

CREATE TABLE passengers (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  date_of_birth DATE,
  nationality VARCHAR(40) NOT NULL,
  email VARCHAR(100),
  is_frequent_flyer BOOLEAN NOT NULL,
  registered_on DATE NOT NULL
);

CREATE TABLE bookings (
  id INTEGER PRIMARY KEY,
  reference VARCHAR(6) NOT NULL UNIQUE,
  passenger_id INTEGER NOT NULL,
  flight_id INTEGER NOT NULL,
  booked_on DATE NOT NULL,
  channel VARCHAR(20) NOT NULL,
  cabin_class VARCHAR(20) NOT NULL,
  fare DECIMAL(10,2) NOT NULL,
  checked_bags INTEGER NOT NULL,
  seat_number VARCHAR(4),
  status VARCHAR(20) NOT NULL,
  FOREIGN KEY (passenger_id) REFERENCES passengers(id),
  FOREIGN KEY (flight_id) REFERENCES flights(id)
);
