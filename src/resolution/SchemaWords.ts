/**
 * The words of a question that speak of the database: tables, columns, their values and the users' terms for SQL
 * expressions. Routing, the model's prompt and the rule-based generator take what a word stands for from here.
 */
import * as Schema from "effect/Schema"
import type { Grounding } from "../grounding/Grounding.ts"
import { wordKey } from "../grounding/NameWords.ts"
import { NameIndex } from "./NameIndex.ts"
import { findSpans } from "./NameSpans.ts"
import { nameOf, SchemaTarget, type Spelling, spellingsOf, variantsOf } from "./SchemaSpellings.ts"
import type { Question, Span } from "../text/Question.ts"
import { joinTokens, tokenize } from "../text/Tokens.ts"

/** A stretch of a question that names parts of the schema, by UTF-16 offsets, end exclusive. */
export const SchemaWord = Schema.Struct({
  text: Schema.String,
  start: Schema.Int,
  end: Schema.Int,
  /** How it names them: by their name, by a part of it (`price` for unit_price), as a value of a column, or misspelt. */
  match: Schema.Literals(["name", "part", "value", "misspelt"]),
  /** 1 for the name itself and for a value, less for a part or a misspelling. */
  score: Schema.Finite,
  /** Everything that is called so, in priority order. */
  targets: Schema.Array(SchemaTarget)
})
export type SchemaWord = typeof SchemaWord.Type

/** What a question can call the parts of a schema and the terms for them, ready to be looked up. */
export class SchemaVocabulary {
  readonly #spellings: ReadonlyMap<string, ReadonlyArray<Spelling>>
  readonly #longest: number
  /** The names that may be misspelt: of tables, columns and terms, each with its tokens. */
  readonly #names: ReadonlyArray<{ readonly tokens: ReadonlyArray<string>; readonly target: SchemaTarget }>

  constructor(grounding: Pick<Grounding, "databases" | "mappings">) {
    const spellings = spellingsOf(grounding)
    this.#spellings = Map.groupBy(spellings, ({ keys }) => joinTokens(keys))
    this.#longest = spellings.reduce((longest, { keys }) => Math.max(longest, keys.length), 0)
    const targets = new Set(spellings.map(({ target }) => target).filter(({ kind }) => kind !== "value"))
    this.#names = Array.from(targets, (target) => ({ target, tokens: tokenize(nameOf(target)) }))
  }

  /**
   * The schema words of a question, from left to right, the longer first. They overlap, and several may stand at one
   * place: what is meant depends on who reads them. Misspellings only with `fuzzy`.
   */
  find(
    question: Question,
    options: { readonly fuzzy: boolean; readonly threshold: number }
  ): ReadonlyArray<SchemaWord> {
    const exact = question
      .windows(this.#longest + 1)
      .flatMap((window) => this.#called(joinTokens(keysOf(question, window)), window))
    const starts = new Set(exact.map(({ first }) => first))
    const others = question
      .windows(1)
      .filter(({ first }) => !starts.has(first))
      .flatMap((window) => this.#otherwise(question.tokens[window.first] ?? "", window))
    const found = [...exact, ...others]
    if (options.fuzzy) {
      const known = new Set(found.flatMap(({ first, last }) => range(first, last)))
      found.push(...this.#misspelt(question, known, options.threshold))
    }
    return found
      .toSorted((left, right) => left.first - right.first || right.last - left.last)
      .map(({ first, last, match, score, targets }) => ({
        text: question.slice({ first, last }),
        start: question.start(first),
        end: question.end(last),
        match,
        score,
        targets
      }))
  }

  #called(key: string, window: Window): ReadonlyArray<Found> {
    const spellings = this.#spellings.get(key) ?? []
    return (["name", "value", "part"] as const).flatMap((match) => {
      const targets = new Set(spellings.filter((one) => matchOf(one) === match).map(({ target }) => target))
      return targets.size === 0
        ? []
        : [{ ...window, match, score: match === "part" ? partScore : 1, targets: [...targets] }]
    })
  }

  #otherwise(word: string, window: Window): ReadonlyArray<Found> {
    const { noun, synonym } = variantsOf(word)
    const tables = noun
      .flatMap((key) => this.#called(key, window))
      .flatMap(({ targets }) => targets.filter(({ kind }) => kind === "table"))
    return tables.length > 0
      ? [{ ...window, match: "part", score: partScore, targets: tables }]
      : synonym.flatMap((key) => this.#called(key, window))
  }

  /** Single words only: what a longer term is made of says too little about where it would start and end. */
  #misspelt(question: Question, known: ReadonlySet<number>, threshold: number): ReadonlyArray<Found> {
    const index = new NameIndex(this.#names.length, (name) => this.#names[name]?.tokens ?? [])
    return findSpans(index, question, known, threshold).flatMap(({ name, ...span }): ReadonlyArray<Found> => {
      const meant = this.#names[name]
      if (meant?.tokens.length !== 1) return []
      const alike = this.#called(joinTokens(meant.tokens.map(wordKey)), span)
      return alike
        .filter(({ match }) => match === "name")
        .map((one) => ({ ...one, match: "misspelt", score: span.score }))
    })
  }
}

/** Of words that overlap, those that are worth the most: by score and, less than proportionally, length. */
export const disjoint = (words: ReadonlyArray<SchemaWord>): ReadonlyArray<SchemaWord> => {
  const worth = ({ score, text }: SchemaWord) => score * Math.sqrt(tokenize(text).length)
  const chosen: Array<SchemaWord> = []
  for (const word of words.toSorted((one, other) => worth(other) - worth(one) || one.start - other.start)) {
    if (!chosen.some(({ end, start }) => start < word.end && word.start < end)) chosen.push(word)
  }
  return chosen.toSorted((one, other) => one.start - other.start)
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

type Window = Pick<Span, "first" | "last">

interface Found extends Span, Pick<SchemaWord, "match" | "targets"> {}

/** Less than a misspelling of a name has at least: a part of a name says less than the name. */
const partScore = 0.7

const matchOf = ({ isWhole, target }: Spelling): "name" | "value" | "part" =>
  target.kind === "value" ? "value" : isWhole ? "name" : "part"

const keysOf = (question: Question, { first, last }: Window): ReadonlyArray<string> =>
  question.tokens.slice(first, last + 1).map(wordKey)

const range = (first: number, last: number): ReadonlyArray<number> =>
  Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
