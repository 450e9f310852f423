CREATE TABLE department (
  department_id INTEGER PRIMARY KEY,
  name VARCHAR(50) NOT NULL,
  cost_center VARCHAR(10) NOT NULL,
  location VARCHAR(40) NOT NULL,
  manager_id INTEGER REFERENCES employee(employee_id)
);
CREATE TABLE employee (
  employee_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80) NOT NULL,
  job_title VARCHAR(50) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES department(department_id),
  hire_date DATE NOT NULL,
  exit_date DATE,
  is_remote BOOLEAN NOT NULL
);
CREATE TABLE supplier (
  supplier_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL,
  contact_email VARCHAR(80),
  support_phone VARCHAR(30),
  is_preferred BOOLEAN NOT NULL
);
CREATE TABLE device (
  device_id INTEGER PRIMARY KEY,
  asset_tag VARCHAR(10) NOT NULL UNIQUE,
  device_type VARCHAR(20) NOT NULL,
  manufacturer VARCHAR(30) NOT NULL,
  model VARCHAR(50) NOT NULL,
  supplier_id INTEGER NOT NULL REFERENCES supplier(supplier_id),
  purchase_date DATE NOT NULL,
  purchase_price DECIMAL(10,2) NOT NULL,
  warranty_end DATE,
  status VARCHAR(20) NOT NULL,
  employee_id INTEGER REFERENCES employee(employee_id)
);
CREATE TABLE software_license (
  license_id INTEGER PRIMARY KEY,
  product_name VARCHAR(60) NOT NULL,
  supplier_id INTEGER NOT NULL REFERENCES supplier(supplier_id),
  license_type VARCHAR(20) NOT NULL,
  seats INTEGER NOT NULL,
  annual_cost DECIMAL(10,2),
  start_date DATE NOT NULL,
  expiry_date DATE
);
CREATE TABLE license_assignment (
  license_assignment_id INTEGER PRIMARY KEY,
  license_id INTEGER NOT NULL REFERENCES software_license(license_id),
  employee_id INTEGER NOT NULL REFERENCES employee(employee_id),
  assigned_date DATE NOT NULL,
  revoked_date DATE
);
CREATE TABLE ticket (
  ticket_id INTEGER PRIMARY KEY,
  subject VARCHAR(100) NOT NULL,
  category VARCHAR(20) NOT NULL,
  priority VARCHAR(10) NOT NULL,
  status VARCHAR(20) NOT NULL,
  reported_by INTEGER NOT NULL REFERENCES employee(employee_id),
  assigned_to INTEGER REFERENCES employee(employee_id),
  device_id INTEGER REFERENCES device(device_id),
  opened_at TIMESTAMP NOT NULL,
  resolved_at TIMESTAMP
);
CREATE TABLE repair (
  repair_id INTEGER PRIMARY KEY,
  device_id INTEGER NOT NULL REFERENCES device(device_id),
  supplier_id INTEGER REFERENCES supplier(supplier_id),
  start_date DATE NOT NULL,
  end_date DATE,
  fault VARCHAR(40) NOT NULL,
  cost DECIMAL(10,2),
  under_warranty BOOLEAN NOT NULL
);
