import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, Schema } from "effect"
import { readFileSync } from "node:fs"
import type { Table } from "../../src/grounding/Grounding.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import type { Dialect } from "../../src/sql/SqlGenerator.ts"
import { goldStatements } from "./soup.ts"
import { refusalOf, table, tablesIn } from "./tables.ts"

const shop: ReadonlyArray<Table> = [
  table("customers", ["customer_id", "name", "city"]),
  table("orders", ["order_id", "customer_id", "total_amount", "order_date"]),
  table("sales.Order Items", ["order_id", "product", "Unit Price"]),
  table("notes", [])
]

const check = (sql: string, dialect: Dialect = "sqlite", tables: ReadonlyArray<Table> = shop) =>
  SqlGuard.check(sql, { dialect, grounding: { tables }, allowedFunctions: ["app_score"] })

const dialects = ["sqlite", "postgres", "mysql"] as const

describe("SqlGuard.check", () => {
  it.effect("says which walls a statement passed, and what it reads", () =>
    Effect.gen(function* () {
      const sql = "SELECT * FROM Orders AS o"
      const columns = ["order_id", "customer_id", "total_amount", "order_date"].map((name) => ({ name, values: null }))
      const passed = { sql, columns }
      assert.deepStrictEqual(yield* check(`${sql};`), { ...passed, walls: ["lexical", "sqlite"], tables: ["Orders"] })
      assert.deepStrictEqual(yield* check(sql, "postgres"), {
        ...passed,
        walls: ["lexical", "postgres"],
        tables: ["orders"]
      })
      assert.deepStrictEqual(yield* check(sql, "mysql"), {
        ...passed,
        walls: ["lexical", "mysql"],
        tables: ["Orders"]
      })
    })
  )

  const metadata = Schema.Struct({
    table_metadata: Schema.Record(Schema.String, Schema.Array(Schema.Struct({ column_name: Schema.String })))
  })
  const databases = new Map(
    ["broker", "car_dealership", "restaurants"].map((name) => {
      const text = readFileSync(new URL(`../query/fixtures/defog/${name}.json`, import.meta.url), "utf8")
      const tables = Object.entries(Schema.decodeUnknownSync(metadata)(JSON.parse(text)).table_metadata)
      return [
        name,
        tables.map(([table_name, columns]) => ({
          ...table(
            table_name,
            columns.map((column) => column.column_name)
          ),
          schema: name
        }))
      ]
    })
  )
  it.effect.each(dialects)(
    "passes every gold statement of sql-eval for %s, with the schema where it is known",
    (dialect) =>
      Effect.gen(function* () {
        let grounded = 0
        for (const { db, sql } of goldStatements(dialect)) {
          const known = databases.get(db)
          if (known !== undefined) grounded += 1
          const tables = known ?? (yield* tablesIn(dialect, sql))
          const result = yield* Effect.result(check(sql, dialect, tables))
          assert.isTrue(Result.isSuccess(result), `${sql} ${String(Result.getFailure(result))}`)
        }
        assert.isAbove(grounded, 40)
      })
  )

  it.effect.each([
    ["sqlite", "SELECT FROM WHERE"],
    ["postgres", "SELECT 1 FROM WHERE"],
    ["sqlite", "SELECT 1::int"],
    ["postgres", "SELECT `a` FROM orders"],
    // Its stack of rules is full: whether the parser says so or runs out of ours, the statement is refused.
    ["postgres", `SELECT ${"NOT ".repeat(16_000)}true`]
  ] as const)("refuses what %s cannot parse", ([dialect, sql]) =>
    Effect.gen(function* () {
      assert.strictEqual((yield* refusalOf(check(sql, dialect, []))).category, "syntax")
    })
  )

  it.effect("asks the parser for calls too", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* refusalOf(check("SELECT any(1)"))).category, "forbidden_function")
      yield* check("SELECT app_score(1), APP_SCORE(2)")
      yield* check(
        "SELECT app_score(1), EXTRACT(year FROM order_date), order_date AT TIME ZONE 'UTC' FROM orders",
        "postgres"
      )
    })
  )

  it.effect("survives an expression of thousands of operators", () =>
    Effect.gen(function* () {
      yield* check(`SELECT order_id${" + order_id".repeat(5000)} FROM orders`)
      yield* check(`SELECT order_id${" + order_id".repeat(500)} FROM orders`, "postgres")
    })
  )
})

const accepted: ReadonlyArray<string> = [
  "SELECT name FROM customers",
  'SELECT "NAME", "Customers".City FROM CUSTOMERS',
  "SELECT o.* FROM orders o JOIN customers USING (customer_id)",
  'SELECT i."Unit Price" FROM "Order Items" AS i',
  'SELECT i.product FROM sales."Order Items" AS i',
  "SELECT anything, n.at_all FROM notes n",
  "SELECT total_amount * 2 AS double FROM orders ORDER BY double",
  "SELECT city AS c, COUNT(*) FROM customers GROUP BY c",
  "WITH big AS (SELECT * FROM orders WHERE total_amount > 10) SELECT big.order_id, customer_id FROM big",
  "WITH big(a) AS (SELECT order_id FROM orders) SELECT a FROM big UNION SELECT order_id FROM orders ORDER BY a",
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n",
  "WITH orders AS (SELECT order_id AS x FROM orders) SELECT x FROM orders",
  "SELECT x FROM (SELECT city AS x FROM customers) AS t",
  "SELECT x.city FROM (SELECT * FROM customers) AS x",
  "SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND city = 'x')",
  "SELECT SUM(total_amount) OVER (PARTITION BY customer_id ORDER BY order_date) FROM orders",
  "SELECT (SELECT MAX(total_amount) FROM orders WHERE customer_id = c.customer_id) AS top FROM customers c ORDER BY top",
  "SELECT 1 FROM orders a JOIN orders b ON a.order_id = b.order_id WHERE a.total_amount > b.total_amount",
  "VALUES (1)"
]

const acceptedBy: { readonly [dialect in "sqlite" | "postgres"]: ReadonlyArray<string> } = {
  sqlite: [
    "SELECT rowid, o._rowid_ FROM orders o",
    'SELECT name FROM customers WHERE city = "Oslo"',
    "SELECT total_amount AS t FROM orders WHERE t > 1",
    "SELECT true, FALSE, current_date FROM orders",
    "SELECT value, j.key FROM json_each('[1]') AS j",
    "SELECT json_each.value FROM json_each('[1]')",
    "SELECT name FROM customers WHERE customer_id IN orders",
    "SELECT * FROM main.orders",
    "SELECT city, j.name FROM (customers JOIN orders USING (customer_id)) AS j",
    "SELECT [name] FROM [customers]"
  ],
  postgres: [
    "SELECT ctid, o.xmin FROM orders o",
    "SELECT o, row_to_json(o) FROM orders o",
    "SELECT n FROM generate_series(1, 3) AS n",
    "SELECT g.day FROM generate_series(1, 3) AS g(day)",
    "SELECT generate_series FROM generate_series(1, 3)",
    "SELECT count FROM (SELECT COUNT(*) FROM orders) AS t",
    "SELECT l.m FROM customers c, LATERAL (SELECT MAX(total_amount) AS m FROM orders WHERE customer_id = c.customer_id) l",
    "SELECT DISTINCT ON (city) city, name FROM customers ORDER BY city",
    "SELECT v.b FROM (VALUES (1, 2)) AS v(a, b)",
    "SELECT customers.city FROM public.customers",
    "SELECT j.customer_id FROM orders JOIN customers USING (customer_id) AS j",
    "(SELECT city FROM customers ORDER BY name LIMIT 1) UNION ALL (SELECT name FROM customers) ORDER BY city",
    "SELECT COUNT(*), city FROM customers GROUP BY city ORDER BY count",
    "SELECT COALESCE(city, name) FROM customers ORDER BY coalesce",
    "(WITH x AS (SELECT 1 AS a) SELECT a FROM x) UNION SELECT 2",
    "SELECT c.a, city FROM customers AS c(a, b)",
    "SELECT EXTRACT(month FROM order_date) AS m FROM orders GROUP BY m HAVING COUNT(*) > 1 ORDER BY m"
  ]
}

interface Wrong {
  readonly sql: string
  readonly category: "unknown_table" | "unknown_column"
  readonly message: RegExp
  readonly nearest: ReadonlyArray<string>
}

const wrongInPostgres: ReadonlyArray<Wrong> = [
  {
    sql: "(SELECT city FROM customers ORDER BY nme LIMIT 1) UNION ALL SELECT name FROM customers",
    category: "unknown_column",
    message: /"nme"/,
    nearest: ["name"]
  },
  {
    sql: "SELECT h.n FROM generate_series(1, 3) AS g(n)",
    category: "unknown_table",
    message: /called "h"/,
    nearest: []
  },
  {
    sql: "SELECT c.name FROM customers AS c(a, b)",
    category: "unknown_column",
    message: /"c.name"/,
    nearest: ["customers.name"]
  }
]

const wrong: ReadonlyArray<Wrong> = [
  { sql: 'SELECT * FROM "order"', category: "unknown_table", message: /"order"/, nearest: ["orders"] },
  { sql: "SELECT * FROM custmers c", category: "unknown_table", message: /"custmers"/, nearest: ["customers"] },
  {
    sql: "SELECT * FROM OrderItems",
    category: "unknown_table",
    message: /orderitems/i,
    nearest: ["sales.Order Items"]
  },
  {
    sql: "WITH x AS (SELECT 1 FROM client) SELECT * FROM x",
    category: "unknown_table",
    message: /"client"/,
    nearest: []
  },
  {
    sql: "SELECT 1 WHERE EXISTS (SELECT 1 FROM oders)",
    category: "unknown_table",
    message: /"oders"/,
    nearest: ["orders"]
  },
  { sql: "SELECT nme FROM customers", category: "unknown_column", message: /"nme"/, nearest: ["name"] },
  { sql: "SELECT c.nme FROM customers c", category: "unknown_column", message: /"c.nme"/, nearest: ["name"] },
  { sql: "SELECT total FROM orders", category: "unknown_column", message: /"total"/, nearest: ["total_amount"] },
  {
    sql: "SELECT product FROM orders",
    category: "unknown_column",
    message: /"product"/,
    nearest: ["sales.Order Items.product"]
  },
  {
    sql: "SELECT MAX(totalAmount) FROM orders",
    category: "unknown_column",
    message: /totalamount/i,
    nearest: ["total_amount"]
  },
  {
    sql: "SELECT 1 FROM orders WHERE ordr_date > 1",
    category: "unknown_column",
    message: /ordr_date/,
    nearest: ["order_date"]
  },
  { sql: "SELECT 1 FROM orders ORDER BY zip", category: "unknown_column", message: /"zip"/, nearest: [] },
  {
    sql: "SELECT x.zip FROM (SELECT city FROM customers) AS x",
    category: "unknown_column",
    message: /"x.zip"/,
    nearest: []
  },
  {
    sql: "WITH x(a) AS (SELECT city FROM customers) SELECT city FROM x",
    category: "unknown_column",
    message: /"city"/,
    nearest: ["customers.city"]
  },
  {
    sql: "SELECT 1 FROM orders JOIN customers USING (id)",
    category: "unknown_column",
    message: /"id"/,
    nearest: ["order_id", "customer_id"]
  },
  {
    sql: "SELECT o.city FROM orders o JOIN customers c USING (customer_id)",
    category: "unknown_column",
    message: /"o.city"/,
    nearest: ["customers.city"]
  },
  {
    sql: "SELECT name FROM customers UNION SELECT nme FROM customers",
    category: "unknown_column",
    message: /"nme"/,
    nearest: ["name"]
  },
  {
    sql: "SELECT name FROM customers UNION SELECT city FROM customers ORDER BY zip",
    category: "unknown_column",
    message: /"zip"/,
    nearest: []
  },
  {
    sql: "SELECT c.name FROM orders o",
    category: "unknown_table",
    message: /nothing in FROM is called "c"/,
    nearest: []
  },
  {
    sql: "SELECT orders.order_id FROM orders o",
    category: "unknown_table",
    message: /another name in this query: o/,
    nearest: ["o"]
  },
  { sql: "SELECT c.* FROM customers", category: "unknown_table", message: /called "c"/, nearest: [] }
]

describe("names", () => {
  for (const dialect of ["sqlite", "postgres"] as const) {
    it.effect.each(
      [...accepted, ...acceptedBy[dialect]].filter((sql) => dialect === "sqlite" || !sql.includes('"NAME"'))
    )(`that exist pass, ${dialect}: %s`, (sql) => check(sql, dialect))

    it.effect.each(dialect === "sqlite" ? wrong : [...wrong, ...wrongInPostgres])(
      `that do not exist are found, ${dialect}: $sql`,
      ({ category, message, nearest, sql }) =>
        Effect.gen(function* () {
          const refusal = yield* refusalOf(check(sql, dialect))
          assert.strictEqual(refusal.category, category)
          assert.match(refusal.message, message)
          assert.deepStrictEqual(refusal.nearest.slice(0, Math.max(1, nearest.length)), nearest)
        })
    )
  }

  it.effect("of tables are all unknown when no table is known", () =>
    Effect.gen(function* () {
      for (const dialect of dialects) {
        const refusal = yield* refusalOf(check("SELECT a.b FROM a JOIN c USING (d)", dialect, []))
        assert.strictEqual(refusal.category, "unknown_table")
        assert.match(refusal.message, /no table of this server is known/)
        yield* check("WITH a AS (SELECT 1 AS n) SELECT n FROM a", dialect, [])
      }
    })
  )

  it.effect("of result columns are seen by WHERE in SQLite only, by ORDER BY in both", () =>
    Effect.gen(function* () {
      const sql = "SELECT total_amount AS t FROM orders WHERE t > 1"
      assert.strictEqual((yield* refusalOf(check(sql, "postgres"))).category, "unknown_column")
      yield* check("SELECT total_amount AS t FROM orders ORDER BY t", "postgres")
      assert.strictEqual(
        (yield* refusalOf(check("SELECT total_amount AS t FROM orders ORDER BY t + 1", "postgres"))).category,
        "unknown_column"
      )
    })
  )

  it.effect("of tables are checked for MySQL, with their database where it is known", () =>
    Effect.gen(function* () {
      const sql = "SELECT o.* FROM shop.orders o JOIN `Order Items` i ON i.order_id = o.order_id"
      assert.strictEqual((yield* refusalOf(check(sql, "mysql"))).category, "unknown_table")
      const inShop = shop.map((one) => ({ ...one, schema: "shop" }))
      yield* check(sql, "mysql", inShop)
      assert.strictEqual((yield* refusalOf(check(sql.replace("shop", "other"), "mysql", inShop))).nearest[0], "orders")
      const refusal = yield* refusalOf(check("SELECT * FROM orders JOIN custmers USING (customer_id)", "mysql"))
      assert.strictEqual(refusal.category, "unknown_table")
      assert.deepStrictEqual(refusal.nearest, ["customers"])
    })
  )

  it.effect("that are strange make short messages of one line", () =>
    Effect.gen(function* () {
      const { message } = yield* refusalOf(check(`SELECT "a\nb${"x".repeat(5000)}" FROM orders`, "postgres"))
      assert.match(message, /^there is no column "a bx+/)
      assert.notInclude(message, "\n")
      assert.isAtMost(message.length, 300)
    })
  )

  it.effect("are looked up once, however many are wrong", () =>
    Effect.gen(function* () {
      const many = Array.from({ length: 3000 }, (_, index) => table(`table_${index}`, ["some_column", "other_column"]))
      const sql = `SELECT ${Array.from({ length: 6000 }, (_, index) => `c${index}`).join(", ")} FROM table_1`
      assert.match((yield* refusalOf(check(sql, "sqlite", many))).message, /"c0"/)
    })
  )
})
