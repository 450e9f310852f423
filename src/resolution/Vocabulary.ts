/** All the words that a question can use: the tables, columns, terms, values and entities that the servers publish. */
import * as Schema from "effect/Schema"
import * as Contents from "../grounding/Contents.ts"
import { fromContents } from "../grounding/Grounding.ts"
import type { GatheredResources } from "../resources/GatheredResources.ts"
import { Answered } from "../telemetry/RequestId.ts"
import { ShownUri } from "../telemetry/ShownUri.ts"
import { tokenize } from "../text/Tokens.ts"
import { EntityCatalog } from "./EntityCatalog.ts"
import { normalizedKey } from "./NameLookup.ts"
import type { ServerCatalog } from "./ServerCatalog.ts"

/** Which resource of which server says so; what a database said through SQL has the URI `sql:schema`. */
const source = { server: Schema.String, uri: ShownUri }

const VocabularyTable = Schema.Struct({
  table: Schema.String,
  description: Schema.NullOr(Schema.String),
  columns: Schema.Array(
    Schema.Struct({
      column: Schema.String,
      description: Schema.NullOr(Schema.String),
      /** The values that the column is said to hold; empty when nothing lists them. */
      values: Schema.Array(Schema.String)
    })
  ),
  ...source
})

const VocabularyTerm = Schema.Struct({ term: Schema.String, expression: Schema.String, ...source })

const VocabularyEntity = Schema.Struct({
  name: Schema.String,
  /** What else it is called. */
  aliases: Schema.Array(Schema.String),
  /** What the name and each alias are compared by, in that order: names with the same key are one name to a lookup. */
  keys: Schema.Array(Schema.String),
  /** For a category: the names of what is in it. Empty for a single entity. */
  members: Schema.Array(Schema.String),
  ...source
})

/** Everything in the priority order of the servers, then as it is published. */
export const Vocabulary = Schema.Struct({
  /** All that were gathered from. The first that knows a name wins it, among those that share a domain as among all. */
  servers: Schema.Array(
    Schema.Struct({ server: Schema.String, priority: Schema.Int, domains: Schema.Array(Schema.String) })
  ),
  /** The tables that SQL can be run on, by the id of the server that runs it. */
  databases: Schema.Array(Schema.Struct({ server: Schema.String, tables: Schema.Array(VocabularyTable) })),
  /** Words for SQL expressions. */
  terms: Schema.Array(VocabularyTerm),
  entities: Schema.Array(VocabularyEntity)
})
export type Vocabulary = typeof Vocabulary.Type

/** What `vocabulary` returns. */
export const AnsweredVocabulary = Schema.Struct({ ...Vocabulary.fields, ...Answered.fields })
export type AnsweredVocabulary = typeof AnsweredVocabulary.Type

/** The vocabulary of what was gathered. */
export const fromResources = (resources: GatheredResources): Vocabulary => {
  const contents = Contents.read(resources)
  const { databases, mappings } = fromContents(contents)
  return {
    servers: resources.servers.map(({ domains, id, priority }) => ({ server: id, priority, domains })),
    databases: databases.map(({ server, tables }) => ({
      server,
      tables: tables.map(({ columns, description, name, source }) => ({
        table: name,
        description,
        columns: columns.map((column) => ({
          column: column.name,
          description: column.description,
          values: column.values
        })),
        ...source
      }))
    })),
    terms: mappings.map(({ expression, source, term }) => ({ term, expression, ...source })),
    entities: EntityCatalog.from(contents).servers.flatMap(entitiesOf)
  }
}

/** Those that a question can mention: headings and bare ids are not. */
const entitiesOf = (server: ServerCatalog): Vocabulary["entities"] => {
  const mentionable = server.names.filter((name) => name.mentionable)
  return [...Map.groupBy(mentionable, ({ entity }) => entity)].flatMap(([number, names]) => {
    const entity = server.entities[number]
    if (entity === undefined) return []
    const { canonicalName: name, members, resource } = entity
    const aliases = names.map(({ text }) => text).filter((text) => text !== name)
    const keys = [name, ...aliases].map((text) => normalizedKey(tokenize(text), text))
    return [{ name, aliases, keys, members, server: server.id, uri: resource.uri }]
  })
}
