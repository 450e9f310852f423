CREATE TABLE donor (
  donor_id INTEGER PRIMARY KEY,
  donor_name TEXT NOT NULL,
  donor_kind TEXT NOT NULL,
  donor_town TEXT NOT NULL,
  donor_email TEXT,
  donor_since TEXT NOT NULL
);
CREATE TABLE donation (
  dn_id INTEGER PRIMARY KEY,
  dn_donor_id INTEGER NOT NULL REFERENCES donor (donor_id),
  dn_date TEXT NOT NULL,
  dn_kind TEXT NOT NULL,
  dn_weight_kg REAL,
  dn_amount REAL
);
CREATE TABLE product (
  prod_id INTEGER PRIMARY KEY,
  prod_name TEXT NOT NULL,
  prod_group TEXT NOT NULL,
  prod_min_stock INTEGER NOT NULL
);
CREATE TABLE stock_lot (
  lot_id INTEGER PRIMARY KEY,
  lot_dn_id INTEGER NOT NULL REFERENCES donation (dn_id),
  lot_prod_id INTEGER NOT NULL REFERENCES product (prod_id),
  lot_qty_received INTEGER NOT NULL,
  lot_qty_left INTEGER NOT NULL,
  lot_best_before TEXT,
  lot_shelf TEXT NOT NULL
);
CREATE TABLE household (
  hh_id INTEGER PRIMARY KEY,
  hh_contact_name TEXT NOT NULL,
  hh_adults INTEGER NOT NULL,
  hh_children INTEGER NOT NULL,
  hh_area TEXT NOT NULL,
  hh_diet TEXT,
  hh_referred_by TEXT,
  hh_registered_on TEXT NOT NULL,
  hh_closed_on TEXT
);
CREATE TABLE volunteer (
  vol_id INTEGER PRIMARY KEY,
  vol_name TEXT NOT NULL,
  vol_role TEXT NOT NULL,
  vol_phone TEXT,
  vol_has_licence INTEGER NOT NULL,
  vol_joined_on TEXT NOT NULL,
  vol_left_on TEXT
);
CREATE TABLE parcel (
  pcl_id INTEGER PRIMARY KEY,
  pcl_hh_id INTEGER NOT NULL REFERENCES household (hh_id),
  pcl_packed_by INTEGER REFERENCES volunteer (vol_id),
  pcl_date TEXT NOT NULL,
  pcl_kind TEXT NOT NULL,
  pcl_status TEXT NOT NULL,
  pcl_weight_kg REAL
);
CREATE TABLE shift (
  shf_id INTEGER PRIMARY KEY,
  shf_vol_id INTEGER NOT NULL REFERENCES volunteer (vol_id),
  shf_date TEXT NOT NULL,
  shf_hours REAL NOT NULL,
  shf_task TEXT NOT NULL
);
