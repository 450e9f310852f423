CREATE TABLE branch (
  branch_id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  opened_on DATE NOT NULL
);

CREATE TABLE employee (
  employee_id INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL REFERENCES branch(branch_id),
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  job_title VARCHAR(30) NOT NULL,
  hired_on DATE NOT NULL,
  salary DECIMAL(10,2) NOT NULL
);

CREATE TABLE customer (
  customer_id INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL REFERENCES branch(branch_id),
  adviser_id INTEGER REFERENCES employee(employee_id),
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  date_of_birth DATE NOT NULL,
  city VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  joined_on DATE NOT NULL
);

CREATE TABLE account (
  account_id INTEGER PRIMARY KEY,
  account_number VARCHAR(12) NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customer(customer_id),
  account_type VARCHAR(20) NOT NULL,
  balance DECIMAL(12,2) NOT NULL,
  status VARCHAR(10) NOT NULL,
  opened_on DATE NOT NULL,
  closed_on DATE
);

CREATE TABLE account_transaction (
  transaction_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(account_id),
  booked_at DATETIME NOT NULL,
  transaction_type VARCHAR(20) NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  description VARCHAR(80)
);

CREATE TABLE card (
  card_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(account_id),
  card_number VARCHAR(20) NOT NULL,
  card_type VARCHAR(10) NOT NULL,
  status VARCHAR(10) NOT NULL,
  monthly_limit DECIMAL(10,2),
  is_contactless BOOLEAN NOT NULL DEFAULT 1,
  issued_on DATE NOT NULL,
  expires_on DATE NOT NULL
);

CREATE TABLE loan (
  loan_id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer(customer_id),
  loan_officer_id INTEGER NOT NULL REFERENCES employee(employee_id),
  loan_type VARCHAR(20) NOT NULL,
  amount DECIMAL(12,2) NOT NULL,
  interest_rate DECIMAL(4,2) NOT NULL,
  outstanding_balance DECIMAL(12,2) NOT NULL,
  status VARCHAR(10) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL
);

CREATE TABLE loan_payment (
  payment_id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL REFERENCES loan(loan_id),
  due_on DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  paid_on DATE
);
