SELECT id, total AS amount FROM orders WHERE status = 'paid' ORDER BY total DESC LIMIT 10
SELECT tags[1:2] AS c1, tags[2:] AS c2, tags[:2] AS c3, tags[:] AS c4 FROM orders
SELECT tags[id:id + 1] AS c1, (ARRAY[1, 2, 3])[1:2] AS c2 FROM orders
SELECT (string_to_array(name, ','))[1] FROM customers
SELECT matrix[1][2] AS c1, matrix[1:2][1:1] AS c2 FROM orders
SELECT data #>> '{address,city}' AS c1, data #> '{address}' AS c2 FROM customers
SELECT data ->> 'a' AS c1, data -> 'b' ->> 'c' AS c2, data -> 0 AS c3, data @> '{"a": 1}' AS c4, data <@ '{}' AS c5 FROM customers
SELECT name FROM customers WHERE data ? 'city' OR data ?| ARRAY['a', 'b'] OR data ?& ARRAY['a', 'b']
SELECT name FROM customers WHERE data @? '$.a' OR data @@ '$.a > 1'
SELECT data - 'a' AS c1, data #- '{a,b}' AS c2, data || '{"x": 1}' AS c3 FROM customers
SELECT id FROM orders TABLESAMPLE SYSTEM (10)
SELECT id FROM orders TABLESAMPLE BERNOULLI (1.5) REPEATABLE (7) WHERE total > 1
SELECT o.id FROM orders AS o TABLESAMPLE SYSTEM (10) JOIN customers c ON c.id = o.customer_id
SELECT created start, closed AS "end" FROM orders
SELECT total release, id FROM orders
SELECT total comment FROM orders
SELECT o.total FROM orders release JOIN orders o ON o.id = release.id
SELECT r.a, r.b FROM jsonb_to_recordset('[{"a": 1, "b": "x"}]') AS r(a int, b text)
SELECT r.a FROM jsonb_to_record('{"a": 1}') AS r(a int)
SELECT r.a FROM json_to_recordset('[{"a": 1}]') AS r(a int)
SELECT isfinite(created) FROM orders
SELECT date_trunc('month', created) AS month, SUM(total) AS c2 FROM orders GROUP BY 1 ORDER BY 1
SELECT date_trunc('month', created)::date AS month, SUM(total) AS c2 FROM orders GROUP BY month ORDER BY month
SELECT EXTRACT(year FROM created) AS c1, EXTRACT(epoch FROM created - closed) AS c2, date_part('dow', created) AS c3 FROM orders
SELECT to_char(created, 'YYYY-MM') AS c1, to_date('2026', 'YYYY') AS c2, to_timestamp(0) AS c3, age(created) AS c4, make_date(2026, 1, 1) AS c5 FROM orders
SELECT created + INTERVAL '1 day' AS c1, created - interval '2 months' AS c2, now() - created AS c3, CURRENT_DATE - 7 AS c4, created AT TIME ZONE 'UTC' AS c5 FROM orders
SELECT d::date FROM generate_series('2026-01-01'::date, '2026-12-31'::date, '1 day') AS d
SELECT n FROM generate_series(1, 10) AS n
SELECT g.n, g.ordinality FROM generate_series(1, 10) WITH ORDINALITY AS g(n, ordinality)
SELECT u.tag FROM orders, unnest(tags) AS u(tag)
SELECT unnest(tags) AS c1, COUNT(*) AS c2 FROM orders GROUP BY 1
SELECT t.a, t.b FROM unnest(ARRAY[1, 2], ARRAY['x', 'y']) AS t(a, b)
SELECT id FROM orders WHERE 'x' = ANY (tags) OR tags && ARRAY['a'] OR tags @> ARRAY['b'] OR 3 <> ALL (ARRAY[1, 2])
SELECT array_agg(id ORDER BY created DESC) AS c1, array_agg(DISTINCT status) AS c2, array_to_string(tags, ',') AS c3, cardinality(tags) AS c4, array_length(tags, 1) AS c5 FROM orders GROUP BY tags
SELECT string_agg(name, ', ' ORDER BY name) AS c1, string_agg(DISTINCT name, ',') AS c2 FROM customers
SELECT COUNT(*) AS c1, COUNT(DISTINCT customer_id) AS c2, COUNT(*) FILTER (WHERE status = 'paid') AS c3, COUNT(DISTINCT (customer_id, status)) AS c4 FROM orders
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) AS c1, mode() WITHIN GROUP (ORDER BY status) AS c2 FROM orders
SELECT CASE WHEN total > 10 THEN 'big' ELSE 'small' END AS size, COALESCE(status, 'x') AS c2, NULLIF(total, 0) AS c3, GREATEST(total, 1) AS c4, LEAST(total, 10) AS c5 FROM orders
SELECT CASE status WHEN 'paid' THEN 1 ELSE 0 END FROM orders
SELECT CAST(total AS integer) AS c1, total::numeric(10, 2) AS c2, id::text AS c3, '1'::int AS c4, status::varchar(10) AS c5, CAST(id AS double precision) AS c6 FROM orders
SELECT total / 2 AS c1, total % 2 AS c2, total ^ 2 AS c3, -total AS c4, |/ total AS c5, @ total AS c6 FROM orders
SELECT name FROM customers WHERE name ~ '^A' AND name !~ 'z$' AND name ~* '^a' AND name !~* 'z'
SELECT name FROM customers WHERE name ILIKE 'b%' AND name NOT ILIKE '%x' AND name LIKE '50!%' ESCAPE '!'
SELECT name FROM customers WHERE name SIMILAR TO '(a|b)%' OR name NOT SIMILAR TO 'x%'
SELECT name FROM customers WHERE to_tsvector('english', name) @@ to_tsquery('english', 'acme')
SELECT name FROM customers WHERE name % 'acme' ORDER BY similarity(name, 'acme') DESC
SELECT id FROM orders WHERE total BETWEEN 1 AND 10 AND status IN ('paid', 'sent') AND customer_id IS NOT NULL
SELECT id FROM orders WHERE total BETWEEN SYMMETRIC 10 AND 1 AND status IS DISTINCT FROM 'x' AND paid IS TRUE AND closed IS NOT UNKNOWN
SELECT id FROM orders WHERE (customer_id, status) IN ((1, 'paid'), (2, 'sent')) AND (created, closed) OVERLAPS (DATE '2026-01-01', DATE '2026-02-01')
SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE city = 'Oslo')
SELECT id FROM orders WHERE total > ALL (SELECT total FROM orders WHERE status = 'sent') OR total = SOME (SELECT 1)
SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)
SELECT c.name, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS orders FROM customers c
SELECT * FROM orders
SELECT * FROM public.orders
SELECT orders.id FROM ONLY orders
SELECT o.*, c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
SELECT * FROM orders NATURAL JOIN items
SELECT o.id, c.name FROM orders o CROSS JOIN customers c
SELECT * FROM orders o FULL OUTER JOIN customers c USING (id)
SELECT o.id FROM (orders o JOIN customers c ON c.id = o.customer_id) JOIN items i ON i.order_id = o.id
SELECT t.spent FROM (SELECT customer_id, SUM(total) AS spent FROM orders GROUP BY customer_id) AS t WHERE t.spent > 5
SELECT l.top FROM customers c LEFT JOIN LATERAL (SELECT MAX(total) AS top FROM orders o WHERE o.customer_id = c.id) l ON true
SELECT id FROM orders UNION SELECT id FROM customers
(SELECT id FROM orders ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM customers LIMIT 2) ORDER BY id
SELECT id FROM orders INTERSECT ALL SELECT id FROM customers EXCEPT SELECT id FROM items
WITH paid AS (SELECT * FROM orders WHERE status = 'paid') SELECT COUNT(*) FROM paid
WITH a (x) AS MATERIALIZED (SELECT id FROM orders), b AS NOT MATERIALIZED (SELECT x FROM a) SELECT x FROM b
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i FROM n
WITH RECURSIVE tree AS (SELECT id, parent_id FROM items WHERE parent_id IS NULL UNION ALL SELECT i.id, i.parent_id FROM items i JOIN tree t ON i.parent_id = t.id) SELECT * FROM tree
WITH RECURSIVE tree AS (SELECT id, parent_id, 1 AS depth FROM items UNION SELECT i.id, i.parent_id, t.depth + 1 FROM items i, tree t WHERE i.parent_id = t.id) SELECT MAX(depth) FROM tree
SELECT ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created DESC NULLS LAST) AS rn, id FROM orders
SELECT RANK() OVER w AS c1, DENSE_RANK() OVER w AS c2, NTILE(4) OVER w AS c3 FROM orders WINDOW w AS (ORDER BY total)
SELECT SUM(total) OVER (ORDER BY created RANGE BETWEEN '7 days' PRECEDING AND CURRENT ROW) FROM orders
SELECT LAG(total, 1, 0::numeric) OVER (ORDER BY created) AS c1, LEAD(total) OVER (ORDER BY created) AS c2, FIRST_VALUE(total) OVER (ORDER BY created) AS c3 FROM orders
SELECT DISTINCT ON (customer_id) customer_id, total FROM orders ORDER BY customer_id, created DESC
SELECT substring(name FROM 1 FOR 3) AS c1, substring(name, 2) AS c2, substring(name FROM '[a-z]+') AS c3, trim(BOTH 'x' FROM name) AS c4, position('a' IN name) AS c5, overlay(name PLACING 'x' FROM 1) AS c6 FROM customers
SELECT upper(name) AS c1, initcap(name) AS c2, length(name) AS c3, name || ' ' || city AS c4, concat(name, city) AS c5, concat_ws(', ', name, city) AS c6, format('%s-%s', name, city) AS c7 FROM customers
SELECT left(name, 1) AS c1, right(name, 2) AS c2, lpad(id::text, 8, '0') AS c3, split_part(name, ' ', 1) AS c4, reverse(name) AS c5, repeat('x', 3) AS c6, strpos(name, 'a') AS c7, starts_with(name, 'A') AS c8 FROM customers
SELECT regexp_replace(name, 'a', 'b', 'g') AS c1, regexp_matches(name, '(a)(b)') AS c2, regexp_split_to_array(name, ' ') AS c3, translate(name, 'a', 'b') AS c4, md5(name) AS c5 FROM customers
SELECT round(total, 2) AS c1, ceil(total) AS c2, floor(total) AS c3, trunc(total) AS c4, abs(total) AS c5, power(total, 2) AS c6, sqrt(total) AS c7, sign(total) AS c8, mod(id, 2) AS c9, width_bucket(total, 0, 100, 10) AS c10 FROM orders
SELECT stddev(total) AS c1, variance(total) AS c2, corr(total, id) AS c3, covar_pop(total, id) AS c4, regr_slope(total, id) AS c5, bool_and(paid) AS c6, bool_or(paid) AS c7, every(paid) AS c8 FROM orders
SELECT jsonb_array_elements(data -> 'items') ->> 'sku' AS c1, jsonb_array_length(data -> 'items') AS c2, jsonb_typeof(data) AS c3, jsonb_object_keys(data) AS c4 FROM customers
SELECT e.value ->> 'sku' FROM customers c, jsonb_array_elements(c.data -> 'items') AS e(value)
SELECT e.key, e.value FROM customers c CROSS JOIN LATERAL jsonb_each_text(c.data) AS e
SELECT json_build_object('id', id, 'name', name) AS c1, jsonb_agg(name) AS c2, json_object_agg(id, name) AS c3, row_to_json(customers) AS c4, to_jsonb(customers) AS c5 FROM customers GROUP BY customers.id, customers.name, customers.*
SELECT jsonb_path_query(data, '$.a') AS c1, jsonb_path_exists(data, '$.a') AS c2, jsonb_path_query_array(data, '$.a[*]') AS c3, jsonb_set(data, '{a}', '1') AS c4, jsonb_pretty(data) AS c5, jsonb_strip_nulls(data) AS c6 FROM customers
SELECT status, city, SUM(total) AS c3 FROM orders JOIN customers ON customers.id = orders.customer_id GROUP BY GROUPING SETS ((status), (city), ())
SELECT status, GROUPING(status) AS c2, SUM(total) AS c3 FROM orders GROUP BY ROLLUP (status)
SELECT status, city FROM orders, customers GROUP BY CUBE (status, city)
SELECT id FROM orders OFFSET 5 LIMIT 10
SELECT id FROM orders ORDER BY id FETCH FIRST 5 ROWS ONLY
SELECT id FROM orders ORDER BY total DESC OFFSET 5 ROWS FETCH NEXT 5 ROWS WITH TIES
SELECT "Order Details".id FROM "Order Details"
SELECT name COLLATE "C" FROM customers ORDER BY name COLLATE "C"
SELECT 'it''s' AS c1, E'a\nb' AS c2, B'101' AS c3, X'1F' AS c4, 1e3, .5, TRUE, NULL, DATE '2026-01-01' AS c9, TIMESTAMP '2026-01-01 00:00' AS c10, INTERVAL '1' DAY AS c11
SELECT ROW(1, 'a') AS c1, (1, 2) = (1, 2) AS c2, ARRAY[[1, 2], [3, 4]] AS c3, ARRAY(SELECT id FROM orders) AS c4
SELECT daterange('2026-01-01', '2026-02-01') @> created::date AS c1, lower(int4range(1, 5)) AS c2, upper(int4range(1, 5)) AS c3 FROM orders
SELECT int4range(1, 5) && int4range(4, 9) AS c1, tstzrange(created, closed) @> now() AS c2, isempty(int4range(1, 1)) AS c3 FROM orders
SELECT v.id, v.name FROM (VALUES (1, 'a'), (2, 'b')) AS v(id, name)
VALUES (1, 'a'), (2, 'b')
SELECT 1
SELECT gen_random_uuid() AS c1, random() AS c2, clock_timestamp() AS c3, current_user
SELECT n, n % 7 AS weekday FROM generate_series(0, 364, 7) AS n
SELECT jt.a FROM JSON_TABLE('[{"a": 1}]', '$[*]' COLUMNS (a int PATH '$.a')) AS jt
SELECT date_bin('15 minutes', created, TIMESTAMP '2001-01-01') FROM orders
SELECT status, SUM(total) AS s FROM orders GROUP BY ROLLUP (status)
SELECT status, customer_id, SUM(total) AS s FROM orders GROUP BY CUBE (status, customer_id)
SELECT status, SUM(total) AS s FROM orders GROUP BY GROUPING SETS ((status), ())
SELECT date_trunc('month', created) AS m, SUM(total) AS s FROM orders GROUP BY 1 ORDER BY 1
SELECT id FROM orders WHERE created >= now() - interval '7 days'
SELECT id FROM orders WHERE created::date = CURRENT_DATE - 1
SELECT EXTRACT(EPOCH FROM (closed - created)) / 3600 AS h FROM orders
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) AS med FROM orders
SELECT string_agg(DISTINCT name, ', ' ORDER BY name) AS names FROM customers
SELECT array_agg(id ORDER BY id) FILTER (WHERE paid) AS ids FROM orders
SELECT COUNT(*) FILTER (WHERE paid) AS p, COUNT(*) AS n FROM orders
SELECT id FROM orders WHERE tags @> ARRAY['a']
SELECT id FROM orders WHERE 'a' = ANY (tags)
SELECT id FROM orders WHERE data ->> 'k' = 'v' AND data -> 'a' ->> 'b' IS NOT NULL
SELECT id FROM orders WHERE data @> '{"k": 1}'
SELECT id FROM orders WHERE data ? 'k'
SELECT id FROM orders WHERE data ?| ARRAY['a', 'b']
SELECT data #>> '{a,b}' AS v FROM orders
SELECT t.v FROM orders o CROSS JOIN LATERAL unnest(o.tags) AS t(v)
SELECT o.id, x.m FROM orders o LEFT JOIN LATERAL (SELECT MAX(total) AS m FROM orders p WHERE p.customer_id = o.customer_id) x ON true
SELECT d::date AS day FROM generate_series('2024-01-01'::date, '2024-01-31'::date, interval '1 day') AS d
SELECT name ILIKE 'a%' AS a FROM customers
SELECT name ~* '^a' AS a, name !~ 'b' AS b FROM customers
SELECT name SIMILAR TO '(a|b)%' AS s FROM customers
SELECT tags[1] AS t, tags[1:2] AS u FROM orders
SELECT COALESCE(status, 'none') || '-' || id::text AS k FROM orders
SELECT ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created) AS r FROM orders
SELECT SUM(total) OVER (ORDER BY created RANGE BETWEEN interval '7 days' PRECEDING AND CURRENT ROW) AS s FROM orders
SELECT SUM(total) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS s FROM orders
SELECT id FROM orders FETCH FIRST 5 ROWS ONLY
SELECT id FROM orders ORDER BY total DESC NULLS LAST LIMIT 3 OFFSET 2
WITH a AS MATERIALIZED (SELECT id FROM orders), b AS NOT MATERIALIZED (SELECT id FROM customers) SELECT a.id FROM a JOIN b ON a.id = b.id
WITH RECURSIVE t(id, depth) AS (SELECT id, 0 FROM items WHERE parent_id IS NULL UNION ALL SELECT i.id, t.depth + 1 FROM items i JOIN t ON i.parent_id = t.id) SELECT MAX(depth) AS d FROM t
WITH RECURSIVE t(id, parent_id) AS (SELECT id, parent_id FROM items UNION SELECT i.id, i.parent_id FROM items i JOIN t ON i.parent_id = t.id) SEARCH DEPTH FIRST BY id SET ordercol SELECT id FROM t ORDER BY ordercol
SELECT id FROM orders WHERE (created, closed) OVERLAPS (DATE '2024-01-01', DATE '2024-02-01')
SELECT created AT TIME ZONE 'Europe/Berlin' AS c FROM orders
SELECT id FROM orders WHERE total BETWEEN SYMMETRIC 5 AND 1
SELECT id FROM orders WHERE status IS DISTINCT FROM 'x'
SELECT CAST(total AS numeric(10,2)) AS t, total::int AS i FROM orders
SELECT to_char(created, 'YYYY-MM') AS m FROM orders
SELECT POSITION('a' IN name) AS p, SUBSTRING(name FROM 1 FOR 3) AS s, TRIM(BOTH ' ' FROM name) AS t FROM customers
SELECT OVERLAY(name PLACING 'x' FROM 1 FOR 1) AS o FROM customers
SELECT jsonb_array_elements_text(data -> 'x') AS e FROM orders
SELECT e.key, e.value FROM orders, jsonb_each_text(data) AS e
SELECT r.a FROM orders, jsonb_to_recordset(data) AS r(a int, b text)
SELECT GREATEST(total, 1) AS g, width_bucket(total, 0, 100, 5) AS w FROM orders
SELECT status, COUNT(*) FROM orders GROUP BY status HAVING COUNT(*) > 1
SELECT o.status FROM public.orders AS o
SELECT "orders"."id" FROM "orders"
SELECT id "Order" FROM orders
SELECT mode() WITHIN GROUP (ORDER BY status) AS m FROM orders
SELECT regr_slope(total, id) AS s, corr(total, id) AS c FROM orders
SELECT age(closed, created) AS a FROM orders
SELECT make_date(2024, 1, 1) AS d
SELECT id FROM orders WHERE created >= date '2024-01-01' AND created < date '2024-01-01' + interval '1 month'
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(n, s)
VALUES (1, 2), (3, 4)
SELECT id FROM orders EXCEPT ALL SELECT order_id FROM items
(SELECT id FROM orders ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM items ORDER BY id LIMIT 1)
SELECT bool_and(paid) AS a, every(paid) AS e FROM orders
SELECT EXISTS (SELECT 1 FROM orders WHERE paid) AS e
SELECT array_length(tags, 1) AS n, cardinality(tags) AS c FROM orders
SELECT id FROM orders WHERE NOT (paid OR closed IS NULL)
SELECT COUNT(DISTINCT (customer_id, status)) AS n FROM orders
SELECT xmin FROM orders
SELECT json_build_object('id', id, 'total', total) AS j FROM orders
SELECT jsonb_path_query(data, '$.a[*]') AS q FROM orders
SELECT id FROM orders WHERE to_tsvector('english', status) @@ plainto_tsquery('x')
SELECT date_part('dow', created) AS d, COUNT(*) AS n FROM orders GROUP BY 1
SELECT lower(name) COLLATE "C" AS n FROM customers
SELECT ROUND(100.0 * SUM(total) / SUM(SUM(total)) OVER (), 2) AS share, status FROM orders GROUP BY status
SELECT EXTRACT(ISODOW FROM created) AS d FROM orders
SELECT nullif(status, '') IS NULL AS e FROM orders
SELECT a.id FROM customers a CROSS JOIN customers b WHERE a.id < b.id
SELECT JSON_VALUE(data, '$.a') AS v FROM orders
SELECT t.a FROM orders, JSON_TABLE(data, '$[*]' COLUMNS (a int PATH '$.a')) AS t
SELECT id IS JSON AS j FROM orders
SELECT any_value(name) AS n FROM customers
SELECT date_bin('15 minutes', created, timestamp '2024-01-01') AS b FROM orders
SELECT array_to_string(ARRAY(SELECT name FROM customers ORDER BY name), ',') AS s
SELECT ceil(total / 10.0) * 10 AS b, count(*) AS n FROM orders GROUP BY b
SELECT regexp_count(name, 'a') AS c, split_part(name, ' ', 1) AS p FROM customers
SELECT sum(total) / nullif(count(*), 0) AS a FROM orders
SELECT id FROM orders WHERE (customer_id, status) IN (SELECT id, city FROM customers)
SELECT total % 2 AS m, total ^ 2 AS p, |/ total AS r, @ total AS a FROM orders
