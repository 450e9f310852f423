CREATE TABLE Genre (
  GenreId INTEGER PRIMARY KEY,
  GenreName VARCHAR(40) NOT NULL,
  ShelfCode VARCHAR(6) NOT NULL,
  LoanDays INTEGER NOT NULL
);

CREATE TABLE Title (
  TitleId INTEGER PRIMARY KEY,
  TitleName VARCHAR(120) NOT NULL,
  Writer VARCHAR(60),
  GenreId INTEGER NOT NULL,
  Format VARCHAR(15) NOT NULL,
  Publisher VARCHAR(60),
  ReleaseYear INTEGER,
  MinimumAge INTEGER,
  FOREIGN KEY (GenreId) REFERENCES Genre (GenreId)
);

CREATE TABLE Item (
  ItemId INTEGER PRIMARY KEY,
  TitleId INTEGER NOT NULL,
  AccessionNumber VARCHAR(12) NOT NULL,
  ItemStatus VARCHAR(12) NOT NULL,
  PurchaseDate DATE,
  Cost DECIMAL(10,2),
  IsDonated BOOLEAN NOT NULL,
  FOREIGN KEY (TitleId) REFERENCES Title (TitleId)
);

CREATE TABLE Borrower (
  BorrowerId INTEGER PRIMARY KEY,
  FullName VARCHAR(60) NOT NULL,
  Village VARCHAR(40) NOT NULL,
  Phone VARCHAR(20),
  AgeGroup VARCHAR(10) NOT NULL,
  RegisteredDate DATE NOT NULL,
  CardExpiryDate DATE NOT NULL,
  IsBlocked BOOLEAN NOT NULL
);

CREATE TABLE Librarian (
  LibrarianId INTEGER PRIMARY KEY,
  FullName VARCHAR(60) NOT NULL,
  Position VARCHAR(30) NOT NULL,
  StartDate DATE NOT NULL,
  WeeklyHours DECIMAL(4,1) NOT NULL,
  IsVolunteer BOOLEAN NOT NULL
);

CREATE TABLE Checkout (
  CheckoutId INTEGER PRIMARY KEY,
  ItemId INTEGER NOT NULL,
  BorrowerId INTEGER NOT NULL,
  LibrarianId INTEGER,
  CheckoutTime DATETIME NOT NULL,
  DueDate DATE NOT NULL,
  ReturnTime DATETIME,
  FOREIGN KEY (ItemId) REFERENCES Item (ItemId),
  FOREIGN KEY (BorrowerId) REFERENCES Borrower (BorrowerId),
  FOREIGN KEY (LibrarianId) REFERENCES Librarian (LibrarianId)
);

CREATE TABLE Fine (
  FineId INTEGER PRIMARY KEY,
  CheckoutId INTEGER NOT NULL,
  Reason VARCHAR(12) NOT NULL,
  Amount DECIMAL(10,2) NOT NULL,
  IssuedDate DATE NOT NULL,
  PaidDate DATE,
  FOREIGN KEY (CheckoutId) REFERENCES Checkout (CheckoutId)
);

