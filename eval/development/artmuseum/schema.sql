CREATE TABLE artists (
  id INTEGER PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  nationality VARCHAR(40),
  birth_year INTEGER,
  death_year INTEGER,
  movement VARCHAR(50)
);

CREATE TABLE galleries (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  floor INTEGER NOT NULL,
  wing VARCHAR(20) NOT NULL,
  area_sqm DECIMAL(10,2),
  is_open BOOLEAN NOT NULL
);

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  job_title VARCHAR(40) NOT NULL,
  email VARCHAR(120),
  hired_on DATE NOT NULL,
  salary DECIMAL(10,2)
);

CREATE TABLE artworks (
  id INTEGER PRIMARY KEY,
  inventory_number VARCHAR(20) NOT NULL,
  title VARCHAR(200) NOT NULL,
  artist_id INTEGER,
  gallery_id INTEGER,
  object_type VARCHAR(20) NOT NULL,
  material VARCHAR(60),
  year_created INTEGER,
  acquired_on DATE,
  acquisition_method VARCHAR(20),
  insurance_value DECIMAL(12,2),
  condition VARCHAR(10) NOT NULL,
  location_status VARCHAR(20) NOT NULL,
  FOREIGN KEY (artist_id) REFERENCES artists (id),
  FOREIGN KEY (gallery_id) REFERENCES galleries (id)
);

CREATE TABLE exhibitions (
  id INTEGER PRIMARY KEY,
  title VARCHAR(150) NOT NULL,
  gallery_id INTEGER NOT NULL,
  curator_id INTEGER,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  budget DECIMAL(10,2),
  FOREIGN KEY (gallery_id) REFERENCES galleries (id),
  FOREIGN KEY (curator_id) REFERENCES staff (id)
);

CREATE TABLE exhibition_artworks (
  exhibition_id INTEGER NOT NULL,
  artwork_id INTEGER NOT NULL,
  PRIMARY KEY (exhibition_id, artwork_id),
  FOREIGN KEY (exhibition_id) REFERENCES exhibitions (id),
  FOREIGN KEY (artwork_id) REFERENCES artworks (id)
);

CREATE TABLE loans (
  id INTEGER PRIMARY KEY,
  artwork_id INTEGER NOT NULL,
  borrower VARCHAR(100) NOT NULL,
  country VARCHAR(40) NOT NULL,
  lent_on DATE NOT NULL,
  due_back_on DATE NOT NULL,
  returned_on DATE,
  fee DECIMAL(10,2),
  FOREIGN KEY (artwork_id) REFERENCES artworks (id)
);

CREATE TABLE restorations (
  id INTEGER PRIMARY KEY,
  artwork_id INTEGER NOT NULL,
  restorer_id INTEGER NOT NULL,
  treatment VARCHAR(30) NOT NULL,
  started_on DATE NOT NULL,
  finished_on DATE,
  cost DECIMAL(10,2),
  FOREIGN KEY (artwork_id) REFERENCES artworks (id),
  FOREIGN KEY (restorer_id) REFERENCES staff (id)
);

CREATE TABLE ticket_sales (
  id INTEGER PRIMARY KEY,
  exhibition_id INTEGER,
  sold_at TIMESTAMP NOT NULL,
  ticket_type VARCHAR(20) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  quantity INTEGER NOT NULL,
  total_amount DECIMAL(10,2) NOT NULL,
  FOREIGN KEY (exhibition_id) REFERENCES exhibitions (id)
);

