CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  address VARCHAR(120) NOT NULL,
  phone VARCHAR(20),
  opened_on DATE NOT NULL,
  closed_on DATE,
  status VARCHAR(10) NOT NULL,
  seats INTEGER NOT NULL,
  manager_id INTEGER,
  FOREIGN KEY (manager_id) REFERENCES staff(id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  job_title VARCHAR(40) NOT NULL,
  branch_id INTEGER NOT NULL,
  email VARCHAR(80),
  hired_on DATE NOT NULL,
  left_on DATE,
  FOREIGN KEY (branch_id) REFERENCES branches(id)
);

CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  nationality VARCHAR(30),
  birth_year INTEGER,
  death_year INTEGER
);

CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  author_id INTEGER NOT NULL,
  isbn VARCHAR(13) NOT NULL,
  genre VARCHAR(20) NOT NULL,
  language VARCHAR(20) NOT NULL,
  publisher VARCHAR(60),
  published_year INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  FOREIGN KEY (author_id) REFERENCES authors(id)
);

CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  barcode VARCHAR(12),
  status VARCHAR(12) NOT NULL,
  acquired_on DATE NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  FOREIGN KEY (book_id) REFERENCES books(id),
  FOREIGN KEY (branch_id) REFERENCES branches(id)
);

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  card_number VARCHAR(10) NOT NULL,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  membership_type VARCHAR(10) NOT NULL,
  birth_date DATE NOT NULL,
  email VARCHAR(80),
  home_branch_id INTEGER,
  joined_on DATE NOT NULL,
  expires_on DATE NOT NULL,
  status VARCHAR(10) NOT NULL,
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
  status VARCHAR(10) NOT NULL,
  renewals INTEGER NOT NULL,
  FOREIGN KEY (copy_id) REFERENCES copies(id),
  FOREIGN KEY (member_id) REFERENCES members(id),
  FOREIGN KEY (staff_id) REFERENCES staff(id)
);

CREATE TABLE holds (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  pickup_branch_id INTEGER NOT NULL,
  placed_on DATE NOT NULL,
  status VARCHAR(10) NOT NULL,
  expires_on DATE,
  FOREIGN KEY (book_id) REFERENCES books(id),
  FOREIGN KEY (member_id) REFERENCES members(id),
  FOREIGN KEY (pickup_branch_id) REFERENCES branches(id)
);

CREATE TABLE fines (
  id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  reason VARCHAR(10) NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  issued_on DATE NOT NULL,
  paid_on DATE,
  status VARCHAR(10) NOT NULL,
  FOREIGN KEY (loan_id) REFERENCES loans(id),
  FOREIGN KEY (member_id) REFERENCES members(id)
);

