CREATE TABLE authors (
  authorid INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  country VARCHAR(40),
  birthyear INTEGER
);

CREATE TABLE categories (
  categoryid INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  shelf VARCHAR(4) NOT NULL
);

CREATE TABLE titles (
  titleid INTEGER PRIMARY KEY,
  title VARCHAR(120) NOT NULL,
  authorid INTEGER NOT NULL,
  categoryid INTEGER NOT NULL,
  isbn VARCHAR(13),
  publishyear INTEGER NOT NULL,
  language VARCHAR(20) NOT NULL,
  pages INTEGER,
  copies INTEGER NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  acquiredon DATE NOT NULL,
  FOREIGN KEY (authorid) REFERENCES authors(authorid),
  FOREIGN KEY (categoryid) REFERENCES categories(categoryid)
);

CREATE TABLE classes (
  classid INTEGER PRIMARY KEY,
  name VARCHAR(10) NOT NULL,
  grade INTEGER NOT NULL,
  teacher VARCHAR(60)
);

CREATE TABLE borrowers (
  borrowerid INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  type VARCHAR(10) NOT NULL,
  classid INTEGER,
  email VARCHAR(80),
  joinedon DATE NOT NULL,
  active BOOLEAN NOT NULL,
  FOREIGN KEY (classid) REFERENCES classes(classid)
);

CREATE TABLE loans (
  loanid INTEGER PRIMARY KEY,
  titleid INTEGER NOT NULL,
  borrowerid INTEGER NOT NULL,
  loandate DATE NOT NULL,
  duedate DATE NOT NULL,
  returndate DATE,
  renewals INTEGER NOT NULL,
  FOREIGN KEY (titleid) REFERENCES titles(titleid),
  FOREIGN KEY (borrowerid) REFERENCES borrowers(borrowerid)
);

CREATE TABLE reservations (
  reservationid INTEGER PRIMARY KEY,
  titleid INTEGER NOT NULL,
  borrowerid INTEGER NOT NULL,
  reservedat TIMESTAMP NOT NULL,
  pickupdate DATE,
  status VARCHAR(10) NOT NULL,
  FOREIGN KEY (titleid) REFERENCES titles(titleid),
  FOREIGN KEY (borrowerid) REFERENCES borrowers(borrowerid)
);

CREATE TABLE fines (
  fineid INTEGER PRIMARY KEY,
  loanid INTEGER NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  reason VARCHAR(10) NOT NULL,
  issuedon DATE NOT NULL,
  paid BOOLEAN NOT NULL,
  paidon DATE,
  FOREIGN KEY (loanid) REFERENCES loans(loanid)
);

