CREATE TABLE subjects (
  subjectId INTEGER PRIMARY KEY,
  subjectName VARCHAR(60) NOT NULL,
  callNumberPrefix VARCHAR(10) NOT NULL,
  floor INTEGER NOT NULL
);

CREATE TABLE authors (
  authorId INTEGER PRIMARY KEY,
  firstName VARCHAR(50) NOT NULL,
  lastName VARCHAR(50) NOT NULL,
  nationality VARCHAR(40),
  birthYear INTEGER
);

CREATE TABLE books (
  bookId INTEGER PRIMARY KEY,
  title VARCHAR(150) NOT NULL,
  authorId INTEGER NOT NULL,
  subjectId INTEGER NOT NULL,
  publisher VARCHAR(60) NOT NULL,
  publicationYear INTEGER NOT NULL,
  language VARCHAR(20) NOT NULL,
  pageCount INTEGER,
  replacementCost DECIMAL(10,2),
  FOREIGN KEY (authorId) REFERENCES authors (authorId),
  FOREIGN KEY (subjectId) REFERENCES subjects (subjectId)
);

CREATE TABLE bookCopies (
  copyId INTEGER PRIMARY KEY,
  bookId INTEGER NOT NULL,
  barcode VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL,
  condition VARCHAR(20) NOT NULL,
  acquiredDate DATE NOT NULL,
  FOREIGN KEY (bookId) REFERENCES books (bookId)
);

CREATE TABLE patrons (
  patronId INTEGER PRIMARY KEY,
  firstName VARCHAR(50) NOT NULL,
  lastName VARCHAR(50) NOT NULL,
  email VARCHAR(120) NOT NULL,
  patronType VARCHAR(20) NOT NULL,
  department VARCHAR(40),
  registeredDate DATE NOT NULL,
  cardExpiryDate DATE NOT NULL,
  isBlocked BOOLEAN NOT NULL
);

CREATE TABLE librarians (
  librarianId INTEGER PRIMARY KEY,
  firstName VARCHAR(50) NOT NULL,
  lastName VARCHAR(50) NOT NULL,
  jobTitle VARCHAR(50) NOT NULL,
  hireDate DATE NOT NULL,
  supervisorId INTEGER,
  FOREIGN KEY (supervisorId) REFERENCES librarians (librarianId)
);

CREATE TABLE checkouts (
  checkoutId INTEGER PRIMARY KEY,
  copyId INTEGER NOT NULL,
  patronId INTEGER NOT NULL,
  librarianId INTEGER NOT NULL,
  checkedOutAt DATETIME NOT NULL,
  dueDate DATE NOT NULL,
  returnedDate DATE,
  renewalCount INTEGER NOT NULL,
  FOREIGN KEY (copyId) REFERENCES bookCopies (copyId),
  FOREIGN KEY (patronId) REFERENCES patrons (patronId),
  FOREIGN KEY (librarianId) REFERENCES librarians (librarianId)
);

CREATE TABLE holds (
  holdId INTEGER PRIMARY KEY,
  bookId INTEGER NOT NULL,
  patronId INTEGER NOT NULL,
  placedAt DATETIME NOT NULL,
  expiresDate DATE,
  status VARCHAR(20) NOT NULL,
  FOREIGN KEY (bookId) REFERENCES books (bookId),
  FOREIGN KEY (patronId) REFERENCES patrons (patronId)
);

CREATE TABLE fines (
  fineId INTEGER PRIMARY KEY,
  checkoutId INTEGER NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  reason VARCHAR(20) NOT NULL,
  issuedDate DATE NOT NULL,
  paidDate DATE,
  FOREIGN KEY (checkoutId) REFERENCES checkouts (checkoutId)
);

