CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER,
  phone_ext VARCHAR(10),
  head_id INTEGER REFERENCES staff(id)
);
CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  role VARCHAR(20) NOT NULL,
  specialty VARCHAR(60),
  department_id INTEGER REFERENCES departments(id),
  hire_date DATE NOT NULL,
  is_active BOOLEAN NOT NULL
);
CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments(id),
  ward_type VARCHAR(20) NOT NULL,
  bed_count INTEGER NOT NULL
);
CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  birth_date DATE NOT NULL,
  gender CHAR(1),
  city VARCHAR(40),
  blood_type VARCHAR(3),
  insurer VARCHAR(40),
  registered_on DATE NOT NULL
);
CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  doctor_id INTEGER REFERENCES staff(id),
  bed_number INTEGER,
  admitted_at DATETIME NOT NULL,
  discharged_at DATETIME,
  admission_type VARCHAR(20) NOT NULL,
  diagnosis VARCHAR(80),
  status VARCHAR(15) NOT NULL
);
CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES staff(id),
  scheduled_at DATETIME NOT NULL,
  duration_minutes INTEGER NOT NULL,
  reason VARCHAR(80),
  status VARCHAR(15) NOT NULL
);
CREATE TABLE prescriptions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES staff(id),
  medication VARCHAR(60) NOT NULL,
  dosage VARCHAR(40),
  prescribed_on DATE NOT NULL,
  ends_on DATE,
  refills INTEGER NOT NULL
);
CREATE TABLE bills (
  id INTEGER PRIMARY KEY,
  bill_number VARCHAR(12) NOT NULL,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  admission_id INTEGER REFERENCES admissions(id),
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  paid_on DATE,
  status VARCHAR(10) NOT NULL
);
