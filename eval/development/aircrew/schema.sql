CREATE TABLE airports (
  airport_id INTEGER PRIMARY KEY,
  iata_code VARCHAR(3) NOT NULL UNIQUE,
  airport_name VARCHAR(80) NOT NULL,
  city VARCHAR(40) NOT NULL,
  country VARCHAR(40) NOT NULL,
  landing_fee_eur DECIMAL(10,2)
);
CREATE TABLE aircraft (
  aircraft_id INTEGER PRIMARY KEY,
  registration VARCHAR(8) NOT NULL UNIQUE,
  aircraft_name VARCHAR(40),
  manufacturer VARCHAR(30) NOT NULL,
  model VARCHAR(30) NOT NULL,
  seat_capacity INTEGER NOT NULL,
  delivered_on DATE NOT NULL,
  retired_on DATE,
  status VARCHAR(20) NOT NULL
);
CREATE TABLE flights (
  flight_id INTEGER PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  origin_airport_id INTEGER NOT NULL REFERENCES airports(airport_id),
  destination_airport_id INTEGER NOT NULL REFERENCES airports(airport_id),
  aircraft_id INTEGER REFERENCES aircraft(aircraft_id),
  scheduled_departure DATETIME NOT NULL,
  actual_departure DATETIME,
  scheduled_arrival DATETIME NOT NULL,
  actual_arrival DATETIME,
  distance_km INTEGER NOT NULL,
  status VARCHAR(20) NOT NULL
);
CREATE TABLE customers (
  customer_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(80),
  home_city VARCHAR(40),
  country VARCHAR(40) NOT NULL,
  loyalty_tier VARCHAR(20),
  joined_on DATE
);
CREATE TABLE bookings (
  booking_id INTEGER PRIMARY KEY,
  booking_reference VARCHAR(6) NOT NULL UNIQUE,
  flight_id INTEGER NOT NULL REFERENCES flights(flight_id),
  customer_id INTEGER NOT NULL REFERENCES customers(customer_id),
  cabin_class VARCHAR(20) NOT NULL,
  seat_number VARCHAR(4),
  fare_eur DECIMAL(10,2) NOT NULL,
  bag_count INTEGER NOT NULL,
  booked_on DATE NOT NULL,
  sales_channel VARCHAR(20) NOT NULL,
  status VARCHAR(20) NOT NULL
);
CREATE TABLE crew_members (
  crew_member_id INTEGER PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  position VARCHAR(30) NOT NULL,
  base_airport_id INTEGER REFERENCES airports(airport_id),
  manager_id INTEGER REFERENCES crew_members(crew_member_id),
  monthly_salary_eur DECIMAL(10,2) NOT NULL,
  hired_on DATE NOT NULL,
  left_on DATE
);
CREATE TABLE crew_assignments (
  assignment_id INTEGER PRIMARY KEY,
  flight_id INTEGER NOT NULL REFERENCES flights(flight_id),
  crew_member_id INTEGER NOT NULL REFERENCES crew_members(crew_member_id),
  duty VARCHAR(30) NOT NULL
);
CREATE TABLE maintenance_events (
  maintenance_event_id INTEGER PRIMARY KEY,
  aircraft_id INTEGER NOT NULL REFERENCES aircraft(aircraft_id),
  airport_id INTEGER NOT NULL REFERENCES airports(airport_id),
  check_type VARCHAR(20) NOT NULL,
  started_on DATE NOT NULL,
  finished_on DATE,
  cost_eur DECIMAL(12,2)
);
