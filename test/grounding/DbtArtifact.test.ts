import { assert, it } from "@effect/vitest"
import { readSchema } from "../../src/grounding/SchemaReader.ts"
import { arrows, plain, written } from "./introductions.ts"

// The artifacts of dbt's jaffle_shop, shortened; https://schemas.getdbt.com/dbt/manifest/v12.json
const model = (
  name: string,
  columns: { readonly [name: string]: { readonly [key: string]: string } },
  materialized = "table"
) => ({
  resource_type: "model",
  name,
  alias: name,
  schema: "main",
  database: "dev",
  description: `All ${name}`,
  columns,
  config: { materialized },
  primary_key: [`${name.slice(0, -1)}_id`]
})

const test = (
  kind: string,
  column_name: string,
  kwargs: { readonly [key: string]: string | ReadonlyArray<string> }
) => ({
  resource_type: "test",
  name: `${kind}_orders_${column_name}`,
  column_name,
  test_metadata: {
    name: kind,
    kwargs: { ...kwargs, column_name, model: "{{ get_where_subquery(ref('orders')) }}" },
    namespace: null
  }
})

const manifest = {
  metadata: { dbt_schema_version: "https://schemas.getdbt.com/dbt/manifest/v12.json" },
  nodes: {
    "model.jaffle_shop.customers": model("customers", { customer_id: { name: "customer_id", data_type: "integer" } }),
    "model.jaffle_shop.orders": model("orders", {
      order_id: { name: "order_id", data_type: "integer" },
      customer_id: { name: "customer_id" },
      status: { name: "status", description: "Where it is" }
    }),
    "model.jaffle_shop.helpers": model("helpers", { helper_id: { name: "helper_id" } }, "ephemeral"),
    "test.jaffle_shop.relationships_orders.c6": test("relationships", "customer_id", {
      to: "ref('customers')",
      field: "customer_id"
    }),
    "test.jaffle_shop.accepted_values_orders.be": test("accepted_values", "status", { values: ["placed", "shipped"] })
  },
  sources: {
    "source.jaffle_shop.raw.payments": {
      name: "payments",
      identifier: "raw_payments",
      schema: "raw",
      columns: { id: { name: "id" } }
    }
  }
}

it("reads models and sources of a manifest, with the keys and values that its tests ask for", () => {
  for (const data of [manifest, { success: true, data: manifest }]) {
    const shapes = readSchema(data, plain)
    assert.deepStrictEqual(written(shapes), [
      "main.customers(customer_id integer key)",
      "main.orders(order_id integer key, customer_id, status [placed, shipped])",
      "raw.raw_payments(id)"
    ])
    assert.deepStrictEqual(arrows(shapes), ["main.orders(customer_id) -> main.customers(customer_id)"])
    assert.strictEqual(shapes.tables[1]?.description, "All orders")
  }
})

it("reads a catalog, where the database says what it has", () => {
  const node = {
    metadata: {
      type: "BASE TABLE",
      schema: "main",
      name: "orders",
      database: "dev",
      comment: "The orders",
      owner: null
    },
    columns: { order_id: { type: "INTEGER", index: 1, name: "order_id", comment: null } }
  }
  const shapes = readSchema({ nodes: { "model.jaffle_shop.orders": node }, sources: {} }, plain)
  assert.deepStrictEqual(written(shapes), ["main.orders(order_id INTEGER)"])
  assert.strictEqual(shapes.tables[0]?.description, "The orders")
})

it("takes other graphs with nodes for no artifact", () => {
  assert.deepStrictEqual(readSchema({ nodes: { a: { name: "a", columns: ["x"] } }, edges: [] }, plain).tables, [])
})
