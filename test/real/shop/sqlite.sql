-- A shop with the values that go wrong on their way: NULL, exact decimals, dates, instants, booleans, integers beyond
-- 2^53, enumerations, comments, a composite key, a view. The rows are in rows.sql.
CREATE TABLE suppliers (
  supplier_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT NOT NULL
);
CREATE TABLE products (
  product_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  unit_price NUMERIC(10, 2) NOT NULL,
  launched DATE,
  discontinued BOOLEAN NOT NULL,
  serial_number BIGINT NOT NULL,
  supplier_id INTEGER REFERENCES suppliers (supplier_id)
);
CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  country TEXT NOT NULL,
  email TEXT,
  registered_at TIMESTAMP NOT NULL
);
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
  order_date DATE NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'shipped', 'delivered', 'cancelled')),
  shipped_at TIMESTAMP
);
CREATE TABLE order_items (
  order_id INTEGER NOT NULL REFERENCES orders (order_id),
  product_id INTEGER NOT NULL REFERENCES products (product_id),
  quantity INTEGER NOT NULL,
  unit_price NUMERIC(10, 2) NOT NULL,
  PRIMARY KEY (order_id, product_id)
);
CREATE VIEW order_totals AS
  SELECT order_id, SUM(quantity * unit_price) AS order_total FROM order_items GROUP BY order_id;
