CREATE TABLE departments (
  dept_code TEXT PRIMARY KEY,
  dept_name TEXT NOT NULL,
  building TEXT,
  annual_budget INTEGER,
  opened_on DATE,
  closed_on DATE
);
CREATE TABLE staff (
  staff_no TEXT PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  job_title TEXT NOT NULL,
  dept_code TEXT REFERENCES departments(dept_code),
  supervisor_no TEXT REFERENCES staff(staff_no),
  phone_ext TEXT,
  hired_on DATE NOT NULL,
  left_on DATE
);
CREATE TABLE wards (
  ward_code TEXT PRIMARY KEY,
  ward_name TEXT NOT NULL,
  dept_code TEXT NOT NULL REFERENCES departments(dept_code),
  charge_nurse_no TEXT REFERENCES staff(staff_no),
  floor_no INTEGER,
  opened_on DATE,
  closed_on DATE
);
CREATE TABLE beds (
  bed_code TEXT PRIMARY KEY,
  ward_code TEXT NOT NULL REFERENCES wards(ward_code),
  bed_type TEXT,
  status TEXT NOT NULL,
  installed_on DATE
);
CREATE TABLE patients (
  mrn TEXT PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  sex TEXT,
  birth_date DATE NOT NULL,
  town TEXT,
  blood_type TEXT,
  registered_on DATE,
  died_on DATE
);
CREATE TABLE admissions (
  admission_no TEXT PRIMARY KEY,
  mrn TEXT NOT NULL REFERENCES patients(mrn),
  ward_code TEXT NOT NULL REFERENCES wards(ward_code),
  bed_code TEXT REFERENCES beds(bed_code),
  attending_no TEXT REFERENCES staff(staff_no),
  admission_type TEXT NOT NULL,
  status TEXT NOT NULL,
  booked_on DATE,
  admission_date DATETIME NOT NULL,
  expected_discharge DATE,
  discharged_at DATETIME,
  discharge_to TEXT
);
CREATE TABLE diagnoses (
  diagnosis_no INTEGER PRIMARY KEY,
  admission_no TEXT NOT NULL REFERENCES admissions(admission_no),
  icd_code TEXT NOT NULL,
  diagnosis_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  diagnosed_on DATE,
  diagnosed_by TEXT REFERENCES staff(staff_no)
);
CREATE TABLE prescriptions (
  rx_no TEXT PRIMARY KEY,
  admission_no TEXT NOT NULL REFERENCES admissions(admission_no),
  prescriber_no TEXT NOT NULL REFERENCES staff(staff_no),
  drug_name TEXT NOT NULL,
  daily_dose_mg REAL,
  start_date DATE NOT NULL,
  end_date DATE,
  status TEXT NOT NULL
);
CREATE TABLE surgeries (
  surgery_no TEXT PRIMARY KEY,
  admission_no TEXT NOT NULL REFERENCES admissions(admission_no),
  procedure_name TEXT NOT NULL,
  surgeon_no TEXT NOT NULL REFERENCES staff(staff_no),
  assistant_no TEXT REFERENCES staff(staff_no),
  anaesthetist_no TEXT REFERENCES staff(staff_no),
  theatre TEXT,
  scheduled_at DATETIME NOT NULL,
  started_at DATETIME,
  minutes INTEGER,
  status TEXT NOT NULL
);
