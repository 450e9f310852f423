CREATE TABLE artists (
  artist_id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  genre VARCHAR(30) NOT NULL,
  country VARCHAR(40) NOT NULL,
  active_since INTEGER,
  manager_name VARCHAR(80)
);

CREATE TABLE venues (
  venue_id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(40) NOT NULL,
  capacity INTEGER NOT NULL,
  is_indoor BOOLEAN NOT NULL,
  rental_fee DECIMAL(10,2)
);

CREATE TABLE concerts (
  concert_id INTEGER PRIMARY KEY,
  title VARCHAR(100) NOT NULL,
  venue_id INTEGER NOT NULL REFERENCES venues (venue_id),
  concert_date DATE NOT NULL,
  status VARCHAR(20) NOT NULL,
  ticket_price DECIMAL(10,2)
);

CREATE TABLE performances (
  performance_id INTEGER PRIMARY KEY,
  concert_id INTEGER NOT NULL REFERENCES concerts (concert_id),
  artist_id INTEGER NOT NULL REFERENCES artists (artist_id),
  role VARCHAR(20) NOT NULL,
  fee DECIMAL(10,2),
  set_minutes INTEGER
);

CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(100),
  city VARCHAR(40),
  birth_date DATE,
  newsletter BOOLEAN NOT NULL DEFAULT 0,
  registered_on DATE NOT NULL
);

CREATE TABLE ticket_sales (
  sale_id INTEGER PRIMARY KEY,
  concert_id INTEGER NOT NULL REFERENCES concerts (concert_id),
  customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
  category VARCHAR(20) NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price DECIMAL(10,2) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  sold_at DATETIME NOT NULL
);

CREATE TABLE sponsors (
  sponsor_id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  industry VARCHAR(40) NOT NULL,
  contact_email VARCHAR(100)
);

CREATE TABLE sponsorships (
  sponsorship_id INTEGER PRIMARY KEY,
  sponsor_id INTEGER NOT NULL REFERENCES sponsors (sponsor_id),
  concert_id INTEGER NOT NULL REFERENCES concerts (concert_id),
  level VARCHAR(10) NOT NULL,
  amount DECIMAL(10,2),
  signed_on DATE
);
