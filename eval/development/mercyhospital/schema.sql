CREATE TABLE insurers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  insurer_type VARCHAR(20) NOT NULL,
  phone VARCHAR(20),
  contract_end DATE
);

CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  bed_count INTEGER NOT NULL,
  phone_extension VARCHAR(10),
  head_doctor_id INTEGER REFERENCES doctors(id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE doctors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  grade VARCHAR(20) NOT NULL,
  specialty VARCHAR(60) NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments(id),
  supervisor_id INTEGER REFERENCES doctors(id) DEFERRABLE INITIALLY DEFERRED,
  email VARCHAR(100),
  salary DECIMAL(10,2) NOT NULL,
  hired_on DATE NOT NULL,
  left_on DATE
);

CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  gender VARCHAR(10) NOT NULL,
  date_of_birth DATE NOT NULL,
  blood_type VARCHAR(3),
  city VARCHAR(60) NOT NULL,
  phone VARCHAR(20),
  insurer_id INTEGER REFERENCES insurers(id),
  registered_on DATE NOT NULL,
  deceased_on DATE
);

CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  scheduled_at DATETIME NOT NULL,
  duration_minutes INTEGER NOT NULL,
  reason VARCHAR(100),
  status VARCHAR(20) NOT NULL
);

CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  department_id INTEGER NOT NULL REFERENCES departments(id),
  doctor_id INTEGER REFERENCES doctors(id),
  admission_type VARCHAR(20) NOT NULL,
  room_number VARCHAR(10),
  admitted_on DATE NOT NULL,
  discharged_on DATE
);

CREATE TABLE diagnoses (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  icd_code VARCHAR(10) NOT NULL,
  description VARCHAR(120) NOT NULL,
  is_primary BOOLEAN NOT NULL,
  diagnosed_on DATE NOT NULL
);

CREATE TABLE medications (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  form VARCHAR(20) NOT NULL,
  unit_price DECIMAL(10,2) NOT NULL,
  stock_quantity INTEGER NOT NULL,
  reorder_level INTEGER NOT NULL
);

CREATE TABLE prescriptions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  doctor_id INTEGER NOT NULL REFERENCES doctors(id),
  medication_id INTEGER NOT NULL REFERENCES medications(id),
  prescribed_on DATE NOT NULL,
  end_on DATE,
  quantity INTEGER NOT NULL,
  instructions VARCHAR(120)
);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  admission_id INTEGER REFERENCES admissions(id),
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(20) NOT NULL,
  paid_on DATE
);
