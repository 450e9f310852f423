CREATE TABLE salons (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  street VARCHAR(80) NOT NULL,
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  openedOn DATE NOT NULL,
  chairCount INTEGER
);

CREATE TABLE stylists (
  id INTEGER PRIMARY KEY,
  salonId INTEGER NOT NULL REFERENCES salons(id),
  fullName VARCHAR(80) NOT NULL,
  jobTitle VARCHAR(30) NOT NULL,
  hiredOn DATE NOT NULL,
  leftOn DATE,
  commissionRate DECIMAL(10,2)
);

CREATE TABLE clients (
  id INTEGER PRIMARY KEY,
  firstName VARCHAR(40) NOT NULL,
  lastName VARCHAR(40) NOT NULL,
  email VARCHAR(100),
  phone VARCHAR(20),
  birthDate DATE,
  city VARCHAR(40),
  joinedOn DATE NOT NULL,
  preferredStylistId INTEGER REFERENCES stylists(id),
  wantsNewsletter BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE services (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  category VARCHAR(20) NOT NULL,
  durationMinutes INTEGER NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  isOffered BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  salonId INTEGER NOT NULL REFERENCES salons(id),
  clientId INTEGER NOT NULL REFERENCES clients(id),
  stylistId INTEGER NOT NULL REFERENCES stylists(id),
  serviceId INTEGER NOT NULL REFERENCES services(id),
  startsAt DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL,
  amountPaid DECIMAL(10,2),
  tip DECIMAL(10,2),
  rating INTEGER
);

CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  brand VARCHAR(40) NOT NULL,
  productType VARCHAR(20) NOT NULL,
  costPrice DECIMAL(10,2) NOT NULL,
  retailPrice DECIMAL(10,2) NOT NULL,
  stockQuantity INTEGER NOT NULL,
  reorderLevel INTEGER
);

CREATE TABLE productSales (
  id INTEGER PRIMARY KEY,
  salonId INTEGER NOT NULL REFERENCES salons(id),
  productId INTEGER NOT NULL REFERENCES products(id),
  clientId INTEGER REFERENCES clients(id),
  stylistId INTEGER REFERENCES stylists(id),
  soldAt DATETIME NOT NULL,
  quantity INTEGER NOT NULL,
  unitPrice DECIMAL(10,2) NOT NULL
);

CREATE TABLE giftVouchers (
  id INTEGER PRIMARY KEY,
  code VARCHAR(20) NOT NULL UNIQUE,
  salonId INTEGER NOT NULL REFERENCES salons(id),
  buyerId INTEGER REFERENCES clients(id),
  amount DECIMAL(10,2) NOT NULL,
  balance DECIMAL(10,2) NOT NULL,
  issuedOn DATE NOT NULL,
  expiresOn DATE NOT NULL,
  status VARCHAR(12) NOT NULL
);
