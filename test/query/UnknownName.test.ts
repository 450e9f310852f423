import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { nearestFor, unknownName } from "../../src/query/UnknownName.ts"
import * as Groundings from "./Groundings.ts"
import { schema } from "./Servers.ts"

const messages: ReadonlyArray<readonly [string, string | null]> = [
  ["no such column: prize", "prize"],
  ["no such column: p.prize", "prize"],
  ['SQLITE_ERROR: no such column: "prize" - should this be a string literal in single-quotes?', "prize"],
  ["no such table: product", "product"],
  ["no such table: main.product.", "product"],
  ['column "prize" does not exist', "prize"],
  ["ERROR: column p.prize does not exist at character 8", "prize"],
  ['relation "public.product" does not exist', "product"],
  ["Unknown column 'p.prize' in 'field list'", "prize"],
  ["Table 'shop.product' doesn't exist", "product"],
  ["table products has no column named prize", "prize"],
  ['Binder Error: Referenced column "prize" not found in FROM clause!', "prize"],
  ["Catalog Error: Table with name product does not exist!", "product"],
  ["no such column: größe", "größe"],
  ["Unknown column `unit price` in 'where clause'", "unit price"],
  ['near "FORM": syntax error', null],
  ["", null]
]

describe("the unknown name", () => {
  for (const [message, expected] of messages) {
    it(`of ${JSON.stringify(message)} is ${expected}`, () => assert.strictEqual(unknownName(message), expected))
  }

  it.prop("is looked for in any text without harm", [Schema.String], ([text]) => {
    const name = unknownName(`no such column: ${text}`)
    assert.isTrue(name === null || !name.includes("."))
  })
})

describe("the nearest names", () => {
  const grounding = Groundings.fromSchema(schema)

  it("of a column are those of the tables the statement reads", () => {
    const message = "no such column: prise"
    assert.deepStrictEqual(nearestFor("unknown_column", message, ["products"], grounding), ["price"])
    assert.deepStrictEqual(nearestFor("unknown_column", message, ["main.PRODUCTS"], grounding), ["price"])
    assert.notInclude(nearestFor("unknown_column", message, ["orders"], grounding), "price")
    assert.include(nearestFor("unknown_column", message, [], grounding), "price")
  })

  it("of a column that another table has name that table", () => {
    assert.include(nearestFor("unknown_column", "no such column: o.price", ["orders"], grounding), "products.price")
  })

  it("of a table are tables", () => {
    assert.deepStrictEqual(nearestFor("unknown_table", "no such table: product", [], grounding), ["products"])
  })

  it("are none where no name is unknown", () => {
    assert.deepStrictEqual(nearestFor("syntax", "no such table: product", [], grounding), [])
    assert.deepStrictEqual(nearestFor("unknown_table", "something is missing", [], grounding), [])
  })
})
