CREATE TABLE Vineyard (
  VineyardId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  Region TEXT NOT NULL,
  AreaHectares REAL NOT NULL,
  PlantedYear INTEGER,
  IsOrganic INTEGER,
  ManagerName TEXT
);
CREATE TABLE Wine (
  WineId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  Style TEXT NOT NULL,
  GrapeVariety TEXT,
  IsDiscontinued INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE Vintage (
  VintageId INTEGER PRIMARY KEY,
  WineId INTEGER NOT NULL REFERENCES Wine(WineId),
  VineyardId INTEGER REFERENCES Vineyard(VineyardId),
  HarvestYear INTEGER NOT NULL,
  HarvestDate TEXT,
  BottlingDate TEXT,
  AlcoholPercent REAL,
  BottlesProduced INTEGER,
  BottlePrice REAL,
  UNIQUE (WineId, HarvestYear)
);
CREATE TABLE CellarLot (
  CellarLotId INTEGER PRIMARY KEY,
  LotCode TEXT NOT NULL UNIQUE,
  VintageId INTEGER NOT NULL REFERENCES Vintage(VintageId),
  Cellar TEXT NOT NULL,
  Container TEXT NOT NULL,
  VolumeLitres INTEGER NOT NULL,
  StoredOn TEXT NOT NULL,
  ReadyOn TEXT,
  Status TEXT NOT NULL
);
CREATE TABLE Tasting (
  TastingId INTEGER PRIMARY KEY,
  VintageId INTEGER NOT NULL REFERENCES Vintage(VintageId),
  TastedOn TEXT NOT NULL,
  Taster TEXT NOT NULL,
  Score INTEGER,
  Notes TEXT
);
CREATE TABLE Restaurant (
  RestaurantId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  City TEXT NOT NULL,
  State TEXT NOT NULL,
  Cuisine TEXT,
  ContactName TEXT,
  CustomerSince TEXT NOT NULL
);
CREATE TABLE RestaurantOrder (
  RestaurantOrderId INTEGER PRIMARY KEY,
  RestaurantId INTEGER NOT NULL REFERENCES Restaurant(RestaurantId),
  OrderDate TEXT NOT NULL,
  DeliveryDate TEXT,
  Status TEXT NOT NULL
);
CREATE TABLE OrderLine (
  OrderLineId INTEGER PRIMARY KEY,
  RestaurantOrderId INTEGER NOT NULL REFERENCES RestaurantOrder(RestaurantOrderId),
  VintageId INTEGER NOT NULL REFERENCES Vintage(VintageId),
  Bottles INTEGER NOT NULL,
  UnitPrice REAL NOT NULL
);
