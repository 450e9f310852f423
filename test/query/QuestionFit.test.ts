import { assert, describe, it } from "@effect/vitest"
import type { Column } from "../../src/grounding/Grounding.ts"
import * as QuestionFit from "../../src/query/QuestionFit.ts"
import { groundingOf } from "./Groundings.ts"
import { mention } from "./Mentions.ts"

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
const objections = (sql: string, over: Partial<Parameters<typeof QuestionFit.objections>[1]> = {}) =>
  QuestionFit.objections(sql, { dialect: "sqlite", grounding, mentions: [], schemaWords: [], ...over })
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

  it("not where a name was left out: the reference is told", () => {
    assert.deepStrictEqual(objections("SELECT SUM(total) FROM orders WHERE id = 8", { mentions: [wand] }), [
      {
        category: "missing_name",
        message: '"wand" is Magic Wand Pro, and the statement does not filter by it',
        nearest: ["products.id = 7", "products.name = Magic Wand Pro"]
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
            nearest: ["open"]
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
