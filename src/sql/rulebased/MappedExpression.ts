/**
 * The expressions of column mappings, read token by token: which columns they use, whether they aggregate, and how they
 * are written in another dialect. What cannot be translated is reported, never passed on.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../SqlGenerator.ts"
import { unitOf } from "./Calendar.ts"
import { shift } from "./Days.ts"
import { type ColumnReference, columnOf, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { nameSql } from "../SqlName.ts"
import * as SqlText from "./SqlText.ts"

export interface MappedExpression {
  /** In the wanted dialect; placeholders are still in it, as `{date_column}`. */
  readonly sql: string
  readonly columns: ReadonlyArray<ColumnReference>
  readonly aggregates: boolean
  /** The name inside `{…}`, or `null`. */
  readonly placeholder: string | null
  /** The only column that the expression consists of. */
  readonly bare: ColumnReference | null
}

/** Reads an expression; fails with what is wrong with it, in words. `today` replaces the database's clock. */
export const readExpression = (
  index: SchemaIndex,
  dialect: Dialect,
  today: string,
  expression: string
): Result.Result<MappedExpression, string> => {
  const pieces = split(expression)
  if (pieces === null) return Result.fail("it is not an SQL expression")
  const columns: Array<ColumnReference> = []
  const out: Array<string> = []
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind !== "name" || isFunction(pieces, at) || keywords.has(piece.text.toLowerCase())) {
      out.push(piece.text)
      continue
    }
    const found = resolve(index, piece.text)
    if (found === undefined) return Result.fail(`it uses ${piece.text}, which the schema does not have`)
    columns.push(found)
    out.push(`${nameSql(dialect, found.table)}.${nameSql(dialect, found.column)}`)
  }
  const sql = translate(out.join(""), dialect, today)
  const foreign = foreignConstruct(sql, dialect)
  if (foreign !== undefined) return Result.fail(`it uses ${foreign}, which is not ${dialect}`)
  const placeholders = pieces.filter((piece) => piece.kind === "placeholder").map((piece) => piece.text.slice(1, -1))
  const [placeholder] = placeholders
  if (new Set(placeholders).size > 1) return Result.fail("it has several placeholders")
  const [first] = columns
  return Result.succeed({
    sql,
    columns,
    aggregates: /\b(?:sum|avg|count|min|max|total|group_concat|string_agg|median|stddev|variance)\s*\(/i.test(sql),
    placeholder: placeholder ?? null,
    bare: pieces.length === 1 && first !== undefined ? first : null
  })
}

/** What a mapped term can be used as; `null` for what is none of these. */
export type Use = "number" | "template" | "condition" | null

/**
 * A condition compares, with columns or a date placeholder; a template waits for what it applies to; a number is made
 * of columns, or counts rows. An operator, a constant or a function's bare name is none of them.
 */
export const useOf = (expression: MappedExpression): Use => {
  const { aggregates, columns, placeholder, sql } = expression
  if (compares(sql)) {
    const isDated = placeholder !== null && /date|time|timestamp|day/i.test(placeholder)
    return !aggregates && (placeholder === null ? columns.length > 0 : isDated) ? "condition" : null
  }
  if (placeholder !== null) return "template"
  return columns.length > 0 || aggregates ? "number" : null
}

/** True if the expression itself is a comparison: not one inside a CASE, a call or a filter. */
const compares = (sql: string): boolean => {
  let plain = sql.replaceAll(/'(?:[^']|'')*'/g, "''").trim()
  while (isEnclosed(plain)) plain = plain.slice(1, -1).trim()
  for (let before = ""; before !== plain;) {
    before = plain
    plain = plain.replaceAll(/\([^()]*\)/g, "").replaceAll(/\bcase\b(?:(?!\bcase\b).)*?\bend\b/gis, "")
  }
  return /[<>=]|\b(?:in|between|like|is)\b/i.test(plain)
}

/** True if the first parenthesis is closed by the last one. */
const isEnclosed = (sql: string): boolean => {
  let depth = 0
  for (const [at, character] of [...sql].entries()) {
    if (character === "(") depth += 1
    if (character === ")") depth -= 1
    if (depth === 0) return at > 0 && at === sql.length - 1
  }
  return false
}

interface Piece {
  readonly kind: "name" | "text" | "placeholder" | "other"
  readonly text: string
}

const pattern =
  /(?<text>'(?:[^']|'')*')|(?<placeholder>\{\w+\})|(?<name>(?:[A-Za-z_]\w*|"[^"]+"|`[^`]+`)(?:\.(?:[A-Za-z_]\w*|"[^"]+"|`[^`]+`))*)|(?<other>\s+|::|\d+(?:\.\d+)?|\|\||<>|[<>!]=|[-+*/%(),=<>])/gy

/** `null` for anything that is no plain expression: comments, semicolons, unclosed strings. */
const split = (expression: string): ReadonlyArray<Piece> | null => {
  const trimmed = expression.trim()
  if (/--|\/\*/.test(trimmed)) return null
  if (/\bfrom\b/i.test(trimmed.replaceAll(/'[^']*'|\bextract\s*\(\s*\w+\s+from\b/gi, ""))) return null
  const pieces: Array<Piece> = []
  let end = 0
  for (const match of trimmed.matchAll(pattern)) {
    const groups = match.groups ?? {}
    const kind =
      groups["text"] !== undefined
        ? "text"
        : groups["placeholder"] !== undefined
          ? "placeholder"
          : groups["name"] !== undefined
            ? "name"
            : "other"
    pieces.push({ kind, text: match[0] })
    end += match[0].length
  }
  if (end !== trimmed.length || pieces.length === 0) return null
  return pieces.some(
    (piece) => piece.kind === "name" && /^(?:select|union|insert|delete|update|drop)$/i.test(piece.text)
  )
    ? null
    : pieces
}

const isFunction = (pieces: ReadonlyArray<Piece>, at: number): boolean => {
  const next = pieces[at + 1]
  return next?.text === "(" || (next?.text.trim() === "" && pieces[at + 2]?.text === "(")
}

const keywords = new Set(
  "and or not in is null between like case when then else end as distinct integer int real text numeric decimal float date time timestamp current_date current_timestamp interval true false year month day quarter week hour minute second dow epoch from extract cast asc desc signed char varchar".split(
    " "
  )
)

/** `table.column` with the schema's spelling, or a column that only one table has. */
const resolve = (index: SchemaIndex, written: string): ColumnReference | undefined => {
  const parts = (written.match(/"[^"]+"|`[^`]+`|[^.]+/g) ?? []).map((part) => part.replaceAll(/["`]/g, ""))
  const columnName = parts.at(-1) ?? ""
  if (parts.length > 1) {
    const table = tableOf(index, parts.slice(0, -1).join(".")) ?? tableOf(index, parts.at(-2) ?? "")
    const column = table === undefined ? undefined : columnOf(index, { table: table.name, column: columnName })
    return table === undefined || column === undefined ? undefined : { table: table.name, column: column.name }
  }
  const owners = index.tables.flatMap((table) => {
    const column = columnOf(index, { table: table.name, column: columnName })
    return column === undefined ? [] : [{ table: table.name, column: column.name }]
  })
  return owners.length === 1 ? owners[0] : undefined
}

// -----------------------------------------------------------------------------
// dialects

/** An argument without commas outside parentheses, one level of calls inside. */
const argument = String.raw`((?:[^(),]|\((?:[^()]|\([^()]*\))*\))+?)`

const rule = (source: string): RegExp => new RegExp(source.replaceAll("ARG", argument), "gi")

/**
 * The idioms in which mappings are written. First every clock becomes the day the question is asked on, so that all
 * parts of a statement agree; then the other dialects' date functions become this one's.
 */
const translate = (expression: string, dialect: Dialect, today: string): string => {
  const literal = dialect === "sqlite" ? `'${today}'` : `DATE '${today}'`
  let sql = expression
    .replaceAll(/\b(?:current_date|current_timestamp)\b(?:\s*\(\s*\))?|\b(?:now|curdate|getdate)\s*\(\s*\)/gi, literal)
    .replaceAll(/(\b(?:date|datetime|strftime|julianday|unixepoch)\s*\([^()]*)'now'/gi, `$1'${today}'`)
  if (dialect === "sqlite") {
    // First: its result may stand inside the functions below. Months are only counted here, from a known day: SQLite
    // makes 31 March less a month 3 March, PostgreSQL 28 February.
    sql = sql.replaceAll(
      /('[\d-]{10}'|[\w.]+|\{\w+\})\s*([-+])\s*INTERVAL\s*'?(\d+)\s*'?\s*(day|week|month|year)s?'?/gi,
      (all, base: string, sign: string, count: string, written: string) => {
        const unit = unitOf(written.toLowerCase()) ?? "day"
        const signed = sign === "-" ? -Number(count) : Number(count)
        if (base.startsWith("'")) return `'${shift(base.slice(1, -1), unit, signed)}'`
        if (unit === "day" || unit === "week") return `date(${base}, '${unit === "week" ? signed * 7 : signed} days')`
        return all
      }
    )
    sql = sql.replaceAll(
      rule(String.raw`\bDATE_TRUNC\s*\(\s*'(\w+)'\s*,\s*ARG\s*\)`),
      (all, unit: string, date: string) => truncated(unit.toLowerCase(), date.trim()) ?? all
    )
    sql = sql.replaceAll(
      rule(String.raw`\bEXTRACT\s*\(\s*(\w+)\s+FROM\s+ARG\s*\)`),
      (all, unit: string, date: string) => part(unit.toLowerCase(), date.trim()) ?? all
    )
    sql = sql.replaceAll(
      rule(String.raw`\b(YEAR|MONTH|DAY|QUARTER)\s*\(\s*ARG\s*\)`),
      (all, unit: string, date: string) => part(unit.toLowerCase(), date.trim()) ?? all
    )
    sql = sql.replaceAll(
      rule(String.raw`\b(TO_CHAR|DATE_FORMAT)\s*\(\s*ARG\s*,\s*'([^']*)'\s*\)`),
      (all, _name: string, date: string, format: string) => {
        const written = formats.get(format.toUpperCase())
        return written === undefined ? all : `strftime('${written}', ${date.trim()})`
      }
    )
    return sql.replaceAll(/::\s*date\b/gi, "")
  }
  sql = sql.replaceAll(
    rule(String.raw`\bCAST\s*\(\s*strftime\s*\(\s*'%([YmdwH])'\s*,\s*ARG\s*\)\s+AS\s+INT(?:EGER)?\s*\)`),
    (_all, code: string, date: string) => extracted(dialect, code, date.trim())
  )
  sql = sql.replaceAll(
    rule(String.raw`\bstrftime\s*\(\s*'([^']*)'\s*,\s*ARG\s*\)`),
    (all, format: string, date: string) => {
      const unit = new Map<string, SqlText.Grain>([
        ["%Y-%m", "month"],
        ["%Y", "year"],
        ["%Y-%m-%d", "day"],
        ["%w", "weekday"]
      ]).get(format)
      return unit === undefined ? all : SqlText.grain(dialect, unit, date.trim())
    }
  )
  return sql
}

const truncated = (unit: string, date: string): string | undefined =>
  new Map([
    ["day", `date(${date})`],
    ["week", `date(${date}, 'weekday 0', '-6 days')`],
    ["month", `date(${date}, 'start of month')`],
    [
      "quarter",
      `date(${date}, 'start of month', '-' || ((CAST(strftime('%m', ${date}) AS INTEGER) - 1) % 3) || ' months')`
    ],
    ["year", `date(${date}, 'start of year')`]
  ]).get(unit)

const part = (unit: string, date: string): string | undefined => {
  const code = new Map([
    ["year", "%Y"],
    ["month", "%m"],
    ["day", "%d"],
    ["dow", "%w"],
    ["hour", "%H"]
  ]).get(unit)
  if (unit === "quarter") return `((CAST(strftime('%m', ${date}) AS INTEGER) + 2) / 3)`
  return code === undefined ? undefined : `CAST(strftime('${code}', ${date}) AS INTEGER)`
}

const extracted = (dialect: Dialect, code: string, date: string): string => {
  if (code === "w") return dialect === "mysql" ? `(DAYOFWEEK(${date}) - 1)` : `EXTRACT(DOW FROM ${date})`
  const unit =
    new Map([
      ["Y", "YEAR"],
      ["m", "MONTH"],
      ["d", "DAY"],
      ["H", "HOUR"]
    ]).get(code) ?? "YEAR"
  return `EXTRACT(${unit} FROM ${date})`
}

const formats: ReadonlyMap<string, string> = new Map([
  ["YYYY-MM", "%Y-%m"],
  ["YYYY-MM-DD", "%Y-%m-%d"],
  ["YYYY", "%Y"],
  ["%Y-%M", "%Y-%m"],
  ["%Y-%M-%D", "%Y-%m-%d"],
  ["%Y", "%Y"]
])

const foreign: Readonly<Record<Dialect, RegExp>> = {
  sqlite:
    /\b(?:date_trunc|date_part|extract|to_char|to_date|interval|date_format|date_sub|date_add|datediff|dateadd|age|dayofweek|last_day|year|month|quarter)\b(?=\s*\(|\s*')|::|\bILIKE\b/i,
  postgres:
    /\b(?:strftime|julianday|datetime|date_format|date_sub|date_add|datediff|dayofweek|curdate|year|month|quarter)\s*\(|`/i,
  mysql: /\b(?:strftime|julianday|datetime|date_trunc|to_char|age)\s*\(|::|\bILIKE\b/i
}

/** A construct of another dialect that is still there. */
const foreignConstruct = (sql: string, dialect: Dialect): string | undefined =>
  foreign[dialect]
    .exec(sql.replaceAll(/'(?:[^']|'')*'/g, "''"))?.[0]
    ?.replace(/\s*\($/, "")
    .toUpperCase()
