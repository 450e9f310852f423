/**
 * The statements that ask a database for values of its text columns, as `Statements` writes them: one plain SELECT, all
 * columns text, nothing that a server's filter or driver takes for something else, an end mark as the last row. Pure.
 */
import type { Dialect } from "../../config/OrchestratorConfig.ts"
import { nameWords } from "../NameWords.ts"
import type { DatabaseSchema, SchemaColumn, SchemaTable } from "../../resources/DatabaseSchema.ts"

/** A column that may be asked for its values. */
export interface ValueColumn {
  readonly schema: string
  readonly table: string
  readonly column: string
  /** False where a value may be asked for, and no list: one in each row, or a key, which may be a secret. */
  readonly listed: boolean
}

/** The columns of the reply: the place of the column in what was asked, and a value. */
export const columns = ["mo_i", "mo_v"] as const

/** The place in the row that ends every complete answer. */
export const end = "9999"

/** Columns of one statement; more make it slow on the servers where it was measured. */
export const batchSize = 50

/** Different values of a column that are still a short list. */
export const mostValues = 200

/**
 * The columns of tables (a view may cost anything) that hold short texts, and no secrets. A key of the table's own may be
 * what people call a row by (a flight number, an IATA code); what refers to another has the other's values.
 */
export const askable = ({ dialect, tables }: DatabaseSchema): ReadonlyArray<ValueColumn> =>
  tables
    .filter(({ kind, name, schema }) => kind === "table" && isPlain(name) && isPlain(schema))
    .flatMap((table) => {
      const keys = new Set(table.foreignKeys.flatMap((key) => key.columns))
      return table.columns
        .filter((column) => !keys.has(column.name) && isAskable(dialect, column))
        .map((column) => columnOf(table, column))
    })

/** Those of the values that are one of the texts but for case. `texts` have to be `isPlain`. */
export const matching = (dialect: Dialect, asked: ReadonlyArray<ValueColumn>, texts: ReadonlyArray<string>): string => {
  const { text } = dialects[dialect]
  const literals = [...new Set(texts.flatMap(lowerCases))].map(literal)
  const rows = asked.map((column, place) => `SELECT DISTINCT ${distinct(dialect, column, place)}`)
  return (
    `SELECT mo_i, mo_v FROM (${[...rows, endMark].join(" UNION ALL ")}) mo ` +
    `WHERE mo_i = '${end}' OR lower(${text("mo_v")}) IN (${literals.join(", ")}) ORDER BY mo_i, mo_v`
  )
}

/** All values of the columns that are listed, and one more than `mostValues` where there are too many. */
export const listing = (dialect: Dialect, asked: ReadonlyArray<ValueColumn>): string => {
  const rows = asked.flatMap((column, place) =>
    column.listed
      ? [`SELECT * FROM (SELECT DISTINCT ${distinct(dialect, column, place)} LIMIT ${mostValues + 1}) q${place}`]
      : []
  )
  return `SELECT mo_i, mo_v FROM (${[...rows, endMark].join(" UNION ALL ")}) mo ORDER BY mo_i, mo_v`
}

/** How a column's place is written. */
export const placeOf = (place: number): string => String(place).padStart(4, "0")

/** True for a text that no server takes for anything but a name or a value: drivers rewrite a `?`, or a `:name`, even in literals. */
export const isPlain = (text: string): boolean => !special.test(text)

// -----------------------------------------------------------------------------
// internals

const endMark = `SELECT '${end}', ''`

/** Rows that are looked at, so that no table is read as a whole. */
const mostRows = 10_000

const longestValue = 80

const special =
  /[?;$\\\p{Cc}]|:(?! )|--|\/\*|\b(?:drop|create|update|delete|insert|alter|grant|revoke|call|set|copy|replace|into|truncate|exec|execute)\b/iu

const dialects: {
  readonly [dialect in Dialect]: {
    readonly quote: string
    readonly text: (expression: string) => string
    readonly length: string
    readonly types: RegExp
  }
} = {
  sqlite: {
    quote: '"',
    text: (expression) => `CAST(${expression} AS text)`,
    length: "length",
    types: /char|text|clob|^$/i
  },
  postgres: {
    quote: '"',
    text: (expression) => `CAST(${expression} AS text)`,
    length: "char_length",
    types: /^(?:text|citext|bpchar|(?:var)?char(?:acter)?(?: varying)?(?:\(\d+\))?)$/i
  },
  mysql: {
    quote: "`",
    // By its bytes: else values that differ by case or accent are one.
    text: (expression) => `CONVERT(${expression} USING utf8mb4) COLLATE utf8mb4_bin`,
    length: "char_length",
    types: /^(?:var)?char\b|^(?:tiny)?text\b/i
  }
}

/** Not what is secret, personal beyond need, or never named in a question. */
const unasked =
  /(?:^|_)(?:(?:api|access|auth|secret|private|public|encryption|ssh|license|licence|session)_keys?|pass|passwd|password|passphrase|passcode|pwd|pin|otp|secret|secrets|token|tokens|hash|salt|credential|credentials|signature|cookie|ssn|iban|cvv|card|uuid|guid|email|mail|phone|url|uri|href|link|path|note|notes|comment|comments|description|body|message|json|xml)(?:_|$)/

const isAskable = (dialect: Dialect, { name, type, values }: SchemaColumn): boolean =>
  values.length === 0 &&
  isPlain(name) &&
  dialects[dialect].types.test(type) &&
  ![nameWords(name).join("_"), name.toLowerCase()].some((words) => unasked.test(words))

const columnOf = (
  { name: table, primaryKey, schema }: SchemaTable,
  { name: column, unique }: SchemaColumn
): ValueColumn => ({
  schema,
  table,
  column,
  listed: !unique && !primaryKey.includes(column) && !nameWords(column).some((word) => /^keys?$/.test(word))
})

const distinct = (dialect: Dialect, { column, schema, table }: ValueColumn, place: number): string => {
  const { length, quote, text } = dialects[dialect]
  const name = (written: string) => `${quote}${written.replaceAll(quote, quote + quote)}${quote}`
  const owner = schema === "" ? "" : `${name(schema)}.`
  return (
    `'${placeOf(place)}' AS mo_i, ${text("w.v")} AS mo_v ` +
    `FROM (SELECT ${name(column)} AS v FROM ${owner}${name(table)} LIMIT ${mostRows}) w ` +
    `WHERE w.v IS NOT NULL AND ${length}(${text("w.v")}) <= ${longestValue}`
  )
}

/** SQLite lowers ASCII letters only. */
const lowerCases = (text: string): ReadonlyArray<string> => [
  text.toLowerCase(),
  text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
]

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
