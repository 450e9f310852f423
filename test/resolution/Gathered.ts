/** Gathered resources for tests, without a server. */
import type * as Schema from "effect/Schema"
import type { GatheredResources, ServerResources } from "../../src/resources/GatheredResources.ts"

export const options = { fuzzy: true, threshold: 0.82, margin: 0.05 }

export const server = (
  id: string,
  priority: number,
  domains: ReadonlyArray<string>,
  resources: { readonly [name: string]: Schema.Json }
): ServerResources => ({
  id,
  name: id,
  priority,
  domains,
  capabilities: ["list_resources"],
  resources: new Map(
    Object.entries(resources).map(([name, data]) => [name, { uri: `test://${id}/${name}`, name, size: 0, data }])
  ),
  schema: null,
  manifest: {
    pages: 1,
    resources: 1,
    bytes: 0,
    durationMs: 0,
    protocolVersion: "2025-06-18",
    serverInfo: { name: id, version: "1" }
  }
})

export const gathered = (...servers: ReadonlyArray<ServerResources>): GatheredResources => ({ servers })
