CREATE TABLE projects (
  project_id INTEGER PRIMARY KEY, project_code TEXT NOT NULL, project_name TEXT NOT NULL, client_name TEXT NOT NULL,
  project_type TEXT NOT NULL, status TEXT NOT NULL, start_date TEXT NOT NULL, planned_end_date TEXT NOT NULL,
  actual_end_date TEXT, budget INTEGER NOT NULL, manager_id INTEGER REFERENCES workers (worker_id)
);
CREATE TABLE sites (
  site_id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES projects (project_id), site_name TEXT NOT NULL,
  street TEXT NOT NULL, city TEXT NOT NULL, area_m2 INTEGER, site_manager_id INTEGER REFERENCES workers (worker_id)
);
CREATE TABLE contractors (
  contractor_id INTEGER PRIMARY KEY, company_name TEXT NOT NULL, trade TEXT NOT NULL, contact_name TEXT NOT NULL,
  phone TEXT NOT NULL, email TEXT, rating INTEGER, is_approved INTEGER NOT NULL, insurance_expires TEXT
);
CREATE TABLE workers (
  worker_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, occupation TEXT NOT NULL,
  contractor_id INTEGER REFERENCES contractors (contractor_id), foreman_id INTEGER REFERENCES workers (worker_id),
  hired_on TEXT NOT NULL, left_on TEXT, hourly_rate REAL NOT NULL, mobile TEXT
);
CREATE TABLE tasks (
  task_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL REFERENCES sites (site_id), task_name TEXT NOT NULL,
  contractor_id INTEGER REFERENCES contractors (contractor_id), priority TEXT NOT NULL, status TEXT NOT NULL,
  planned_start TEXT NOT NULL, planned_finish TEXT NOT NULL, finished_on TEXT, estimated_hours INTEGER NOT NULL
);
CREATE TABLE task_workers (
  task_id INTEGER NOT NULL REFERENCES tasks (task_id), worker_id INTEGER NOT NULL REFERENCES workers (worker_id),
  hours_worked REAL NOT NULL, PRIMARY KEY (task_id, worker_id)
);
CREATE TABLE materials (
  material_id INTEGER PRIMARY KEY, material_name TEXT NOT NULL, category TEXT NOT NULL, unit TEXT NOT NULL, list_price REAL NOT NULL
);
CREATE TABLE deliveries (
  delivery_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL REFERENCES sites (site_id),
  material_id INTEGER NOT NULL REFERENCES materials (material_id), supplier TEXT NOT NULL, quantity INTEGER NOT NULL,
  unit_price REAL NOT NULL, ordered_on TEXT NOT NULL, expected_on TEXT NOT NULL, delivered_on TEXT,
  received_by INTEGER REFERENCES workers (worker_id)
);
CREATE TABLE inspections (
  inspection_id INTEGER PRIMARY KEY, site_id INTEGER NOT NULL REFERENCES sites (site_id), inspection_type TEXT NOT NULL,
  inspector TEXT NOT NULL, inspected_on TEXT NOT NULL, result TEXT NOT NULL, defects_found INTEGER NOT NULL, remarks TEXT
);
