/** How people say the parts of a schema: tables, columns, their values and the users' terms, whole or in part. */
import * as Schema from "effect/Schema"
import { isNumeric } from "../grounding/ColumnWords.ts"
import type { Column, Database, Grounding } from "../grounding/Grounding.ts"
import { nameWords, sharedPrefix, wordKey } from "../grounding/NameWords.ts"
import { localName } from "../grounding/TableLookup.ts"
import { isFunctionWord } from "../text/CommonWords.ts"
import { tokenize } from "../text/Tokens.ts"

const source = { server: Schema.String, uri: Schema.String }

/** What a word of the schema stands for, and which server said so. */
export const SchemaTarget = Schema.Union([
  Schema.Struct({ kind: Schema.tag("table"), table: Schema.String, ...source }),
  Schema.Struct({ kind: Schema.tag("column"), table: Schema.String, column: Schema.String, ...source }),
  Schema.Struct({
    kind: Schema.tag("value"),
    table: Schema.String,
    column: Schema.String,
    value: Schema.String,
    ...source
  }),
  Schema.Struct({
    kind: Schema.tag("term"),
    term: Schema.String,
    expression: Schema.String,
    group: Schema.NullOr(Schema.String),
    ...source
  })
])
export type SchemaTarget = typeof SchemaTarget.Type

/** The name that a target has where it is published. */
export const nameOf = (target: SchemaTarget): string => {
  switch (target.kind) {
    case "table":
      return localName(target.table)
    case "column":
      return target.column
    case "value":
      return target.value
    case "term":
      return target.term
  }
}

/** Words for one part of a schema, by `wordKey`. */
export interface Spelling {
  readonly keys: ReadonlyArray<string>
  /** The whole name, or words that are a part of it: `price` for unit_price. */
  readonly isWhole: boolean
  readonly target: SchemaTarget
}

/** In the order of the databases, which is that of their servers' priorities; terms last. */
export const spellingsOf = ({
  databases,
  mappings
}: Pick<Grounding, "databases" | "mappings">): ReadonlyArray<Spelling> => {
  const terms = new Set(mappings.map(({ term }) => keysOf(term).join(" ")))
  return [
    ...databases.flatMap(ofDatabase),
    ...mappings.flatMap(({ source, ...term }) => ofTerm({ kind: "term", ...term, ...source }, terms))
  ].filter(({ keys }) => keys.length > 0)
}

/**
 * Other words for what a single word may be: the verb made of a table (`ordered`, `rated`), and words for the same
 * thing. For where the word itself is nothing of the schema.
 */
export const variantsOf = (
  word: string
): { readonly noun: ReadonlyArray<string>; readonly synonym: ReadonlyArray<string> } => {
  const verb = /^(.{3,}?)(?:ed|ing)$/.exec(word)?.[1]
  return {
    noun: verb === undefined ? [] : [verb],
    synonym: word === "priced" || wordKey(word) === "cost" ? ["price"] : []
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const keysOf = (phrase: string): ReadonlyArray<string> => tokenize(phrase).map(wordKey)

const tradeVerbs = new Set(["sold", "bought", "purchased", "ordered"])

const ofTerm = (
  target: SchemaTarget & { readonly kind: "term" },
  terms: ReadonlySet<string>
): ReadonlyArray<Spelling> => {
  const keys = keysOf(target.term)
  // "How many units were sold": the verb of "units sold" may stand anywhere.
  const noun = keys.filter((key) => !tradeVerbs.has(key))
  const isNoun = noun.length > 0 && noun.length < keys.length && !terms.has(noun.join(" "))
  const ends = keys.length > 1 ? [keys.slice(0, 1), keys.slice(-1)] : []
  return [
    { keys, isWhole: true, target },
    ...(isNoun ? [{ keys: noun, isWhole: true, target }] : []),
    ...ends.filter(([end = ""]) => !isFunctionWord(end)).map((end) => ({ keys: end, isWhole: false, target }))
  ]
}

const ofDatabase = ({ server, tables }: Database): ReadonlyArray<Spelling> => {
  const prefix = sharedPrefix(tables.map(({ name }) => nameWords(name)))
  return tables.flatMap((table) => {
    const at = { table: table.name, server, uri: table.source.uri }
    const target: SchemaTarget = { kind: "table", ...at }
    const keys = nameWords(table.name).slice(prefix).map(wordKey)
    const columnPrefix = sharedPrefix(table.columns.map(({ name }) => nameWords(name)))
    return [
      { keys, isWhole: true, target },
      { keys: keysOf(localName(table.name)), isWhole: true, target },
      ...table.columns.flatMap((column) => [
        ...ofColumn(column, nameWords(column.name).slice(columnPrefix).map(wordKey), keys, {
          kind: "column",
          column: column.name,
          ...at
        }),
        ...column.values.map((value): Spelling => ({
          keys: keysOf(value),
          isWhole: true,
          target: { kind: "value", column: column.name, value, ...at }
        }))
      ])
    ]
  })
}

const ofColumn = (
  column: Column,
  keys: ReadonlyArray<string>,
  tableKeys: ReadonlyArray<string>,
  target: SchemaTarget
): ReadonlyArray<Spelling> => {
  const own = withoutTable(keys, tableKeys)
  // "type of food" for food_type.
  const [first, last] = keys
  const turned = keys.length === 2 && first !== undefined && last !== undefined ? [[last, "of", first]] : []
  const whole = [keys, keysOf(column.name), [...tableKeys, ...own], ...turned]
  const isOwn = own.length < keys.length && own.length > 0
  const parts = [own, ...heads(keys)]
  return [
    ...[...whole, ...(isOwn ? parts : [])].map((said) => ({ keys: said, isWhole: true, target })),
    ...(isOwn ? [] : parts).map((said) => ({ keys: said, isWhole: false, target })),
    // "country name" for country.
    ...(isNumeric(column) ? [] : [{ keys: [...own, "name"], isWhole: false, target }])
  ]
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
