CREATE TABLE stadium (
  stadium_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  capacity INTEGER,
  surface VARCHAR(20),
  opened_year INTEGER
);

CREATE TABLE club (
  club_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  founded_year INTEGER,
  stadium_id INTEGER REFERENCES stadium(stadium_id),
  website VARCHAR(80)
);

CREATE TABLE coach (
  coach_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  nationality VARCHAR(40),
  birth_date DATE,
  club_id INTEGER REFERENCES club(club_id),
  appointed_on DATE,
  contract_until DATE
);

CREATE TABLE player (
  player_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  position VARCHAR(20) NOT NULL,
  nationality VARCHAR(40),
  birth_date DATE,
  height_cm INTEGER,
  shirt_number INTEGER,
  market_value DECIMAL(12,2),
  is_captain BOOLEAN NOT NULL DEFAULT 0,
  club_id INTEGER REFERENCES club(club_id)
);

CREATE TABLE fixture (
  fixture_id INTEGER PRIMARY KEY,
  season VARCHAR(7) NOT NULL,
  matchday INTEGER NOT NULL,
  kickoff DATETIME NOT NULL,
  home_club_id INTEGER NOT NULL REFERENCES club(club_id),
  away_club_id INTEGER NOT NULL REFERENCES club(club_id),
  stadium_id INTEGER REFERENCES stadium(stadium_id),
  home_score INTEGER,
  away_score INTEGER,
  attendance INTEGER,
  referee VARCHAR(60),
  status VARCHAR(12) NOT NULL
);

CREATE TABLE goal (
  goal_id INTEGER PRIMARY KEY,
  fixture_id INTEGER NOT NULL REFERENCES fixture(fixture_id),
  club_id INTEGER NOT NULL REFERENCES club(club_id),
  player_id INTEGER NOT NULL REFERENCES player(player_id),
  minute INTEGER NOT NULL,
  goal_type VARCHAR(20) NOT NULL
);

CREATE TABLE card (
  card_id INTEGER PRIMARY KEY,
  fixture_id INTEGER NOT NULL REFERENCES fixture(fixture_id),
  player_id INTEGER NOT NULL REFERENCES player(player_id),
  minute INTEGER,
  color VARCHAR(10) NOT NULL,
  reason VARCHAR(40)
);

CREATE TABLE transfer (
  transfer_id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES player(player_id),
  from_club_id INTEGER REFERENCES club(club_id),
  to_club_id INTEGER REFERENCES club(club_id),
  transfer_date DATE NOT NULL,
  transfer_type VARCHAR(12) NOT NULL,
  fee DECIMAL(12,2)
);
