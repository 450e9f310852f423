CREATE TABLE airport (
  iata_code VARCHAR(3) PRIMARY KEY NOT NULL,
  airport_name VARCHAR(80) NOT NULL,
  city VARCHAR(50) NOT NULL,
  country VARCHAR(50) NOT NULL,
  timezone VARCHAR(40) NOT NULL,
  terminals INTEGER NOT NULL,
  latitude DECIMAL(7,2),
  longitude DECIMAL(7,2)
);

CREATE TABLE aircraft_type (
  type_code VARCHAR(4) PRIMARY KEY NOT NULL,
  manufacturer VARCHAR(40) NOT NULL,
  model_name VARCHAR(40) NOT NULL,
  seat_count INTEGER NOT NULL,
  range_km INTEGER NOT NULL,
  cruise_speed_kmh INTEGER NOT NULL
);

CREATE TABLE aircraft (
  tail_number VARCHAR(8) PRIMARY KEY NOT NULL,
  type_code VARCHAR(4) NOT NULL,
  nickname VARCHAR(40),
  first_flight DATE NOT NULL,
  ownership VARCHAR(10) NOT NULL,
  retired_on DATE,
  FOREIGN KEY (type_code) REFERENCES aircraft_type(type_code)
);

CREATE TABLE flight_schedule (
  flight_no VARCHAR(6) PRIMARY KEY NOT NULL,
  origin VARCHAR(3) NOT NULL,
  destination VARCHAR(3) NOT NULL,
  departure_time TIME NOT NULL,
  duration_min INTEGER NOT NULL,
  distance_km INTEGER NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  FOREIGN KEY (origin) REFERENCES airport(iata_code),
  FOREIGN KEY (destination) REFERENCES airport(iata_code)
);

CREATE TABLE flight (
  flight_id INTEGER PRIMARY KEY,
  flight_no VARCHAR(6) NOT NULL,
  flight_date DATE NOT NULL,
  tail_number VARCHAR(8),
  gate VARCHAR(4),
  status VARCHAR(12) NOT NULL,
  FOREIGN KEY (flight_no) REFERENCES flight_schedule(flight_no),
  FOREIGN KEY (tail_number) REFERENCES aircraft(tail_number)
);

CREATE TABLE passenger (
  passenger_id INTEGER PRIMARY KEY,
  given_name VARCHAR(40) NOT NULL,
  surname VARCHAR(40) NOT NULL,
  birth_date DATE,
  country VARCHAR(50) NOT NULL,
  phone VARCHAR(20)
);

CREATE TABLE loyalty_member (
  member_no VARCHAR(8) PRIMARY KEY NOT NULL,
  passenger_id INTEGER NOT NULL UNIQUE,
  tier VARCHAR(10) NOT NULL,
  miles INTEGER NOT NULL,
  joined_on DATE NOT NULL,
  referred_by VARCHAR(8),
  FOREIGN KEY (passenger_id) REFERENCES passenger(passenger_id),
  FOREIGN KEY (referred_by) REFERENCES loyalty_member(member_no)
);

CREATE TABLE ticket (
  ticket_no VARCHAR(13) PRIMARY KEY NOT NULL,
  passenger_id INTEGER NOT NULL,
  flight_id INTEGER NOT NULL,
  issued_on DATE NOT NULL,
  fare_class VARCHAR(20) NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  payment_method VARCHAR(20) NOT NULL,
  seat VARCHAR(4),
  refunded BOOLEAN NOT NULL,
  FOREIGN KEY (passenger_id) REFERENCES passenger(passenger_id),
  FOREIGN KEY (flight_id) REFERENCES flight(flight_id)
);

CREATE TABLE baggage (
  tag_no VARCHAR(10) PRIMARY KEY NOT NULL,
  ticket_no VARCHAR(13) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  weight_kg DECIMAL(5,1) NOT NULL,
  checked_at DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  FOREIGN KEY (ticket_no) REFERENCES ticket(ticket_no)
);

CREATE TABLE delay (
  delay_id INTEGER PRIMARY KEY,
  flight_id INTEGER NOT NULL,
  cause VARCHAR(30) NOT NULL,
  minutes INTEGER NOT NULL,
  reported_at DATETIME NOT NULL,
  remark VARCHAR(200),
  FOREIGN KEY (flight_id) REFERENCES flight(flight_id)
);
