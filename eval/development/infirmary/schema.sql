-- St Agnes Infirmary: inpatient database

CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  specialty VARCHAR(40) NOT NULL,
  floor INTEGER NOT NULL,
  opened_on DATE NOT NULL
);

CREATE TABLE beds (
  id INTEGER PRIMARY KEY,
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  bed_number VARCHAR(10) NOT NULL,
  bed_type VARCHAR(20) NOT NULL,
  out_of_service BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  specialty VARCHAR(40) NOT NULL,
  grade VARCHAR(20) NOT NULL,
  ward_id INTEGER REFERENCES wards(id),
  salary DECIMAL(10,2) NOT NULL,
  hired_on DATE NOT NULL,
  left_on DATE
);

CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  date_of_birth DATE NOT NULL,
  sex VARCHAR(1) NOT NULL,
  city VARCHAR(40),
  phone VARCHAR(20),
  blood_group VARCHAR(3),
  allergies VARCHAR(100)
);

CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  bed_id INTEGER REFERENCES beds(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  admission_type VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  admitted_on DATE NOT NULL,
  expected_discharge_on DATE,
  discharged_on DATE
);

CREATE TABLE diagnoses (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  icd_code VARCHAR(8) NOT NULL,
  description VARCHAR(80) NOT NULL,
  is_primary BOOLEAN NOT NULL,
  diagnosed_on DATE NOT NULL
);

CREATE TABLE operations (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  surgeon_id INTEGER NOT NULL REFERENCES doctors(id),
  procedure_name VARCHAR(80) NOT NULL,
  theatre VARCHAR(20) NOT NULL,
  starts_at DATETIME NOT NULL,
  ends_at DATETIME,
  status VARCHAR(20) NOT NULL
);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  invoice_number VARCHAR(20) NOT NULL,
  issued_on DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  payer VARCHAR(20) NOT NULL,
  paid_on DATE
);
