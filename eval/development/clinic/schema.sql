CREATE TABLE departments (
  department_id INTEGER PRIMARY KEY, department_name TEXT NOT NULL, floor INTEGER NOT NULL,
  head_doctor_id INTEGER REFERENCES doctors (doctor_id)
);
CREATE TABLE doctors (
  doctor_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, specialty TEXT NOT NULL,
  department_id INTEGER NOT NULL REFERENCES departments (department_id), hire_date TEXT NOT NULL, phone TEXT
);
CREATE TABLE patients (
  patient_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, date_of_birth TEXT NOT NULL,
  gender TEXT NOT NULL, blood_type TEXT, city TEXT NOT NULL, phone TEXT, email TEXT, insurance_provider TEXT,
  primary_doctor_id INTEGER REFERENCES doctors (doctor_id), registered_on TEXT NOT NULL
);
CREATE TABLE appointments (
  appointment_id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patients (patient_id),
  doctor_id INTEGER NOT NULL REFERENCES doctors (doctor_id), scheduled_at TEXT NOT NULL, status TEXT NOT NULL,
  reason TEXT
);
CREATE TABLE medications (
  medication_id INTEGER PRIMARY KEY, medication_name TEXT NOT NULL, form TEXT NOT NULL, manufacturer TEXT NOT NULL
);
CREATE TABLE prescriptions (
  prescription_id INTEGER PRIMARY KEY, appointment_id INTEGER NOT NULL REFERENCES appointments (appointment_id),
  medication_id INTEGER NOT NULL REFERENCES medications (medication_id), dosage TEXT NOT NULL, start_date TEXT NOT NULL,
  end_date TEXT
);
CREATE TABLE bills (
  bill_id INTEGER PRIMARY KEY, appointment_id INTEGER NOT NULL REFERENCES appointments (appointment_id),
  amount REAL NOT NULL, billed_on TEXT NOT NULL, paid_on TEXT
);
