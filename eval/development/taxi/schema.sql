CREATE TABLE drivers (
  driverId INTEGER PRIMARY KEY,
  firstName VARCHAR(40) NOT NULL,
  lastName VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  licenceNumber VARCHAR(20) NOT NULL,
  licenceExpiry DATE NOT NULL,
  hiredOn DATE NOT NULL,
  leftOn DATE,
  homeCity VARCHAR(40),
  status VARCHAR(12) NOT NULL
);
CREATE TABLE cars (
  carId INTEGER PRIMARY KEY,
  plateNumber VARCHAR(12) NOT NULL UNIQUE,
  make VARCHAR(30) NOT NULL,
  model VARCHAR(30) NOT NULL,
  modelYear INTEGER NOT NULL,
  carType VARCHAR(12) NOT NULL,
  seats INTEGER NOT NULL,
  fuelType VARCHAR(12) NOT NULL,
  purchasedOn DATE NOT NULL,
  purchasePrice DECIMAL(10,2),
  odometerKm INTEGER,
  isWheelchairAccessible BOOLEAN NOT NULL DEFAULT 0,
  isInService BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE customers (
  customerId INTEGER PRIMARY KEY,
  fullName VARCHAR(80) NOT NULL,
  email VARCHAR(120),
  phone VARCHAR(20),
  customerType VARCHAR(10) NOT NULL,
  companyName VARCHAR(80),
  city VARCHAR(40),
  registeredOn DATE NOT NULL
);
CREATE TABLE zones (
  zoneId INTEGER PRIMARY KEY,
  zoneName VARCHAR(40) NOT NULL,
  surcharge DECIMAL(10,2) NOT NULL
);
CREATE TABLE rides (
  rideId INTEGER PRIMARY KEY,
  customerId INTEGER NOT NULL REFERENCES customers(customerId),
  driverId INTEGER REFERENCES drivers(driverId),
  carId INTEGER REFERENCES cars(carId),
  pickupZoneId INTEGER NOT NULL REFERENCES zones(zoneId),
  dropoffZoneId INTEGER NOT NULL REFERENCES zones(zoneId),
  bookedAt DATETIME NOT NULL,
  pickupAt DATETIME NOT NULL,
  dropoffAt DATETIME,
  passengerCount INTEGER NOT NULL,
  distanceKm DECIMAL(6,1),
  fare DECIMAL(10,2),
  status VARCHAR(12) NOT NULL,
  customerRating INTEGER
);
CREATE TABLE ridePayments (
  paymentId INTEGER PRIMARY KEY,
  rideId INTEGER NOT NULL REFERENCES rides(rideId),
  paidOn DATE,
  amount DECIMAL(10,2) NOT NULL,
  tipAmount DECIMAL(10,2) NOT NULL DEFAULT 0,
  method VARCHAR(10) NOT NULL,
  status VARCHAR(10) NOT NULL
);
CREATE TABLE complaints (
  complaintId INTEGER PRIMARY KEY,
  rideId INTEGER NOT NULL REFERENCES rides(rideId),
  category VARCHAR(20) NOT NULL,
  details VARCHAR(200),
  filedOn DATE NOT NULL,
  resolvedOn DATE,
  status VARCHAR(10) NOT NULL
);
CREATE TABLE driverShifts (
  shiftId INTEGER PRIMARY KEY,
  driverId INTEGER NOT NULL REFERENCES drivers(driverId),
  carId INTEGER REFERENCES cars(carId),
  startsAt DATETIME NOT NULL,
  endsAt DATETIME NOT NULL,
  status VARCHAR(10) NOT NULL
);
