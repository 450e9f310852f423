-- ClinicHub patient administration (hospital group)
CREATE TABLE hospital (
  hospital_id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(50) NOT NULL,
  phone VARCHAR(20),
  opened_on DATE NOT NULL,
  is_teaching BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE department (
  department_id INTEGER PRIMARY KEY,
  hospital_id INTEGER NOT NULL REFERENCES hospital(hospital_id),
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  bed_count INTEGER NOT NULL,
  head_physician_id INTEGER REFERENCES physician(physician_id)
);
CREATE TABLE physician (
  physician_id INTEGER PRIMARY KEY,
  department_id INTEGER NOT NULL REFERENCES department(department_id),
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  position VARCHAR(30) NOT NULL,
  specialty VARCHAR(50) NOT NULL,
  email VARCHAR(120),
  hire_date DATE NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE patient (
  patient_id INTEGER PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  birth_date DATE NOT NULL,
  gender VARCHAR(10) NOT NULL,
  city VARCHAR(50) NOT NULL,
  phone VARCHAR(20),
  blood_type VARCHAR(3),
  allergy VARCHAR(60),
  insurance_type VARCHAR(20) NOT NULL,
  registered_on DATE NOT NULL
);
CREATE TABLE stay (
  stay_id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient(patient_id),
  department_id INTEGER NOT NULL REFERENCES department(department_id),
  attending_physician_id INTEGER REFERENCES physician(physician_id),
  admission_type VARCHAR(20) NOT NULL,
  admitted_at TIMESTAMP NOT NULL,
  discharged_at TIMESTAMP,
  room_number VARCHAR(8),
  diagnosis VARCHAR(120),
  status VARCHAR(20) NOT NULL
);
CREATE TABLE visit (
  visit_id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient(patient_id),
  physician_id INTEGER NOT NULL REFERENCES physician(physician_id),
  visit_time TIMESTAMP NOT NULL,
  visit_type VARCHAR(30) NOT NULL,
  status VARCHAR(20) NOT NULL,
  duration_minutes INTEGER,
  reason VARCHAR(120)
);
CREATE TABLE medication (
  medication_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  category VARCHAR(40) NOT NULL,
  form VARCHAR(20) NOT NULL,
  unit_price DECIMAL(10,2) NOT NULL,
  stock_quantity INTEGER NOT NULL,
  reorder_level INTEGER NOT NULL,
  expiry_date DATE
);
CREATE TABLE prescription (
  prescription_id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient(patient_id),
  physician_id INTEGER NOT NULL REFERENCES physician(physician_id),
  medication_id INTEGER NOT NULL REFERENCES medication(medication_id),
  prescribed_on DATE NOT NULL,
  dosage VARCHAR(60),
  quantity INTEGER NOT NULL,
  end_date DATE
);
CREATE TABLE invoice (
  invoice_id INTEGER PRIMARY KEY,
  invoice_number VARCHAR(15) NOT NULL UNIQUE,
  patient_id INTEGER NOT NULL REFERENCES patient(patient_id),
  stay_id INTEGER REFERENCES stay(stay_id),
  visit_id INTEGER REFERENCES visit(visit_id),
  issued_on DATE NOT NULL,
  due_date DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(20) NOT NULL,
  paid_on DATE
);
