CREATE TABLE Cinemas (
  CinemaID INTEGER PRIMARY KEY,
  CinemaName TEXT NOT NULL,
  City TEXT NOT NULL,
  OpenedOn TEXT NOT NULL,
  PhoneNumber TEXT
);
CREATE TABLE Screens (
  ScreenID INTEGER PRIMARY KEY,
  CinemaID INTEGER NOT NULL REFERENCES Cinemas (CinemaID),
  ScreenName TEXT NOT NULL,
  Seats INTEGER NOT NULL,
  ScreenType TEXT NOT NULL
);
CREATE TABLE Films (
  FilmID INTEGER PRIMARY KEY,
  Title TEXT NOT NULL,
  Genre TEXT NOT NULL,
  RunningMinutes INTEGER NOT NULL,
  AgeRating TEXT NOT NULL,
  ReleaseDate TEXT NOT NULL,
  Director TEXT,
  Distributor TEXT NOT NULL
);
CREATE TABLE Screenings (
  ScreeningID INTEGER PRIMARY KEY,
  FilmID INTEGER NOT NULL REFERENCES Films (FilmID),
  ScreenID INTEGER NOT NULL REFERENCES Screens (ScreenID),
  StartsAt TEXT NOT NULL,
  Format TEXT NOT NULL,
  IsSubtitled TEXT NOT NULL,
  BasePrice REAL NOT NULL,
  ScreeningStatus TEXT NOT NULL
);
CREATE TABLE Members (
  MemberID INTEGER PRIMARY KEY,
  FirstName TEXT NOT NULL,
  LastName TEXT NOT NULL,
  Email TEXT,
  BirthDate TEXT,
  JoinedOn TEXT NOT NULL,
  Tier TEXT NOT NULL,
  Points INTEGER NOT NULL,
  HomeCinemaID INTEGER REFERENCES Cinemas (CinemaID),
  LeftOn TEXT
);
CREATE TABLE Tickets (
  TicketID INTEGER PRIMARY KEY,
  ScreeningID INTEGER NOT NULL REFERENCES Screenings (ScreeningID),
  MemberID INTEGER REFERENCES Members (MemberID),
  SeatLabel TEXT NOT NULL,
  TicketType TEXT NOT NULL,
  PricePaid REAL NOT NULL,
  SoldOn TEXT NOT NULL,
  Channel TEXT NOT NULL,
  RefundedOn TEXT
);
CREATE TABLE Employees (
  EmployeeID INTEGER PRIMARY KEY,
  FirstName TEXT NOT NULL,
  LastName TEXT NOT NULL,
  JobTitle TEXT NOT NULL,
  CinemaID INTEGER NOT NULL REFERENCES Cinemas (CinemaID),
  ManagerID INTEGER REFERENCES Employees (EmployeeID),
  HiredOn TEXT NOT NULL,
  HourlyWage REAL NOT NULL
);
