CREATE TABLE Department (
  DepartmentId INTEGER PRIMARY KEY,
  Name VARCHAR(50) NOT NULL,
  Building VARCHAR(30) NOT NULL,
  Extension VARCHAR(10),
  AnnualBudget DECIMAL(12,2)
);

CREATE TABLE Staff (
  StaffId INTEGER PRIMARY KEY,
  FullName VARCHAR(80) NOT NULL,
  Role VARCHAR(20) NOT NULL,
  DepartmentId INTEGER REFERENCES Department(DepartmentId),
  ManagerId INTEGER REFERENCES Staff(StaffId),
  Salary DECIMAL(10,2) NOT NULL,
  HireDate DATE NOT NULL,
  IsFullTime BOOLEAN NOT NULL,
  Email VARCHAR(80)
);

CREATE TABLE InsuranceCompany (
  InsuranceId INTEGER PRIMARY KEY,
  CompanyName VARCHAR(60) NOT NULL,
  CoveragePercent INTEGER NOT NULL,
  Phone VARCHAR(20)
);

CREATE TABLE Patient (
  PatientId INTEGER PRIMARY KEY,
  FirstName VARCHAR(40) NOT NULL,
  LastName VARCHAR(40) NOT NULL,
  DateOfBirth DATE NOT NULL,
  Gender CHAR(1) NOT NULL,
  City VARCHAR(40) NOT NULL,
  InsuranceId INTEGER REFERENCES InsuranceCompany(InsuranceId),
  RegisteredOn DATE NOT NULL
);

CREATE TABLE Room (
  RoomId INTEGER PRIMARY KEY,
  RoomNumber VARCHAR(10) NOT NULL,
  RoomType VARCHAR(20) NOT NULL,
  Floor INTEGER NOT NULL,
  DepartmentId INTEGER NOT NULL REFERENCES Department(DepartmentId),
  PricePerNight DECIMAL(8,2) NOT NULL,
  IsAvailable BOOLEAN NOT NULL
);

CREATE TABLE Stay (
  StayId INTEGER PRIMARY KEY,
  PatientId INTEGER NOT NULL REFERENCES Patient(PatientId),
  RoomId INTEGER NOT NULL REFERENCES Room(RoomId),
  StartDate DATE NOT NULL,
  EndDate DATE
);

CREATE TABLE Treatment (
  TreatmentId INTEGER PRIMARY KEY,
  Name VARCHAR(60) NOT NULL,
  Category VARCHAR(20) NOT NULL,
  Cost DECIMAL(10,2) NOT NULL,
  DurationMinutes INTEGER
);

CREATE TABLE PatientTreatment (
  PatientTreatmentId INTEGER PRIMARY KEY,
  PatientId INTEGER NOT NULL REFERENCES Patient(PatientId),
  TreatmentId INTEGER NOT NULL REFERENCES Treatment(TreatmentId),
  StaffId INTEGER NOT NULL REFERENCES Staff(StaffId),
  StartTime DATETIME NOT NULL,
  Status VARCHAR(20) NOT NULL
);

CREATE TABLE LabTest (
  LabTestId INTEGER PRIMARY KEY,
  PatientId INTEGER NOT NULL REFERENCES Patient(PatientId),
  TestName VARCHAR(60) NOT NULL,
  OrderedBy INTEGER NOT NULL REFERENCES Staff(StaffId),
  OrderedOn DATE NOT NULL,
  ResultDate DATE,
  Result VARCHAR(20)
);
