-- The draws are a Lehmer sequence with a fixed seed (r * 48271 mod 2^31 - 1): the same rows on every load.
INSERT INTO tbl_district VALUES
  (1, 'Altstadt', 12400), (2, 'Mill Lane', 8350), (3, 'Westhafen', 21900), (4, 'Birkenfeld', 5100), (5, 'Sonnenberg', 14750), (6, 'Neuland', 900);
INSERT INTO tbl_customer VALUES
  (1, 'Adler Brewery', 'industrial', 3, '1998-05-01', 'office@adler.example'), (2, 'Anna Berger', 'residential', 1, '2010-03-15', 'anna@example.org'),
  (3, 'Bakery Huber', 'commercial', 1, '2005-09-01', 'huber@example.org'), (4, 'Carl Dietz', 'residential', 2, '2014-07-20', NULL),
  (5, 'Doris Ebner', 'residential', 2, '2019-11-05', 'doris@example.org'), (6, 'Eastside Laundry', 'commercial', 3, '2012-02-10', NULL),
  (7, 'Fritz Gruber', 'residential', 5, '2008-08-08', 'fritz@example.org'), (8, 'Galvano Works', 'industrial', 3, '1989-01-01', 'info@galvano.example'),
  (9, 'Hotel Krone', 'commercial', 1, '2001-06-30', 'krone@example.org'), (10, 'Ida Jung', 'residential', 4, '2021-04-12', NULL),
  (11, 'Jan Kowalski', 'residential', 5, '2025-02-01', 'jan@example.org'), (12, 'Klara Lenz', 'residential', 4, '2016-10-10', 'klara@example.org'),
  (13, 'Linden School', 'commercial', 5, '1995-09-01', 'school@linden.example'), (14, 'Max Ortner', 'residential', 3, '2013-12-01', NULL),
  (15, 'Nina Pohl', 'residential', 1, '2026-01-15', 'nina@example.org'), (16, 'Otto Reiter', 'residential', 2, '2003-03-03', 'otto@example.org'),
  (17, 'Paper Mill South', 'industrial', 5, '1978-04-01', 'mill@south.example'), (18, 'Rita Seidl', 'residential', 5, '2018-06-18', 'rita@example.org'),
  (19, 'Stefan Thaler', 'residential', 4, '2026-08-20', NULL), (20, 'Ulla Vogt', 'residential', 3, '2026-11-09', 'ulla@example.org');
-- A meter a customer, a second one for the industrial customers, an old one that customer 3 had replaced; customer 20 has none yet.
INSERT INTO tbl_meter
SELECT customer_id, customer_id, 'WM-' || (4000 + customer_id * 37), customer_id % 3 = 0 OR connected_since > '2020-01-01',
  max(connected_since, date('2015-01-10', (customer_id * 61) || ' days')), NULL
FROM tbl_customer WHERE customer_id < 20;
INSERT INTO tbl_meter VALUES
  (20, 1, 'WM-9001', 1, '2022-05-05', NULL), (21, 8, 'WM-9002', 0, '2011-03-12', NULL), (22, 17, 'WM-9003', 1, '2024-02-20', NULL),
  (23, 3, 'WM-1177', 1, '2005-09-01', '2015-07-12');
-- A reading every quarter from 2024 on; every seventh is estimated.
WITH quarter (q, day) AS (
  VALUES (0, '2024-03-31'), (1, '2024-06-30'), (2, '2024-09-30'), (3, '2024-12-31'), (4, '2025-03-31'), (5, '2025-06-30'),
    (6, '2025-09-30'), (7, '2025-12-31'), (8, '2026-03-31'), (9, '2026-06-30'), (10, '2026-09-30')
)
INSERT INTO tbl_reading
SELECT row_number() OVER (ORDER BY q, meter_id), meter_id, day,
  CASE customer_type WHEN 'industrial' THEN 900 WHEN 'commercial' THEN 140 ELSE 22 END
    + (meter_id * 7919 + q * 104729 + q * meter_id * 31) % 97 * CASE customer_type WHEN 'industrial' THEN 4 WHEN 'commercial' THEN 1 ELSE 0.25 END,
  (meter_id * 5 + q * 3) % 7 = 0
FROM quarter JOIN tbl_meter ON installed_on < day AND removed_on IS NULL JOIN tbl_customer USING (customer_id);
-- An invoice follows a reading within the month.
INSERT INTO tbl_invoice
SELECT row_number() OVER (ORDER BY day, customer_id), customer_id, date(day, (5 + customer_id % 9) || ' days'), date(day, (26 + customer_id % 9) || ' days'),
  amount, CASE WHEN void THEN 'void' WHEN paid IS NOT NULL THEN 'paid' WHEN date(day, (26 + customer_id % 9) || ' days') < '2026-11-22' THEN 'overdue' ELSE 'open' END,
  iif(void, NULL, paid)
FROM (
  SELECT customer_id, reading_date AS day, round(SUM(consumption_m3) * 1.75, 2) AS amount, SUM(meter_id * 13 + reading_id) % 29 = 3 AS void,
    CASE WHEN SUM(reading_id * 11) % 13 = 0 OR (reading_date >= '2026-09-01' AND customer_id % 4 = 1) THEN NULL
      ELSE date(reading_date, (9 + SUM(reading_id * 17) % 30) || ' days') END AS paid
  FROM tbl_reading JOIN tbl_meter USING (meter_id) GROUP BY customer_id, reading_date
);
INSERT INTO tbl_invoice VALUES
  (901, 15, '2026-11-16', '2026-12-07', 48.5, 'open', NULL), (902, 2, '2026-11-18', '2026-12-09', 31.25, 'open', NULL),
  (903, 9, '2026-11-18', '2026-12-09', 212.75, 'open', NULL), (904, 12, '2026-11-19', '2026-11-20', 18.0, 'paid', '2026-11-20');
WITH RECURSIVE draw (n, r) AS (SELECT 1, 31337 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 64)
INSERT INTO tbl_leak
SELECT n, 1 + r % 5 * (1 + r / 5 % 2) % 5, date('2024-01-20', (r / 10 % 1030) || ' days'),
  CASE WHEN date('2024-01-20', (r / 10 % 1030 + r / 10300 % 25) || ' days') > '2026-11-01' OR n IN (9, 41) THEN NULL
    ELSE date('2024-01-20', (r / 10 % 1030 + r / 10300 % 25) || ' days') END,
  CASE r / 257500 % 6 WHEN 0 THEN 'high' WHEN 1 THEN 'medium' WHEN 2 THEN 'medium' ELSE 'low' END,
  iif(r / 33 % 6 = 0, NULL, 5 + r / 10 % 400)
FROM draw;
