CREATE TABLE galleries (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  floor INTEGER NOT NULL,
  area_m2 INTEGER,
  opened_on DATE NOT NULL,
  reopens_on DATE
);
CREATE TABLE donors (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  donor_type VARCHAR(20) NOT NULL,
  city VARCHAR(40),
  country VARCHAR(40),
  first_gift_on DATE
);
CREATE TABLE museums (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL
);
CREATE TABLE objects (
  id INTEGER PRIMARY KEY,
  accession_number VARCHAR(20) NOT NULL UNIQUE,
  title VARCHAR(100) NOT NULL,
  maker VARCHAR(60),
  category VARCHAR(30) NOT NULL,
  year_made INTEGER,
  gallery_id INTEGER REFERENCES galleries(id),
  donor_id INTEGER REFERENCES donors(id),
  acquired_on DATE NOT NULL,
  insured_value DECIMAL(12,2)
);
CREATE TABLE exhibitions (
  id INTEGER PRIMARY KEY,
  title VARCHAR(100) NOT NULL,
  gallery_id INTEGER NOT NULL REFERENCES galleries(id),
  curator VARCHAR(60) NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE exhibition_objects (
  exhibition_id INTEGER NOT NULL REFERENCES exhibitions(id),
  object_id INTEGER NOT NULL REFERENCES objects(id),
  PRIMARY KEY (exhibition_id, object_id)
);
CREATE TABLE object_loans (
  id INTEGER PRIMARY KEY,
  object_id INTEGER NOT NULL REFERENCES objects(id),
  museum_id INTEGER NOT NULL REFERENCES museums(id),
  starts_on DATE NOT NULL,
  due_back_on DATE NOT NULL,
  returned_on DATE,
  loan_fee DECIMAL(10,2),
  status VARCHAR(12) NOT NULL
);
CREATE TABLE tickets (
  id INTEGER PRIMARY KEY,
  exhibition_id INTEGER REFERENCES exhibitions(id),
  ticket_type VARCHAR(12) NOT NULL,
  sold_on DATE NOT NULL,
  visit_on DATE NOT NULL,
  price DECIMAL(6,2) NOT NULL,
  channel VARCHAR(10) NOT NULL,
  status VARCHAR(10) NOT NULL
);
CREATE TABLE guided_tours (
  id INTEGER PRIMARY KEY,
  exhibition_id INTEGER REFERENCES exhibitions(id),
  guide VARCHAR(60) NOT NULL,
  language VARCHAR(20) NOT NULL,
  starts_at DATETIME NOT NULL,
  visitors INTEGER,
  status VARCHAR(12) NOT NULL
);
