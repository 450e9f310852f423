CREATE TABLE station (
  station_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(60) NOT NULL,
  region VARCHAR(40) NOT NULL,
  platform_count INTEGER NOT NULL,
  step_free BOOLEAN NOT NULL,
  opened_on DATE
);

CREATE TABLE line (
  line_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  category VARCHAR(20) NOT NULL,
  length_km DECIMAL(10,2) NOT NULL,
  electrified BOOLEAN NOT NULL
);

CREATE TABLE line_stop (
  line_stop_id INTEGER PRIMARY KEY,
  line_id INTEGER NOT NULL REFERENCES line(line_id),
  station_id INTEGER NOT NULL REFERENCES station(station_id),
  stop_order INTEGER NOT NULL
);

CREATE TABLE train (
  train_id INTEGER PRIMARY KEY,
  train_number VARCHAR(12) NOT NULL,
  model VARCHAR(40) NOT NULL,
  seat_count INTEGER NOT NULL,
  built_year INTEGER NOT NULL,
  status VARCHAR(20) NOT NULL,
  last_inspection_date DATE
);

CREATE TABLE trip (
  trip_id INTEGER PRIMARY KEY,
  line_id INTEGER NOT NULL REFERENCES line(line_id),
  train_id INTEGER REFERENCES train(train_id),
  departure_station_id INTEGER NOT NULL REFERENCES station(station_id),
  arrival_station_id INTEGER NOT NULL REFERENCES station(station_id),
  departure_time DATETIME NOT NULL,
  arrival_time DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL
);

CREATE TABLE passenger (
  passenger_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(120),
  city VARCHAR(60),
  birth_date DATE,
  railcard VARCHAR(20),
  registered_on DATE NOT NULL
);

CREATE TABLE ticket (
  ticket_id INTEGER PRIMARY KEY,
  trip_id INTEGER NOT NULL REFERENCES trip(trip_id),
  passenger_id INTEGER NOT NULL REFERENCES passenger(passenger_id),
  travel_class VARCHAR(10) NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  seat_number VARCHAR(6),
  sales_channel VARCHAR(12) NOT NULL,
  purchased_at DATETIME NOT NULL
);

CREATE TABLE delay_report (
  delay_report_id INTEGER PRIMARY KEY,
  trip_id INTEGER NOT NULL REFERENCES trip(trip_id),
  station_id INTEGER REFERENCES station(station_id),
  minutes INTEGER NOT NULL,
  cause VARCHAR(30),
  reported_at DATETIME NOT NULL
);
