CREATE TABLE insurer (
  ins_id INTEGER PRIMARY KEY, ins_name TEXT NOT NULL, ins_kind TEXT NOT NULL, ins_hotline TEXT NOT NULL
);
CREATE TABLE doctor (
  doc_id INTEGER PRIMARY KEY, doc_first_name TEXT NOT NULL, doc_last_name TEXT NOT NULL, doc_specialty TEXT NOT NULL, doc_rank TEXT NOT NULL,
  doc_hired TEXT NOT NULL, doc_pager TEXT, doc_boss_id INTEGER REFERENCES doctor (doc_id), doc_salary INTEGER NOT NULL
);
CREATE TABLE ward (
  wrd_id INTEGER PRIMARY KEY, wrd_name TEXT NOT NULL, wrd_floor INTEGER NOT NULL, wrd_age_group TEXT NOT NULL,
  wrd_head_doc_id INTEGER REFERENCES doctor (doc_id), wrd_extension TEXT, wrd_nurses INTEGER NOT NULL
);
CREATE TABLE bed (
  bed_id INTEGER PRIMARY KEY, bed_wrd_id INTEGER NOT NULL REFERENCES ward (wrd_id), bed_label TEXT NOT NULL, bed_type TEXT NOT NULL,
  bed_day_rate INTEGER NOT NULL, bed_state TEXT NOT NULL
);
CREATE TABLE patient (
  pat_id INTEGER PRIMARY KEY, pat_first_name TEXT NOT NULL, pat_last_name TEXT NOT NULL, pat_sex TEXT NOT NULL, pat_born TEXT NOT NULL,
  pat_city TEXT NOT NULL, pat_phone TEXT, pat_blood_group TEXT, pat_ins_id INTEGER REFERENCES insurer (ins_id), pat_died TEXT
);
CREATE TABLE admission (
  adm_id INTEGER PRIMARY KEY, adm_pat_id INTEGER NOT NULL REFERENCES patient (pat_id), adm_bed_id INTEGER NOT NULL REFERENCES bed (bed_id),
  adm_doc_id INTEGER NOT NULL REFERENCES doctor (doc_id), adm_kind TEXT NOT NULL, adm_date TEXT NOT NULL, adm_expected_discharge TEXT,
  adm_discharged TEXT, adm_diagnosis TEXT NOT NULL, adm_state TEXT NOT NULL, adm_outcome TEXT
);
CREATE TABLE medical_service (
  svc_id INTEGER PRIMARY KEY, svc_name TEXT NOT NULL, svc_group TEXT NOT NULL, svc_price REAL NOT NULL
);
CREATE TABLE treatment (
  trt_id INTEGER PRIMARY KEY, trt_adm_id INTEGER NOT NULL REFERENCES admission (adm_id), trt_svc_id INTEGER NOT NULL REFERENCES medical_service (svc_id),
  trt_doc_id INTEGER REFERENCES doctor (doc_id), trt_date TEXT NOT NULL, trt_count INTEGER NOT NULL, trt_cost REAL NOT NULL, trt_remark TEXT
);
