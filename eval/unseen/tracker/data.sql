-- The draws are a Lehmer sequence with a fixed seed (r * 48271 mod 2^31 - 1): the same rows on every load.
INSERT INTO teams VALUES (1, 'Platform', 'Dublin'), (2, 'Mobile', 'Lisbon'), (3, 'Growth', 'Dublin'), (4, 'Data', 'Austin'), (5, 'Security', 'Austin');
INSERT INTO users VALUES
  (1, 'Aoife Brennan', 'aoife@dev.example', 1, 'engineer', '2020-01-13 09:00:00', NULL),
  (2, 'Bilal Chaudhry', 'bilal@dev.example', 1, 'engineer', '2021-06-01 09:00:00', NULL),
  (3, 'Camila Rocha', 'camila@dev.example', 2, 'engineer', '2022-03-14 08:30:00', NULL),
  (4, 'Dirk Maes', 'dirk@dev.example', 2, 'designer', '2023-09-04 08:30:00', NULL),
  (5, 'Eun-ji Choi', 'eunji@dev.example', 3, 'product manager', '2019-11-18 10:00:00', NULL),
  (6, 'Farid Nasser', 'farid@dev.example', 3, 'engineer', '2024-05-27 09:15:00', '2026-08-31 17:00:00'),
  (7, 'Greta Olsen', 'greta@dev.example', 4, 'analyst', '2022-10-10 14:00:00', NULL),
  (8, 'Hiro Sato', 'hiro@dev.example', 4, 'engineer', '2025-02-03 15:00:00', NULL),
  (9, 'Ines Moura', 'ines@dev.example', 2, 'engineer', '2026-01-12 09:00:00', NULL),
  (10, 'Jack Doyle', 'jack@dev.example', 1, 'support', '2021-08-23 09:00:00', '2025-12-19 18:00:00'),
  (11, 'Kemi Adeyemi', 'kemi@dev.example', NULL, 'contractor', '2026-04-20 11:00:00', NULL),
  (12, 'Luca Ferri', 'luca@dev.example', 3, 'designer', '2026-10-05 09:00:00', NULL);
INSERT INTO projects VALUES
  (1, 'API', 'Public API', 1, 0), (2, 'APP', 'Mobile App', 3, 0), (3, 'WEB', 'Website Relaunch', 5, 0), (4, 'DWH', 'Data Warehouse', 7, 0),
  (5, 'OLD', 'Legacy Billing', 1, 1), (6, 'SEC', 'Single Sign-On', 2, 0);
INSERT INTO labels VALUES (1, 'regression'), (2, 'customer-request'), (3, 'tech-debt'), (4, 'performance'), (5, 'accessibility'), (6, 'documentation');
-- Project 6 has no issue, users 11 and 12 have none assigned, label 6 is on none.
WITH RECURSIVE draw (n, r) AS (SELECT 1, 86420 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 170),
  made AS (
    SELECT n, r, 1 + r % 5 AS project, r / 5 % 7 AS kind, r / 35 % 9 AS state, r / 315 % 10 AS weight,
      datetime('2024-03-04 08:00:00', (r / 3150 % 985) || ' days', (r / 64 % 600) || ' minutes') AS day, r / 128 AS q FROM draw
  )
INSERT INTO issues
SELECT n,
  CASE kind % 4 WHEN 0 THEN 'Crash when opening ' WHEN 1 THEN 'Slow response of ' WHEN 2 THEN 'Add support for ' ELSE 'Clean up ' END ||
  CASE q % 5 WHEN 0 THEN 'login' WHEN 1 THEN 'search' WHEN 2 THEN 'export' WHEN 3 THEN 'settings' ELSE 'reports' END || ' (' || n || ')',
  project, CASE WHEN kind < 3 THEN 'bug' WHEN kind < 5 THEN 'feature' ELSE 'task' END,
  CASE WHEN state > 3 OR project = 5 THEN iif(q % 8 = 0, 'wont fix', 'done') WHEN state = 0 THEN 'backlog' WHEN state = 1 THEN 'in review' ELSE 'in progress' END,
  CASE WHEN weight = 0 THEN 'critical' WHEN weight < 3 THEN 'high' WHEN weight < 8 THEN 'medium' ELSE 'low' END,
  1 + q / 40 % 10, CASE WHEN state = 0 OR q / 400 % 11 = 10 THEN NULL ELSE 1 + q / 400 % 11 END,
  CASE WHEN q / 5 % 4 = 0 THEN NULL WHEN q / 5 % 4 = 1 THEN 1 WHEN q / 5 % 4 = 2 THEN 3 ELSE 8 END,
  day, CASE WHEN state > 3 OR project = 5 THEN min(datetime(day, (1 + q / 7 % 45) || ' days', (q % 300) || ' minutes'), '2026-11-20 16:00:00') END
FROM made;
WITH RECURSIVE draw (n, r) AS (SELECT 1, 1357 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 280)
INSERT INTO comments
SELECT n, issues.id, 1 + r / 170 % 11, r / 1870 % 5 = 0, min(datetime(issues.createdAt, (r / 9350 % 30) || ' days', '35 minutes'), '2026-11-21 12:00:00')
FROM draw JOIN issues ON issues.id = 1 + r % 160;
INSERT INTO issueLabels
SELECT issues.id, labels.id FROM issues JOIN labels
WHERE labels.id < 6 AND (issues.id * 7919 + labels.id * 6151) % (3 + 2 * labels.id) = 0;
WITH RECURSIVE draw (n, r) AS (SELECT 1, 24680 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 300)
INSERT INTO worklogs
SELECT n, issues.id, coalesce(issues.assigneeId, 1 + r / 170 % 9), min(date(issues.createdAt, (r / 1530 % 40) || ' days'), '2026-11-20'), 15 * (1 + r / 61200 % 24)
FROM draw JOIN issues ON issues.id = 1 + r % 155;
