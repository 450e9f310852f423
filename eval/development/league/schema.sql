PRAGMA foreign_keys = ON;

CREATE TABLE stadium (
  id INTEGER NOT NULL,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  capacity INTEGER NOT NULL,
  opened_year INTEGER,
  surface VARCHAR(20) NOT NULL,
  has_roof BOOLEAN NOT NULL,
  last_renovated DATE,
  PRIMARY KEY (id)
);

CREATE TABLE club (
  id INTEGER NOT NULL,
  name VARCHAR(60) NOT NULL,
  short_name VARCHAR(3) NOT NULL,
  city VARCHAR(40) NOT NULL,
  founded_year INTEGER NOT NULL,
  stadium_id INTEGER,
  manager VARCHAR(60),
  member_count INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY (stadium_id) REFERENCES stadium (id)
);

CREATE TABLE season (
  id INTEGER NOT NULL,
  name VARCHAR(7) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  is_current BOOLEAN NOT NULL,
  champion_club_id INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY (champion_club_id) REFERENCES club (id)
);

CREATE TABLE player (
  id INTEGER NOT NULL,
  full_name VARCHAR(80) NOT NULL,
  birth_date DATE NOT NULL,
  nationality VARCHAR(40) NOT NULL,
  position VARCHAR(20) NOT NULL,
  height_cm INTEGER,
  shirt_number INTEGER,
  club_id INTEGER,
  is_captain BOOLEAN NOT NULL,
  contract_until DATE,
  market_value DECIMAL(12,2),
  PRIMARY KEY (id),
  FOREIGN KEY (club_id) REFERENCES club (id)
);

CREATE TABLE match (
  id INTEGER NOT NULL,
  season_id INTEGER NOT NULL,
  matchday INTEGER NOT NULL,
  kickoff_at DATETIME NOT NULL,
  home_club_id INTEGER NOT NULL,
  away_club_id INTEGER NOT NULL,
  stadium_id INTEGER NOT NULL,
  status VARCHAR(20) NOT NULL,
  home_score INTEGER,
  away_score INTEGER,
  attendance INTEGER,
  referee VARCHAR(60),
  PRIMARY KEY (id),
  FOREIGN KEY (season_id) REFERENCES season (id),
  FOREIGN KEY (home_club_id) REFERENCES club (id),
  FOREIGN KEY (away_club_id) REFERENCES club (id),
  FOREIGN KEY (stadium_id) REFERENCES stadium (id)
);

CREATE TABLE goal (
  id INTEGER NOT NULL,
  match_id INTEGER NOT NULL,
  player_id INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  assist_player_id INTEGER,
  minute INTEGER NOT NULL,
  goal_type VARCHAR(20) NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY (match_id) REFERENCES match (id),
  FOREIGN KEY (player_id) REFERENCES player (id),
  FOREIGN KEY (club_id) REFERENCES club (id),
  FOREIGN KEY (assist_player_id) REFERENCES player (id)
);

CREATE TABLE card (
  id INTEGER NOT NULL,
  match_id INTEGER NOT NULL,
  player_id INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  card_type VARCHAR(10) NOT NULL,
  reason VARCHAR(60),
  PRIMARY KEY (id),
  FOREIGN KEY (match_id) REFERENCES match (id),
  FOREIGN KEY (player_id) REFERENCES player (id)
);

CREATE TABLE transfer (
  id INTEGER NOT NULL,
  player_id INTEGER NOT NULL,
  from_club_id INTEGER,
  to_club_id INTEGER,
  transfer_date DATE NOT NULL,
  transfer_type VARCHAR(20) NOT NULL,
  fee DECIMAL(10,2),
  PRIMARY KEY (id),
  FOREIGN KEY (player_id) REFERENCES player (id),
  FOREIGN KEY (from_club_id) REFERENCES club (id),
  FOREIGN KEY (to_club_id) REFERENCES club (id)
);

