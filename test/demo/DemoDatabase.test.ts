import { assert, it } from "@effect/vitest"
import { Result } from "effect"
import * as DemoDatabase from "../../src/demo/DemoDatabase.ts"
import { products } from "../../src/demo/DemoData.ts"
import { columnMappings, databaseMetadata, productAliases } from "../../src/demo/DemoMetadata.ts"
import { ordersUntil } from "../../src/demo/DemoOrders.ts"

const today = "2026-11-22"
const database = DemoDatabase.open(today)
const rows = (sql: string) => Result.getOrThrow(database.query(sql)).rows
const refusal = (sql: string) => Result.getOrThrow(Result.flip(database.query(sql)))

it("holds orders in every month from 24 months ago up to today", () => {
  const months = rows("SELECT DISTINCT substr(order_date, 1, 7) FROM orders ORDER BY 1").flat()
  assert.strictEqual(months.length, 25)
  assert.strictEqual(months[0], "2024-11")
  assert.strictEqual(months[24], "2026-11")
  assert.deepStrictEqual(rows("SELECT max(order_date) FROM orders"), [[today]])
})

it("is the same for the same day, and gives a day the same orders whenever it is opened", () => {
  assert.deepStrictEqual(ordersUntil(today), ordersUntil(today))
  const march = (orders: ReturnType<typeof ordersUntil>) =>
    orders.flatMap((order) => (order.date.startsWith("2026-03") ? [[order.date, order.customerId, order.items]] : []))
  assert.isAbove(march(ordersUntil(today)).length, 40)
  assert.deepStrictEqual(march(ordersUntil("2027-02-01")), march(ordersUntil(today)))
})

it("has orders today even on the first day of a month", () => {
  const orders = ordersUntil("2027-01-01")
  assert.isTrue(orders.some((order) => order.date === "2027-01-01"))
})

it("sells every product and keeps the totals of the orders", () => {
  assert.deepStrictEqual(rows("SELECT count(DISTINCT product_id) FROM order_items"), [[products.length]])
  const off = `SELECT count(*) FROM orders WHERE total_amount <>
    (SELECT sum(quantity * unit_price) FROM order_items WHERE order_id = orders.id)`
  assert.deepStrictEqual(rows(off), [[0]])
})

it("keeps two columns of one name and integers beyond 2^53", () => {
  const result = Result.getOrThrow(database.query("SELECT 1 AS a, 9007199254740993 AS a, NULL, x'00ff'"))
  assert.deepStrictEqual(result.columns.slice(0, 2), ["a", "a"])
  assert.deepStrictEqual(result.rows, [[1, "9007199254740993", null, "00ff"]])
})

it("runs one statement that reads, and nothing else", () => {
  for (const sql of [
    "DELETE FROM orders",
    "-- SELECT\nDROP TABLE orders",
    "PRAGMA query_only = OFF",
    "ATTACH ':memory:' AS other",
    "VACUUM INTO '/tmp/copy.db'",
    "WITH gone AS (SELECT 1) DELETE FROM orders",
    "WITH one AS (SELECT 1) INSERT INTO products SELECT 99, 'x', 'y', 1",
    "BEGIN",
    "EXPLAIN SELECT 1",
    "SELECT load_extension('x')"
  ]) {
    assert.isTrue(Result.isFailure(database.query(sql)), sql)
  }
  assert.match(refusal("SELECT 1; DELETE FROM orders"), /only one statement/)
  assert.match(refusal("SELECT absent FROM orders"), /no such column: absent/)
  assert.deepStrictEqual(rows("/* a */ -- b\n SELECT 1 ; "), [[1]])
})

it("fails on a result that is too large instead of cutting it", () => {
  const count = (n: number) =>
    `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT ${n}) SELECT x FROM n`
  assert.strictEqual(rows(count(DemoDatabase.maxRows)).length, DemoDatabase.maxRows)
  assert.match(refusal(count(DemoDatabase.maxRows + 1)), /more than 50000 rows/)
})

it("publishes a schema that is the database's own", () => {
  assert.isObject(databaseMetadata)
  const described = JSON.parse(JSON.stringify(databaseMetadata))
  for (const [table, { columns }] of Object.entries<{ columns: Array<{ name: string; type: string }> }>(
    described.tables
  )) {
    const actual = rows(`SELECT name, type FROM pragma_table_info('${table}')`)
    assert.deepStrictEqual(
      columns.map((column) => [column.name, column.type]),
      actual
    )
  }
  const foreignKeys = ["orders", "order_items"].flatMap((table) =>
    rows(`SELECT '${table}.' || "from", "table" || '.' || "to" FROM pragma_foreign_key_list('${table}')`)
  )
  const declared = described.relationships.map((one: { from: string; to: string }) => [one.from, one.to])
  assert.sameDeepMembers(declared, [...foreignKeys])
})

it("publishes aliases whose references are the database's rows", () => {
  const aliases: Record<string, { canonical_name: string; database_references: Record<string, number> }> = JSON.parse(
    JSON.stringify(productAliases)
  )
  assert.isAtLeast(Object.keys(aliases).length, 12)
  for (const entity of Object.values(aliases)) {
    const id = entity.database_references["products.id"]
    assert.deepStrictEqual(rows(`SELECT name FROM products WHERE id = ${id}`), [[entity.canonical_name]])
  }
})

it("publishes mappings over columns that exist", () => {
  const groups: Record<string, Record<string, string>> = JSON.parse(JSON.stringify(columnMappings))
  const everything = "order_items, orders, products, customers WHERE 1 = 0"
  for (const expression of Object.values(groups["user_friendly_terms"] ?? {})) {
    assert.deepStrictEqual(rows(`SELECT ${expression.replace(/^SUM/, "")} FROM ${everything}`), [])
  }
})
