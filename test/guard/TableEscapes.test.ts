/** Ways to read a table that is not known under a name that is, or the catalog without a table. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { DatabaseSync } from "node:sqlite"
import type { Dialect } from "../../src/config/OrchestratorConfig.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { refusalOf, table } from "./tables.ts"

const tables = [table("orders", ["id", "total"]), table("Order Details", ["id"])]
const check = (dialect: Dialect, sql: string) =>
  SqlGuard.check(sql, { dialect, grounding: { tables }, allowedFunctions: [] })

describe("A WITH query does not hide a table", () => {
  it.effect.each([
    ["postgres", `WITH "Secrets" AS (SELECT 1 AS id) SELECT id FROM secrets`],
    ["postgres", `WITH secrets AS (SELECT 1 AS id) SELECT id FROM "Secrets"`],
    ["postgres", `WITH RECURSIVE "Secrets" AS (SELECT id FROM secrets) SELECT id FROM "Secrets"`],
    // Names of tables are told by their case where the files of MySQL are.
    ["mysql", "WITH Secrets AS (SELECT 1 AS id) SELECT id FROM secrets"],
    ["mysql", "WITH `SECRETS` AS (SELECT 1 AS id) SELECT id FROM `secrets`"],
    // The Kelvin sign, which no database makes a k.
    ["sqlite", `WITH "\u212aeys" AS (SELECT 1 AS id) SELECT id FROM keys`],
    ["postgres", `WITH "\u212aeys" AS (SELECT 1 AS id) SELECT id FROM keys`],
    ["mysql", "WITH `\u212aeys` AS (SELECT 1 AS id) SELECT id FROM `keys`"]
  ] as const)("whose name only looks like its own: %s %s", ([dialect, sql]) =>
    Effect.gen(function* () {
      const { category, message } = yield* refusalOf(check(dialect, sql))
      assert.strictEqual(category, "unknown_table", message)
    })
  )

  it("in SQLite either", () => {
    const database = new DatabaseSync(":memory:")
    database.exec("CREATE TABLE keys (id); INSERT INTO keys VALUES (42)")
    const rows = database.prepare(`WITH "\u212aeys" AS (SELECT 1 AS id) SELECT id FROM keys`).all()
    assert.deepStrictEqual(
      rows.map(({ id }) => id),
      [42]
    )
  })

  it.effect.each([
    ["postgres", `WITH Recent AS (SELECT id FROM orders) SELECT id FROM RECENT`],
    ["postgres", `WITH "Recent" AS (SELECT id FROM orders) SELECT id FROM "Recent"`],
    ["sqlite", `WITH Recent AS (SELECT id FROM orders) SELECT id FROM "RECENT"`],
    ["mysql", "WITH Recent AS (SELECT id FROM orders) SELECT id FROM Recent"]
  ] as const)("but its name is its name: %s %s", ([dialect, sql]) => check(dialect, sql))
})

it.effect("a WITH query of MySQL's hides nothing from those before it, other than PostgreSQL's and SQLite's", () =>
  Effect.gen(function* () {
    const sql = "WITH RECURSIVE a AS (SELECT id FROM secrets), secrets AS (SELECT 1 AS id) SELECT id FROM a"
    assert.strictEqual((yield* refusalOf(check("mysql", sql))).category, "unknown_table")
    yield* check("postgres", sql)
    yield* check("sqlite", sql)
  })
)

it.effect("what stands in the place of a unit of MySQL's is read as well", () =>
  Effect.gen(function* () {
    const sql = "SELECT TIMESTAMPDIFF((SELECT 1 FROM secrets), '2026-01-01', '2026-02-01') AS n FROM orders"
    assert.strictEqual((yield* refusalOf(check("mysql", sql))).category, "unknown_table")
    yield* check("mysql", "SELECT TIMESTAMPDIFF(MONTH, '2026-01-01', '2026-02-01') AS n FROM orders")
  })
)

describe("A name with capitals in PostgreSQL", () => {
  it.effect.each(['SELECT id FROM "ORDERS"', 'SELECT id FROM "Public".orders', 'SELECT id FROM "ORDER DETAILS"'])(
    "is that of no other table: %s",
    (sql) =>
      Effect.gen(function* () {
        assert.strictEqual((yield* refusalOf(check("postgres", sql))).category, "unknown_table")
      })
  )

  it.effect.each(["SELECT id FROM ORDERS", 'SELECT id FROM Public."orders"', 'SELECT id FROM public."Order Details"'])(
    "is known as it is spelt, or folded where it is not quoted: %s",
    (sql) => check("postgres", sql)
  )
})

it.effect.each([
  "SELECT id::regclass AS name FROM orders",
  "SELECT n::oid::regclass AS name FROM generate_series(1, 9999) AS t(n)",
  "SELECT 'secrets'::regclass::oid AS a",
  "SELECT regclass 'secrets' AS a",
  "SELECT CAST(CAST(10 AS oid) AS pg_catalog.regrole) AS a",
  "SELECT ARRAY[1, 2]::regproc[] AS a",
  "SELECT id FROM orders WHERE id = 'f()'::regprocedure"
])("a cast looks nothing up in PostgreSQL's catalog: %s", (sql) =>
  Effect.gen(function* () {
    assert.match((yield* refusalOf(check("postgres", sql))).message, /looks names up/)
  })
)

it.effect("a type of the user's own, and a dictionary of a text search, are no look-up", () =>
  Effect.forEach(["'x'::region", "'new'::app.order_status", "to_tsvector('english'::regconfig, 'x')"], (expression) =>
    check("postgres", `SELECT ${expression} AS a FROM orders`)
  )
)
