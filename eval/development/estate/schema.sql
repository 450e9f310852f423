CREATE TABLE agents (
  agentId INTEGER PRIMARY KEY,
  fullName TEXT NOT NULL,
  office TEXT NOT NULL,
  hiredOn TEXT NOT NULL,
  leftOn TEXT,
  managerId INTEGER REFERENCES agents(agentId),
  commissionRate REAL NOT NULL
);
CREATE TABLE districts (
  districtId INTEGER PRIMARY KEY,
  districtName TEXT NOT NULL,
  city TEXT NOT NULL,
  schoolRating REAL
);
CREATE TABLE listings (
  listingId INTEGER PRIMARY KEY,
  address TEXT NOT NULL,
  districtId INTEGER NOT NULL REFERENCES districts(districtId),
  agentId INTEGER REFERENCES agents(agentId),
  propertyType TEXT NOT NULL,
  bedrooms INTEGER,
  areaSqm INTEGER NOT NULL,
  yearBuilt INTEGER,
  hasGarden INTEGER NOT NULL,
  listPrice REAL NOT NULL,
  listedOn TEXT NOT NULL,
  status TEXT NOT NULL
);
CREATE TABLE buyers (
  buyerId INTEGER PRIMARY KEY,
  fullName TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT,
  maxBudget REAL,
  preApproved INTEGER NOT NULL,
  leadSource TEXT NOT NULL,
  registeredOn TEXT NOT NULL
);
CREATE TABLE viewings (
  viewingId INTEGER PRIMARY KEY,
  listingId INTEGER NOT NULL REFERENCES listings(listingId),
  buyerId INTEGER NOT NULL REFERENCES buyers(buyerId),
  agentId INTEGER NOT NULL REFERENCES agents(agentId),
  viewingDate TEXT NOT NULL,
  status TEXT NOT NULL,
  interestScore INTEGER
);
CREATE TABLE offers (
  offerId INTEGER PRIMARY KEY,
  listingId INTEGER NOT NULL REFERENCES listings(listingId),
  buyerId INTEGER NOT NULL REFERENCES buyers(buyerId),
  amount REAL NOT NULL,
  offeredOn TEXT NOT NULL,
  status TEXT NOT NULL,
  financing TEXT NOT NULL
);
CREATE TABLE sales (
  saleId INTEGER PRIMARY KEY,
  listingId INTEGER NOT NULL REFERENCES listings(listingId),
  buyerId INTEGER NOT NULL REFERENCES buyers(buyerId),
  agentId INTEGER NOT NULL REFERENCES agents(agentId),
  salePrice REAL NOT NULL,
  saleDate TEXT NOT NULL,
  commissionAmount REAL
);
CREATE TABLE priceChanges (
  priceChangeId INTEGER PRIMARY KEY,
  listingId INTEGER NOT NULL REFERENCES listings(listingId),
  oldPrice REAL NOT NULL,
  newPrice REAL NOT NULL,
  changedOn TEXT NOT NULL
);
