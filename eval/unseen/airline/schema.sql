CREATE TABLE dim_airport (
  airport_key INTEGER PRIMARY KEY,
  iata_code TEXT NOT NULL UNIQUE,
  airport_name TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL,
  runway_count INTEGER NOT NULL
);
CREATE TABLE dim_aircraft (
  aircraft_key INTEGER PRIMARY KEY,
  tail_number TEXT NOT NULL UNIQUE,
  model TEXT NOT NULL,
  manufacturer TEXT NOT NULL,
  seat_capacity INTEGER NOT NULL,
  in_service_since DATE NOT NULL,
  retired_on DATE
);
CREATE TABLE dim_pilot (
  pilot_key INTEGER PRIMARY KEY,
  pilot_name TEXT NOT NULL,
  pilot_rank TEXT NOT NULL,
  base_airport_key INTEGER NOT NULL REFERENCES dim_airport (airport_key),
  licence_expires_on DATE NOT NULL
);
CREATE TABLE fact_flight (
  flight_key INTEGER PRIMARY KEY,
  flight_number TEXT NOT NULL,
  origin_airport_key INTEGER NOT NULL REFERENCES dim_airport (airport_key),
  destination_airport_key INTEGER NOT NULL REFERENCES dim_airport (airport_key),
  aircraft_key INTEGER NOT NULL REFERENCES dim_aircraft (aircraft_key),
  captain_pilot_key INTEGER NOT NULL REFERENCES dim_pilot (pilot_key),
  departure_date DATE NOT NULL,
  distance_km INTEGER NOT NULL,
  delay_minutes INTEGER,
  is_cancelled BOOLEAN NOT NULL
);
CREATE TABLE fact_booking (
  booking_key INTEGER PRIMARY KEY,
  flight_key INTEGER NOT NULL REFERENCES fact_flight (flight_key),
  passenger_name TEXT NOT NULL,
  cabin_class TEXT NOT NULL,
  sales_channel TEXT NOT NULL,
  booked_on DATE NOT NULL,
  fare_usd REAL NOT NULL,
  checked_bags INTEGER NOT NULL,
  is_no_show BOOLEAN NOT NULL
);
