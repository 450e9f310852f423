CREATE TABLE client (
  cli_id INTEGER PRIMARY KEY,
  cli_name TEXT NOT NULL,
  cli_industry TEXT NOT NULL,
  cli_city TEXT NOT NULL,
  cli_contact TEXT NOT NULL,
  cli_phone TEXT,
  cli_since TEXT NOT NULL,
  cli_fee_pct INTEGER NOT NULL
);
CREATE TABLE consultant (
  con_id INTEGER PRIMARY KEY,
  con_first_name TEXT NOT NULL,
  con_last_name TEXT NOT NULL,
  con_team TEXT NOT NULL,
  con_hired TEXT NOT NULL,
  con_left TEXT,
  con_year_target INTEGER,
  con_lead_id INTEGER REFERENCES consultant (con_id)
);
CREATE TABLE candidate (
  cand_id INTEGER PRIMARY KEY,
  cand_first_name TEXT NOT NULL,
  cand_last_name TEXT NOT NULL,
  cand_email TEXT,
  cand_phone TEXT,
  cand_city TEXT NOT NULL,
  cand_profession TEXT NOT NULL,
  cand_years_exp INTEGER,
  cand_salary_wish INTEGER,
  cand_source TEXT NOT NULL,
  cand_registered TEXT NOT NULL,
  cand_available_from TEXT,
  cand_con_id INTEGER REFERENCES consultant (con_id)
);
CREATE TABLE candidate_skill (
  csk_id INTEGER PRIMARY KEY,
  csk_cand_id INTEGER NOT NULL REFERENCES candidate (cand_id),
  csk_skill TEXT NOT NULL,
  csk_level INTEGER NOT NULL
);
CREATE TABLE vacancy (
  vac_id INTEGER PRIMARY KEY,
  vac_cli_id INTEGER NOT NULL REFERENCES client (cli_id),
  vac_con_id INTEGER NOT NULL REFERENCES consultant (con_id),
  vac_title TEXT NOT NULL,
  vac_city TEXT NOT NULL,
  vac_contract TEXT NOT NULL,
  vac_salary_min INTEGER,
  vac_salary_max INTEGER,
  vac_opened TEXT NOT NULL,
  vac_deadline TEXT,
  vac_closed TEXT,
  vac_status TEXT NOT NULL
);
CREATE TABLE application (
  app_id INTEGER PRIMARY KEY,
  app_vac_id INTEGER NOT NULL REFERENCES vacancy (vac_id),
  app_cand_id INTEGER NOT NULL REFERENCES candidate (cand_id),
  app_date TEXT NOT NULL,
  app_stage TEXT NOT NULL,
  app_reject_reason TEXT
);
CREATE TABLE interview (
  int_id INTEGER PRIMARY KEY,
  int_app_id INTEGER NOT NULL REFERENCES application (app_id),
  int_at TEXT NOT NULL,
  int_kind TEXT NOT NULL,
  int_outcome TEXT,
  int_rating INTEGER
);
CREATE TABLE placement (
  pla_id INTEGER PRIMARY KEY,
  pla_app_id INTEGER NOT NULL REFERENCES application (app_id),
  pla_start TEXT NOT NULL,
  pla_end TEXT,
  pla_salary INTEGER NOT NULL,
  pla_fee REAL NOT NULL,
  pla_invoiced TEXT,
  pla_paid TEXT
);
