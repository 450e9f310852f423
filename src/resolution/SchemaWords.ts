/**
 * The words of a question that speak of the database: tables, columns and the users' terms for SQL expressions. They
 * annotate the schema and rank it; nothing is ever left out of it because no word spoke of it.
 */
import * as Schema from "effect/Schema"
import type { Grounding } from "../grounding/Grounding.ts"
import { localName } from "../grounding/TableLookup.ts"
import { NameIndex } from "./NameIndex.ts"
import { NameLookup } from "./NameLookup.ts"
import { findSpans } from "./NameSpans.ts"
import { byWorth, type Question, type Span } from "../text/Question.ts"
import { tokenize } from "../text/Tokens.ts"

const source = { server: Schema.String, uri: Schema.String }

/** What a word of the schema stands for, and which server said so. */
export const SchemaTarget = Schema.Union([
  Schema.Struct({ kind: Schema.tag("table"), table: Schema.String, ...source }),
  Schema.Struct({ kind: Schema.tag("column"), table: Schema.String, column: Schema.String, ...source }),
  Schema.Struct({
    kind: Schema.tag("term"),
    term: Schema.String,
    expression: Schema.String,
    group: Schema.NullOr(Schema.String),
    ...source
  })
])
export type SchemaTarget = typeof SchemaTarget.Type

/** A stretch of a question that names parts of the schema, by UTF-16 offsets, end exclusive. */
export const SchemaWord = Schema.Struct({
  text: Schema.String,
  start: Schema.Int,
  end: Schema.Int,
  /** 1 for the word itself, less for a misspelling. */
  score: Schema.Finite,
  /** Everything that has this name, in priority order. */
  targets: Schema.Array(SchemaTarget)
})
export type SchemaWord = typeof SchemaWord.Type

/** What a question can call the parts of a schema and the terms for them, ready to be looked up. */
export class SchemaVocabulary {
  readonly #targets: ReadonlyArray<SchemaTarget>
  readonly #tokens: ReadonlyArray<ReadonlyArray<string>>
  readonly #lookup: NameLookup
  readonly #longest: number

  constructor(grounding: Pick<Grounding, "databases" | "mappings">) {
    this.#targets = targetsOf(grounding)
    const names = this.#targets.map(nameOf)
    this.#tokens = names.map((name) => tokenize(name))
    this.#lookup = new NameLookup(names.length, (place) => names[place] ?? "")
    this.#longest = this.#tokens.reduce((longest, tokens) => Math.max(longest, tokens.length), 0)
  }

  /** The schema words of a question, from left to right, not overlapping. Misspellings only with `fuzzy`. */
  find(
    question: Question,
    options: { readonly fuzzy: boolean; readonly threshold: number }
  ): ReadonlyArray<SchemaWord> {
    const exact = question.windows(this.#longest + 1).filter((window) => this.#lookup.has(tokensOf(question, window)))
    const spans = exact.map((window): Found => ({ ...window, score: 1, name: tokensOf(question, window) }))
    if (options.fuzzy) {
      const known = new Set(exact.flatMap(({ first, last }) => range(first, last)))
      spans.push(...this.#misspelt(question, known, options.threshold))
    }
    const taken = new Set<number>()
    const words: Array<SchemaWord> = []
    for (const span of spans.toSorted(byWorth)) {
      const tokens = range(span.first, span.last)
      if (tokens.some((token) => taken.has(token))) continue
      for (const token of tokens) taken.add(token)
      words.push({
        text: question.slice(span),
        start: question.start(span.first),
        end: question.end(span.last),
        score: span.score,
        targets: this.#lookup.places(span.name).flatMap((place) => this.#targets[place] ?? [])
      })
    }
    return words.toSorted((left, right) => left.start - right.start)
  }

  /** Single words only: what a longer term is made of says too little about where it would start and end. */
  #misspelt(question: Question, known: ReadonlySet<number>, threshold: number): ReadonlyArray<Found> {
    return findSpans(new NameIndex(this.#tokens.length, (name) => this.#tokens[name] ?? []), question, known, threshold)
      .filter(({ name }) => this.#tokens[name]?.length === 1)
      .map((span) => ({ ...span, name: this.#tokens[span.name] ?? [] }))
  }
}

interface Found extends Span {
  /** The tokens of the name that was found. */
  readonly name: ReadonlyArray<string>
}

const tokensOf = (question: Question, { first, last }: Pick<Span, "first" | "last">): ReadonlyArray<string> =>
  question.tokens.slice(first, last + 1)

const range = (first: number, last: number): ReadonlyArray<number> =>
  Array.from({ length: last - first + 1 }, (_, offset) => first + offset)

const nameOf = (target: SchemaTarget): string =>
  target.kind === "table" ? localName(target.table) : target.kind === "column" ? target.column : target.term

/** In the order of the databases, which is that of their servers' priorities. */
const targetsOf = ({ databases, mappings }: Pick<Grounding, "databases" | "mappings">): ReadonlyArray<SchemaTarget> => [
  ...databases.flatMap((database) =>
    database.tables.flatMap(({ columns, name: table, source }): ReadonlyArray<SchemaTarget> => {
      const at = { server: database.server, uri: source.uri }
      return [
        { kind: "table", table, ...at },
        ...columns.map(({ name }): SchemaTarget => ({ kind: "column", table, column: name, ...at }))
      ]
    })
  ),
  ...mappings.map(({ source, ...term }): SchemaTarget => ({ kind: "term", ...term, ...source }))
]
