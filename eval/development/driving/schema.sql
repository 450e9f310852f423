CREATE TABLE instructor (
  instructor_id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  phone VARCHAR(20),
  hired_on DATE NOT NULL,
  left_on DATE,
  hourly_rate DECIMAL(10,2) NOT NULL,
  languages VARCHAR(80)
);
CREATE TABLE car (
  car_id INTEGER PRIMARY KEY,
  registration VARCHAR(12) NOT NULL UNIQUE,
  make VARCHAR(30) NOT NULL,
  model VARCHAR(30) NOT NULL,
  transmission VARCHAR(10) NOT NULL,
  fuel VARCHAR(10) NOT NULL,
  model_year INTEGER NOT NULL,
  next_inspection DATE,
  in_service BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE package (
  package_id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  lessons_included INTEGER NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  transmission VARCHAR(10) NOT NULL,
  available BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE student (
  student_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  date_of_birth DATE NOT NULL,
  town VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  email VARCHAR(80),
  registered_on DATE NOT NULL,
  package_id INTEGER REFERENCES package(package_id),
  status VARCHAR(10) NOT NULL
);
CREATE TABLE lesson (
  lesson_id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student(student_id),
  instructor_id INTEGER NOT NULL REFERENCES instructor(instructor_id),
  car_id INTEGER REFERENCES car(car_id),
  starts_at DATETIME NOT NULL,
  duration_min INTEGER NOT NULL,
  lesson_type VARCHAR(12) NOT NULL,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE exam (
  exam_id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student(student_id),
  exam_type VARCHAR(10) NOT NULL,
  exam_date DATE NOT NULL,
  test_centre VARCHAR(40) NOT NULL,
  result VARCHAR(6),
  faults INTEGER
);
CREATE TABLE payment (
  payment_id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES student(student_id),
  paid_on DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(10) NOT NULL,
  note VARCHAR(80)
);
