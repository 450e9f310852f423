CREATE TABLE artists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  nationality TEXT,
  birth_year INTEGER,
  death_year INTEGER
);
CREATE TABLE employees (
  id INTEGER PRIMARY KEY,
  full_name TEXT NOT NULL,
  job_title TEXT NOT NULL,
  hired_on TEXT NOT NULL,
  left_on TEXT
);
CREATE TABLE works (
  id INTEGER PRIMARY KEY,
  accession_number TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  artist_id INTEGER REFERENCES artists(id),
  medium TEXT NOT NULL,
  year_made INTEGER,
  acquired_on TEXT NOT NULL,
  acquired_how TEXT NOT NULL,
  insured_value REAL,
  location TEXT NOT NULL
);
CREATE TABLE exhibitions (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  hall TEXT NOT NULL,
  curator_id INTEGER REFERENCES employees(id),
  opens_on TEXT NOT NULL,
  closes_on TEXT,
  budget REAL
);
CREATE TABLE exhibition_works (
  exhibition_id INTEGER NOT NULL REFERENCES exhibitions(id),
  work_id INTEGER NOT NULL REFERENCES works(id),
  is_highlight INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (exhibition_id, work_id)
);
CREATE TABLE partner_museums (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL,
  email TEXT
);
CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  work_id INTEGER NOT NULL REFERENCES works(id),
  partner_museum_id INTEGER NOT NULL REFERENCES partner_museums(id),
  status TEXT NOT NULL,
  sent_on TEXT,
  due_back_on TEXT,
  returned_on TEXT,
  fee REAL
);
CREATE TABLE ticket_sales (
  id INTEGER PRIMARY KEY,
  exhibition_id INTEGER REFERENCES exhibitions(id),
  sold_on TEXT NOT NULL,
  ticket_type TEXT NOT NULL,
  channel TEXT,
  quantity INTEGER NOT NULL,
  unit_price REAL NOT NULL
);
