SELECT id, total AS amount FROM orders WHERE status = 'paid' ORDER BY total DESC LIMIT 10
SELECT id FROM orders USE INDEX (idx_status) WHERE status = 'paid'
SELECT id FROM orders FORCE INDEX (idx_created, idx_status) WHERE created > '2026-01-01'
SELECT id FROM orders IGNORE INDEX (idx_status) WHERE status = 'paid'
SELECT o.id FROM orders AS o USE KEY (PRIMARY) JOIN customers c ON c.id = o.customer_id
SELECT id FROM orders USE INDEX FOR ORDER BY (idx_created) ORDER BY created
SELECT id FROM orders FORCE INDEX FOR JOIN (idx_status), customers WHERE orders.customer_id = customers.id
SELECT id FROM orders PARTITION (p2025, p2026) WHERE total > 5
SELECT j.sku, j.qty FROM orders o, JSON_TABLE(o.data, '$.items[*]' COLUMNS (sku VARCHAR(20) PATH '$.sku', qty INT PATH '$.qty')) AS j
SELECT jt.n FROM JSON_TABLE('[1, 2]', '$[*]' COLUMNS (n INT PATH '$')) AS jt WHERE jt.n > 1
SELECT j.i, j.v FROM orders JOIN JSON_TABLE(orders.data, '$[*]' COLUMNS (i FOR ORDINALITY, v INT PATH '$.v')) j ON true
SELECT INSERT(name, 1, 2, 'xx') FROM customers
SELECT SPACE(3), UUID_TO_BIN('6ccd780c-baba-1026-9564-5b8c656024db'), BIN_TO_UUID(X'00112233445566778899AABBCCDDEEFF')
SELECT created start, closed `end` FROM orders
SELECT total AS release_total, status comment FROM orders
SELECT o.total FROM orders release JOIN orders o ON o.id = release.id
SELECT data->'$.city', data->>'$.zip' FROM customers WHERE data->>'$.city' = 'Oslo'
SELECT DATE_ADD(created, INTERVAL 1 MONTH), DATE_SUB(created, INTERVAL 2 DAY), created + INTERVAL 1 YEAR FROM orders
SELECT TIMESTAMPDIFF(MONTH, created, NOW()), TIMESTAMPADD(DAY, 3, created) FROM orders
SELECT EXTRACT(YEAR FROM created), EXTRACT(YEAR_MONTH FROM created) FROM orders
SELECT YEAR(created), QUARTER(created), MONTHNAME(created), DAYOFWEEK(created), LAST_DAY(created) FROM orders
SELECT DATE_FORMAT(created, '%Y-%m') AS month, SUM(total) FROM orders GROUP BY month HAVING SUM(total) > 5 ORDER BY month
SELECT DATE_FORMAT(created, '%Y-%m') AS month, SUM(total) FROM orders GROUP BY DATE_FORMAT(created, '%Y-%m')
SELECT customer_id, SUM(total) AS spent FROM orders GROUP BY customer_id HAVING spent > 100 ORDER BY spent DESC
SELECT GROUP_CONCAT(DISTINCT status ORDER BY status SEPARATOR ', ') FROM orders
SELECT COUNT(*), COUNT(DISTINCT customer_id), COUNT(DISTINCT customer_id, status) FROM orders
SELECT IF(total > 10, 'big', 'small'), IFNULL(status, 'none'), NULLIF(total, 0), COALESCE(status, 'x') FROM orders
SELECT CASE WHEN total > 10 THEN 'big' ELSE 'small' END AS size FROM orders
SELECT CASE status WHEN 'paid' THEN 1 ELSE 0 END FROM orders
SELECT CAST(total AS SIGNED), CAST(total AS DECIMAL(10, 2)), CAST(id AS CHAR), CONVERT(id, CHAR), CONVERT(name USING utf8mb4) FROM orders, customers
SELECT total DIV 2, total % 2, MOD(total, 2), total / 2, -total FROM orders
SELECT name FROM customers WHERE name REGEXP '^A' AND name NOT REGEXP 'z$'
SELECT name FROM customers WHERE name RLIKE '^A' OR name LIKE 'B%' AND name NOT LIKE '%x'
SELECT name FROM customers WHERE name LIKE '50!%' ESCAPE '!'
SELECT name FROM customers WHERE MATCH (name) AGAINST ('acme' IN BOOLEAN MODE)
SELECT id FROM orders WHERE total BETWEEN 1 AND 10 AND status IN ('paid', 'sent') AND customer_id IS NOT NULL
SELECT id FROM orders WHERE (customer_id, status) IN ((1, 'paid'), (2, 'sent'))
SELECT id FROM orders WHERE (customer_id, status) = (1, 'paid')
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE city = 'Oslo')
SELECT id FROM orders WHERE total > ALL (SELECT total FROM orders WHERE status = 'sent')
SELECT id FROM orders WHERE total = ANY (SELECT MAX(total) FROM orders)
SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
SELECT name FROM customers c WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)
SELECT c.name, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS orders FROM customers c
SELECT * FROM orders
SELECT o.*, c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
SELECT * FROM orders NATURAL JOIN items
SELECT o.id, c.name FROM orders o CROSS JOIN customers c
SELECT * FROM orders o RIGHT OUTER JOIN customers c USING (id)
SELECT o.id FROM orders o STRAIGHT_JOIN customers c ON c.id = o.customer_id
SELECT o.id FROM (orders o JOIN customers c ON c.id = o.customer_id) JOIN items i ON i.order_id = o.id
SELECT t.spent FROM (SELECT customer_id, SUM(total) AS spent FROM orders GROUP BY customer_id) AS t WHERE t.spent > 5
SELECT l.top FROM customers c, LATERAL (SELECT MAX(total) AS top FROM orders o WHERE o.customer_id = c.id) AS l
SELECT id FROM orders UNION SELECT id FROM customers
(SELECT id FROM orders ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM customers LIMIT 2) ORDER BY id
SELECT id FROM orders INTERSECT SELECT id FROM customers
SELECT id FROM orders EXCEPT SELECT id FROM customers
WITH paid AS (SELECT * FROM orders WHERE status = 'paid') SELECT COUNT(*) FROM paid
WITH a (x) AS (SELECT id FROM orders), b AS (SELECT x FROM a) SELECT x FROM b
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i FROM n
WITH RECURSIVE tree AS (SELECT id, parent_id FROM items WHERE parent_id IS NULL UNION ALL SELECT i.id, i.parent_id FROM items i JOIN tree t ON i.parent_id = t.id) SELECT * FROM tree
SELECT ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created DESC) AS rn, id FROM orders
SELECT RANK() OVER w, DENSE_RANK() OVER w, NTILE(4) OVER w FROM orders WINDOW w AS (ORDER BY total)
SELECT SUM(total) OVER (ORDER BY created ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM orders
SELECT LAG(total, 1, 0) OVER (ORDER BY created), LEAD(total) OVER (ORDER BY created), FIRST_VALUE(total) OVER (ORDER BY created) FROM orders
SELECT SUBSTRING(name, 1, 3), SUBSTRING(name FROM 2 FOR 2), SUBSTR(name, 2), LEFT(name, 1), RIGHT(name, 2), MID(name, 2, 3) FROM customers
SELECT TRIM(name), TRIM(BOTH 'x' FROM name), TRIM(LEADING '0' FROM name), LTRIM(name), RTRIM(name) FROM customers
SELECT CONCAT(name, ' ', city), CONCAT_WS(', ', name, city), LENGTH(name), CHAR_LENGTH(name), UPPER(name), LOWER(name) FROM customers
SELECT REPLACE(name, 'a', 'b'), REVERSE(name), LPAD(id, 8, '0'), RPAD(name, 20, ' '), REPEAT('x', 3), LOCATE('a', name), POSITION('a' IN name) FROM customers
SELECT SUBSTRING_INDEX(name, ' ', 1), FIELD(status, 'a', 'b'), FIND_IN_SET('a', status), ELT(1, 'a', 'b') FROM orders, customers
SELECT ROUND(total, 2), CEIL(total), CEILING(total), FLOOR(total), TRUNCATE(total, 1), ABS(total), POWER(total, 2), SQRT(total) FROM orders
SELECT GREATEST(total, 1), LEAST(total, 10), SIGN(total), EXP(1), LN(total), LOG(2, total), PI(), RAND() FROM orders
SELECT JSON_EXTRACT(data, '$.a'), JSON_UNQUOTE(JSON_EXTRACT(data, '$.a')), JSON_LENGTH(data), JSON_CONTAINS(data, '1', '$.a'), JSON_KEYS(data) FROM customers
SELECT JSON_ARRAYAGG(name), JSON_OBJECTAGG(id, name), JSON_OBJECT('id', MAX(id)), JSON_ARRAY(1, 2) FROM customers
SELECT STD(total), STDDEV(total), STDDEV_POP(total), VARIANCE(total), VAR_SAMP(total) FROM orders
SELECT CURDATE(), CURRENT_DATE, CURRENT_DATE(), NOW(), CURRENT_TIMESTAMP, SYSDATE(), UTC_DATE()
SELECT DATEDIFF(created, '2026-01-01'), UNIX_TIMESTAMP(created), FROM_UNIXTIME(0), STR_TO_DATE('2026', '%Y'), TO_DAYS(created) FROM orders
SELECT DATE(created), TIME(created), HOUR(created), MINUTE(created), WEEK(created), WEEKDAY(created), DAYNAME(created), DAYOFYEAR(created) FROM orders
SELECT DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', TIME '10:00:00'
SELECT 0x1F, X'4D', b'101', 1e3, .5, TRUE, NULL, _utf8mb4'x', N'y'
SELECT name COLLATE utf8mb4_general_ci FROM customers ORDER BY name COLLATE utf8mb4_bin
SELECT DISTINCT city FROM customers ORDER BY city
SELECT SQL_NO_CACHE id FROM orders
SELECT id FROM orders LIMIT 5, 10
SELECT id FROM orders LIMIT 10 OFFSET 5
SELECT `Order Details`.`id` FROM `Order Details`
SELECT status, COUNT(*) FROM orders GROUP BY 1 ORDER BY 2 DESC
SELECT 'it''s', "say ""hi""", 'a' 'b'
SELECT id FROM orders WHERE status <=> NULL OR NOT status = 'x' XOR total > 1
SELECT id FROM orders WHERE total & 1 OR total | 2 OR total ^ 3 OR ~total OR total << 1
SELECT id FROM orders WHERE !(total > 1) AND total != 3 AND total <> 4
SELECT BINARY name = 'x' FROM customers
SELECT ANY_VALUE(name), BIT_COUNT(7), BIT_AND(id), HEX(name), MD5(name), SHA1(name), SHA2(name, 256) FROM customers
SELECT GROUPING(status), SUM(total) FROM orders GROUP BY status WITH ROLLUP
SELECT 1 FROM dual
SELECT 1
VALUES ROW(1, 'a'), ROW(2, 'b')
SELECT REGEXP_REPLACE(name, 'a', 'b'), REGEXP_LIKE(name, 'a'), REGEXP_SUBSTR(name, '[a-z]+') FROM customers
SELECT FORMAT(total, 2), QUOTE(status), ASCII('a'), CHAR(65), SOUNDEX(status) FROM orders
SELECT status, SUM(total) AS s FROM orders GROUP BY status WITH ROLLUP HAVING SUM(total) > 1 ORDER BY status LIMIT 5
SELECT id FROM orders WHERE total DIV 10 = 2 AND total MOD 3 = 1
SELECT id FROM orders WHERE !paid AND created > NOW() - INTERVAL '1-2' YEAR_MONTH
SELECT status, SUM(total) AS s FROM orders GROUP BY status WITH ROLLUP
SELECT IFNULL(status, 'all') AS st, COUNT(*) AS n FROM orders GROUP BY status WITH ROLLUP LIMIT 3
SELECT !paid AS unpaid FROM orders
SELECT COUNT(*) AS n FROM orders WHERE !paid
SELECT COUNT(*) AS n FROM orders WHERE !(paid AND closed)
SELECT COUNT(*) AS n FROM orders WHERE !!paid
SELECT 1 -!paid AS n FROM orders
SELECT COUNT(*) AS n FROM orders WHERE !ISNULL(closed)
SELECT id FROM orders WHERE created > NOW() - INTERVAL '1-2' YEAR_MONTH
SELECT DATE_ADD(created, INTERVAL '1 2' DAY_HOUR) AS d FROM orders
SELECT DATE_SUB(created, INTERVAL '1:30' HOUR_MINUTE) AS d FROM orders
SELECT EXTRACT(YEAR_MONTH FROM created) AS ym, COUNT(*) AS n FROM orders GROUP BY EXTRACT(YEAR_MONTH FROM created)
SELECT id FROM orders WHERE status <=> NULL
SELECT id FROM orders WHERE status = 'a' XOR paid
SELECT id FROM orders WHERE id & 1
SELECT id FROM orders WHERE NOT EXISTS (SELECT 1 FROM items WHERE items.order_id = orders.id)
SELECT GROUP_CONCAT(DISTINCT status ORDER BY status DESC SEPARATOR ', ') AS g FROM orders
SELECT c.name, (SELECT MAX(o.total) FROM orders o WHERE o.customer_id = c.id) AS best FROM customers c
SELECT JSON_UNQUOTE(JSON_EXTRACT(data, '$.city')) AS city FROM customers
SELECT data->>'$.city' AS city FROM customers
SELECT id FROM orders ORDER BY FIELD(status, 'new', 'paid', 'sent')
SELECT YEAR(created) AS y, MONTH(created) AS m, SUM(total) AS s FROM orders GROUP BY YEAR(created), MONTH(created)
SELECT status, total, RANK() OVER (PARTITION BY status ORDER BY total DESC) AS r FROM orders
SELECT status, total, RANK() OVER w AS r FROM orders WINDOW w AS (PARTITION BY status ORDER BY total DESC)
WITH RECURSIVE t AS (SELECT id, parent_id FROM items WHERE parent_id IS NULL UNION ALL SELECT i.id, i.parent_id FROM items i JOIN t ON i.parent_id = t.id) SELECT COUNT(*) AS n FROM t
SELECT id FROM orders WHERE (customer_id, status) IN (SELECT id, city FROM customers)
SELECT id FROM orders WHERE total > ALL (SELECT total FROM orders WHERE paid)
SELECT id FROM orders WHERE total >= ANY (SELECT id FROM customers)
SELECT o.id, i.sku FROM orders o LEFT JOIN items i ON i.order_id = o.id AND i.sku LIKE 'A%'
SELECT o.id FROM orders o NATURAL JOIN customers
SELECT o.id FROM orders o CROSS JOIN customers c
SELECT o.id FROM orders o INNER JOIN customers c USING (id)
SELECT o.id FROM orders o RIGHT OUTER JOIN customers c ON c.id = o.customer_id
SELECT id FROM orders WHERE created BETWEEN '2024-01-01' AND '2024-12-31'
SELECT id FROM orders WHERE DATE(created) = CURRENT_DATE
SELECT id FROM orders WHERE created >= DATE_FORMAT(CURDATE(), '%Y-%m-01')
SELECT id FROM orders WHERE LAST_DAY(created) = '2024-02-29'
SELECT TIMESTAMPDIFF(DAY, created, closed) AS days FROM orders
SELECT ROUND(AVG(total), 2) AS a, STDDEV_SAMP(total) AS s FROM orders
SELECT CASE status WHEN 'a' THEN 1 WHEN 'b' THEN 2 ELSE 3 END AS c FROM orders
SELECT IF(paid, 'yes', 'no') AS p, COUNT(*) AS n FROM orders GROUP BY IF(paid, 'yes', 'no')
SELECT SUM(IF(status = 'x', total, 0)) / SUM(total) AS share FROM orders
SELECT status FROM orders UNION SELECT city FROM customers ORDER BY 1 LIMIT 3
(SELECT id FROM orders LIMIT 1) UNION ALL (SELECT id FROM customers LIMIT 1)
SELECT id FROM orders EXCEPT SELECT order_id FROM items
SELECT id FROM orders INTERSECT SELECT order_id FROM items
SELECT DISTINCT status FROM orders WHERE status REGEXP '^a'
SELECT id FROM orders WHERE status RLIKE 'b$'
SELECT id FROM orders WHERE status NOT LIKE 'a!%' ESCAPE '!'
SELECT CONCAT_WS(' ', name, city) AS who FROM customers
SELECT id FROM orders FORCE INDEX (PRIMARY) WHERE id > 3
SELECT CAST(total AS DECIMAL(10,2)) AS t FROM orders
SELECT CAST(id AS CHAR) AS c, CONVERT(total, SIGNED) AS i FROM orders
SELECT name COLLATE utf8mb4_general_ci AS n FROM customers ORDER BY name COLLATE utf8mb4_bin
SELECT COUNT(DISTINCT customer_id, status) AS n FROM orders
SELECT COUNT(*) AS n FROM (SELECT DISTINCT customer_id FROM orders) AS d
SELECT `orders`.`id` FROM `orders`
SELECT id AS `the id` FROM orders
SELECT id FROM orders WHERE -total < 0 AND ~id > 0
SELECT LAG(total, 1, 0) OVER (ORDER BY created) AS prev FROM orders
SELECT SUM(total) OVER (ORDER BY created ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS s FROM orders
SELECT NTILE(4) OVER (ORDER BY total) AS q, id FROM orders
SELECT id FROM orders WHERE id IN (1, 2, 3) OR id IS NULL
SELECT id FROM orders WHERE paid IS TRUE AND closed IS NOT FALSE
SELECT j.v FROM orders, JSON_TABLE(data, '$[*]' COLUMNS (v INT PATH '$.v')) AS j
SELECT x'41' AS a, 0x42 AS b
SELECT N'a' AS a
SELECT id FROM orders WHERE status = 'it''s'
SELECT STR_TO_DATE('01,5,2013', '%d,%m,%Y') AS d
SELECT id, total FROM orders ORDER BY total IS NULL, total DESC
SELECT id FROM orders WHERE MATCH (status) AGAINST ('x' IN BOOLEAN MODE)
SELECT o.* FROM orders o JOIN (SELECT customer_id, MAX(total) AS m FROM orders GROUP BY customer_id) b ON b.customer_id = o.customer_id AND b.m = o.total
SELECT status, COUNT(*) n FROM orders GROUP BY 1 ORDER BY 2 DESC
SELECT JSON_ARRAYAGG(id) AS ids FROM orders
SELECT WEEK(created, 3) AS w, QUARTER(created) AS q, DAYNAME(created) AS d FROM orders
SELECT id FROM orders WHERE created < TIMESTAMP '2024-01-01 00:00:00' AND created > DATE '2023-01-01'
SELECT LEAST(total, 5) AS l, GREATEST(total, 5) AS g FROM orders
SELECT id FROM orders PARTITION (p0)
VALUES ROW(1, 2), ROW(3, 4)
SELECT status, JSON_OBJECTAGG(id, total) AS j FROM orders GROUP BY status
SELECT FORMAT(total, 2) AS f FROM orders
SELECT SUBSTRING_INDEX(name, ' ', 1) AS first, CHAR_LENGTH(name) AS l FROM customers
SELECT id FROM orders WHERE created > UTC_TIMESTAMP() - INTERVAL 30 DAY
SELECT id FROM orders WHERE created > SUBDATE(NOW(), 7)
SELECT DATE_FORMAT(created, '%x-W%v') AS w, COUNT(*) AS n FROM orders GROUP BY w
SELECT PERCENT_RANK() OVER (ORDER BY total) AS p FROM orders
SELECT FIRST_VALUE(id) OVER (PARTITION BY status ORDER BY created) AS f FROM orders
SELECT 1 FROM DUAL
SELECT BIT_COUNT(id) AS b, CRC32(status) AS c FROM orders
SELECT TRUNCATE(total, 1) AS t FROM orders
SELECT INSTR(name, 'a') AS i, LOCATE('a', name) AS l FROM customers
SELECT id FROM orders WHERE status IN ('a') AND NOT paid
SELECT COALESCE(NULLIF(status, ''), 'none') AS s FROM orders
SELECT a.id FROM customers a, customers b WHERE a.city = b.city AND a.id < b.id
