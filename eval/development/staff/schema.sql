CREATE TABLE locations (location_id INTEGER PRIMARY KEY, street_address TEXT, postal_code TEXT, city TEXT NOT NULL, country_id TEXT NOT NULL);
CREATE TABLE departments (
  department_id INTEGER PRIMARY KEY, department_name TEXT NOT NULL, manager_id INTEGER,
  location_id INTEGER NOT NULL REFERENCES locations (location_id), annual_budget INTEGER NOT NULL
);
CREATE TABLE jobs (job_id TEXT PRIMARY KEY, job_title TEXT NOT NULL, min_salary INTEGER NOT NULL, max_salary INTEGER NOT NULL);
CREATE TABLE employees (
  employee_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT NOT NULL, phone_number TEXT,
  hire_date TEXT NOT NULL, termination_date TEXT, birth_date TEXT NOT NULL, gender TEXT NOT NULL,
  job_id TEXT NOT NULL REFERENCES jobs (job_id), manager_id INTEGER REFERENCES employees (employee_id),
  department_id INTEGER REFERENCES departments (department_id), employment_type TEXT NOT NULL, salary INTEGER NOT NULL
);
CREATE TABLE salary_history (
  employee_id INTEGER NOT NULL REFERENCES employees (employee_id), effective_from TEXT NOT NULL, effective_to TEXT,
  salary INTEGER NOT NULL, PRIMARY KEY (employee_id, effective_from)
);
CREATE TABLE leave_types (leave_type_id INTEGER PRIMARY KEY, leave_type_name TEXT NOT NULL, is_paid INTEGER NOT NULL, yearly_allowance INTEGER);
CREATE TABLE leave_requests (
  request_id INTEGER PRIMARY KEY, employee_id INTEGER NOT NULL REFERENCES employees (employee_id),
  leave_type_id INTEGER NOT NULL REFERENCES leave_types (leave_type_id), start_date TEXT NOT NULL, end_date TEXT NOT NULL,
  days REAL NOT NULL, status TEXT NOT NULL, requested_on TEXT NOT NULL, approved_by INTEGER REFERENCES employees (employee_id)
);
