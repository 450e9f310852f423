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
    ["SELECT amount * 2 AS twice, CASE WHEN id = 1 THEN 'a' END FROM orders", ["twice:number", "?"]],
    ["SELECT count(*), amount::text FROM orders", ["count:number", "amount"]],
    [
      "SELECT CAST(id AS text), (amount)::int::text, (id + 1)::text, placed::date = '2026-01-01' FROM orders",
      ["id", "amount", "?", "?"]
    ],
    ["SELECT 1", ["?:number"]],
    ["SELECT COALESCE(SUM(amount), 0) AS total, IFNULL(amount, NULL) AS a FROM orders", ["total:number", "a:number"]],
    ["SELECT NULLIF(amount, 0) AS a, COALESCE(name, 'x') AS b FROM orders, customers", ["a:number", "b"]],
    [
      "SELECT CAST(name AS integer) AS a, CAST(name AS decimal(10, 2)) AS b, CAST(id AS text) AS c FROM customers",
      ["a:number", "b:number", "c"]
    ],
    [
      "SELECT SUM(amount)::numeric(10,2) AS a, (amount + 1)::double precision AS b, id::int IN (1, 2) AS c FROM orders",
      ["a:number", "b:number", "c"]
    ],
    [
      "SELECT amount * 1.2 - (id + 1) AS a, -amount AS b, amount % 2 AS c, amount || 'x' AS d FROM orders",
      ["a:number", "b:number", "c:number", "d"]
    ],
    [
      "SELECT SUM(amount) / COUNT(*) AS mean, ROUND(100.0 * SUM(amount) / NULLIF(COUNT(id), 0), 2) AS r FROM orders",
      ["mean:number", "r:number"]
    ],
    [
      "SELECT joined - joined AS days, joined + 1 AS next, amount > 1 AS much FROM customers, orders",
      ["days", "next", "much"]
    ],
    ["SELECT s FROM (SELECT SUM(amount) AS s, customer_id FROM orders GROUP BY customer_id) AS a", ["s:number"]],
    ["WITH a AS (SELECT SUM(amount) s FROM orders) SELECT s FROM a", ["s:number"]],
    [
      "WITH a AS (SELECT joined, id FROM customers), b AS (SELECT * FROM a) SELECT MAX(b.joined) AS d, b.* FROM b",
      ["d:date", "joined:date", "id:number"]
    ],
    ["WITH a (x, y) AS (SELECT joined, id FROM customers) SELECT y, x FROM a", ["y:number", "x:date"]],
    ["SELECT t.x FROM (SELECT id FROM orders) AS t (x)", ["x:number"]],
    ["SELECT id FROM (SELECT id FROM orders UNION SELECT name FROM customers) AS a", ["id"]],
    ["WITH RECURSIVE t AS (SELECT id FROM orders UNION ALL SELECT t.id FROM t) SELECT id FROM t", ["id"]],
    // A name that two queries define for themselves.
    [
      "SELECT a.id, b.x FROM (WITH w AS (SELECT id FROM orders) SELECT id FROM w) a, (WITH w AS (SELECT name AS x FROM customers) SELECT x FROM w) b",
      ["id:number", "x"]
    ],
    [
      "SELECT amount FROM orders WHERE id IN (WITH orders AS (SELECT name AS amount FROM customers) SELECT amount FROM orders)",
      ["amount:number"]
    ],
    ["SELECT * FROM (SELECT id, name FROM customers) AS a", ["id:number", "name"]],
    ["SELECT * FROM (SELECT * FROM opaque) AS a", null],
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
    ["SELECT name AS a, joined AS A FROM customers", "a"],
    ["SELECT * FROM (SELECT id FROM orders) a JOIN (SELECT id FROM customers) b ON a.id = b.id", "id"],
    ["WITH a AS (SELECT id FROM orders), b AS (SELECT id FROM customers) SELECT * FROM a JOIN b ON a.id = b.id", "id"],
    ["WITH orders AS (SELECT name FROM customers) SELECT * FROM orders, customers", "name"],
    ["SELECT * FROM (orders o JOIN customers c ON c.id = o.customer_id)", "id"],
    ["SELECT * FROM opaque, (SELECT id FROM orders) a, (SELECT id FROM customers) b", "id"],
    ["SELECT * FROM customers c JOIN orders o USING (name)", "id"]
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
    "SELECT * FROM (SELECT id::text, name::text FROM customers) AS a",
    "SELECT CAST(id AS text), CAST(name AS text) FROM customers",
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
