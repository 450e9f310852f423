CREATE TABLE dim_store (
  store_key INTEGER PRIMARY KEY NOT NULL,
  store_code TEXT NOT NULL,
  store_name TEXT NOT NULL,
  city TEXT NOT NULL,
  region TEXT NOT NULL,
  store_format TEXT NOT NULL,
  floor_area_sqm INTEGER,
  opened_on TEXT NOT NULL,
  closed_on TEXT,
  manager_name TEXT
);

CREATE TABLE dim_product (
  product_key INTEGER PRIMARY KEY NOT NULL,
  sku TEXT NOT NULL,
  product_name TEXT NOT NULL,
  category TEXT NOT NULL,
  brand TEXT NOT NULL,
  material TEXT,
  list_price REAL NOT NULL,
  unit_cost REAL NOT NULL,
  launch_date TEXT,
  discontinued_flag INTEGER NOT NULL
);

CREATE TABLE dim_customer (
  customer_key INTEGER PRIMARY KEY NOT NULL,
  customer_name TEXT NOT NULL,
  segment TEXT NOT NULL,
  loyalty_tier TEXT,
  city TEXT,
  email TEXT,
  joined_on TEXT NOT NULL
);

CREATE TABLE dim_date (
  date_key INTEGER PRIMARY KEY NOT NULL,
  full_date TEXT NOT NULL,
  day_name TEXT NOT NULL,
  month_num INTEGER NOT NULL,
  month_name TEXT NOT NULL,
  quarter TEXT NOT NULL,
  year INTEGER NOT NULL,
  is_weekend INTEGER NOT NULL,
  is_holiday INTEGER NOT NULL
);

CREATE TABLE fact_sales (
  sale_key INTEGER PRIMARY KEY NOT NULL,
  order_no TEXT NOT NULL,
  date_key INTEGER NOT NULL,
  store_key INTEGER NOT NULL,
  product_key INTEGER NOT NULL,
  customer_key INTEGER,
  channel TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price REAL NOT NULL,
  discount_amount REAL NOT NULL,
  net_amount REAL NOT NULL,
  delivery_date TEXT,
  FOREIGN KEY (date_key) REFERENCES dim_date (date_key),
  FOREIGN KEY (store_key) REFERENCES dim_store (store_key),
  FOREIGN KEY (product_key) REFERENCES dim_product (product_key),
  FOREIGN KEY (customer_key) REFERENCES dim_customer (customer_key)
);

CREATE TABLE fact_returns (
  return_key INTEGER PRIMARY KEY NOT NULL,
  date_key INTEGER NOT NULL,
  sale_key INTEGER NOT NULL,
  store_key INTEGER NOT NULL,
  product_key INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  refund_amount REAL NOT NULL,
  return_reason TEXT,
  FOREIGN KEY (date_key) REFERENCES dim_date (date_key),
  FOREIGN KEY (sale_key) REFERENCES fact_sales (sale_key),
  FOREIGN KEY (store_key) REFERENCES dim_store (store_key),
  FOREIGN KEY (product_key) REFERENCES dim_product (product_key)
);

CREATE TABLE fact_inventory (
  inventory_key INTEGER PRIMARY KEY NOT NULL,
  date_key INTEGER NOT NULL,
  store_key INTEGER NOT NULL,
  product_key INTEGER NOT NULL,
  on_hand_qty INTEGER NOT NULL,
  reorder_level INTEGER NOT NULL,
  on_order_qty INTEGER NOT NULL,
  next_delivery_date TEXT,
  FOREIGN KEY (date_key) REFERENCES dim_date (date_key),
  FOREIGN KEY (store_key) REFERENCES dim_store (store_key),
  FOREIGN KEY (product_key) REFERENCES dim_product (product_key)
);
