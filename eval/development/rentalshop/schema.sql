CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  shelf_area VARCHAR(10)
);

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  category_id INTEGER NOT NULL REFERENCES categories(id),
  name VARCHAR(80) NOT NULL,
  brand VARCHAR(40),
  asset_tag VARCHAR(12) NOT NULL,
  daily_rate DECIMAL(10,2) NOT NULL,
  weekly_rate DECIMAL(10,2) NOT NULL,
  deposit DECIMAL(10,2) NOT NULL,
  purchased_on DATE NOT NULL,
  purchase_price DECIMAL(10,2) NOT NULL,
  next_service_on DATE,
  status VARCHAR(20) NOT NULL
);

CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  customer_type VARCHAR(20) NOT NULL,
  town VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  email VARCHAR(80),
  credit_limit DECIMAL(10,2),
  on_stop BOOLEAN NOT NULL DEFAULT 0,
  registered_on DATE NOT NULL
);

CREATE TABLE hires (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  served_by VARCHAR(40) NOT NULL,
  start_date DATE NOT NULL,
  due_date DATE NOT NULL,
  delivery BOOLEAN NOT NULL DEFAULT 0,
  status VARCHAR(20) NOT NULL
);

CREATE TABLE hire_items (
  id INTEGER PRIMARY KEY,
  hire_id INTEGER NOT NULL REFERENCES hires(id),
  item_id INTEGER NOT NULL REFERENCES items(id),
  charge DECIMAL(10,2) NOT NULL
);

CREATE TABLE returns (
  id INTEGER PRIMARY KEY,
  hire_item_id INTEGER NOT NULL REFERENCES hire_items(id),
  returned_at DATETIME NOT NULL,
  received_by VARCHAR(40) NOT NULL,
  item_condition VARCHAR(20) NOT NULL,
  late_fee DECIMAL(10,2)
);

CREATE TABLE damages (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES items(id),
  hire_id INTEGER REFERENCES hires(id),
  reported_on DATE NOT NULL,
  description VARCHAR(120) NOT NULL,
  severity VARCHAR(10) NOT NULL,
  repair_cost DECIMAL(10,2),
  repaired_on DATE,
  charged_to_customer BOOLEAN NOT NULL DEFAULT 0
);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  hire_id INTEGER NOT NULL REFERENCES hires(id),
  paid_at DATETIME NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(20) NOT NULL,
  payment_type VARCHAR(20) NOT NULL
);
