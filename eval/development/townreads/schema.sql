CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  address VARCHAR(80),
  district VARCHAR(30),
  opened_on DATE,
  closed_on DATE
);
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  country VARCHAR(40),
  born_year INTEGER
);
CREATE TABLE titles (
  id INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  author_id INTEGER REFERENCES authors(id),
  translator_id INTEGER REFERENCES authors(id),
  genre VARCHAR(30),
  published_year INTEGER,
  pages INTEGER
);
CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  title_id INTEGER NOT NULL REFERENCES titles(id),
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  barcode VARCHAR(12) NOT NULL UNIQUE,
  format VARCHAR(20),
  status VARCHAR(20) NOT NULL,
  acquired_on DATE,
  price DECIMAL(8,2)
);
CREATE TABLE borrowers (
  id INTEGER PRIMARY KEY,
  card_no VARCHAR(10) NOT NULL UNIQUE,
  first_name VARCHAR(30) NOT NULL,
  last_name VARCHAR(30) NOT NULL,
  home_branch_id INTEGER REFERENCES branches(id),
  category VARCHAR(10) NOT NULL,
  joined_on DATE NOT NULL,
  expires_on DATE,
  email VARCHAR(80)
);
CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES copies(id),
  borrower_id INTEGER NOT NULL REFERENCES borrowers(id),
  checkout_branch_id INTEGER NOT NULL REFERENCES branches(id),
  loaned_on DATE NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  return_branch_id INTEGER REFERENCES branches(id),
  renewals INTEGER NOT NULL,
  fine DECIMAL(8,2)
);
CREATE TABLE holds (
  id INTEGER PRIMARY KEY,
  title_id INTEGER NOT NULL REFERENCES titles(id),
  borrower_id INTEGER NOT NULL REFERENCES borrowers(id),
  pickup_branch_id INTEGER NOT NULL REFERENCES branches(id),
  placed_on DATE NOT NULL,
  expires_on DATE,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL REFERENCES branches(id),
  name VARCHAR(80) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  starts_at DATETIME NOT NULL,
  capacity INTEGER,
  attendance INTEGER,
  status VARCHAR(12) NOT NULL,
  guest_author_id INTEGER REFERENCES authors(id)
);
