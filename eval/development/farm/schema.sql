CREATE TABLE workers (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  role VARCHAR(30) NOT NULL,
  employment VARCHAR(20) NOT NULL,
  hired_on DATE NOT NULL,
  left_on DATE,
  hourly_wage DECIMAL(6,2) NOT NULL,
  phone VARCHAR(30)
);
CREATE TABLE animals (
  id INTEGER PRIMARY KEY,
  tag_number VARCHAR(12) NOT NULL UNIQUE,
  name VARCHAR(40) NOT NULL,
  breed VARCHAR(30) NOT NULL,
  sex VARCHAR(1) NOT NULL,
  birth_date DATE NOT NULL,
  herd VARCHAR(30) NOT NULL,
  mother_id INTEGER REFERENCES animals(id),
  status VARCHAR(10) NOT NULL,
  left_on DATE,
  weight_kg INTEGER
);
CREATE TABLE milkings (
  id INTEGER PRIMARY KEY,
  animal_id INTEGER NOT NULL REFERENCES animals(id),
  milked_at DATETIME NOT NULL,
  session VARCHAR(10) NOT NULL,
  litres DECIMAL(5,1) NOT NULL,
  fat_percent DECIMAL(3,1),
  worker_id INTEGER REFERENCES workers(id)
);
CREATE TABLE treatments (
  id INTEGER PRIMARY KEY,
  animal_id INTEGER NOT NULL REFERENCES animals(id),
  treatment_date DATE NOT NULL,
  diagnosis VARCHAR(40) NOT NULL,
  medicine VARCHAR(60),
  vet VARCHAR(60) NOT NULL,
  cost DECIMAL(10,2),
  milk_withheld_until DATE
);
CREATE TABLE fields (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  area_ha DECIMAL(6,2) NOT NULL,
  soil_type VARCHAR(20) NOT NULL,
  is_leased BOOLEAN NOT NULL,
  rent_per_ha DECIMAL(8,2),
  last_soil_test DATE
);
CREATE TABLE harvests (
  id INTEGER PRIMARY KEY,
  field_id INTEGER NOT NULL REFERENCES fields(id),
  crop VARCHAR(30) NOT NULL,
  harvest_date DATE NOT NULL,
  status VARCHAR(10) NOT NULL,
  tonnes DECIMAL(8,2),
  moisture_percent DECIMAL(4,1),
  supervisor_id INTEGER REFERENCES workers(id)
);
CREATE TABLE buyers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  town VARCHAR(40) NOT NULL,
  contact_person VARCHAR(60),
  email VARCHAR(80),
  customer_since DATE
);
CREATE TABLE sales (
  id INTEGER PRIMARY KEY,
  buyer_id INTEGER NOT NULL REFERENCES buyers(id),
  product VARCHAR(20) NOT NULL,
  sale_date DATE NOT NULL,
  quantity DECIMAL(10,2) NOT NULL,
  unit VARCHAR(10) NOT NULL,
  unit_price DECIMAL(10,2) NOT NULL,
  total_amount DECIMAL(10,2) NOT NULL,
  paid_on DATE
);
