CREATE TABLE Seasons (
  seasonId INTEGER PRIMARY KEY,
  name VARCHAR(10) NOT NULL UNIQUE,
  startDate DATE NOT NULL,
  endDate DATE NOT NULL,
  championClubId INTEGER REFERENCES Clubs(clubId)
);
CREATE TABLE Stadiums (
  stadiumId INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  capacity INTEGER NOT NULL,
  openedYear INTEGER,
  surface VARCHAR(20)
);
CREATE TABLE Clubs (
  clubId INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  shortName VARCHAR(5) NOT NULL,
  city VARCHAR(40) NOT NULL,
  foundedYear INTEGER,
  stadiumId INTEGER REFERENCES Stadiums(stadiumId),
  managerName VARCHAR(60)
);
CREATE TABLE Players (
  playerId INTEGER PRIMARY KEY,
  clubId INTEGER REFERENCES Clubs(clubId),
  firstName VARCHAR(40) NOT NULL,
  lastName VARCHAR(40) NOT NULL,
  position VARCHAR(20) NOT NULL,
  shirtNumber INTEGER,
  nationality VARCHAR(40) NOT NULL,
  birthDate DATE NOT NULL,
  heightCm INTEGER,
  preferredFoot VARCHAR(10),
  marketValue DECIMAL(10,2),
  contractUntil DATE
);
CREATE TABLE Matches (
  matchId INTEGER PRIMARY KEY,
  seasonId INTEGER NOT NULL REFERENCES Seasons(seasonId),
  round INTEGER NOT NULL,
  kickoff DATETIME NOT NULL,
  homeClubId INTEGER NOT NULL REFERENCES Clubs(clubId),
  awayClubId INTEGER NOT NULL REFERENCES Clubs(clubId),
  stadiumId INTEGER NOT NULL REFERENCES Stadiums(stadiumId),
  homeGoals INTEGER,
  awayGoals INTEGER,
  attendance INTEGER,
  referee VARCHAR(60),
  status VARCHAR(20) NOT NULL
);
CREATE TABLE Goals (
  goalId INTEGER PRIMARY KEY,
  matchId INTEGER NOT NULL REFERENCES Matches(matchId),
  clubId INTEGER NOT NULL REFERENCES Clubs(clubId),
  playerId INTEGER NOT NULL REFERENCES Players(playerId),
  assistPlayerId INTEGER REFERENCES Players(playerId),
  minute INTEGER NOT NULL,
  goalType VARCHAR(20) NOT NULL
);
CREATE TABLE Cards (
  cardId INTEGER PRIMARY KEY,
  matchId INTEGER NOT NULL REFERENCES Matches(matchId),
  playerId INTEGER NOT NULL REFERENCES Players(playerId),
  color VARCHAR(10) NOT NULL,
  minute INTEGER NOT NULL,
  reason VARCHAR(40)
);
CREATE TABLE Transfers (
  transferId INTEGER PRIMARY KEY,
  playerId INTEGER NOT NULL REFERENCES Players(playerId),
  fromClubId INTEGER REFERENCES Clubs(clubId),
  toClubId INTEGER REFERENCES Clubs(clubId),
  transferDate DATE NOT NULL,
  transferType VARCHAR(20) NOT NULL,
  fee DECIMAL(10,2)
);
