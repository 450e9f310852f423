CREATE TABLE lifts (
  liftId INTEGER PRIMARY KEY,
  liftName TEXT NOT NULL,
  liftType TEXT NOT NULL,
  sector TEXT NOT NULL,
  lengthM INTEGER NOT NULL,
  capacityPerHour INTEGER NOT NULL,
  openedYear INTEGER NOT NULL,
  liftStatus TEXT NOT NULL
);
CREATE TABLE slopes (
  slopeId INTEGER PRIMARY KEY,
  slopeName TEXT NOT NULL,
  difficulty TEXT NOT NULL,
  lengthM INTEGER NOT NULL,
  liftId INTEGER REFERENCES lifts (liftId),
  hasSnowmaking INTEGER NOT NULL,
  isLit INTEGER NOT NULL
);
CREATE TABLE guests (
  guestId INTEGER PRIMARY KEY,
  firstName TEXT NOT NULL,
  lastName TEXT NOT NULL,
  email TEXT,
  country TEXT NOT NULL,
  birthDate TEXT NOT NULL,
  skiLevel TEXT
);
CREATE TABLE passes (
  passId INTEGER PRIMARY KEY,
  guestId INTEGER NOT NULL REFERENCES guests (guestId),
  passType TEXT NOT NULL,
  ageGroup TEXT NOT NULL,
  soldOn TEXT NOT NULL,
  validFrom TEXT NOT NULL,
  validTo TEXT NOT NULL,
  pricePaid REAL NOT NULL,
  salesChannel TEXT NOT NULL
);
CREATE TABLE instructors (
  instructorId INTEGER PRIMARY KEY,
  firstName TEXT NOT NULL,
  lastName TEXT NOT NULL,
  discipline TEXT NOT NULL,
  languages TEXT NOT NULL,
  hourlyRate REAL NOT NULL,
  startedOn TEXT NOT NULL,
  endedOn TEXT,
  mentorId INTEGER REFERENCES instructors (instructorId)
);
CREATE TABLE lessons (
  lessonId INTEGER PRIMARY KEY,
  instructorId INTEGER NOT NULL REFERENCES instructors (instructorId),
  guestId INTEGER NOT NULL REFERENCES guests (guestId),
  lessonKind TEXT NOT NULL,
  startsAt TEXT NOT NULL,
  durationHours REAL NOT NULL,
  price REAL NOT NULL,
  lessonStatus TEXT NOT NULL,
  feedbackStars INTEGER
);
CREATE TABLE equipment (
  equipmentId INTEGER PRIMARY KEY,
  itemType TEXT NOT NULL,
  brand TEXT NOT NULL,
  sizeLabel TEXT NOT NULL,
  dailyRate REAL NOT NULL,
  purchasedOn TEXT NOT NULL,
  itemCondition TEXT NOT NULL
);
CREATE TABLE rentals (
  rentalId INTEGER PRIMARY KEY,
  equipmentId INTEGER NOT NULL REFERENCES equipment (equipmentId),
  guestId INTEGER NOT NULL REFERENCES guests (guestId),
  rentedOn TEXT NOT NULL,
  dueBackOn TEXT NOT NULL,
  returnedOn TEXT,
  amount REAL NOT NULL,
  deposit REAL
);
