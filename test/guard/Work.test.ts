import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Dialect } from "../../src/config/OrchestratorConfig.ts"
import { parseTree } from "../../src/guard/MysqlParser.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { maxOperators } from "../../src/guard/Work.ts"
import { refusalOf, table } from "./tables.ts"

const tables = [table("orders", ["id", "total", "parent_id"])]
const check = (sql: string, dialect: Dialect) =>
  SqlGuard.check(sql, { dialect, grounding: { tables }, allowedFunctions: [] })

const dialects = ["sqlite", "postgres", "mysql"] as const

describe("the work of a database", () => {
  it.effect.each(dialects)("is bounded where the statement shows it: %s", (dialect) =>
    Effect.gen(function* () {
      const count = (body: string) => `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL ${body}) SELECT COUNT(*) FROM c`
      for (const sql of [
        count("SELECT n + 1 FROM c"),
        count("SELECT n + 1 FROM c WHERE true"),
        count("SELECT c.n + 1 FROM c, orders"),
        count("SELECT n + 1 FROM c WHERE n < 1000000000"),
        count("SELECT n + 1 FROM c WHERE n <= 1e12"),
        count("SELECT n + 1 FROM c WHERE 1000000000000 > n"),
        count("SELECT n + 1 FROM c WHERE n <> 1000000000000"),
        count("SELECT n + 1 FROM c WHERE n BETWEEN 1 AND 1000000000000")
      ]) {
        assert.match((yield* refusalOf(check(sql, dialect))).message, /recursion/, sql)
      }
      for (const sql of [
        count("SELECT n + 1 FROM c WHERE n < 1000000"),
        count("SELECT o.id FROM orders o JOIN c ON o.parent_id = c.n"),
        count("SELECT n + 1 FROM c LIMIT 5")
      ]) {
        yield* check(sql, dialect)
      }
    })
  )

  it.effect("is bounded for series and for texts that are made", () =>
    Effect.gen(function* () {
      for (const sql of [
        "SELECT COUNT(*) FROM generate_series(1, 1000000000)",
        "SELECT COUNT(*) FROM generate_series(1, 1000 * 1000 * 1000)",
        "SELECT COUNT(*) FROM generate_series(-2000000, 5)",
        "SELECT repeat('x', 1000001)",
        "SELECT repeat('x', 10 ^ 9)",
        "SELECT repeat(repeat('x', 1000), 1000)",
        "SELECT COUNT(*) FROM generate_series(1000000000, 1, -1)",
        "SELECT COUNT(*) FROM generate_series(1, 10::bigint * 1000000000)",
        "SELECT COUNT(*) FROM generate_series(1, CAST(1e9 AS bigint))",
        "SELECT COUNT(*) FROM generate_series(timestamp '2000-01-01', timestamp '2100-01-01', interval '1 millisecond')",
        "SELECT COUNT(*) FROM generate_series('2000-01-01'::date, '2100-01-01'::date, '1 second')",
        "SELECT COUNT(*) FROM generate_series('1'::bigint, '1000000000'::bigint)",
        "SELECT repeat('x', 1 << 30)",
        "SELECT repeat('x', '2000000000')",
        "SELECT repeat('x', (SELECT 2000000000))",
        "SELECT repeat('x', power(10, 9)::int)",
        "SELECT lpad('x', 99999999)",
        "SELECT format('%2000000s', 'x')"
      ]) {
        assert.match((yield* refusalOf(check(sql, "postgres"))).message, /makes more than/, sql)
      }
      for (const sql of [
        "SELECT repeat('x', 'a' ^ 'b') AS a",
        "SELECT repeat('x', power()) AS a",
        "SELECT COUNT(*) FROM generate_series(1, 1000000)",
        "SELECT COUNT(*) FROM generate_series(1600000000, 1600086400, 60)",
        "SELECT COUNT(*) FROM generate_series(1, 1000) AS a, generate_series(1, 1000) AS b",
        "SELECT COUNT(*) FROM generate_series(1, 1000000) UNION ALL SELECT COUNT(*) FROM generate_series(1, 1000000)",
        "SELECT COUNT(*) FROM generate_series('2000-01-01'::date, '2100-01-01'::date, interval '1 day')",
        "SELECT COUNT(*) FROM generate_series(date_trunc('day', now()) - interval '30 days', now(), interval '1 hour')",
        "SELECT COUNT(*) FROM orders, generate_series(orders.total, 1600086400, 60)",
        "SELECT repeat('x', total) FROM orders",
        "SELECT repeat('-', 80)"
      ]) {
        yield* check(sql, "postgres")
      }
    })
  )
})

it.effect.each([
  [
    "postgres",
    "SELECT COUNT(*) FROM generate_series(1, 999999) a CROSS JOIN generate_series(1, 999999) b",
    /series that make more than 1000000 rows together/
  ],
  [
    "postgres",
    "SELECT COUNT(*) FROM orders o, generate_series(1, 9999) a, LATERAL generate_series(1, 9999) b",
    /series that make/
  ],
  // SQLite recurs without the word.
  [
    "sqlite",
    "WITH r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 1e15) SELECT COUNT(*) AS a FROM r",
    /counts to/
  ],
  ["mysql", "SELECT REPEAT('a', ~0) AS a", /makes more than/],
  ["mysql", "SELECT REPEAT('a', CAST(2000000000 AS UNSIGNED)) AS a", /makes more than/]
] as const)("work that is shown in another way is bounded too: %s %s", ([dialect, sql, why]) =>
  Effect.gen(function* () {
    assert.match((yield* refusalOf(check(sql, dialect))).message, why)
  })
)

it.effect("a large number is nothing to count to where nothing recurs", () =>
  check("WITH c AS (SELECT id FROM orders WHERE total < 8000000000) SELECT COUNT(*) AS n FROM c", "sqlite")
)

describe("the work of a parser", () => {
  it.effect.each(dialects)("is bounded before it begins: %s", (dialect) =>
    Effect.gen(function* () {
      const chain = (length: number) => `SELECT id${" + id".repeat(length)} AS a FROM orders`
      yield* check(chain(maxOperators[dialect]), dialect)
      const { message } = yield* refusalOf(check(chain(maxOperators[dialect] + 1), dialect))
      assert.include(message, `more than ${maxOperators[dialect]} operators`)
    })
  )

  it.effect("takes no long chain of any operator too far for MySQL's", () =>
    Effect.gen(function* () {
      for (const operator of [
        "+ 1",
        "AND id",
        "OR id IN (1)",
        "LIKE 'x'",
        "IS NULL",
        "BETWEEN 1 AND 2",
        "DIV 2",
        "-> '$.a'"
      ]) {
        const sql = `SELECT 1 AS a FROM orders WHERE id${` ${operator}`.repeat(240)}`
        yield* Effect.ignore(check(sql, "mysql"))
        yield* check("SELECT id FROM orders", "mysql")
      }
    })
  )

  it.effect("goes on after a trap of MySQL's, which ends that instance only", () =>
    Effect.gen(function* () {
      for (let time = 0; time < 2; time += 1) {
        const trapped = yield* refusalOf(parseTree(`SELECT 1${" + 1".repeat(5000)}`))
        assert.strictEqual(trapped.message, "MySQL's parser gave up")
        yield* parseTree("SELECT 1")
      }
    })
  )

  it.effect("is short for statements nested as deep as they may be", () =>
    Effect.gen(function* () {
      const nested = (open: string, close: string, depth: number) =>
        `SELECT ${open.repeat(depth)}1${close.repeat(depth)} AS a FROM orders`
      const started = performance.now()
      for (const dialect of dialects) {
        for (const depth of [8, 16, 32, 60]) {
          yield* Effect.ignore(check(nested("CAST(", " AS CHAR)", depth), dialect))
          yield* Effect.ignore(check(nested("NOT (", ")", depth), dialect))
          yield* Effect.ignore(check(nested("INTERVAL ", " DAY", depth), dialect))
          yield* Effect.ignore(check(nested("(SELECT ", ")", depth), dialect))
        }
      }
      // Exponential parsers take minutes for these; a busy machine does not.
      assert.isBelow(performance.now() - started, 15_000)
    })
  )
})

it.effect.each(dialects)("a parser keeps no memory of what it has read: %s", (dialect) =>
  Effect.gen(function* () {
    const read = Effect.forEach(Array.from({ length: 1000 }), (_, at) =>
      Effect.exit(
        check(`SELECT id AS a${at} FROM orders WHERE total ${at % 2 === 0 ? "> 'x'" : "> ) <"} ${at}`, dialect)
      )
    )
    yield* read
    const before = process.memoryUsage().external
    yield* read
    yield* read
    // WebAssembly's memory grows by pages of 64 KiB and never shrinks.
    assert.isBelow(process.memoryUsage().external - before, 1_000_000)
  })
)
