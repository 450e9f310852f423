CREATE TABLE site (
  site_id INTEGER PRIMARY KEY, site_name TEXT NOT NULL, street TEXT, city TEXT NOT NULL, site_type TEXT NOT NULL,
  opened_on TEXT NOT NULL, closed_on TEXT, parking_bays INTEGER NOT NULL, has_canopy INTEGER NOT NULL
);
CREATE TABLE connector_type (
  type_code TEXT PRIMARY KEY, type_name TEXT NOT NULL, current_kind TEXT NOT NULL
);
CREATE TABLE connector (
  connector_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL REFERENCES site (site_id), label TEXT NOT NULL,
  type_code TEXT NOT NULL REFERENCES connector_type (type_code), max_power_kw REAL NOT NULL, status TEXT NOT NULL,
  installed_on TEXT NOT NULL
);
CREATE TABLE tariff (
  tariff_id INTEGER PRIMARY KEY, tariff_name TEXT NOT NULL, price_per_kwh REAL NOT NULL, start_fee REAL NOT NULL,
  monthly_fee REAL, valid_from TEXT NOT NULL, valid_to TEXT
);
CREATE TABLE driver (
  driver_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT, city TEXT NOT NULL,
  tariff_id INTEGER REFERENCES tariff (tariff_id), referred_by INTEGER REFERENCES driver (driver_id),
  registered_on TEXT NOT NULL, account_status TEXT NOT NULL
);
CREATE TABLE vehicle (
  vehicle_id INTEGER PRIMARY KEY, driver_id INTEGER NOT NULL REFERENCES driver (driver_id), plate TEXT NOT NULL,
  make TEXT NOT NULL, model TEXT NOT NULL, battery_kwh REAL NOT NULL, model_year INTEGER NOT NULL
);
CREATE TABLE charging_session (
  session_id INTEGER PRIMARY KEY, connector_id INTEGER NOT NULL REFERENCES connector (connector_id),
  vehicle_id INTEGER REFERENCES vehicle (vehicle_id), tariff_id INTEGER NOT NULL REFERENCES tariff (tariff_id),
  started_at TEXT NOT NULL, ended_at TEXT, energy_kwh REAL, cost REAL, payment_method TEXT, session_status TEXT NOT NULL
);
CREATE TABLE fault (
  fault_id INTEGER PRIMARY KEY, connector_id INTEGER NOT NULL REFERENCES connector (connector_id),
  reported_by INTEGER REFERENCES driver (driver_id), reported_at TEXT NOT NULL, fault_category TEXT NOT NULL,
  severity TEXT NOT NULL, resolved_at TEXT, repair_cost REAL
);
CREATE TABLE favourite_site (
  driver_id INTEGER NOT NULL REFERENCES driver (driver_id), site_id INTEGER NOT NULL REFERENCES site (site_id),
  added_on TEXT NOT NULL, PRIMARY KEY (driver_id, site_id)
);
