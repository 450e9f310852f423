CREATE TABLE dim_date (
  date_key INTEGER PRIMARY KEY,
  full_date DATE NOT NULL,
  year INTEGER NOT NULL,
  quarter INTEGER NOT NULL,
  month INTEGER NOT NULL,
  month_name VARCHAR(12),
  day_name VARCHAR(12),
  is_weekend BOOLEAN
);

CREATE TABLE dim_hospital (
  hospital_key INTEGER PRIMARY KEY,
  hospital_name VARCHAR(60) NOT NULL,
  city VARCHAR(40),
  region VARCHAR(20),
  bed_count INTEGER,
  opened_on DATE
);

CREATE TABLE dim_department (
  department_key INTEGER PRIMARY KEY,
  department_name VARCHAR(40) NOT NULL,
  department_type VARCHAR(20),
  floor_number INTEGER
);

CREATE TABLE dim_doctor (
  doctor_key INTEGER PRIMARY KEY,
  doctor_name VARCHAR(60) NOT NULL,
  specialty VARCHAR(40),
  hospital_key INTEGER REFERENCES dim_hospital(hospital_key),
  hired_on DATE,
  employment_type VARCHAR(20),
  is_active BOOLEAN
);

CREATE TABLE dim_patient (
  patient_key INTEGER PRIMARY KEY,
  medical_record_no VARCHAR(12) NOT NULL,
  patient_name VARCHAR(60) NOT NULL,
  gender VARCHAR(10),
  birth_date DATE,
  blood_type VARCHAR(3),
  home_city VARCHAR(40)
);

CREATE TABLE dim_payer (
  payer_key INTEGER PRIMARY KEY,
  payer_name VARCHAR(60) NOT NULL,
  payer_type VARCHAR(20),
  contract_start DATE,
  contract_end DATE
);

CREATE TABLE fact_admission (
  admission_key INTEGER PRIMARY KEY,
  patient_key INTEGER NOT NULL REFERENCES dim_patient(patient_key),
  hospital_key INTEGER NOT NULL REFERENCES dim_hospital(hospital_key),
  department_key INTEGER NOT NULL REFERENCES dim_department(department_key),
  attending_doctor_key INTEGER REFERENCES dim_doctor(doctor_key),
  admission_date_key INTEGER NOT NULL REFERENCES dim_date(date_key),
  discharge_date_key INTEGER REFERENCES dim_date(date_key),
  admission_type VARCHAR(12) NOT NULL,
  admission_status VARCHAR(12) NOT NULL,
  length_of_stay_days INTEGER,
  discharge_outcome VARCHAR(20),
  is_readmission BOOLEAN
);

CREATE TABLE fact_procedure (
  procedure_key INTEGER PRIMARY KEY,
  admission_key INTEGER NOT NULL REFERENCES fact_admission(admission_key),
  patient_key INTEGER NOT NULL REFERENCES dim_patient(patient_key),
  doctor_key INTEGER NOT NULL REFERENCES dim_doctor(doctor_key),
  department_key INTEGER NOT NULL REFERENCES dim_department(department_key),
  procedure_date_key INTEGER NOT NULL REFERENCES dim_date(date_key),
  procedure_name VARCHAR(60) NOT NULL,
  procedure_category VARCHAR(20),
  started_at TIMESTAMP,
  duration_minutes INTEGER,
  procedure_cost DECIMAL(10,2),
  had_complication BOOLEAN
);

CREATE TABLE fact_billing (
  billing_key INTEGER PRIMARY KEY,
  admission_key INTEGER NOT NULL REFERENCES fact_admission(admission_key),
  patient_key INTEGER NOT NULL REFERENCES dim_patient(patient_key),
  payer_key INTEGER NOT NULL REFERENCES dim_payer(payer_key),
  hospital_key INTEGER NOT NULL REFERENCES dim_hospital(hospital_key),
  billing_date_key INTEGER NOT NULL REFERENCES dim_date(date_key),
  billed_amount DECIMAL(12,2) NOT NULL,
  payer_paid_amount DECIMAL(12,2),
  patient_paid_amount DECIMAL(12,2),
  outstanding_amount DECIMAL(12,2),
  claim_status VARCHAR(12) NOT NULL
);

