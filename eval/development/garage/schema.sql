CREATE TABLE Customer (
  CustomerId INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  CompanyName TEXT,
  Phone TEXT NOT NULL,
  Email TEXT,
  Town TEXT NOT NULL,
  CustomerSince TEXT NOT NULL
);
CREATE TABLE Vehicle (
  VehicleId INTEGER PRIMARY KEY,
  CustomerId INTEGER NOT NULL REFERENCES Customer (CustomerId),
  PlateNumber TEXT NOT NULL,
  Make TEXT NOT NULL,
  Model TEXT NOT NULL,
  ModelYear INTEGER NOT NULL,
  FuelType TEXT NOT NULL,
  Mileage INTEGER,
  MotDueDate TEXT NOT NULL
);
CREATE TABLE Mechanic (
  MechanicId INTEGER PRIMARY KEY,
  FullName TEXT NOT NULL,
  Grade TEXT NOT NULL,
  HiredOn TEXT NOT NULL,
  LeftOn TEXT,
  HourlyPay REAL NOT NULL,
  MentorId INTEGER REFERENCES Mechanic (MechanicId)
);
CREATE TABLE Part (
  PartId INTEGER PRIMARY KEY,
  PartName TEXT NOT NULL,
  PartNumber TEXT NOT NULL,
  SupplierName TEXT NOT NULL,
  CostPrice REAL NOT NULL,
  SalePrice REAL NOT NULL,
  QtyInStock INTEGER NOT NULL,
  ReorderLevel INTEGER NOT NULL
);
CREATE TABLE RepairOrder (
  RepairOrderId INTEGER PRIMARY KEY,
  VehicleId INTEGER NOT NULL REFERENCES Vehicle (VehicleId),
  MechanicId INTEGER REFERENCES Mechanic (MechanicId),
  BookedFor TEXT NOT NULL,
  CompletedOn TEXT,
  JobType TEXT NOT NULL,
  Status TEXT NOT NULL,
  LabourHours REAL,
  LabourRate REAL NOT NULL,
  Complaint TEXT
);
CREATE TABLE RepairPart (
  RepairOrderId INTEGER NOT NULL REFERENCES RepairOrder (RepairOrderId),
  PartId INTEGER NOT NULL REFERENCES Part (PartId),
  Quantity INTEGER NOT NULL,
  UnitPrice REAL NOT NULL,
  PRIMARY KEY (RepairOrderId, PartId)
);
CREATE TABLE Invoice (
  InvoiceId INTEGER PRIMARY KEY,
  RepairOrderId INTEGER NOT NULL REFERENCES RepairOrder (RepairOrderId),
  InvoiceDate TEXT NOT NULL,
  DueDate TEXT NOT NULL,
  TotalAmount REAL NOT NULL,
  PaidOn TEXT,
  PaymentMethod TEXT
);
