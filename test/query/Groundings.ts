/** Groundings for tests: the demo's, Defog's, and hand-written ones. */
import type { Schema } from "effect"
import { readFileSync } from "node:fs"
import { columnMappings, databaseMetadata } from "../../src/demo/DemoMetadata.ts"
import { fromResources } from "../../src/grounding/Grounding.ts"
import type { Grounding } from "../../src/grounding/Grounding.ts"
import type { GatheredResources, ServerResources } from "../../src/resources/GatheredResources.ts"

/** A server with resources by name. */
export const server = (
  id: string,
  priority: number,
  resources: Readonly<Record<string, Schema.Json>>
): ServerResources => ({
  id,
  name: id,
  priority,
  domains: ["products"],
  capabilities: ["list_resources"],
  resources: new Map(
    Object.entries(resources).map(([name, data]) => [name, { uri: `${id}://${name}`, name, size: 1, data }])
  ),
  schema: null,
  manifest: {
    pages: 1,
    resources: Object.keys(resources).length,
    bytes: 1,
    durationMs: 1,
    protocolVersion: "2025-06-18",
    serverInfo: { name: id, version: "1" }
  }
})

export const gathered = (...servers: ReadonlyArray<ServerResources>): GatheredResources => ({ servers })

/** The grounding of a single resource named `database_metadata`. */
export const fromSchema = (data: Schema.Json): Grounding =>
  fromResources(gathered(server("database", 10, { database_metadata: data })))

export const demo: Grounding = fromResources(
  gathered(
    server("product", 1, { column_mappings: columnMappings }),
    server("database", 10, { database_metadata: databaseMetadata })
  )
)

export const defog = (name: "broker" | "car_dealership" | "restaurants"): Grounding =>
  fromSchema(JSON.parse(readFileSync(new URL(`fixtures/defog/${name}.json`, import.meta.url), "utf8")))

/** `orders.customer_id -> customers.id`, for comparing. */
export const arrows = (grounding: Grounding): ReadonlyArray<string> =>
  grounding.relationships.map(({ from, to }) => `${from.table}.${from.column} -> ${to.table}.${to.column}`)

/** A grounding of one database that is made by hand. */
export const groundingOf = (parts: Partial<Grounding> = {}): Grounding => {
  const { mappings = [], relationships = [], tables = [] } = parts
  return {
    tables,
    relationships,
    mappings,
    texts: [],
    samples: [],
    understood: [],
    databases: tables.length === 0 ? [] : [{ server: "database", tables, relationships }],
    ...parts
  }
}
