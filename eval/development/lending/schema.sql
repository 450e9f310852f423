CREATE TABLE branch (branch_id INTEGER PRIMARY KEY, branch_name TEXT NOT NULL, district TEXT NOT NULL, opened_on TEXT NOT NULL);
CREATE TABLE category (
  category_id INTEGER PRIMARY KEY, category_name TEXT NOT NULL, parent_category_id INTEGER REFERENCES category (category_id)
);
CREATE TABLE author (author_id INTEGER PRIMARY KEY, author_name TEXT NOT NULL, nationality TEXT, birth_year INTEGER);
CREATE TABLE book (
  book_id INTEGER PRIMARY KEY, title TEXT NOT NULL, isbn TEXT NOT NULL, publication_year INTEGER, language TEXT NOT NULL,
  pages INTEGER NOT NULL, category_id INTEGER NOT NULL REFERENCES category (category_id)
);
CREATE TABLE book_author (
  book_id INTEGER NOT NULL REFERENCES book (book_id), author_id INTEGER NOT NULL REFERENCES author (author_id),
  PRIMARY KEY (book_id, author_id)
);
CREATE TABLE book_copy (
  copy_id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book (book_id),
  branch_id INTEGER NOT NULL REFERENCES branch (branch_id), barcode TEXT NOT NULL, acquired_on TEXT NOT NULL, status TEXT NOT NULL
);
CREATE TABLE member (
  member_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT, phone TEXT, membership_type TEXT NOT NULL,
  joined_on TEXT NOT NULL, is_blocked TEXT NOT NULL
);
CREATE TABLE loan (
  loan_id INTEGER PRIMARY KEY, copy_id INTEGER NOT NULL REFERENCES book_copy (copy_id),
  member_id INTEGER NOT NULL REFERENCES member (member_id), loaned_on TEXT NOT NULL, due_on TEXT NOT NULL,
  returned_on TEXT, renewals INTEGER NOT NULL
);
CREATE TABLE fine (
  fine_id INTEGER PRIMARY KEY, loan_id INTEGER NOT NULL REFERENCES loan (loan_id), amount REAL NOT NULL, reason TEXT NOT NULL,
  issued_on TEXT NOT NULL, paid TEXT NOT NULL
);
