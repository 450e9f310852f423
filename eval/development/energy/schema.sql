CREATE TABLE customer (
  id INTEGER PRIMARY KEY,
  account_number VARCHAR(12) NOT NULL UNIQUE,
  name VARCHAR(100) NOT NULL,
  customer_type VARCHAR(20) NOT NULL,
  email VARCHAR(120),
  phone VARCHAR(20),
  paperless_billing BOOLEAN NOT NULL DEFAULT 0,
  customer_since DATE NOT NULL
);

CREATE TABLE premise (
  id INTEGER PRIMARY KEY,
  address VARCHAR(120) NOT NULL,
  city VARCHAR(60) NOT NULL,
  postcode VARCHAR(10) NOT NULL,
  premise_type VARCHAR(20) NOT NULL,
  floor_area_m2 INTEGER
);

CREATE TABLE meter (
  id INTEGER PRIMARY KEY,
  premise_id INTEGER NOT NULL REFERENCES premise(id),
  serial_number VARCHAR(20) NOT NULL UNIQUE,
  fuel VARCHAR(12) NOT NULL,
  is_smart BOOLEAN NOT NULL DEFAULT 0,
  manufacturer VARCHAR(40),
  installed_on DATE NOT NULL,
  removed_on DATE
);

CREATE TABLE meter_reading (
  id INTEGER PRIMARY KEY,
  meter_id INTEGER NOT NULL REFERENCES meter(id),
  read_at TIMESTAMP NOT NULL,
  reading_value DECIMAL(10,2) NOT NULL,
  consumption_kwh DECIMAL(10,2),
  reading_type VARCHAR(12) NOT NULL
);

CREATE TABLE tariff (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  fuel VARCHAR(12) NOT NULL,
  unit_rate DECIMAL(6,2) NOT NULL,
  standing_charge DECIMAL(6,2) NOT NULL,
  is_green BOOLEAN NOT NULL DEFAULT 0,
  fixed_months INTEGER,
  valid_from DATE NOT NULL,
  valid_to DATE
);

CREATE TABLE contract (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer(id),
  premise_id INTEGER NOT NULL REFERENCES premise(id),
  tariff_id INTEGER NOT NULL REFERENCES tariff(id),
  start_date DATE NOT NULL,
  end_date DATE,
  status VARCHAR(12) NOT NULL
);

CREATE TABLE invoice (
  id INTEGER PRIMARY KEY,
  contract_id INTEGER NOT NULL REFERENCES contract(id),
  invoice_number VARCHAR(14) NOT NULL UNIQUE,
  issue_date DATE NOT NULL,
  due_date DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(12) NOT NULL
);

CREATE TABLE payment (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoice(id),
  paid_on DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(20) NOT NULL
);

CREATE TABLE outage (
  id INTEGER PRIMARY KEY,
  city VARCHAR(60) NOT NULL,
  fuel VARCHAR(12) NOT NULL,
  started_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP,
  cause VARCHAR(40),
  is_planned BOOLEAN NOT NULL DEFAULT 0,
  customers_affected INTEGER
);
