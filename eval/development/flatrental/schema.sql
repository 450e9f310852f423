CREATE TABLE landlords (
  id INTEGER PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  email VARCHAR(100),
  phone VARCHAR(20),
  city VARCHAR(40),
  is_company BOOLEAN NOT NULL,
  commission_rate DECIMAL(4,2),
  joined_on DATE NOT NULL
);

CREATE TABLE properties (
  id INTEGER PRIMARY KEY,
  landlord_id INTEGER NOT NULL,
  name VARCHAR(60) NOT NULL,
  address VARCHAR(120),
  city VARCHAR(40) NOT NULL,
  postcode VARCHAR(10),
  property_type VARCHAR(20) NOT NULL,
  year_built INTEGER,
  has_parking BOOLEAN NOT NULL,
  has_lift BOOLEAN NOT NULL,
  FOREIGN KEY (landlord_id) REFERENCES landlords(id)
);

CREATE TABLE units (
  id INTEGER PRIMARY KEY,
  property_id INTEGER NOT NULL,
  unit_code VARCHAR(10) NOT NULL,
  bedrooms INTEGER NOT NULL,
  bathrooms INTEGER NOT NULL,
  floor_area DECIMAL(6,1),
  monthly_rent DECIMAL(10,2) NOT NULL,
  is_furnished BOOLEAN NOT NULL,
  status VARCHAR(20) NOT NULL,
  FOREIGN KEY (property_id) REFERENCES properties(id)
);

CREATE TABLE tenants (
  id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(100),
  phone VARCHAR(20),
  date_of_birth DATE,
  occupation VARCHAR(40),
  has_pets BOOLEAN NOT NULL
);

CREATE TABLE leases (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL,
  tenant_id INTEGER NOT NULL,
  signed_on DATE,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  rent_amount DECIMAL(10,2) NOT NULL,
  deposit_amount DECIMAL(10,2),
  status VARCHAR(20) NOT NULL,
  FOREIGN KEY (unit_id) REFERENCES units(id),
  FOREIGN KEY (tenant_id) REFERENCES tenants(id)
);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  lease_id INTEGER NOT NULL,
  payment_type VARCHAR(20) NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  due_date DATE NOT NULL,
  paid_on DATE,
  method VARCHAR(20),
  status VARCHAR(15) NOT NULL,
  FOREIGN KEY (lease_id) REFERENCES leases(id)
);

CREATE TABLE contractors (
  id INTEGER PRIMARY KEY,
  company_name VARCHAR(60) NOT NULL,
  trade VARCHAR(30) NOT NULL,
  contact_person VARCHAR(60),
  phone VARCHAR(20),
  hourly_rate DECIMAL(10,2) NOT NULL,
  rating DECIMAL(3,1),
  is_active BOOLEAN NOT NULL
);

CREATE TABLE maintenance_requests (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL,
  tenant_id INTEGER,
  contractor_id INTEGER,
  title VARCHAR(100) NOT NULL,
  category VARCHAR(20) NOT NULL,
  priority VARCHAR(10) NOT NULL,
  status VARCHAR(15) NOT NULL,
  reported_at TIMESTAMP NOT NULL,
  completed_at TIMESTAMP,
  cost DECIMAL(10,2),
  FOREIGN KEY (unit_id) REFERENCES units(id),
  FOREIGN KEY (tenant_id) REFERENCES tenants(id),
  FOREIGN KEY (contractor_id) REFERENCES contractors(id)
);

CREATE TABLE viewings (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL,
  prospect_name VARCHAR(60) NOT NULL,
  prospect_phone VARCHAR(20),
  agent_name VARCHAR(60) NOT NULL,
  scheduled_at DATETIME NOT NULL,
  outcome VARCHAR(20),
  FOREIGN KEY (unit_id) REFERENCES units(id)
);

