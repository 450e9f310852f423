CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  phone TEXT NOT NULL,
  openedOn TEXT NOT NULL,
  isAirport INTEGER NOT NULL
);
CREATE TABLE carGroups (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  groupName TEXT NOT NULL,
  dayRate REAL NOT NULL,
  deposit INTEGER NOT NULL
);
CREATE TABLE cars (
  id INTEGER PRIMARY KEY,
  plate TEXT NOT NULL,
  make TEXT NOT NULL,
  model TEXT NOT NULL,
  groupId INTEGER NOT NULL REFERENCES carGroups (id),
  branchId INTEGER NOT NULL REFERENCES branches (id),
  fuel TEXT NOT NULL,
  gearbox TEXT NOT NULL,
  mileage INTEGER NOT NULL,
  boughtOn TEXT NOT NULL,
  purchasePrice INTEGER,
  soldOn TEXT
);
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  firstName TEXT NOT NULL,
  lastName TEXT NOT NULL,
  companyName TEXT,
  email TEXT,
  phone TEXT,
  country TEXT NOT NULL,
  birthDate TEXT NOT NULL,
  licenceExpires TEXT,
  isBlocked INTEGER NOT NULL,
  createdOn TEXT NOT NULL
);
CREATE TABLE rentals (
  id INTEGER PRIMARY KEY,
  customerId INTEGER NOT NULL REFERENCES customers (id),
  carId INTEGER NOT NULL REFERENCES cars (id),
  pickupBranchId INTEGER NOT NULL REFERENCES branches (id),
  returnBranchId INTEGER NOT NULL REFERENCES branches (id),
  bookedOn TEXT NOT NULL,
  pickupOn TEXT NOT NULL,
  dueBackOn TEXT NOT NULL,
  returnedOn TEXT,
  totalPrice REAL NOT NULL,
  kmDriven INTEGER,
  status TEXT NOT NULL
);
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  rentalId INTEGER NOT NULL REFERENCES rentals (id),
  paidOn TEXT NOT NULL,
  amount REAL NOT NULL,
  method TEXT NOT NULL
);
CREATE TABLE damages (
  id INTEGER PRIMARY KEY,
  rentalId INTEGER NOT NULL REFERENCES rentals (id),
  reportedOn TEXT NOT NULL,
  part TEXT NOT NULL,
  severity TEXT NOT NULL,
  repairCost REAL,
  chargedToCustomer INTEGER NOT NULL
);
CREATE TABLE workshopJobs (
  id INTEGER PRIMARY KEY,
  carId INTEGER NOT NULL REFERENCES cars (id),
  kind TEXT NOT NULL,
  garage TEXT NOT NULL,
  plannedOn TEXT NOT NULL,
  doneOn TEXT,
  cost REAL
);
