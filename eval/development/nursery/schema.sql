CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  room VARCHAR(30) NOT NULL,
  capacity INTEGER NOT NULL,
  min_age_months INTEGER NOT NULL,
  max_age_months INTEGER NOT NULL,
  opened_on DATE
);

CREATE TABLE parents (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  email VARCHAR(120),
  phone VARCHAR(30),
  district VARCHAR(40),
  direct_debit BOOLEAN NOT NULL
);

CREATE TABLE children (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  gender VARCHAR(1) NOT NULL,
  birth_date DATE NOT NULL,
  group_id INTEGER REFERENCES groups(id),
  parent_id INTEGER NOT NULL REFERENCES parents(id),
  status VARCHAR(15) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE,
  weekly_hours INTEGER NOT NULL,
  monthly_fee DECIMAL(10,2) NOT NULL,
  allergies VARCHAR(100)
);

CREATE TABLE staff_members (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  role VARCHAR(20) NOT NULL,
  group_id INTEGER REFERENCES groups(id),
  hired_on DATE NOT NULL,
  contract_until DATE,
  weekly_hours DECIMAL(4,1) NOT NULL,
  monthly_salary DECIMAL(10,2) NOT NULL,
  first_aid_valid_until DATE
);

CREATE TABLE attendance_records (
  id INTEGER PRIMARY KEY,
  child_id INTEGER NOT NULL REFERENCES children(id),
  attendance_date DATE NOT NULL,
  status VARCHAR(15) NOT NULL,
  arrived_at DATETIME,
  left_at DATETIME
);

CREATE TABLE meals (
  id INTEGER PRIMARY KEY,
  served_on DATE NOT NULL,
  meal_type VARCHAR(15) NOT NULL,
  dish VARCHAR(80) NOT NULL,
  is_vegetarian BOOLEAN NOT NULL,
  portions INTEGER,
  total_cost DECIMAL(10,2),
  cook_id INTEGER REFERENCES staff_members(id)
);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  invoice_number VARCHAR(20) NOT NULL,
  parent_id INTEGER NOT NULL REFERENCES parents(id),
  issue_date DATE NOT NULL,
  due_date DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(15) NOT NULL,
  paid_on DATE
);

CREATE TABLE waiting_list_entries (
  id INTEGER PRIMARY KEY,
  child_first_name VARCHAR(50) NOT NULL,
  child_last_name VARCHAR(50) NOT NULL,
  child_birth_date DATE NOT NULL,
  parent_id INTEGER NOT NULL REFERENCES parents(id),
  preferred_group_id INTEGER REFERENCES groups(id),
  applied_on DATE NOT NULL,
  desired_start DATE NOT NULL,
  status VARCHAR(15) NOT NULL
);
