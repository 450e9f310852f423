import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, Schema } from "effect"
import { readFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { checkOutput } from "../../src/guard/OutputColumns.ts"
import { limitRows } from "../../src/guard/RowLimit.ts"
import { parseMysql } from "../../src/guard/MysqlWall.ts"
import { parsePostgres } from "../../src/guard/PostgresWall.ts"
import { parseSqlite } from "../../src/guard/SqliteWall.ts"

const sqlite = (sql: string, rows = 11) => limitRows(sql, { dialect: "sqlite", rows })
const postgres = (sql: string, rows = 11) => limitRows(sql, { dialect: "postgres", rows })
const mysql = (sql: string, rows = 11) => limitRows(sql, { dialect: "mysql", rows })

describe("a statement", () => {
  it.each([
    ["SELECT a FROM t", "SELECT a FROM t LIMIT 11"],
    ["SELECT a\nFROM t", "SELECT a\nFROM t\nLIMIT 11"],
    ["SELECT a FROM t ORDER BY a DESC", "SELECT a FROM t ORDER BY a DESC LIMIT 11"],
    ["SELECT a FROM (SELECT a FROM t LIMIT 5) s", "SELECT a FROM (SELECT a FROM t LIMIT 5) s LIMIT 11"],
    [
      "WITH s AS (SELECT a FROM t LIMIT 5) SELECT a FROM s",
      "WITH s AS (SELECT a FROM t LIMIT 5) SELECT a FROM s LIMIT 11"
    ],
    ["SELECT a FROM t UNION SELECT b FROM u", "SELECT a FROM t UNION SELECT b FROM u LIMIT 11"],
    ["SELECT t.limit, 'LIMIT 3' FROM t", "SELECT t.limit, 'LIMIT 3' FROM t LIMIT 11"],
    ['SELECT a AS "limit" FROM t', 'SELECT a AS "limit" FROM t LIMIT 11'],
    ["SELECT a -- no LIMIT 5\nFROM t", "SELECT a -- no LIMIT 5\nFROM t\nLIMIT 11"],
    ["SELECT a FROM t WHERE b /* LIMIT 1 */ = 1", "SELECT a FROM t WHERE b /* LIMIT 1 */ = 1 LIMIT 11"]
  ])("without a limit gets one: %s", (given, expected) => {
    for (const limit of [sqlite, postgres, mysql]) assert.strictEqual(limit(given), expected)
  })

  it.each([
    ["SELECT a FROM t LIMIT 5", "SELECT a FROM t LIMIT 5"],
    ["SELECT a FROM t LIMIT 11", "SELECT a FROM t LIMIT 11"],
    ["SELECT a FROM t LIMIT 0", "SELECT a FROM t LIMIT 0"],
    ["SELECT a FROM t LIMIT 5000", "SELECT a FROM t LIMIT 11"],
    ["SELECT a FROM t LIMIT 99999999999999999999 OFFSET 3", "SELECT a FROM t LIMIT 11 OFFSET 3"],
    ["SELECT a FROM t LIMIT 5 OFFSET 300", "SELECT a FROM t LIMIT 5 OFFSET 300"],
    ["SELECT a FROM t LIMIT /* many */ 5000", "SELECT a FROM t LIMIT /* many */ 11"]
  ])("with a number keeps the lower one: %s", (given, expected) => {
    for (const limit of [sqlite, postgres, mysql]) assert.strictEqual(limit(given), expected)
  })

  it.each([
    ["SELECT a FROM t LIMIT 5, 10", "SELECT a FROM t LIMIT 5, 10"],
    ["SELECT a FROM t LIMIT 300, 5000", "SELECT a FROM t LIMIT 300, 11"]
  ])("of SQLite or MySQL may have the offset first: %s", (given, expected) => {
    for (const limit of [sqlite, mysql]) assert.strictEqual(limit(given), expected)
  })

  it.each([
    ["SELECT a FROM t LIMIT ALL", "SELECT a FROM t LIMIT 11"],
    ["SELECT a FROM t LIMIT NULL OFFSET 2", "SELECT a FROM t LIMIT 11 OFFSET 2"],
    ["SELECT a FROM t OFFSET 2", "SELECT a FROM t OFFSET 2 LIMIT 11"],
    ["SELECT a FROM t OFFSET 2 ROWS LIMIT 90", "SELECT a FROM t OFFSET 2 ROWS LIMIT 11"],
    ["SELECT a FROM t LIMIT 2 * 3", "SELECT a FROM t LIMIT LEAST((2 * 3), 11)"],
    ["SELECT a AS limit FROM t", "SELECT a AS limit FROM t LIMIT 11"],
    ["(SELECT a FROM t LIMIT 500)", "(SELECT a FROM t LIMIT 500) LIMIT 11"],
    ["(SELECT a FROM t) UNION (SELECT b FROM u LIMIT 3)", "(SELECT a FROM t) UNION (SELECT b FROM u LIMIT 3) LIMIT 11"],
    ["VALUES (1), (2)", "VALUES (1), (2) LIMIT 11"],
    ["SELECT a FROM t FETCH FIRST ROW ONLY", "SELECT a FROM t FETCH FIRST ROW ONLY"],
    ["SELECT a FROM t OFFSET 1 ROWS FETCH NEXT 5 ROWS ONLY", "SELECT a FROM t OFFSET 1 ROWS FETCH NEXT 5 ROWS ONLY"],
    ["SELECT a FROM t FETCH FIRST 500 ROWS ONLY", "SELECT a FROM t FETCH FIRST 11 ROWS ONLY"],
    ["SELECT a FROM t FETCH FIRST (2 + 3) ROWS ONLY", "SELECT a FROM t FETCH FIRST LEAST(((2 + 3)), 11) ROWS ONLY"],
    [
      "SELECT a FROM t ORDER BY a FETCH FIRST 5 ROWS WITH TIES",
      "SELECT * FROM (SELECT a FROM t ORDER BY a FETCH FIRST 5 ROWS WITH TIES) AS limited LIMIT 11"
    ]
  ])("of PostgreSQL keeps its form: %s", (given, expected) => {
    assert.strictEqual(postgres(given), expected)
  })

  it.each([
    ["VALUES (1), (2)", "SELECT * FROM (VALUES (1), (2)) AS limited LIMIT 11"],
    ["SELECT a FROM t UNION VALUES (2)", "SELECT * FROM (SELECT a FROM t UNION VALUES (2)) AS limited LIMIT 11"],
    ["SELECT a FROM t LIMIT -1", "SELECT a FROM t LIMIT CASE WHEN (-1) < 0 THEN 11 ELSE min((-1), 11) END"]
  ])("of SQLite keeps its form: %s", (given, expected) => {
    assert.strictEqual(sqlite(given), expected)
  })
})

const ordering = Schema.Literals(["", "ORDER BY n DESC", "ORDER BY tag, n", "GROUP BY n % 7 ORDER BY 1"])
const bound = Schema.Literals([
  "",
  "LIMIT 4",
  "LIMIT 40",
  "LIMIT 3, 9",
  "LIMIT 90 OFFSET 2",
  "LIMIT -1",
  "LIMIT -1 OFFSET 4",
  "LIMIT 2 * 3",
  "LIMIT (SELECT count(*) FROM t WHERE n < 9)"
])
const postgresBound = Schema.Literals([
  "",
  "LIMIT 4",
  "LIMIT ALL",
  "OFFSET 3",
  "LIMIT 2 * 3",
  "FETCH FIRST 30 ROWS ONLY"
])
const form = Schema.Literals([
  "SELECT n, tag FROM t #",
  "WITH s AS (SELECT n, tag FROM t ORDER BY n LIMIT 30) SELECT n, tag FROM s AS t #",
  "SELECT n, tag FROM (SELECT * FROM t UNION ALL SELECT n, tag FROM t ORDER BY 1, 2 LIMIT 50) AS t #",
  "SELECT n, tag FROM t WHERE n > 3 UNION SELECT n + 100, tag FROM t ORDER BY 1, 2 #",
  "VALUES (1, 'a'), (2, 'b'), (3, 'c')"
])

describe("in the database", () => {
  const open = () => {
    const database = new DatabaseSync(":memory:")
    database.exec("CREATE TABLE t (n INTEGER, tag TEXT)")
    database.exec(
      "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60) INSERT INTO t SELECT n, 'tag ' || (n % 5) FROM c"
    )
    return database
  }
  const database = open()
  const run = (sql: string) => database.prepare(sql).all()

  it.prop(
    "the rows are the first of those that the statement alone delivers",
    { form, ordering, bound, rows: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 20 })) },
    ({ bound, form, ordering, rows }) => {
      const clauses = form.includes("ORDER BY") ? bound : `${ordering} ${bound}`
      const sql = form.replace("#", clauses).trim()
      const all = run(sql)
      assert.deepStrictEqual(run(sqlite(sql, rows)), all.slice(0, rows))
    }
  )

  it.effect.prop(
    "the statement stays one that the dialect's own parser reads",
    { form, sqliteBound: bound, postgresBound },
    ({ form, postgresBound, sqliteBound }) =>
      Effect.all([
        parseSqlite(sqlite(form.startsWith("VALUES") ? form : form.replace("#", sqliteBound))),
        parsePostgres(postgres(form.replace("#", postgresBound)))
      ])
  )
})

describe("the statements of a public benchmark", () => {
  const Line = Schema.fromJsonString(Schema.Struct({ sql: Schema.String }))
  const statements = (dialect: string) =>
    readFileSync(new URL(`sql-eval/${dialect}.jsonl`, import.meta.url), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => Schema.decodeSync(Line)(line).sql.replace(/[;\s]+$/, ""))

  it.effect.each([
    ["sqlite", sqlite, parseSqlite],
    ["postgres", postgres, parsePostgres],
    ["mysql", mysql, parseMysql]
  ] as const)("stay readable with a limit, and none delivers two columns of one name: %s", ([dialect, limit, parse]) =>
    Effect.gen(function* () {
      for (const sql of statements(dialect)) {
        yield* parse(limit(sql))
        assert.isTrue(Result.isSuccess(checkOutput(sql, { dialect, tables: [] })))
      }
    })
  )
})

it("lets no more rows out of a database of 100,000 than were asked for", () => {
  const database = new DatabaseSync(":memory:")
  let delivered = 0
  database.exec("CREATE TABLE wide (n INTEGER)")
  database.exec(
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000) INSERT INTO wide SELECT n FROM c"
  )
  for (const _row of database.prepare(sqlite("SELECT n FROM wide", 1001)).iterate()) delivered += 1
  assert.strictEqual(delivered, 1001)
})
