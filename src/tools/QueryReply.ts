/**
 * Reads the reply of a tool that runs SQL (an MCP CallToolResult) as rows. Servers agree on no shape, so those in use
 * are understood; whatever else comes is a problem, never empty rows. Pure.
 */
import * as Data from "effect/Data"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as ExactJson from "../text/ExactJson.ts"
import type { SqlProblemCategory } from "../OrchestratorError.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { errorIn, fromObjects, type Json, own, readJson } from "./JsonTable.ts"
import { type Asked, broken, emptyTable, failed, hasAll, isTable, nothing, type Reading, tableOf } from "./Reading.ts"
import type { Rows, SqlValue } from "./Rows.ts"
import { problemCategory } from "./SqlProblem.ts"
import { readText, saysMore } from "./TextTable.ts"

/** Why a reply holds no rows: what the database said, or what is wrong with the reply. One sanitised line. */
export class ReplyProblem extends Data.TaggedError("ReplyProblem")<{
  readonly category: SqlProblemCategory
  readonly message: string
  /** The reply says nothing of the statement; it is only not understood. */
  readonly unreadable: boolean
}> {}

export interface ReplyOptions {
  /** Rows beyond this many are cut. */
  readonly maxRows: number
  /**
   * The names of the columns that the statement delivers, in order; `null` where they are not known. They tell a row
   * from a wrapper and a table from prose, give the columns their order, and name those of a table without any.
   */
  readonly columns: ReadonlyArray<string> | null
}

/**
 * The rows of a reply. Structured content is preferred to the text beside it; no content at all is no rows. Understood:
 * JSON rows as objects or arrays, wrapped or not, one row as a bare object, one text a row, JSON lines, JSON behind prose
 * or in a fence, CSV and TSV under the names asked for, embedded resources, several texts of which one is a table;
 * `truncated`, `has_more` and row counts. Rows without column names get those asked for, else `column1`, ….
 */
export const decodeReply = (reply: unknown, { columns, maxRows }: ReplyOptions): Result.Result<Rows, ReplyProblem> => {
  const reading = readReply(reply, columns)
  if (reading.kind === "failed") {
    const message = Redaction.text(reading.message)
    return Result.fail(new ReplyProblem({ category: problemCategory(message), message, unreadable: false }))
  }
  if (!isTable(reading)) return unreadable(Redaction.text(reading.message))
  const rows = reading.rows.slice(0, maxRows)
  return rows.every(isRow)
    ? Result.succeed({
        columns: reading.columns,
        rows,
        rowCount: rows.length,
        truncated: reading.cut || reading.rows.length > maxRows
      })
    : unreadable("the reply holds values that are not JSON, or nested too deeply")
}

// -----------------------------------------------------------------------------
// internals

const unreadable = (message: string): Result.Result<never, ReplyProblem> =>
  Result.fail(new ReplyProblem({ category: "other", message, unreadable: true }))

const readReply = (reply: unknown, asked: Asked): Reading => {
  if (!Predicate.isObject(reply)) return nothing("the reply is not a tool result")
  const content: unknown = reply["content"]
  const items: ReadonlyArray<unknown> = Array.isArray(content) ? content : []
  const texts = items.flatMap(textOf)
  if (reply["isError"] === true) return failed(errorOf(texts) || "the server reported an error without a message")
  const structured = reply["structuredContent"]
  if (structured !== undefined && structured !== null) {
    const reading = readJson(structured, asked)
    if (reading.kind !== "nothing" || texts.length === 0) return reading
  }
  const [first, ...others] = texts
  if (first === undefined) {
    return Array.isArray(content) && content.length === 0
      ? emptyTable(asked)
      : nothing("the reply holds neither structured content nor text")
  }
  return others.length === 0 ? readText(first, asked) : readTexts(texts, asked)
}

/** A text, also of an embedded resource. */
const textOf = (item: unknown): ReadonlyArray<string> => {
  if (!Predicate.isObject(item)) return []
  const holder = item["type"] === "resource" ? item["resource"] : item["type"] === "text" ? item : null
  return Predicate.isObject(holder) && Predicate.isString(holder["text"]) ? [holder["text"]] : []
}

/** What a call that failed says, without the JSON around it. */
const errorOf = (texts: ReadonlyArray<string>): string => {
  const [only] = texts.length === 1 ? texts : []
  const value = only === undefined ? undefined : ExactJson.parse(only)
  if (!Predicate.isObject(value)) return texts.join(" ")
  const message = errorIn(value) ?? own(value, "message")
  return Predicate.isString(message) ? message : texts.join(" ")
}

/** One text a row, or one text that is a table beside others that say something about it. */
const readTexts = (texts: ReadonlyArray<string>, asked: Asked): Reading => {
  const rows = readRows(texts.map(ExactJson.parse), asked)
  if (rows !== null) return rows
  const readings = texts.map((text) => readText(text, asked))
  const unsound = readings.find(({ kind }) => kind === "failed" || kind === "broken")
  if (unsound !== undefined) return unsound
  const tables = readings.filter(isTable)
  const filled = tables.filter(({ rows: { length } }) => length > 0)
  const [fitting, ...others] = filled.filter(({ columns }) => hasAll(columns, asked ?? []))
  if (fitting !== undefined && others.length === 0) {
    const isCut = texts.some((text, index) => readings[index] !== fitting && saysMore(text))
    return isCut ? { ...fitting, cut: true } : fitting
  }
  if (filled.length > 1) return broken(`the reply holds ${filled.length} tables in ${texts.length} texts`)
  return filled[0] ?? tables[0] ?? readings[0] ?? nothing("the reply holds no text")
}

/** FastMCP sends a list of rows as one text a row. */
const readRows = (values: ReadonlyArray<unknown>, asked: Asked): Reading | null => {
  const [first] = values
  if (values.every(isJson)) {
    const named = isJson(first) ? Object.keys(first) : []
    // Databases make up names for expressions, not all alike: then their number has to do.
    const keys = asked !== null && (hasAll(named, asked) || named.length !== asked.length) ? asked : named
    return values.every((row) => hasAll(Object.keys(row), keys)) ? fromObjects(values, asked) : null
  }
  const isArrays = values.every((row) => Array.isArray(row) && row.length > 0 && !row.some(Predicate.isObjectOrArray))
  return isArrays && Array.isArray(first) && (asked === null || asked.length === first.length)
    ? tableOf(
        asked ?? first.map((_, index) => `column${index + 1}`),
        values.filter((row) => Array.isArray(row))
      )
    : null
}

const isJson = (value: unknown): value is Json => Predicate.isObject(value)

const isRow = (row: ReadonlyArray<unknown>): row is ReadonlyArray<SqlValue> => row.every((value) => isSqlValue(value))

/** Finite, so that nothing turns into `null` on output; shallow enough for whoever walks it. */
const isSqlValue = (value: unknown, depth = 0): value is SqlValue => {
  if (value === null || Predicate.isString(value) || Predicate.isBoolean(value) || Predicate.isBigInt(value))
    return true
  if (Predicate.isNumber(value)) return Number.isFinite(value)
  if (depth === 100 || !Predicate.isObjectOrArray(value)) return false
  return Object.values(value).every((item) => isSqlValue(item, depth + 1))
}
