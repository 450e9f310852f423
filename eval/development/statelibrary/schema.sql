CREATE TABLE branch (
  branch_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  address VARCHAR(80),
  phone VARCHAR(20),
  opened_on DATE NOT NULL
);

CREATE TABLE staff (
  staff_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  branch_id INTEGER NOT NULL,
  job_title VARCHAR(40) NOT NULL,
  hired_on DATE NOT NULL,
  salary DECIMAL(10,2) NOT NULL,
  is_full_time BOOLEAN NOT NULL,
  FOREIGN KEY (branch_id) REFERENCES branch(branch_id)
);

CREATE TABLE author (
  author_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40),
  last_name VARCHAR(40) NOT NULL,
  country VARCHAR(40),
  birth_year INTEGER
);

CREATE TABLE book (
  book_id INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  isbn CHAR(13),
  genre VARCHAR(30) NOT NULL,
  publication_year INTEGER NOT NULL,
  publisher VARCHAR(60),
  language VARCHAR(20) NOT NULL,
  page_count INTEGER NOT NULL
);

CREATE TABLE book_author (
  book_id INTEGER NOT NULL,
  author_id INTEGER NOT NULL,
  PRIMARY KEY (book_id, author_id),
  FOREIGN KEY (book_id) REFERENCES book(book_id),
  FOREIGN KEY (author_id) REFERENCES author(author_id)
);

CREATE TABLE copy (
  copy_id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  barcode VARCHAR(12) NOT NULL,
  acquired_on DATE NOT NULL,
  price DECIMAL(10,2),
  condition VARCHAR(10) NOT NULL,
  status VARCHAR(12) NOT NULL,
  FOREIGN KEY (book_id) REFERENCES book(book_id),
  FOREIGN KEY (branch_id) REFERENCES branch(branch_id)
);

CREATE TABLE member (
  member_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  birth_date DATE NOT NULL,
  membership_type VARCHAR(10) NOT NULL,
  home_branch_id INTEGER NOT NULL,
  joined_on DATE NOT NULL,
  expires_on DATE NOT NULL,
  FOREIGN KEY (home_branch_id) REFERENCES branch(branch_id)
);

CREATE TABLE loan (
  loan_id INTEGER PRIMARY KEY,
  copy_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  staff_id INTEGER,
  loaned_at DATETIME NOT NULL,
  due_on DATE NOT NULL,
  returned_on DATE,
  renewal_count INTEGER NOT NULL,
  FOREIGN KEY (copy_id) REFERENCES copy(copy_id),
  FOREIGN KEY (member_id) REFERENCES member(member_id),
  FOREIGN KEY (staff_id) REFERENCES staff(staff_id)
);

CREATE TABLE reservation (
  reservation_id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  pickup_branch_id INTEGER NOT NULL,
  reserved_on DATE NOT NULL,
  status VARCHAR(10) NOT NULL,
  pickup_until DATE,
  FOREIGN KEY (book_id) REFERENCES book(book_id),
  FOREIGN KEY (member_id) REFERENCES member(member_id),
  FOREIGN KEY (pickup_branch_id) REFERENCES branch(branch_id)
);

CREATE TABLE fine (
  fine_id INTEGER PRIMARY KEY,
  loan_id INTEGER NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  reason VARCHAR(10) NOT NULL,
  issued_on DATE NOT NULL,
  paid_on DATE,
  FOREIGN KEY (loan_id) REFERENCES loan(loan_id)
);
