CREATE TABLE coaches (
  id INTEGER PRIMARY KEY,
  full_name VARCHAR(80) NOT NULL,
  email VARCHAR(120),
  phone VARCHAR(30),
  license_level VARCHAR(1) NOT NULL,
  hired_on DATE NOT NULL,
  hourly_rate DECIMAL(10,2)
);

CREATE TABLE players (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(50) NOT NULL,
  last_name VARCHAR(50) NOT NULL,
  gender VARCHAR(1) NOT NULL,
  birth_date DATE NOT NULL,
  country VARCHAR(50) NOT NULL,
  playing_hand VARCHAR(10) NOT NULL,
  height_cm INTEGER,
  turned_pro_on DATE,
  coach_id INTEGER REFERENCES coaches(id),
  is_active BOOLEAN NOT NULL
);

CREATE TABLE venues (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(50) NOT NULL,
  country VARCHAR(50) NOT NULL,
  surface VARCHAR(10) NOT NULL,
  court_count INTEGER NOT NULL,
  capacity INTEGER,
  is_indoor BOOLEAN NOT NULL,
  opened_on DATE
);

CREATE TABLE tournaments (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  season INTEGER NOT NULL,
  venue_id INTEGER NOT NULL REFERENCES venues(id),
  category VARCHAR(20) NOT NULL,
  event VARCHAR(10) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  prize_money DECIMAL(10,2),
  draw_size INTEGER NOT NULL,
  status VARCHAR(15) NOT NULL
);

CREATE TABLE matches (
  id INTEGER PRIMARY KEY,
  tournament_id INTEGER NOT NULL REFERENCES tournaments(id),
  round VARCHAR(2) NOT NULL,
  court VARCHAR(30),
  player1_id INTEGER NOT NULL REFERENCES players(id),
  player2_id INTEGER NOT NULL REFERENCES players(id),
  winner_id INTEGER REFERENCES players(id),
  scheduled_at DATETIME NOT NULL,
  duration_minutes INTEGER,
  score VARCHAR(40),
  status VARCHAR(15) NOT NULL
);

CREATE TABLE rankings (
  id INTEGER PRIMARY KEY,
  player_id INTEGER NOT NULL REFERENCES players(id),
  ranking_date DATE NOT NULL,
  position INTEGER NOT NULL,
  points INTEGER NOT NULL
);

CREATE TABLE sponsors (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  industry VARCHAR(40) NOT NULL,
  contact_email VARCHAR(120)
);

CREATE TABLE sponsorships (
  id INTEGER PRIMARY KEY,
  sponsor_id INTEGER NOT NULL REFERENCES sponsors(id),
  tournament_id INTEGER NOT NULL REFERENCES tournaments(id),
  sponsorship_type VARCHAR(15) NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  signed_on DATE NOT NULL
);
