CREATE TABLE Physician (
  PhysicianId INTEGER PRIMARY KEY,
  FirstName VARCHAR(40) NOT NULL,
  LastName VARCHAR(40) NOT NULL,
  Specialty VARCHAR(40) NOT NULL,
  HireDate DATE NOT NULL,
  Email VARCHAR(80),
  IsActive BOOLEAN NOT NULL
);

CREATE TABLE Nurse (
  NurseId INTEGER PRIMARY KEY,
  FirstName VARCHAR(40) NOT NULL,
  LastName VARCHAR(40) NOT NULL,
  Position VARCHAR(20) NOT NULL,
  Ward VARCHAR(30) NOT NULL,
  HireDate DATE NOT NULL
);

CREATE TABLE Patient (
  PatientId INTEGER PRIMARY KEY,
  FirstName VARCHAR(40) NOT NULL,
  LastName VARCHAR(40) NOT NULL,
  BirthDate DATE NOT NULL,
  Gender CHAR(1) NOT NULL,
  City VARCHAR(40) NOT NULL,
  Phone VARCHAR(20),
  InsuranceProvider VARCHAR(40),
  BloodType VARCHAR(3) NOT NULL,
  PrimaryPhysicianId INTEGER,
  RegisteredOn DATE NOT NULL,
  FOREIGN KEY (PrimaryPhysicianId) REFERENCES Physician(PhysicianId)
);

CREATE TABLE Room (
  RoomId INTEGER PRIMARY KEY,
  RoomNumber VARCHAR(6) NOT NULL,
  Ward VARCHAR(30) NOT NULL,
  RoomType VARCHAR(20) NOT NULL,
  Floor INTEGER NOT NULL,
  BedCount INTEGER NOT NULL,
  DailyRate DECIMAL(10,2) NOT NULL,
  IsOutOfService BOOLEAN NOT NULL
);

CREATE TABLE Stay (
  StayId INTEGER PRIMARY KEY,
  PatientId INTEGER NOT NULL,
  RoomId INTEGER NOT NULL,
  AdmissionDate DATE NOT NULL,
  DischargeDate DATE,
  Status VARCHAR(12) NOT NULL,
  FOREIGN KEY (PatientId) REFERENCES Patient(PatientId),
  FOREIGN KEY (RoomId) REFERENCES Room(RoomId)
);

CREATE TABLE Procedure (
  ProcedureId INTEGER PRIMARY KEY,
  Name VARCHAR(60) NOT NULL,
  Category VARCHAR(20) NOT NULL,
  Cost DECIMAL(10,2) NOT NULL,
  DurationMinutes INTEGER NOT NULL
);

CREATE TABLE Medication (
  MedicationId INTEGER PRIMARY KEY,
  Name VARCHAR(60) NOT NULL,
  Manufacturer VARCHAR(40) NOT NULL,
  Form VARCHAR(20) NOT NULL,
  UnitPrice DECIMAL(10,2) NOT NULL,
  UnitsInStock INTEGER NOT NULL
);

CREATE TABLE Treatment (
  TreatmentId INTEGER PRIMARY KEY,
  PatientId INTEGER NOT NULL,
  ProcedureId INTEGER NOT NULL,
  PhysicianId INTEGER NOT NULL,
  NurseId INTEGER,
  MedicationId INTEGER,
  TreatmentDate DATE NOT NULL,
  Outcome VARCHAR(20),
  FOREIGN KEY (PatientId) REFERENCES Patient(PatientId),
  FOREIGN KEY (ProcedureId) REFERENCES Procedure(ProcedureId),
  FOREIGN KEY (PhysicianId) REFERENCES Physician(PhysicianId),
  FOREIGN KEY (NurseId) REFERENCES Nurse(NurseId),
  FOREIGN KEY (MedicationId) REFERENCES Medication(MedicationId)
);

CREATE TABLE Appointment (
  AppointmentId INTEGER PRIMARY KEY,
  PatientId INTEGER NOT NULL,
  PhysicianId INTEGER NOT NULL,
  StartTime DATETIME NOT NULL,
  DurationMinutes INTEGER NOT NULL,
  Reason VARCHAR(40),
  Status VARCHAR(12) NOT NULL,
  FOREIGN KEY (PatientId) REFERENCES Patient(PatientId),
  FOREIGN KEY (PhysicianId) REFERENCES Physician(PhysicianId)
);

