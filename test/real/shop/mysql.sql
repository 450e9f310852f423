-- The shop of sqlite.sql in MariaDB's words.
CREATE TABLE suppliers (
  supplier_id INT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  country VARCHAR(100) NOT NULL
);
CREATE TABLE products (
  product_id INT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  category VARCHAR(100) NOT NULL,
  unit_price DECIMAL(10, 2) NOT NULL,
  launched DATE,
  discontinued BOOLEAN NOT NULL,
  serial_number BIGINT NOT NULL COMMENT 'Beyond 2^53: not a number for JavaScript.',
  supplier_id INT,
  FOREIGN KEY (supplier_id) REFERENCES suppliers (supplier_id)
) COMMENT 'What the shop sells.';
CREATE TABLE customers (
  customer_id INT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  country VARCHAR(100) NOT NULL,
  email VARCHAR(100),
  registered_at DATETIME NOT NULL
);
CREATE TABLE orders (
  order_id INT PRIMARY KEY,
  customer_id INT NOT NULL,
  order_date DATE NOT NULL,
  status ENUM ('pending', 'shipped', 'delivered', 'cancelled') NOT NULL,
  shipped_at DATETIME,
  FOREIGN KEY (customer_id) REFERENCES customers (customer_id)
);
CREATE TABLE order_items (
  order_id INT NOT NULL,
  product_id INT NOT NULL,
  quantity INT NOT NULL,
  unit_price DECIMAL(10, 2) NOT NULL,
  PRIMARY KEY (order_id, product_id),
  FOREIGN KEY (order_id) REFERENCES orders (order_id),
  FOREIGN KEY (product_id) REFERENCES products (product_id)
);
CREATE VIEW order_totals AS
  SELECT order_id, SUM(quantity * unit_price) AS order_total FROM order_items GROUP BY order_id;
