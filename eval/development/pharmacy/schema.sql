CREATE TABLE supplier (
  sup_id INTEGER PRIMARY KEY,
  sup_name TEXT NOT NULL,
  sup_city TEXT NOT NULL,
  sup_phone TEXT,
  sup_lead_days INTEGER NOT NULL
);
CREATE TABLE medicine (
  med_id INTEGER PRIMARY KEY,
  med_name TEXT NOT NULL,
  med_form TEXT NOT NULL,
  med_strength TEXT,
  med_group TEXT NOT NULL,
  med_price REAL NOT NULL,
  med_rx_only INTEGER NOT NULL,
  med_min_stock INTEGER NOT NULL,
  med_sup_id INTEGER NOT NULL REFERENCES supplier (sup_id)
);
CREATE TABLE patient (
  pat_id INTEGER PRIMARY KEY,
  pat_first_name TEXT NOT NULL,
  pat_last_name TEXT NOT NULL,
  pat_birth_date TEXT NOT NULL,
  pat_sex TEXT NOT NULL,
  pat_phone TEXT,
  pat_town TEXT NOT NULL,
  pat_allergy TEXT,
  pat_since TEXT NOT NULL
);
CREATE TABLE doctor (
  doc_id INTEGER PRIMARY KEY,
  doc_name TEXT NOT NULL,
  doc_practice TEXT NOT NULL,
  doc_speciality TEXT NOT NULL
);
CREATE TABLE prescription (
  rx_id INTEGER PRIMARY KEY,
  rx_pat_id INTEGER NOT NULL REFERENCES patient (pat_id),
  rx_doc_id INTEGER NOT NULL REFERENCES doctor (doc_id),
  rx_issued TEXT NOT NULL,
  rx_valid_until TEXT NOT NULL,
  rx_status TEXT NOT NULL,
  rx_collected TEXT,
  rx_repeats_left INTEGER NOT NULL
);
CREATE TABLE prescription_item (
  itm_id INTEGER PRIMARY KEY,
  itm_rx_id INTEGER NOT NULL REFERENCES prescription (rx_id),
  itm_med_id INTEGER NOT NULL REFERENCES medicine (med_id),
  itm_packs INTEGER NOT NULL,
  itm_dosage TEXT,
  itm_price REAL NOT NULL
);
CREATE TABLE stock_batch (
  bat_id INTEGER PRIMARY KEY,
  bat_med_id INTEGER NOT NULL REFERENCES medicine (med_id),
  bat_number TEXT NOT NULL,
  bat_packs INTEGER NOT NULL,
  bat_expires TEXT NOT NULL,
  bat_received TEXT NOT NULL,
  bat_shelf TEXT
);
CREATE TABLE purchase_order (
  po_id INTEGER PRIMARY KEY,
  po_sup_id INTEGER NOT NULL REFERENCES supplier (sup_id),
  po_med_id INTEGER NOT NULL REFERENCES medicine (med_id),
  po_packs INTEGER NOT NULL,
  po_unit_cost REAL NOT NULL,
  po_ordered TEXT NOT NULL,
  po_expected TEXT NOT NULL,
  po_received TEXT,
  po_status TEXT NOT NULL
);
