/**
 * What the gathered resources say: the tables of each database, how they hang together, the users' words for SQL
 * expressions, and texts. This folder is the only one that looks into gathered content. Pure; computed afresh for every
 * request, and forgotten with it.
 */
import * as Schema from "effect/Schema"
import type { GatheredResources } from "../resources/GatheredResources.ts"
import { ShownUri } from "../telemetry/ShownUri.ts"
import * as Contents from "./Contents.ts"
import { databasesOf } from "./Databases.ts"
import { notesOf } from "./Notes.ts"
import { relates } from "./TermShapes.ts"

/** Where a piece of knowledge came from; what a database said through SQL has the URI `sql:schema`. */
export const Provenance = Schema.Struct({ server: Schema.String, uri: ShownUri })
export type Provenance = typeof Provenance.Type

export interface Column {
  readonly name: string
  /** As the server wrote it (`TEXT`, `INTEGER`, `timestamp`, …); "" when it did not say. */
  readonly type: string
  readonly primaryKey: boolean
  readonly description: string | null
  /** The values it is said to hold; empty when nothing lists them. */
  readonly values: ReadonlyArray<string>
  /** True where it holds others as well: the values were found in the database for one question. */
  readonly partial?: boolean
}

export interface Table {
  /** As SQL has to name it, unquoted: `orders`, or `sales.orders` where the name alone would not be found. */
  readonly name: string
  /** The schema or database it is in, where its name does not say so and another than the usual one was told. */
  readonly schema?: string
  readonly description: string | null
  readonly columns: ReadonlyArray<Column>
  /** What says that the table exists. */
  readonly source: Provenance
}

/** `from` refers to `to`; declared by a server, or read off a foreign-key name (`customer_id`). */
export interface Relationship {
  readonly from: { readonly table: string; readonly column: string }
  readonly to: { readonly table: string; readonly column: string }
  readonly declared: boolean
}

/** The tables that statements can be run against on one server. */
export interface Database {
  /** The id of the server. */
  readonly server: string
  readonly tables: ReadonlyArray<Table>
  readonly relationships: ReadonlyArray<Relationship>
}

/** The users' words for an SQL expression. */
export interface ColumnMapping {
  readonly term: string
  /** May hold placeholders such as `{date_column}`. */
  readonly expression: string
  /** `user_friendly_terms`, `aggregation_terms`, …; `null` when the record is flat. */
  readonly group: string | null
  readonly source: Provenance
}

/** Text for people: a resource of its own (a glossary, Markdown), or the rules that another one holds. */
export interface TextResource {
  readonly name: string
  readonly text: string
  readonly source: Provenance
}

/** A query that a server publishes as one that is asked of its database. */
export interface SampleQuery {
  /** What it answers; `null` where only the statement is given. */
  readonly question: string | null
  readonly sql: string
  readonly source: Provenance
}

/** What was read out of one resource. */
export const Understood = Schema.Struct({
  ...Provenance.fields,
  name: Schema.String,
  tables: Schema.Int,
  mappings: Schema.Int,
  /** Single things and categories. */
  entities: Schema.Int,
  /** True for text that holds neither tables nor anything else that is counted. */
  text: Schema.Boolean
})
export type Understood = typeof Understood.Type

export interface Grounding {
  /** Of all databases, each once. */
  readonly tables: ReadonlyArray<Table>
  readonly relationships: ReadonlyArray<Relationship>
  readonly mappings: ReadonlyArray<ColumnMapping>
  readonly texts: ReadonlyArray<TextResource>
  readonly samples: ReadonlyArray<SampleQuery>
  /** Of the servers that run SQL, in priority order. */
  readonly databases: ReadonlyArray<Database>
  /** One for each gathered resource, in priority order. */
  readonly understood: ReadonlyArray<Understood>
}

/** Everything that the resources say, in priority order. */
export const fromResources = (resources: GatheredResources): Grounding => fromContents(Contents.read(resources))

/**
 * `fromResources` of what was read already.
 *
 * @internal
 */
export const fromContents = (contents: Contents.Contents): Grounding => {
  const databases = databasesOf(contents)
  const noted = contents.servers.flatMap((server) =>
    server.resources.map(({ resource, text }) => ({
      name: resource.name,
      text,
      notes: notesOf(resource.data),
      source: { server: server.id, uri: resource.uri }
    }))
  )
  return {
    tables: [...new Set(databases.flatMap(({ tables }) => tables))],
    relationships: distinct(databases.flatMap(({ relationships }) => relationships)),
    mappings: mappingsOf(contents),
    texts: noted.flatMap(({ name, notes, source, text }) => [
      ...(text === null ? [] : [{ name, text, source }]),
      ...notes.rules.map((rule) => ({ ...rule, source }))
    ]),
    samples: noted.flatMap(({ notes, source }) => notes.samples.map((sample) => ({ ...sample, source }))),
    databases,
    understood: contents.servers.flatMap((server) =>
      server.resources.map(({ resource, schema, shapes, text }) => ({
        server: server.id,
        uri: resource.uri,
        name: resource.name,
        tables: schema.tables.length,
        mappings: shapes.terms.length,
        entities: shapes.entities.length + shapes.categories.length,
        text: text !== null
      }))
    )
  }
}

/**
 * The part that concerns one database: its tables and relationships, and everybody's words and texts.
 *
 * @internal
 */
export const within = (grounding: Grounding, { relationships, tables }: Database): Grounding => ({
  ...grounding,
  tables,
  relationships
})

// -----------------------------------------------------------------------------
// internals

/** Where two servers define a term, the better priority is heard. Pairs of joined columns are no words. */
const mappingsOf = (contents: Contents.Contents): ReadonlyArray<ColumnMapping> => {
  const mappings = new Map<string, ColumnMapping>()
  for (const server of contents.servers) {
    for (const { resource, shapes } of server.resources) {
      for (const term of shapes.terms) {
        const key = JSON.stringify([term.group, term.term.toLowerCase()])
        if (relates(term) || mappings.has(key)) continue
        mappings.set(key, { ...term, source: { server: server.id, uri: resource.uri } })
      }
    }
  }
  return [...mappings.values()]
}

const distinct = (relationships: ReadonlyArray<Relationship>): ReadonlyArray<Relationship> => [
  ...new Map(relationships.map((one) => [JSON.stringify([one.from, one.to]), one])).values()
]
