CREATE TABLE department (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL UNIQUE,
  building VARCHAR(60),
  floor INTEGER,
  bed_count INTEGER
);
CREATE TABLE doctor (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  specialty VARCHAR(60),
  department_id INTEGER REFERENCES department(id),
  supervisor_id INTEGER REFERENCES doctor(id),
  hired_on DATE,
  salary DECIMAL(10,2)
);
CREATE TABLE patient (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  birth_date DATE,
  sex CHAR(1),
  city VARCHAR(40),
  insurance VARCHAR(20),
  primary_doctor_id INTEGER REFERENCES doctor(id),
  registered_on DATE
);
CREATE TABLE appointment (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient(id),
  doctor_id INTEGER NOT NULL REFERENCES doctor(id),
  scheduled_at DATETIME NOT NULL,
  duration_min INTEGER,
  status VARCHAR(12) NOT NULL,
  reason VARCHAR(60)
);
CREATE TABLE admission (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient(id),
  department_id INTEGER NOT NULL REFERENCES department(id),
  admitting_doctor_id INTEGER REFERENCES doctor(id),
  admitted_on DATE NOT NULL,
  discharged_on DATE,
  diagnosis VARCHAR(80),
  total_cost DECIMAL(10,2)
);
CREATE TABLE medication (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  drug_class VARCHAR(40),
  unit_price DECIMAL(10,2)
);
CREATE TABLE prescription (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient(id),
  doctor_id INTEGER NOT NULL REFERENCES doctor(id),
  medication_id INTEGER NOT NULL REFERENCES medication(id),
  prescribed_on DATE NOT NULL,
  ends_on DATE,
  quantity INTEGER,
  refills INTEGER
);
CREATE TABLE lab_test (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patient(id),
  ordered_by_id INTEGER REFERENCES doctor(id),
  test_name VARCHAR(60) NOT NULL,
  ordered_on DATE NOT NULL,
  resulted_on DATE,
  result_value DECIMAL(10,2),
  unit VARCHAR(12),
  flag VARCHAR(8)
);
