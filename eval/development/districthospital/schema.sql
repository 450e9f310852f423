CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  building VARCHAR(20) NOT NULL,
  floor INTEGER NOT NULL,
  head_id INTEGER REFERENCES staff(id),
  annual_budget DECIMAL(12,2),
  extension VARCHAR(10)
);
CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  role VARCHAR(20) NOT NULL,
  department_id INTEGER REFERENCES departments(id),
  hire_date DATE NOT NULL,
  leave_date DATE,
  monthly_salary DECIMAL(10,2) NOT NULL,
  is_full_time BOOLEAN NOT NULL,
  email VARCHAR(80)
);
CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  sex CHAR(1) NOT NULL,
  date_of_birth DATE NOT NULL,
  town VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  email VARCHAR(80),
  insurance VARCHAR(20) NOT NULL,
  registered_on DATE NOT NULL
);
CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  department_id INTEGER NOT NULL REFERENCES departments(id),
  attending_doctor_id INTEGER REFERENCES staff(id),
  admitted_on DATE NOT NULL,
  discharged_on DATE,
  room VARCHAR(10),
  urgency VARCHAR(20) NOT NULL,
  total_charge DECIMAL(10,2)
);
CREATE TABLE diagnoses (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  icd_code VARCHAR(10) NOT NULL,
  description VARCHAR(100) NOT NULL,
  severity VARCHAR(20) NOT NULL,
  is_primary BOOLEAN NOT NULL,
  diagnosed_on DATE NOT NULL
);
CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  staff_id INTEGER NOT NULL REFERENCES staff(id),
  starts_at DATETIME NOT NULL,
  duration_minutes INTEGER NOT NULL,
  status VARCHAR(20) NOT NULL,
  reason VARCHAR(100),
  fee DECIMAL(8,2)
);
