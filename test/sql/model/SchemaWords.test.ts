import { assert, describe, it } from "@effect/vitest"
import * as SchemaWords from "../../../src/sql/model/SchemaWords.ts"
import { grounding } from "./requests.ts"

const found = (question: string) =>
  SchemaWords.find(question, grounding).map(({ names, text }) => [
    text,
    names.map((name) =>
      name.kind === "term" ? name.expression : name.kind === "table" ? name.table : `${name.table}.${name.column}`
    )
  ])

describe("SchemaWords", () => {
  it("finds tables, columns and terms, whatever their case, separators and number", () => {
    assert.deepStrictEqual(found("Revenue per PRODUCT-id and order dates"), [
      ["Revenue", ['SUM(order_items."Unit Price")']],
      ["PRODUCT-id", ["order_items.product_id"]],
      ["order dates", ["order_items.order_date"]]
    ])
  })

  it("gives every meaning of a word, in the order of the grounding", () => {
    assert.deepStrictEqual(found("the id"), [["id", ["products.id", "order_items.id"]]])
  })

  it("does not repeat the words inside a longer name", () => {
    assert.deepStrictEqual(found("order items"), [["order items", ["order_items"]]])
  })

  it("takes a name only as a whole", () => {
    assert.deepStrictEqual(found("the unit of this price, month by month"), [])
  })
})
