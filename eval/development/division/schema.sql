CREATE TABLE stadiums (
  stadiumId INTEGER PRIMARY KEY,
  stadiumName VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  capacity INTEGER NOT NULL,
  openedYear INTEGER,
  surface VARCHAR(12) NOT NULL
);
CREATE TABLE teams (
  teamId INTEGER PRIMARY KEY,
  teamName VARCHAR(60) NOT NULL,
  shortName CHAR(3) NOT NULL,
  city VARCHAR(40) NOT NULL,
  foundedYear INTEGER,
  stadiumId INTEGER,
  sponsor VARCHAR(60),
  FOREIGN KEY (stadiumId) REFERENCES stadiums(stadiumId)
);
CREATE TABLE coaches (
  coachId INTEGER PRIMARY KEY,
  fullName VARCHAR(80) NOT NULL,
  teamId INTEGER,
  role VARCHAR(20) NOT NULL,
  licence VARCHAR(10) NOT NULL,
  nationality VARCHAR(40) NOT NULL,
  startDate DATE NOT NULL,
  endDate DATE,
  FOREIGN KEY (teamId) REFERENCES teams(teamId)
);
CREATE TABLE players (
  playerId INTEGER PRIMARY KEY,
  fullName VARCHAR(80) NOT NULL,
  teamId INTEGER,
  position VARCHAR(15) NOT NULL,
  shirtNumber INTEGER,
  birthDate DATE NOT NULL,
  nationality VARCHAR(40) NOT NULL,
  heightCm INTEGER,
  preferredFoot VARCHAR(5),
  isCaptain BOOLEAN NOT NULL,
  contractUntil DATE,
  marketValue DECIMAL(10,2),
  FOREIGN KEY (teamId) REFERENCES teams(teamId)
);
CREATE TABLE fixtures (
  fixtureId INTEGER PRIMARY KEY,
  season VARCHAR(7) NOT NULL,
  matchday INTEGER NOT NULL,
  kickOff DATETIME NOT NULL,
  homeTeamId INTEGER NOT NULL,
  awayTeamId INTEGER NOT NULL,
  homeGoals INTEGER,
  awayGoals INTEGER,
  attendance INTEGER,
  referee VARCHAR(60),
  status VARCHAR(10) NOT NULL,
  FOREIGN KEY (homeTeamId) REFERENCES teams(teamId),
  FOREIGN KEY (awayTeamId) REFERENCES teams(teamId)
);
CREATE TABLE playerAppearances (
  appearanceId INTEGER PRIMARY KEY,
  fixtureId INTEGER NOT NULL,
  playerId INTEGER NOT NULL,
  isStarter BOOLEAN NOT NULL,
  minutesPlayed INTEGER NOT NULL,
  goals INTEGER NOT NULL,
  assists INTEGER NOT NULL,
  rating DECIMAL(3,1),
  FOREIGN KEY (fixtureId) REFERENCES fixtures(fixtureId),
  FOREIGN KEY (playerId) REFERENCES players(playerId)
);
CREATE TABLE bookings (
  bookingId INTEGER PRIMARY KEY,
  fixtureId INTEGER NOT NULL,
  playerId INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  cardType VARCHAR(6) NOT NULL,
  reason VARCHAR(40),
  FOREIGN KEY (fixtureId) REFERENCES fixtures(fixtureId),
  FOREIGN KEY (playerId) REFERENCES players(playerId)
);
CREATE TABLE injuries (
  injuryId INTEGER PRIMARY KEY,
  playerId INTEGER NOT NULL,
  injuryType VARCHAR(40) NOT NULL,
  severity VARCHAR(10) NOT NULL,
  injuryDate DATE NOT NULL,
  expectedReturn DATE,
  returnDate DATE,
  FOREIGN KEY (playerId) REFERENCES players(playerId)
);
