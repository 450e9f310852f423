-- The draws are a Lehmer sequence with a fixed seed (r * 48271 mod 2^31 - 1): the same rows on every load.
INSERT INTO OWNERS VALUES
  (1, 'Arden Estates', 'Y'), (2, 'Beatrix Lang', 'N'), (3, 'Corwin Hall', 'N'), (4, 'Delta Homes', 'Y'), (5, 'Esme Fraser', 'N'),
  (6, 'Fairview Trust', 'Y'), (7, 'Gil Navarro', 'N');
INSERT INTO AGENTS VALUES
  (1, 'Hilda Penn', '2014-02-03', 4.5), (2, 'Imran Qureshi', '2018-09-10', 4), (3, 'Jodie Reece', '2021-05-17', 3.75),
  (4, 'Kofi Amoah', '2024-10-01', 3.5), (5, 'Lottie Sims', '2026-09-21', 3);
INSERT INTO PROPERTIES VALUES
  (1, '12 Orchard Road', 'Bristol', 'house', 3, 96, 'N', 1450, 1, '2023-11-02'), (2, '4B Quay Street', 'Bristol', 'flat', 1, 44, 'Y', 925, 1, '2024-01-15'),
  (3, '77 Abbey Lane', 'Bath', 'house', 4, 132, 'N', 2100, 2, '2023-12-20'), (4, '9 Pump Court', 'Bath', 'studio', 0, 28, 'Y', 740, 3, '2024-03-08'),
  (5, '31 Castle View', 'Cardiff', 'flat', 2, 68, 'N', 1080, 4, '2024-02-19'), (6, '2 Dock Terrace', 'Cardiff', 'flat', 2, 71, 'Y', 1195, 4, '2024-05-27'),
  (7, '58 Meadow Way', 'Bristol', 'house', 5, 158, 'N', 2450, 1, '2024-07-01'), (8, '15 Tudor Close', 'Exeter', 'house', 3, 101, 'N', 1325, 5, '2024-06-11'),
  (9, '6A Fore Street', 'Exeter', 'flat', 1, NULL, 'Y', 810, 6, '2024-09-16'), (10, '40 Cathedral Yard', 'Exeter', 'studio', 0, 25, 'Y', 690, 6, '2025-01-22'),
  (11, '23 Royal Avenue', 'Bath', 'flat', 3, 88, 'N', 1625, 2, '2025-03-03'), (12, '1 Harbourside', 'Bristol', 'flat', 2, 74, 'Y', 1375, 6, '2025-06-30'),
  (13, '19 Park Grove', 'Cardiff', 'house', 4, 124, 'N', 1720, 4, '2025-08-18'), (14, '8 Canal Walk', 'Bristol', 'studio', 0, 31, 'Y', 780, 3, '2025-10-09'),
  (15, '5 Station Mews', 'Bath', 'flat', 1, 46, 'N', 960, 5, '2026-02-23'), (16, '66 Hill Rise', 'Cardiff', 'house', 3, NULL, 'N', 1390, 1, '2026-08-12'),
  (17, '3 Lantern Square', 'Exeter', 'flat', 2, 65, 'Y', 1040, 6, '2026-10-14'), (18, '29 Willow Bank', 'Bristol', 'house', 4, 119, 'N', 1890, 4, '2026-11-06');
INSERT INTO TENANTS VALUES
  (1, 'Maya Osborne', 'maya@example.org', 'nurse'), (2, 'Ned Barlow', 'ned@example.org', 'student'), (3, 'Oona Crane', NULL, 'teacher'),
  (4, 'Pavel Dvorak', 'pavel@example.org', 'engineer'), (5, 'Quentin East', 'q.east@example.org', NULL), (6, 'Renata Flor', 'renata@example.org', 'student'),
  (7, 'Sid Gorman', 'sid@example.org', 'chef'), (8, 'Thea Hobbs', 'thea@example.org', 'engineer'), (9, 'Umar Iqbal', NULL, 'driver'),
  (10, 'Vera Jansen', 'vera@example.org', 'nurse'), (11, 'Will Kemp', 'will@example.org', 'student'), (12, 'Xenia Lowe', 'xenia@example.org', 'lawyer'),
  (13, 'Yara Mendes', 'yara@example.org', 'teacher'), (14, 'Zack North', 'zack@example.org', NULL), (15, 'Alma Ortiz', 'alma@example.org', 'engineer'),
  (16, 'Bert Poole', NULL, 'retired'), (17, 'Cass Rudd', 'cass@example.org', 'student');
-- Properties 16 and up were never let, property 2 is empty again, tenants 16 and 17 have no lease, agent 5 has made none.
INSERT INTO LEASES VALUES
  (1, 1, 1, 1, '2024-02-01', '2025-01-31', 1400, 1600, 'ended'), (2, 2, 2, 1, '2024-03-01', '2024-12-31', 900, 1000, 'ended'),
  (3, 3, 4, 2, '2024-02-15', '2026-02-14', 2050, 2400, 'ended'), (4, 4, 3, 2, '2024-04-01', '2025-03-31', 720, 800, 'ended'),
  (5, 5, 5, 3, '2024-04-15', '2024-09-30', 1050, 1200, 'terminated'), (6, 6, 6, 3, '2024-07-01', '2025-06-30', 1195, 1300, 'ended'),
  (7, 7, 8, 1, '2024-08-01', NULL, 2400, 2800, 'active'), (8, 8, 7, NULL, '2024-07-15', '2025-07-14', 1300, 1500, 'ended'),
  (9, 9, 9, 2, '2024-10-15', '2025-04-30', 810, 900, 'terminated'), (10, 5, 10, 3, '2024-11-01', '2027-10-31', 1090, 1250, 'active'),
  (11, 2, 11, 4, '2025-01-15', '2025-11-30', 935, 1050, 'ended'), (12, 1, 12, 1, '2025-03-01', NULL, 1475, 1700, 'active'),
  (13, 10, 2, 4, '2025-02-15', '2026-02-14', 690, 750, 'ended'), (14, 11, 13, 2, '2025-04-01', '2027-03-31', 1600, 1850, 'active'),
  (15, 4, 14, NULL, '2025-05-01', '2026-04-30', 745, 850, 'ended'), (16, 9, 1, 3, '2025-06-01', '2026-12-31', 825, 900, 'active'),
  (17, 12, 15, 4, '2025-08-01', NULL, 1375, 1500, 'active'), (18, 6, 3, 2, '2025-08-15', '2026-08-14', 1210, 1350, 'ended'),
  (19, 8, 4, 1, '2025-09-01', '2026-03-15', 1340, 1550, 'terminated'), (20, 13, 7, 3, '2025-10-01', NULL, 1700, 2000, 'active'),
  (21, 14, 6, 4, '2025-12-01', '2026-11-30', 780, 850, 'active'), (22, 2, 9, 1, '2026-01-15', '2026-09-30', 950, 1100, 'ended'),
  (23, 10, 11, 4, '2026-03-15', '2027-03-14', 700, 775, 'active'), (24, 3, 5, NULL, '2026-04-01', NULL, 2150, 2500, 'active'),
  (25, 15, 14, 2, '2026-05-15', NULL, 960, 1100, 'active'), (26, 4, 2, 4, '2026-06-01', '2027-05-31', 760, 850, 'active'),
  (27, 8, 4, 3, '2026-05-01', NULL, 1350, 1550, 'active'), (28, 6, 10, 3, '2026-10-01', NULL, 1225, 1375, 'active');
-- Rent is paid once a month while a lease runs; now and then it comes late, and lease 27 has paid nothing in the last two months.
WITH RECURSIVE month (first) AS (SELECT '2024-02-01' UNION ALL SELECT date(first, '1 month') FROM month WHERE first < '2026-11-01')
INSERT INTO RENT_PAYMENTS
SELECT row_number() OVER (ORDER BY first, LEASE_ID), LEASE_ID, date(first, (late + LEASE_ID % 4) || ' days'), MONTHLY_RENT,
  CASE (LEASE_ID * 3) % 8 WHEN 0 THEN 'cash' WHEN 1 THEN 'card' WHEN 2 THEN 'card' ELSE 'bank transfer' END, iif(late > 0, 'Y', 'N')
FROM (
  SELECT LEASE_ID, MONTHLY_RENT, first, iif((LEASE_ID * 7 + strftime('%m', first) * 5 + strftime('%Y', first)) % 11 = 0, 8 + LEASE_ID % 9, 0) AS late
  FROM month JOIN LEASES ON date(START_DATE, 'start of month') <= first AND coalesce(END_DATE, '2026-11-30') > first
  WHERE NOT (LEASE_ID = 27 AND first >= '2026-10-01')
)
WHERE date(first, (late + LEASE_ID % 4) || ' days') <= '2026-11-22';
WITH RECURSIVE draw (n, r) AS (SELECT 1, 6502 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 75)
INSERT INTO REPAIRS
SELECT n, PROPERTY_ID, max(LISTED_DATE, date('2024-02-10', (r / 15 % 1005) || ' days')),
  CASE WHEN n % 9 = 4 AND r / 15 % 1005 > 700 THEN NULL ELSE min('2026-11-21', date(max(LISTED_DATE, date('2024-02-10', (r / 15 % 1005) || ' days')), (1 + r / 15075 % 30) || ' days')) END,
  CASE r / 452250 % 7 WHEN 0 THEN 'electrical' WHEN 1 THEN 'heating' WHEN 2 THEN 'heating' WHEN 3 THEN 'roof' WHEN 4 THEN 'appliance' ELSE 'plumbing' END,
  CASE WHEN n % 9 = 4 AND r / 15 % 1005 > 700 THEN NULL ELSE 40 + r / 77 % 520 * 1.25 END
FROM draw JOIN PROPERTIES ON PROPERTY_ID = 1 + r % 14;
