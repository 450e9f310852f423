CREATE TABLE districts (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  pressure_zone VARCHAR(10),
  population INTEGER,
  pipe_length_km DECIMAL(10,2)
);

CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  customer_type VARCHAR(20) NOT NULL,
  email VARCHAR(100),
  phone VARCHAR(20),
  registered_on DATE NOT NULL,
  is_active BOOLEAN NOT NULL,
  autopay BOOLEAN NOT NULL
);

CREATE TABLE premises (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER REFERENCES customers(id),
  district_id INTEGER NOT NULL REFERENCES districts(id),
  street_address VARCHAR(120) NOT NULL,
  property_type VARCHAR(20) NOT NULL,
  connection_status VARCHAR(20) NOT NULL,
  connected_on DATE,
  pipe_diameter_mm INTEGER
);

CREATE TABLE meters (
  id INTEGER PRIMARY KEY,
  premise_id INTEGER NOT NULL REFERENCES premises(id),
  serial_number VARCHAR(20) NOT NULL,
  manufacturer VARCHAR(40),
  meter_type VARCHAR(20) NOT NULL,
  installed_on DATE NOT NULL,
  removed_on DATE,
  last_calibrated_on DATE
);

CREATE TABLE meter_readings (
  id INTEGER PRIMARY KEY,
  meter_id INTEGER NOT NULL REFERENCES meters(id),
  read_on DATE NOT NULL,
  reading_m3 DECIMAL(10,2) NOT NULL,
  consumption_m3 DECIMAL(10,2),
  read_method VARCHAR(20)
);

CREATE TABLE bills (
  id INTEGER PRIMARY KEY,
  bill_number VARCHAR(20) NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  premise_id INTEGER NOT NULL REFERENCES premises(id),
  period_start DATE,
  period_end DATE,
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  water_charge DECIMAL(10,2),
  sewer_charge DECIMAL(10,2),
  total_amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(20) NOT NULL
);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  bill_id INTEGER NOT NULL REFERENCES bills(id),
  paid_on DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(20) NOT NULL
);

CREATE TABLE crews (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  leader_name VARCHAR(60),
  depot VARCHAR(40),
  shift VARCHAR(10),
  crew_size INTEGER
);

CREATE TABLE leaks (
  id INTEGER PRIMARY KEY,
  district_id INTEGER NOT NULL REFERENCES districts(id),
  crew_id INTEGER REFERENCES crews(id),
  street VARCHAR(80) NOT NULL,
  reported_at DATETIME NOT NULL,
  severity VARCHAR(10) NOT NULL,
  cause VARCHAR(30),
  status VARCHAR(20) NOT NULL,
  scheduled_for DATE,
  repaired_at DATETIME,
  repair_cost DECIMAL(10,2),
  water_lost_m3 DECIMAL(10,2)
);

CREATE TABLE water_samples (
  id INTEGER PRIMARY KEY,
  district_id INTEGER NOT NULL REFERENCES districts(id),
  sampling_point VARCHAR(60) NOT NULL,
  sampled_at DATETIME NOT NULL,
  collected_by VARCHAR(60),
  ph DECIMAL(4,2),
  chlorine_mg_l DECIMAL(5,2),
  turbidity_ntu DECIMAL(5,2),
  lead_ug_l DECIMAL(6,2),
  e_coli_found BOOLEAN,
  result VARCHAR(10) NOT NULL
);

