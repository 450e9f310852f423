/** Whether a recursion ends: by hand, and as SQLite finds out. */
import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Result, Schema } from "effect"
import { DatabaseSync } from "node:sqlite"
import { endlessRecursion } from "../../src/guard/Recursion.ts"
import { type Next, pick, scrambled } from "../grounding/spelling.ts"
import { lex } from "../../src/guard/SqlLexer.ts"

const isEndless = (sql: string): boolean => endlessRecursion(Result.getOrThrow(lex(sql, "postgres")), 1000) !== null

const counting = (condition: string, step = "n + 1") => recursion(`SELECT ${step} FROM c WHERE ${condition}`)
const recursion = (arm: string, { columns = "(n)", first = "SELECT 1" } = {}) =>
  `WITH RECURSIVE c${columns} AS (${first} UNION ALL ${arm}) SELECT * FROM c`

describe("A recursion is refused", () => {
  it.each([
    "n % 2 < 2",
    "n * 0 < 5",
    "n * -1 < 5",
    "-1 * n < 5",
    "n - n < 5",
    "n & 1 < 3",
    "min(n, 3) < 5",
    "coalesce(3, n) < 5",
    "iif(n > 5, 1, 1) = 1",
    "n < 5 IS NOT NULL",
    "5 BETWEEN 1 AND n"
  ])("where what is compared does not grow with what it counts: %s", (condition) => {
    assert.isTrue(isEndless(counting(condition)))
  })

  it.each(["n < 'z'", "n < '5'", "CAST(n AS text) < 'a'", "n::text < 'a'", "n || '' < 'a'", "n < date('2030-01-01')"])(
    "where a number is compared with a text: %s",
    (condition) => {
      assert.isTrue(isEndless(counting(condition)))
      assert.isTrue(isEndless(recursion(`SELECT n + 1 FROM c WHERE ${condition}`, { first: "VALUES (1)" })))
    }
  )

  it.each([
    "EXISTS (SELECT n)",
    "EXISTS (SELECT n FROM t)",
    "EXISTS (SELECT 1 FROM t WHERE t.x <= n)",
    "EXISTS (SELECT 1 FROM t WHERE t.x = n OR n > 0)",
    "EXISTS (SELECT 1 FROM t WHERE t.x = n UNION SELECT 1 FROM t WHERE n > 0)",
    "NOT EXISTS (SELECT 1 FROM t WHERE t.x = n)"
  ])("where rows are found however far it counts: %s", (condition) => {
    assert.isTrue(isEndless(counting(condition)))
  })

  it.each([
    "SELECT c.n + 1 FROM c, t WHERE t.x = t.parent",
    "SELECT c.n + 1 FROM c, t WHERE t.x <> c.n",
    "SELECT c.n + 1 FROM c JOIN t ON t.x < c.n"
  ])("where other rows are joined however far it counts: %s", (arm) => {
    assert.isTrue(isEndless(recursion(arm)))
  })

  it.each([
    "SELECT n + 1 FROM c, t WHERE n < 60",
    "SELECT n + 1 FROM c JOIN t ON true WHERE n < 60",
    "SELECT n + 1 FROM c, (VALUES (1), (2)) AS v(x) WHERE n < 60",
    "SELECT n + 1 FROM c CROSS JOIN generate_series(1, 2) AS g WHERE n < 60"
  ])("where each turn multiplies its rows: %s", (arm) => {
    assert.isTrue(isEndless(recursion(arm)))
  })

  it("where its columns pull against each other", () => {
    const two = { columns: "(a, b)", first: "SELECT 10, 1" }
    assert.isTrue(isEndless(recursion("SELECT a + 1, b + 1 FROM c WHERE a - b > 5", two)))
    assert.isTrue(isEndless(recursion("SELECT a + 1, b - 1 FROM c WHERE a + b < 50", two)))
    assert.isFalse(isEndless(recursion("SELECT a + 1, b + 1 FROM c WHERE a + b < 50", two)))
    assert.isFalse(isEndless(recursion("SELECT a + 1, b - 1 FROM c WHERE a - b < 50", two)))
  })
})

describe("A recursion is run", () => {
  it.each([
    counting("n * n < 1000"),
    counting("n * 2 + 1 < 1000"),
    counting("n::int < 10"),
    counting("-n > -10"),
    counting("n IN (1, 2, 3)"),
    counting("EXISTS (SELECT 1 FROM t WHERE t.x = n)"),
    counting("EXISTS (SELECT 1 FROM t WHERE t.x >= c.n)"),
    recursion("SELECT n - 1 FROM c WHERE n > CURRENT_DATE - 30", { first: "SELECT CURRENT_DATE" }),
    recursion("SELECT n + 1 FROM c WHERE n < '2026-02-01'", { first: "SELECT DATE '2026-01-01'" }),
    recursion("SELECT n || 'x' FROM c WHERE length(n) < 5", { first: "SELECT 'x'" })
  ])("that compares what it counts: %s", (sql) => {
    assert.isFalse(isEndless(sql))
  })

  it.each([
    recursion("SELECT c.n + 1 FROM c JOIN t ON t.x > c.n"),
    recursion("SELECT n + 1 FROM c, (SELECT MAX(x) AS most FROM t) AS m WHERE n < m.most"),
    recursion("SELECT t.x FROM c JOIN t ON t.parent = n", { first: "SELECT x FROM t" }),
    recursion("SELECT t.* FROM c, t WHERE t.parent = c.x", { columns: "", first: "SELECT * FROM t" }),
    recursion("SELECT t.x, c.level + 1 FROM t JOIN c ON t.parent = c.x", {
      columns: "",
      first: "SELECT x, 1 AS level FROM t"
    }),
    recursion("SELECT c.a, t.x FROM c JOIN t ON c.b = t.parent", {
      columns: "(a, b)",
      first: "SELECT parent, x FROM t"
    }),
    recursion("SELECT c.a, t.x FROM c JOIN t USING (b)", { columns: "(a, b)", first: "SELECT parent, x FROM t" })
  ])("that walks from row to row: %s", (sql) => {
    assert.isFalse(isEndless(sql))
  })
})

/** Counts of whole numbers that begin above zero, so that each of them ends soon or never. */
const counted = (next: Next): string => {
  const number = () => String(1 + next(40))
  const column = () => pick(next, "n", "m", "c.n", "c.m")
  const value = (depth: number): string =>
    pick<() => string>(
      next,
      column,
      column,
      number,
      () => `${column()} + ${number()}`,
      () => `${column()} - ${column()}`,
      () => `-${column()}`,
      () => `${column()} * ${pick(next, "2", "1", "0", "-1", column())}`,
      () => `${number()} - ${column()}`,
      () => `${column()} % ${number()}`,
      () => `${pick(next, "abs", "length", "sign")}(${column()})`,
      () =>
        `${pick(next, "min", "max", "coalesce")}(${pick(next, `${column()}, ${number()}`, `${number()}, ${column()}`)})`,
      () => `CAST(${column()} AS ${pick(next, "INTEGER", "TEXT")})`,
      () => `'${number()}'`,
      () => `(SELECT ${pick(next, "MAX(x)", "MIN(x)", `MAX(x) + ${column()}`)} FROM t)`,
      () => (depth > 1 ? column() : `(${value(depth + 1)})`)
    )()
  const condition = (depth: number): string =>
    pick<() => string>(
      next,
      () => `${value(0)} ${pick(next, "<", "<=", ">", ">=", "=", "<>", "!=", "IS", "IS NOT")} ${value(0)}`,
      () => `${value(0)} ${pick(next, "<", ">")} ${value(0)}`,
      () => `${value(0)} ${pick(next, "", "NOT ")}BETWEEN ${value(0)} AND ${value(0)}`,
      () => `${column()} ${pick(next, "", "NOT ")}IN (${number()}, ${pick(next, number(), column())})`,
      () =>
        `${pick(next, "", "NOT ")}EXISTS (SELECT 1 FROM t WHERE ${pick(next, "x", "t.x", number())} ${pick(next, "=", "<", ">", "<>")} ${column()})`,
      () => (depth > 2 ? "n < 9" : `${condition(depth + 1)} ${pick(next, "AND", "OR")} ${condition(depth + 1)}`),
      () => (depth > 2 ? "n < 9" : `${pick(next, "NOT ", "")}(${condition(depth + 1)})`)
    )()
  const step = (name: string) => pick(next, `${name} + 1`, `${name} + ${number()}`, `${name} - 1`, `1 + ${name}`, name)
  const from = pick(next, "c", "c", "c", `c JOIN t ON ${condition(2)}`, "c, t")
  return `WITH RECURSIVE c(n, m) AS (SELECT ${number()}, ${number()} UNION ALL
    SELECT ${step("c.n")}, ${step("c.m")} FROM ${from} WHERE ${condition(0)}) SELECT n FROM c`
}

it.prop(
  "whatever is let pass ends in SQLite, of counts over whole numbers",
  [Arbitrary.map(Arbitrary.schema(Schema.Int), (seed) => counted(scrambled(seed)))],
  ([sql]) => {
    if (isEndless(sql)) return
    using database = new DatabaseSync(":memory:")
    database.exec("CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (7)")
    // SQLite makes rows as they are asked for.
    const rows = database.prepare(`SELECT COUNT(*) AS rows FROM (${sql} LIMIT 100000)`).get()
    assert.isBelow(Number(rows?.["rows"]), 100_000, sql)
  },
  { arbitrary: { runs: 3000, seed: "recursions" } }
)
