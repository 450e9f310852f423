PRAGMA foreign_keys = ON;

CREATE TABLE airports (
  id INTEGER NOT NULL,
  iata_code VARCHAR(3) NOT NULL,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(60) NOT NULL,
  country VARCHAR(60) NOT NULL,
  elevation_ft INTEGER,
  runway_count INTEGER,
  PRIMARY KEY (id)
);

CREATE TABLE airlines (
  id INTEGER NOT NULL,
  name VARCHAR(60) NOT NULL,
  iata_code VARCHAR(2) NOT NULL,
  country VARCHAR(60) NOT NULL,
  founded_year INTEGER,
  alliance VARCHAR(20),
  is_low_cost BOOLEAN NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE aircraft (
  id INTEGER NOT NULL,
  registration VARCHAR(10) NOT NULL,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seat_count INTEGER NOT NULL,
  airline_id INTEGER NOT NULL,
  delivered_on DATE,
  status VARCHAR(20) NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (airline_id) REFERENCES airlines (id)
);

CREATE TABLE crew_members (
  id INTEGER NOT NULL,
  full_name VARCHAR(80) NOT NULL,
  role VARCHAR(20) NOT NULL,
  airline_id INTEGER NOT NULL,
  base_airport_id INTEGER NOT NULL,
  hired_on DATE NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (airline_id) REFERENCES airlines (id),
  FOREIGN KEY (base_airport_id) REFERENCES airports (id)
);

CREATE TABLE flights (
  id INTEGER NOT NULL,
  flight_number VARCHAR(8) NOT NULL,
  airline_id INTEGER NOT NULL,
  aircraft_id INTEGER,
  origin_airport_id INTEGER NOT NULL,
  destination_airport_id INTEGER NOT NULL,
  scheduled_departure DATETIME NOT NULL,
  scheduled_arrival DATETIME NOT NULL,
  actual_departure DATETIME,
  actual_arrival DATETIME,
  status VARCHAR(20) NOT NULL,
  gate VARCHAR(5),
  distance_km INTEGER NOT NULL,
  captain_id INTEGER,
  first_officer_id INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY (airline_id) REFERENCES airlines (id),
  FOREIGN KEY (aircraft_id) REFERENCES aircraft (id),
  FOREIGN KEY (origin_airport_id) REFERENCES airports (id),
  FOREIGN KEY (destination_airport_id) REFERENCES airports (id),
  FOREIGN KEY (captain_id) REFERENCES crew_members (id),
  FOREIGN KEY (first_officer_id) REFERENCES crew_members (id)
);

CREATE TABLE passengers (
  id INTEGER NOT NULL,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(100),
  nationality VARCHAR(40),
  birth_date DATE NOT NULL,
  frequent_flyer_status VARCHAR(10),
  PRIMARY KEY (id)
);

CREATE TABLE bookings (
  id INTEGER NOT NULL,
  booking_reference VARCHAR(6) NOT NULL,
  passenger_id INTEGER NOT NULL,
  flight_id INTEGER NOT NULL,
  booked_on DATE NOT NULL,
  cabin_class VARCHAR(20) NOT NULL,
  seat_number VARCHAR(4),
  fare DECIMAL(10,2) NOT NULL,
  bag_count INTEGER NOT NULL,
  status VARCHAR(20) NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (passenger_id) REFERENCES passengers (id),
  FOREIGN KEY (flight_id) REFERENCES flights (id)
);

CREATE TABLE delays (
  id INTEGER NOT NULL,
  flight_id INTEGER NOT NULL,
  reason VARCHAR(30) NOT NULL,
  minutes INTEGER NOT NULL,
  reported_at DATETIME NOT NULL,
  note VARCHAR(120),
  PRIMARY KEY (id),
  FOREIGN KEY (flight_id) REFERENCES flights (id)
);

