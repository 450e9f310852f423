CREATE TABLE authors (
  id INTEGER PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  country VARCHAR(50),
  birth_year INTEGER
);

CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  name VARCHAR(50) NOT NULL,
  shelf_code VARCHAR(10) NOT NULL,
  loan_days INTEGER NOT NULL
);

CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  title VARCHAR(200) NOT NULL,
  author_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  publisher VARCHAR(100),
  published_year INTEGER,
  pages INTEGER,
  language VARCHAR(20) NOT NULL,
  copies INTEGER NOT NULL,
  price DECIMAL(10,2),
  added_on DATE NOT NULL,
  FOREIGN KEY (author_id) REFERENCES authors (id),
  FOREIGN KEY (category_id) REFERENCES categories (id)
);

CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  email VARCHAR(120),
  phone VARCHAR(30),
  city VARCHAR(60) NOT NULL,
  birth_date DATE,
  membership_type VARCHAR(20) NOT NULL,
  joined_on DATE NOT NULL,
  expires_on DATE NOT NULL,
  is_blocked BOOLEAN NOT NULL
);

CREATE TABLE librarians (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(100) NOT NULL,
  role VARCHAR(30) NOT NULL,
  email VARCHAR(120),
  hired_on DATE NOT NULL,
  is_active BOOLEAN NOT NULL
);

CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  librarian_id INTEGER,
  loaned_at DATETIME NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  renewals INTEGER NOT NULL,
  FOREIGN KEY (book_id) REFERENCES books (id),
  FOREIGN KEY (member_id) REFERENCES members (id),
  FOREIGN KEY (librarian_id) REFERENCES librarians (id)
);

CREATE TABLE reservations (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  reserved_on DATE NOT NULL,
  status VARCHAR(20) NOT NULL,
  pickup_by DATE,
  FOREIGN KEY (book_id) REFERENCES books (id),
  FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE fines (
  id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  reason VARCHAR(20) NOT NULL,
  issued_on DATE NOT NULL,
  paid_on DATE,
  payment_method VARCHAR(20),
  FOREIGN KEY (loan_id) REFERENCES loans (id)
);

