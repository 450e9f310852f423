CREATE TABLE stadium (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(60) NOT NULL,
  capacity INTEGER NOT NULL,
  opened_on DATE,
  surface VARCHAR(20) NOT NULL
);

CREATE TABLE club (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  short_code CHAR(3) NOT NULL,
  city VARCHAR(60) NOT NULL,
  founded_year INTEGER NOT NULL,
  stadium_id INTEGER NOT NULL,
  manager_name VARCHAR(80),
  FOREIGN KEY (stadium_id) REFERENCES stadium(id)
);

CREATE TABLE season (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(7) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  is_current BOOLEAN NOT NULL
);

CREATE TABLE player (
  id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  birth_date DATE NOT NULL,
  nationality VARCHAR(40) NOT NULL,
  position VARCHAR(20) NOT NULL,
  club_id INTEGER,
  shirt_number INTEGER,
  height_cm INTEGER NOT NULL,
  market_value DECIMAL(12,2),
  contract_until DATE,
  FOREIGN KEY (club_id) REFERENCES club(id)
);

CREATE TABLE referee (
  id INTEGER NOT NULL PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  city VARCHAR(60) NOT NULL,
  licensed_since DATE NOT NULL,
  is_active BOOLEAN NOT NULL
);

CREATE TABLE match (
  id INTEGER NOT NULL PRIMARY KEY,
  season_id INTEGER NOT NULL,
  home_club_id INTEGER NOT NULL,
  away_club_id INTEGER NOT NULL,
  stadium_id INTEGER NOT NULL,
  referee_id INTEGER,
  kickoff DATETIME NOT NULL,
  status VARCHAR(20) NOT NULL,
  home_goals INTEGER,
  away_goals INTEGER,
  attendance INTEGER,
  FOREIGN KEY (season_id) REFERENCES season(id),
  FOREIGN KEY (home_club_id) REFERENCES club(id),
  FOREIGN KEY (away_club_id) REFERENCES club(id),
  FOREIGN KEY (stadium_id) REFERENCES stadium(id),
  FOREIGN KEY (referee_id) REFERENCES referee(id)
);

CREATE TABLE goal (
  id INTEGER NOT NULL PRIMARY KEY,
  match_id INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  player_id INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  goal_type VARCHAR(20) NOT NULL,
  FOREIGN KEY (match_id) REFERENCES match(id),
  FOREIGN KEY (club_id) REFERENCES club(id),
  FOREIGN KEY (player_id) REFERENCES player(id)
);

CREATE TABLE card (
  id INTEGER NOT NULL PRIMARY KEY,
  match_id INTEGER NOT NULL,
  player_id INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  colour VARCHAR(10) NOT NULL,
  FOREIGN KEY (match_id) REFERENCES match(id),
  FOREIGN KEY (player_id) REFERENCES player(id)
);

