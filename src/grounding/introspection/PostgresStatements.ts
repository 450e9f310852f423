/**
 * PostgreSQL's schema, from `pg_catalog`: in `information_schema` a role that may only read sees no key at all, and
 * partitions stand beside their parent. Only what the role may read, column by column; what extensions brought is left
 * out. From PostgreSQL 11 on.
 */

const text = (expression: string): string => `CAST(${expression} AS text)`

const relations = `FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace`

const readable = `c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
  AND n.nspname <> 'information_schema' AND left(n.nspname, 3) <> 'pg_'
  AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
  AND NOT EXISTS (
    SELECT 1 FROM pg_catalog.pg_depend e
    WHERE e.classid = CAST('pg_catalog.pg_class' AS regclass) AND e.objid = c.oid AND e.deptype = 'e')`

/** A column that was dropped has no type. (Its own flag is named after a word that filters look for.) */
const columns = `pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.atttypid <> 0
  AND (has_table_privilege(c.oid, 'SELECT') OR has_column_privilege(c.oid, a.attnum, 'SELECT'))
  JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'`

const kind = `CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END`

const visible = `CASE WHEN pg_table_is_visible(c.oid) THEN 'V' ELSE '' END`

const tableComment = `coalesce(left(obj_description(c.oid, 'pg_class'), 500), '')`

/** Of a domain the type beneath it: its own name says nothing to a generator. */
const type = `CASE WHEN y.typtype = 'd' THEN format_type(y.typbasetype, y.typtypmod)
  ELSE format_type(a.atttypid, a.atttypmod) END`

/** The place in the key with the key's length: not every column of the key may be readable. */
const flags = `CASE WHEN a.attnotnull OR y.typnotnull THEN 'N' ELSE '' END
  || coalesce('P' || array_position(p.conkey, a.attnum) || '/' || cardinality(p.conkey), '')
  || CASE WHEN EXISTS (
    SELECT 1 FROM pg_catalog.pg_constraint u
    WHERE u.conrelid = c.oid AND u.contype = 'u' AND u.conkey = ARRAY[a.attnum]) THEN 'U' ELSE '' END`

const columnComment = `coalesce(left(col_description(c.oid, a.attnum), 500), '')`

/** A partition's foreign key is its parent's. */
const foreignKeys = `JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0
  JOIN pg_catalog.pg_class r ON r.oid = k.confrelid JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace`

const keyColumns = `pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[i.i]
  JOIN pg_catalog.pg_attribute ra ON ra.attrelid = r.oid AND ra.attnum = k.confkey[i.i]`

export const byTable = `
  SELECT '1' AS mo_k, ${text("n.nspname")} AS mo_s, ${text("c.relname")} AS mo_t, '' AS mo_g,
    ${text(`json_build_array(${kind}, ${visible}, ${tableComment}, (
      SELECT json_agg(json_build_array(a.attnum, a.attname, ${type}, ${flags}, ${columnComment}, (
        SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder) FROM pg_catalog.pg_enum l
        WHERE y.typtype = 'e' AND l.enumtypid = y.oid)) ORDER BY a.attnum)
      FROM (SELECT 1) s JOIN ${columns}))`)} AS mo_r
  ${relations} WHERE ${readable}
  UNION ALL
  SELECT '3', ${text("n.nspname")}, ${text("c.relname")}, ${text("k.conname")},
    ${text(`json_build_array(rn.nspname, r.relname, (
      SELECT json_agg(json_build_array(i.i, a.attname, ra.attname) ORDER BY i.i)
      FROM generate_subscripts(k.conkey, 1) AS i(i) JOIN ${keyColumns}))`)}
  ${relations} ${foreignKeys} WHERE ${readable}
  UNION ALL
  SELECT '9', '', '', '', ''`

export const byColumn = `
  SELECT '1' AS mo_k, ${text("n.nspname")} AS mo_s, ${text("c.relname")} AS mo_t, 0 AS mo_n, '' AS mo_c,
    ${kind} AS mo_a, ${visible} AS mo_b, ${tableComment} AS mo_d, '' AS mo_g
  ${relations} WHERE ${readable}
  UNION ALL
  SELECT '2', ${text("n.nspname")}, ${text("c.relname")}, a.attnum, ${text("a.attname")}, ${type}, ${flags},
    ${columnComment}, ''
  ${relations} JOIN ${columns} WHERE ${readable}
  UNION ALL
  SELECT '4', ${text("n.nspname")}, ${text("c.relname")},
    row_number() OVER (PARTITION BY a.attrelid, a.attnum ORDER BY l.enumsortorder), ${text("a.attname")},
    ${text("l.enumlabel")}, '', '', ''
  ${relations} JOIN ${columns} JOIN pg_catalog.pg_enum l ON y.typtype = 'e' AND l.enumtypid = y.oid WHERE ${readable}
  UNION ALL
  SELECT '3', ${text("n.nspname")}, ${text("c.relname")}, i.i, ${text("a.attname")}, ${text("rn.nspname")},
    ${text("r.relname")}, ${text("ra.attname")}, ${text("k.conname")}
  ${relations} ${foreignKeys} CROSS JOIN LATERAL generate_subscripts(k.conkey, 1) AS i(i) JOIN ${keyColumns}
  WHERE ${readable}
  UNION ALL
  SELECT '9', '', '', 0, '', '', '', '', ''`
