CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  location TEXT,
  loan_days INTEGER,
  founded_on DATE,
  closed_on DATE
);
CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  first_name TEXT,
  last_name TEXT NOT NULL,
  country TEXT,
  birth_year INTEGER,
  death_year INTEGER
);
CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  author_id INTEGER NOT NULL REFERENCES authors(id),
  translator_id INTEGER REFERENCES authors(id),
  published_year INTEGER,
  original_language TEXT,
  subject TEXT,
  page_count INTEGER
);
CREATE TABLE copies (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  collection_id INTEGER NOT NULL REFERENCES collections(id),
  barcode TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  acquired_on DATE,
  price NUMERIC
);
CREATE TABLE borrowers (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  department TEXT,
  joined_on DATE NOT NULL,
  expires_on DATE,
  blocked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE checkouts (
  id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL REFERENCES copies(id),
  borrower_id INTEGER NOT NULL REFERENCES borrowers(id),
  checked_out_on DATE NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  renewals INTEGER NOT NULL DEFAULT 0,
  fine_amount NUMERIC,
  fine_paid_on DATE
);
CREATE TABLE reservations (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books(id),
  borrower_id INTEGER NOT NULL REFERENCES borrowers(id),
  reserved_on DATE NOT NULL,
  status TEXT NOT NULL,
  hold_until DATE,
  collected_on DATE
);
CREATE TABLE interlibrary_loans (
  id INTEGER PRIMARY KEY,
  direction TEXT NOT NULL,
  partner_library TEXT NOT NULL,
  title TEXT NOT NULL,
  book_id INTEGER REFERENCES books(id),
  borrower_id INTEGER REFERENCES borrowers(id),
  requested_on DATE NOT NULL,
  shipped_on DATE,
  due_on DATE,
  returned_on DATE,
  status TEXT NOT NULL,
  shipping_cost NUMERIC
);
