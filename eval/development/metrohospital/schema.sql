CREATE TABLE departments (
  department_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  phone_extension VARCHAR(10),
  annual_budget DECIMAL(12,2) NOT NULL
);

CREATE TABLE doctors (
  doctor_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  specialty VARCHAR(50) NOT NULL,
  department_id INTEGER NOT NULL,
  hire_date DATE NOT NULL,
  consultation_fee DECIMAL(10,2) NOT NULL,
  accepts_new_patients BOOLEAN NOT NULL,
  email VARCHAR(80),
  FOREIGN KEY (department_id) REFERENCES departments(department_id)
);

CREATE TABLE nurses (
  nurse_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  department_id INTEGER NOT NULL,
  shift VARCHAR(10) NOT NULL,
  hire_date DATE NOT NULL,
  salary DECIMAL(10,2) NOT NULL,
  FOREIGN KEY (department_id) REFERENCES departments(department_id)
);

CREATE TABLE patients (
  patient_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  date_of_birth DATE NOT NULL,
  gender CHAR(1) NOT NULL,
  blood_type VARCHAR(3),
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  insurance_provider VARCHAR(60),
  registered_on DATE NOT NULL
);

CREATE TABLE rooms (
  room_id INTEGER PRIMARY KEY,
  room_number VARCHAR(6) NOT NULL,
  department_id INTEGER NOT NULL,
  room_type VARCHAR(12) NOT NULL,
  bed_count INTEGER NOT NULL,
  daily_rate DECIMAL(10,2) NOT NULL,
  FOREIGN KEY (department_id) REFERENCES departments(department_id)
);

CREATE TABLE appointments (
  appointment_id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL,
  doctor_id INTEGER NOT NULL,
  scheduled_at DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  reason VARCHAR(100),
  FOREIGN KEY (patient_id) REFERENCES patients(patient_id),
  FOREIGN KEY (doctor_id) REFERENCES doctors(doctor_id)
);

CREATE TABLE admissions (
  admission_id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL,
  room_id INTEGER NOT NULL,
  doctor_id INTEGER NOT NULL,
  admitted_on DATE NOT NULL,
  discharged_on DATE,
  admission_type VARCHAR(12) NOT NULL,
  diagnosis VARCHAR(80) NOT NULL,
  FOREIGN KEY (patient_id) REFERENCES patients(patient_id),
  FOREIGN KEY (room_id) REFERENCES rooms(room_id),
  FOREIGN KEY (doctor_id) REFERENCES doctors(doctor_id)
);

CREATE TABLE medications (
  medication_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  category VARCHAR(30) NOT NULL,
  form VARCHAR(15) NOT NULL,
  unit_price DECIMAL(10,2) NOT NULL,
  stock_quantity INTEGER NOT NULL,
  reorder_level INTEGER NOT NULL
);

CREATE TABLE prescriptions (
  prescription_id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL,
  doctor_id INTEGER NOT NULL,
  medication_id INTEGER NOT NULL,
  prescribed_on DATE NOT NULL,
  dosage VARCHAR(40),
  quantity INTEGER NOT NULL,
  duration_days INTEGER,
  FOREIGN KEY (patient_id) REFERENCES patients(patient_id),
  FOREIGN KEY (doctor_id) REFERENCES doctors(doctor_id),
  FOREIGN KEY (medication_id) REFERENCES medications(medication_id)
);

CREATE TABLE invoices (
  invoice_id INTEGER PRIMARY KEY,
  invoice_number VARCHAR(15) NOT NULL,
  patient_id INTEGER NOT NULL,
  admission_id INTEGER,
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  total_amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(10) NOT NULL,
  paid_on DATE,
  payment_method VARCHAR(15),
  FOREIGN KEY (patient_id) REFERENCES patients(patient_id),
  FOREIGN KEY (admission_id) REFERENCES admissions(admission_id)
);
