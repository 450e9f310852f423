-- The shop of sqlite.sql in PostgreSQL's words.
CREATE TYPE order_status AS ENUM ('pending', 'shipped', 'delivered', 'cancelled');
CREATE TABLE suppliers (
  supplier_id integer PRIMARY KEY,
  name text NOT NULL,
  country text NOT NULL
);
CREATE TABLE products (
  product_id integer PRIMARY KEY,
  name text NOT NULL,
  category text NOT NULL,
  unit_price numeric(10, 2) NOT NULL,
  launched date,
  discontinued boolean NOT NULL,
  serial_number bigint NOT NULL,
  supplier_id integer REFERENCES suppliers (supplier_id)
);
COMMENT ON TABLE products IS 'What the shop sells.';
COMMENT ON COLUMN products.serial_number IS 'Beyond 2^53: not a number for JavaScript.';
CREATE TABLE customers (
  customer_id integer PRIMARY KEY,
  name text NOT NULL,
  country text NOT NULL,
  email text,
  registered_at timestamptz NOT NULL
);
CREATE TABLE orders (
  order_id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers (customer_id),
  order_date date NOT NULL,
  status order_status NOT NULL,
  shipped_at timestamptz
);
CREATE TABLE order_items (
  order_id integer NOT NULL REFERENCES orders (order_id),
  product_id integer NOT NULL REFERENCES products (product_id),
  quantity integer NOT NULL,
  unit_price numeric(10, 2) NOT NULL,
  PRIMARY KEY (order_id, product_id)
);
CREATE VIEW order_totals AS
  SELECT order_id, SUM(quantity * unit_price) AS order_total FROM order_items GROUP BY order_id;
