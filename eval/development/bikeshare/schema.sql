CREATE TABLE stations (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL UNIQUE,
  district VARCHAR(40) NOT NULL,
  capacity INTEGER NOT NULL,
  opened_on DATE NOT NULL,
  status VARCHAR(10) NOT NULL,
  has_charging BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE bikes (
  id INTEGER PRIMARY KEY,
  bike_number VARCHAR(8) NOT NULL UNIQUE,
  bike_type VARCHAR(10) NOT NULL,
  manufacturer VARCHAR(40) NOT NULL,
  purchased_on DATE NOT NULL,
  purchase_price DECIMAL(10,2) NOT NULL,
  status VARCHAR(12) NOT NULL,
  station_id INTEGER REFERENCES stations(id)
);

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  phone VARCHAR(20),
  birth_date DATE,
  district VARCHAR(40),
  joined_on DATE NOT NULL,
  home_station_id INTEGER REFERENCES stations(id)
);

CREATE TABLE memberships (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES members(id),
  plan VARCHAR(10) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  auto_renew BOOLEAN NOT NULL DEFAULT 0,
  status VARCHAR(10) NOT NULL
);

CREATE TABLE trips (
  id INTEGER PRIMARY KEY,
  bike_id INTEGER NOT NULL REFERENCES bikes(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  start_station_id INTEGER NOT NULL REFERENCES stations(id),
  end_station_id INTEGER REFERENCES stations(id),
  started_at DATETIME NOT NULL,
  ended_at DATETIME,
  distance_km DECIMAL(5,1),
  fee DECIMAL(10,2) NOT NULL DEFAULT 0
);

CREATE TABLE repairs (
  id INTEGER PRIMARY KEY,
  bike_id INTEGER NOT NULL REFERENCES bikes(id),
  problem VARCHAR(20) NOT NULL,
  reported_on DATE NOT NULL,
  scheduled_for DATE,
  completed_on DATE,
  mechanic VARCHAR(60),
  cost DECIMAL(10,2)
);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES members(id),
  membership_id INTEGER REFERENCES memberships(id),
  trip_id INTEGER REFERENCES trips(id),
  paid_at DATETIME NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(15) NOT NULL,
  status VARCHAR(10) NOT NULL
);

CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  bike_id INTEGER NOT NULL REFERENCES bikes(id),
  station_id INTEGER REFERENCES stations(id),
  member_id INTEGER REFERENCES members(id),
  incident_type VARCHAR(12) NOT NULL,
  severity VARCHAR(8) NOT NULL,
  reported_on DATE NOT NULL,
  resolved_on DATE,
  notes VARCHAR(200)
);
