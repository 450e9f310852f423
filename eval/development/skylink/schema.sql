-- SkyLink Airways, booking database
CREATE TABLE airports (
  id INTEGER PRIMARY KEY,
  iata_code VARCHAR(3) NOT NULL UNIQUE,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(60) NOT NULL,
  country VARCHAR(60) NOT NULL
);
CREATE TABLE aircraft (
  id INTEGER PRIMARY KEY,
  registration VARCHAR(10) NOT NULL UNIQUE,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seat_capacity INTEGER NOT NULL,
  delivery_date DATE,
  status VARCHAR(20) NOT NULL
);
CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  role VARCHAR(30) NOT NULL,
  base_airport_id INTEGER NOT NULL REFERENCES airports(id),
  supervisor_id INTEGER REFERENCES staff(id),
  hire_date DATE NOT NULL,
  salary DECIMAL(10,2) NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE flights (
  id INTEGER PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  departure_airport_id INTEGER NOT NULL REFERENCES airports(id),
  arrival_airport_id INTEGER NOT NULL REFERENCES airports(id),
  aircraft_id INTEGER REFERENCES aircraft(id),
  captain_id INTEGER REFERENCES staff(id),
  scheduled_departure DATETIME NOT NULL,
  scheduled_arrival DATETIME NOT NULL,
  delay_minutes INTEGER,
  status VARCHAR(20) NOT NULL
);
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  email VARCHAR(120) NOT NULL,
  phone VARCHAR(30),
  date_of_birth DATE,
  country VARCHAR(60) NOT NULL,
  loyalty_tier VARCHAR(20),
  registered_on DATE NOT NULL,
  newsletter BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE tickets (
  id INTEGER PRIMARY KEY,
  ticket_number VARCHAR(15) NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  flight_id INTEGER NOT NULL REFERENCES flights(id),
  cabin_class VARCHAR(20) NOT NULL,
  seat_number VARCHAR(4),
  price DECIMAL(10,2) NOT NULL,
  booking_date DATE NOT NULL,
  booking_channel VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  checked_in_at DATETIME
);
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL REFERENCES tickets(id),
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  paid_at DATETIME
);
CREATE TABLE luggage (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL REFERENCES tickets(id),
  tag_number VARCHAR(12) NOT NULL UNIQUE,
  luggage_type VARCHAR(20) NOT NULL,
  weight_kg DECIMAL(5,1) NOT NULL,
  fee DECIMAL(10,2) NOT NULL,
  status VARCHAR(20) NOT NULL
);
