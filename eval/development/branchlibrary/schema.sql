CREATE TABLE branches (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  town VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  opened_on DATE NOT NULL,
  closed_on DATE,
  weekly_opening_hours INTEGER,
  has_parking BOOLEAN NOT NULL DEFAULT 0,
  manager_id INTEGER REFERENCES staff_members(id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE staff_members (
  id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  job_title VARCHAR(40) NOT NULL,
  branch_id INTEGER NOT NULL REFERENCES branches(id) DEFERRABLE INITIALLY DEFERRED,
  hours_per_week INTEGER NOT NULL,
  hired_on DATE NOT NULL,
  left_on DATE
);

CREATE TABLE members (
  id INTEGER NOT NULL PRIMARY KEY,
  card_number VARCHAR(12) NOT NULL UNIQUE,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(100),
  phone VARCHAR(20),
  town VARCHAR(40) NOT NULL,
  date_of_birth DATE,
  membership_type VARCHAR(10) NOT NULL,
  status VARCHAR(10) NOT NULL,
  home_branch_id INTEGER NOT NULL REFERENCES branches(id),
  joined_on DATE NOT NULL,
  expires_on DATE NOT NULL
);

CREATE TABLE books (
  id INTEGER NOT NULL PRIMARY KEY,
  isbn VARCHAR(13),
  title VARCHAR(150) NOT NULL,
  author VARCHAR(80) NOT NULL,
  publisher VARCHAR(80),
  genre VARCHAR(30) NOT NULL,
  language VARCHAR(20) NOT NULL,
  audience VARCHAR(15) NOT NULL,
  published_year INTEGER,
  pages INTEGER
);

CREATE TABLE copies (
  id INTEGER NOT NULL PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  barcode VARCHAR(14) NOT NULL UNIQUE,
  status VARCHAR(12) NOT NULL,
  acquired_on DATE NOT NULL,
  price DECIMAL(10,2)
);

CREATE TABLE loans (
  id INTEGER NOT NULL PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES copies(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  staff_member_id INTEGER REFERENCES staff_members(id),
  loaned_at DATETIME NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  renewals INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE reservations (
  id INTEGER NOT NULL PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  pickup_branch_id INTEGER NOT NULL REFERENCES branches(id),
  reserved_at DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  ready_on DATE
);

CREATE TABLE fines (
  id INTEGER NOT NULL PRIMARY KEY,
  loan_id INTEGER NOT NULL REFERENCES loans(id),
  reason VARCHAR(20) NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  issued_on DATE NOT NULL,
  status VARCHAR(10) NOT NULL,
  paid_on DATE
);
