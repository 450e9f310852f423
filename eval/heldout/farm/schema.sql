CREATE TABLE fields (
  fld_id INTEGER PRIMARY KEY, fld_name TEXT NOT NULL, fld_area_ha REAL NOT NULL, fld_soil TEXT NOT NULL, fld_irrig TEXT
);
CREATE TABLE crops (crp_id INTEGER PRIMARY KEY, crp_name TEXT NOT NULL, crp_family TEXT NOT NULL, crp_list_price REAL);
CREATE TABLE machines (
  mch_id INTEGER PRIMARY KEY, mch_name TEXT NOT NULL, mch_type TEXT NOT NULL, mch_bought_dt TEXT NOT NULL,
  mch_cost REAL NOT NULL, mch_hours INTEGER
);
CREATE TABLE harvests (
  hrv_id INTEGER PRIMARY KEY, fld_id INTEGER NOT NULL REFERENCES fields (fld_id),
  crp_id INTEGER NOT NULL REFERENCES crops (crp_id), mch_id INTEGER REFERENCES machines (mch_id), hrv_dt TEXT NOT NULL,
  hrv_qty_kg INTEGER NOT NULL, hrv_moist_pct REAL
);
CREATE TABLE buyers (
  buy_id INTEGER PRIMARY KEY, buy_name TEXT NOT NULL, buy_town TEXT NOT NULL, buy_type TEXT NOT NULL
);
CREATE TABLE sales (
  sal_id INTEGER PRIMARY KEY, buy_id INTEGER NOT NULL REFERENCES buyers (buy_id),
  crp_id INTEGER NOT NULL REFERENCES crops (crp_id), sal_dt TEXT NOT NULL, sal_qty_kg INTEGER NOT NULL,
  sal_price_kg REAL NOT NULL, sal_paid_dt TEXT
);
