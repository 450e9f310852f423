/** Contents that look like schemas and are none: a table made of them would let SQL be written for nothing. */
import { assert, it } from "@effect/vitest"
import type { Schema } from "effect"
import { columnMappings, metadataSummary, productAliases, productList } from "../../src/demo/DemoMetadata.ts"
import { readSchema } from "../../src/grounding/SchemaReader.ts"
import { introduced, plain } from "./introductions.ts"

export const lookAlikes: { readonly [what: string]: Schema.Json } = {
  "a glossary of columns": [{ term: "revenue", table: "orders", column: "total" }],
  "a glossary of column names": { terms: [{ term: "revenue", table_name: "orders", column_name: "total" }] },
  "an alias record": {
    aliases: {
      hocus: {
        canonical_id: "C1",
        canonical_name: "Peru",
        aliases: ["hoc"],
        categories: ["andes"],
        database_references: { "customers.country": "Peru" }
      }
    },
    count: 1
  },
  "the demo's aliases": productAliases,
  "the demo's products": productList,
  "the demo's mappings": columnMappings,
  "the demo's summary": metadataSummary,
  "a mapping": { "sales amount": "orders.total_amount", "total revenue": "SUM(orders.total_amount)" },
  "a mapping in groups": {
    mappings: { user_friendly_terms: { clients: "customers.name" }, date_terms: { "by day": "DATE({date_column})" } }
  },
  entities: [{ id: 1, name: "Laptop", categories: ["electronics"] }],
  "products with types": [
    { name: "Oak", type: "wood" },
    { name: "Date", type: "fruit" }
  ],
  "products whose types are words for SQL types": [
    { name: "Chapter 1", type: "text" },
    { name: "Medjool", type: "date" }
  ],
  "products by category": { Electronics: { laptop: "text", phone: "date" }, Books: { novel: "text" } },
  "things with columns": [
    { name: "Parthenon", columns: ["doric", "ionic"] },
    { name: "Daily News", columns: [{ name: "Opinion", author: "Ann" }] },
    { name: "Board", columns: [{ name: "To do", cards: 3 }, { name: "Done" }] },
    { name: "Hall", columns: 12 }
  ],
  "furniture called tables": {
    tables: [
      { name: "Table 4", seats: 6 },
      { name: "Desk", seats: 1 }
    ]
  },
  "tables with kinds": { tables: { people: { type: "text", rows: 5 }, notes: { type: "text" } } },
  "a list of tables with kinds": { tables: [{ name: "people", type: "text" }] },
  "a table of a document": {
    tables: [{ title: "Table 1", name: "Sales by year", columns: ["Year", "Sales"], rows: [["2024", 12]] }]
  },
  "rows of a table called by name": { tables: { people: [{ id: 1, name: "Ann", type: "vip" }] } },
  "the answer of a query": { columns: ["id", "name"], rows: [[1, "Ann"]], row_count: 1 },
  "the answer of a query with types": { columns: [{ name: "id", type: "integer" }], rows: [[1]] },
  "indexes of a table": {
    success: true,
    data: {
      table: "orders",
      indexes: [{ name: "orders_pkey", columns: ["id"], unique: true, primary: true }],
      count: 1
    }
  },
  "a JSON Schema": {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Order",
    type: "object",
    required: ["id"],
    properties: { id: { type: "integer" }, columns: { type: "array", items: { type: "string" } } }
  },
  "an OpenAPI document": {
    openapi: "3.1.0",
    paths: { "/orders": { get: { parameters: [{ name: "limit", in: "query", schema: { type: "integer" } }] } } },
    components: { schemas: { Order: { type: "object", properties: { id: { type: "integer", format: "int64" } } } } }
  },
  // https://avro.apache.org/docs/current/specification/
  "an Avro schema": {
    type: "record",
    name: "Order",
    namespace: "shop",
    fields: [
      { name: "id", type: "long" },
      { name: "total", type: "double" },
      { name: "at", type: { type: "long", logicalType: "timestamp-millis" } }
    ]
  },
  "a form": {
    name: "contact",
    fields: [
      { name: "email", type: "text" },
      { name: "born", type: "date" }
    ]
  },
  "a tool's parameters": {
    tools: [
      {
        name: "search",
        parameters: [
          { name: "limit", type: "integer" },
          { name: "text", type: "string" }
        ]
      }
    ]
  },
  "a validation record": { user: { age: "integer", name: "text" } },
  "a package.json": {
    name: "shop",
    version: "1.0.0",
    type: "module",
    main: "index.js",
    scripts: { test: "vitest" },
    dependencies: { text: "1.0.0", date: "text" }
  },
  GeoJSON: {
    type: "FeatureCollection",
    features: [{ type: "Feature", geometry: { type: "Point", coordinates: [1, 2] }, properties: { name: "x" } }]
  },
  "a configuration": { database: { host: "db", port: 5432, schema: "public" }, tables: "orders", columns: 3 },
  "a chat": [
    { role: "user", content: "CREATE TABLE orders (id int);" },
    { role: "assistant", content: "```sql\nCREATE TABLE orders (id int);\n```" }
  ],
  "a GraphQL introspection": {
    __schema: {
      types: [{ kind: "OBJECT", name: "Order", fields: [{ name: "id", type: { kind: "SCALAR", name: "Int" } }] }]
    }
  },
  "a graph": { nodes: [{ id: 1, name: "a", type: "text" }], edges: [{ from: "a", to: "b" }] },
  "a glossary": "# Glossary\n\nA customer is who buys. Use CREATE TABLE to make a table (really)."
}

it("makes no table of anything else", () => {
  for (const [what, data] of Object.entries(lookAlikes)) {
    for (const about of [plain, introduced("resource://catalog", "catalog")]) {
      assert.deepStrictEqual(readSchema(data, about).tables, [], what)
      assert.deepStrictEqual(readSchema({ success: true, data }, about).tables, [], what)
      assert.deepStrictEqual(readSchema([data, data], about).tables, [], what)
    }
  }
})
