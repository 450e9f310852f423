CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  phone VARCHAR(20),
  annual_budget DECIMAL(12,2),
  head_doctor_id INTEGER REFERENCES doctors(id)
);

CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  specialty VARCHAR(60),
  department_id INTEGER NOT NULL REFERENCES departments(id),
  hire_date DATE NOT NULL,
  salary DECIMAL(10,2),
  is_active BOOLEAN NOT NULL
);

CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments(id),
  ward_type VARCHAR(20) NOT NULL,
  bed_count INTEGER NOT NULL
);

CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  date_of_birth DATE NOT NULL,
  sex VARCHAR(1) NOT NULL,
  city VARCHAR(40),
  phone VARCHAR(20),
  blood_type VARCHAR(3),
  insurance_provider VARCHAR(60),
  registered_on DATE NOT NULL
);

CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  attending_doctor_id INTEGER REFERENCES doctors(id),
  admission_type VARCHAR(20) NOT NULL,
  diagnosis VARCHAR(100),
  admitted_on DATE NOT NULL,
  discharged_on DATE,
  total_charge DECIMAL(10,2)
);

CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  starts_at DATETIME NOT NULL,
  duration_minutes INTEGER NOT NULL,
  reason VARCHAR(100),
  status VARCHAR(20) NOT NULL
);

CREATE TABLE medications (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  form VARCHAR(20) NOT NULL,
  manufacturer VARCHAR(60),
  unit_price DECIMAL(10,2) NOT NULL
);

CREATE TABLE prescriptions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  medication_id INTEGER NOT NULL REFERENCES medications(id),
  dosage VARCHAR(40),
  prescribed_on DATE NOT NULL,
  days_supply INTEGER,
  refills INTEGER NOT NULL
);
