CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  address VARCHAR(120) NOT NULL,
  phone VARCHAR(20),
  manager_name VARCHAR(80),
  opened_on DATE NOT NULL,
  has_parking BOOLEAN NOT NULL DEFAULT 0,
  study_seats INTEGER
);

CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(60) NOT NULL,
  last_name VARCHAR(60) NOT NULL,
  nationality VARCHAR(40),
  birth_year INTEGER,
  death_year INTEGER
);

CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  title VARCHAR(150) NOT NULL,
  author_id INTEGER REFERENCES authors(id),
  isbn VARCHAR(17) UNIQUE,
  genre VARCHAR(30) NOT NULL,
  language VARCHAR(30) NOT NULL,
  published_year INTEGER,
  pages INTEGER
);

CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  barcode VARCHAR(12) NOT NULL UNIQUE,
  acquired_on DATE,
  purchase_price DECIMAL(10,2),
  status VARCHAR(20) NOT NULL,
  condition VARCHAR(20)
);

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  card_number VARCHAR(12) NOT NULL UNIQUE,
  first_name VARCHAR(60) NOT NULL,
  last_name VARCHAR(60) NOT NULL,
  email VARCHAR(120),
  phone VARCHAR(20),
  date_of_birth DATE,
  membership_type VARCHAR(20) NOT NULL,
  home_branch_id INTEGER NOT NULL REFERENCES branches(id),
  joined_on DATE NOT NULL,
  expires_on DATE NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES copies(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  borrowed_at DATETIME NOT NULL,
  due_date DATE NOT NULL,
  returned_at DATETIME,
  renewals INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE reservations (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  pickup_branch_id INTEGER NOT NULL REFERENCES branches(id),
  reserved_on DATE NOT NULL,
  status VARCHAR(20) NOT NULL,
  pickup_until DATE
);

CREATE TABLE fines (
  id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL REFERENCES loans(id),
  reason VARCHAR(20) NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  issued_on DATE NOT NULL,
  paid_on DATE
);
