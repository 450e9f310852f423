import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import type { Table } from "../../src/grounding/Grounding.ts"
import { checkOutput, outputColumns, valuesOf } from "../../src/guard/OutputColumns.ts"
import type { Dialect } from "../../src/sql/SqlGenerator.ts"

const table = (name: string, columns: { readonly [name: string]: string }): Table => ({
  name,
  description: null,
  columns: Object.entries(columns).map(([column, type]) => ({
    name: column,
    type,
    primaryKey: false,
    description: null,
    values: []
  })),
  source: { server: "db", uri: "db://schema" }
})

const tables = [
  table("customers", { id: "integer", name: "text", joined: "date" }),
  table("orders", { id: "bigint", customer_id: "integer", amount: "numeric(10,2)", placed: "timestamp" }),
  table("opaque", {})
]

/** `name:values` a column. */
const columns = (sql: string, dialect: Dialect = "postgres") =>
  outputColumns(sql, { dialect, tables })?.map(
    ({ name, values }) => `${name ?? "?"}${values === null ? "" : `:${values}`}`
  ) ?? null

describe("the columns of a statement", () => {
  it.each<readonly [string, ReadonlyArray<string> | null]>([
    ["SELECT name, c.joined, c.id AS key FROM customers c", ["name", "joined:date", "key:number"]],
    ["SELECT COUNT(*) AS n, SUM(amount) total FROM orders", ["n:number", "total:number"]],
    ["SELECT MAX(o.amount) AS m, MIN(c.joined) AS d FROM orders o, customers AS c", ["m:number", "d:date"]],
    ["SELECT SUM(amount) OVER (ORDER BY id) AS running FROM orders", ["running:number"]],
    ["SELECT * FROM customers", ["id:number", "name", "joined:date"]],
    [
      "SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.customer_id",
      ["id:number", "customer_id:number", "amount:number", "placed", "name"]
    ],
    ["SELECT DISTINCT ON (name) name, EXTRACT(YEAR FROM joined) AS y FROM customers", ["name", "y"]],
    ["SELECT amount IS DISTINCT FROM 3 AS odd FROM orders", ["odd"]],
    // Of which table is not said.
    ["SELECT id FROM orders, customers", ["id"]],
    // The name of a column that something else defines proves nothing.
    ["SELECT id FROM (SELECT name AS id FROM customers) AS s", ["id"]],
    ["WITH orders AS (SELECT name AS amount FROM customers) SELECT amount FROM orders", ["amount"]],
    ["WITH s AS (SELECT 1) SELECT COUNT(*) AS n FROM s", ["n:number"]],
    ["SELECT id FROM customers UNION SELECT name FROM customers", ["id"]],
    ["(SELECT id FROM customers) UNION (SELECT name FROM customers)", ["id"]],
    ["SELECT amount * 2 AS twice, CASE WHEN id = 1 THEN 'a' END FROM orders", ["twice", "?"]],
    ["SELECT count(*), amount::text FROM orders", ["count:number", "?"]],
    ["SELECT 1", ["?"]],
    ["SELECT * FROM opaque", null],
    ["SELECT * FROM customers JOIN orders USING (id)", null],
    ["VALUES (1)", null]
  ])("of %s", (sql, expected) => {
    assert.deepStrictEqual(columns(sql), expected)
  })

  it("without a name have the text of their expression in SQLite and MySQL", () => {
    assert.deepStrictEqual(columns("SELECT COUNT(*), Name FROM customers", "sqlite"), ["COUNT(*):number", "name"])
  })
})

describe("two columns of one name", () => {
  const refusal = (sql: string, dialect: Dialect = "postgres") => {
    const checked = checkOutput(sql, { dialect, tables })
    return Result.isFailure(checked) ? checked.failure.message : null
  }

  it.each([
    // node-postgres and mysql2 deliver rows as objects, and keep the last of equal names.
    ["SELECT id, id, name AS id FROM customers", "id"],
    ["SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer_id = c.id", "id"],
    ["SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id", "id"],
    ["SELECT name, customers.* FROM customers", "name"],
    ["SELECT name AS a, joined AS A FROM customers", "a"]
  ])("are refused before they are sent: %s", (sql, name) => {
    for (const dialect of ["sqlite", "postgres", "mysql"] as const) {
      assert.strictEqual(
        refusal(sql, dialect),
        `two columns of the result are called "${name}": give each its own name with AS`
      )
    }
  })

  it("are refused where PostgreSQL would make up one name for both", () => {
    assert.match(refusal("SELECT sum(id), sum(amount) FROM orders") ?? "", /called "sum"/)
    assert.match(refusal("SELECT id + 1, amount + 1 FROM orders") ?? "", /called "\?column\?"/)
    assert.isNull(refusal("SELECT sum(id), sum(amount) FROM orders", "sqlite"))
    assert.isNull(refusal("SELECT id + 1, amount + 1 FROM orders", "mysql"))
  })

  it.each([
    "SELECT c.id, o.id AS order_id FROM customers c JOIN orders o ON o.customer_id = c.id",
    "SELECT * FROM customers JOIN orders USING (id)",
    "SELECT * FROM customers NATURAL JOIN orders",
    "SELECT id FROM customers WHERE id IN (SELECT id FROM orders)",
    "SELECT (SELECT id FROM orders LIMIT 1) AS a, id FROM customers"
  ])("are not seen where there are none: %s", (sql) => {
    assert.isNull(refusal(sql))
  })
})

it("tells numbers, days and booleans by the types of the three databases", () => {
  for (const type of [
    "INTEGER",
    "bigint",
    "int(11) unsigned",
    "numeric(10,2)",
    "DECIMAL",
    "double precision",
    "int8",
    "serial",
    "REAL",
    "float4"
  ])
    assert.strictEqual(valuesOf(type), "number", type)
  assert.strictEqual(valuesOf("DATE"), "date")
  assert.strictEqual(valuesOf("boolean"), "boolean")
  for (const type of ["text", "timestamp", "interval", "point", "integer[]", "datetime", "", "int4range"])
    assert.isNull(valuesOf(type), type)
})
