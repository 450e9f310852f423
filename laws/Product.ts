/** The only file that knows the generator: from a world's resources and a question to SQL and explanation, or a refusal. */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import * as Contents from "../src/grounding/Contents.ts"
import { fromContents } from "../src/grounding/Grounding.ts"
import * as QuestionCheck from "../src/query/QuestionCheck.ts"
import { EntityCatalog } from "../src/resolution/EntityCatalog.ts"
import { link } from "../src/resolution/Mentions.ts"
import type { ServerResources } from "../src/resources/GatheredResources.ts"
import { generate } from "../src/sql/rulebased/RuleBasedSql.ts"
import { schemaResource, type World } from "./World.ts"

export type Said =
  | { readonly isRefused: true; readonly why: string }
  | {
      readonly isRefused: false
      readonly sql: string
      readonly explanation: string
      /** The pieces of the SQL that the parts of the explanation stand for. */
      readonly pieces: ReadonlyArray<string>
    }

export type Ask = (question: string) => Said

const server = (
  id: string,
  priority: number,
  resources: { readonly [name: string]: Schema.Json }
): ServerResources => ({
  id,
  name: id,
  priority,
  domains: ["products"],
  capabilities: ["list_resources", ...(id === "database" ? (["execute_query"] as const) : [])],
  schema: null,
  resources: new Map(
    Object.entries(resources).map(([name, data]) => [name, { uri: `${id}://${name}`, name, size: 1, data }])
  ),
  manifest: {
    pages: 1,
    resources: 1,
    bytes: 1,
    durationMs: 1,
    protocolVersion: "2025-06-18",
    serverInfo: { name: id, version: "1" }
  }
})

/** One gathering of the world's resources; any number of questions are asked of it. */
export const asker = (world: World): Ask => {
  const contents = Contents.read({
    servers: [
      server("metadata", 1, { column_mappings: world.mappings, entity_aliases: { ...world.aliases } }),
      server("database", 10, { database_schema: schemaResource(world) })
    ]
  })
  const catalog = EntityCatalog.from(contents)
  const grounding = fromContents(contents)
  const said = new Map<string, Said>()
  const answer = (question: string): Said => {
    const { mentions, notes, schemaWords } = link(question, catalog, grounding, {
      fuzzy: true,
      threshold: 0.82,
      margin: 0.05
    })
    const ambiguous = QuestionCheck.ambiguous(question, notes)
    if (ambiguous !== null) return { isRefused: true, why: ambiguous.detail }
    const generated = generate({
      question,
      grounding,
      mentions,
      notes,
      schemaWords,
      dialect: "sqlite",
      maxRows: 1000,
      today: world.today,
      previous: []
    })
    if (Result.isFailure(generated)) return { isRefused: true, why: generated.failure.detail }
    const { explanation, parts = [], sql } = generated.success
    const pieces = parts.flatMap((part) => (part.sql === null ? [] : [part.sql]))
    return { isRefused: false, sql: sql.replaceAll("\n", " "), explanation, pieces }
  }
  return (question) => {
    const known = said.get(question) ?? answer(question)
    said.set(question, known)
    return known
  }
}
