CREATE TABLE venues (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  capacity INTEGER,
  opened_on DATE
);
CREATE TABLE clubs (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  founded INTEGER,
  venue_id INTEGER REFERENCES venues(id),
  head_coach VARCHAR(60),
  budget_eur INTEGER
);
CREATE TABLE players (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  birth_date DATE,
  nationality VARCHAR(40),
  position VARCHAR(20),
  height_cm INTEGER,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE contracts (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES players(id),
  club_id INTEGER NOT NULL REFERENCES clubs(id),
  origin VARCHAR(12) NOT NULL,
  signed_on DATE NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  annual_salary INTEGER,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE transfers (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES players(id),
  from_club_id INTEGER REFERENCES clubs(id),
  to_club_id INTEGER NOT NULL REFERENCES clubs(id),
  transfer_date DATE NOT NULL,
  fee INTEGER,
  kind VARCHAR(12) NOT NULL,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE referees (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  city VARCHAR(40),
  licence VARCHAR(20),
  since_year INTEGER
);
CREATE TABLE matches (
  id INTEGER PRIMARY KEY,
  season VARCHAR(7) NOT NULL,
  competition VARCHAR(10) NOT NULL,
  match_date DATETIME NOT NULL,
  home_club_id INTEGER NOT NULL REFERENCES clubs(id),
  away_club_id INTEGER NOT NULL REFERENCES clubs(id),
  venue_id INTEGER NOT NULL REFERENCES venues(id),
  first_referee_id INTEGER REFERENCES referees(id),
  second_referee_id INTEGER REFERENCES referees(id),
  home_sets INTEGER,
  away_sets INTEGER,
  attendance INTEGER,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE match_events (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES matches(id),
  player_id INTEGER NOT NULL REFERENCES players(id),
  club_id INTEGER NOT NULL REFERENCES clubs(id),
  set_number INTEGER NOT NULL,
  event_type VARCHAR(20) NOT NULL
);
