SELECT id, total AS amount FROM orders WHERE status = 'paid' ORDER BY total DESC LIMIT 10
SELECT id FROM orders WHERE likelihood(status = 'paid', 0.1) AND likely(total > 1) AND unlikely(total > 5)
SELECT created start, total release FROM orders
SELECT total comment, id FROM orders
SELECT o.total FROM orders release JOIN orders o ON o.id = release.id
SELECT name FROM customers INDEXED BY idx_name WHERE name = 'x'
SELECT name FROM customers NOT INDEXED WHERE name = 'x'
SELECT strftime('%Y-%m', created) AS month, SUM(total) FROM orders GROUP BY month ORDER BY month
SELECT date(created), date('now', '-7 days'), datetime('now'), julianday('now') - julianday(created), unixepoch('now') FROM orders
SELECT date('now', 'start of month', '+1 month', '-1 day')
SELECT time(created), timediff('2026-01-02', '2026-01-01') FROM orders
SELECT customer_id, SUM(total) AS spent FROM orders GROUP BY customer_id HAVING spent > 100 ORDER BY spent DESC
SELECT group_concat(status, ', '), group_concat(DISTINCT status), total(total), string_agg(status, ',') FROM orders
SELECT group_concat(status, ',' ORDER BY status) FROM orders
SELECT COUNT(*), COUNT(DISTINCT customer_id), COUNT(*) FILTER (WHERE status = 'paid') FROM orders
SELECT IIF(total > 10, 'big', 'small'), ifnull(status, 'none'), nullif(total, 0), coalesce(status, 'x') FROM orders
SELECT if(total > 10, 'big', 'small') FROM orders
SELECT CASE WHEN total > 10 THEN 'big' ELSE 'small' END AS size FROM orders
SELECT CASE status WHEN 'paid' THEN 1 ELSE 0 END FROM orders
SELECT CAST(total AS INTEGER), CAST(id AS TEXT), CAST(total AS REAL), typeof(total) FROM orders
SELECT total / 2, total % 2, -total, +total, total || '' FROM orders
SELECT name FROM customers WHERE name GLOB 'A*' AND name NOT GLOB '*z'
SELECT name FROM customers WHERE name LIKE 'B%' AND name NOT LIKE '%x' AND name LIKE '50!%' ESCAPE '!'
SELECT name FROM customers WHERE name REGEXP '^A'
SELECT name FROM customers WHERE customers MATCH 'acme'
SELECT id FROM orders WHERE total BETWEEN 1 AND 10 AND status IN ('paid', 'sent') AND customer_id IS NOT NULL
SELECT id FROM orders WHERE customer_id ISNULL OR status NOTNULL OR status NOT NULL
SELECT id FROM orders WHERE status IS 'paid' OR status IS NOT 'sent' OR status IS NOT DISTINCT FROM 'x'
SELECT id FROM orders WHERE (customer_id, status) IN (VALUES (1, 'paid'), (2, 'sent'))
SELECT id FROM orders WHERE (customer_id, status) = (1, 'paid')
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE city = 'Oslo')
SELECT id FROM orders WHERE id IN items
SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
SELECT name FROM customers c WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)
SELECT c.name, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS orders FROM customers c
SELECT * FROM orders
SELECT * FROM main.orders
SELECT o.*, c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
SELECT * FROM orders NATURAL JOIN items
SELECT o.id, c.name FROM orders o CROSS JOIN customers c
SELECT * FROM orders o RIGHT OUTER JOIN customers c USING (id)
SELECT orders.total, customers.name FROM orders FULL OUTER JOIN customers ON orders.customer_id = customers.id
SELECT o.id FROM (orders o JOIN customers c ON c.id = o.customer_id) JOIN items i ON i.order_id = o.id
SELECT t.spent FROM (SELECT customer_id, SUM(total) AS spent FROM orders GROUP BY customer_id) AS t WHERE t.spent > 5
SELECT id FROM orders UNION SELECT id FROM customers
SELECT id FROM orders UNION ALL SELECT id FROM customers ORDER BY id LIMIT 3
SELECT id FROM orders INTERSECT SELECT id FROM customers
SELECT id FROM orders EXCEPT SELECT id FROM customers
WITH paid AS (SELECT * FROM orders WHERE status = 'paid') SELECT COUNT(*) FROM paid
WITH a (x) AS (SELECT id FROM orders), b AS (SELECT x FROM a) SELECT x FROM b
WITH a AS MATERIALIZED (SELECT id FROM orders), b AS NOT MATERIALIZED (SELECT id FROM a) SELECT id FROM b
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i FROM n
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 12) SELECT i FROM n
WITH RECURSIVE days (d) AS (SELECT '2026-01-01' UNION ALL SELECT date(d, '+1 day') FROM days WHERE d < '2026-12-31') SELECT d FROM days
WITH RECURSIVE tree AS (SELECT id, parent_id FROM items WHERE parent_id IS NULL UNION ALL SELECT i.id, i.parent_id FROM items i JOIN tree t ON i.parent_id = t.id) SELECT * FROM tree
WITH RECURSIVE up (id, parent_id) AS (SELECT id, parent_id FROM items WHERE id = 5 UNION SELECT items.id, items.parent_id FROM items, up WHERE items.id = up.parent_id) SELECT id FROM up
SELECT ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created DESC) AS rn, id FROM orders
SELECT RANK() OVER w, DENSE_RANK() OVER w, NTILE(4) OVER w FROM orders WINDOW w AS (ORDER BY total)
SELECT SUM(total) OVER (ORDER BY created ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM orders
SELECT SUM(total) OVER (ORDER BY created GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM orders
SELECT LAG(total, 1, 0) OVER (ORDER BY created), LEAD(total) OVER (ORDER BY created), FIRST_VALUE(total) OVER (ORDER BY created) FROM orders
SELECT substr(name, 1, 3), substring(name, 2), trim(name), ltrim(name, 'x'), rtrim(name), replace(name, 'a', 'b'), instr(name, 'a') FROM customers
SELECT upper(name), lower(name), length(name), name || ' ' || city, printf('%.2f', 1.5), format('%05d', 3), char(65), unicode('a') FROM customers
SELECT hex(name), quote(name), unhex('4D'), octet_length(name), concat(name, city), concat_ws(', ', name, city) FROM customers
SELECT round(total, 2), ceil(total), floor(total), trunc(total), abs(total), pow(total, 2), sqrt(total), sign(total), mod(total, 2) FROM orders
SELECT min(total), max(total), avg(total), min(total, 1), max(total, 10), random(), pi(), exp(1), ln(total), log(2, total) FROM orders
SELECT json_extract(data, '$.a'), data -> '$.a', data ->> 'a', json_array_length(data), json_type(data), json_valid(data) FROM customers
SELECT j.key, j.value FROM customers, json_each(customers.data, '$.tags') AS j
SELECT t.fullkey, t.atom FROM customers c, json_tree(c.data) t WHERE t.type = 'text'
SELECT json_group_array(name), json_group_object(name, id), json_object('id', max(id)), json_array(1, 2), json('[1]') FROM customers
SELECT DISTINCT city FROM customers ORDER BY city COLLATE NOCASE DESC NULLS LAST
SELECT name COLLATE NOCASE FROM customers
SELECT id FROM orders LIMIT 5, 10
SELECT id FROM orders LIMIT 10 OFFSET 5
SELECT "Order Details".id FROM "Order Details"
SELECT [Order Details].[id] FROM [Order Details]
SELECT `Order Details`.`id` FROM `Order Details`
SELECT status, COUNT(*) FROM orders GROUP BY 1 ORDER BY 2 DESC
SELECT 'it''s', "say", x'4D', 1e3, .5, TRUE, FALSE, NULL, CURRENT_DATE, CURRENT_TIMESTAMP
SELECT rowid, oid, _rowid_ FROM orders
SELECT id FROM orders WHERE total & 1 OR total | 2 OR ~total OR total << 1 OR total >> 1
SELECT id FROM orders WHERE NOT total > 1 AND total != 3 AND total <> 4 AND total == 5
SELECT sum(total) * 100.0 / (SELECT sum(total) FROM orders) AS share FROM orders GROUP BY status
SELECT value FROM generate_series(1, 10)
SELECT value FROM generate_series(1, 100, 5) AS g
SELECT median(total), percent_rank() OVER (ORDER BY total), cume_dist() OVER (ORDER BY total), nth_value(total, 2) OVER (ORDER BY total) FROM orders GROUP BY total
SELECT * FROM (VALUES (1, 'a'), (2, 'b'))
VALUES (1, 'a'), (2, 'b')
SELECT 1
SELECT 0x1F, 1000
SELECT max(created) FILTER (WHERE status = 'paid') OVER (PARTITION BY customer_id) FROM orders
SELECT a.id, b.id AS other FROM orders a, orders b WHERE a.customer_id = b.customer_id AND a.id < b.id
SELECT total FROM orders GROUP BY total HAVING COUNT(*) > 1
SELECT count(*) FROM orders WHERE created >= date('now', 'weekday 0', '-7 days')
SELECT soundex(name) FROM customers
SELECT sum(total) FILTER (WHERE status = 'paid') AS paid, sum(total) AS total FROM orders
SELECT strftime('%Y-%m', created) AS m, SUM(total) AS s FROM orders GROUP BY m ORDER BY m
SELECT date(created, '-1 month', 'start of month') AS d FROM orders
SELECT julianday(closed) - julianday(created) AS days FROM orders
SELECT id FROM orders WHERE created >= date('now', '-7 days')
SELECT group_concat(name, ', ') AS names FROM customers
SELECT group_concat(DISTINCT city) AS c FROM customers
SELECT total(total) AS t, COUNT(*) FILTER (WHERE paid) AS p FROM orders
SELECT IIF(paid, 'y', 'n') AS p FROM orders
SELECT id FROM orders WHERE status GLOB 'a*'
SELECT id FROM orders WHERE status IS NOT 'x'
SELECT id FROM orders WHERE status IS NOT DISTINCT FROM 'x'
SELECT id FROM orders WHERE status COLLATE NOCASE = 'X'
SELECT json_extract(data, '$.a') AS a, data ->> '$.b' AS b FROM orders
SELECT j.value FROM orders, json_each(orders.data) AS j
SELECT key, value FROM orders JOIN json_tree(data) ON 1
SELECT id FROM orders ORDER BY total DESC NULLS LAST LIMIT 3 OFFSET 1
SELECT id FROM orders LIMIT 2, 3
SELECT rowid, id FROM orders
SELECT CAST(total AS INTEGER) AS t FROM orders
SELECT id || '-' || status AS k FROM orders
SELECT total % 2 AS m, id << 1 AS s, ~id AS n FROM orders
SELECT printf('%.2f', total) AS p FROM orders
SELECT substr(name, 1, 3) AS s, instr(name, 'a') AS i, upper(name) AS u FROM customers
SELECT CASE WHEN total > 10 THEN 'big' ELSE 'small' END AS size, COUNT(*) AS n FROM orders GROUP BY size
SELECT customer_id, MAX(total), status FROM orders GROUP BY customer_id
SELECT SUM(total) OVER (PARTITION BY customer_id ORDER BY created) AS running FROM orders
SELECT LAG(total) OVER (ORDER BY created) AS prev FROM orders
SELECT NTILE(4) OVER w AS q FROM orders WINDOW w AS (ORDER BY total)
SELECT SUM(total) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS s FROM orders
WITH t AS (SELECT id FROM orders) SELECT COUNT(*) AS n FROM t
WITH RECURSIVE c(d) AS (SELECT date('2024-01-01') UNION ALL SELECT date(d, '+1 day') FROM c WHERE d < '2024-01-31') SELECT d FROM c
WITH RECURSIVE t(id) AS (SELECT id FROM items WHERE parent_id IS NULL UNION ALL SELECT items.id FROM items JOIN t ON items.parent_id = t.id) SELECT COUNT(*) AS n FROM t
SELECT id FROM orders UNION SELECT order_id FROM items
SELECT id FROM orders INTERSECT SELECT order_id FROM items
SELECT id FROM orders EXCEPT SELECT order_id FROM items ORDER BY 1
SELECT c.name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
SELECT c.name FROM customers c WHERE c.id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL)
SELECT c.name, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS n FROM customers c
SELECT o.id FROM orders o LEFT JOIN items i ON i.order_id = o.id WHERE i.id IS NULL
SELECT o.id FROM orders o FULL OUTER JOIN items i ON i.order_id = o.id
SELECT o.id FROM orders o RIGHT JOIN items i ON i.order_id = o.id
SELECT o.id FROM orders o NATURAL JOIN customers
SELECT o.id FROM orders o JOIN items i USING (id)
SELECT o.id FROM orders AS o, customers AS c WHERE o.customer_id = c.id
SELECT id FROM main.orders
SELECT "id" FROM "orders"
SELECT [id] FROM [orders]
SELECT `id` FROM `orders`
SELECT id AS "Order id" FROM orders
SELECT id FROM orders WHERE (customer_id, status) = (1, 'x')
SELECT id FROM orders WHERE total BETWEEN 1 AND 5 OR total NOT BETWEEN 10 AND 20
SELECT id FROM orders WHERE status IN ('a', 'b') AND status NOT LIKE 'c%'
SELECT id FROM orders WHERE status LIKE 'a#_%' ESCAPE '#'
SELECT COUNT(DISTINCT customer_id) AS n FROM orders
SELECT AVG(total) AS a, MIN(total) AS lo, MAX(total) AS hi FROM orders
SELECT ROUND(SUM(total) * 100.0 / (SELECT SUM(total) FROM orders), 1) AS share, status FROM orders GROUP BY status
SELECT x'4142' AS b, 1.5e3 AS f, NULL AS n, TRUE AS t
SELECT typeof(total) AS t FROM orders
SELECT coalesce(status, 'none') AS s, nullif(total, 0) AS t, ifnull(closed, '-') AS c FROM orders
SELECT max(total, 5) AS m, min(total, 5) AS n FROM orders
SELECT abs(total) AS a, sign(total) AS s, pow(total, 2) AS p, sqrt(total) AS r FROM orders
SELECT unixepoch(created) AS u, datetime(created, 'localtime') AS l FROM orders
SELECT timediff(closed, created) AS t FROM orders
SELECT json_group_array(id) AS ids, json_group_object(id, total) AS o FROM orders
SELECT replace(name, 'a', 'b') AS r, trim(name) AS t, length(name) AS l FROM customers
SELECT * FROM (SELECT id, total FROM orders ORDER BY total DESC LIMIT 3)
SELECT * FROM (VALUES (1, 2), (3, 4))
SELECT first_value(id) OVER (PARTITION BY status ORDER BY created DESC) AS f FROM orders
SELECT id FROM orders INDEXED BY orders_status WHERE status = 'a'
SELECT id FROM orders NOT INDEXED WHERE status = 'a'
SELECT id FROM orders WHERE status MATCH 'x'
SELECT id FROM orders WHERE created > datetime('now', '-1 hours') AND paid IS TRUE
SELECT a.id FROM customers a CROSS JOIN customers b WHERE a.city = b.city
SELECT hex(data) AS h, quote(status) AS q FROM orders
SELECT string_agg(name, ',' ORDER BY name) AS s FROM customers
SELECT status, COUNT(*) AS n FROM orders GROUP BY status HAVING n > 1 ORDER BY n DESC
SELECT -total AS t, +total AS u, NOT paid AS p FROM orders
SELECT id FROM orders WHERE paid AND NOT closed ISNULL
SELECT id FROM orders WHERE closed NOTNULL
SELECT concat(name, '-', city) AS c, concat_ws(' ', name, city) AS d FROM customers
SELECT octet_length(name) AS o, unicode(name) AS u, char(65) AS c FROM customers
SELECT json_array_length(data, '$.x') AS n, json_type(data) AS t FROM orders
SELECT format('%05d', id) AS f FROM orders
