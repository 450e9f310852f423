CREATE TABLE stadium (
  stadium_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  capacity INTEGER NOT NULL,
  opened_year INTEGER,
  surface VARCHAR(12) NOT NULL,
  undersoil_heating BOOLEAN NOT NULL
);
CREATE TABLE club (
  club_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  short_name CHAR(3) NOT NULL,
  city VARCHAR(40) NOT NULL,
  founded_year INTEGER NOT NULL,
  manager_name VARCHAR(60),
  stadium_id INTEGER REFERENCES stadium(stadium_id),
  annual_budget DECIMAL(12,2)
);
CREATE TABLE player (
  player_id INTEGER PRIMARY KEY,
  club_id INTEGER REFERENCES club(club_id),
  full_name VARCHAR(80) NOT NULL,
  nationality VARCHAR(30) NOT NULL,
  position VARCHAR(12) NOT NULL,
  date_of_birth DATE NOT NULL,
  shirt_number INTEGER,
  height_cm INTEGER,
  preferred_foot VARCHAR(6),
  market_value DECIMAL(12,2),
  contract_until DATE,
  is_injured BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE match (
  match_id INTEGER PRIMARY KEY,
  season VARCHAR(9) NOT NULL,
  matchday INTEGER NOT NULL,
  kickoff DATETIME NOT NULL,
  home_club_id INTEGER NOT NULL REFERENCES club(club_id),
  away_club_id INTEGER NOT NULL REFERENCES club(club_id),
  stadium_id INTEGER NOT NULL REFERENCES stadium(stadium_id),
  home_score INTEGER,
  away_score INTEGER,
  attendance INTEGER,
  referee_name VARCHAR(60),
  status VARCHAR(12) NOT NULL
);
CREATE TABLE goal (
  goal_id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES match(match_id),
  club_id INTEGER NOT NULL REFERENCES club(club_id),
  player_id INTEGER NOT NULL REFERENCES player(player_id),
  assist_player_id INTEGER REFERENCES player(player_id),
  minute INTEGER NOT NULL,
  goal_type VARCHAR(12) NOT NULL
);
CREATE TABLE card (
  card_id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES match(match_id),
  player_id INTEGER NOT NULL REFERENCES player(player_id),
  color VARCHAR(6) NOT NULL,
  minute INTEGER NOT NULL,
  reason VARCHAR(40)
);
CREATE TABLE transfer (
  transfer_id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES player(player_id),
  from_club_id INTEGER REFERENCES club(club_id),
  to_club_id INTEGER REFERENCES club(club_id),
  transfer_date DATE NOT NULL,
  transfer_type VARCHAR(10) NOT NULL,
  fee DECIMAL(12,2)
);
