CREATE TABLE production (
  production_id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  genre TEXT NOT NULL,
  playwright TEXT,
  director TEXT,
  premiere_date TEXT NOT NULL,
  closing_date TEXT,
  running_time_min INTEGER,
  has_interval INTEGER NOT NULL,
  budget REAL
);
CREATE TABLE performance (
  performance_id INTEGER PRIMARY KEY,
  production_id INTEGER NOT NULL REFERENCES production(production_id),
  performance_date TEXT NOT NULL,
  start_time TEXT NOT NULL,
  stage TEXT NOT NULL,
  status TEXT NOT NULL,
  base_price REAL NOT NULL
);
CREATE TABLE actor (
  actor_id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  birth_date TEXT,
  joined_on TEXT NOT NULL,
  left_on TEXT,
  contract_type TEXT NOT NULL,
  agency TEXT
);
CREATE TABLE role (
  role_id INTEGER PRIMARY KEY,
  production_id INTEGER NOT NULL REFERENCES production(production_id),
  actor_id INTEGER REFERENCES actor(actor_id),
  character_name TEXT NOT NULL,
  role_type TEXT NOT NULL,
  fee_per_show REAL
);
CREATE TABLE seat (
  seat_id INTEGER PRIMARY KEY,
  stage TEXT NOT NULL,
  section TEXT NOT NULL,
  row_label TEXT NOT NULL,
  seat_no INTEGER NOT NULL,
  is_accessible INTEGER NOT NULL,
  surcharge REAL NOT NULL
);
CREATE TABLE patron (
  patron_id INTEGER PRIMARY KEY,
  full_name TEXT NOT NULL,
  email TEXT,
  city TEXT,
  membership_tier TEXT,
  registered_on TEXT NOT NULL
);
CREATE TABLE booking (
  booking_id INTEGER PRIMARY KEY,
  patron_id INTEGER NOT NULL REFERENCES patron(patron_id),
  performance_id INTEGER NOT NULL REFERENCES performance(performance_id),
  booked_on TEXT NOT NULL,
  channel TEXT NOT NULL,
  status TEXT NOT NULL,
  discount_code TEXT
);
CREATE TABLE ticket (
  ticket_id INTEGER PRIMARY KEY,
  booking_id INTEGER NOT NULL REFERENCES booking(booking_id),
  seat_id INTEGER NOT NULL REFERENCES seat(seat_id),
  price REAL NOT NULL,
  scanned_at TEXT
);
