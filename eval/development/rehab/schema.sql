CREATE TABLE stations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  floor INTEGER NOT NULL,
  phone TEXT
);
CREATE TABLE rooms (
  id INTEGER PRIMARY KEY,
  station_id INTEGER NOT NULL REFERENCES stations (id),
  number INTEGER NOT NULL,
  beds INTEGER NOT NULL,
  kind TEXT NOT NULL,
  accessible INTEGER NOT NULL
);
CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  gender TEXT NOT NULL,
  birthdate TEXT NOT NULL,
  city TEXT NOT NULL,
  phone TEXT,
  insurance TEXT NOT NULL
);
CREATE TABLE therapists (
  id INTEGER PRIMARY KEY,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  profession TEXT NOT NULL,
  station_id INTEGER REFERENCES stations (id),
  hours REAL NOT NULL,
  hired TEXT NOT NULL,
  employed_until TEXT,
  mentor_id INTEGER REFERENCES therapists (id)
);
CREATE TABLE therapies (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  setting TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  price REAL NOT NULL
);
CREATE TABLE stays (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients (id),
  room_id INTEGER NOT NULL REFERENCES rooms (id),
  reason TEXT NOT NULL,
  admitted TEXT NOT NULL,
  planned_discharge TEXT NOT NULL,
  discharged TEXT,
  status TEXT NOT NULL
);
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  stay_id INTEGER NOT NULL REFERENCES stays (id),
  therapy_id INTEGER NOT NULL REFERENCES therapies (id),
  therapist_id INTEGER NOT NULL REFERENCES therapists (id),
  starts TEXT NOT NULL,
  status TEXT NOT NULL,
  note TEXT
);
CREATE TABLE assessments (
  id INTEGER PRIMARY KEY,
  stay_id INTEGER NOT NULL REFERENCES stays (id),
  date TEXT NOT NULL,
  moment TEXT NOT NULL,
  score INTEGER NOT NULL
);
