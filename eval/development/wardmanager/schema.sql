CREATE TABLE ward (
  ward_id INTEGER PRIMARY KEY,
  ward_name VARCHAR(60) NOT NULL,
  ward_type VARCHAR(20) NOT NULL,
  floor INTEGER NOT NULL,
  phone VARCHAR(20),
  charge_nurse_id INTEGER REFERENCES nurse(nurse_id) DEFERRABLE INITIALLY DEFERRED,
  is_open BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE bed (
  bed_id INTEGER PRIMARY KEY,
  ward_id INTEGER NOT NULL REFERENCES ward(ward_id),
  bed_number VARCHAR(10) NOT NULL UNIQUE,
  bed_type VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  last_cleaned DATE
);

CREATE TABLE nurse (
  nurse_id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  grade VARCHAR(30) NOT NULL,
  home_ward_id INTEGER REFERENCES ward(ward_id),
  manager_id INTEGER REFERENCES nurse(nurse_id) DEFERRABLE INITIALLY DEFERRED,
  phone VARCHAR(20),
  contracted_hours DECIMAL(10,2) NOT NULL,
  start_date DATE NOT NULL,
  leave_date DATE
);

CREATE TABLE nurse_shift (
  shift_id INTEGER PRIMARY KEY,
  nurse_id INTEGER NOT NULL REFERENCES nurse(nurse_id),
  ward_id INTEGER NOT NULL REFERENCES ward(ward_id),
  shift_date DATE NOT NULL,
  shift_type VARCHAR(10) NOT NULL,
  status VARCHAR(20) NOT NULL,
  hours_worked DECIMAL(10,2)
);

CREATE TABLE patient (
  patient_id INTEGER PRIMARY KEY,
  hospital_number VARCHAR(12) NOT NULL UNIQUE,
  full_name VARCHAR(80) NOT NULL,
  sex VARCHAR(1) NOT NULL,
  birth_date DATE NOT NULL,
  allergies VARCHAR(120),
  next_of_kin VARCHAR(80)
);

CREATE TABLE admission (
  admission_id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient(patient_id),
  ward_id INTEGER NOT NULL REFERENCES ward(ward_id),
  bed_id INTEGER REFERENCES bed(bed_id),
  status VARCHAR(20) NOT NULL,
  reason VARCHAR(120),
  admitted_at DATETIME NOT NULL,
  expected_discharge DATE,
  discharged_at DATETIME,
  discharge_destination VARCHAR(30)
);

CREATE TABLE bed_transfer (
  transfer_id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admission(admission_id),
  from_bed_id INTEGER NOT NULL REFERENCES bed(bed_id),
  to_bed_id INTEGER NOT NULL REFERENCES bed(bed_id),
  transferred_at DATETIME NOT NULL,
  reason VARCHAR(40),
  approved_by INTEGER REFERENCES nurse(nurse_id)
);

CREATE TABLE medication_round (
  round_id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admission(admission_id),
  nurse_id INTEGER REFERENCES nurse(nurse_id),
  drug_name VARCHAR(60) NOT NULL,
  dose_mg DECIMAL(10,2) NOT NULL,
  route VARCHAR(20) NOT NULL,
  due_at DATETIME NOT NULL,
  given_at DATETIME,
  status VARCHAR(20) NOT NULL
);
