CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  customer_type VARCHAR(10) NOT NULL,
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  email VARCHAR(80),
  registered_on DATE NOT NULL
);

CREATE TABLE vehicles (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  license_plate VARCHAR(10) NOT NULL UNIQUE,
  make VARCHAR(30) NOT NULL,
  model VARCHAR(30) NOT NULL,
  model_year INTEGER NOT NULL,
  fuel_type VARCHAR(10) NOT NULL,
  mileage INTEGER,
  inspection_due DATE
);

CREATE TABLE mechanics (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  specialty VARCHAR(20) NOT NULL,
  hired_on DATE NOT NULL,
  hourly_rate DECIMAL(10,2) NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE suppliers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  lead_time_days INTEGER NOT NULL
);

CREATE TABLE parts (
  id INTEGER PRIMARY KEY,
  part_number VARCHAR(20) NOT NULL UNIQUE,
  name VARCHAR(60) NOT NULL,
  category VARCHAR(20) NOT NULL,
  supplier_id INTEGER NOT NULL REFERENCES suppliers(id),
  cost_price DECIMAL(10,2) NOT NULL,
  sale_price DECIMAL(10,2) NOT NULL,
  stock_quantity INTEGER NOT NULL,
  reorder_level INTEGER NOT NULL
);

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  vehicle_id INTEGER NOT NULL REFERENCES vehicles(id),
  mechanic_id INTEGER REFERENCES mechanics(id),
  job_type VARCHAR(20) NOT NULL,
  description VARCHAR(120) NOT NULL,
  status VARCHAR(20) NOT NULL,
  scheduled_for DATETIME NOT NULL,
  started_at DATETIME,
  completed_at DATETIME,
  labour_hours DECIMAL(5,2)
);

CREATE TABLE job_parts (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES jobs(id),
  part_id INTEGER NOT NULL REFERENCES parts(id),
  quantity INTEGER NOT NULL,
  unit_price DECIMAL(10,2) NOT NULL
);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL UNIQUE REFERENCES jobs(id),
  invoice_number VARCHAR(20) NOT NULL UNIQUE,
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  labour_amount DECIMAL(10,2) NOT NULL,
  parts_amount DECIMAL(10,2) NOT NULL,
  total_amount DECIMAL(10,2) NOT NULL,
  paid_on DATE,
  payment_method VARCHAR(20)
);
