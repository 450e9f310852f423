import { assert, it } from "@effect/vitest"
import type { Schema } from "effect"
import { fromResources } from "../../src/grounding/Grounding.ts"
import { arrows, defog, demo, fromSchema, gathered, server } from "../query/Groundings.ts"

it("reads the demo's tables, declared relationships and grouped mappings", () => {
  assert.deepStrictEqual(
    demo.tables.map((table) => table.name),
    ["customers", "products", "orders", "order_items"]
  )
  assert.deepStrictEqual(arrows(demo), [
    "orders.customer_id -> customers.id",
    "order_items.order_id -> orders.id",
    "order_items.product_id -> products.id"
  ])
  assert.isTrue(demo.relationships.every((relationship) => relationship.declared))
  const revenue = demo.mappings.find((mapping) => mapping.term === "revenue")
  assert.deepStrictEqual(revenue, {
    term: "revenue",
    expression: "SUM(order_items.quantity * order_items.unit_price)",
    group: "user_friendly_terms",
    source: { server: "product", uri: "product://column_mappings" }
  })
})

it("reads foreign keys off names: snake case, prefixed camel case, natural keys", () => {
  assert.deepStrictEqual(arrows(defog("car_dealership")), [
    "sales.car_id -> cars.id",
    "sales.salesperson_id -> salespersons.id",
    "sales.customer_id -> customers.id",
    "inventory_snapshots.car_id -> cars.id",
    "payments_received.sale_id -> sales.id"
  ])
  assert.deepStrictEqual(arrows(defog("broker")), [
    "sbDailyPrice.sbDpTickerId -> sbTicker.sbTickerId",
    "sbTransaction.sbTxCustId -> sbCustomer.sbCustId",
    "sbTransaction.sbTxTickerId -> sbTicker.sbTickerId"
  ])
  assert.deepStrictEqual(arrows(defog("restaurants")), [
    "location.restaurant_id -> restaurant.id",
    "location.city_name -> geographic.city_name",
    "restaurant.city_name -> geographic.city_name"
  ])
  assert.isFalse(defog("restaurants").relationships.some((relationship) => relationship.declared))
})

const twoTables = (
  rest: { readonly [key: string]: Schema.Json },
  column: { readonly [key: string]: Schema.Json } = {}
) => ({
  tables: {
    people: { columns: [{ name: "pid", type: "INTEGER", primary_key: true }] },
    visits: {
      columns: [
        { name: "vid", type: "INTEGER", primary_key: true },
        { name: "who", ...column }
      ],
      ...rest
    }
  }
})

it("understands relationships however they are declared", () => {
  const schema = twoTables({})
  for (const data of [
    { ...schema, relationships: [{ from: "visits.who", to: "people.pid" }] },
    { ...schema, relationships: ["visits.who -> people.pid"] },
    { ...schema, relationships: ["people.pid = visits.who"] },
    { ...schema, relationships: [{ from_table: "visits", from_column: "who", to_table: "people", to_column: "pid" }] },
    { ...schema, foreign_keys: [{ table: "visits", column: "who", references: "PEOPLE(PID)" }] },
    twoTables({ foreign_keys: [{ column: "who", references: { table: "people", column: "pid" } }] }),
    twoTables({ foreign_keys: { who: "people.pid" } }),
    twoTables({
      foreign_keys: [{ constrained_columns: ["who"], referred_table: "people", referred_columns: ["pid"] }]
    }),
    twoTables({}, { references: "people.pid" }),
    twoTables({}, { foreign_key: { table: "people", column: "pid" } })
  ]) {
    assert.deepStrictEqual(arrows(fromSchema(data)), ["visits.who -> people.pid"], JSON.stringify(data))
  }
})

it("infers nothing where two tables are equally good", () => {
  const keyed = { columns: [{ name: "id", primary_key: true }] }
  const orders = { columns: [{ name: "id", primary_key: true }, { name: "customer_id" }] }
  assert.deepStrictEqual(arrows(fromSchema({ tables: { customer: keyed, customers: keyed, orders } })), [])
  assert.deepStrictEqual(arrows(fromSchema({ tables: { customers: keyed, orders } })), [
    "orders.customer_id -> customers.id"
  ])
})

it("ignores relationships to what is not there", () => {
  assert.deepStrictEqual(
    arrows(fromSchema({ ...twoTables({}), relationships: ["visits.who -> ghosts.id", 5, null] })),
    []
  )
})

it("reads tables and columns in the shapes that servers publish", () => {
  const expected = [
    ["id", "INTEGER", true],
    ["name", "TEXT", false]
  ]
  for (const data of [
    {
      tables: {
        t: {
          columns: [
            { name: "id", type: "INTEGER", primary_key: true },
            { name: "name", type: "TEXT" }
          ]
        }
      }
    },
    {
      schema: {
        tables: [
          {
            name: "t",
            columns: [
              { name: "id", data_type: "INTEGER", pk: 1 },
              { name: "name", type: "TEXT" }
            ]
          }
        ]
      }
    },
    { tables: { t: { primary_key: ["id"], columns: { id: "INTEGER", name: { type: "TEXT" } } } } },
    {
      table_metadata: {
        t: [
          { column_name: "id", data_type: "INTEGER", is_primary_key: true },
          { column_name: "name", data_type: "TEXT" }
        ]
      }
    }
  ]) {
    const [table] = fromSchema(data).tables
    assert.deepStrictEqual(
      table?.columns.map((column) => [column.name, column.type, column.primaryKey]),
      expected
    )
  }
})

const running = (...parameters: Parameters<typeof server>) => ({
  ...server(...parameters),
  capabilities: ["execute_query", "list_resources"]
})

it("takes the columns from the server that has the table, and words about them from the better priority", () => {
  const described = { tables: { T: { description: "better", columns: [{ name: "a", description: "first" }, "gone"] } } }
  const typed = { tables: { t: { description: "worse", columns: [{ name: "A", type: "TEXT" }, { name: "b" }] } } }
  const { tables } = fromResources(gathered(server("one", 1, { s: described }), running("two", 2, { s: typed })))
  assert.strictEqual(tables.length, 1)
  assert.strictEqual(tables[0]?.name, "t")
  assert.strictEqual(tables[0]?.description, "better")
  assert.deepStrictEqual(tables[0]?.source, { server: "two", uri: "two://s" })
  assert.deepStrictEqual(
    tables[0]?.columns.map((column) => [column.name, column.type, column.description]),
    [
      ["A", "TEXT", "first"],
      ["b", "", null]
    ]
  )
})

it("keeps apart the tables of one name in two databases", () => {
  const users = (...columns: ReadonlyArray<string>) => ({ s: { tables: { users: { columns } } } })
  const shop = running("shop", 5, users("id", "email"))
  const { databases, tables } = fromResources(gathered(shop, running("hr", 10, users("id", "login"))))
  assert.deepStrictEqual(
    databases.map((database) => [
      database.server,
      database.tables.flatMap((table) => table.columns.map(({ name }) => name))
    ]),
    [
      ["shop", ["id", "email"]],
      ["hr", ["id", "login"]]
    ]
  )
  assert.strictEqual(tables.length, 2)
})

it("gives the tables that only a metadata server describes to the one server without a schema, and to no other", () => {
  const schema = { s: { tables: { orders: { columns: ["id"] }, pg_shadow: { columns: ["passwd"] } } } }
  const names = (...servers: ReadonlyArray<ReturnType<typeof server>>) =>
    fromResources(gathered(...servers)).databases.map((database) => [
      database.server,
      database.tables.map(({ name }) => name)
    ])
  const meta = server("meta", 1, schema)
  assert.deepStrictEqual(names(meta, running("db", 2, {})), [["db", ["orders"]]])
  assert.deepStrictEqual(names(meta, running("db", 2, {}), running("other", 3, {})), [
    ["db", []],
    ["other", []]
  ])
  const own = { s: { tables: { customers: { columns: ["id"] } } } }
  assert.deepStrictEqual(names(meta, running("db", 2, own)), [["db", ["customers"]]])
  assert.deepStrictEqual(names(meta, { ...running("db", 2, {}), schema: { dialect: "sqlite", tables: [] } }), [
    ["db", []]
  ])
})

it("reads joined columns of a mapping group as a relationship, not as a word", () => {
  const schema = { tables: { a: { columns: ["x"] }, b: { columns: [{ name: "y", primary_key: true }] } } }
  const mappings = { mappings: { table_relationships: { a_b: "a.x = b.y" }, user_friendly_terms: { ex: "a.x" } } }
  const grounding = fromResources(gathered(running("db", 1, { schema, column_mappings: mappings })))
  assert.deepStrictEqual(arrows(grounding), ["a.x -> b.y"])
  assert.deepStrictEqual(
    grounding.mappings.map(({ term }) => term),
    ["ex"]
  )
})

it("says of each resource what was understood in it", () => {
  const { understood } = fromResources(
    gathered(
      server("one", 1, {
        product_aliases: { aliases: { p1: { canonical_name: "Laptop", categories: ["Office"] } }, count: 1 },
        column_mappings: { mappings: { user_friendly_terms: { clients: "customers.name" } }, total_mappings: 1 },
        schema: { tables: { t: { columns: ["id"] } } },
        numbers: 5
      })
    )
  )
  assert.deepStrictEqual(
    understood.map(({ entities, mappings, name, tables, text }) => [name, tables, mappings, entities, text]),
    [
      ["column_mappings", 0, 1, 0, false],
      ["numbers", 0, 0, 0, false],
      ["product_aliases", 0, 0, 1, false],
      ["schema", 1, 0, 0, false]
    ]
  )
})

it("lets the better priority define a term", () => {
  const one = server("one", 1, { column_mappings: { terms: { Revenue: "SUM(a.x)" } } })
  const two = server("two", 2, { glossary: { terms: { revenue: "SUM(b.y)", profit: { sql: "SUM(b.z)" } } } })
  assert.deepStrictEqual(
    fromResources(gathered(one, two)).mappings.map((mapping) => [
      mapping.term,
      mapping.expression,
      mapping.source.server
    ]),
    [
      ["Revenue", "SUM(a.x)", "one"],
      ["profit", "SUM(b.z)", "two"]
    ]
  )
})

it("does not take any record of strings for mappings, and no content for a schema that is none", () => {
  const grounding = fromResources(
    gathered(
      server("one", 1, { contact: { name: "x", mail: "y" }, text: "tables", list: [1, 2], tables: { tables: "many" } })
    )
  )
  assert.deepStrictEqual([grounding.tables, grounding.relationships, grounding.mappings], [[], [], []])
})

it("treats keys that exist on every object as data", () => {
  const data = JSON.parse('{"tables":{"__proto__":{"columns":["constructor"]},"toString":{"columns":["a"]}}}')
  assert.deepStrictEqual(
    fromSchema(data).tables.map((table) => [table.name, table.columns.map((column) => column.name)]),
    [
      ["__proto__", ["constructor"]],
      ["toString", ["a"]]
    ]
  )
})
