CREATE TABLE branches (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  city VARCHAR(40) NOT NULL,
  street VARCHAR(80) NOT NULL,
  phone VARCHAR(20),
  manager_name VARCHAR(60),
  opened_on DATE NOT NULL
);

CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  requires_licence BOOLEAN NOT NULL,
  minimum_days INTEGER NOT NULL
);

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  asset_number VARCHAR(10) NOT NULL,
  name VARCHAR(60) NOT NULL,
  manufacturer VARCHAR(40),
  category_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  daily_rate DECIMAL(10,2) NOT NULL,
  purchase_price DECIMAL(10,2) NOT NULL,
  purchased_on DATE NOT NULL,
  status VARCHAR(15) NOT NULL,
  FOREIGN KEY (category_id) REFERENCES categories (id),
  FOREIGN KEY (branch_id) REFERENCES branches (id)
);

CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  customer_type VARCHAR(10) NOT NULL,
  city VARCHAR(40) NOT NULL,
  phone VARCHAR(20),
  email VARCHAR(100),
  credit_limit DECIMAL(10,2),
  registered_on DATE NOT NULL,
  is_blocked BOOLEAN NOT NULL
);

CREATE TABLE rentals (
  id INTEGER PRIMARY KEY,
  rental_number VARCHAR(12) NOT NULL,
  customer_id INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  returned_on DATE,
  total_amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(12) NOT NULL,
  FOREIGN KEY (customer_id) REFERENCES customers (id),
  FOREIGN KEY (item_id) REFERENCES items (id),
  FOREIGN KEY (branch_id) REFERENCES branches (id)
);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  rental_id INTEGER NOT NULL,
  paid_at TIMESTAMP NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  method VARCHAR(15) NOT NULL,
  FOREIGN KEY (rental_id) REFERENCES rentals (id)
);

CREATE TABLE damages (
  id INTEGER PRIMARY KEY,
  rental_id INTEGER NOT NULL,
  reported_on DATE NOT NULL,
  description VARCHAR(120) NOT NULL,
  severity VARCHAR(10) NOT NULL,
  repair_cost DECIMAL(10,2),
  charged_to_customer BOOLEAN NOT NULL,
  FOREIGN KEY (rental_id) REFERENCES rentals (id)
);

CREATE TABLE maintenance_jobs (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL,
  job_type VARCHAR(15) NOT NULL,
  scheduled_on DATE NOT NULL,
  completed_on DATE,
  technician VARCHAR(60),
  cost DECIMAL(10,2),
  FOREIGN KEY (item_id) REFERENCES items (id)
);

