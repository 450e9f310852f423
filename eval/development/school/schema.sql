CREATE TABLE teacher (
  teacher_id INTEGER PRIMARY KEY, title TEXT NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT NOT NULL,
  phone TEXT, hired_on TEXT NOT NULL, left_on TEXT, contract TEXT NOT NULL, mentor_id INTEGER REFERENCES teacher (teacher_id)
);
CREATE TABLE school_class (
  class_id INTEGER PRIMARY KEY, class_name TEXT NOT NULL, year_group INTEGER NOT NULL, form_room TEXT NOT NULL,
  form_tutor_id INTEGER REFERENCES teacher (teacher_id), deputy_tutor_id INTEGER REFERENCES teacher (teacher_id)
);
CREATE TABLE pupil (
  pupil_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, gender TEXT NOT NULL, birth_date TEXT NOT NULL,
  class_id INTEGER NOT NULL REFERENCES school_class (class_id), enrolled_on TEXT NOT NULL, town TEXT NOT NULL,
  guardian_name TEXT NOT NULL, guardian_phone TEXT, free_meals INTEGER NOT NULL
);
CREATE TABLE subject (
  subject_code TEXT PRIMARY KEY, subject_name TEXT NOT NULL, department TEXT NOT NULL, is_compulsory TEXT NOT NULL,
  head_teacher_id INTEGER REFERENCES teacher (teacher_id)
);
CREATE TABLE lesson (
  lesson_id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES school_class (class_id),
  subject_code TEXT NOT NULL REFERENCES subject (subject_code), teacher_id INTEGER NOT NULL REFERENCES teacher (teacher_id),
  weekday TEXT NOT NULL, period INTEGER NOT NULL, room TEXT NOT NULL
);
CREATE TABLE grade (
  grade_id INTEGER PRIMARY KEY, pupil_id INTEGER NOT NULL REFERENCES pupil (pupil_id),
  subject_code TEXT NOT NULL REFERENCES subject (subject_code), assessment TEXT NOT NULL, mark INTEGER, graded_on TEXT NOT NULL
);
CREATE TABLE absence (
  absence_id INTEGER PRIMARY KEY, pupil_id INTEGER NOT NULL REFERENCES pupil (pupil_id), first_day TEXT NOT NULL,
  days REAL NOT NULL, reason TEXT NOT NULL, is_excused INTEGER NOT NULL
);
CREATE TABLE club (
  club_id INTEGER PRIMARY KEY, club_name TEXT NOT NULL, teacher_id INTEGER REFERENCES teacher (teacher_id), weekday TEXT NOT NULL,
  term_fee REAL NOT NULL, max_members INTEGER NOT NULL
);
CREATE TABLE club_member (
  club_id INTEGER NOT NULL REFERENCES club (club_id), pupil_id INTEGER NOT NULL REFERENCES pupil (pupil_id),
  joined_on TEXT NOT NULL, PRIMARY KEY (club_id, pupil_id)
);
