/**
 * Whether a statement of a language model says what the question named: the guard asks what a statement may do, this
 * whether it left out a table or a name, or compares a column with a value that it is published not to hold. Pure, and
 * no proof: what is found costs one more try, and is said in the explanation if it stays. Only a statement that reads none
 * of the tables that the question names is not run: it answers another question, whoever asked it.
 */
import * as Result from "effect/Result"
import type { Column, Grounding, Table } from "../grounding/Grounding.ts"
import { nameWords, phraseKeys, wordKey } from "../grounding/NameWords.ts"
import { localName, tableNamed } from "../grounding/TableLookup.ts"
import type { GuardedSql } from "../guard/SqlGuard.ts"
import * as SqlLexer from "../guard/SqlLexer.ts"
import type { SqlAttempt, SqlProblemCategory } from "../OrchestratorError.ts"
import type { Mention } from "../resolution/ResolvedEntity.ts"
import type { SchemaWord } from "../resolution/SchemaWords.ts"
import type { GenerationRequest } from "../sql/SqlGenerator.ts"
import { overlaps } from "../text/Question.ts"
import { fold } from "../text/Tokens.ts"
import { isCompared } from "./ComparedLiterals.ts"

const categories = [
  "missing_table",
  "missing_name",
  "unknown_value"
] as const satisfies ReadonlyArray<SqlProblemCategory>

export interface Objection {
  readonly category: (typeof categories)[number]
  /** A clause about the statement. */
  readonly message: string
  /** What could be written instead, at most five. */
  readonly nearest: ReadonlyArray<string>
  /** Whether it is not to be run, however often the model writes it. */
  readonly isFinal: boolean
}

/** Whether an attempt was refused for an objection. */
export const isObjected = ({ category }: SqlAttempt): boolean => categories.some((one) => one === category)

/**
 * Which tables and names of the question the statement leaves out, in the question's order, and which of its values no
 * column holds.
 */
export const objections = (
  { sql, tables }: Pick<GuardedSql, "sql" | "tables">,
  {
    dialect,
    grounding,
    mentions,
    schemaWords
  }: Pick<GenerationRequest, "dialect" | "grounding" | "mentions" | "schemaWords">
): ReadonlyArray<Objection> => {
  const tokens = SqlLexer.lex(sql, dialect)
  if (Result.isFailure(tokens)) return []
  // A word that is a table or a column too may have been meant as one.
  const words = schemaWords.filter(({ match }) => match === "name" || match === "misspelt")
  const named = mentions.filter((mention) => !words.some((word) => overlaps(word, mention)))
  return [
    ...missingTables(
      tables.flatMap((name) => tableNamed(grounding.tables, name) ?? []),
      grounding,
      schemaWords.filter(
        (word) =>
          !mentions.some((mention) => overlaps(word, mention)) &&
          !schemaWords.some((other) => isInside(word, other) || isBefore(word, other))
      )
    ),
    ...missingNames(tokens.success, named),
    ...unknownValues(tokens.success, grounding)
  ]
}

// -----------------------------------------------------------------------------
// internals

type Tokens = ReadonlyArray<SqlLexer.Token>

const shown = 5

/** "on loan" is a status, although loans are a table. */
const isInside = (word: SchemaWord, value: SchemaWord): boolean =>
  value.match === "value" && overlaps(word, value) && word.end - word.start < value.end - value.start

/** "permit holders" are holders, although permits are a table. */
const isBefore = (word: SchemaWord, noun: SchemaWord): boolean =>
  noun.start === word.end + 1 && noun.targets.some(({ kind }) => kind === "table")

/** The text of a literal without its quotes. */
const valueOf = ({ kind, text }: SqlLexer.Token): string =>
  kind === "string" ? text.replace(/^'|'$/g, "").replaceAll("''", "'") : text

/**
 * A table counts as read where one of its namesakes is, or a table or column that holds the word in its own name: the
 * customers of a question may stand in orders.customer_name. What a mapped term stands for may read anything.
 */
const missingTables = (
  read: ReadonlyArray<Table>,
  { tables }: Grounding,
  words: ReadonlyArray<SchemaWord>
): ReadonlyArray<Objection> => {
  const said = read.flatMap(({ columns, name }) =>
    [localName(name), ...columns.map((column) => column.name)].map(keysOf)
  )
  const named = words.flatMap(({ match, targets, text }) => {
    const meant = targets.flatMap((target) => (target.kind === "table" ? (tableNamed(tables, target.table) ?? []) : []))
    const [first] = meant
    if (match !== "name" || first === undefined || targets.some(({ kind }) => kind === "term")) return []
    const keys = phraseKeys(text)
    const isRead =
      meant.some((table) => read.includes(table)) || said.some((name) => keys.every((key) => name.has(key)))
    return [{ text, first, meant, isRead }]
  })
  const isFinal = named.every(({ isRead }) => !isRead)
  return named.flatMap(({ first, isRead, meant, text }): ReadonlyArray<Objection> =>
    isRead
      ? []
      : [
          {
            category: "missing_table",
            message: `"${text}" is the table ${first.name}, and the statement does not read it`,
            nearest: meant.slice(0, shown).map(({ name }) => name),
            isFinal
          }
        ]
  )
}

const keysOf = (name: string): ReadonlySet<string> => new Set(nameWords(name).map(wordKey))

const missingNames = (tokens: Tokens, mentions: ReadonlyArray<Mention>): ReadonlyArray<Objection> => {
  const literals = new Set(
    tokens
      .filter(({ kind }, index) => (kind === "string" || kind === "number") && isCompared(tokens, index))
      .map((token) => fold(valueOf(token).replace(/^%+|%+$/g, "")))
  )
  return mentions.flatMap(({ resolution, text }): ReadonlyArray<Objection> => {
    const { canonicalName, databaseReferences, members } = resolution
    const references = Object.entries(databaseReferences).flatMap(([column, value]) =>
      (Array.isArray(value) ? value : [value]).map((one: unknown) => ({ column, value: String(one) }))
    )
    const accepted = [canonicalName, ...members, ...references.map(({ value }) => value)]
    // Without a reference nobody knows how the database writes the name.
    if (references.length === 0 || accepted.some((value) => literals.has(fold(value)))) return []
    return [
      {
        category: "missing_name",
        message: `"${text}" is ${canonicalName}, and the statement does not filter by it`,
        nearest: references.slice(0, shown).map(({ column, value }) => `${column} = ${value}`),
        isFinal: false
      }
    ]
  })
}

/** Comparisons of a column with texts: `column = 'text'`, `column IN ('text', …)`; any other expression is let pass. */
const unknownValues = (tokens: Tokens, { tables }: Grounding): ReadonlyArray<Objection> => {
  const comparisons = tokens.flatMap((token, at) => {
    const literals = token.kind === "word" || token.kind === "identifier" ? comparedWith(tokens, at + 1) : []
    return literals.length === 0 ? [] : [{ name: token.text, literals }]
  })
  if (comparisons.length === 0) return []
  // Aliases are not followed: all tables that the statement names count.
  const mentioned = tables.filter(({ name: table }) =>
    tokens.some(({ kind, text }) => (kind === "word" || kind === "identifier") && tableNamed([{ name: table }], text))
  )
  return comparisons.flatMap(({ literals, name }): ReadonlyArray<Objection> => {
    const called = name.toLowerCase()
    const values = knownValues(
      mentioned.flatMap(({ columns }) => columns.filter((column) => column.name.toLowerCase() === called))
    )
    if (values === null) return []
    return literals
      .map(valueOf)
      .filter((literal) => !values.includes(literal))
      .map((literal) => ({
        category: "unknown_value",
        message: `${name} does not hold '${literal}' among its published values`,
        nearest: nearestOf(literal, values),
        isFinal: false
      }))
  })
}

/** The texts that what stands before `at` is compared with. */
const comparedWith = (tokens: Tokens, at: number): Tokens => {
  const operator = tokens[at]
  const next = tokens[at + 1]
  if (operator?.text === "=" && next?.kind === "string") return [next]
  if (operator?.text !== "in" || next?.text !== "(") return []
  const end = tokens.findIndex(({ text }, index) => index > at && text === ")")
  const list = tokens.slice(at + 2, end).filter(({ text }) => text !== ",")
  return list.every(({ kind }) => kind === "string") ? list : []
}

/** All values that may be meant, or `null` where one of the columns may hold others. */
const knownValues = (columns: ReadonlyArray<Column>): ReadonlyArray<string> | null =>
  columns.length > 0 && columns.every(({ partial, values }) => values.length > 0 && partial !== true)
    ? columns.flatMap(({ values }) => values)
    : null

const nearestOf = (literal: string, values: ReadonlyArray<string>): ReadonlyArray<string> => {
  const same = values.filter((value) => fold(value) === fold(literal))
  return (same.length > 0 ? same : values).slice(0, shown)
}
