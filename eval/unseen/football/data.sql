-- The draws are a Lehmer sequence with a fixed seed (r * 48271 mod 2^31 - 1): the same rows on every load.
INSERT INTO stadium VALUES
  (1, 'Harbour Park', 'Port Ellis', 31200, 0), (2, 'Volta Arena', 'Granby', 45000, 1), (3, 'Mill Road', 'Granby', 18750, 0),
  (4, 'The Quarry', 'Stonebridge', 24300, 0), (5, 'Lakeside', 'Merrow', 27600, 1), (6, 'Castle Field', 'Oldham Cross', 12900, 0),
  (7, 'Dune Stadium', 'Sandholm', 21500, 0), (8, 'National Dome', 'Port Ellis', 68000, 1);
INSERT INTO team VALUES
  (1, 'Port Ellis Rovers', 1893, 1, 'Marek Dusan'), (2, 'Granby City', 1901, 2, 'Paolo Greco'), (3, 'Granby Athletic', 1924, 3, 'Sven Lund'),
  (4, 'Stonebridge Town', 1888, 4, 'Ian McKay'), (5, 'Merrow United', 1912, 5, NULL), (6, 'Oldham Cross', 1930, 6, 'Joao Pires'),
  (7, 'Sandholm Stars', 1999, 7, 'Karin Holt');
-- Five players a team, in the order goalkeeper, defender, midfielder, forward, forward; the last two have no team.
INSERT INTO player VALUES
  (1, 'Tom Reyes', 1, 'goalkeeper', 'Spain', '1994-02-01', 6.5, 0), (2, 'Luke Marsh', 1, 'defender', 'England', '1998-07-12', 9.0, 0),
  (3, 'Jonas Weber', 1, 'midfielder', 'Germany', '2001-03-30', 18.5, 1), (4, 'Ade Bello', 1, 'forward', 'Nigeria', '1999-11-09', 27.0, 0),
  (5, 'Rui Matos', 1, 'forward', 'Portugal', '2004-05-22', 12.0, 0), (6, 'Petr Hanak', 2, 'goalkeeper', 'Czechia', '1990-08-17', 3.0, 0),
  (7, 'Carl Osei', 2, 'defender', 'Ghana', '1997-01-05', 15.0, 0), (8, 'Leo Bianchi', 2, 'midfielder', 'Italy', '1996-06-06', 32.5, 0),
  (9, 'Max Keller', 2, 'forward', 'Germany', '2000-10-28', 48.0, 0), (10, 'Sami Aydin', 2, 'forward', 'Turkey', '1993-04-14', 8.5, 1),
  (11, 'Owen Pratt', 3, 'goalkeeper', 'England', '1999-12-02', 4.0, 0), (12, 'Noah Lind', 3, 'defender', 'Sweden', '2003-09-19', NULL, 0),
  (13, 'Eli Grant', 3, 'midfielder', 'England', '1995-05-27', 5.5, 0), (14, 'Diego Luna', 3, 'forward', 'Argentina', '2002-02-08', 14.0, 0),
  (15, 'Kit Barlow', 3, 'forward', 'England', '2006-01-31', NULL, 0), (16, 'Ryan Shaw', 4, 'goalkeeper', 'England', '1992-03-13', 2.5, 1),
  (17, 'Ivo Petkov', 4, 'defender', 'Bulgaria', '1994-10-10', 3.5, 0), (18, 'Finn Daly', 4, 'midfielder', 'Ireland', '2000-07-01', 11.0, 0),
  (19, 'Marc Dupuis', 4, 'forward', 'France', '1998-08-23', 16.5, 0), (20, 'Yusuf Diallo', 4, 'forward', 'Senegal', '2001-12-15', 21.0, 0),
  (21, 'Emil Krag', 5, 'goalkeeper', 'Denmark', '1997-06-18', 7.0, 0), (22, 'Joe Tanner', 5, 'defender', 'England', '1991-11-25', 1.5, 0),
  (23, 'Ken Mori', 5, 'midfielder', 'Japan', '1999-04-04', 13.5, 0), (24, 'Luis Prado', 5, 'forward', 'Spain', '2003-03-17', 24.0, 1),
  (25, 'Adam Wolf', 5, 'forward', 'Germany', '1996-09-29', 10.0, 0), (26, 'Gus Hart', 6, 'goalkeeper', 'Wales', '1993-01-20', 1.0, 0),
  (27, 'Bo Nyman', 6, 'defender', 'Sweden', '1995-08-11', 2.0, 0), (28, 'Sean Byrne', 6, 'midfielder', 'Ireland', '1998-02-26', 4.5, 0),
  (29, 'Paul Okoro', 6, 'forward', 'Nigeria', '2002-06-14', 7.5, 0), (30, 'Tim Rusk', 6, 'forward', 'England', '1990-12-07', NULL, 1),
  (31, 'Nils Aas', 7, 'goalkeeper', 'Norway', '2000-05-05', 5.0, 0), (32, 'Hugo Blanc', 7, 'defender', 'France', '1999-01-16', 8.0, 0),
  (33, 'Teo Ricci', 7, 'midfielder', 'Italy', '2005-10-03', 9.5, 0), (34, 'Ben Ostrom', 7, 'forward', 'Sweden', '1997-03-08', 12.5, 0),
  (35, 'Kofi Mensah', 7, 'forward', 'Ghana', '2004-07-21', 17.0, 0), (36, 'Dan Lowry', NULL, 'midfielder', 'Scotland', '1989-09-09', NULL, 0),
  (37, 'Max Vidal', NULL, 'forward', 'Spain', '1991-02-13', 0.5, 1);
INSERT INTO referee VALUES
  (1, 'Alan Birch', 2008), (2, 'Bettina Frey', 2015), (3, 'Colm Reid', 2012), (4, 'Dana Ilic', 2020), (5, 'Erik Moe', 2026);
-- Everybody meets everybody twice a season; what would be after 2026-11-22 is still to be played, four were postponed.
WITH season (s, name, start) AS (VALUES (0, '2024/25', '2024-08-10'), (1, '2025/26', '2025-08-09'), (2, '2026/27', '2026-08-08')),
  pair AS (
    SELECT name, row_number() OVER (ORDER BY s, (h.team_id * 5 + a.team_id * 3) % 14, h.team_id, a.team_id) AS n, s,
      date(start, ((h.team_id * 5 + a.team_id * 3) % 14 * 21 + (h.team_id + a.team_id) % 3) || ' days') AS day, h.team_id AS home, a.team_id AS away,
      (h.team_id * 7919 + a.team_id * 104729 + s * 15485863 + h.team_id * a.team_id * 1299709) % 100003 AS r
    FROM season JOIN team AS h JOIN team AS a ON a.team_id <> h.team_id
  )
INSERT INTO fixture
SELECT n, name, day, home, away,
  CASE WHEN day <= '2026-11-22' AND n NOT IN (17, 38, 59, 91) THEN min(4, r % 9 * (r / 9 % 4) % 6) END,
  CASE WHEN day <= '2026-11-22' AND n NOT IN (17, 38, 59, 91) THEN min(4, r / 36 % 7 * (r / 252 % 3) % 5) END,
  CASE WHEN day <= '2026-11-22' AND n NOT IN (17, 38, 59, 91) THEN (SELECT capacity FROM team JOIN stadium USING (stadium_id) WHERE team_id = home) * (52 + r / 7 % 48) / 100 END,
  CASE WHEN day <= '2026-11-22' THEN 1 + r / 11 % 4 END,
  CASE WHEN day > '2026-11-22' THEN 'scheduled' WHEN n IN (17, 38, 59, 91) THEN 'postponed' ELSE 'played' END
FROM pair;
-- A goal for each of the score; the scorer is one of the last four of the team's five, forwards more often.
WITH RECURSIVE nth (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM nth WHERE k < 4),
  scored AS (
    SELECT fixture_id, home_team_id AS team, k, 0 AS side FROM fixture JOIN nth ON k <= home_goals
    UNION ALL
    SELECT fixture_id, away_team_id, k, 1 FROM fixture JOIN nth ON k <= away_goals
  )
INSERT INTO goal
SELECT row_number() OVER (ORDER BY fixture_id, side, k), fixture_id,
  (team - 1) * 5 + CASE (fixture_id * 53 + k * 17 + side * 29) % 8 WHEN 0 THEN 2 WHEN 1 THEN 3 WHEN 2 THEN 3 WHEN 3 THEN 5 WHEN 4 THEN 5 ELSE 4 END,
  1 + (fixture_id * 37 + k * 23 + side * 11) % 90, (fixture_id * 3 + k * 5 + side) % 11 = 0
FROM scored;
INSERT INTO transfer VALUES
  (1, 9, 3, 2, '2024-07-03', 22.5), (2, 20, 6, 4, '2024-07-19', 9.0), (3, 24, 1, 5, '2024-08-30', 16.0), (4, 35, NULL, 7, '2025-01-14', 4.5),
  (5, 8, 5, 2, '2025-06-30', 28.0), (6, 13, 2, 3, '2025-07-08', NULL), (7, 4, 7, 1, '2025-07-21', 19.5), (8, 29, 4, 6, '2025-08-12', 3.0),
  (9, 36, 5, NULL, '2026-01-31', NULL), (10, 37, 2, NULL, '2026-06-30', NULL), (11, 14, 1, 3, '2026-07-02', 11.0), (12, 33, 3, 7, '2026-07-15', 6.5),
  (13, 23, 4, 5, '2026-08-01', 12.5), (14, 10, 6, 2, '2026-08-27', 5.0), (15, 19, 2, 4, '2026-08-31', 14.0);
