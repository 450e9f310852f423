/**
 * Reads the reply of an `execute_query` tool (an MCP CallToolResult) as rows, and JSON with integers digit for digit.
 * Servers agree on no shape, so the common ones are understood; whatever else comes is a problem, never empty rows. Pure.
 */
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import { parseJsonExact } from "../connection/sse/JsonRpc.ts"
import type { SqlProblemCategory } from "../OrchestratorError.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import type { Rows, SqlValue } from "../query/QueryResult.ts"
import { problemCategory } from "./SqlProblem.ts"

/** Why a reply holds no rows: what the database said, or what is wrong with the reply. One sanitised line. */
export interface ReplyProblem {
  readonly category: SqlProblemCategory
  readonly message: string
}

/**
 * The rows of a reply, at most `maxRows` of them. Structured content is preferred to JSON text. Understood: an array
 * of objects; `{columns, rows}` with rows as arrays or objects; the rows under `rows`, `data`, `result`, `results` or
 * `records`, also one level deeper; `truncated`, `has_more` and row counts. Rows without column names get `column1`, ….
 */
export const decodeReply = (reply: unknown, maxRows: number): Result.Result<Rows, ReplyProblem> => {
  if (!Predicate.isObject(reply)) return problem("the reply is not a tool result")
  const text = textOf(reply["content"])
  if (reply["isError"] === true)
    return databaseProblem(text.join(" ") || "the server reported an error without a message")
  const structured = reply["structuredContent"]
  if (structured !== undefined && structured !== null) return decodeTable(structured, maxRows)
  const [first, ...others] = text
  if (first === undefined) return problem("the reply holds neither structured content nor text")
  if (others.length > 0) return problem(`the reply holds ${text.length} texts instead of one`)
  return decodeText(first, maxRows)
}

/** JSON with every `bigint` as a plain number, digit for digit. `space` indents as in `JSON.stringify`. */
export const encodeSqlJson = (value: unknown, space?: number): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? rawJson(String(item)) : item), space)

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

type Json = { readonly [key: string]: unknown }

type Decoded = Result.Result<Rows, ReplyProblem>

/** In Node since 21, in TypeScript's library only after ES2024. */
const rawJson: (digits: string) => unknown = Reflect.get(JSON, "rawJSON")

const own = (record: Json, ...keys: ReadonlyArray<string>): unknown => {
  const key = keys.find((name) => Object.hasOwn(record, name) && record[name] !== null)
  return key === undefined ? undefined : record[key]
}

const databaseProblem = (message: string): Decoded =>
  Result.fail({ category: problemCategory(message), message: Redaction.text(message) })

const textOf = (content: unknown): ReadonlyArray<string> =>
  Array.isArray(content)
    ? content.flatMap((item: unknown) =>
        Predicate.isObject(item) && item["type"] === "text" && Predicate.isString(item["text"]) ? [item["text"]] : []
      )
    : []

const decodeText = (text: string, maxRows: number): Decoded => {
  const value = parseJsonExact(text)
  if (value !== undefined) return decodeTable(value, maxRows)
  // Many servers report the database's error as plain text and forget `isError`.
  return /^\W*(?:\w+ )?(?:error|failed)\b/i.test(text)
    ? databaseProblem(text)
    : problem(`the reply is not JSON: ${Redaction.text(text.slice(0, 200))}`)
}

const rowKeys = ["rows", "data", "result", "results", "records"]
const columnKeys = ["columns", "fields", "column_names", "columnNames"]
const countKeys = ["rowCount", "row_count", "total", "total_rows", "totalRows"]
const truncationKeys = ["truncated", "has_more", "hasMore"]

/** `depth`: how many wrappers were opened already. */
const decodeTable = (value: unknown, maxRows: number, depth = 0): Decoded => {
  if (Array.isArray(value)) return decodeRows(value, null, maxRows)
  if (Predicate.isString(value) && depth > 0) return decodeText(value, maxRows)
  if (!Predicate.isObject(value)) return problem("the reply is not a table")
  const error = errorText(own(value, "error", "errors"))
  if (error !== null) return databaseProblem(error)
  const candidates = rowKeys.map((key) => own(value, key))
  const rows = candidates.find((candidate) => Array.isArray(candidate))
  const wrapped = candidates.find((candidate) => Predicate.isObject(candidate) || Predicate.isString(candidate))
  const decoded = Array.isArray(rows)
    ? decodeNamedRows(rows, value, maxRows)
    : wrapped !== undefined && depth < 2
      ? decodeTable(wrapped, maxRows, depth + 1)
      : problem(`the reply holds no rows, only ${Object.keys(value).slice(0, 5).join(", ") || "an empty object"}`)
  return Result.map(decoded, (table) => ({ ...table, truncated: table.truncated || saysCut(value, table.rowCount) }))
}

const decodeNamedRows = (rows: ReadonlyArray<unknown>, reply: Json, maxRows: number): Decoded => {
  const columns = columnNames(own(reply, ...columnKeys))
  return columns === undefined ? problem("the reply's columns are not names") : decodeRows(rows, columns, maxRows)
}

/** The server cut the rows itself, or counted more than it sent. */
const saysCut = (reply: Json, rowCount: number): boolean => {
  const count = own(reply, ...countKeys)
  const more = (Predicate.isNumber(count) || Predicate.isBigInt(count)) && count > rowCount
  return more || own(reply, ...truncationKeys) === true
}

/** `null` where the field reports no error. */
const errorText = (error: unknown): string | null => {
  if (error === undefined || error === false || error === "" || (Array.isArray(error) && error.length === 0))
    return null
  if (Predicate.isString(error)) return error
  const first: unknown = Array.isArray(error) ? error[0] : error
  const message = Predicate.isObject(first) ? own(first, "message", "detail") : first
  return Predicate.isString(message) ? message : encodeSqlJson(error)
}

/** `null` where the reply names none, `undefined` where they cannot be read. */
const columnNames = (columns: unknown): ReadonlyArray<string> | null | undefined => {
  if (columns === undefined) return null
  if (!Array.isArray(columns)) return undefined
  const names = columns.map((column: unknown) =>
    Predicate.isObject(column) ? own(column, "name", "column_name") : column
  )
  return names.every(Predicate.isString) ? names : undefined
}

const decodeRows = (rows: ReadonlyArray<unknown>, columns: ReadonlyArray<string> | null, maxRows: number): Decoded => {
  const delivered = rows.slice(0, maxRows)
  const table = delivered.every((row) => Array.isArray(row))
    ? fromArrays(delivered, columns)
    : fromObjects(delivered, columns)
  return Result.map(table, (found) => ({
    ...found,
    rowCount: delivered.length,
    truncated: rows.length > maxRows
  }))
}

type Table = Result.Result<Pick<Rows, "columns" | "rows">, ReplyProblem>

const fromArrays = (rows: ReadonlyArray<ReadonlyArray<unknown>>, columns: ReadonlyArray<string> | null): Table => {
  const names = columns ?? Array.from({ length: rows[0]?.length ?? 0 }, (_, index) => `column${index + 1}`)
  const uneven = rows.findIndex((row) => row.length !== names.length)
  if (uneven !== -1) return problem(`row ${uneven + 1} of the reply has not ${names.length} values`)
  return rows.every(isRow) ? Result.succeed({ columns: names, rows }) : problem(notJson)
}

const fromObjects = (rows: ReadonlyArray<unknown>, columns: ReadonlyArray<string> | null): Table => {
  if (!rows.every(Predicate.isObject)) return problem("the reply's rows are neither objects nor arrays, or a mixture")
  const unnamed = new Set(rows.flatMap(Object.keys))
  for (const name of columns ?? []) unnamed.delete(name)
  const names = [...(columns ?? []), ...unnamed]
  const values: ReadonlyArray<ReadonlyArray<unknown>> = rows.map((row) => names.map((name) => own(row, name) ?? null))
  return values.every(isRow) ? Result.succeed({ columns: names, rows: values }) : problem(notJson)
}

const problem = (message: string): Result.Result<never, ReplyProblem> => Result.fail({ category: "other", message })

const notJson = "the reply holds values that are not JSON, or nested too deeply"

const isRow = (row: ReadonlyArray<unknown>): row is ReadonlyArray<SqlValue> => row.every((value) => isSqlValue(value))

/** Finite, so that nothing turns into `null` on output; shallow enough for whoever walks it. */
const isSqlValue = (value: unknown, depth = 0): value is SqlValue => {
  if (value === null || Predicate.isString(value) || Predicate.isBoolean(value) || Predicate.isBigInt(value))
    return true
  if (Predicate.isNumber(value)) return Number.isFinite(value)
  if (depth === 100 || !Predicate.isObjectOrArray(value)) return false
  return Object.values(value).every((item) => isSqlValue(item, depth + 1))
}
