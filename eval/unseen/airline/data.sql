-- The draws are a Lehmer sequence with a fixed seed (r * 48271 mod 2^31 - 1): the same rows on every load.
INSERT INTO dim_airport VALUES
  (1, 'LHR', 'London Heathrow', 'London', 'United Kingdom', 2), (2, 'LGW', 'London Gatwick', 'London', 'United Kingdom', 1),
  (3, 'CDG', 'Paris Charles de Gaulle', 'Paris', 'France', 4), (4, 'MAD', 'Madrid Barajas', 'Madrid', 'Spain', 4),
  (5, 'FCO', 'Rome Fiumicino', 'Rome', 'Italy', 3), (6, 'ATH', 'Athens Eleftherios Venizelos', 'Athens', 'Greece', 2),
  (7, 'ARN', 'Stockholm Arlanda', 'Stockholm', 'Sweden', 3), (8, 'NCE', 'Nice Cote d''Azur', 'Nice', 'France', 2),
  (9, 'BCN', 'Barcelona El Prat', 'Barcelona', 'Spain', 3), (10, 'KEF', 'Keflavik', 'Reykjavik', 'Iceland', 2);
INSERT INTO dim_aircraft VALUES
  (1, 'G-ALFA', 'A320', 'Airbus', 180, '2012-04-12', NULL), (2, 'G-BRVO', 'A320', 'Airbus', 180, '2016-10-01', NULL),
  (3, 'G-CHLE', 'A321', 'Airbus', 220, '2019-03-25', NULL), (4, 'G-DLTA', '737-800', 'Boeing', 189, '2009-06-18', NULL),
  (5, 'G-ECHO', '737 MAX 8', 'Boeing', 178, '2022-11-30', NULL), (6, 'G-FXTR', 'E195', 'Embraer', 124, '2015-02-09', NULL),
  (7, 'G-GOLF', '737-700', 'Boeing', 137, '2003-08-21', '2025-03-31'), (8, 'G-HOTL', 'A220', 'Airbus', 140, '2026-09-01', NULL);
INSERT INTO dim_pilot VALUES
  (1, 'Marta Silva', 'captain', 1, '2027-05-31'), (2, 'Owen Price', 'captain', 1, '2026-12-31'), (3, 'Yuki Tanaka', 'captain', 3, '2028-02-29'),
  (4, 'Lars Eklund', 'captain', 7, '2026-10-31'), (5, 'Nadia Haddad', 'captain', 3, '2027-09-30'), (6, 'Peter Voss', 'first officer', 1, '2027-01-31'),
  (7, 'Rania Saab', 'first officer', 7, '2028-06-30'), (8, 'Greg Nolan', 'captain', 2, '2027-11-30'), (9, 'Silvia Conti', 'captain', 5, '2027-03-31');
-- KEF was never flown to or from, aircraft 8 and pilots 6, 7 and 9 never flew; aircraft 7 flew until it was retired.
WITH RECURSIVE draw (n, r) AS (SELECT 1, 777 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 180),
  leg AS (
    SELECT n, r, 1 + r % 9 * (r / 9 % 3) % 9 AS origin, r / 27 % 8 AS step, date('2024-02-01', (r / 216 % 1020) || ' days') AS day,
      r / 220320 AS q FROM draw
  )
INSERT INTO fact_flight
SELECT n, 'SK' || (100 + origin * 10 + (origin + step) % 9), origin, 1 + (origin + step) % 9,
  CASE WHEN q % 7 = 6 AND day > '2025-03-31' THEN 1 + n % 6 ELSE 1 + q % 7 END,
  CASE q / 7 % 6 WHEN 5 THEN 8 ELSE 1 + q / 7 % 6 END, day, 350 + (origin * (origin + step) * 97) % 2300,
  CASE WHEN r / 31 % 14 = 0 THEN NULL WHEN r / 31 % 3 = 0 THEN 0 ELSE r / 93 % 95 END, r / 31 % 14 = 0
FROM leg WHERE 1 + (origin + step) % 9 <> origin;
WITH RECURSIVE draw (n, r) AS (SELECT 1, 90210 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 340)
INSERT INTO fact_booking
SELECT n, flight_key,
  CASE r / 180 % 8 WHEN 0 THEN 'Ana' WHEN 1 THEN 'Boris' WHEN 2 THEN 'Celia' WHEN 3 THEN 'Dev' WHEN 4 THEN 'Eva' WHEN 5 THEN 'Finn'
    WHEN 6 THEN 'Gita' ELSE 'Hal' END || ' ' ||
  CASE r / 1440 % 6 WHEN 0 THEN 'Abbott' WHEN 1 THEN 'Bauer' WHEN 2 THEN 'Castro' WHEN 3 THEN 'Dubois' WHEN 4 THEN 'Ekman' ELSE 'Ferri' END,
  CASE r / 8640 % 8 WHEN 0 THEN 'business' WHEN 1 THEN 'premium' WHEN 2 THEN 'premium' ELSE 'economy' END,
  CASE r / 69120 % 5 WHEN 0 THEN 'call centre' WHEN 1 THEN 'agency' WHEN 2 THEN 'agency' ELSE 'website' END,
  date(departure_date, -(1 + r / 345600 % 80) || ' days'),
  CASE r / 8640 % 8 WHEN 0 THEN 320 WHEN 1 THEN 150 WHEN 2 THEN 150 ELSE 45 END + r / 64 % 240 * 0.5,
  r / 128 % 3, NOT is_cancelled AND r / 512 % 15 = 0
FROM draw JOIN fact_flight ON flight_key = 1 + r % 180;
