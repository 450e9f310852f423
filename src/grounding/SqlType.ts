/** Telling the names of SQL types from other words: the evidence that something describes a column. */
import { wordList } from "./WordList.ts"

/**
 * How surely a text is an SQL type: `database` for what only databases call a type (`VARCHAR(20)`, `bigint`), `common`
 * for SQL types that are words elsewhere too (`text`, `date`, `integer`), `vague` for what also says the type of a
 * JSON value, a form or a parameter (`string`, `number`), `none` for everything else.
 */
export type TypeEvidence = "database" | "common" | "vague" | "none"

export const typeEvidence = (text: string): TypeEvidence => {
  if (/^\s*(?:enum|set)\s*\(\s*'/i.test(text)) return "database"
  if (text.length > longest) return "none"
  const words = text
    .toLowerCase()
    .replace(/\((?:\d|max)[^()]*\)|\[\d*\]/g, " ")
    .split(/[\s<>(),]+/)
    .filter((word) => word !== "")
  const end = words.findIndex((word) => constraintWords.has(word))
  const type = end === -1 ? words : words.slice(0, end)
  const [first] = type
  if (first === undefined || !type.every((word) => isTypeWord(word) || modifiers.has(word))) return "none"
  if (databaseTypes.has(first)) return "database"
  if (commonTypes.has(first)) return writtenForSql.test(text) ? "database" : "common"
  return vagueTypes.has(first) ? "vague" : "none"
}

/** True for what databases call a type, whatever else the word may mean. */
export const isSqlType = (text: string): boolean => {
  const evidence = typeEvidence(text)
  return evidence === "database" || evidence === "common"
}

/** The values of `enum('a','b')`; none for any other type. */
export const enumValues = (type: string): ReadonlyArray<string> =>
  /^\s*enum\s*\(/i.test(type)
    ? (type.match(/'(?:[^']|'')*'/g) ?? []).map((value) => value.slice(1, -1).replaceAll("''", "'"))
    : []

// -----------------------------------------------------------------------------
// internals

/** Longer texts are prose, but for enumerations. In UTF-16 units. */
const longest = 120

const databaseTypes: ReadonlySet<string> = new Set(
  wordList(`
bigint smallint tinyint mediumint int2 int4 int8 int16 int32 int64 int128 int256 uint8 uint16 uint32 uint64 hugeint
varchar varchar2 nvarchar nvarchar2 nchar bpchar numeric bignumeric smallmoney serial bigserial smallserial serial4
serial8 float4 float8 float32 float64 timestamp timestamptz timestamp_ntz timestamp_ltz timestamp_tz datetime datetime2
datetime64 datetimeoffset smalldatetime timetz bytea longblob mediumblob tinyblob varbinary longtext mediumtext tinytext
clob nclob ntext jsonb uniqueidentifier hstore tsvector tsquery inet cidr macaddr varbit citext rowversion rowid
lowcardinality nullable fixedstring variant`)
)

const commonTypes: ReadonlySet<string> = new Set(
  wordList(`
integer int text date time boolean bool real float double decimal blob json uuid char character bit interval xml year
enum geometry geography money binary`)
)

const vagueTypes: ReadonlySet<string> = new Set(wordList("string number array struct map tuple"))

const modifiers: ReadonlySet<string> = new Set(
  wordList(`
varying precision unsigned signed zerofill with without local time zone large object to second month day hour minute
binary byte`)
)

const constraintWords: ReadonlySet<string> = new Set(
  wordList(`
not null primary unique default references check auto_increment autoincrement comment collate generated identity key
constraint charset pk fk`)
)

const isTypeWord = (word: string): boolean => databaseTypes.has(word) || commonTypes.has(word) || vagueTypes.has(word)

/** Common words in a spelling that only databases use. */
const writtenForSql = /^(?:INTEGER|REAL|BLOB)\b|\(\s*\d|\b(?:time zone|precision|varying|unsigned)\b/
