CREATE TABLE depot (depot_id INTEGER PRIMARY KEY, depot_name TEXT NOT NULL, town TEXT NOT NULL, dock_count INTEGER NOT NULL);
CREATE TABLE driver (
  driver_id INTEGER PRIMARY KEY, driver_name TEXT NOT NULL, depot_id INTEGER NOT NULL REFERENCES depot (depot_id),
  licence_class TEXT NOT NULL, start_date TEXT NOT NULL
);
CREATE TABLE vehicle (
  vehicle_id INTEGER PRIMARY KEY, plate TEXT NOT NULL, vehicle_type TEXT NOT NULL,
  depot_id INTEGER REFERENCES depot (depot_id), payload_kg INTEGER NOT NULL
);
CREATE TABLE client (client_id INTEGER PRIMARY KEY, client_name TEXT NOT NULL, sector TEXT NOT NULL, country TEXT NOT NULL);
CREATE TABLE parcel (
  parcel_id INTEGER PRIMARY KEY, client_id INTEGER NOT NULL REFERENCES client (client_id),
  driver_id INTEGER REFERENCES driver (driver_id), destination_town TEXT NOT NULL, weight_kg REAL NOT NULL,
  price_eur REAL, parcel_status TEXT NOT NULL, pickup_date TEXT NOT NULL, delivery_date TEXT
);
