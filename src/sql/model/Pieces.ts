/** A request as the pieces of a prompt, each in several lengths, from everything that is known to the least. Pure. */
import * as Predicate from "effect/Predicate"
import type { Column, Grounding, Provenance, Table } from "../../grounding/Grounding.ts"
import type { SqlAttempt } from "../../OrchestratorError.ts"
import type { MentionNote } from "../../resolution/Mentions.ts"
import type { Mention } from "../../resolution/ResolvedEntity.ts"
import type { SchemaTarget } from "../../resolution/SchemaSpellings.ts"
import { disjoint, type SchemaWord } from "../../resolution/SchemaWords.ts"
import type { Dialect, GenerationRequest } from "../SqlGenerator.ts"
import { nameSql } from "../SqlName.ts"
import { inline, literal } from "./Fence.ts"
import { joining, linked, type Links } from "./Linking.ts"

/** The order in which things are left out, and what they are called in the report. */
export const omissions = [
  "texts without a word of the question",
  "sample queries without a word of the question",
  "column descriptions",
  "columns but keys",
  "column mappings",
  "relationships",
  "tables",
  "texts",
  "sample queries",
  "column descriptions of tables in question"
] as const
export type Omission = (typeof omissions)[number]

export interface Piece {
  readonly holds: string
  readonly source: Provenance | null
  /** From the longest to the shortest; none of the lengths is ever cut. */
  readonly lengths: readonly [Lines, ...Array<Shorter>]
  /** Those of the least worth are shortened first. */
  readonly worth: number
}

type Lines = ReadonlyArray<string>

export interface Shorter {
  readonly lines: Lines
  readonly omission: Omission
  /** Whose part is left out: a table, a resource, a term. */
  readonly of: string
}

/** In the order of the prompt; inside that, servers stand in priority order. */
export const of = (request: GenerationRequest, links: Links): ReadonlyArray<Piece> => {
  const { dialect, grounding, mentions, notes, previous, question, schemaWords } = request
  return [
    ...schemaPieces(grounding, dialect, links),
    ...mappingPieces(grounding, links),
    ...samplePieces(grounding, links),
    ...mentionPieces(mentions),
    ...notes.map(notePiece),
    ...schemaWordPieces(schemaWords, dialect),
    ...textPieces(grounding, links),
    ...previous.map(attemptPiece),
    whole("question", null, [question])
  ]
}

// -----------------------------------------------------------------------------
// internals

/** What is never left out. */
const whole = (holds: string, source: Provenance | null, lines: Lines): Piece => ({
  holds,
  source,
  lengths: [lines],
  worth: 0
})

const schemaPieces = (grounding: Grounding, dialect: Dialect, links: Links): ReadonlyArray<Piece> => {
  const { relationships, tables } = grounding
  const name = (text: string) => identifier(text, dialect)
  const sources = new Map(tables.map((table) => [table.name, table.source]))
  const ends = new Set(
    relationships.flatMap(({ from, to }) => [from, to]).map(({ column, table }) => JSON.stringify([table, column]))
  )
  const isKey = (table: Table, column: Column) =>
    column.primaryKey || ends.has(JSON.stringify([table.name, column.name]))
  return [
    ...tables.map((table): Piece => {
      const worth = links.table(table.name)
      const lines = (columns: ReadonlyArray<Column>, isDescribed: (column: Column) => boolean) => [
        `table ${name(table.name)}${remark(table.description)}`,
        ...columns.map(
          (column) =>
            `  ${name(column.name)}${column.type === "" ? "" : ` ${inline(column.type)}`}` +
            `${column.primaryKey ? " primary key" : ""}${isDescribed(column) ? remark(wordsOf(column)) : ""}`
        ),
        ...(columns.length < table.columns.length
          ? [`  (${table.columns.length - columns.length} more columns are left out)`]
          : [])
      ]
      const everything = lines(table.columns, () => true)
      const named = new Set(table.columns.filter((column) => links.names(table.name, column.name)))
      const isNamed = (column: Column) => named.has(column)
      const undescribed = lines(table.columns, isNamed)
      if (worth >= linked) {
        const omission = "column descriptions of tables in question"
        return {
          holds: "schema",
          source: table.source,
          worth,
          lengths: [everything, { lines: undescribed, omission, of: table.name }]
        }
      }
      const keys = table.columns.filter((column) => isKey(table, column) || isNamed(column))
      const shorter: ReadonlyArray<Shorter> = [
        { lines: undescribed, omission: "column descriptions", of: table.name },
        { lines: lines(keys, isNamed), omission: "columns but keys", of: table.name }
      ]
      const nothing: Shorter = { lines: [], omission: "tables", of: table.name }
      return {
        holds: "schema",
        source: table.source,
        worth,
        lengths: [everything, ...shorter, ...(worth >= joining ? [] : [nothing])]
      }
    }),
    ...relationships.map(({ declared, from, to }): Piece => {
      const line =
        `${name(from.table)}.${name(from.column)} refers to ${name(to.table)}.${name(to.column)}` +
        (declared ? "" : " (guessed from its name)")
      const worth = Math.min(links.table(from.table), links.table(to.table))
      const shorter = { lines: [], omission: "relationships", of: `${from.table}.${from.column}` } as const
      return {
        holds: "relationships",
        source: sources.get(from.table) ?? null,
        worth,
        lengths: worth >= joining ? [[line]] : [[line], shorter]
      }
    })
  ]
}

/** A term that the question uses stays. */
const mappingPieces = ({ mappings }: Grounding, { shared }: Links): ReadonlyArray<Piece> =>
  mappings.map(({ expression, group, source, term }) => {
    const line = `${literal(term)} means ${inline(expression)}${group === null ? "" : ` (${inline(group)})`}`
    const worth = shared(term)
    return {
      holds: "column mappings",
      source,
      worth,
      lengths: worth > 0 ? [[line]] : [[line], { lines: [], omission: "column mappings", of: term }]
    }
  })

const samplePieces = ({ samples }: Grounding, { shared }: Links): ReadonlyArray<Piece> =>
  samples.map(({ question, source, sql }) => {
    const lines = [...(question === null ? [] : [`question: ${inline(question)}`]), `SQL: ${inline(sql)}`]
    const worth = shared(`${question ?? ""} ${sql}`)
    const omission = worth === 0 ? "sample queries without a word of the question" : "sample queries"
    return {
      holds: "sample queries",
      source,
      worth,
      lengths: [lines, { lines: [], omission, of: inline(question ?? sql).slice(0, 80) }]
    }
  })

const mentionPieces = (mentions: ReadonlyArray<Mention>): ReadonlyArray<Piece> =>
  mentions
    .toSorted((a, b) => a.resolution.priority - b.resolution.priority)
    .map(({ resolution, text }) => {
      const references = Object.entries(resolution.databaseReferences)
      const { entity, members } = resolution
      const categories = Predicate.hasProperty(entity, "categories") ? entity.categories : []
      return whole("recognised names", { server: resolution.server, uri: resolution.resource.uri }, [
        `${literal(text)} is ${literal(resolution.canonicalName)} (${resolution.match} match)`,
        ...(Array.isArray(categories) && categories.length > 0 ? [`  of the categories ${literal(categories)}`] : []),
        ...(members.length === 0 ? [] : [`  a category of: ${members.map(literal).join(", ")}`]),
        ...(references.length === 0
          ? ["  no database reference is given"]
          : references.map(([column, value]) => `  in the database: ${inline(column)} = ${literal(value)}`))
      ])
    })

const notePiece = ({ candidates, text }: MentionNote): Piece =>
  whole("names that nobody publishes", null, [
    `${literal(text)} stands in quotes${candidates.length === 0 ? "" : `; nearest published names: ${candidates.map(literal).join(", ")}`}`
  ])

const schemaWordPieces = (words: ReadonlyArray<SchemaWord>, dialect: Dialect): ReadonlyArray<Piece> =>
  disjoint(words).map(({ targets, text }) => {
    const meanings = [...new Set(targets.map((target) => meaning(target, dialect)))]
    const more = meanings.length - mostMeanings
    return whole("words of the question in the schema", null, [
      `${literal(text)}: ${meanings.slice(0, mostMeanings).join("; ")}${more > 0 ? `; and ${more} more` : ""}`
    ])
  })

/** A word that more columns are called by tells nothing further. */
const mostMeanings = 20

const meaning = (target: SchemaTarget, dialect: Dialect): string => {
  if (target.kind === "term") return inline(target.expression)
  const table = identifier(target.table, dialect)
  if (target.kind === "table") return `table ${table}`
  const column = `${table}.${identifier(target.column, dialect)}`
  return target.kind === "value" ? `${column} = ${literal(target.value)}` : `column ${column}`
}

/** A piece a paragraph: of a long glossary, what the question is about may be one of them. */
const textPieces = ({ texts }: Grounding, { shared }: Links): ReadonlyArray<Piece> =>
  texts.flatMap(({ name, source, text }) => [
    whole("text", source, [inline(name)]),
    ...text
      .split(/(?:\r?\n[ \t]*){2,}/)
      .filter((paragraph) => paragraph.trim() !== "")
      .map((paragraph): Piece => {
        const worth = shared(paragraph)
        const omission = worth === 0 ? "texts without a word of the question" : "texts"
        return {
          holds: "text",
          source,
          worth,
          lengths: [paragraph.split(/\r?\n/), { lines: [], omission, of: name }]
        }
      })
  ])

const attemptPiece = ({ category, message, nearest, outcome, sql }: SqlAttempt, index: number): Piece =>
  whole(`attempt ${index + 1}`, null, [
    `${outcome}${category === null ? "" : `, ${category}`}${message === null ? "" : `: ${inline(message)}`}`,
    ...(nearest.length === 0 ? [] : [`nearest valid names: ${nearest.map(inline).join(", ")}`]),
    ...(sql === "" ? [] : ["SQL:", ...sql.split("\n").map((line) => `  ${line}`)])
  ])

const remark = (description: string | null) => {
  const text = description === null ? "" : inline(description)
  return text === "" ? "" : ` -- ${text}`
}

/** The description, and the values where it does not list them itself. */
const wordsOf = ({ description, partial, values }: Column): string | null => {
  if (partial !== true && values.every((value) => description?.includes(value))) return description
  const heading = partial === true ? "Holds among others" : "Values"
  return `${description === null ? "" : `${description}. `}${heading}: ${values.map(literal).join(", ")}`
}

/** As it has to be written in SQL; what is invisible in it is left out. */
const identifier = (name: string, dialect: Dialect): string => nameSql(dialect, inline(name))
