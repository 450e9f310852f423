-- The draws are a Lehmer sequence with a fixed seed (r * 48271 mod 2^31 - 1): the same rows on every load.
INSERT INTO wards VALUES
  (1, 'Cardiology', 3, 24, 0), (2, 'Orthopaedics', 2, 30, 0), (3, 'Maternity', 4, 18, 0), (4, 'Medical ICU', 1, 8, 1),
  (5, 'Surgical ICU', 1, 10, 1), (6, 'Geriatrics', 5, 28, 0), (7, 'Oncology', 3, 20, 0), (8, 'Burns', 2, 6, 0);
INSERT INTO doctors VALUES
  (1, 'Amara Okafor', 'Cardiology', '2011-03-01', 1), (2, 'Ben Hartley', 'Cardiology', '2019-09-15', 0),
  (3, 'Chiara Rossi', 'Orthopaedics', '2008-06-01', 1), (4, 'Daniel Weiss', 'Orthopaedics', '2022-02-01', 0),
  (5, 'Elif Demir', 'Obstetrics', '2015-11-01', 1), (6, 'Fergus Doyle', 'Intensive care', '2013-01-07', 1),
  (7, 'Grace Lim', 'Intensive care', '2021-08-16', 0), (8, 'Hugo Martins', 'Geriatrics', '2017-05-02', 1),
  (9, 'Ingrid Holm', 'Oncology', '2010-10-04', 1), (10, 'Jonas Brandt', 'Oncology', '2024-04-01', 0),
  (11, 'Kavya Nair', 'General surgery', '2026-02-02', 0), (12, 'Liam Foster', 'General surgery', '2026-10-05', 0);
INSERT INTO patients VALUES
  (1, 'Agnes Moore', 'F', '1941-02-11', 'Leeds', 'O+', '2012-05-03'), (2, 'Ahmed Said', 'M', '1988-07-30', 'Bradford', 'A+', '2019-01-12'),
  (3, 'Alice Brown', 'F', '1993-12-05', 'Leeds', 'B-', '2021-03-22'), (4, 'Bruno Costa', 'M', '1975-04-18', 'York', NULL, '2023-08-09'),
  (5, 'Carys Evans', 'F', '1999-09-27', 'Leeds', 'AB+', '2024-02-14'), (6, 'Clive Turner', 'M', '1936-06-02', 'Harrogate', 'O-', '2010-10-10'),
  (7, 'Dora Klein', 'F', '1958-01-21', 'York', 'A-', '2017-07-07'), (8, 'Edwin Shaw', 'M', '1949-11-13', 'Leeds', 'O+', '2014-04-04'),
  (9, 'Esther Ward', 'F', '1967-08-08', 'Wakefield', 'O+', '2020-12-01'), (10, 'Farah Aziz', 'F', '1996-05-25', 'Bradford', NULL, '2025-06-18'),
  (11, 'Frank Dunn', 'M', '1952-03-03', 'Leeds', 'A+', '2011-09-29'), (12, 'Gloria Pike', 'F', '1944-10-30', 'Harrogate', 'B+', '2013-02-20'),
  (13, 'Harold Finch', 'M', '1939-12-24', 'Leeds', 'A+', '2009-01-15'), (14, 'Hana Suzuki', 'F', '1990-06-16', 'York', 'O+', '2025-01-30'),
  (15, 'Ivan Petrov', 'M', '1981-02-28', 'Leeds', 'B+', '2022-11-11'), (16, 'Jane Lowe', 'F', '1972-07-19', 'Wakefield', 'A+', '2018-05-05'),
  (17, 'Karl Jensen', 'M', '1963-09-01', 'Bradford', NULL, '2016-06-06'), (18, 'Lena Vogel', 'F', '1985-04-07', 'Leeds', 'O-', '2026-01-19'),
  (19, 'Mary Quinn', 'F', '1947-05-12', 'York', 'AB-', '2015-03-17'), (20, 'Nathan Cole', 'M', '2001-10-22', 'Leeds', 'O+', '2026-03-02'),
  (21, 'Olga Ivanova', 'F', '1955-08-15', 'Bradford', 'A-', '2020-02-02'), (22, 'Paul Simms', 'M', '1978-01-09', 'Harrogate', 'O+', '2024-07-21'),
  (23, 'Queenie Marsh', 'F', '1933-03-29', 'Leeds', 'A+', '2008-08-08'), (24, 'Ravi Menon', 'M', '1969-06-11', 'Wakefield', 'B+', '2021-10-13'),
  (25, 'Sofia Lund', 'F', '1997-11-02', 'Leeds', NULL, '2026-05-27'), (26, 'Tom Archer', 'M', '1984-12-12', 'York', 'O+', '2026-09-09'),
  (27, 'Una Kelly', 'F', '1960-02-17', 'Bradford', 'AB+', '2026-08-04'), (28, 'Victor Hale', 'M', '1951-07-05', 'Leeds', 'O+', '2026-11-10');
INSERT INTO drugs VALUES
  (1, 'Paracetamol', 'Norden Pharma', 0.5, 0), (2, 'Ibuprofen', 'Norden Pharma', 0.75, 0), (3, 'Morphine', 'Calder Labs', 6.25, 1),
  (4, 'Furosemide', 'Astrid Health', 1.5, 0), (5, 'Heparin', 'Calder Labs', 9.75, 0), (6, 'Amoxicillin', 'Astrid Health', 2.25, 0),
  (7, 'Fentanyl', 'Calder Labs', 11.5, 1), (8, 'Metformin', 'Norden Pharma', 1.25, 0), (9, 'Diazepam', 'Astrid Health', 3.5, 1),
  (10, 'Warfarin', 'Norden Pharma', 2.0, 0);
-- Patients 25 and up were never admitted, ward 8 and doctor 12 never had anybody, drug 10 was never prescribed.
WITH RECURSIVE draw (n, r) AS (SELECT 1, 20261122 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 150)
INSERT INTO admissions
SELECT n,
  CASE WHEN r / 24 % 7 <> 2 THEN 1 + r % 24 WHEN r % 5 < 2 THEN 3 + r % 5 * 2 ELSE 2 + r % 5 * 4 END, 1 + r / 24 % 7,
  CASE r / 24 % 7 WHEN 0 THEN 1 + r / 168 % 2 WHEN 1 THEN 3 + r / 168 % 2 WHEN 2 THEN 5 WHEN 3 THEN 6 + r / 168 % 2
    WHEN 4 THEN 6 + r / 168 % 2 WHEN 5 THEN 8 ELSE 9 + r / 168 % 2 END,
  CASE WHEN r / 336 % 3 = 0 THEN NULL ELSE 1 + r / 1008 % 11 END,
  date('2024-01-08', (r / 11088 % 1030) || ' days'),
  date('2024-01-08', (r / 11088 % 1030 + r / 7 % 13) || ' days'),
  CASE r / 24 % 7 WHEN 0 THEN iif(r % 2, 'Heart failure', 'Arrhythmia') WHEN 1 THEN iif(r % 3, 'Hip fracture', 'Knee injury')
    WHEN 2 THEN 'Childbirth' WHEN 3 THEN iif(r % 2, 'Pneumonia', 'Sepsis') WHEN 4 THEN iif(r % 2, 'Trauma', 'Sepsis')
    WHEN 5 THEN iif(r % 3, 'Pneumonia', 'Dementia') ELSE 'Lymphoma' END,
  CASE WHEN r / 13 % 12 = 0 AND r / 24 % 7 <> 2 THEN 'deceased' WHEN r / 13 % 5 = 1 THEN 'transferred' ELSE 'recovered' END
FROM draw;
-- Still in hospital on 2026-11-22.
INSERT INTO admissions VALUES
  (151, 3, 3, 5, NULL, '2026-11-19', NULL, 'Childbirth', NULL), (152, 13, 6, 8, 1, '2026-11-12', NULL, 'Pneumonia', NULL),
  (153, 23, 6, 8, 11, '2026-11-15', NULL, 'Dementia', NULL), (154, 11, 1, 1, 8, '2026-11-17', NULL, 'Heart failure', NULL),
  (155, 24, 4, 6, NULL, '2026-11-20', NULL, 'Sepsis', NULL), (156, 7, 7, 9, 3, '2026-11-03', NULL, 'Lymphoma', NULL),
  (157, 16, 2, 4, 11, '2026-11-18', NULL, 'Hip fracture', NULL), (158, 19, 6, 8, NULL, '2026-10-28', NULL, 'Dementia', NULL);
WITH RECURSIVE draw (n, r) AS (SELECT 1, 4711 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 260)
INSERT INTO prescriptions
SELECT n, admissions.id, 1 + r / 158 % 9 * (r / 1422 % 4) % 9, date(admissions.admitted_on, (r / 5688 % 2) || ' days'),
  (1 + r / 11376 % 8) * 125, 1 + r / 91008 % 10
FROM draw JOIN admissions ON admissions.id = 1 + r % 158;
