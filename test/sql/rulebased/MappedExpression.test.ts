import { assert, it } from "@effect/vitest"
import { Result } from "effect"
import * as DemoDatabase from "../../../src/demo/DemoDatabase.ts"
import { useOf, readExpression } from "../../../src/sql/rulebased/MappedExpression.ts"
import { makeIndex } from "../../../src/sql/rulebased/SchemaIndex.ts"
import type { Dialect } from "../../../src/sql/SqlGenerator.ts"
import { demo } from "../../query/Groundings.ts"

const index = makeIndex(demo)
const today = "2026-03-31"
const database = DemoDatabase.open(today)

const read = (expression: string, dialect: Dialect = "sqlite") => readExpression(index, dialect, today, expression)
const sql = (expression: string, dialect: Dialect = "sqlite") => Result.getOrThrow(read(expression, dialect)).sql
const problem = (expression: string, dialect: Dialect = "sqlite") =>
  Result.getOrThrow(Result.flip(read(expression, dialect)))

const matching = (condition: string) => {
  const where = sql(condition).replaceAll("{date_column}", "orders.order_date")
  const [row] = Result.getOrThrow(
    database.query(`SELECT min(order_date), max(order_date) FROM orders WHERE ${where}`)
  ).rows
  return row
}

it("translates PostgreSQL's date conditions, which then find the same days on SQLite", () => {
  for (const [condition, from, to] of [
    ["DATE_TRUNC('month', {date_column}) = DATE_TRUNC('month', CURRENT_DATE)", "2026-03-01", "2026-03-31"],
    // One month before 31 March is in February, not 3 March as SQLite counts.
    [
      "DATE_TRUNC('month', {date_column}) = DATE_TRUNC('month', CURRENT_DATE - INTERVAL '1 month')",
      "2026-02-01",
      "2026-02-28"
    ],
    ["DATE_TRUNC('quarter', {date_column}) = DATE_TRUNC('quarter', now())", "2026-01-01", "2026-03-31"],
    ["EXTRACT(YEAR FROM {date_column}) = EXTRACT(YEAR FROM CURRENT_DATE) - 1", "2025-01-01", "2025-12-31"],
    ["{date_column} >= CURRENT_DATE - INTERVAL '7 days'", "2026-03-24", "2026-03-31"],
    ["{date_column} >= CURRENT_DATE - INTERVAL 1 YEAR", "2025-03-31", "2026-03-31"],
    ["TO_CHAR({date_column}, 'YYYY-MM') = '2025-12'", "2025-12-01", "2025-12-31"],
    ["DATE_FORMAT({date_column}, '%Y-%m') = '2025-12'", "2025-12-01", "2025-12-31"],
    ["YEAR({date_column}) = 2025 AND MONTH({date_column}) = 2", "2025-02-01", "2025-02-28"],
    ["{date_column} >= date('now', 'start of month')", "2026-03-01", "2026-03-31"],
    ["CAST({date_column}::date AS TEXT) = '2025-12-24'", "2025-12-24", "2025-12-24"]
  ] as const) {
    assert.deepStrictEqual(matching(condition), [from, to], condition)
    assert.isTrue(useOf(Result.getOrThrow(read(condition))) === "condition", condition)
  }
})

it("translates SQLite's date functions for others", () => {
  const december = "CAST(strftime('%m', {date_column}) AS INTEGER) = 12"
  assert.strictEqual(sql(december, "postgres"), "EXTRACT(MONTH FROM {date_column}) = 12")
  assert.strictEqual(
    sql("strftime('%Y-%m', {date_column}) = '2025-12'", "mysql"),
    "DATE_FORMAT({date_column}, '%Y-%m') = '2025-12'"
  )
})

it("reports what it cannot translate", () => {
  assert.match(problem("AGE({date_column}) < INTERVAL '3 months'"), /AGE.*not sqlite/)
  assert.match(problem("{date_column} > orders.order_date - INTERVAL '1 month'"), /INTERVAL.*not sqlite/)
  assert.match(problem("DATE_TRUNC('decade', {date_column}) = 1"), /DATE_TRUNC/)
  assert.match(problem("julianday({date_column}) > 5", "postgres"), /JULIANDAY.*not postgres/)
})

it("spells names as the schema does and finds the table of a column that only one has", () => {
  assert.strictEqual(
    sql("SUM(ORDER_ITEMS.Quantity * order_items.unit_price)"),
    "SUM(order_items.quantity * order_items.unit_price)"
  )
  assert.strictEqual(sql("AVG(total_amount)"), "AVG(orders.total_amount)")
  assert.match(problem("SUM(unit_price)"), /unit_price/)
  assert.match(problem("SUM(orders.profit)"), /orders\.profit, which the schema does not have/)
})

it("takes nothing for an expression that could be more than one", () => {
  for (const hostile of [
    "1; DROP TABLE orders",
    "(SELECT name FROM customers)",
    "orders.total_amount -- rest",
    "orders.total_amount /* rest */",
    "'unclosed",
    "orders.total_amount UNION SELECT 1",
    "orders.total_amount FROM orders",
    ""
  ]) {
    assert.match(problem(hostile), /not an SQL expression|does not have/, hostile)
  }
})

it("does not touch what only looks like a function inside a string", () => {
  assert.strictEqual(sql("orders.status = 'extract(x)'"), "orders.status = 'extract(x)'")
})

it("tells numbers, conditions and templates from what is none of them", () => {
  for (const [expression, use] of [
    ["orders.status", "number"],
    ["SUM(order_items.quantity * order_items.unit_price)", "number"],
    ["COUNT(*)", "number"],
    ["SUM(CASE WHEN orders.status = 'paid' THEN 1 ELSE 0 END)", "number"],
    ["CASE WHEN orders.status = 'paid' THEN 1 ELSE 0 END", "number"],
    ["orders.status = 'paid'", "condition"],
    ["(orders.status IN ('paid', 'shipped'))", "condition"],
    ["orders.status IS NOT NULL", "condition"],
    ["strftime('%Y', orders.order_date) = '2026'", "condition"],
    ["{date_column} >= '2026-01-01'", "condition"],
    ["AVG({column})", "template"],
    ["COUNT(*) > 5", null],
    [">", null],
    ["BETWEEN", null],
    ["2026 - 1", null]
  ] as const) {
    assert.strictEqual(useOf(Result.getOrThrow(read(expression))), use, expression)
  }
})
