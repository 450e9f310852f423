/**
 * The words of a question that speak of the database: tables, columns, their values and the users' terms for SQL
 * expressions. Routing, the model's prompt and the rule-based generator take what a word stands for from here.
 */
import { isDo } from "../text/CommonWords.ts"
import * as Schema from "effect/Schema"
import { isDate } from "../grounding/ColumnWords.ts"
import type { Grounding } from "../grounding/Grounding.ts"
import { nameWords, wordKey } from "../grounding/NameWords.ts"
import { alike, instead, rootOfDate, rootOfVerb } from "./DateVerbs.ts"
import { NameIndex } from "./NameIndex.ts"
import { findSpans } from "./NameSpans.ts"
import { nameOf, SchemaTarget, type Spellable, spellablesOf, type Variants, variantsOf } from "./SchemaSpellings.ts"
import { overlaps, type Question, type Span } from "../text/Question.ts"
import { joinTokens, tokenize } from "../text/Tokens.ts"

/** A stretch of a question that names parts of the schema, by UTF-16 offsets, end exclusive. */
export const SchemaWord = Schema.Struct({
  text: Schema.String,
  start: Schema.Int,
  end: Schema.Int,
  /**
   * How it names them: by their name, by a part of it (`price` for unit_price), as a value of a column, by the verb of a
   * date (`joined` for joined_on), by the opposite of what they say (`unpaid` for paid), or misspelt.
   */
  match: Schema.Literals(["name", "part", "value", "verb", "opposite", "misspelt"]),
  /** 1 for the name itself and for a value, less for a part, a verb or a misspelling. */
  score: Schema.Finite,
  /** Everything that is called so, in priority order. */
  targets: Schema.Array(SchemaTarget)
})
export type SchemaWord = typeof SchemaWord.Type

/** What a question can call the parts of a schema and the terms for them. */
export class SchemaVocabulary {
  readonly #parts: ReadonlyArray<Spellable>
  /** Dates by the roots of their verbs. */
  readonly #dates: ReadonlyMap<string | null, ReadonlyArray<SchemaTarget>>

  constructor(grounding: Pick<Grounding, "databases" | "mappings">) {
    this.#parts = spellablesOf(grounding)
    this.#dates = datesOf(grounding)
  }

  /**
   * The schema words of a question, from left to right, the longer first. They overlap, and several may stand at one
   * place: what is meant depends on who reads them. Misspellings only with `fuzzy`.
   */
  find(
    question: Question,
    options: { readonly fuzzy: boolean; readonly threshold: number }
  ): ReadonlyArray<SchemaWord> {
    const windows = question
      .windows(longestName)
      .flatMap((window) => keysOf(question, window).map((key) => ({ window, key })))
    const { tokens } = question
    const variants = tokens.map((word, at) =>
      variantsOf(word, {
        isBare: tokens.slice(0, Math.max(0, at - 1)).includes("did"),
        isDone: tokens[at + 1] === "by" || /^who(?:se)?$/.test(tokens[at - 1] ?? ""),
        isRanked: /^(?:highest|lowest|best|worst|top|most|least)$/.test(tokens[at - 1] ?? "")
      })
    )
    const called = this.#called(
      new Set([
        ...windows.map(({ key }) => key),
        ...variants.flatMap((one) => [...one.noun, ...one.synonym, ...one.state]),
        ...tokens.flatMap((word) => positiveOf(word) ?? []).map(wordKey)
      ])
    )
    const exact = windows.flatMap(({ key, window }) => called(key, window))
    const starts = new Set(exact.map(({ first }) => first))
    const others = question
      .windows(1)
      .filter(({ first }) => !starts.has(first))
      .flatMap((window) => otherwise(variants[window.first], window, called))
    const verbs = question.windows(2).flatMap((window): ReadonlyArray<Found> => {
      const isBare = tokens.slice(0, Math.max(0, window.first - 1)).some(isDo)
      const root = rootOfVerb(tokens.slice(window.first, window.last + 1), isBare)
      const targets = root === null ? undefined : this.#datesOf(root)
      return targets === undefined ? [] : [{ ...window, match: "verb", score: partScore, targets }]
    })
    // "signup date", "date of registration" of signed_up_on and registered_on
    const dated = question.windows(3).flatMap((window): ReadonlyArray<Found> => {
      const words = tokens.slice(window.first, window.last + 1)
      const isDate = words.length > 1 && /^dates?$/.test(words.at(-1) ?? "")
      const root = isDate ? rootOfVerb(words.slice(0, -1), true) : null
      const targets = root === null ? undefined : this.#datesOf(root)
      return targets === undefined || starts.has(window.first)
        ? []
        : [{ ...window, match: "name", score: partScore, targets }]
    })
    const opposites = question.windows(1).flatMap((window): ReadonlyArray<Found> => {
      const positive = starts.has(window.first) ? null : positiveOf(tokens[window.first] ?? "")
      if (positive === null) return []
      const named = called(wordKey(positive), window).flatMap((one) =>
        // "unpaid" of paid_on says nothing of paid_cents.
        one.targets.filter((target) => target.kind === "column" && !/(?:cents|pence)$/i.test(target.column))
      )
      const root = rootOfVerb([positive])
      const targets = named.length > 0 ? named : root === null ? [] : (this.#dates.get(root) ?? [])
      return targets.length === 0 ? [] : [{ ...window, match: "opposite", score: partScore, targets }]
    })
    const found = [...exact, ...others, ...dated, ...verbs, ...opposites]
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

  /** Dates that are called by a verb, else by another for the same. */
  #datesOf(root: string): ReadonlyArray<SchemaTarget> | undefined {
    const own = this.#dates.get(root) ?? []
    const others = [...alike(root), ...(own.length === 0 ? instead(root) : [])]
    const all = [...own, ...others.flatMap((one) => this.#dates.get(one) ?? [])]
    return all.length === 0 ? undefined : all
  }

  /** Of all that a large schema can be called only what stands in the question is looked at closely. */
  #called(wanted: ReadonlySet<string>): Called {
    const said = new Map<string, boolean>()
    const all = [...wanted].join(" ")
    const isSaid = (word: string): boolean => {
      const known = said.get(word)
      if (known !== undefined) return known
      const key = wordKey(word)
      // Two letters stand in half of all words: they are said by themselves, or beside a longer word that is.
      const isFound = key.length < 3 ? wanted.has(key) : all.includes(key)
      said.set(word, isFound)
      return isFound
    }
    const targets = new Map<string, Map<SchemaTarget, boolean>>()
    for (const { spellings, target } of this.#parts) {
      for (const { isWhole, keys } of spellings(isSaid)) {
        const key = joinTokens(keys)
        if (!wanted.has(key) || key === "") continue
        const alike = targets.get(key) ?? new Map<SchemaTarget, boolean>()
        targets.set(key, alike.set(target, isWhole || alike.get(target) === true))
      }
    }
    return (key, window) => {
      const alike = [...(targets.get(key) ?? [])]
      return (["name", "value", "part"] as const).flatMap((match) => {
        const meant = alike.filter(([target, isWhole]) => matchOf(target, isWhole) === match).map(([target]) => target)
        return meant.length === 0 ? [] : [{ ...window, match, score: match === "part" ? partScore : 1, targets: meant }]
      })
    }
  }

  /** Single words only: what a longer term is made of says too little about where it would start and end. */
  #misspelt(question: Question, known: ReadonlySet<number>, threshold: number): ReadonlyArray<Found> {
    const names = this.#parts.flatMap(({ target }) =>
      target.kind === "value" ? [] : [{ target, tokens: tokenize(nameOf(target)) }]
    )
    const index = new NameIndex(names.length, (name) => names[name]?.tokens ?? [])
    const spans = findSpans(index, question, known, threshold).flatMap((span) => {
      const [word, ...more] = names[span.name]?.tokens ?? []
      return word === undefined || more.length > 0 ? [] : [{ ...span, key: wordKey(word) }]
    })
    const called = this.#called(new Set(spans.map(({ key }) => key)))
    return spans.flatMap(({ first, key, last, score }) =>
      called(key, { first, last }).flatMap((one): ReadonlyArray<Found> =>
        one.match === "name" ? [{ ...one, match: "misspelt", score }] : []
      )
    )
  }
}

/** Of words that overlap, those that are worth the most: by score and, less than proportionally, length. */
export const disjoint = (words: ReadonlyArray<SchemaWord>): ReadonlyArray<SchemaWord> => {
  const worth = ({ score, text }: SchemaWord) => score * Math.sqrt(tokenize(text).length)
  const chosen: Array<SchemaWord> = []
  for (const word of words.toSorted((one, other) => worth(other) - worth(one) || one.start - other.start)) {
    if (!chosen.some((other) => overlaps(other, word))) chosen.push(word)
  }
  return chosen.toSorted((one, other) => one.start - other.start)
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

type Window = Pick<Span, "first" | "last">

interface Found extends Span, Pick<SchemaWord, "match" | "targets"> {}

/** What is called by a key, where a stretch of the question says so. */
type Called = (key: string, window: Window) => ReadonlyArray<Found>

/** No name of a schema, term or value is looked for in more tokens. */
const longestName = 16

/** Less than a misspelling of a name has at least: a part of a name says less than the name. */
const partScore = 0.7

const otherwise = (variants: Variants | undefined, window: Window, called: Called): ReadonlyArray<Found> => {
  if (variants === undefined) return []
  const { noun, state, synonym } = variants
  const nouns = noun.flatMap((key) => called(key, window))
  const tables = [...new Set(nouns.flatMap(({ targets }) => targets.filter(({ kind }) => kind === "table")))]
  if (tables.length > 0) return [{ ...window, match: "part", score: partScore, targets: tables }]
  // "without insurance" is told by a column that is called after the insurer, and not by the insurers.
  const same = synonym.flatMap((key) => called(key, window)).flatMap(withoutTables)
  return same.length > 0 ? same : state.flatMap((key) => called(key, window)).flatMap(ofState)
}

/** What a word finds beside tables: one attribute may be called like another, and a thing is none. */
const withoutTables = (found: Found): ReadonlyArray<Found> => {
  const targets = found.targets.filter(({ kind }) => kind !== "table")
  return targets.length === 0 ? [] : [{ ...found, targets }]
}

/** What a word finds among the values of columns that hold states. */
const ofState = (found: Found): ReadonlyArray<Found> => {
  const targets = found.targets.filter((one) => one.kind === "value" && isStateColumn(one.column))
  return targets.length === 0 ? [] : [{ ...found, targets }]
}

const isStateColumn = (column: string): boolean =>
  /^(?:status|state|result|outcome|stage|phase)$/.test(nameWords(column).map(wordKey).at(-1) ?? "")

const datesOf = ({ databases }: Pick<Grounding, "databases">): ReadonlyMap<string, ReadonlyArray<SchemaTarget>> => {
  const dates = databases.flatMap(({ server, tables }) =>
    tables.flatMap((table) =>
      table.columns.filter(isDate).flatMap((column) => {
        const root = rootOfDate(table, column)
        const target: SchemaTarget = {
          kind: "column",
          table: table.name,
          column: column.name,
          server,
          uri: table.source.uri
        }
        return root === null ? [] : [[root, target] as const]
      })
    )
  )
  return new Map(
    [...Map.groupBy(dates, ([root]) => root)].map(([root, found]) => [root, found.map(([, target]) => target)])
  )
}

const matchOf = ({ kind }: SchemaTarget, isWhole: boolean): "name" | "value" | "part" =>
  kind === "value" ? "value" : isWhole ? "name" : "part"

/** What a word is the opposite of, going by its beginning. */
const positiveOf = (word: string): string | null => /^(?:un|in|non)(\p{L}{4,})$/u.exec(word)?.[1] ?? null

/** Also without an article: "require a licence" of requires_licence. */
const keysOf = (question: Question, { first, last }: Window): ReadonlyArray<string> => {
  const words = question.tokens.slice(first, last + 1)
  const isVerb = words.length > 2 && /^an?$/.test(words[1] ?? "")
  return (isVerb ? [words, words.toSpliced(1, 1)] : [words]).map((said) => joinTokens(said.map(wordKey)))
}

const range = (first: number, last: number): ReadonlyArray<number> =>
  Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
