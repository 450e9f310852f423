CREATE TABLE plans (id INTEGER PRIMARY KEY, name TEXT NOT NULL, monthly_fee REAL NOT NULL, min_months INTEGER NOT NULL);
CREATE TABLE members (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, email TEXT, birth_date TEXT, joined_on TEXT NOT NULL,
  is_active INTEGER NOT NULL, plan_id INTEGER NOT NULL REFERENCES plans (id)
);
CREATE TABLE trainers (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, speciality TEXT NOT NULL, hired_on TEXT NOT NULL, hourly_rate REAL
);
CREATE TABLE classes (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, discipline TEXT NOT NULL, room TEXT NOT NULL, capacity INTEGER NOT NULL,
  trainer_id INTEGER REFERENCES trainers (id)
);
CREATE TABLE bookings (
  id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES classes (id),
  member_id INTEGER NOT NULL REFERENCES members (id), booked_at TEXT NOT NULL, status TEXT NOT NULL
);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES members (id), visited_on TEXT NOT NULL, minutes INTEGER
);
