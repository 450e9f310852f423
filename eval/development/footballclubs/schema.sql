CREATE TABLE stadiums (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  capacity INTEGER NOT NULL,
  opened_year INTEGER,
  surface VARCHAR(12) NOT NULL
);

CREATE TABLE clubs (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  nickname VARCHAR(40),
  city VARCHAR(40) NOT NULL,
  founded_year INTEGER NOT NULL,
  stadium_id INTEGER REFERENCES stadiums(id)
);

CREATE TABLE coaches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  club_id INTEGER REFERENCES clubs(id),
  role VARCHAR(20) NOT NULL,
  nationality VARCHAR(30) NOT NULL,
  birth_date DATE,
  hired_on DATE,
  contract_until DATE
);

CREATE TABLE players (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  club_id INTEGER REFERENCES clubs(id),
  position VARCHAR(12) NOT NULL,
  shirt_number INTEGER,
  nationality VARCHAR(30) NOT NULL,
  birth_date DATE NOT NULL,
  height_cm INTEGER,
  preferred_foot VARCHAR(5),
  market_value DECIMAL(10,2),
  contract_until DATE,
  is_injured BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE matches (
  id INTEGER PRIMARY KEY,
  season VARCHAR(7) NOT NULL,
  kickoff_at DATETIME NOT NULL,
  home_club_id INTEGER NOT NULL REFERENCES clubs(id),
  away_club_id INTEGER NOT NULL REFERENCES clubs(id),
  stadium_id INTEGER NOT NULL REFERENCES stadiums(id),
  home_score INTEGER,
  away_score INTEGER,
  attendance INTEGER,
  referee VARCHAR(60),
  status VARCHAR(12) NOT NULL
);

CREATE TABLE goals (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES matches(id),
  club_id INTEGER NOT NULL REFERENCES clubs(id),
  scorer_id INTEGER NOT NULL REFERENCES players(id),
  assist_player_id INTEGER REFERENCES players(id),
  minute INTEGER NOT NULL,
  goal_type VARCHAR(12) NOT NULL
);

CREATE TABLE cards (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES matches(id),
  club_id INTEGER NOT NULL REFERENCES clubs(id),
  player_id INTEGER NOT NULL REFERENCES players(id),
  minute INTEGER NOT NULL,
  card_type VARCHAR(6) NOT NULL,
  reason VARCHAR(20)
);

CREATE TABLE transfers (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES players(id),
  from_club_id INTEGER REFERENCES clubs(id),
  to_club_id INTEGER REFERENCES clubs(id),
  transfer_date DATE NOT NULL,
  transfer_type VARCHAR(10) NOT NULL,
  fee DECIMAL(10,2)
);
