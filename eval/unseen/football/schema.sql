CREATE TABLE stadium (
  stadium_id INTEGER PRIMARY KEY,
  stadium_name TEXT NOT NULL,
  city TEXT NOT NULL,
  capacity INTEGER NOT NULL,
  has_roof BOOLEAN NOT NULL
);
CREATE TABLE team (
  team_id INTEGER PRIMARY KEY,
  team_name TEXT NOT NULL,
  founded INTEGER NOT NULL,
  stadium_id INTEGER NOT NULL REFERENCES stadium (stadium_id),
  coach TEXT
);
CREATE TABLE player (
  player_id INTEGER PRIMARY KEY,
  player_name TEXT NOT NULL,
  team_id INTEGER REFERENCES team (team_id),
  position TEXT NOT NULL,
  nationality TEXT NOT NULL,
  birth_date DATE NOT NULL,
  market_value_m REAL,
  is_injured BOOLEAN NOT NULL
);
CREATE TABLE referee (
  referee_id INTEGER PRIMARY KEY,
  referee_name TEXT NOT NULL,
  licensed_since INTEGER NOT NULL
);
CREATE TABLE fixture (
  fixture_id INTEGER PRIMARY KEY,
  season TEXT NOT NULL,
  played_on DATE NOT NULL,
  home_team_id INTEGER NOT NULL REFERENCES team (team_id),
  away_team_id INTEGER NOT NULL REFERENCES team (team_id),
  home_goals INTEGER,
  away_goals INTEGER,
  attendance INTEGER,
  referee_id INTEGER REFERENCES referee (referee_id),
  status TEXT NOT NULL
);
CREATE TABLE goal (
  goal_id INTEGER PRIMARY KEY,
  fixture_id INTEGER NOT NULL REFERENCES fixture (fixture_id),
  player_id INTEGER NOT NULL REFERENCES player (player_id),
  minute INTEGER NOT NULL,
  is_penalty BOOLEAN NOT NULL
);
CREATE TABLE transfer (
  transfer_id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES player (player_id),
  from_team_id INTEGER REFERENCES team (team_id),
  to_team_id INTEGER REFERENCES team (team_id),
  transferred_on DATE NOT NULL,
  fee_m REAL
);
