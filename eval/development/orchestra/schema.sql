CREATE TABLE section (
  section_id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  posts INTEGER NOT NULL,
  rehearsal_room VARCHAR(30)
);

CREATE TABLE instrument (
  instrument_id INTEGER PRIMARY KEY,
  name VARCHAR(30) NOT NULL,
  family VARCHAR(20) NOT NULL
);

CREATE TABLE musician (
  musician_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  section_id INTEGER NOT NULL REFERENCES section(section_id),
  instrument_id INTEGER NOT NULL REFERENCES instrument(instrument_id),
  position VARCHAR(20) NOT NULL,
  birth_date DATE,
  joined_on DATE NOT NULL,
  left_on DATE,
  monthly_salary DECIMAL(10,2) NOT NULL
);

CREATE TABLE conductor (
  conductor_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  nationality VARCHAR(30) NOT NULL,
  role VARCHAR(20) NOT NULL,
  contract_until DATE
);

CREATE TABLE work (
  work_id INTEGER PRIMARY KEY,
  title VARCHAR(80) NOT NULL,
  composer VARCHAR(60) NOT NULL,
  year_composed INTEGER,
  genre VARCHAR(20) NOT NULL,
  duration_minutes INTEGER NOT NULL
);

CREATE TABLE concert (
  concert_id INTEGER PRIMARY KEY,
  title VARCHAR(80) NOT NULL,
  starts_at DATETIME NOT NULL,
  venue VARCHAR(40) NOT NULL,
  city VARCHAR(30) NOT NULL,
  series VARCHAR(20) NOT NULL,
  conductor_id INTEGER REFERENCES conductor(conductor_id),
  seats INTEGER NOT NULL,
  is_cancelled BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE programme (
  concert_id INTEGER NOT NULL REFERENCES concert(concert_id),
  work_id INTEGER NOT NULL REFERENCES work(work_id),
  running_order INTEGER NOT NULL,
  soloist_id INTEGER REFERENCES musician(musician_id),
  PRIMARY KEY (concert_id, work_id)
);

CREATE TABLE ticket_sale (
  ticket_sale_id INTEGER PRIMARY KEY,
  concert_id INTEGER NOT NULL REFERENCES concert(concert_id),
  sold_on DATE NOT NULL,
  channel VARCHAR(20) NOT NULL,
  price_band VARCHAR(10) NOT NULL,
  quantity INTEGER NOT NULL,
  ticket_price DECIMAL(10,2) NOT NULL
);
