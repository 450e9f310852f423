CREATE TABLE dim_date (
  date_key INTEGER PRIMARY KEY, full_date TEXT NOT NULL, year INTEGER NOT NULL, quarter INTEGER NOT NULL, month_no INTEGER NOT NULL,
  month_name TEXT NOT NULL, weekday_name TEXT NOT NULL, is_weekend INTEGER NOT NULL, season TEXT NOT NULL
);
CREATE TABLE dim_port (
  port_key INTEGER PRIMARY KEY, port_code TEXT NOT NULL, port_name TEXT NOT NULL, country TEXT NOT NULL, region TEXT NOT NULL, berth_count INTEGER
);
CREATE TABLE dim_route (
  route_key INTEGER PRIMARY KEY, route_code TEXT NOT NULL, origin_port_key INTEGER NOT NULL REFERENCES dim_port (port_key),
  destination_port_key INTEGER NOT NULL REFERENCES dim_port (port_key), distance_nm INTEGER NOT NULL, duration_min INTEGER NOT NULL, route_type TEXT NOT NULL
);
CREATE TABLE dim_vessel (
  vessel_key INTEGER PRIMARY KEY, vessel_name TEXT NOT NULL, vessel_type TEXT NOT NULL, passenger_capacity INTEGER NOT NULL,
  car_capacity INTEGER NOT NULL, built_year INTEGER, vessel_status TEXT NOT NULL
);
CREATE TABLE dim_passenger (
  passenger_key INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT, country TEXT NOT NULL,
  birth_year INTEGER, loyalty_tier TEXT NOT NULL, registered_date TEXT NOT NULL
);
CREATE TABLE fact_trip (
  trip_key INTEGER PRIMARY KEY, route_key INTEGER NOT NULL REFERENCES dim_route (route_key), vessel_key INTEGER NOT NULL REFERENCES dim_vessel (vessel_key),
  departure_date_key INTEGER NOT NULL REFERENCES dim_date (date_key), departure_time TEXT NOT NULL, trip_status TEXT NOT NULL, cancel_reason TEXT,
  delay_min INTEGER, passengers_carried INTEGER, cars_carried INTEGER, fuel_litres INTEGER
);
CREATE TABLE fact_booking (
  booking_key INTEGER PRIMARY KEY, trip_key INTEGER NOT NULL REFERENCES fact_trip (trip_key), passenger_key INTEGER NOT NULL REFERENCES dim_passenger (passenger_key),
  booking_date_key INTEGER NOT NULL REFERENCES dim_date (date_key), channel TEXT NOT NULL, fare_class TEXT NOT NULL, seats INTEGER NOT NULL,
  with_car INTEGER NOT NULL, amount_eur REAL NOT NULL, booking_status TEXT NOT NULL
);
CREATE TABLE fact_maintenance (
  maintenance_key INTEGER PRIMARY KEY, vessel_key INTEGER NOT NULL REFERENCES dim_vessel (vessel_key), date_key INTEGER NOT NULL REFERENCES dim_date (date_key),
  work_type TEXT NOT NULL, shipyard TEXT NOT NULL, hours INTEGER, cost_eur REAL
);
