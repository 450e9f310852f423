CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  district VARCHAR(40) NOT NULL,
  address VARCHAR(80),
  phone VARCHAR(20),
  opened_on DATE NOT NULL,
  seats INTEGER,
  has_parking BOOLEAN
);

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  position VARCHAR(30) NOT NULL,
  hired_on DATE NOT NULL,
  left_on DATE,
  monthly_salary DECIMAL(10,2),
  is_full_time BOOLEAN,
  FOREIGN KEY (branch_id) REFERENCES branches(id)
);

CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40),
  last_name VARCHAR(40) NOT NULL,
  nationality VARCHAR(30),
  birth_year INTEGER,
  death_year INTEGER
);

CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  isbn VARCHAR(13),
  genre VARCHAR(30),
  language VARCHAR(20),
  published_year INTEGER,
  pages INTEGER
);

CREATE TABLE book_authors (
  book_id INTEGER,
  author_id INTEGER,
  role VARCHAR(20),
  PRIMARY KEY (book_id, author_id),
  FOREIGN KEY (book_id) REFERENCES books(id),
  FOREIGN KEY (author_id) REFERENCES authors(id)
);

CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  barcode VARCHAR(12),
  status VARCHAR(20) NOT NULL,
  acquired_on DATE,
  price DECIMAL(10,2),
  FOREIGN KEY (book_id) REFERENCES books(id),
  FOREIGN KEY (branch_id) REFERENCES branches(id)
);

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  card_number VARCHAR(10),
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  birth_date DATE,
  member_type VARCHAR(20) NOT NULL,
  home_branch_id INTEGER,
  joined_on DATE NOT NULL,
  card_expires_on DATE,
  FOREIGN KEY (home_branch_id) REFERENCES branches(id)
);

CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  staff_id INTEGER,
  loaned_at DATETIME NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  renewals INTEGER,
  FOREIGN KEY (copy_id) REFERENCES copies(id),
  FOREIGN KEY (member_id) REFERENCES members(id),
  FOREIGN KEY (staff_id) REFERENCES staff(id)
);

CREATE TABLE fines (
  id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  reason VARCHAR(20) NOT NULL,
  issued_on DATE NOT NULL,
  paid_on DATE,
  FOREIGN KEY (loan_id) REFERENCES loans(id)
);

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL,
  staff_id INTEGER,
  title VARCHAR(100) NOT NULL,
  category VARCHAR(30),
  starts_at DATETIME NOT NULL,
  capacity INTEGER,
  attendees INTEGER,
  FOREIGN KEY (branch_id) REFERENCES branches(id),
  FOREIGN KEY (staff_id) REFERENCES staff(id)
);

