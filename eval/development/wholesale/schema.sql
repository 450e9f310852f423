CREATE TABLE suppliers (
  supplier_id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(50),
  country VARCHAR(40) NOT NULL,
  email VARCHAR(120),
  lead_time_days INTEGER NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT 1
);
CREATE TABLE products (
  product_id INTEGER PRIMARY KEY,
  sku VARCHAR(20) NOT NULL UNIQUE,
  name VARCHAR(80) NOT NULL,
  category VARCHAR(30) NOT NULL,
  supplier_id INTEGER NOT NULL REFERENCES suppliers(supplier_id),
  storage_type VARCHAR(10) NOT NULL,
  pack_size VARCHAR(20),
  purchase_price DECIMAL(10,2) NOT NULL,
  sale_price DECIMAL(10,2) NOT NULL,
  is_organic BOOLEAN NOT NULL DEFAULT 0,
  discontinued BOOLEAN NOT NULL DEFAULT 0
);
CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  customer_type VARCHAR(20) NOT NULL,
  city VARCHAR(50) NOT NULL,
  account_manager VARCHAR(60),
  credit_limit DECIMAL(10,2),
  customer_since DATE NOT NULL
);
CREATE TABLE stock_levels (
  product_id INTEGER NOT NULL REFERENCES products(product_id),
  warehouse VARCHAR(20) NOT NULL,
  quantity_on_hand INTEGER NOT NULL,
  reorder_level INTEGER NOT NULL,
  expiry_date DATE,
  last_counted_at DATETIME,
  PRIMARY KEY (product_id, warehouse)
);
CREATE TABLE purchase_orders (
  purchase_order_id INTEGER PRIMARY KEY,
  supplier_id INTEGER NOT NULL REFERENCES suppliers(supplier_id),
  product_id INTEGER NOT NULL REFERENCES products(product_id),
  ordered_on DATE NOT NULL,
  expected_on DATE NOT NULL,
  received_on DATE,
  quantity INTEGER NOT NULL,
  unit_cost DECIMAL(10,2) NOT NULL,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE sales_orders (
  sales_order_id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers(customer_id),
  order_date DATE NOT NULL,
  requested_date DATE,
  warehouse VARCHAR(20) NOT NULL,
  status VARCHAR(12) NOT NULL
);
CREATE TABLE sales_order_lines (
  line_id INTEGER PRIMARY KEY,
  sales_order_id INTEGER NOT NULL REFERENCES sales_orders(sales_order_id),
  product_id INTEGER NOT NULL REFERENCES products(product_id),
  quantity INTEGER NOT NULL,
  unit_price DECIMAL(10,2) NOT NULL
);
CREATE TABLE deliveries (
  delivery_id INTEGER PRIMARY KEY,
  sales_order_id INTEGER NOT NULL REFERENCES sales_orders(sales_order_id),
  driver_name VARCHAR(60),
  vehicle_reg VARCHAR(12),
  planned_date DATE NOT NULL,
  departed_at DATETIME,
  delivered_at DATETIME,
  status VARCHAR(12) NOT NULL
);
