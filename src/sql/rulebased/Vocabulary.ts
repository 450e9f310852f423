/** What the schema's words in a question mean to this generator: what SQL can be made of them. */
import * as Result from "effect/Result"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import type { ColumnMapping } from "../../grounding/Grounding.ts"
import { isPlural, nameWords, phraseKeys } from "../../grounding/NameWords.ts"
import { nameOf, type SchemaTarget } from "../../resolution/SchemaSpellings.ts"
import type { SchemaWord } from "../../resolution/SchemaWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import type { Dialect } from "../SqlGenerator.ts"
import { type MappedExpression, readExpression, useOf } from "./MappedExpression.ts"
import { type ColumnReference, columnOf, type SchemaIndex } from "./SchemaIndex.ts"

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

type Mapped = Meaning & { readonly kind: "mapping" }

/** What terms are read with. */
export interface Terms {
  readonly index: SchemaIndex
  readonly dialect: Dialect
  readonly today: string
}

/** A word of the schema with everything it may mean. */
interface MeantWord {
  readonly word: SchemaWord
  readonly meanings: ReadonlyArray<Meaning>
}

/** By the offset at which they start. */
export type Vocabulary = ReadonlyMap<number, ReadonlyArray<MeantWord>>

export const makeVocabulary = (terms: Terms, schemaWords: ReadonlyArray<SchemaWord>): Vocabulary =>
  Map.groupBy(
    schemaWords.map((word) => ({ word, meanings: word.targets.map((target) => meaningOf(terms, target, word)) })),
    ({ word }) => word.start
  )

/** The longest name that stands at `at`, with everything it may mean; several meanings are settled by their context. */
export const meaningsAt = (
  vocabulary: Vocabulary,
  lexemes: ReadonlyArray<Lexeme>,
  at: number
): { readonly meanings: ReadonlyArray<Meaning>; readonly length: number } | null => {
  const ends = new Map<number, Array<Meaning>>()
  for (const { meanings, word } of vocabulary.get(lexemes[at]?.start ?? -1) ?? []) {
    if (["misspelt", "opposite", "verb"].includes(word.match)) continue
    const said = ends.get(word.end) ?? []
    ends.set(word.end, said)
    said.push(...meanings.filter(({ kind }) => word.match !== "part" || kind === "table" || kind === "column"))
  }
  const all = [...ends].flatMap(([end, meanings]) => {
    const length = lexemes.slice(at).findIndex((lexeme) => lexeme.end === end) + 1
    return length === 0 || meanings.length === 0 ? [] : [{ meanings, length }]
  })
  // "depots open on Sunday" are depots, and no column of that name.
  const isMany = lexemes[at] !== undefined && isPlural(lexemes[at].text)
  const first = all.find(
    ({ length, meanings }) => isMany && length === 1 && meanings.some(({ kind }) => kind === "table")
  )
  const own = first?.meanings.flatMap((one) => (one.kind === "table" ? [one.table] : [])) ?? []
  const isTheirs = (one: Meaning) => one.kind === "column" && own.includes(one.column.table)
  if (first !== undefined && all.every(({ length, meanings }) => length === 1 || meanings.every(isTheirs))) return first
  // A term that cannot be used takes no word away from what can.
  const usable = all.flatMap(({ length, meanings }) => {
    const left = meanings.filter(({ kind }) => kind !== "unusable")
    return left.length === 0 ? [] : [{ length, meanings: left }]
  })
  const [longest] = (usable.length > 0 ? usable : all).toSorted((one, other) => other.length - one.length)
  if (longest === undefined) return null
  return longest
}

/** The dates that the longest verb at `at` may be the verb of. */
export const datesAt = (
  vocabulary: Vocabulary,
  lexemes: ReadonlyArray<Lexeme>,
  at: number
): { readonly meanings: ReadonlyArray<Meaning>; readonly length: number } | null => {
  const verbs = (vocabulary.get(lexemes[at]?.start ?? -1) ?? []).filter(({ word }) => word.match === "verb")
  const longest = verbs.toSorted((one, other) => other.word.end - one.word.end)[0]
  if (longest === undefined) return null
  const length = lexemes.slice(at).findIndex(({ end }) => end === longest.word.end) + 1
  // What departed did so at its actual_departure; what departs, at the scheduled one.
  const isPast = /(?:ed|left)$/.test(lexemes[at]?.key ?? "")
  const actual = longest.meanings.filter(
    (one) => one.kind === "column" && nameWords(one.column.column).includes("actual")
  )
  const others = longest.meanings.filter((one) => !actual.includes(one))
  const meanings = actual.length === 0 || others.length === 0 ? longest.meanings : isPast ? actual : others
  return length === 0 ? null : { meanings, length }
}

/** What a single word says the opposite of. */
export const oppositesAt = (vocabulary: Vocabulary, { start }: Lexeme): ReadonlyArray<Meaning> =>
  (vocabulary.get(start) ?? []).flatMap(({ meanings, word }) => (word.match === "opposite" ? meanings : []))

/** What the misspelt name that a lexeme is a part of means, and how it is written. */
export const misspeltAt = (
  vocabulary: Vocabulary,
  { end, start }: Lexeme
): { readonly meanings: ReadonlyArray<Meaning>; readonly name: string } | null => {
  const found = [...vocabulary.values()]
    .flat()
    .find(({ word }) => word.match === "misspelt" && word.start <= start && end <= word.end)
  const [target] = found?.word.targets ?? []
  return found === undefined || target === undefined ? null : { meanings: found.meanings, name: nameOf(target) }
}

/** The terms for a number that a lexeme is the beginning or the end of, if they are all the same number. */
export const headMeanings = (vocabulary: Vocabulary, { end, start }: Lexeme): ReadonlyArray<Mapped> =>
  oneNumber(
    (vocabulary.get(start) ?? []).flatMap(({ meanings, word }) =>
      word.match === "part" && word.end === end ? meanings.filter((one) => !isOfSome(one)) : []
    )
  )

/** "fines" are not the "unpaid fines" that a term is about. */
const isOfSome = (meaning: Meaning): boolean =>
  meaning.kind === "mapping" &&
  /^(?:un\p{L}+|paid|open|outstanding|overdue|late|active|cancell?ed|lost|returned|failed|pending|closed|completed)$/iu.test(
    nameWords(meaning.term)[0] ?? ""
  )

/** What the users call so: the term itself, else the only number that it is the beginning or the end of. */
export const termCalled = (
  terms: Terms,
  mappings: ReadonlyArray<ColumnMapping>,
  name: string
): ReadonlyArray<Meaning> => {
  const keys = phraseKeys(name)
  const keyed = mappings.map((mapping) => ({ mapping, own: phraseKeys(mapping.term) }))
  const named = keyed.filter(({ own }) => own.join(" ") === keys.join(" "))
  if (named.length > 0) return named.map(({ mapping }) => mappingMeaning(terms, mapping))
  const headed = keyed.filter(({ own }) => keys.length === 1 && (own[0] === keys[0] || own.at(-1) === keys[0]))
  return oneNumber(headed.map(({ mapping }) => mappingMeaning(terms, mapping)))
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const oneNumber = (meanings: ReadonlyArray<Meaning>): ReadonlyArray<Mapped> => {
  // "cancelled" of "cancelled ones" counts nothing by itself.
  const numbers = meanings.flatMap((meaning) =>
    meaning.kind === "mapping" && meaning.isNumber && !/^\s*COUNT\b/i.test(meaning.expression.sql) ? [meaning] : []
  )
  return new Set(numbers.map(({ expression }) => expression.sql)).size === 1 ? numbers.slice(0, 1) : []
}

const meaningOf = (terms: Terms, target: SchemaTarget, { match }: SchemaWord): Meaning => {
  if (target.kind === "term") return mappingMeaning(terms, target)
  if (target.kind === "table") return { kind: "table", table: target.table }
  const column = { table: target.table, column: target.column }
  return target.kind === "value"
    ? { kind: "value", column, value: target.value }
    : { kind: "column", column, full: match !== "part" }
}

const mappingMeaning = (
  { dialect, index, today }: Terms,
  { expression: written, term }: Pick<ColumnMapping, "term" | "expression">
): Meaning =>
  Result.match(readExpression(index, dialect, today, written), {
    onFailure: (why): Meaning => ({ kind: "unusable", term, why }),
    onSuccess: (expression): Meaning => {
      const use = useOf(expression)
      if (use === null) return { kind: "unusable", term, why: "it is neither a number, a column nor a condition" }
      if (use !== "number") return { kind: use, term, expression }
      const bare = expression.bare === null ? undefined : columnOf(index, expression.bare)
      return { kind: "mapping", term, expression, isNumber: bare === undefined || isNumeric(bare) }
    }
  })
