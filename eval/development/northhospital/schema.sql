CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  beds INTEGER NOT NULL,
  phone VARCHAR(20)
);
CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  specialty VARCHAR(60) NOT NULL,
  ward_id INTEGER REFERENCES wards(id),
  supervisor_id INTEGER REFERENCES doctors(id),
  hired_on DATE NOT NULL
);
CREATE TABLE nurses (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  ward_id INTEGER REFERENCES wards(id),
  shift VARCHAR(10) NOT NULL,
  hired_on DATE NOT NULL
);
CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  date_of_birth DATE NOT NULL,
  sex CHAR(1) NOT NULL,
  city VARCHAR(40),
  insurance VARCHAR(20)
);
CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  admitted_on DATE NOT NULL,
  discharged_on DATE,
  status VARCHAR(12) NOT NULL,
  admission_type VARCHAR(12) NOT NULL,
  reason VARCHAR(60)
);
CREATE TABLE treatments (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  nurse_id INTEGER REFERENCES nurses(id),
  procedure_name VARCHAR(60) NOT NULL,
  treated_at DATETIME NOT NULL,
  cost DECIMAL(10,2),
  status VARCHAR(12) NOT NULL
);
