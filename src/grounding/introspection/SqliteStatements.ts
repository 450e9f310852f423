/** SQLite's schema: `sqlite_master` and the pragma functions. One schema, `main`; no comments, no rights. */

/** `hidden` is 1 for the columns of a virtual table's own making; generated ones (2, 3) may be read. */
export const byTable = (stored: boolean): string => `
  SELECT '1' AS mo_k, 'main' AS mo_s, m.name AS mo_t, '' AS mo_g,
    json_array(m.type, 'V', '', (
      SELECT json_group_array(json_array(p.cid + 1, p.name, p.type, ${flags}, ''))
      FROM pragma_table_xinfo(${described(stored)}) p WHERE p.hidden <> 1)) AS mo_r
  FROM sqlite_master m WHERE ${users}
  UNION ALL
  SELECT '3', 'main', m.name, CAST(f.id AS TEXT),
    json_array('main', f."table", json_group_array(json_array(f.seq + 1, f."from", coalesce(f."to", ''))))
  FROM sqlite_master m JOIN pragma_foreign_key_list(${described(stored)}) f WHERE ${users}
  GROUP BY m.name, f.id, f."table"
  UNION ALL
  SELECT '9', '', '', '', ''`

export const byColumn = (stored: boolean): string => `
  SELECT '1' AS mo_k, 'main' AS mo_s, m.name AS mo_t, 0 AS mo_n, '' AS mo_c, m.type AS mo_a, 'V' AS mo_b, '' AS mo_d,
    '' AS mo_g
  FROM sqlite_master m WHERE ${users}
  UNION ALL
  SELECT '2', 'main', m.name, p.cid + 1, p.name, p.type, ${flags}, '', ''
  FROM sqlite_master m JOIN pragma_table_xinfo(${described(stored)}) p WHERE ${users} AND p.hidden <> 1
  UNION ALL
  SELECT '3', 'main', m.name, f.seq + 1, f."from", 'main', f."table", coalesce(f."to", ''), CAST(f.id AS TEXT)
  FROM sqlite_master m JOIN pragma_foreign_key_list(${described(stored)}) f WHERE ${users}
  UNION ALL
  SELECT '9', '', '', 0, '', '', '', '', ''`

// -----------------------------------------------------------------------------
// internals

const flags = `CASE WHEN p."notnull" THEN 'N' ELSE '' END || CASE WHEN p.pk > 0 THEN 'P' || p.pk ELSE '' END`

/** What is looked into: views and virtual tables have no page of their own. */
const described = (stored: boolean): string => (stored ? "CASE WHEN m.rootpage > 0 THEN m.name END" : "m.name")

/** The tables that virtual ones keep their data in (FTS3 to FTS5, R-tree), which no one means. */
const shadows = ["data", "idx", "content", "docsize", "config", "segments", "segdir", "stat", "node", "parent", "rowid"]

const users = `m.type IN ('table', 'view') AND substr(m.name, 1, 7) <> 'sqlite_'
  AND NOT EXISTS (
    SELECT 1 FROM sqlite_master w WHERE w.type = 'table' AND w.rootpage = 0
    AND m.name IN (${shadows.map((suffix) => `w.name || '_${suffix}'`).join(", ")}))`
