CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL,
  industry VARCHAR(30),
  account_manager VARCHAR(60),
  credit_limit DECIMAL(10,2),
  email VARCHAR(80),
  customer_since DATE NOT NULL,
  is_active BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE carriers (
  id INTEGER PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  mode VARCHAR(10) NOT NULL,
  country VARCHAR(40) NOT NULL,
  scac_code VARCHAR(4),
  rating DECIMAL(2,1),
  contract_until DATE
);

CREATE TABLE ports (
  id INTEGER PRIMARY KEY,
  un_locode VARCHAR(5) NOT NULL UNIQUE,
  name VARCHAR(60) NOT NULL,
  country VARCHAR(40) NOT NULL,
  port_type VARCHAR(15) NOT NULL
);

CREATE TABLE shipments (
  id INTEGER PRIMARY KEY,
  reference VARCHAR(12) NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  carrier_id INTEGER REFERENCES carriers(id),
  origin_port_id INTEGER NOT NULL REFERENCES ports(id),
  destination_port_id INTEGER NOT NULL REFERENCES ports(id),
  mode VARCHAR(10) NOT NULL,
  status VARCHAR(15) NOT NULL,
  incoterm VARCHAR(3),
  booked_on DATE NOT NULL,
  departure_date DATE,
  eta DATE,
  delivered_on DATE,
  weight_kg INTEGER NOT NULL,
  freight_cost DECIMAL(10,2) NOT NULL
);

CREATE TABLE containers (
  id INTEGER PRIMARY KEY,
  container_number VARCHAR(11) NOT NULL UNIQUE,
  shipment_id INTEGER NOT NULL REFERENCES shipments(id),
  container_type VARCHAR(10) NOT NULL,
  size_ft INTEGER NOT NULL,
  seal_number VARCHAR(12),
  gross_weight_kg INTEGER NOT NULL,
  returned_on DATE
);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  invoice_number VARCHAR(12) NOT NULL UNIQUE,
  customer_id INTEGER NOT NULL REFERENCES customers(id),
  shipment_id INTEGER REFERENCES shipments(id),
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  paid_on DATE,
  amount DECIMAL(10,2) NOT NULL,
  status VARCHAR(10) NOT NULL
);

CREATE TABLE customs_declarations (
  id INTEGER PRIMARY KEY,
  declaration_number VARCHAR(14) NOT NULL UNIQUE,
  shipment_id INTEGER NOT NULL REFERENCES shipments(id),
  direction VARCHAR(6) NOT NULL,
  status VARCHAR(20) NOT NULL,
  submitted_at DATETIME NOT NULL,
  cleared_at DATETIME,
  declared_value DECIMAL(12,2) NOT NULL,
  duty_amount DECIMAL(10,2),
  broker VARCHAR(60)
);

CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  claim_number VARCHAR(10) NOT NULL UNIQUE,
  shipment_id INTEGER NOT NULL REFERENCES shipments(id),
  claim_type VARCHAR(12) NOT NULL,
  status VARCHAR(12) NOT NULL,
  filed_on DATE NOT NULL,
  closed_on DATE,
  amount_claimed DECIMAL(10,2) NOT NULL,
  amount_paid DECIMAL(10,2)
);
