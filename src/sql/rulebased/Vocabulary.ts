/** The names a question may use: tables, columns, mapped terms, listed values, and how they are found in it. */
import * as Result from "effect/Result"
import { fold, tokenize } from "../../text/Tokens.ts"
import type { ColumnMapping, Grounding } from "../../grounding/Grounding.ts"
import { nameWords, sharedPrefix, wordKey } from "../../grounding/NameWords.ts"
import type { Dialect } from "../SqlGenerator.ts"
import { type MappedExpression, readExpression, useOf } from "./MappedExpression.ts"
import type { Token } from "./Question.ts"
import { type ColumnReference, columnOf, columnWords, isNumeric, type SchemaIndex } from "./SchemaIndex.ts"

export type Meaning =
  | { readonly kind: "table"; readonly table: string }
  /** `full` when every word of the column was said, not only its head. */
  | { readonly kind: "column"; readonly column: ColumnReference; readonly full: boolean }
  | {
      readonly kind: "mapping"
      readonly term: string
      readonly expression: MappedExpression
      readonly isNumber: boolean
    }
  /** `AVG({column})`: an aggregation by another word. */
  | { readonly kind: "template"; readonly term: string; readonly expression: MappedExpression }
  /** A condition on rows, or on a date column that is still to be chosen. */
  | { readonly kind: "condition"; readonly term: string; readonly expression: MappedExpression }
  | { readonly kind: "value"; readonly column: ColumnReference; readonly value: string }
  /** A mapped term whose expression cannot be used, and why. */
  | { readonly kind: "unusable"; readonly term: string; readonly why: string }

interface Entry {
  readonly keys: ReadonlyArray<string>
  readonly meaning: Meaning
}

/** Entries by their first key. */
export type Vocabulary = ReadonlyMap<string, ReadonlyArray<Entry>>

export const makeVocabulary = (
  grounding: Grounding,
  index: SchemaIndex,
  dialect: Dialect,
  today: string
): Vocabulary => {
  const terms = new Set(grounding.mappings.map(({ term }) => keysOf(term).join(" ")))
  const entries: Array<Entry> = grounding.mappings.flatMap((mapping) => {
    const keys = keysOf(mapping.term)
    const meaning = mappingMeaning(index, dialect, today, mapping)
    // "How many units were sold": the verb of "units sold" may stand anywhere.
    const noun = keys.filter((key) => !tradeVerbs.has(key))
    const isShort = noun.length > 0 && noun.length < keys.length && !terms.has(noun.join(" "))
    return isShort
      ? [
          { keys, meaning },
          { keys: noun, meaning }
        ]
      : [{ keys, meaning }]
  })
  const prefix = sharedPrefix(index.tables.map((table) => nameWords(table.name)))
  for (const table of index.tables) {
    const tableKeys = nameWords(table.name).slice(prefix).map(wordKey)
    entries.push({ keys: tableKeys, meaning: { kind: "table", table: table.name } })
    for (const column of table.columns) {
      const reference = { table: table.name, column: column.name }
      const full: Meaning = { kind: "column", column: reference, full: true }
      const words = columnWords(table, column).map(wordKey)
      const own = withoutTable(words, tableKeys)
      entries.push({ keys: words, meaning: full }, { keys: [...tableKeys, ...own], meaning: full })
      // "country name" for country.
      if (!isNumeric(column)) entries.push({ keys: [...own, "name"], meaning: { ...full, full: false } })
      // "type of food" for food_type.
      const last = words.at(-1)
      if (words.length === 2 && last !== undefined)
        entries.push({ keys: [last, "of", ...words.slice(0, 1)], meaning: full })
      const partial: Meaning = { kind: "column", column: reference, full: own.length < words.length && own.length > 0 }
      for (const keys of [own, ...heads(words)]) entries.push({ keys, meaning: partial })
      for (const value of column.values) {
        entries.push({ keys: keysOf(value), meaning: { kind: "value", column: reference, value } })
      }
    }
  }
  return Map.groupBy(
    entries.filter(({ keys }) => keys.length > 0),
    ({ keys }) => keys[0] ?? ""
  )
}

/** The longest name that stands at `at`, with everything it may mean; several meanings are settled by their context. */
export const meaningsAt = (
  vocabulary: Vocabulary,
  tokens: ReadonlyArray<Token>,
  at: number
): { readonly meanings: ReadonlyArray<Meaning>; readonly length: number } | null => {
  const first = tokens[at]
  if (first === undefined || first.kind === "quoted" || first.kind === "symbol") return null
  let best: ReadonlyArray<Entry> = []
  for (const [spelling, exact] of spellings(first.key)) {
    const all = (vocabulary.get(spelling) ?? []).filter(
      ({ keys, meaning }) =>
        (exact || (keys.length === 1 && meaning.kind === "table")) &&
        keys.every((key, offset) => offset === 0 || keyAt(tokens, at + offset) === key)
    )
    // A term that cannot be used takes no word away from what can.
    const usable = all.filter(({ meaning }) => meaning.kind !== "unusable")
    const found = usable.length > 0 ? usable : all
    if (found.length > 0) {
      const longest = Math.max(...found.map(({ keys }) => keys.length))
      best = found.filter(({ keys }) => keys.length === longest)
      break
    }
  }
  const [one] = best
  if (one === undefined) return null
  const meanings = best.map(({ meaning }) => meaning)
  const isFull = meanings.some((meaning) => meaning.kind === "column" && meaning.full)
  const kept = meanings.filter((meaning) => meaning.kind !== "column" || meaning.full || !isFull)
  return { meanings: distinct(kept), length: one.keys.length }
}

/** The terms for a number that a word is the beginning or the end of, if they are all the same number. */
export const headMeanings = (
  vocabulary: Vocabulary,
  word: string
): ReadonlyArray<Meaning & { readonly kind: "mapping" }> => {
  const key = wordKey(word)
  const terms = [...vocabulary.values()].flat().flatMap(({ keys, meaning }) => {
    const isHead = keys.length > 1 && (keys[0] === key || keys.at(-1) === key)
    return isHead && meaning.kind === "mapping" && meaning.isNumber ? [meaning] : []
  })
  return new Set(terms.map(({ expression }) => expression.sql)).size === 1 ? terms.slice(0, 1) : []
}

/** Values listed by a column that a text equals, whatever the case. */
export const listedAs = (index: SchemaIndex, written: string): ReadonlyArray<Meaning & { readonly kind: "value" }> =>
  index.tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      column.values
        .filter((value) => fold(value) === fold(written))
        .map((value) => ({ kind: "value" as const, column: { table: table.name, column: column.name }, value }))
    )
  )

const tradeVerbs = new Set(["sold", "bought", "purchased", "ordered"])

const keysOf = (phrase: string): ReadonlyArray<string> => tokenize(phrase).map(wordKey)

const keyAt = (tokens: ReadonlyArray<Token>, at: number): string | undefined => {
  const token = tokens[at]
  return token === undefined || token.kind === "quoted" || token.kind === "symbol" ? undefined : wordKey(token.key)
}

/** The word itself; then, for tables only, the verb made of it (`ordered`, `rated`); then words for the same thing. */
const spellings = (word: string): ReadonlyArray<readonly [spelling: string, exact: boolean]> => {
  const key = wordKey(word)
  const verb = /^(.{3,}?)(?:ed|ing)$/.exec(word)?.[1]
  const said: ReadonlyArray<readonly [string, boolean]> = [
    [key, true],
    ...(verb === undefined ? [] : ([[verb, false]] as const))
  ]
  return word === "priced" || key === "cost" ? [...said, ["price", true]] : said
}

const withoutTable = (words: ReadonlyArray<string>, table: ReadonlyArray<string>): ReadonlyArray<string> =>
  words.length > table.length && table.every((key, index) => words[index] === key) ? words.slice(table.length) : words

const generic = new Set(["id", "name", "code", "key", "type", "no", "number", "1", "2"])

/** Shorter ways to say a column: its last words (`price` for unit_price), or its first without a generic last. */
const heads = (words: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const tails = words.slice(1).map((_, index) => words.slice(index + 1))
  const last = words.at(-1) ?? ""
  const front = words.length > 1 && generic.has(last) && last !== "id" && last !== "key" ? [words.slice(0, -1)] : []
  return [...tails.filter((tail) => tail.join(" ") !== "id"), ...front]
}

const mappingMeaning = (index: SchemaIndex, dialect: Dialect, today: string, mapping: ColumnMapping): Meaning => {
  const { term } = mapping
  return Result.match(readExpression(index, dialect, today, mapping.expression), {
    onFailure: (why): Meaning => ({ kind: "unusable", term, why }),
    onSuccess: (expression): Meaning => {
      const use = useOf(expression)
      if (use === null) return { kind: "unusable", term, why: "it is neither a number, a column nor a condition" }
      if (use !== "number") return { kind: use, term, expression }
      const bare = expression.bare === null ? undefined : columnOf(index, expression.bare)
      return { kind: "mapping", term, expression, isNumber: bare === undefined || isNumeric(bare) }
    }
  })
}

const distinct = (meanings: ReadonlyArray<Meaning>): ReadonlyArray<Meaning> => [
  ...new Map(meanings.map((meaning) => [JSON.stringify(meaning), meaning])).values()
]
