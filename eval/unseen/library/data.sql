-- The draws are a Lehmer sequence with a fixed seed (r * 48271 mod 2^31 - 1): the same rows on every load.
INSERT INTO Branch VALUES
  (1, 'Central', 'Old Town', '1968-04-01'), (2, 'Riverside', 'Harbour', '1985-09-12'), (3, 'Northgate', 'Northgate', '2003-05-20'),
  (4, 'Hillcrest', 'Hillcrest', '1999-01-11'), (5, 'Dockside', 'Harbour', '2026-06-15');
INSERT INTO Author VALUES
  (1, 'Ursula K. Le Guin', 'American', 1929), (2, 'Haruki Murakami', 'Japanese', 1949), (3, 'Agatha Christie', 'British', 1890),
  (4, 'Gabriel García Márquez', 'Colombian', 1927), (5, 'Chimamanda Ngozi Adichie', 'Nigerian', 1977), (6, 'Terry Pratchett', 'British', 1948),
  (7, 'Astrid Lindgren', 'Swedish', 1907), (8, 'Isabel Allende', 'Chilean', 1942), (9, 'Elena Ferrante', 'Italian', NULL),
  (10, 'Mary Beard', 'British', 1955), (11, 'Octavia E. Butler', 'American', 1947), (12, 'W. G. Sebald', 'German', 1944);
INSERT INTO Book VALUES
  (1, 'The Left Hand of Darkness', 1, 'Science fiction', 'English', 1969, 304), (2, 'A Wizard of Earthsea', 1, 'Fantasy', 'English', 1968, 205),
  (3, 'Norwegian Wood', 2, 'Novel', 'English', 1987, 296), (4, 'Kafka on the Shore', 2, 'Novel', 'English', 2002, 505),
  (5, 'Murder on the Orient Express', 3, 'Crime', 'English', 1934, 256), (6, 'And Then There Were None', 3, 'Crime', 'English', 1939, 272),
  (7, 'The Body in the Library', 3, 'Crime', 'English', 1942, 224), (8, 'Cien años de soledad', 4, 'Novel', 'Spanish', 1967, 471),
  (9, 'Americanah', 5, 'Novel', 'English', 2013, 477), (10, 'Half of a Yellow Sun', 5, 'Novel', 'English', 2006, 433),
  (11, 'Guards! Guards!', 6, 'Fantasy', 'English', 1989, 288), (12, 'Mort', 6, 'Fantasy', 'English', 1987, 243),
  (13, 'Small Gods', 6, 'Fantasy', 'English', 1992, NULL), (14, 'Pippi Longstocking', 7, 'Children', 'English', 1945, 160),
  (15, 'Ronja rövardotter', 7, 'Children', 'Swedish', 1981, 235), (16, 'La casa de los espíritus', 8, 'Novel', 'Spanish', 1982, 448),
  (17, 'My Brilliant Friend', 9, 'Novel', 'English', 2011, 331), (18, 'SPQR', 10, 'History', 'English', 2015, 608),
  (19, 'Kindred', 11, 'Science fiction', 'English', 1979, 264), (20, 'Parable of the Sower', 11, 'Science fiction', 'English', 1993, 345),
  (21, 'Emperor of Rome', 10, 'History', 'English', 2023, 512), (22, 'Violeta', 8, 'Novel', 'Spanish', 2022, NULL), (23, 'Underground', 2, 'History', 'English', 1997, 366);
-- Books 22 and 23 have no copy, branch 5 has copies only from 2026 on.
WITH RECURSIVE draw (n, r) AS (SELECT 1, 1009 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 70)
INSERT INTO BookCopy
SELECT n, 1 + r % 21, iif(n > 64, 5, 1 + r / 21 % 4 * (1 + r / 84 % 2) % 4),
  CASE r / 168 % 8 WHEN 0 THEN 'damaged' WHEN 1 THEN 'worn' WHEN 2 THEN 'worn' WHEN 3 THEN 'new' ELSE 'good' END,
  iif(n > 64, date('2026-06-20', (n % 7) || ' days'), date('2015-02-03', (r / 1344 % 3900) || ' days')),
  iif(r / 11 % 9 = 0, NULL, 5 + r / 1344 % 60 * 0.5)
FROM draw;
INSERT INTO Member VALUES
  (1, 'Abigail Stone', 'abi.stone@example.org', 'Adult', 1, '2016-03-14'), (2, 'Barnaby Cook', NULL, 'Senior', 1, '2009-10-02'),
  (3, 'Cleo Baptiste', 'cleo.b@example.org', 'Student', 2, '2024-09-18'), (4, 'Dmitri Orlov', 'dmitri@example.org', 'Adult', 2, '2021-01-25'),
  (5, 'Elsie Tran', NULL, 'Junior', 3, '2023-06-30'), (6, 'Felix Brauer', 'felix.brauer@example.org', 'Student', 1, '2025-09-22'),
  (7, 'Gwen Parry', 'gwen@example.org', 'Senior', 4, '2012-12-05'), (8, 'Hassan Malik', 'h.malik@example.org', 'Adult', 3, '2019-07-19'),
  (9, 'Iris Novotna', 'iris.n@example.org', 'Student', 1, '2026-02-11'), (10, 'Jasper Lee', NULL, 'Junior', 4, '2025-04-08'),
  (11, 'Keira Walsh', 'keira.walsh@example.org', 'Adult', 1, '2022-08-27'), (12, 'Leopold Gray', 'leo.gray@example.org', 'Senior', 2, '2018-05-16'),
  (13, 'Mina Park', 'mina@example.org', 'Student', 3, '2026-09-14'), (14, 'Noel Baker', NULL, 'Adult', 4, '2026-10-20'),
  (15, 'Opal James', 'opal.j@example.org', 'Junior', 1, '2026-11-03'), (16, 'Piotr Zielinski', 'piotr.z@example.org', 'Adult', 2, '2017-11-29'),
  (17, 'Rosa Diaz', 'rosa.diaz@example.org', 'Adult', 3, '2024-01-07'), (18, 'Stellan Berg', 'stellan@example.org', 'Senior', 1, '2026-07-01');
-- Members 15 and 18 never borrowed anything; loans of the last weeks are partly not returned, and four older ones neither.
WITH RECURSIVE draw (n, r) AS (SELECT 1, 5150 UNION ALL SELECT n + 1, r * 48271 % 2147483647 FROM draw WHERE n < 220),
  loan AS (
    SELECT n, r, 1 + r % 70 AS copy, CASE 1 + r / 70 % 17 WHEN 15 THEN 1 ELSE 1 + r / 70 % 17 END AS member, r / 1190 AS q FROM draw
  ),
  dated AS (
    SELECT n, r, copy, member,
      date(max(BookCopy.AcquiredOn, Member.JoinedOn, '2024-01-02'),(
        q % (julianday('2026-11-20') - julianday(max(BookCopy.AcquiredOn, Member.JoinedOn, '2024-01-02')))) || ' days') AS day
    FROM loan JOIN BookCopy ON CopyId = copy JOIN Member ON MemberId = member
  )
INSERT INTO Loan
SELECT n, copy, member, day, date(day, '21 days'),
  CASE WHEN date(day, (3 + r / 17 % 28) || ' days') > '2026-11-21' OR n IN (31, 77, 118, 163) THEN NULL
    ELSE date(day, (3 + r / 17 % 28) || ' days') END
FROM dated;
INSERT INTO Fine (LoanId, Amount, IssuedOn, IsPaid)
SELECT LoanId, min(20, 0.5 * (julianday(coalesce(ReturnedOn, '2026-11-22')) - julianday(DueOn))), date(coalesce(ReturnedOn, date(DueOn, '30 days'))), LoanId % 3 <> 0
FROM Loan WHERE coalesce(ReturnedOn, '2026-11-22') > DueOn AND (ReturnedOn IS NOT NULL OR DueOn < '2026-10-01')
ORDER BY LoanId;
