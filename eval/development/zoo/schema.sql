CREATE TABLE species (
  species_id INTEGER PRIMARY KEY, common_name TEXT NOT NULL, scientific_name TEXT NOT NULL, animal_class TEXT NOT NULL,
  diet TEXT NOT NULL, conservation_status TEXT NOT NULL, native_region TEXT NOT NULL
);
CREATE TABLE keepers (
  keeper_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, phone TEXT, hired_on TEXT NOT NULL,
  contract TEXT NOT NULL, supervisor_id INTEGER REFERENCES keepers (keeper_id)
);
CREATE TABLE enclosures (
  enclosure_id INTEGER PRIMARY KEY, enclosure_name TEXT NOT NULL, zone TEXT NOT NULL, area_sqm INTEGER NOT NULL,
  max_animals INTEGER NOT NULL, is_indoor INTEGER NOT NULL, built_year INTEGER NOT NULL, last_inspected_on TEXT,
  head_keeper_id INTEGER NOT NULL REFERENCES keepers (keeper_id), deputy_keeper_id INTEGER REFERENCES keepers (keeper_id)
);
CREATE TABLE animals (
  animal_id INTEGER PRIMARY KEY, name TEXT NOT NULL, species_id INTEGER NOT NULL REFERENCES species (species_id),
  enclosure_id INTEGER REFERENCES enclosures (enclosure_id), sex TEXT NOT NULL, born_on TEXT, arrived_on TEXT NOT NULL,
  origin TEXT NOT NULL, weight_kg REAL, status TEXT NOT NULL, mother_id INTEGER REFERENCES animals (animal_id)
);
CREATE TABLE feedings (
  feeding_id INTEGER PRIMARY KEY, animal_id INTEGER NOT NULL REFERENCES animals (animal_id),
  keeper_id INTEGER NOT NULL REFERENCES keepers (keeper_id), fed_at TEXT NOT NULL, food TEXT NOT NULL, amount_kg REAL NOT NULL,
  notes TEXT
);
CREATE TABLE ticket_types (type_code TEXT PRIMARY KEY, type_name TEXT NOT NULL, price REAL NOT NULL);
CREATE TABLE ticket_sales (
  sale_id INTEGER PRIMARY KEY, type_code TEXT NOT NULL REFERENCES ticket_types (type_code), sold_on TEXT NOT NULL,
  quantity INTEGER NOT NULL, total_amount REAL NOT NULL, channel TEXT NOT NULL
);
CREATE TABLE sponsors (
  sponsor_id INTEGER PRIMARY KEY, sponsor_name TEXT NOT NULL, sponsor_type TEXT NOT NULL, city TEXT NOT NULL, email TEXT
);
CREATE TABLE sponsorships (
  sponsor_id INTEGER NOT NULL REFERENCES sponsors (sponsor_id), animal_id INTEGER NOT NULL REFERENCES animals (animal_id),
  start_date TEXT NOT NULL, end_date TEXT, yearly_amount REAL NOT NULL, PRIMARY KEY (sponsor_id, animal_id)
);
