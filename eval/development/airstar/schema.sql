CREATE TABLE dim_airport (
  airport_key  INTEGER PRIMARY KEY,
  code         VARCHAR(3) NOT NULL,
  name         VARCHAR(80) NOT NULL,
  city         VARCHAR(50) NOT NULL,
  country      VARCHAR(50) NOT NULL,
  region       VARCHAR(20) NOT NULL,
  served_since DATE
);
CREATE TABLE dim_plane (
  plane_key    INTEGER PRIMARY KEY,
  registration VARCHAR(7) NOT NULL,
  plane_name   VARCHAR(40),
  maker        VARCHAR(20) NOT NULL,
  plane_type   VARCHAR(20) NOT NULL,
  seats        INTEGER NOT NULL,
  built_year   INTEGER NOT NULL,
  leased       BOOLEAN NOT NULL,
  retired_on   DATE
);
CREATE TABLE dim_customer (
  customer_key  INTEGER PRIMARY KEY,
  customer_name VARCHAR(80) NOT NULL,
  customer_type VARCHAR(20) NOT NULL,
  city          VARCHAR(50),
  country       VARCHAR(50) NOT NULL,
  email         VARCHAR(100),
  member_level  VARCHAR(10),
  member_since  DATE
);
CREATE TABLE fact_flight (
  flight_key       INTEGER PRIMARY KEY,
  flight_no        VARCHAR(7) NOT NULL,
  flight_date      DATE NOT NULL,
  from_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  to_airport_key   INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  plane_key        INTEGER REFERENCES dim_plane(plane_key),
  departure_time   TIMESTAMP NOT NULL,
  arrival_time     TIMESTAMP NOT NULL,
  status           VARCHAR(10) NOT NULL,
  delay_minutes    INTEGER,
  disruption_cause VARCHAR(20),
  passenger_count  INTEGER,
  cargo_kg         INTEGER,
  distance_km      INTEGER NOT NULL,
  operating_cost   DECIMAL(10,2)
);
CREATE TABLE fact_booking (
  booking_key    INTEGER PRIMARY KEY,
  booking_ref    VARCHAR(6) NOT NULL,
  booking_date   DATE NOT NULL,
  flight_key     INTEGER NOT NULL REFERENCES fact_flight(flight_key),
  customer_key   INTEGER NOT NULL REFERENCES dim_customer(customer_key),
  cabin          VARCHAR(10) NOT NULL,
  sales_channel  VARCHAR(15) NOT NULL,
  seats_booked   INTEGER NOT NULL,
  amount         DECIMAL(10,2) NOT NULL,
  payment_method VARCHAR(15),
  checked_in     BOOLEAN NOT NULL,
  cancelled_on   DATE
);
