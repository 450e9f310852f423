SELECT * FROM sqlite_schema
SELECT * FROM main.sqlite_master
SELECT * FROM temp.sqlite_temp_master
SELECT * FROM "sqlite_master"
SELECT * FROM [sqlite_master]
SELECT * FROM `sqlite_master`
SELECT * FROM 'sqlite_master'
SELECT * FROM "main"."sqlite_schema"
SELECT * FROM sqlite_sequence
SELECT * FROM sqlite_stat1
SELECT * FROM dbstat
SELECT * FROM sqlite_dbpage
SELECT * FROM pragma_table_info('orders')
SELECT * FROM "pragma_table_info"('orders')
SELECT * FROM main.pragma_database_list
SELECT * FROM pragma_function_list
SELECT name FROM pragma_module_list()
SELECT * FROM bytecode('SELECT 1')
SELECT * FROM tables_used('SELECT 1')
SELECT * FROM fts3tokenize('a', 'b')
SELECT * FROM completion('a')
SELECT * FROM generate_series(1, 1000000000)
SELECT value FROM generate_series(1, 5e9)
SELECT * FROM generate_series WHERE start = 1 AND stop = 99999999999
SELECT * FROM json_each(readfile('/etc/passwd'))
SELECT readfile('/etc/passwd')
SELECT writefile('/tmp/x', 'y')
SELECT edit('x')
SELECT load_extension('x')
SELECT fts3_tokenizer('x')
SELECT sqlite_version()
SELECT sqlite_compileoption_get(1)
SELECT sqlite_source_id()
SELECT last_insert_rowid()
SELECT changes(), total_changes()
SELECT randomblob(1000000000)
SELECT zeroblob(1000000000)
SELECT hex(zeroblob(500000000))
SELECT replace(hex(zeroblob(10000)), '0', hex(zeroblob(10000)))
SELECT printf('%.999999999d', 1)
SELECT format('%*d', 999999999, 1)
SELECT printf('%999999999s', '')
SELECT substr(quote(zeroblob(1e9)), 1)
SELECT eval('DROP TABLE orders')
SELECT sql FROM orders JOIN sqlite_master
SELECT id FROM orders, secrets
SELECT id FROM orders WHERE id IN secrets
SELECT id FROM orders WHERE id IN main.secrets
SELECT id FROM orders WHERE id IN "secrets"
SELECT id FROM orders WHERE id IN pragma_table_info('x')
SELECT id FROM orders WHERE id IN (TABLE secrets)
SELECT id FROM other.orders
SELECT id FROM temp.orders
SELECT id FROM orders WHERE EXISTS (SELECT * FROM secrets)
SELECT (SELECT group_concat(v) FROM secrets) FROM orders
WITH orders AS (SELECT * FROM secrets) SELECT * FROM orders
WITH sqlite_master AS (SELECT 1 AS a) SELECT * FROM main.sqlite_master
WITH x AS (SELECT 1), y AS (SELECT * FROM x, secrets) SELECT * FROM y
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r
WITH r(n) AS (SELECT 1 UNION ALL SELECT n FROM r) SELECT count(*) FROM r
WITH r(n) AS (VALUES(1) UNION ALL SELECT n+1 FROM r WHERE n < 1e15) SELECT count(*) FROM r
WITH RECURSIVE a(x) AS (SELECT 'a' UNION ALL SELECT x || x FROM a) SELECT length(x) FROM a
INSERT INTO orders VALUES (1)
REPLACE INTO orders VALUES (1)
WITH x AS (SELECT 1) DELETE FROM orders
WITH x AS (SELECT 1) INSERT INTO orders SELECT * FROM x
WITH x AS (SELECT 1) UPDATE orders SET id = 1
SELECT 1; ATTACH 'x' AS y
ATTACH DATABASE '/tmp/x' AS y
DETACH main
VACUUM INTO '/tmp/x'
PRAGMA writable_schema = 1
PRAGMA table_info(orders)
REINDEX
ANALYZE
BEGIN
EXPLAIN SELECT 1
EXPLAIN QUERY PLAN SELECT 1
CREATE TEMP TABLE x AS SELECT 1
DROP TABLE IF EXISTS orders
SELECT id FROM orders RETURNING id
SELECT RAISE(ABORT, 'x')
SELECT id FROM orders WHERE id = ?1
SELECT id FROM orders WHERE id = :a
SELECT id FROM orders WHERE id = @a
SELECT id FROM orders WHERE id = $a
SELECT 1 --x
SELECT 1 /* unclosed
SELECT 'a
SELECT "a
SELECT [a
SELECT id FROM orders WHERE status = 'a\' OR 1=1 --'
SELECT load_extension ('x') FROM orders
SELECT load_extension/**/('x')
SELECT "load_extension"('x')
SELECT [load_extension]('x')
SELECT `load_extension`('x')
SELECT LoAd_ExTeNsIoN('x')
SELECT ｌoad_extension('x')
SELECT count(*) FROM orders, orders, orders WHERE writefile('x', 1)
SELECT id FROM orders ORDER BY load_extension('x')
SELECT id FROM orders LIMIT load_extension('x')
SELECT id FROM orders LIMIT (SELECT count(*) FROM secrets)
SELECT sum(id) OVER (PARTITION BY load_extension('x')) FROM orders
SELECT sum(id) FILTER (WHERE load_extension('x')) FROM orders
SELECT id FROM orders WINDOW w AS (ORDER BY (SELECT 1 FROM secrets))
SELECT id FROM orders JOIN customers ON load_extension('x')
SELECT json_extract(load_extension('x'), '$.a')
SELECT CASE load_extension('x') WHEN 1 THEN 2 END
SELECT CAST(load_extension('x') AS TEXT)
SELECT id FROM orders WHERE status MATCH load_extension('x')
SELECT id FROM orders WHERE status REGEXP (SELECT v FROM secrets)
SELECT rowid FROM secrets
VALUES ((SELECT v FROM secrets))
VALUES (load_extension('x'))
SELECT * FROM (orders JOIN secrets)
SELECT * FROM (secrets)
SELECT * FROM ((secrets))
SELECT * FROM orders LEFT JOIN (customers, secrets)
SELECT json_group_array(v) FROM orders, json_each((SELECT v FROM secrets))
SELECT group_concat(repeat('x', 1e9))
SELECT 1 UNION SELECT v FROM secrets
SELECT 1 EXCEPT VALUES ((SELECT 1 FROM secrets))
SELECT likely(load_extension('x'))
SELECT highlight(orders, 0, '<', '>') FROM orders
SELECT snippet(orders) FROM orders
SELECT bm25(orders) FROM orders
SELECT * FROM orders('x')
SELECT * FROM json_each('[1]', '$', load_extension('x'))
SELECT uuid()
SELECT sha3('x'), decimal('1')
SELECT * FROM carray(1, 2)
SELECT * FROM csv('x')
SELECT * FROM vtablog
SELECT * FROM zipfile('x')
SELECT * FROM fsdir('/')
SELECT id FROM secrets UNION SELECT id FROM (WITH secrets AS (SELECT 1 AS id) SELECT id FROM secrets)
SELECT id FROM (WITH secrets AS (SELECT 1 AS id) SELECT id FROM secrets) JOIN secrets
SELECT id FROM orders WHERE id IN (WITH secrets AS (SELECT 1 AS id) SELECT id FROM secrets) AND id IN secrets
WITH secrets AS (SELECT 1 AS id) SELECT id FROM main.secrets
SELECT id FROM "orders", "secrets"
SELECT id FROM orders AS secrets, secrets
SELECT id FROM temp.orders
SELECT secrets.id FROM orders
SELECT id FROM 'orders'
SELECT id FROM orders WHERE id IN ("secrets"."id")
