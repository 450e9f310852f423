CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  floor INTEGER NOT NULL,
  bed_count INTEGER NOT NULL,
  is_intensive_care BOOLEAN NOT NULL
);
CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  full_name TEXT NOT NULL,
  specialty TEXT NOT NULL,
  hired_on DATE NOT NULL,
  is_consultant BOOLEAN NOT NULL
);
CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  full_name TEXT NOT NULL,
  sex TEXT NOT NULL,
  date_of_birth DATE NOT NULL,
  city TEXT NOT NULL,
  blood_type TEXT,
  registered_on DATE NOT NULL
);
CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients (id),
  ward_id INTEGER NOT NULL REFERENCES wards (id),
  attending_doctor_id INTEGER NOT NULL REFERENCES doctors (id),
  referring_doctor_id INTEGER REFERENCES doctors (id),
  admitted_on DATE NOT NULL,
  discharged_on DATE,
  diagnosis TEXT NOT NULL,
  outcome TEXT
);
CREATE TABLE drugs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  manufacturer TEXT NOT NULL,
  unit_cost REAL NOT NULL,
  is_controlled BOOLEAN NOT NULL
);
CREATE TABLE prescriptions (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions (id),
  drug_id INTEGER NOT NULL REFERENCES drugs (id),
  prescribed_on DATE NOT NULL,
  daily_dose_mg INTEGER NOT NULL,
  days INTEGER NOT NULL
);
