CREATE TABLE owners (
  id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80) NOT NULL,
  phone VARCHAR(20),
  city VARCHAR(40) NOT NULL,
  joined_on DATE NOT NULL
);

CREATE TABLE properties (
  id INTEGER NOT NULL PRIMARY KEY,
  owner_id INTEGER NOT NULL REFERENCES owners (id),
  name VARCHAR(60) NOT NULL,
  property_type VARCHAR(20) NOT NULL,
  town VARCHAR(40) NOT NULL,
  region VARCHAR(40) NOT NULL,
  bedrooms INTEGER NOT NULL,
  max_guests INTEGER NOT NULL,
  price_per_night DECIMAL(10,2) NOT NULL,
  pets_allowed BOOLEAN NOT NULL DEFAULT 0,
  has_pool BOOLEAN NOT NULL DEFAULT 0,
  listed_on DATE NOT NULL
);

CREATE TABLE guests (
  id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80) NOT NULL,
  country VARCHAR(40) NOT NULL,
  newsletter BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE bookings (
  id INTEGER NOT NULL PRIMARY KEY,
  reference VARCHAR(12) NOT NULL,
  property_id INTEGER NOT NULL REFERENCES properties (id),
  guest_id INTEGER NOT NULL REFERENCES guests (id),
  booked_on DATE NOT NULL,
  check_in DATE NOT NULL,
  check_out DATE NOT NULL,
  num_guests INTEGER NOT NULL,
  total_price DECIMAL(10,2) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  cancelled_on DATE
);

CREATE TABLE payments (
  id INTEGER NOT NULL PRIMARY KEY,
  booking_id INTEGER NOT NULL REFERENCES bookings (id),
  paid_at DATETIME NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(20) NOT NULL,
  payment_type VARCHAR(20) NOT NULL
);

CREATE TABLE cleanings (
  id INTEGER NOT NULL PRIMARY KEY,
  property_id INTEGER NOT NULL REFERENCES properties (id),
  cleaner_name VARCHAR(60),
  scheduled_for DATETIME NOT NULL,
  hours DECIMAL(4,1),
  cost DECIMAL(10,2),
  status VARCHAR(20) NOT NULL
);

CREATE TABLE reviews (
  id INTEGER NOT NULL PRIMARY KEY,
  booking_id INTEGER NOT NULL REFERENCES bookings (id),
  rating INTEGER NOT NULL,
  comment VARCHAR(200),
  reviewed_on DATE NOT NULL
);

CREATE TABLE maintenance_jobs (
  id INTEGER NOT NULL PRIMARY KEY,
  property_id INTEGER NOT NULL REFERENCES properties (id),
  title VARCHAR(80) NOT NULL,
  category VARCHAR(20) NOT NULL,
  priority VARCHAR(10) NOT NULL,
  contractor VARCHAR(60),
  reported_on DATE NOT NULL,
  completed_on DATE,
  cost DECIMAL(10,2),
  status VARCHAR(20) NOT NULL
);
