CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  district VARCHAR(40) NOT NULL,
  address VARCHAR(80),
  opened_on DATE NOT NULL,
  has_parking BOOLEAN NOT NULL
);

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  full_name VARCHAR(60) NOT NULL,
  job_title VARCHAR(30) NOT NULL,
  hired_on DATE NOT NULL,
  hourly_rate DECIMAL(10,2) NOT NULL,
  is_full_time BOOLEAN NOT NULL,
  email VARCHAR(80)
);

CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(60) NOT NULL,
  nationality VARCHAR(30),
  birth_year INTEGER
);

CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  author_id INTEGER NOT NULL REFERENCES authors(id),
  genre VARCHAR(30) NOT NULL,
  isbn VARCHAR(20),
  publisher VARCHAR(60),
  published_year INTEGER,
  pages INTEGER,
  language VARCHAR(20) NOT NULL
);

CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  barcode VARCHAR(12) NOT NULL,
  condition VARCHAR(10),
  status VARCHAR(12) NOT NULL,
  acquired_on DATE NOT NULL,
  price DECIMAL(10,2)
);

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  phone VARCHAR(20),
  membership_type VARCHAR(10) NOT NULL,
  home_branch_id INTEGER REFERENCES branches(id),
  joined_on DATE NOT NULL,
  expires_on DATE NOT NULL,
  is_active BOOLEAN NOT NULL
);

CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES copies(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  staff_id INTEGER NOT NULL REFERENCES staff(id),
  checked_out_at DATETIME NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  renewals INTEGER NOT NULL DEFAULT 0,
  fine_amount DECIMAL(10,2),
  fine_paid BOOLEAN
);

CREATE TABLE reservations (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  pickup_branch_id INTEGER NOT NULL REFERENCES branches(id),
  reserved_at DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  pickup_by DATE
);
