CREATE TABLE route (
  route_id INTEGER PRIMARY KEY,
  route_code VARCHAR(10) NOT NULL,
  origin_code CHAR(3) NOT NULL,
  origin_city VARCHAR(40) NOT NULL,
  destination_code CHAR(3) NOT NULL,
  destination_city VARCHAR(40) NOT NULL,
  distance_km INTEGER NOT NULL,
  flight_minutes INTEGER NOT NULL,
  base_fare DECIMAL(10,2) NOT NULL
);
CREATE TABLE aircraft (
  aircraft_id INTEGER PRIMARY KEY,
  registration VARCHAR(10) NOT NULL,
  manufacturer VARCHAR(40) NOT NULL,
  model VARCHAR(40) NOT NULL,
  aircraft_type VARCHAR(20) NOT NULL,
  seats INTEGER NOT NULL,
  year_built INTEGER,
  acquired_on DATE NOT NULL,
  status VARCHAR(20) NOT NULL
);
CREATE TABLE pilot (
  pilot_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  pilot_rank VARCHAR(20) NOT NULL,
  licence_number VARCHAR(20) NOT NULL,
  base_city VARCHAR(40) NOT NULL,
  hire_date DATE NOT NULL,
  total_hours INTEGER NOT NULL,
  medical_expiry DATE,
  monthly_salary DECIMAL(10,2)
);
CREATE TABLE flight (
  flight_id INTEGER PRIMARY KEY,
  flight_number VARCHAR(10) NOT NULL,
  route_id INTEGER NOT NULL,
  aircraft_id INTEGER NOT NULL,
  captain_id INTEGER NOT NULL,
  first_officer_id INTEGER,
  departure_time DATETIME NOT NULL,
  arrival_time DATETIME NOT NULL,
  status VARCHAR(15) NOT NULL,
  delay_minutes INTEGER,
  FOREIGN KEY (route_id) REFERENCES route(route_id),
  FOREIGN KEY (aircraft_id) REFERENCES aircraft(aircraft_id),
  FOREIGN KEY (captain_id) REFERENCES pilot(pilot_id),
  FOREIGN KEY (first_officer_id) REFERENCES pilot(pilot_id)
);
CREATE TABLE customer (
  customer_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  company_name VARCHAR(60),
  customer_type VARCHAR(15) NOT NULL,
  email VARCHAR(80),
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL,
  registered_on DATE NOT NULL
);
CREATE TABLE reservation (
  reservation_id INTEGER PRIMARY KEY,
  booking_reference VARCHAR(8) NOT NULL,
  customer_id INTEGER NOT NULL,
  flight_id INTEGER NOT NULL,
  booked_at DATETIME NOT NULL,
  seats INTEGER NOT NULL,
  total_price DECIMAL(10,2) NOT NULL,
  status VARCHAR(15) NOT NULL,
  FOREIGN KEY (customer_id) REFERENCES customer(customer_id),
  FOREIGN KEY (flight_id) REFERENCES flight(flight_id)
);
CREATE TABLE payment (
  payment_id INTEGER PRIMARY KEY,
  reservation_id INTEGER NOT NULL,
  payment_date DATE NOT NULL,
  amount DECIMAL(10,2) NOT NULL,
  payment_method VARCHAR(20) NOT NULL,
  status VARCHAR(15) NOT NULL,
  FOREIGN KEY (reservation_id) REFERENCES reservation(reservation_id)
);
CREATE TABLE maintenance (
  maintenance_id INTEGER PRIMARY KEY,
  aircraft_id INTEGER NOT NULL,
  maintenance_type VARCHAR(20) NOT NULL,
  description VARCHAR(120),
  contractor VARCHAR(60) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE,
  cost DECIMAL(10,2),
  FOREIGN KEY (aircraft_id) REFERENCES aircraft(aircraft_id)
);
