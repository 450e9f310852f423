CREATE TABLE room (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  wing VARCHAR(20),
  area_sqm INTEGER NOT NULL
);
CREATE TABLE artist (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  birth_year INTEGER,
  death_year INTEGER,
  nationality VARCHAR(30)
);
CREATE TABLE artwork (
  id INTEGER PRIMARY KEY,
  title VARCHAR(100) NOT NULL,
  artist_id INTEGER REFERENCES artist(id),
  room_id INTEGER REFERENCES room(id),
  medium VARCHAR(30) NOT NULL,
  year_made INTEGER,
  acquired_on DATE,
  purchase_price DECIMAL(12,2),
  insured_value DECIMAL(12,2) NOT NULL
);
CREATE TABLE exhibition (
  id INTEGER PRIMARY KEY,
  title VARCHAR(100) NOT NULL,
  room_id INTEGER NOT NULL REFERENCES room(id),
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  curator VARCHAR(60) NOT NULL,
  budget DECIMAL(12,2)
);
CREATE TABLE exhibition_artwork (
  exhibition_id INTEGER NOT NULL REFERENCES exhibition(id),
  artwork_id INTEGER NOT NULL REFERENCES artwork(id),
  PRIMARY KEY (exhibition_id, artwork_id)
);
CREATE TABLE institution (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL
);
CREATE TABLE loan (
  id INTEGER PRIMARY KEY,
  artwork_id INTEGER NOT NULL REFERENCES artwork(id),
  lender_id INTEGER NOT NULL REFERENCES institution(id),
  borrower_id INTEGER NOT NULL REFERENCES institution(id),
  start_date DATE NOT NULL,
  due_date DATE NOT NULL,
  returned_on DATE,
  fee DECIMAL(10,2)
);
CREATE TABLE visitor (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  city VARCHAR(40),
  member_since DATE
);
CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  visitor_id INTEGER NOT NULL REFERENCES visitor(id),
  exhibition_id INTEGER REFERENCES exhibition(id),
  ticket_type VARCHAR(10) NOT NULL,
  purchased_at DATETIME NOT NULL,
  visit_date DATE NOT NULL,
  price DECIMAL(6,2) NOT NULL,
  status VARCHAR(10) NOT NULL
);
