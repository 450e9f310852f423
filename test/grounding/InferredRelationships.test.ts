/** Relationships read off names: what a column is called after, and what is no more than a number of its own. */
import { assert, describe, it } from "@effect/vitest"
import type { Column, Table } from "../../src/grounding/Grounding.ts"
import { inferRelationships } from "../../src/grounding/InferredRelationships.ts"

const column = (name: string, type = "INTEGER"): Column => ({
  name,
  type,
  primaryKey: name === "id",
  description: null,
  values: []
})

const table = (name: string, ...columns: ReadonlyArray<Column>): Table => ({
  name,
  description: null,
  columns: [column("id"), ...columns],
  source: { server: "db", uri: "sql:schema" }
})

const inferred = (...tables: ReadonlyArray<Table>) =>
  inferRelationships(tables, []).map(({ from, to }) => `${from.table}.${from.column} → ${to.table}.${to.column}`)

describe("inferRelationships", () => {
  it("reads keys off names, also of the table itself", () => {
    assert.deepStrictEqual(
      inferred(table("orders", column("customer_id")), table("customers", column("parent_customer_id"))),
      ["orders.customer_id → customers.id", "customers.parent_customer_id → customers.id"]
    )
  })

  it("takes the number that a row has for no key of another row", () => {
    assert.deepStrictEqual(
      inferred(table("routes", column("route_number")), table("flights", column("flight_no", "VARCHAR(8)"))),
      []
    )
  })

  it("takes no text for a number of a key", () => {
    const flights = table("flights")
    assert.deepStrictEqual(inferred(table("bookings", column("flight_number", "VARCHAR(8)")), flights), [])
    assert.deepStrictEqual(inferred(table("bookings", column("flight_number")), flights), [
      "bookings.flight_number → flights.id"
    ])
  })
})
