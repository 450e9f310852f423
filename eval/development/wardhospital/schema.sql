CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  ward_type VARCHAR(20) NOT NULL,
  floor INTEGER NOT NULL,
  head_nurse VARCHAR(80),
  phone VARCHAR(20),
  opened_on DATE NOT NULL
);
CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  specialty VARCHAR(40) NOT NULL,
  grade VARCHAR(20) NOT NULL,
  ward_id INTEGER REFERENCES wards(id),
  email VARCHAR(80),
  hired_on DATE NOT NULL
);
CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  gender VARCHAR(10) NOT NULL,
  birth_date DATE NOT NULL,
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  blood_group VARCHAR(3),
  allergies VARCHAR(100)
);
CREATE TABLE beds (
  id INTEGER PRIMARY KEY,
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  bed_number VARCHAR(10) NOT NULL,
  bed_type VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  has_oxygen BOOLEAN NOT NULL
);
CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  bed_id INTEGER REFERENCES beds(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  admission_type VARCHAR(20) NOT NULL,
  reason VARCHAR(100) NOT NULL,
  admitted_at DATETIME NOT NULL,
  discharged_at DATETIME,
  outcome VARCHAR(20),
  bill_amount DECIMAL(10,2)
);
CREATE TABLE operations (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  surgeon_id INTEGER NOT NULL REFERENCES doctors(id),
  name VARCHAR(80) NOT NULL,
  operation_date DATE NOT NULL,
  theatre VARCHAR(20),
  anaesthesia VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  duration_minutes INTEGER
);
