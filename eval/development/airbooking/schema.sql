PRAGMA foreign_keys = ON;

CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80) NOT NULL,
  phone VARCHAR(20),
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL,
  birth_date DATE NOT NULL,
  registered DATE NOT NULL,
  active BOOLEAN NOT NULL,
  referrer_id INTEGER,
  FOREIGN KEY (referrer_id) REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE loyalty (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL UNIQUE,
  number VARCHAR(12) NOT NULL,
  tier VARCHAR(10) NOT NULL,
  points INTEGER NOT NULL,
  joined DATE NOT NULL,
  ended DATE,
  FOREIGN KEY (customer_id) REFERENCES customer (id)
);

CREATE TABLE airport (
  id INTEGER PRIMARY KEY,
  code VARCHAR(3) NOT NULL,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL
);

CREATE TABLE flight (
  id INTEGER PRIMARY KEY,
  number VARCHAR(8) NOT NULL,
  from_id INTEGER NOT NULL,
  to_id INTEGER NOT NULL,
  departs TIMESTAMP NOT NULL,
  arrives TIMESTAMP NOT NULL,
  seats INTEGER NOT NULL,
  status VARCHAR(10) NOT NULL,
  FOREIGN KEY (from_id) REFERENCES airport (id),
  FOREIGN KEY (to_id) REFERENCES airport (id)
);

CREATE TABLE fare (
  id INTEGER PRIMARY KEY,
  code VARCHAR(8) NOT NULL,
  name VARCHAR(30) NOT NULL,
  cabin VARCHAR(20) NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  refundable BOOLEAN NOT NULL,
  bags INTEGER NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE
);

CREATE TABLE booking (
  id INTEGER PRIMARY KEY,
  ref VARCHAR(6) NOT NULL,
  customer_id INTEGER NOT NULL,
  created TIMESTAMP NOT NULL,
  channel VARCHAR(10) NOT NULL,
  status VARCHAR(12) NOT NULL,
  total DECIMAL(10,2) NOT NULL,
  cancelled DATE,
  FOREIGN KEY (customer_id) REFERENCES customer (id)
);

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  number VARCHAR(14) NOT NULL,
  booking_id INTEGER NOT NULL,
  flight_id INTEGER NOT NULL,
  fare_id INTEGER NOT NULL,
  passenger VARCHAR(80) NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  status VARCHAR(10) NOT NULL,
  FOREIGN KEY (booking_id) REFERENCES booking (id),
  FOREIGN KEY (flight_id) REFERENCES flight (id),
  FOREIGN KEY (fare_id) REFERENCES fare (id)
);

CREATE TABLE payment (
  id INTEGER PRIMARY KEY,
  booking_id INTEGER NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(20) NOT NULL,
  status VARCHAR(10) NOT NULL,
  made TIMESTAMP NOT NULL,
  refunded DATE,
  FOREIGN KEY (booking_id) REFERENCES booking (id)
);

CREATE TABLE checkin (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL UNIQUE,
  done TIMESTAMP NOT NULL,
  channel VARCHAR(10) NOT NULL,
  seat VARCHAR(4) NOT NULL,
  bags INTEGER NOT NULL,
  FOREIGN KEY (ticket_id) REFERENCES ticket (id)
);
