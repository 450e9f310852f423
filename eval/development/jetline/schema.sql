CREATE TABLE airport (
  iata CHAR(3) PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(50) NOT NULL,
  country VARCHAR(50) NOT NULL,
  tz VARCHAR(40),
  rwys INTEGER
);
CREATE TABLE aircraft (
  id INTEGER PRIMARY KEY,
  reg VARCHAR(10) NOT NULL UNIQUE,
  mfr VARCHAR(30) NOT NULL,
  model VARCHAR(30) NOT NULL,
  seats INTEGER NOT NULL,
  range_km INTEGER,
  dlvd DATE,
  status VARCHAR(15) NOT NULL,
  base CHAR(3) REFERENCES airport(iata)
);
CREATE TABLE route (
  id INTEGER PRIMARY KEY,
  orig CHAR(3) NOT NULL REFERENCES airport(iata),
  dest CHAR(3) NOT NULL REFERENCES airport(iata),
  dist_km INTEGER NOT NULL,
  dur_min INTEGER NOT NULL,
  opened DATE,
  seasonal BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE flight (
  id INTEGER PRIMARY KEY,
  flt_no VARCHAR(8) NOT NULL,
  rte_id INTEGER NOT NULL REFERENCES route(id),
  acft_id INTEGER REFERENCES aircraft(id),
  dep_ts DATETIME NOT NULL,
  arr_ts DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  dly_min INTEGER,
  gate VARCHAR(5)
);
CREATE TABLE passenger (
  id INTEGER PRIMARY KEY,
  fname VARCHAR(40) NOT NULL,
  lname VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  dob DATE,
  nat VARCHAR(40),
  tier VARCHAR(10),
  enrld DATE
);
CREATE TABLE booking (
  id INTEGER PRIMARY KEY,
  pnr CHAR(6) NOT NULL UNIQUE,
  pax_id INTEGER NOT NULL REFERENCES passenger(id),
  flt_id INTEGER NOT NULL REFERENCES flight(id),
  cls VARCHAR(10) NOT NULL,
  seat VARCHAR(4),
  fare DECIMAL(10,2) NOT NULL,
  bags INTEGER NOT NULL DEFAULT 0,
  bkd_on DATE NOT NULL,
  status VARCHAR(10) NOT NULL
);
CREATE TABLE crew (
  id INTEGER PRIMARY KEY,
  fname VARCHAR(40) NOT NULL,
  lname VARCHAR(40) NOT NULL,
  rank VARCHAR(20) NOT NULL,
  base CHAR(3) NOT NULL REFERENCES airport(iata),
  hired DATE NOT NULL,
  lic_exp DATE,
  active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE crew_asgn (
  id INTEGER PRIMARY KEY,
  crew_id INTEGER NOT NULL REFERENCES crew(id),
  flt_id INTEGER NOT NULL REFERENCES flight(id),
  hrs DECIMAL(4,1) NOT NULL,
  UNIQUE (crew_id, flt_id)
);
