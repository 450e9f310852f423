CREATE TABLE dentist (
  den_id INTEGER PRIMARY KEY NOT NULL,
  den_name TEXT NOT NULL,
  den_specialty TEXT NOT NULL,
  den_room TEXT,
  den_hired_on TEXT NOT NULL,
  den_left_on TEXT
);

CREATE TABLE patient (
  pat_id INTEGER PRIMARY KEY NOT NULL,
  pat_name TEXT NOT NULL,
  pat_birth_date TEXT NOT NULL,
  pat_phone TEXT,
  pat_email TEXT,
  pat_town TEXT,
  pat_insurance TEXT NOT NULL,
  pat_registered_on TEXT NOT NULL,
  pat_den_id INTEGER,
  FOREIGN KEY (pat_den_id) REFERENCES dentist (den_id)
);

CREATE TABLE appointment (
  apt_id INTEGER PRIMARY KEY NOT NULL,
  apt_pat_id INTEGER NOT NULL,
  apt_den_id INTEGER NOT NULL,
  apt_date TEXT NOT NULL,
  apt_time TEXT NOT NULL,
  apt_minutes INTEGER NOT NULL,
  apt_status TEXT NOT NULL,
  apt_reason TEXT,
  apt_booked_on TEXT NOT NULL,
  FOREIGN KEY (apt_pat_id) REFERENCES patient (pat_id),
  FOREIGN KEY (apt_den_id) REFERENCES dentist (den_id)
);

CREATE TABLE procedure_type (
  prt_id INTEGER PRIMARY KEY NOT NULL,
  prt_code TEXT NOT NULL,
  prt_name TEXT NOT NULL,
  prt_category TEXT NOT NULL,
  prt_price REAL NOT NULL
);

CREATE TABLE treatment (
  trt_id INTEGER PRIMARY KEY NOT NULL,
  trt_apt_id INTEGER NOT NULL,
  trt_prt_id INTEGER NOT NULL,
  trt_tooth INTEGER,
  trt_price REAL NOT NULL,
  trt_note TEXT,
  FOREIGN KEY (trt_apt_id) REFERENCES appointment (apt_id),
  FOREIGN KEY (trt_prt_id) REFERENCES procedure_type (prt_id)
);

CREATE TABLE invoice (
  inv_id INTEGER PRIMARY KEY NOT NULL,
  inv_number TEXT NOT NULL,
  inv_pat_id INTEGER NOT NULL,
  inv_apt_id INTEGER NOT NULL,
  inv_date TEXT NOT NULL,
  inv_due_date TEXT NOT NULL,
  inv_amount REAL NOT NULL,
  inv_status TEXT NOT NULL,
  FOREIGN KEY (inv_pat_id) REFERENCES patient (pat_id),
  FOREIGN KEY (inv_apt_id) REFERENCES appointment (apt_id)
);

CREATE TABLE payment (
  pay_id INTEGER PRIMARY KEY NOT NULL,
  pay_inv_id INTEGER NOT NULL,
  pay_date TEXT NOT NULL,
  pay_amount REAL NOT NULL,
  pay_method TEXT NOT NULL,
  FOREIGN KEY (pay_inv_id) REFERENCES invoice (inv_id)
);
