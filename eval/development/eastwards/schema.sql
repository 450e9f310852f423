CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  specialty VARCHAR(30) NOT NULL,
  floor INTEGER NOT NULL,
  opened_on DATE NOT NULL,
  closed_on DATE
);
CREATE TABLE beds (
  id INTEGER PRIMARY KEY,
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  bed_number VARCHAR(8) NOT NULL,
  bed_type VARCHAR(20) NOT NULL,
  in_service INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(30) NOT NULL,
  last_name VARCHAR(30) NOT NULL,
  grade VARCHAR(20) NOT NULL,
  specialty VARCHAR(30),
  ward_id INTEGER REFERENCES wards(id),
  joined_on DATE NOT NULL,
  left_on DATE
);
CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(30) NOT NULL,
  last_name VARCHAR(30) NOT NULL,
  sex VARCHAR(1) NOT NULL,
  born_on DATE NOT NULL,
  town VARCHAR(30),
  allergies VARCHAR(60)
);
CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  bed_id INTEGER REFERENCES beds(id),
  admitting_doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  consultant_id INTEGER REFERENCES doctors(id),
  admission_type VARCHAR(12) NOT NULL,
  status VARCHAR(12) NOT NULL,
  diagnosis VARCHAR(40),
  admitted_at DATETIME NOT NULL,
  expected_discharge_on DATE,
  discharged_at DATETIME
);
CREATE TABLE procedures (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  category VARCHAR(20) NOT NULL,
  list_price NUMERIC(9,2) NOT NULL,
  typical_minutes INTEGER
);
CREATE TABLE admission_procedures (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  procedure_id INTEGER NOT NULL REFERENCES procedures(id),
  surgeon_id INTEGER REFERENCES doctors(id),
  assistant_id INTEGER REFERENCES doctors(id),
  scheduled_for DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  minutes_taken INTEGER,
  amount_charged NUMERIC(9,2)
);
