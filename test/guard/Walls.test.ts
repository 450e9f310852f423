import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import type { Query } from "../../src/guard/QueryShape.ts"
import { checkNames } from "../../src/guard/NameCheck.ts"
import { parsePostgres } from "../../src/guard/PostgresWall.ts"
import { parseSqlite, sqliteNames } from "../../src/guard/SqliteWall.ts"
import { hostile } from "./hostile.ts"
import { refusalOf, table } from "./tables.ts"

const tablesOf = (query: Query) =>
  Result.getOrThrow(
    checkNames(
      query,
      ["a", "c", "d", "e", "f", "S.d"].map((name) => table(name, [])),
      sqliteNames
    )
  )

describe("the second walls alone", () => {
  const statements = hostile
    .filter(
      ({ category, why }) =>
        category === "multiple_statements" || /writes|write|schema|controls|locked|written/.test(why)
    )
    .flatMap((group) => group.statements)

  /** Fine to PostgreSQL, which reads `delete` as an alias or a column; the lexical wall refuses them all the same. */
  const harmless = new Set([
    "SELECT 1 DELETE FROM orders",
    "SELECT 1. DELETE FROM orders",
    "SELECT delete FROM orders",
    "TABLE orders"
  ])

  it.effect.each(statements.filter((sql) => !harmless.has(sql)))(
    "refuse what writes, locks or is more than one: %s",
    (sql) =>
      Effect.gen(function* () {
        for (const parse of [parsePostgres, parseSqlite]) {
          const { category } = yield* refusalOf(parse(sql))
          assert.include(["syntax", "not_read_only", "multiple_statements"], category)
        }
      })
  )

  it.effect.each([
    [parseSqlite, "DELETE FROM orders", "not_read_only"],
    [parseSqlite, "PRAGMA journal_mode", "not_read_only"],
    [parseSqlite, "EXPLAIN SELECT 1", "not_read_only"],
    [parseSqlite, "SELECT 1; SELECT 2", "syntax"],
    [parsePostgres, "DELETE FROM orders", "not_read_only"],
    [parsePostgres, "SELECT * INTO copy FROM orders", "not_read_only"],
    [parsePostgres, "SELECT * FROM (SELECT * FROM orders FOR UPDATE) AS t", "not_read_only"],
    [parsePostgres, "WITH x AS (DELETE FROM orders RETURNING id) SELECT * FROM x", "not_read_only"],
    [parsePostgres, "SELECT 1; SELECT 2", "multiple_statements"]
  ] as const)("say why", ([parse, sql, category]) =>
    Effect.gen(function* () {
      assert.strictEqual((yield* refusalOf(parse(sql))).category, category)
    })
  )

  it.effect("name the tables that are really read", () =>
    Effect.gen(function* () {
      const sql =
        "WITH a AS (SELECT * FROM a UNION SELECT * FROM c), c AS (SELECT * FROM a) SELECT * FROM a, c, S.d, (SELECT 1 FROM e) x WHERE 1 IN (SELECT 1 FROM f)"
      const read = (yield* parsePostgres(sql)).query
      assert.deepStrictEqual(tablesOf(read), ["a", "c", "s.d", "e", "f"])
      const recursive = (yield* parsePostgres(sql.replace("WITH", "WITH RECURSIVE"))).query
      assert.deepStrictEqual(tablesOf(recursive), ["s.d", "e", "f"])
      const inSqlite = (yield* parseSqlite(sql)).query
      assert.deepStrictEqual(tablesOf(inSqlite), ["S.d", "e", "f"])
    })
  )

  it.effect("name the functions that are really called", () =>
    Effect.gen(function* () {
      const calls =
        'SELECT LOWER(a), app.Score(b), "Count"(c), extract(year FROM d), cast(e AS evil(1)) FROM f(1) AS g(h)'
      assert.deepStrictEqual((yield* parsePostgres(calls)).calls, ["lower", "app.score", "Count", "f"])
      const inSqlite =
        'SELECT LOWER(a), "Count"(c), count(*) FROM f(1) WHERE 1 IN g(1) ORDER BY sum(x) OVER (ORDER BY h(1))'
      assert.deepStrictEqual((yield* parseSqlite(inSqlite)).calls.toSorted(), [
        "count",
        "count",
        "f",
        "g",
        "h",
        "lower",
        "sum"
      ])
    })
  )
})
