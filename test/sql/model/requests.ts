/** Requests for the tests of this folder: a small shop. */
import type { Grounding, Provenance } from "../../../src/grounding/Grounding.ts"
import type { GenerationRequest } from "../../../src/sql/SqlGenerator.ts"
import { groundingOf } from "../../query/Groundings.ts"
import { schemaWords } from "../../query/Mentions.ts"
import type { Mention } from "../../../src/resolution/ResolvedEntity.ts"

const schema: Provenance = { server: "database_mcp", uri: "database://metadata" }
const words: Provenance = { server: "product_metadata_mcp", uri: "metadata://column_mappings" }

const column = (name: string, type: string, description: string | null = null, primaryKey = false) => ({
  description,
  name,
  primaryKey,
  type,
  values: []
})

export const grounding: Grounding = groundingOf({
  tables: [
    {
      name: "products",
      description: "What is sold",
      columns: [column("id", "INTEGER", null, true), column("name", "TEXT", "As printed on the box")],
      source: schema
    },
    {
      name: "order_items",
      description: null,
      columns: [
        column("id", "INTEGER", null, true),
        column("product_id", "INTEGER"),
        column("Unit Price", "REAL", "In euros\nwithout tax"),
        column("order_date", "")
      ],
      source: schema
    }
  ],
  relationships: [
    { from: { table: "order_items", column: "product_id" }, to: { table: "products", column: "id" }, declared: false }
  ],
  mappings: [
    {
      term: "revenue",
      expression: 'SUM(order_items."Unit Price")',
      group: "aggregation_terms",
      source: words
    },
    { term: "this month", expression: "DATE_TRUNC('month', {date_column})", group: null, source: words }
  ]
})

export const mention = (text: string, over: Partial<Mention["resolution"]> = {}): Mention => ({
  text,
  start: 0,
  end: text.length,
  resolution: {
    server: "product_metadata_mcp",
    priority: 1,
    resource: { name: "product_aliases", uri: "metadata://product_aliases" },
    path: ["air_fryer"],
    entity: {},
    match: "alias",
    score: 0.98,
    matchedName: text,
    canonicalName: "AeroChef XL",
    databaseReferences: { "products.id": 7, "products.name": "AeroChef XL" },
    members: [],
    runnerUp: null,
    conflicts: [],
    ...over
  }
})

const question = "What was the revenue of the air fryer by order date?"

export const request = (over: Partial<GenerationRequest> = {}): GenerationRequest => ({
  question,
  grounding,
  mentions: [mention("air fryer")],
  notes: [],
  schemaWords: schemaWords(over.question ?? question, grounding),
  dialect: "sqlite",
  maxRows: 1000,
  today: "2026-11-22",
  previous: [],
  ...over
})

export const sql = 'SELECT SUM("Unit Price") FROM order_items WHERE product_id = 7'
