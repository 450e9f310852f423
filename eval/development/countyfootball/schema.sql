CREATE TABLE teams (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  town VARCHAR(40) NOT NULL,
  founded_year INTEGER,
  ground_name VARCHAR(60),
  ground_capacity INTEGER,
  joined_association_on DATE NOT NULL
);
CREATE TABLE managers (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  team_id INTEGER NOT NULL REFERENCES teams(id),
  appointed_on DATE NOT NULL,
  left_on DATE,
  coaching_licence VARCHAR(10)
);
CREATE TABLE players (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  team_id INTEGER REFERENCES teams(id),
  position VARCHAR(12) NOT NULL,
  date_of_birth DATE NOT NULL,
  height_cm INTEGER,
  shirt_number INTEGER,
  is_injured BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE competitions (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  competition_type VARCHAR(10) NOT NULL,
  prize_money DECIMAL(10,2)
);
CREATE TABLE fixtures (
  id INTEGER PRIMARY KEY,
  competition_id INTEGER NOT NULL REFERENCES competitions(id),
  season CHAR(7) NOT NULL,
  home_team_id INTEGER NOT NULL REFERENCES teams(id),
  away_team_id INTEGER NOT NULL REFERENCES teams(id),
  kick_off DATETIME NOT NULL,
  status VARCHAR(10) NOT NULL,
  home_goals INTEGER,
  away_goals INTEGER,
  attendance INTEGER
);
CREATE TABLE appearances (
  id INTEGER PRIMARY KEY,
  fixture_id INTEGER NOT NULL REFERENCES fixtures(id),
  player_id INTEGER NOT NULL REFERENCES players(id),
  started BOOLEAN NOT NULL,
  minutes_played INTEGER NOT NULL,
  goals INTEGER NOT NULL DEFAULT 0,
  assists INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE cards (
  id INTEGER PRIMARY KEY,
  fixture_id INTEGER NOT NULL REFERENCES fixtures(id),
  player_id INTEGER NOT NULL REFERENCES players(id),
  colour VARCHAR(6) NOT NULL,
  minute INTEGER NOT NULL,
  reason VARCHAR(40)
);
CREATE TABLE transfers (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES players(id),
  from_team_id INTEGER REFERENCES teams(id),
  to_team_id INTEGER REFERENCES teams(id),
  transfer_date DATE NOT NULL,
  transfer_type VARCHAR(12) NOT NULL,
  fee DECIMAL(10,2)
);
