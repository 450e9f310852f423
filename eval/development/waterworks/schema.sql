CREATE TABLE districts (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  district_code VARCHAR(6) NOT NULL,
  population INTEGER NOT NULL,
  area_km2 DECIMAL(6,1) NOT NULL,
  supervisor_name VARCHAR(60)
);

CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  account_number VARCHAR(10) NOT NULL,
  name VARCHAR(80) NOT NULL,
  customer_type VARCHAR(20) NOT NULL,
  district_id INTEGER NOT NULL,
  street_address VARCHAR(100) NOT NULL,
  email VARCHAR(100),
  connected_on DATE NOT NULL,
  status VARCHAR(10) NOT NULL,
  FOREIGN KEY (district_id) REFERENCES districts (id)
);

CREATE TABLE meters (
  id INTEGER PRIMARY KEY,
  serial_number VARCHAR(20) NOT NULL,
  customer_id INTEGER NOT NULL,
  manufacturer VARCHAR(40) NOT NULL,
  size_mm INTEGER NOT NULL,
  is_smart BOOLEAN NOT NULL,
  installed_on DATE NOT NULL,
  next_calibration_on DATE,
  status VARCHAR(10) NOT NULL,
  FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE TABLE meter_readings (
  id INTEGER PRIMARY KEY,
  meter_id INTEGER NOT NULL,
  read_on DATE NOT NULL,
  reading_m3 INTEGER NOT NULL,
  consumption_m3 INTEGER NOT NULL,
  method VARCHAR(10) NOT NULL,
  FOREIGN KEY (meter_id) REFERENCES meters (id)
);

CREATE TABLE bills (
  id INTEGER PRIMARY KEY,
  bill_number VARCHAR(12) NOT NULL,
  customer_id INTEGER NOT NULL,
  period_start DATE NOT NULL,
  period_end DATE NOT NULL,
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(10) NOT NULL,
  paid_on DATE,
  payment_method VARCHAR(20),
  FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE TABLE reservoirs (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  district_id INTEGER NOT NULL,
  reservoir_type VARCHAR(20) NOT NULL,
  capacity_m3 INTEGER NOT NULL,
  current_volume_m3 INTEGER,
  commissioned_on DATE NOT NULL,
  last_cleaned_on DATE,
  FOREIGN KEY (district_id) REFERENCES districts (id)
);

CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  district_id INTEGER NOT NULL,
  incident_type VARCHAR(20) NOT NULL,
  severity VARCHAR(10) NOT NULL,
  street VARCHAR(60) NOT NULL,
  pipe_material VARCHAR(20),
  reported_at DATETIME NOT NULL,
  resolved_at DATETIME,
  customers_affected INTEGER NOT NULL,
  water_lost_m3 INTEGER,
  repair_cost DECIMAL(10,2),
  FOREIGN KEY (district_id) REFERENCES districts (id)
);

CREATE TABLE quality_tests (
  id INTEGER PRIMARY KEY,
  reservoir_id INTEGER NOT NULL,
  test_date DATE NOT NULL,
  parameter VARCHAR(20) NOT NULL,
  measured_value DECIMAL(8,2),
  unit VARCHAR(10) NOT NULL,
  result VARCHAR(10) NOT NULL,
  laboratory VARCHAR(60) NOT NULL,
  FOREIGN KEY (reservoir_id) REFERENCES reservoirs (id)
);

