CREATE TABLE arenas (
  arenaId INTEGER PRIMARY KEY,
  arenaName VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  state CHAR(2) NOT NULL,
  capacity INTEGER NOT NULL,
  openedYear INTEGER
);

CREATE TABLE teams (
  teamId INTEGER PRIMARY KEY,
  teamName VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  conference VARCHAR(10) NOT NULL,
  foundedYear INTEGER,
  headCoach VARCHAR(60),
  arenaId INTEGER REFERENCES arenas(arenaId)
);

CREATE TABLE players (
  playerId INTEGER PRIMARY KEY,
  firstName VARCHAR(40) NOT NULL,
  lastName VARCHAR(40) NOT NULL,
  position VARCHAR(2) NOT NULL,
  heightCm INTEGER,
  weightKg INTEGER,
  birthDate DATE,
  country VARCHAR(40),
  college VARCHAR(60),
  draftYear INTEGER,
  isActive BOOLEAN NOT NULL DEFAULT 1,
  teamId INTEGER REFERENCES teams(teamId)
);

CREATE TABLE games (
  gameId INTEGER PRIMARY KEY,
  season VARCHAR(7) NOT NULL,
  gameType VARCHAR(12) NOT NULL,
  gameDate DATE NOT NULL,
  homeTeamId INTEGER NOT NULL REFERENCES teams(teamId),
  awayTeamId INTEGER NOT NULL REFERENCES teams(teamId),
  arenaId INTEGER NOT NULL REFERENCES arenas(arenaId),
  homePoints INTEGER,
  awayPoints INTEGER,
  wentToOvertime BOOLEAN,
  attendance INTEGER
);

CREATE TABLE playerGameStats (
  statId INTEGER PRIMARY KEY,
  gameId INTEGER NOT NULL REFERENCES games(gameId),
  playerId INTEGER NOT NULL REFERENCES players(playerId),
  teamId INTEGER NOT NULL REFERENCES teams(teamId),
  isStarter BOOLEAN NOT NULL,
  minutes INTEGER,
  points INTEGER NOT NULL,
  rebounds INTEGER NOT NULL,
  assists INTEGER NOT NULL,
  steals INTEGER,
  blocks INTEGER,
  turnovers INTEGER
);

CREATE TABLE contracts (
  contractId INTEGER PRIMARY KEY,
  playerId INTEGER NOT NULL REFERENCES players(playerId),
  teamId INTEGER NOT NULL REFERENCES teams(teamId),
  contractType VARCHAR(12) NOT NULL,
  startDate DATE NOT NULL,
  endDate DATE NOT NULL,
  annualSalary DECIMAL(12,2) NOT NULL,
  hasPlayerOption BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE injuries (
  injuryId INTEGER PRIMARY KEY,
  playerId INTEGER NOT NULL REFERENCES players(playerId),
  injuryDate DATE NOT NULL,
  bodyPart VARCHAR(20) NOT NULL,
  severity VARCHAR(10),
  returnDate DATE
);
