import { assert, describe, it } from "@effect/vitest"
import type { Column } from "../../src/grounding/Grounding.ts"
import * as QuestionFit from "../../src/query/QuestionFit.ts"
import type { Mention } from "../../src/resolution/ResolvedEntity.ts"
import { groundingOf } from "./Groundings.ts"
import { mention, schemaWords } from "./Mentions.ts"

const question = "Revenue of the wand"
const wand = mention(question, "wand", "Magic Wand Pro", { "products.id": 7, "products.name": "Magic Wand Pro" })
const source = { server: "db", uri: "db://schema" }
const column = (name: string, values: ReadonlyArray<string> = [], more: Partial<Column> = {}): Column => ({
  name,
  type: "TEXT",
  primaryKey: false,
  description: null,
  values,
  ...more
})
const grounding = groundingOf({
  tables: [
    { name: "orders", description: null, columns: [column("id"), column("status", ["open", "it's done"])], source },
    { name: "visits", description: null, columns: [column("status")], source },
    { name: "parcels", description: null, columns: [column("state", ["lost"], { partial: true })], source }
  ]
})
const objections = (
  sql: string,
  over: Partial<Parameters<typeof QuestionFit.objections>[1]> = {},
  tables: ReadonlyArray<string> = []
) => QuestionFit.objections({ sql, tables }, { dialect: "sqlite", grounding, mentions: [], schemaWords: [], ...over })
const names = (sql: string) => objections(sql, { mentions: [wand] }).map(({ category }) => category)

describe("A statement fits its question", () => {
  it("where a reference of each name is in it, in whatever form", () => {
    for (const condition of [
      "id = 7",
      "id IN (3, 7)",
      "name = 'Magic Wand Pro'",
      "lower(name) = 'magic wand pro'",
      "name LIKE '%Magic Wand Pro%'"
    ]) {
      assert.deepStrictEqual(names(`SELECT 1 FROM products WHERE ${condition}`), [], condition)
    }
  })

  it("where a reference is compared, however that is written", () => {
    for (const sql of [
      "SELECT 1 FROM p WHERE 7 = id",
      "SELECT 1 FROM p WHERE id = (7)",
      "SELECT 1 FROM p WHERE id = CAST(7 AS INTEGER)",
      "SELECT 1 FROM p WHERE id BETWEEN 7 AND 8 AND total > 1",
      "SELECT 1 FROM p WHERE id BETWEEN 6 AND 7",
      "SELECT 1 FROM p WHERE (id, kind) IN ((3, 1), (7, 2))",
      "SELECT 1 FROM p WHERE id IS 7",
      "SELECT 1 FROM p WHERE id IS NOT DISTINCT FROM 7",
      "SELECT SUM(CASE WHEN id = 7 THEN total END) FROM p",
      "SELECT SUM(CASE id WHEN 7 THEN total END) FROM p",
      "SELECT SUM(total) FILTER (WHERE id = 7) FROM p",
      "SELECT SUM(id = 7) FROM p",
      "SELECT 1 FROM p JOIN o ON o.product = p.id AND p.id = 7",
      "SELECT 1 FROM p GROUP BY id HAVING id = 7",
      "SELECT 1 FROM p WHERE id IN (SELECT id FROM q WHERE name LIKE 'Magic Wand Pro%')",
      "WITH w(id) AS (VALUES (3), (7)) SELECT 1 FROM p JOIN w ON p.id = w.id",
      "SELECT 1 FROM p WHERE instr(lower(name), 'magic wand pro') > 0",
      "SELECT 1 FROM p WHERE id = 1 AND name NOT LIKE '%Magic Wand Pro%'"
    ]) {
      assert.deepStrictEqual(names(sql), [], sql)
    }
    const postgres = (sql: string) => objections(sql, { dialect: "postgres", mentions: [wand] })
    for (const condition of ["id = ANY(ARRAY[3, 7])", "name ~ 'Magic Wand Pro'", "name SIMILAR TO 'Magic Wand Pro%'"]) {
      assert.deepStrictEqual(postgres(`SELECT 1 FROM p WHERE ${condition}`), [], condition)
    }
  })

  it("not where the same number or text only counts, rounds, or is shown", () => {
    for (const sql of [
      "SELECT name FROM p ORDER BY total LIMIT 7",
      "SELECT name FROM p WHERE id = 8 LIMIT 7",
      "SELECT name FROM p WHERE id = 8 LIMIT 10 OFFSET 7",
      "SELECT ROUND(SUM(total), 7) FROM p WHERE id = 8",
      "SELECT SUM(total) * 7 FROM p",
      "SELECT 7 AS id FROM p",
      "SELECT name FROM p ORDER BY 7",
      "SELECT 'Magic Wand Pro' AS product, SUM(total) FROM p",
      "SELECT CASE WHEN total > 1 THEN 'Magic Wand Pro' ELSE 'other' END FROM p",
      "SELECT name FROM p WHERE id = 8 AND round(total, 7) > 1"
    ]) {
      assert.deepStrictEqual(names(sql), ["missing_name"], sql)
    }
    const arrow = objections("SELECT data -> 7 FROM p", { dialect: "postgres", mentions: [wand] })
    assert.strictEqual(arrow.length, 1)
  })

  it("not where a name was left out: the reference is told", () => {
    assert.deepStrictEqual(objections("SELECT SUM(total) FROM orders WHERE id = 8", { mentions: [wand] }), [
      {
        category: "missing_name",
        message: '"wand" is Magic Wand Pro, and the statement does not filter by it',
        nearest: ["products.id = 7", "products.name = Magic Wand Pro"],
        isFinal: false
      }
    ])
  })

  it("where nobody says how the database writes a name, or where the word is one of the schema", () => {
    const unplaced = mention(question, "wand", "Magic Wand Pro", {})
    assert.deepStrictEqual(objections("SELECT 1 AS one FROM orders", { mentions: [unplaced] }), [])
    const word = { text: "wand", start: wand.start, end: wand.end, match: "name", score: 1, targets: [] } as const
    assert.deepStrictEqual(objections("SELECT 1 AS one FROM orders", { mentions: [wand], schemaWords: [word] }), [])
  })

  it("where a category's members are in it", () => {
    const toys = mention("toys", "toys", "Toys", { "products.id": [1, 2] }, ["Ball", "Kite"])
    assert.deepStrictEqual(objections("SELECT 1 FROM p WHERE id IN (1, 2)", { mentions: [toys] }), [])
    assert.deepStrictEqual(objections("SELECT 1 FROM p WHERE category = 'toys'", { mentions: [toys] }), [])
    assert.strictEqual(objections("SELECT name FROM p", { mentions: [toys] }).length, 1)
  })

  it("not where a column is compared with what it is published not to hold: the nearest value is told", () => {
    for (const sql of [
      "SELECT id FROM orders WHERE status = 'Open'",
      "SELECT id FROM orders o WHERE o.status IN ('open', 'Open')",
      `SELECT id FROM orders WHERE "status" = 'Open'`
    ]) {
      assert.deepStrictEqual(
        objections(sql),
        [
          {
            category: "unknown_value",
            message: "status does not hold 'Open' among its published values",
            nearest: ["open"],
            isFinal: false
          }
        ],
        sql
      )
    }
  })

  it("where the values are known, unknown, or only some of them", () => {
    for (const sql of [
      "SELECT id FROM orders WHERE status = 'it''s done'",
      "SELECT status FROM visits WHERE status = 'anything'",
      "SELECT 1 FROM orders JOIN visits ON true WHERE status = 'anything'",
      "SELECT state FROM parcels WHERE state = 'found'",
      "SELECT id FROM orders WHERE status = id",
      "SELECT id FROM orders WHERE status IN (SELECT status FROM visits)",
      "no statement '"
    ]) {
      assert.deepStrictEqual(objections(sql), [], sql)
    }
  })
})

describe("A statement reads the tables that its question names", () => {
  const shop = groundingOf({
    tables: [
      { name: "app.customers", description: null, columns: [column("id"), column("country", ["Peru"])], source },
      { name: "app.orders", description: null, columns: [column("id"), column("customer_name")], source },
      { name: "app.order_items", description: null, columns: [column("order_id"), column("sku")], source },
      { name: "app.visits", description: null, columns: [column("day")], source }
    ],
    mappings: [{ term: "visits", expression: "COUNT(*)", group: null, source }]
  })
  const reads = (asked: string, tables: ReadonlyArray<string>, mentions: ReadonlyArray<Mention> = []) =>
    objections("SELECT 1", { grounding: shop, schemaWords: schemaWords(asked, shop), mentions }, tables)
  const told = (name: string, table: string, isFinal = true): QuestionFit.Objection => ({
    category: "missing_table",
    message: `"${name}" is the table ${table}, and the statement does not read it`,
    nearest: [table],
    isFinal
  })

  it("else the table is told, whatever else of the question it reads", () => {
    assert.deepStrictEqual(reads("How many orders?", ["app.customers"]), [told("orders", "app.orders")])
    assert.deepStrictEqual(reads("How many orders in Peru?", ["customers"]), [told("orders", "app.orders")])
    assert.deepStrictEqual(reads("Orders and customers", ["app.visits"]), [
      told("Orders", "app.orders"),
      told("customers", "app.customers")
    ])
    assert.deepStrictEqual(reads("How many orders?", []), [told("orders", "app.orders")])
  })

  it("and may be run all the same where it reads another one that the question names", () => {
    assert.deepStrictEqual(reads("Orders and customers", ["app.customers"]), [told("Orders", "app.orders", false)])
  })

  it("or tables that hold the word in their own name or in a column's", () => {
    assert.deepStrictEqual(reads("How many orders?", ["APP.ORDERS"]), [])
    assert.deepStrictEqual(reads("Orders by customer", ["app.orders"]), [])
    assert.deepStrictEqual(reads("How many orders?", ["order_items"]), [])
  })

  it("and may read others where a mapped term, a part of a name or somebody's name is meant", () => {
    assert.deepStrictEqual(reads("How many visits?", ["app.orders"]), [])
    assert.deepStrictEqual(reads("Peru", ["app.visits"]), [])
    const asked = "Who is Orders?"
    assert.deepStrictEqual(reads(asked, ["app.visits"], [mention(asked, "Orders", "Orders Ltd", {})]), [])
  })
})
