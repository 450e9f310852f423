CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  town VARCHAR(40),
  manager_name VARCHAR(60),
  phone VARCHAR(20),
  opened_on DATE NOT NULL,
  closed_on DATE
);
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40),
  last_name VARCHAR(40) NOT NULL,
  country VARCHAR(40),
  birth_year INTEGER
);
CREATE TABLE titles (
  id INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  author_id INTEGER NOT NULL REFERENCES authors(id),
  genre VARCHAR(30),
  language VARCHAR(20) NOT NULL,
  published_year INTEGER,
  pages INTEGER
);
CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  title_id INTEGER NOT NULL REFERENCES titles(id),
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  barcode VARCHAR(12) NOT NULL,
  format VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  price DECIMAL(8,2),
  acquired_on DATE
);
CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  card_no VARCHAR(10) NOT NULL,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  member_type VARCHAR(10) NOT NULL,
  town VARCHAR(40),
  home_branch_id INTEGER NOT NULL REFERENCES branches(id),
  status VARCHAR(12) NOT NULL,
  joined_on DATE NOT NULL,
  expires_on DATE
);
CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES copies(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  issue_branch_id INTEGER NOT NULL REFERENCES branches(id),
  return_branch_id INTEGER REFERENCES branches(id),
  loaned_on DATE NOT NULL,
  due_date DATE NOT NULL,
  returned_on DATE,
  renewals INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE reservations (
  id INTEGER PRIMARY KEY,
  title_id INTEGER NOT NULL REFERENCES titles(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  pickup_branch_id INTEGER NOT NULL REFERENCES branches(id),
  status VARCHAR(12) NOT NULL,
  reserved_on DATE NOT NULL,
  ready_on DATE
);
CREATE TABLE fines (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES members(id),
  loan_id INTEGER REFERENCES loans(id),
  reason VARCHAR(20) NOT NULL,
  amount DECIMAL(8,2) NOT NULL,
  issued_on DATE NOT NULL,
  paid_on DATE,
  waived_on DATE
);
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  name VARCHAR(80) NOT NULL,
  starts_at DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  attendees INTEGER
);
