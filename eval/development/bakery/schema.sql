CREATE TABLE Shop (
  ShopId INTEGER PRIMARY KEY,
  Name TEXT NOT NULL,
  Street TEXT NOT NULL,
  Town TEXT NOT NULL,
  OpenedOn TEXT NOT NULL,
  ClosedOn TEXT,
  Seats INTEGER,
  ManagerId INTEGER REFERENCES Employee (EmployeeId)
);
CREATE TABLE Employee (
  EmployeeId INTEGER PRIMARY KEY,
  FirstName TEXT NOT NULL,
  LastName TEXT NOT NULL,
  JobTitle TEXT NOT NULL,
  HomeShopId INTEGER REFERENCES Shop (ShopId),
  HourlyPay REAL NOT NULL,
  StartedOn TEXT NOT NULL,
  LeftOn TEXT,
  Phone TEXT
);
CREATE TABLE Product (
  ProductId INTEGER PRIMARY KEY,
  ProductName TEXT NOT NULL,
  Category TEXT NOT NULL,
  Price REAL NOT NULL,
  WeightGrams INTEGER,
  IsVegan INTEGER NOT NULL,
  ContainsNuts INTEGER NOT NULL,
  IntroducedOn TEXT NOT NULL,
  DiscontinuedOn TEXT
);
CREATE TABLE Delivery (
  DeliveryId INTEGER PRIMARY KEY,
  ShopId INTEGER NOT NULL REFERENCES Shop (ShopId),
  DriverId INTEGER REFERENCES Employee (EmployeeId),
  DeliveryDate TEXT NOT NULL,
  DueTime TEXT NOT NULL,
  ArrivedTime TEXT,
  Status TEXT NOT NULL
);
CREATE TABLE DeliveryItem (
  DeliveryId INTEGER NOT NULL REFERENCES Delivery (DeliveryId),
  ProductId INTEGER NOT NULL REFERENCES Product (ProductId),
  QuantitySent INTEGER NOT NULL,
  QuantityReturned INTEGER,
  PRIMARY KEY (DeliveryId, ProductId)
);
CREATE TABLE Shift (
  ShiftId INTEGER PRIMARY KEY,
  EmployeeId INTEGER NOT NULL REFERENCES Employee (EmployeeId),
  ShopId INTEGER REFERENCES Shop (ShopId),
  ShiftDate TEXT NOT NULL,
  ShiftType TEXT NOT NULL,
  Hours REAL NOT NULL,
  Attendance TEXT NOT NULL
);
CREATE TABLE DailyTakings (
  ShopId INTEGER NOT NULL REFERENCES Shop (ShopId),
  TakingsDate TEXT NOT NULL,
  Amount REAL NOT NULL,
  Customers INTEGER NOT NULL,
  PRIMARY KEY (ShopId, TakingsDate)
);
CREATE TABLE Complaint (
  ComplaintId INTEGER PRIMARY KEY,
  ShopId INTEGER NOT NULL REFERENCES Shop (ShopId),
  ProductId INTEGER REFERENCES Product (ProductId),
  ReceivedOn TEXT NOT NULL,
  Subject TEXT NOT NULL,
  ResolvedOn TEXT,
  RefundAmount REAL
);
