CREATE TABLE ground (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(50) NOT NULL,
  town VARCHAR(40) NOT NULL,
  pitch_type VARCHAR(12) NOT NULL,
  capacity INTEGER,
  has_floodlights BOOLEAN NOT NULL,
  hire_fee DECIMAL(10,2),
  opened_on DATE
);

CREATE TABLE team (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(50) NOT NULL,
  category VARCHAR(10) NOT NULL,
  division VARCHAR(20),
  home_ground_id INTEGER,
  joined_on DATE NOT NULL,
  shirt_colour VARCHAR(20),
  membership_paid BOOLEAN NOT NULL,
  FOREIGN KEY (home_ground_id) REFERENCES ground (id)
);

CREATE TABLE coach (
  id INTEGER NOT NULL PRIMARY KEY,
  team_id INTEGER,
  first_name VARCHAR(30) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  role VARCHAR(20) NOT NULL,
  licence VARCHAR(10),
  appointed_on DATE,
  left_on DATE,
  yearly_salary DECIMAL(10,2),
  FOREIGN KEY (team_id) REFERENCES team (id)
);

CREATE TABLE player (
  id INTEGER NOT NULL PRIMARY KEY,
  team_id INTEGER,
  first_name VARCHAR(30) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  birth_date DATE NOT NULL,
  position VARCHAR(12) NOT NULL,
  squad_number INTEGER,
  is_captain BOOLEAN NOT NULL,
  registered_on DATE NOT NULL,
  monthly_pay DECIMAL(10,2),
  FOREIGN KEY (team_id) REFERENCES team (id)
);

CREATE TABLE fixture (
  id INTEGER NOT NULL PRIMARY KEY,
  competition VARCHAR(10) NOT NULL,
  kick_off TIMESTAMP NOT NULL,
  ground_id INTEGER NOT NULL,
  home_team_id INTEGER NOT NULL,
  away_team_id INTEGER NOT NULL,
  home_goals INTEGER,
  away_goals INTEGER,
  status VARCHAR(10) NOT NULL,
  spectators INTEGER,
  gate_receipts DECIMAL(10,2),
  FOREIGN KEY (ground_id) REFERENCES ground (id),
  FOREIGN KEY (home_team_id) REFERENCES team (id),
  FOREIGN KEY (away_team_id) REFERENCES team (id)
);

CREATE TABLE appearance (
  id INTEGER NOT NULL PRIMARY KEY,
  fixture_id INTEGER NOT NULL,
  player_id INTEGER NOT NULL,
  started BOOLEAN NOT NULL,
  minutes_played INTEGER NOT NULL,
  yellow_cards INTEGER NOT NULL,
  red_cards INTEGER NOT NULL,
  rating DECIMAL(3,1),
  FOREIGN KEY (fixture_id) REFERENCES fixture (id),
  FOREIGN KEY (player_id) REFERENCES player (id)
);

CREATE TABLE goal_event (
  id INTEGER NOT NULL PRIMARY KEY,
  fixture_id INTEGER NOT NULL,
  scorer_id INTEGER NOT NULL,
  assisted_by_id INTEGER,
  minute INTEGER NOT NULL,
  kind VARCHAR(12) NOT NULL,
  FOREIGN KEY (fixture_id) REFERENCES fixture (id),
  FOREIGN KEY (scorer_id) REFERENCES player (id),
  FOREIGN KEY (assisted_by_id) REFERENCES player (id)
);
