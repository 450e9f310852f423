CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  phone VARCHAR(20),
  head_doctor_id INTEGER REFERENCES doctors(id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  specialty VARCHAR(60) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments(id),
  email VARCHAR(80),
  hired_on DATE NOT NULL,
  is_active BOOLEAN NOT NULL
);

CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  gender VARCHAR(10) NOT NULL,
  birth_date DATE NOT NULL,
  blood_type VARCHAR(3),
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  registered_on DATE NOT NULL,
  primary_doctor_id INTEGER REFERENCES doctors(id)
);

CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments(id),
  floor INTEGER NOT NULL,
  visiting_hours VARCHAR(20)
);

CREATE TABLE beds (
  id INTEGER PRIMARY KEY,
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  bed_number VARCHAR(10) NOT NULL,
  status VARCHAR(20) NOT NULL,
  daily_rate DECIMAL(10,2) NOT NULL
);

CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  bed_id INTEGER NOT NULL REFERENCES beds(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  admission_type VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  admitted_at DATETIME NOT NULL,
  discharged_at DATETIME,
  reason VARCHAR(120)
);

CREATE TABLE diagnoses (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  icd_code VARCHAR(10) NOT NULL,
  description VARCHAR(120) NOT NULL,
  diagnosed_on DATE NOT NULL,
  is_primary BOOLEAN NOT NULL
);

CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  scheduled_at DATETIME NOT NULL,
  duration_minutes INTEGER NOT NULL,
  status VARCHAR(20) NOT NULL,
  reason VARCHAR(120)
);

CREATE TABLE prescriptions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  medication VARCHAR(60) NOT NULL,
  dosage VARCHAR(40) NOT NULL,
  prescribed_on DATE NOT NULL,
  days_supply INTEGER,
  refills INTEGER NOT NULL
);

CREATE TABLE bills (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  admission_id INTEGER REFERENCES admissions(id),
  amount DECIMAL(10,2) NOT NULL,
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  paid_on DATE,
  payment_method VARCHAR(20)
);
