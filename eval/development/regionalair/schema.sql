CREATE TABLE airport (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL,
  elevation INTEGER,
  customs INTEGER NOT NULL
);
CREATE TABLE aircraft (
  id INTEGER PRIMARY KEY,
  registration TEXT NOT NULL,
  manufacturer TEXT NOT NULL,
  model TEXT NOT NULL,
  seats INTEGER NOT NULL,
  built INTEGER NOT NULL,
  base TEXT NOT NULL REFERENCES airport (code),
  status TEXT NOT NULL
);
CREATE TABLE route (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  origin TEXT NOT NULL REFERENCES airport (code),
  destination TEXT NOT NULL REFERENCES airport (code),
  distance INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  fare REAL NOT NULL,
  active INTEGER NOT NULL
);
CREATE TABLE crew (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  role TEXT NOT NULL,
  base TEXT NOT NULL REFERENCES airport (code),
  hired TEXT NOT NULL,
  licence_expires TEXT,
  salary REAL NOT NULL
);
CREATE TABLE flight (
  id INTEGER PRIMARY KEY,
  route_id INTEGER NOT NULL REFERENCES route (id),
  aircraft_id INTEGER REFERENCES aircraft (id),
  departure TEXT NOT NULL,
  status TEXT NOT NULL,
  delay INTEGER,
  cause TEXT
);
CREATE TABLE assignment (
  flight_id INTEGER NOT NULL REFERENCES flight (id),
  crew_id INTEGER NOT NULL REFERENCES crew (id),
  PRIMARY KEY (flight_id, crew_id)
);
CREATE TABLE passenger (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  email TEXT,
  country TEXT NOT NULL,
  birthdate TEXT,
  tier TEXT
);
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  flight_id INTEGER NOT NULL REFERENCES flight (id),
  passenger_id INTEGER NOT NULL REFERENCES passenger (id),
  booked TEXT NOT NULL,
  class TEXT NOT NULL,
  price REAL NOT NULL,
  seat TEXT,
  bags INTEGER NOT NULL,
  status TEXT NOT NULL
);
