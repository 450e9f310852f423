CREATE TABLE arenas (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  capacity INTEGER NOT NULL,
  opened INTEGER
);
CREATE TABLE clubs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  founded INTEGER NOT NULL,
  arena_id INTEGER NOT NULL REFERENCES arenas (id),
  coach TEXT,
  budget REAL
);
CREATE TABLE players (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  position TEXT NOT NULL,
  nationality TEXT NOT NULL,
  birthdate TEXT NOT NULL,
  height INTEGER,
  weight INTEGER,
  shoots TEXT,
  status TEXT NOT NULL
);
CREATE TABLE contracts (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES players (id),
  club_id INTEGER NOT NULL REFERENCES clubs (id),
  starts TEXT NOT NULL,
  ends TEXT NOT NULL,
  salary REAL NOT NULL,
  jersey INTEGER NOT NULL
);
CREATE TABLE transfers (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES players (id),
  from_club_id INTEGER REFERENCES clubs (id),
  to_club_id INTEGER NOT NULL REFERENCES clubs (id),
  date TEXT NOT NULL,
  fee REAL
);
CREATE TABLE games (
  id INTEGER PRIMARY KEY,
  season TEXT NOT NULL,
  date TEXT NOT NULL,
  home_id INTEGER NOT NULL REFERENCES clubs (id),
  guest_id INTEGER NOT NULL REFERENCES clubs (id),
  home_goals INTEGER,
  guest_goals INTEGER,
  attendance INTEGER,
  referee TEXT,
  status TEXT NOT NULL
);
CREATE TABLE goals (
  id INTEGER PRIMARY KEY,
  game_id INTEGER NOT NULL REFERENCES games (id),
  club_id INTEGER NOT NULL REFERENCES clubs (id),
  player_id INTEGER NOT NULL REFERENCES players (id),
  assist_id INTEGER REFERENCES players (id),
  minute INTEGER NOT NULL,
  kind TEXT NOT NULL
);
CREATE TABLE penalties (
  id INTEGER PRIMARY KEY,
  game_id INTEGER NOT NULL REFERENCES games (id),
  player_id INTEGER NOT NULL REFERENCES players (id),
  minutes INTEGER NOT NULL,
  offence TEXT NOT NULL
);
