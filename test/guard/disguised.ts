/** Statements that do more in PostgreSQL than they say, although they look like plain reads. */

/** An attribute that a function's rows do not have is the call of a function on them. */
export const attributeCalls = [
  "SELECT g.nextval FROM CAST('counter' AS regclass) AS g",
  "SELECT g.lo_creat FROM generate_series(1, 1) g",
  "SELECT g.pg_read_file FROM unnest(array['PG_VERSION']) g",
  "SELECT g.pg_ls_dir FROM CAST('.' AS text) AS g",
  "SELECT g.pg_ls_dir FROM COALESCE('.'::text) AS g",
  "SELECT unnest.pg_ls_dir FROM unnest(array['.'])",
  "SELECT 1 AS a FROM unnest(array['.']) g ORDER BY g.pg_ls_dir",
  "SELECT g.pg_sleep FROM generate_series(0, 0) g",
  "SELECT g.current_setting FROM unnest(array['data_directory']) g"
]

/** A table that the schema does not name. */
export const hiddenTables = [
  "WITH a AS (SELECT 1) TABLE secrets",
  "SELECT * FROM secrets WHERE EXISTS (WITH secrets AS (SELECT 1) SELECT 1)",
  'WITH "pg_catalog.pg_shadow" AS (SELECT 1) SELECT * FROM pg_catalog.pg_shadow',
  "SELECT * FROM (WITH a AS (SELECT 1) TABLE secrets) q",
  "SELECT passwd FROM pg_shadow",
  "SELECT id FROM hr.orders",
  "SELECT table_name FROM information_schema.tables"
]
