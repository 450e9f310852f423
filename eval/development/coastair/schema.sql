CREATE TABLE airports (
  airport_code VARCHAR(3) NOT NULL PRIMARY KEY,
  airport_name VARCHAR(80) NOT NULL,
  city VARCHAR(50) NOT NULL,
  country VARCHAR(50) NOT NULL,
  runway_length_m INTEGER,
  has_customs BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE routes (
  route_id INTEGER NOT NULL PRIMARY KEY,
  origin_code VARCHAR(3) NOT NULL REFERENCES airports(airport_code),
  destination_code VARCHAR(3) NOT NULL REFERENCES airports(airport_code),
  distance_km INTEGER NOT NULL,
  flight_time_min INTEGER NOT NULL,
  base_fare DECIMAL(10,2) NOT NULL,
  opened_on DATE NOT NULL,
  closed_on DATE
);

CREATE TABLE aircraft (
  aircraft_id INTEGER NOT NULL PRIMARY KEY,
  tail_number VARCHAR(10) NOT NULL UNIQUE,
  manufacturer VARCHAR(50) NOT NULL,
  model VARCHAR(50) NOT NULL,
  seats INTEGER NOT NULL,
  status VARCHAR(20) NOT NULL,
  home_airport_code VARCHAR(3) REFERENCES airports(airport_code),
  in_service_since DATE,
  retired_on DATE
);

CREATE TABLE employees (
  employee_id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  position VARCHAR(30) NOT NULL,
  base_airport_code VARCHAR(3) NOT NULL REFERENCES airports(airport_code),
  manager_id INTEGER REFERENCES employees(employee_id) DEFERRABLE INITIALLY DEFERRED,
  hired_on DATE NOT NULL,
  left_on DATE,
  monthly_salary DECIMAL(10,2) NOT NULL
);

CREATE TABLE maintenance_records (
  maintenance_id INTEGER NOT NULL PRIMARY KEY,
  aircraft_id INTEGER NOT NULL REFERENCES aircraft(aircraft_id),
  mechanic_id INTEGER REFERENCES employees(employee_id),
  maintenance_type VARCHAR(30) NOT NULL,
  status VARCHAR(20) NOT NULL,
  scheduled_for DATE NOT NULL,
  completed_on DATE,
  hours_worked INTEGER,
  cost DECIMAL(10,2)
);

CREATE TABLE flights (
  flight_id INTEGER NOT NULL PRIMARY KEY,
  flight_number VARCHAR(8) NOT NULL,
  route_id INTEGER NOT NULL REFERENCES routes(route_id),
  aircraft_id INTEGER NOT NULL REFERENCES aircraft(aircraft_id),
  captain_id INTEGER REFERENCES employees(employee_id),
  first_officer_id INTEGER REFERENCES employees(employee_id),
  scheduled_departure DATETIME NOT NULL,
  actual_departure DATETIME,
  status VARCHAR(20) NOT NULL,
  delay_minutes INTEGER,
  delay_reason VARCHAR(30)
);

CREATE TABLE passengers (
  passenger_id INTEGER NOT NULL PRIMARY KEY,
  first_name VARCHAR(40) NOT NULL,
  last_name VARCHAR(40) NOT NULL,
  email VARCHAR(100),
  phone VARCHAR(20),
  nationality VARCHAR(30) NOT NULL,
  date_of_birth DATE,
  frequent_flyer_level VARCHAR(10),
  registered_on DATE NOT NULL
);

CREATE TABLE tickets (
  ticket_id INTEGER NOT NULL PRIMARY KEY,
  flight_id INTEGER NOT NULL REFERENCES flights(flight_id),
  passenger_id INTEGER NOT NULL REFERENCES passengers(passenger_id),
  travel_class VARCHAR(10) NOT NULL,
  seat_number VARCHAR(4),
  price DECIMAL(10,2) NOT NULL,
  checked_bags INTEGER NOT NULL DEFAULT 0,
  booked_at DATETIME NOT NULL,
  status VARCHAR(12) NOT NULL
);
