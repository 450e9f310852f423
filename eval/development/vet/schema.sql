CREATE TABLE species (
  species_id INTEGER PRIMARY KEY, species_name TEXT NOT NULL
);
CREATE TABLE owner (
  owner_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, phone TEXT, email TEXT,
  street TEXT, city TEXT NOT NULL, registered_on TEXT NOT NULL
);
CREATE TABLE vet (
  vet_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, specialty TEXT NOT NULL,
  hired_on TEXT NOT NULL, supervisor_id INTEGER REFERENCES vet (vet_id)
);
CREATE TABLE pet (
  pet_id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL REFERENCES owner (owner_id), pet_name TEXT NOT NULL,
  species_id INTEGER NOT NULL REFERENCES species (species_id), breed TEXT, sex TEXT NOT NULL, birth_date TEXT,
  weight_kg REAL, neutered INTEGER NOT NULL, died_on TEXT
);
CREATE TABLE visit (
  visit_id INTEGER PRIMARY KEY, pet_id INTEGER NOT NULL REFERENCES pet (pet_id),
  vet_id INTEGER NOT NULL REFERENCES vet (vet_id), scheduled_at TEXT NOT NULL, reason TEXT NOT NULL,
  visit_status TEXT NOT NULL, notes TEXT
);
CREATE TABLE treatment (
  treatment_id INTEGER PRIMARY KEY, treatment_name TEXT NOT NULL, category TEXT NOT NULL, list_price REAL NOT NULL
);
CREATE TABLE visit_treatment (
  visit_id INTEGER NOT NULL REFERENCES visit (visit_id), treatment_id INTEGER NOT NULL REFERENCES treatment (treatment_id),
  quantity INTEGER NOT NULL, unit_price REAL NOT NULL, PRIMARY KEY (visit_id, treatment_id)
);
CREATE TABLE vaccination (
  vaccination_id INTEGER PRIMARY KEY, pet_id INTEGER NOT NULL REFERENCES pet (pet_id), vaccine TEXT NOT NULL,
  given_on TEXT NOT NULL, next_due_on TEXT, vet_id INTEGER REFERENCES vet (vet_id)
);
CREATE TABLE invoice (
  invoice_id INTEGER PRIMARY KEY, visit_id INTEGER NOT NULL REFERENCES visit (visit_id), amount REAL NOT NULL,
  issued_on TEXT NOT NULL, due_on TEXT NOT NULL, paid_on TEXT, invoice_status TEXT NOT NULL
);
