CREATE TABLE departments (
  department_id   INTEGER PRIMARY KEY,
  department_name TEXT NOT NULL,
  head_tutor_id   INTEGER,
  phone_ext       TEXT
);

CREATE TABLE courses (
  course_id     INTEGER PRIMARY KEY,
  department_id INTEGER NOT NULL,
  course_title  TEXT NOT NULL,
  level         TEXT NOT NULL,
  weeks         INTEGER NOT NULL,
  fee           REAL NOT NULL,
  is_accredited INTEGER NOT NULL DEFAULT 0,
  retired_on    TEXT
);

CREATE TABLE tutors (
  tutor_id    INTEGER PRIMARY KEY,
  first_name  TEXT NOT NULL,
  last_name   TEXT NOT NULL,
  email       TEXT NOT NULL,
  mobile      TEXT,
  hired_on    TEXT NOT NULL,
  left_on     TEXT,
  contract    TEXT NOT NULL,
  hourly_rate REAL
);

CREATE TABLE rooms (
  room_id       INTEGER PRIMARY KEY,
  room_name     TEXT NOT NULL,
  building      TEXT NOT NULL,
  seats         INTEGER NOT NULL,
  has_projector INTEGER NOT NULL,
  step_free     INTEGER NOT NULL
);

CREATE TABLE classes (
  class_id     INTEGER PRIMARY KEY,
  class_code   TEXT NOT NULL UNIQUE,
  course_id    INTEGER NOT NULL,
  tutor_id     INTEGER,
  room_id      INTEGER,
  term         TEXT NOT NULL,
  weekday      TEXT NOT NULL,
  start_time   TEXT NOT NULL,
  starts_on    TEXT NOT NULL,
  ends_on      TEXT NOT NULL,
  max_students INTEGER NOT NULL,
  status       TEXT NOT NULL
);

CREATE TABLE students (
  student_id    INTEGER PRIMARY KEY,
  first_name    TEXT NOT NULL,
  last_name     TEXT NOT NULL,
  town          TEXT NOT NULL,
  date_of_birth TEXT,
  email         TEXT,
  registered_on TEXT NOT NULL,
  concession    TEXT
);

CREATE TABLE enrolments (
  enrolment_id INTEGER PRIMARY KEY,
  student_id   INTEGER NOT NULL,
  class_id     INTEGER NOT NULL,
  enrolled_on  TEXT NOT NULL,
  status       TEXT NOT NULL,
  fee_charged  REAL NOT NULL,
  withdrawn_on TEXT,
  grade        TEXT
);

CREATE TABLE payments (
  payment_id   INTEGER PRIMARY KEY,
  enrolment_id INTEGER NOT NULL,
  paid_on      TEXT NOT NULL,
  amount       REAL NOT NULL,
  method       TEXT NOT NULL
);
