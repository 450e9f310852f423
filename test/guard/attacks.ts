/**
 * What is tried against a database behind the guard, for each dialect: expressions and sources, to be put at every place
 * of a query, and statements that need a place of their own. Taken from the dialects' manuals (functions, system catalogs,
 * SELECT) and from what got past earlier versions of this guard.
 */
import type { Dialect } from "../../src/config/OrchestratorConfig.ts"

const lines = (text: string): ReadonlyArray<string> =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")

/** A query around an expression: `¤`. */
const expressionPlaces = lines(`
  SELECT ¤ AS a FROM orders
  SELECT id FROM orders WHERE ¤ IS NOT NULL
  SELECT id FROM orders ORDER BY ¤
  SELECT COUNT(*) FROM orders GROUP BY ¤
  SELECT status FROM orders GROUP BY status HAVING ¤ = 'x'
  SELECT CASE WHEN total > 1 THEN ¤ ELSE 'x' END AS a FROM orders
  SELECT o.id FROM orders o JOIN customers c ON ¤ = c.name
  WITH x AS (SELECT ¤ AS a) SELECT a FROM x
  SELECT t.a FROM (SELECT ¤ AS a FROM orders) AS t
  SELECT id FROM orders WHERE id IN (SELECT ¤ FROM customers)
  SELECT id FROM orders UNION SELECT ¤ FROM customers
  SELECT MAX(¤) OVER (PARTITION BY status) AS m FROM orders
  SELECT COALESCE(status, ¤) AS a FROM orders
`)

/** A query around something that is read: `¤`. */
const sourcePlaces = lines(`
  SELECT * FROM ¤
  SELECT o.id FROM orders o JOIN ¤ AS s ON true
  SELECT o.id FROM orders o, ¤ AS s
  SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM ¤)
  SELECT id FROM orders WHERE id IN (SELECT 1 FROM ¤ AS s)
  WITH x AS (SELECT 1 AS a FROM ¤ AS s) SELECT a FROM x
  SELECT id FROM orders UNION ALL SELECT 1 FROM ¤ AS s
  SELECT (SELECT COUNT(*) FROM ¤ AS s) AS a FROM orders
`)

interface Attacks {
  readonly expressions: ReadonlyArray<string>
  readonly sources: ReadonlyArray<string>
  readonly statements: ReadonlyArray<string>
}

const attacks: { readonly [dialect in Dialect]: Attacks } = {
  postgres: {
    expressions: lines(`
      pg_read_file('/etc/passwd')
      pg_read_binary_file('/etc/passwd')
      pg_ls_dir('/')
      pg_stat_file('/etc/passwd')
      pg_sleep(10)
      pg_catalog.pg_sleep_for('1 hour')
      pg_terminate_backend(1)
      pg_cancel_backend(1)
      pg_reload_conf()
      pg_advisory_lock(1)
      pg_export_snapshot()
      set_config('role', 'postgres', false)
      current_setting('data_directory')
      nextval('orders_id_seq')
      setval('orders_id_seq', 1)
      lastval()
      lo_import('/etc/passwd')
      lo_export(1, '/tmp/x')
      lo_creat(1)
      lo_put(1, 0, 'x')
      dblink('host=x', 'SELECT 1')
      query_to_xml('DELETE FROM orders', true, true, '')
      cursor_to_xml('c', 1, true, true, '')
      database_to_xml(true, true, '')
      txid_current()
      pg_notify('c', 'x')
      has_table_privilege('orders', 'SELECT')
      pg_get_viewdef('v')
      (SELECT passwd FROM pg_shadow LIMIT 1)
      (SELECT rolpassword FROM pg_catalog.pg_authid LIMIT 1)
      (SELECT salary FROM hr.salaries LIMIT 1)
      (SELECT token FROM secrets LIMIT 1)
      ('orders_id_seq'::regclass).nextval
      (ARRAY['/etc/passwd'])[1].pg_read_file
      my_delete_all()
      public.lower('x')
    `),
    sources: lines(`
      pg_shadow
      pg_catalog.pg_shadow
      "pg_shadow"
      "pg_catalog"."pg_authid"
      pg_stat_activity
      pg_user
      information_schema.tables
      information_schema.columns
      pg_temp.orders
      pg_toast.orders
      hr.orders
      other.public.orders
      secrets
      ONLY secrets
      (SELECT * FROM secrets)
      pg_ls_dir('/')
      pg_read_file('/etc/passwd')
      dblink('host=x', 'SELECT 1')
      ROWS FROM (pg_ls_dir('/'))
      ts_stat('SELECT 1')
      crosstab('SELECT 1')
      secrets TABLESAMPLE SYSTEM (100)
    `),
    statements: lines(`
      SELECT g.nextval FROM generate_series(16384, 16384) g
      SELECT g.lo_creat FROM generate_series(1, 1) g
      SELECT g.pg_read_file FROM unnest(array['PG_VERSION']) g
      SELECT g.pg_ls_dir FROM CAST('.' AS text) AS g
      SELECT g.pg_ls_dir FROM COALESCE('.'::text) AS g
      SELECT unnest.pg_ls_dir FROM unnest(array['.'])
      SELECT 1 FROM unnest(array['.']) g ORDER BY g.pg_ls_dir
      SELECT g.pg_sleep FROM generate_series(60, 60) g
      SELECT g.current_setting FROM unnest(array['data_directory']) g
      SELECT g."pg_read_file" FROM unnest(array['PG_VERSION']) AS g
      WITH a AS (SELECT 1) TABLE secrets
      SELECT * FROM (WITH a AS (SELECT 1) TABLE secrets) q
      SELECT * FROM secrets WHERE EXISTS (WITH secrets AS (SELECT 1) SELECT 1)
      WITH "pg_catalog.pg_shadow" AS (SELECT 1) SELECT * FROM pg_catalog.pg_shadow
      WITH orders AS (SELECT 1 AS id) SELECT id FROM public.secrets
      SELECT id FROM orders TABLESAMPLE evil(1)
      SELECT id FROM orders FOR UPDATE
      SELECT id INTO copy FROM orders
      SELECT id FROM orders; DELETE FROM orders
      WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c
      WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000) SELECT count(*) FROM c
      SELECT count(*) FROM generate_series(1, 1000000000)
      SELECT count(*) FROM generate_series(-1000000000, 1)
      SELECT repeat('x', 1000000000)
      SELECT repeat('x', 1000 * 1000 * 1000)
      SELECT repeat(repeat('x', 100000), 100000)
      SELECT lpad('x', 1000000000)
      SELECT format('%1000000000s', 'x')
      SELECT data #>> '{a}' FROM customers; DELETE FROM orders
      SELECT data #> pg_read_file('/etc/passwd')::text[] FROM customers
      SELECT tags[pg_sleep(1):2] FROM orders
      SELECT id FROM orders WHERE id = ?
      SELECT id FROM orders WHERE id = $1
      TABLE orders
      COPY orders TO PROGRAM 'id'
      DO 'BEGIN DELETE FROM orders; END'
    `)
  },
  mysql: {
    expressions: lines(`
      SLEEP(10)
      BENCHMARK(1000000000, MD5('x'))
      LOAD_FILE('/etc/passwd')
      GET_LOCK('a', 10)
      RELEASE_LOCK('a')
      IS_FREE_LOCK('a')
      MASTER_POS_WAIT('a', 1)
      SOURCE_POS_WAIT('a', 1)
      WAIT_FOR_EXECUTED_GTID_SET('a')
      LAST_INSERT_ID(5)
      NEXTVAL(sq)
      SETVAL(sq, 100)
      sys_exec('id')
      sys_eval('id')
      EXTRACTVALUE(1, CONCAT('~', (SELECT 1)))
      UPDATEXML(1, '~', 1)
      USER()
      VERSION()
      shop.wipe(1)
      my_delete_all()
      @@secure_file_priv
      @a
      (@a := 1)
      (SELECT authentication_string FROM mysql.user LIMIT 1)
      (SELECT token FROM secrets LIMIT 1)
      (SELECT salary FROM hr.salaries LIMIT 1)
      (SELECT table_name FROM information_schema.tables LIMIT 1)
      (SELECT a FROM orders INTO @x)
      NAME_CONST('a', 1)
      PERFORMANCE_SCHEMA.FORMAT_BYTES(1)
    `),
    sources: lines(`
      mysql.user
      \`mysql\`.\`user\`
      mysql . user
      .user
      .secrets
      information_schema.tables
      information_schema.user_privileges
      performance_schema.threads
      sys.session
      hr.orders
      otherdb.orders
      secrets
      \`secrets\`
      (SELECT * FROM secrets)
      (secrets)
      (orders, secrets)
      seq_1_to_1000000000
      secrets PARTITION (p0)
      secrets USE INDEX (i)
      (TABLE secrets)
    `),
    statements: lines(`
      WITH a AS (SELECT 1) TABLE mysql.user
      SELECT id FROM orders UNION TABLE secrets
      SELECT * FROM secrets WHERE EXISTS (WITH secrets AS (SELECT 1) SELECT 1)
      SELECT * FROM orders o FORCE INDEX FOR ORDER BY (x), secrets
      SELECT * FROM .user
      SELECT 1 /*! UNION SELECT token FROM secrets */
      SELECT 1 /*!50000 UNION SELECT token FROM secrets */
      SELECT 1 /*M! UNION SELECT token FROM secrets */
      SELECT 1 /*M!100000 UNION SELECT token FROM secrets */
      SELECT /*+ SET_VAR(sql_log_bin = 0) */ id FROM orders
      SELECT 5--1 FROM secrets
      SELECT id FROM orders # comment
      SELECT id FROM orders INTO OUTFILE '/tmp/x'
      SELECT id FROM orders INTO DUMPFILE '/tmp/x'
      SELECT id INTO @x FROM orders
      SELECT id FROM orders LOCK IN SHARE MODE
      SELECT id FROM orders FOR UPDATE SKIP LOCKED
      SELECT id FROM orders PROCEDURE ANALYSE()
      SELECT id FROM orders; DROP TABLE orders
      SELECT NEXT VALUE FOR sq
      SELECT {fn SLEEP(1)}
      SELECT * FROM {OJ secrets LEFT OUTER JOIN orders ON true}
      WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c
      WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000) SELECT COUNT(*) FROM c
      SELECT REPEAT('x', 1000000000)
      SELECT REPEAT('x', 1000 * 1000 * 1000)
      SELECT SPACE(1000000000)
      SELECT RPAD('x', 1000000000, 'x')
      SELECT JSON_TABLE(LOAD_FILE('/etc/passwd'), '$' COLUMNS (a INT PATH '$'))
      SELECT j.a FROM JSON_TABLE((SELECT token FROM secrets), '$' COLUMNS (a INT PATH '$')) j
      HANDLER orders OPEN
      TABLE orders
      DO SLEEP(1)
      CALL wipe()
      SHOW GRANTS
      SET GLOBAL general_log = 1
    `)
  },
  sqlite: {
    expressions: lines(`
      load_extension('x.so')
      readfile('/etc/passwd')
      writefile('/tmp/x', 'x')
      edit('x')
      fts3_tokenizer('x')
      randomblob(1000000000)
      zeroblob(1000000000)
      sqlite_compileoption_get(1)
      sqlite_offset(id)
      last_insert_rowid()
      changes()
      total_changes()
      my_delete_all()
      RAISE(ABORT, 'x')
      (SELECT sql FROM sqlite_master LIMIT 1)
      (SELECT sql FROM main.sqlite_schema LIMIT 1)
      (SELECT token FROM secrets LIMIT 1)
      (SELECT salary FROM hr.salaries LIMIT 1)
      (id IN secrets)
      (id NOT IN secrets)
      (id IN main.secrets)
      (id IN sqlite_master)
      (id IN pragma_database_list)
      (id IN readfile('/etc/passwd'))
      [load_extension]('x.so')
      "load_extension"('x.so')
    `),
    sources: lines(`
      sqlite_master
      sqlite_schema
      sqlite_temp_master
      sqlite_sequence
      sqlite_stat1
      main.sqlite_master
      temp.sqlite_master
      [sqlite_master]
      "sqlite_master"
      \`sqlite_master\`
      pragma_table_info('orders')
      pragma_database_list
      main.pragma_optimize
      dbstat
      sqlite_dbpage
      temp.orders
      aux.orders
      secrets
      main.secrets
      [secrets]
      (SELECT * FROM secrets)
      fsdir('/')
      bytecode('SELECT 1')
      'secrets'
      ('secrets')
      zipfile('x.zip')
      completion('s')
    `),
    statements: lines(`
      SELECT id FROM orders WHERE id IN secrets
      SELECT id NOT IN secrets FROM orders
      SELECT * FROM [sqlite_master]
      WITH secrets AS (SELECT 1) SELECT * FROM main.secrets
      SELECT * FROM secrets WHERE EXISTS (WITH secrets AS (SELECT 1) SELECT 1)
      SELECT id FROM orders; DELETE FROM orders
      PRAGMA writable_schema = 1
      ATTACH '/tmp/x' AS x
      VACUUM INTO '/tmp/x'
      EXPLAIN SELECT 1
      REPLACE INTO orders VALUES (1)
      WITH x AS (SELECT 1) DELETE FROM orders
      WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c
      WITH c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c) SELECT n FROM c
      WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000) SELECT count(*) FROM c
      SELECT count(*) FROM generate_series(1, 1000000000)
      SELECT printf('%.*c', 1000000000, 'x')
      SELECT printf('%1000000000d', 1)
      SELECT format('%.1000000000f', 1.5)
      SELECT id FROM orders WHERE id = ?
      SELECT id FROM orders WHERE id = :id
      SELECT id FROM orders WHERE id = @id
      SELECT id FROM orders WHERE id = $id
    `)
  }
}

const at = (places: ReadonlyArray<string>, parts: ReadonlyArray<string>, each: number): ReadonlyArray<string> =>
  parts.flatMap((part, index) =>
    // Every part at some places, every place with some parts.
    Array.from({ length: each }, (_, turn) => {
      const place = places[(index + turn * 3) % places.length] ?? ""
      // A source that is not a plain name brings no alias along.
      return place.replace("¤", () => part)
    })
  )

/** All of them as statements, none twice. */
export const attackStatements = (dialect: Dialect): ReadonlyArray<string> => {
  const { expressions, sources, statements } = attacks[dialect]
  return [...new Set([...statements, ...at(expressionPlaces, expressions, 6), ...at(sourcePlaces, sources, 5)])]
}

/** The same places with what may stand there: whoever refuses these refuses everything. */
export const harmlessStatements = (): ReadonlyArray<string> => [
  ...at(
    expressionPlaces,
    ["lower(name)"].map(() => "lower('x')"),
    expressionPlaces.length
  ),
  ...at(sourcePlaces, ["items", "(SELECT 1 AS b)"], sourcePlaces.length)
]
