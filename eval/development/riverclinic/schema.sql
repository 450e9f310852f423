-- River Clinic: hospital with outpatient clinics

CREATE TABLE departments (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  building VARCHAR(40) NOT NULL,
  floor INTEGER NOT NULL,
  phone VARCHAR(20),
  bed_count INTEGER NOT NULL DEFAULT 0,
  head_doctor_id INTEGER REFERENCES doctors(id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE doctors (
  id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  specialty VARCHAR(60) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments(id) DEFERRABLE INITIALLY DEFERRED,
  hired_on DATE NOT NULL,
  left_on DATE,
  consultation_fee DECIMAL(10,2)
);

CREATE TABLE patients (
  id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  gender VARCHAR(10) NOT NULL,
  date_of_birth DATE NOT NULL,
  blood_type VARCHAR(3),
  city VARCHAR(60) NOT NULL,
  phone VARCHAR(20),
  email VARCHAR(120),
  insurance_provider VARCHAR(60),
  registered_on DATE NOT NULL
);

CREATE TABLE appointments (
  id INTEGER NOT NULL PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  scheduled_at DATETIME NOT NULL,
  appointment_type VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  reason VARCHAR(120),
  duration_minutes INTEGER NOT NULL
);

CREATE TABLE admissions (
  id INTEGER NOT NULL PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  department_id INTEGER NOT NULL REFERENCES departments(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  admission_type VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  admitted_on DATE NOT NULL,
  discharged_on DATE,
  diagnosis VARCHAR(100) NOT NULL,
  room_number VARCHAR(10)
);

CREATE TABLE surgeries (
  id INTEGER NOT NULL PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  surgeon_id INTEGER NOT NULL REFERENCES doctors(id),
  procedure_name VARCHAR(100) NOT NULL,
  scheduled_at DATETIME NOT NULL,
  duration_minutes INTEGER,
  operating_room VARCHAR(10) NOT NULL,
  status VARCHAR(20) NOT NULL,
  complications VARCHAR(100)
);

CREATE TABLE lab_results (
  id INTEGER NOT NULL PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  test_name VARCHAR(60) NOT NULL,
  result_value DECIMAL(10,2),
  unit VARCHAR(20) NOT NULL,
  reference_min DECIMAL(10,2),
  reference_max DECIMAL(10,2),
  is_abnormal BOOLEAN,
  status VARCHAR(10) NOT NULL,
  taken_on DATE NOT NULL,
  reported_at DATETIME
);

CREATE TABLE prescriptions (
  id INTEGER NOT NULL PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  medication VARCHAR(80) NOT NULL,
  dosage VARCHAR(60) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE
);

CREATE TABLE invoices (
  id INTEGER NOT NULL PRIMARY KEY,
  invoice_number VARCHAR(20) NOT NULL UNIQUE,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  admission_id INTEGER REFERENCES admissions(id),
  appointment_id INTEGER REFERENCES appointments(id),
  issued_on DATE,
  due_on DATE,
  amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(20) NOT NULL,
  paid_on DATE
);
