CREATE TABLE branches (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, opened_on TEXT NOT NULL, seats INTEGER NOT NULL,
  manager_name TEXT, has_terrace INTEGER NOT NULL
);
CREATE TABLE dishes (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, price REAL NOT NULL,
  is_vegetarian INTEGER NOT NULL, calories INTEGER, introduced_on TEXT NOT NULL
);
CREATE TABLE employees (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, branch_id INTEGER NOT NULL REFERENCES branches (id),
  hired_on TEXT NOT NULL, hourly_wage REAL
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branches (id), ordered_at TEXT NOT NULL,
  channel TEXT NOT NULL, payment_method TEXT, tip REAL, status TEXT NOT NULL
);
CREATE TABLE order_lines (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id),
  dish_id INTEGER NOT NULL REFERENCES dishes (id), quantity INTEGER NOT NULL, unit_price REAL NOT NULL
);
CREATE TABLE shifts (
  id INTEGER PRIMARY KEY, employee_id INTEGER NOT NULL REFERENCES employees (id), shift_date TEXT NOT NULL,
  service TEXT NOT NULL, hours REAL NOT NULL
);
CREATE TABLE bookings (
  id INTEGER PRIMARY KEY, branch_id INTEGER NOT NULL REFERENCES branches (id), guest_name TEXT NOT NULL,
  booked_for TEXT NOT NULL, party_size INTEGER NOT NULL, status TEXT NOT NULL, note TEXT
);
