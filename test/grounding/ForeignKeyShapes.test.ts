import { assert, it } from "@effect/vitest"
import type { Schema } from "effect"
import { readSchema } from "../../src/grounding/SchemaReader.ts"
import { arrows, plain } from "./introductions.ts"

type Fields = { readonly [key: string]: Schema.Json }

const people = { columns: [{ name: "pid", type: "INTEGER", primary_key: true }] }

const visits = (rest: Fields = {}, column: Fields = {}) => ({
  tables: {
    people,
    visits: {
      columns: [
        { name: "vid", primary_key: true },
        { name: "who", ...column }
      ],
      ...rest
    }
  }
})

const arrow = ["visits(who) -> people(pid)"]

it("understands relationships however they are declared", () => {
  const schema = visits()
  const parts = { from_table: "visits", from_column: "who", to_table: "people", to_column: "pid" }
  for (const data of [
    { ...schema, relationships: [{ from: "visits.who", to: "people.pid" }] },
    { ...schema, relationships: ["visits.who -> people.pid"] },
    { ...schema, relationships: ["people.pid = visits.who"] },
    { ...schema, relationships: [parts] },
    {
      ...schema,
      relationships: [{ from: { table: "visits", column: "who" }, to: { table: "people", column: "pid" } }]
    },
    { ...schema, relationships: [{ from: "people.pid", to: "visits.who", type: "one-to-many" }] },
    // src/product_metadata_mcp of rajvermacas/talk-2-tables has such a group among its mappings.
    { ...schema, table_relationships: { people_visits: "people.pid = visits.who" } },
    { ...schema, foreign_keys: [{ table: "visits", column: "who", references: "people(pid)" }] },
    // A common query of PostgreSQL's information_schema.
    {
      ...schema,
      foreign_keys: [
        { table_name: "visits", column_name: "who", foreign_table_name: "people", foreign_column_name: "pid" }
      ]
    },
    visits({ foreign_keys: [{ column: "who", references: { table: "people", column: "pid" } }] }),
    visits({ foreign_keys: { who: "people.pid" } }),
    // SQLAlchemy's inspector
    visits({ foreign_keys: [{ constrained_columns: ["who"], referred_table: "people", referred_columns: ["pid"] }] }),
    // SQLite's PRAGMA foreign_key_list
    visits({ foreign_keys: [{ id: 0, seq: 0, table: "people", from: "who", to: "pid", on_update: "NO ACTION" }] }),
    visits({}, { references: "people.pid" }),
    visits({}, { foreign_key: { table: "people", column: "pid" } }),
    visits({}, { fk: { table: "people", column: "pid" } }),
    visits({}, { type: "INTEGER REFERENCES people(pid)" })
  ]) {
    assert.deepStrictEqual(arrows(readSchema(data, plain)), arrow, JSON.stringify(data))
  }
})

it("keeps composite keys whole", () => {
  const expected = ["visits(a, b) -> people(x, y)"]
  for (const foreign_keys of [
    [{ constrained_columns: ["a", "b"], referred_table: "people", referred_columns: ["x", "y"] }],
    [{ columns: ["a", "b"], references: "people(x, y)" }],
    [
      { id: 1, seq: 0, table: "people", from: "a", to: "x" },
      { id: 1, seq: 1, table: "people", from: "b", to: "y" }
    ],
    [
      { constraint_name: "fk", column_name: "a", referenced_table_name: "people", referenced_column_name: "x" },
      { constraint_name: "fk", column_name: "b", referenced_table_name: "people", referenced_column_name: "y" }
    ]
  ]) {
    assert.deepStrictEqual(arrows(readSchema(visits({ foreign_keys }), plain)), expected)
  }
})

it("leaves out what is no key: prose, flags, third tables and itself", () => {
  for (const data of [
    visits({}, { foreign_key: true }),
    visits({}, { references: "the person who came" }),
    visits({ foreign_keys: ["who", 5, null] }),
    ...["many_to_many", "M:N", "n-to-m", "m2m", "*:*"].map((type) => ({
      ...visits(),
      relationships: [{ from: "visits.who", to: "people.pid", type }]
    })),
    { ...visits(), relationships: ["visits.who -> visits.who", { from: "alice", to: "bob" }] }
  ]) {
    assert.deepStrictEqual(arrows(readSchema(data, plain)), [], JSON.stringify(data))
  }
})

it("reads rows of key_column_usage, which make no tables", () => {
  const row = (column_name: string, referenced_column_name: string) => ({
    constraint_name: "fk",
    table_schema: "shop",
    table_name: "visits",
    column_name,
    referenced_table_schema: "shop",
    referenced_table_name: "people",
    referenced_column_name
  })
  const shapes = readSchema({ rows: [row("a", "x"), row("b", "y")] }, plain)
  assert.deepStrictEqual(arrows(shapes), ["shop.visits(a, b) -> shop.people(x, y)"])
  assert.deepStrictEqual(shapes.tables, [])
})

it("reads relationships that stand in a resource of their own", () => {
  assert.deepStrictEqual(arrows(readSchema({ relationships: ["visits.who -> people.pid"] }, plain)), arrow)
})
