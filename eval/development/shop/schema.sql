CREATE TABLE categories (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, parent_id INTEGER REFERENCES categories (id)
);
CREATE TABLE products (
  id INTEGER PRIMARY KEY, sku TEXT NOT NULL, name TEXT NOT NULL, category_id INTEGER NOT NULL REFERENCES categories (id),
  brand TEXT NOT NULL, price REAL NOT NULL, cost REAL, stock INTEGER NOT NULL, is_active INTEGER NOT NULL
);
CREATE TABLE customers (
  id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT,
  city TEXT NOT NULL, country TEXT NOT NULL, signed_up_on TEXT NOT NULL, newsletter INTEGER NOT NULL,
  referred_by INTEGER REFERENCES customers (id)
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), order_date TEXT NOT NULL,
  status TEXT NOT NULL, payment_method TEXT NOT NULL, shipping_fee REAL NOT NULL, coupon_code TEXT
);
CREATE TABLE order_lines (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL REFERENCES products (id), quantity INTEGER NOT NULL, unit_price REAL NOT NULL
);
CREATE TABLE carriers (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL
);
CREATE TABLE shipments (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id),
  carrier_id INTEGER NOT NULL REFERENCES carriers (id), tracking_number TEXT, shipped_on TEXT NOT NULL, delivered_on TEXT
);
CREATE TABLE returns (
  id INTEGER PRIMARY KEY, order_line_id INTEGER NOT NULL REFERENCES order_lines (id), requested_on TEXT NOT NULL,
  reason TEXT NOT NULL, quantity INTEGER NOT NULL, status TEXT NOT NULL, refund_amount REAL, refunded_on TEXT
);
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES products (id),
  customer_id INTEGER NOT NULL REFERENCES customers (id), stars INTEGER NOT NULL, comment TEXT, posted_on TEXT NOT NULL
);
