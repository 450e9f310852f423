CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  address VARCHAR(100),
  city VARCHAR(40),
  phone VARCHAR(20),
  opened_on DATE NOT NULL,
  has_parking BOOLEAN NOT NULL
);

CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  country VARCHAR(40),
  birth_year INTEGER
);

CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  title VARCHAR(150) NOT NULL,
  author_id INTEGER REFERENCES authors(id),
  isbn VARCHAR(13),
  genre VARCHAR(30) NOT NULL,
  language VARCHAR(20) NOT NULL,
  publisher VARCHAR(60),
  publication_year INTEGER,
  page_count INTEGER
);

CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  barcode VARCHAR(20) NOT NULL,
  acquired_on DATE,
  price DECIMAL(10,2),
  condition VARCHAR(20) NOT NULL
);

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  membership_type VARCHAR(20) NOT NULL,
  home_branch_id INTEGER REFERENCES branches(id),
  date_of_birth DATE,
  joined_on DATE NOT NULL,
  expires_on DATE NOT NULL
);

CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES copies(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  borrowed_on DATE NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  renewal_count INTEGER NOT NULL
);

CREATE TABLE reservations (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  member_id INTEGER NOT NULL REFERENCES members(id),
  pickup_branch_id INTEGER NOT NULL REFERENCES branches(id),
  reserved_at DATETIME NOT NULL,
  status VARCHAR(20) NOT NULL
);

CREATE TABLE fines (
  id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL REFERENCES loans(id),
  reason VARCHAR(20) NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  issued_on DATE NOT NULL,
  paid_on DATE
);
