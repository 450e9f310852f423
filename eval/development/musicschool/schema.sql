CREATE TABLE teachers (
  id INTEGER PRIMARY KEY,
  firstName TEXT NOT NULL,
  lastName TEXT NOT NULL,
  mainSubject TEXT NOT NULL,
  hourlyFee REAL NOT NULL,
  startedOn TEXT NOT NULL,
  leftOn TEXT,
  email TEXT
);
CREATE TABLE pupils (
  id INTEGER PRIMARY KEY,
  firstName TEXT NOT NULL,
  lastName TEXT NOT NULL,
  birthDate TEXT,
  parentName TEXT,
  phone TEXT NOT NULL,
  town TEXT NOT NULL,
  joinedOn TEXT NOT NULL,
  leftOn TEXT
);
CREATE TABLE enrolments (
  id INTEGER PRIMARY KEY,
  pupilId INTEGER NOT NULL REFERENCES pupils (id),
  teacherId INTEGER NOT NULL REFERENCES teachers (id),
  subject TEXT NOT NULL,
  level TEXT NOT NULL,
  weekday TEXT NOT NULL,
  lessonMinutes INTEGER NOT NULL,
  monthlyFee REAL NOT NULL,
  startDate TEXT NOT NULL,
  endDate TEXT
);
CREATE TABLE lessons (
  id INTEGER PRIMARY KEY,
  enrolmentId INTEGER NOT NULL REFERENCES enrolments (id),
  lessonDate TEXT NOT NULL,
  status TEXT NOT NULL,
  homework TEXT
);
CREATE TABLE instruments (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  brand TEXT NOT NULL,
  serialNo TEXT NOT NULL,
  purchasedOn TEXT NOT NULL,
  purchasePrice REAL NOT NULL,
  state TEXT NOT NULL
);
CREATE TABLE rentals (
  id INTEGER PRIMARY KEY,
  instrumentId INTEGER NOT NULL REFERENCES instruments (id),
  pupilId INTEGER NOT NULL REFERENCES pupils (id),
  rentedFrom TEXT NOT NULL,
  dueBack TEXT NOT NULL,
  returnedOn TEXT,
  monthlyRent REAL NOT NULL
);
CREATE TABLE concerts (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  venue TEXT NOT NULL,
  concertDate TEXT NOT NULL,
  ticketPrice REAL NOT NULL,
  ticketsSold INTEGER
);
CREATE TABLE performances (
  id INTEGER PRIMARY KEY,
  concertId INTEGER NOT NULL REFERENCES concerts (id),
  pupilId INTEGER NOT NULL REFERENCES pupils (id),
  piece TEXT NOT NULL,
  composer TEXT,
  minutes INTEGER
);
