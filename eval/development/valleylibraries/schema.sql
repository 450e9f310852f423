CREATE TABLE branches (
  branch_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  town VARCHAR(40),
  manager VARCHAR(60),
  opened_on DATE,
  closed_on DATE,
  floor_area_m2 INTEGER,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE authors (
  author_id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  country VARCHAR(40),
  birth_year INTEGER
);
CREATE TABLE titles (
  title_id INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  author_id INTEGER REFERENCES authors(author_id),
  genre VARCHAR(30),
  audience VARCHAR(20),
  published_year INTEGER,
  pages INTEGER
);
CREATE TABLE copies (
  copy_id INTEGER PRIMARY KEY,
  barcode VARCHAR(12) NOT NULL UNIQUE,
  title_id INTEGER NOT NULL REFERENCES titles(title_id),
  branch_id INTEGER NOT NULL REFERENCES branches(branch_id),
  format VARCHAR(20),
  acquired_on DATE,
  price DECIMAL(8,2),
  status VARCHAR(15) NOT NULL
);
CREATE TABLE members (
  member_id INTEGER PRIMARY KEY,
  card_no VARCHAR(10) NOT NULL UNIQUE,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  category VARCHAR(12) NOT NULL,
  home_branch_id INTEGER REFERENCES branches(branch_id),
  town VARCHAR(40),
  joined_on DATE NOT NULL,
  card_expires_on DATE,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE loans (
  loan_id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES copies(copy_id),
  member_id INTEGER NOT NULL REFERENCES members(member_id),
  branch_id INTEGER NOT NULL REFERENCES branches(branch_id),
  loaned_on DATE NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  renewals INTEGER NOT NULL DEFAULT 0,
  status VARCHAR(10) NOT NULL
);
CREATE TABLE holds (
  hold_id INTEGER PRIMARY KEY,
  title_id INTEGER NOT NULL REFERENCES titles(title_id),
  member_id INTEGER NOT NULL REFERENCES members(member_id),
  pickup_branch_id INTEGER REFERENCES branches(branch_id),
  placed_on DATE NOT NULL,
  expires_on DATE,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE fines (
  fine_id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL REFERENCES loans(loan_id),
  reason VARCHAR(20) NOT NULL,
  amount DECIMAL(8,2) NOT NULL,
  issued_on DATE NOT NULL,
  paid_on DATE,
  status VARCHAR(10) NOT NULL
);
