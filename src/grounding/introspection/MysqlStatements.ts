/**
 * MySQL's and MariaDB's schema, from `information_schema`, which shows what the role has a right to; of columns those
 * that it may read. Without a selected database nothing may stand without its schema.
 */

/** Through one collation: a UNION of different ones is refused, and the order must tell Orders from orders. */
const exact = (name: string): string => `CONVERT(${name} USING utf8mb4) COLLATE utf8mb4_bin`

const users = (table: string): string =>
  `${table}.table_schema NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')`

const kind = `CASE WHEN t.table_type LIKE '%VIEW' THEN 'view' ELSE 'table' END`

const visible = `CASE WHEN t.table_schema = database() THEN 'V' ELSE '' END`

/** A view's comment is the word VIEW. */
const tableComment = `CASE WHEN t.table_type LIKE '%VIEW' THEN '' ELSE left(t.table_comment, 500) END`

const flags = `concat(CASE WHEN c.is_nullable = 'NO' THEN 'N' ELSE '' END,
  coalesce(concat('P', k.ordinal_position), ''), CASE WHEN c.column_key = 'UNI' THEN 'U' ELSE '' END)`

const columns = `FROM information_schema.columns c
  LEFT JOIN information_schema.key_column_usage k ON k.table_schema = c.table_schema AND k.table_name = c.table_name
    AND k.column_name = c.column_name AND k.constraint_name = 'PRIMARY'
  WHERE ${users("c")} AND c.privileges LIKE '%select%'`

const foreignKeys = `FROM information_schema.key_column_usage k
  WHERE k.referenced_table_name IS NOT NULL AND ${users("k")}`

export const byTable = `
  SELECT '1' AS mo_k, ${exact("t.table_schema")} AS mo_s, ${exact("t.table_name")} AS mo_t, '' AS mo_g,
    CAST(json_array(${kind}, ${visible}, ${tableComment}) AS CHAR) AS mo_r
  FROM information_schema.tables t WHERE ${users("t")}
  UNION ALL
  SELECT '2', ${exact("c.table_schema")}, ${exact("c.table_name")}, '',
    CAST(json_arrayagg(json_array(
      c.ordinal_position, c.column_name, c.column_type, ${flags}, left(c.column_comment, 500))) AS CHAR)
  ${columns} GROUP BY c.table_schema, c.table_name
  UNION ALL
  SELECT '3', ${exact("k.table_schema")}, ${exact("k.table_name")}, ${exact("k.constraint_name")},
    CAST(json_array(min(k.referenced_table_schema), min(k.referenced_table_name),
      json_arrayagg(json_array(k.ordinal_position, k.column_name, k.referenced_column_name))) AS CHAR)
  ${foreignKeys} GROUP BY k.table_schema, k.table_name, k.constraint_name
  UNION ALL
  SELECT '9', '', '', '', ''`

export const byColumn = `
  SELECT '1' AS mo_k, ${exact("t.table_schema")} AS mo_s, ${exact("t.table_name")} AS mo_t, 0 AS mo_n, '' AS mo_c,
    ${kind} AS mo_a, ${visible} AS mo_b, ${exact(tableComment)} AS mo_d, '' AS mo_g
  FROM information_schema.tables t WHERE ${users("t")}
  UNION ALL
  SELECT '2', ${exact("c.table_schema")}, ${exact("c.table_name")}, c.ordinal_position, ${exact("c.column_name")},
    ${exact("c.column_type")}, ${flags}, ${exact("left(c.column_comment, 500)")}, ''
  ${columns}
  UNION ALL
  SELECT '3', ${exact("k.table_schema")}, ${exact("k.table_name")}, k.ordinal_position, ${exact("k.column_name")},
    ${exact("k.referenced_table_schema")}, ${exact("k.referenced_table_name")}, ${exact("k.referenced_column_name")},
    ${exact("k.constraint_name")}
  ${foreignKeys}
  UNION ALL
  SELECT '9', '', '', 0, '', '', '', '', ''`
