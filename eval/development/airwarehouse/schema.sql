CREATE TABLE dim_date (
  date_key      INTEGER PRIMARY KEY,
  full_date     DATE NOT NULL,
  day_name      VARCHAR(9) NOT NULL,
  month_number  INTEGER NOT NULL,
  month_name    VARCHAR(9) NOT NULL,
  quarter       INTEGER NOT NULL,
  year          INTEGER NOT NULL,
  is_weekend    BOOLEAN NOT NULL,
  is_holiday    BOOLEAN NOT NULL
);
CREATE TABLE dim_airport (
  airport_key   INTEGER PRIMARY KEY,
  iata_code     VARCHAR(3) NOT NULL,
  airport_name  VARCHAR(80) NOT NULL,
  city          VARCHAR(50) NOT NULL,
  country       VARCHAR(50) NOT NULL,
  is_hub        BOOLEAN NOT NULL
);
CREATE TABLE dim_aircraft (
  aircraft_key  INTEGER PRIMARY KEY,
  tail_number   VARCHAR(8) NOT NULL,
  manufacturer  VARCHAR(30) NOT NULL,
  model         VARCHAR(30) NOT NULL,
  seat_capacity INTEGER NOT NULL,
  delivery_date DATE,
  status        VARCHAR(15) NOT NULL
);
CREATE TABLE dim_passenger (
  passenger_key   INTEGER PRIMARY KEY,
  first_name      VARCHAR(40) NOT NULL,
  last_name       VARCHAR(40) NOT NULL,
  email           VARCHAR(100),
  birth_date      DATE,
  country         VARCHAR(50) NOT NULL,
  loyalty_tier    VARCHAR(10),
  loyalty_points  INTEGER,
  enrollment_date DATE
);
CREATE TABLE fact_flight (
  flight_key              INTEGER PRIMARY KEY,
  flight_number           VARCHAR(8) NOT NULL,
  flight_date_key         INTEGER NOT NULL REFERENCES dim_date(date_key),
  origin_airport_key      INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  destination_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  aircraft_key            INTEGER REFERENCES dim_aircraft(aircraft_key),
  scheduled_departure     TIMESTAMP NOT NULL,
  distance_miles          INTEGER NOT NULL,
  flight_status           VARCHAR(12) NOT NULL,
  cancellation_reason     VARCHAR(20),
  departure_delay_minutes INTEGER,
  arrival_delay_minutes   INTEGER,
  passengers_boarded      INTEGER,
  fuel_gallons            DECIMAL(10,2)
);
CREATE TABLE fact_ticket (
  ticket_key              INTEGER PRIMARY KEY,
  ticket_number           VARCHAR(14) NOT NULL,
  booking_date_key        INTEGER NOT NULL REFERENCES dim_date(date_key),
  flight_date_key         INTEGER NOT NULL REFERENCES dim_date(date_key),
  passenger_key           INTEGER NOT NULL REFERENCES dim_passenger(passenger_key),
  origin_airport_key      INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  destination_airport_key INTEGER NOT NULL REFERENCES dim_airport(airport_key),
  cabin_class             VARCHAR(15) NOT NULL,
  booking_channel         VARCHAR(15) NOT NULL,
  ticket_status           VARCHAR(10) NOT NULL,
  fare_amount             DECIMAL(10,2) NOT NULL,
  tax_amount              DECIMAL(10,2) NOT NULL,
  total_amount            DECIMAL(10,2) NOT NULL,
  bags_checked            INTEGER
);
