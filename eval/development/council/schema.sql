CREATE TABLE districts (
  district_id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  councillor_name VARCHAR(80),
  population INTEGER NOT NULL,
  area_km2 DECIMAL(10,2)
);

CREATE TABLE departments (
  department_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  head_name VARCHAR(80),
  phone VARCHAR(20),
  annual_budget DECIMAL(12,2) NOT NULL
);

CREATE TABLE officers (
  officer_id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  job_title VARCHAR(60) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments (department_id),
  hired_on DATE NOT NULL,
  left_on DATE,
  salary DECIMAL(10,2)
);

CREATE TABLE residents (
  resident_id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  email VARCHAR(100),
  phone VARCHAR(20),
  district_id INTEGER NOT NULL REFERENCES districts (district_id),
  birth_date DATE,
  registered_on DATE NOT NULL
);

CREATE TABLE service_requests (
  request_id INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  category VARCHAR(30) NOT NULL,
  priority VARCHAR(10) NOT NULL,
  status VARCHAR(20) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  resident_id INTEGER REFERENCES residents (resident_id),
  district_id INTEGER NOT NULL REFERENCES districts (district_id),
  department_id INTEGER NOT NULL REFERENCES departments (department_id),
  officer_id INTEGER REFERENCES officers (officer_id),
  opened_at TIMESTAMP NOT NULL,
  due_on DATE NOT NULL,
  resolved_at TIMESTAMP,
  rating INTEGER
);

CREATE TABLE permits (
  permit_id INTEGER PRIMARY KEY,
  permit_number VARCHAR(12) NOT NULL,
  permit_type VARCHAR(20) NOT NULL,
  resident_id INTEGER NOT NULL REFERENCES residents (resident_id),
  status VARCHAR(20) NOT NULL,
  applied_on DATE NOT NULL,
  issued_on DATE,
  expires_on DATE,
  fee DECIMAL(10,2) NOT NULL
);

CREATE TABLE payments (
  payment_id INTEGER PRIMARY KEY,
  permit_id INTEGER NOT NULL REFERENCES permits (permit_id),
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(20) NOT NULL,
  paid_on DATE NOT NULL
);

CREATE TABLE inspections (
  inspection_id INTEGER PRIMARY KEY,
  permit_id INTEGER NOT NULL REFERENCES permits (permit_id),
  officer_id INTEGER NOT NULL REFERENCES officers (officer_id),
  scheduled_on DATE NOT NULL,
  result VARCHAR(10),
  notes VARCHAR(200)
);
