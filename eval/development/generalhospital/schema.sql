CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  phone_extension VARCHAR(10),
  annual_budget DECIMAL(12,2),
  head_doctor_id INTEGER REFERENCES doctors(id)
);

CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  specialty VARCHAR(60) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments(id),
  hired_on DATE NOT NULL,
  email VARCHAR(80),
  accepts_new_patients BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  date_of_birth DATE NOT NULL,
  gender VARCHAR(10) NOT NULL,
  blood_type VARCHAR(3),
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  insurance_provider VARCHAR(40),
  registered_on DATE NOT NULL
);

CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  department_id INTEGER NOT NULL REFERENCES departments(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  admission_type VARCHAR(20) NOT NULL,
  room_number VARCHAR(6),
  admitted_at DATETIME NOT NULL,
  discharged_at DATETIME
);

CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  scheduled_at DATETIME NOT NULL,
  duration_minutes INTEGER NOT NULL,
  reason VARCHAR(60),
  status VARCHAR(20) NOT NULL
);

CREATE TABLE diagnoses (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  icd_code VARCHAR(8) NOT NULL,
  diagnosis_name VARCHAR(80) NOT NULL,
  severity VARCHAR(10),
  is_chronic BOOLEAN NOT NULL DEFAULT 0,
  diagnosed_on DATE NOT NULL
);

CREATE TABLE prescriptions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  medication_name VARCHAR(60) NOT NULL,
  dosage VARCHAR(40) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE
);

CREATE TABLE bills (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  admission_id INTEGER REFERENCES admissions(id),
  amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(20) NOT NULL,
  billed_on DATE NOT NULL,
  due_date DATE NOT NULL,
  paid_on DATE
);
