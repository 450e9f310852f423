CREATE TABLE tbl_district (
  district_id INTEGER PRIMARY KEY,
  district_name TEXT NOT NULL,
  population INTEGER NOT NULL
);
CREATE TABLE tbl_customer (
  customer_id INTEGER PRIMARY KEY,
  customer_name TEXT NOT NULL,
  customer_type TEXT NOT NULL,
  district_id INTEGER NOT NULL REFERENCES tbl_district (district_id),
  connected_since DATE NOT NULL,
  email TEXT
);
CREATE TABLE tbl_meter (
  meter_id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES tbl_customer (customer_id),
  serial_no TEXT NOT NULL,
  is_smart BOOLEAN NOT NULL,
  installed_on DATE NOT NULL,
  removed_on DATE
);
CREATE TABLE tbl_reading (
  reading_id INTEGER PRIMARY KEY,
  meter_id INTEGER NOT NULL REFERENCES tbl_meter (meter_id),
  reading_date DATE NOT NULL,
  consumption_m3 REAL NOT NULL,
  is_estimated BOOLEAN NOT NULL
);
CREATE TABLE tbl_invoice (
  invoice_id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES tbl_customer (customer_id),
  issue_date DATE NOT NULL,
  due_date DATE NOT NULL,
  amount_eur REAL NOT NULL,
  status TEXT NOT NULL,
  paid_date DATE
);
CREATE TABLE tbl_leak (
  leak_id INTEGER PRIMARY KEY,
  district_id INTEGER NOT NULL REFERENCES tbl_district (district_id),
  reported_on DATE NOT NULL,
  repaired_on DATE,
  severity TEXT NOT NULL,
  lost_m3 REAL
);
CREATE VIEW v_customer_balance AS
SELECT c.customer_id, c.customer_name, SUM(i.amount_eur) AS balance_eur
FROM tbl_customer AS c JOIN tbl_invoice AS i ON i.customer_id = c.customer_id
WHERE i.status IN ('open', 'overdue')
GROUP BY c.customer_id, c.customer_name;
