SELECT (SELECT id FROM orders FOR NO KEY UPDATE)
SELECT id FROM orders FOR SHARE SKIP LOCKED
SELECT nextval('s') AS n
SELECT pg_catalog.set_config('a', 'b', false)
SELECT "pg_sleep"(1)
SELECT lower(pg_read_file('/etc/passwd'))
SELECT * FROM pg_ls_dir('.') AS d
SELECT * FROM orders, LATERAL pg_sleep(3)
SELECT (o).pg_sleep FROM orders o
SELECT o.lo_unlink FROM orders o
SELECT orders.* FROM orders, pg_class
SELECT id FROM orders WHERE id IN (SELECT oid FROM pg_catalog.pg_class)
SELECT id FROM orders o JOIN information_schema.tables t ON true
SELECT query_to_xml('delete from orders', true, true, '')
SELECT dblink('a', 'b')
SELECT * FROM dblink('host=x', 'select 1') AS t(a int)
SELECT lo_import('/etc/passwd')
SELECT id::regclass FROM orders
SELECT 'orders'::regclass::oid AS o
SELECT 'pg_sleep(3)'::regprocedure AS p
SELECT CAST('secret' AS regrole)
SELECT current_setting('data_directory')
SELECT version()
SELECT pg_backend_pid()
SELECT inet_server_addr()
SELECT has_table_privilege('orders', 'select')
SELECT txid_current()
SELECT xmlparse(document '<a/>')
SELECT xmlforest(id) FROM orders
SELECT xpath('/a', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'::xml)
SELECT id INTO TEMP copy FROM orders
SELECT id FROM orders; SELECT 1
SELECT id FROM orders;;DROP TABLE orders
WITH d AS (DELETE FROM orders RETURNING *), s AS (SELECT 1) SELECT * FROM s
WITH d AS MATERIALIZED (INSERT INTO orders VALUES (1) RETURNING id) SELECT id FROM d
WITH m AS (MERGE INTO orders USING items ON true WHEN MATCHED THEN DELETE RETURNING 1) SELECT 1
TABLE orders
(TABLE orders)
SELECT 1 UNION TABLE pg_shadow
EXPLAIN ANALYZE DELETE FROM orders
COPY (SELECT 1) TO PROGRAM 'sh'
SELECT id FROM orders WHERE id = (SELECT usesysid FROM pg_user LIMIT 1)
SELECT id FROM ONLY secret.orders
SELECT id FROM "public"."secrets"
SELECT id FROM db.public.orders
SELECT id FROM orders, secrets
SELECT id FROM orders NATURAL JOIN secrets
SELECT (SELECT s FROM (SELECT * FROM secrets) AS s) FROM orders
SELECT id FROM orders ORDER BY (SELECT 1 FROM secrets)
SELECT id FROM orders LIMIT (SELECT 1 FROM secrets)
SELECT COUNT(*) FILTER (WHERE id IN (SELECT id FROM secrets)) FROM orders
SELECT SUM(id) OVER (ORDER BY (SELECT 1 FROM secrets)) FROM orders
SELECT id FROM orders GROUP BY id HAVING EXISTS (SELECT 1 FROM secrets)
SELECT ARRAY(SELECT id FROM secrets)
SELECT id FROM orders o JOIN customers c ON (SELECT true FROM secrets)
WITH orders AS (SELECT * FROM secrets) SELECT * FROM orders
WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets
WITH a AS (SELECT 1 AS x), b AS (WITH a AS (SELECT * FROM secrets) SELECT * FROM a) SELECT * FROM b
SELECT * FROM (WITH secrets AS (SELECT 1 AS id) SELECT id FROM secrets) AS x, secrets
SELECT generate_series(1, 5000000)
SELECT * FROM generate_series(1, 10::bigint * 1000000000)
SELECT * FROM generate_series(1, 1e9::bigint)
SELECT * FROM generate_series(timestamp '2000-01-01', timestamp '2100-01-01', interval '1 millisecond')
SELECT repeat('a', 2000000000)
SELECT repeat('a', (SELECT 2000000000))
SELECT lpad('a', 1000000000)
SELECT rpad('a', 999999 * 999)
SELECT format('%999999999s', 'a')
SELECT array_fill(0, ARRAY[100000000])
SELECT * FROM generate_series(1,1000000) a, generate_series(1,1000000) b
SELECT count(*) FROM generate_series(1,999999) a CROSS JOIN generate_series(1,999999) b CROSS JOIN generate_series(1,999999) c
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t) SELECT n FROM t LIMIT 5
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 99999999999) SELECT count(*) FROM t
SELECT 'a' /* /* */ ; DROP TABLE orders */ FROM orders
SELECT E'\'; DROP TABLE orders; --'
SELECT U&"d\0061t\+000061" FROM orders
SELECT id FROM orders WHERE status = $1
SELECT $a$;$a$, pg_sleep(1)
SELECT id FROM orders WHERE id OPERATOR(pg_catalog.=) 1
SELECT id FROM orders ORDER BY id USING OPERATOR(evil.<)
SELECT id FROM orders WHERE id = ANY (secret.ids())
SELECT (ROW(1, 2)).f1
SELECT (pg_stat_file('x')).size
SELECT id FROM orders TABLESAMPLE evil(1)
SELECT id FROM ROWS FROM (pg_ls_dir('.')) AS t(id)
SELECT x FROM XMLTABLE('/a' PASSING '<a/>' COLUMNS x text)
SELECT JSON_ARRAYAGG(pg_sleep(1)) FROM orders
SELECT CASE WHEN pg_sleep(1) IS NULL THEN 1 END
SELECT set_bit('\x00'::bytea, 0, 1), pg_notify('a', 'b')
SELECT lastval()
SELECT setval('s', 1)
SELECT currval('s')
SELECT pg_terminate_backend(1)
SELECT pg_advisory_lock(1)
SELECT row_to_json(pg_stat_activity) FROM pg_stat_activity
SELECT tableoid::regclass FROM orders
SELECT getdatabaseencoding()
SELECT to_regclass('secrets')
SELECT ts_stat('select * from secrets')
SELECT table_to_xml('secrets', true, true, '')
SELECT cursor_to_xml('c', 1, true, true, '')
SELECT 1 WHERE CURRENT OF c
SELECT pg_size_pretty(pg_database_size('x'))
SELECT obj_description(1)
SELECT DISTINCT ON (pg_sleep(1)) id FROM orders
SELECT id FROM orders WINDOW w AS (PARTITION BY pg_sleep(1))
SELECT date_trunc('day', created, pg_sleep(1)::text) FROM orders
SELECT id FROM orders WHERE (status) COLLATE "x"."y" = pg_sleep(1)::text
SELECT XMLSERIALIZE(CONTENT 'a' AS secret.type)
SELECT interval '1' second(pg_sleep(1))
WITH a AS (SELECT * FROM secrets), secrets AS (SELECT 1 AS id) SELECT * FROM a
(WITH secrets AS (SELECT 1 AS id) SELECT id FROM secrets) UNION SELECT id FROM secrets
SELECT id FROM secrets UNION (WITH secrets AS (SELECT 1 AS id) SELECT id FROM secrets)
SELECT id FROM orders WHERE id IN (WITH secrets AS (SELECT 1 AS id) SELECT id FROM secrets) AND id IN (SELECT id FROM secrets)
SELECT id FROM orders AS secrets, secrets AS orders
SELECT * FROM orders JOIN LATERAL (SELECT * FROM secrets) AS s ON true
SELECT secrets FROM orders
SELECT orders.secrets FROM orders
SELECT id FROM "public.orders.x"
SELECT id FROM ONLY (secrets)
SELECT id FROM secrets *
WITH w AS (SELECT 1) SELECT * FROM public.w
SELECT id FROM orders WHERE (SELECT secrets.id FROM secrets) = 1
SELECT COALESCE((TABLE secrets)::text, '') FROM orders
SELECT id FROM orders WHERE id = ALL (VALUES ((SELECT 1 FROM secrets)))
