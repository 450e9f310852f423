CREATE TABLE tbl_car_park (
  cp_id        INTEGER PRIMARY KEY,
  cp_name      TEXT NOT NULL,
  district     TEXT NOT NULL,
  cp_type      TEXT NOT NULL,
  levels       INTEGER NOT NULL,
  max_height_m REAL,
  hourly_rate  REAL,
  opened_on    TEXT NOT NULL,
  closed_on    TEXT
);

CREATE TABLE tbl_space (
  space_id       INTEGER PRIMARY KEY,
  cp_id          INTEGER NOT NULL REFERENCES tbl_car_park (cp_id),
  space_no       TEXT NOT NULL,
  level_no       INTEGER NOT NULL,
  space_type     TEXT NOT NULL,
  out_of_service INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE tbl_holder (
  holder_id     INTEGER PRIMARY KEY,
  holder_name   TEXT NOT NULL,
  holder_type   TEXT NOT NULL,
  email         TEXT,
  phone         TEXT,
  district      TEXT NOT NULL,
  registered_on TEXT NOT NULL
);

CREATE TABLE tbl_vehicle (
  vehicle_id INTEGER PRIMARY KEY,
  plate      TEXT NOT NULL UNIQUE,
  make       TEXT NOT NULL,
  colour     TEXT,
  fuel_type  TEXT NOT NULL,
  holder_id  INTEGER REFERENCES tbl_holder (holder_id)
);

CREATE TABLE tbl_permit (
  permit_id     INTEGER PRIMARY KEY,
  permit_no     TEXT NOT NULL UNIQUE,
  holder_id     INTEGER NOT NULL REFERENCES tbl_holder (holder_id),
  vehicle_id    INTEGER NOT NULL REFERENCES tbl_vehicle (vehicle_id),
  cp_id         INTEGER NOT NULL REFERENCES tbl_car_park (cp_id),
  space_id      INTEGER REFERENCES tbl_space (space_id),
  permit_type   TEXT NOT NULL,
  price         REAL NOT NULL,
  valid_from    TEXT NOT NULL,
  valid_to      TEXT NOT NULL,
  permit_status TEXT NOT NULL
);

CREATE TABLE tbl_ticket (
  ticket_id  INTEGER PRIMARY KEY,
  cp_id      INTEGER NOT NULL REFERENCES tbl_car_park (cp_id),
  vehicle_id INTEGER NOT NULL REFERENCES tbl_vehicle (vehicle_id),
  sold_on    TEXT NOT NULL,
  parked_on  TEXT NOT NULL,
  hours      INTEGER NOT NULL,
  amount     REAL NOT NULL,
  channel    TEXT NOT NULL
);

CREATE TABLE tbl_fine (
  fine_id     INTEGER PRIMARY KEY,
  fine_no     TEXT NOT NULL UNIQUE,
  cp_id       INTEGER NOT NULL REFERENCES tbl_car_park (cp_id),
  vehicle_id  INTEGER NOT NULL REFERENCES tbl_vehicle (vehicle_id),
  warden      TEXT NOT NULL,
  issued_on   TEXT NOT NULL,
  reason      TEXT NOT NULL,
  amount      REAL NOT NULL,
  due_on      TEXT NOT NULL,
  appealed_on TEXT,
  fine_status TEXT NOT NULL
);

CREATE TABLE tbl_payment (
  payment_id INTEGER PRIMARY KEY,
  permit_id  INTEGER REFERENCES tbl_permit (permit_id),
  fine_id    INTEGER REFERENCES tbl_fine (fine_id),
  paid_on    TEXT NOT NULL,
  amount     REAL NOT NULL,
  method     TEXT NOT NULL
);
