/** Results as records, a question each, of CSV (RFC 4180) or a Markdown table; the rows of an answer are JSON in one field. */
import type { BatchResult } from "../batch/Question.ts"
import * as ExactJson from "../text/ExactJson.ts"
import * as Formats from "./Formats.ts"

const columns = [
  "id",
  "state",
  "priority",
  "question",
  "sql",
  "server",
  "row_count",
  "truncated",
  "columns",
  "rows",
  "error",
  "finished_at"
] as const

/** How records are written one by one: what stands before the first, and each. */
interface Form {
  readonly header: string
  readonly record: (result: BatchResult) => string
}

export const csv: Form = {
  header: columns.join(","),
  record: (result) => cells(result).map(field).join(",")
}

export const markdown: Form = {
  header: Formats.markdown({ columns: columns.map((title) => ({ title })), rows: [] }),
  record: (result) => Formats.markdownRow(cells(result))
}

// -----------------------------------------------------------------------------
// internals

const cells = (result: BatchResult): ReadonlyArray<string> => {
  const { answer, error } = result
  const rows = answer?.result ?? null
  const fields: { readonly [column in (typeof columns)[number]]: string } = {
    id: result.id,
    state: result.state,
    priority: result.priority,
    question: result.question,
    sql: answer?.sql ?? "",
    server: answer?.metadata.executedOn ?? "",
    row_count: rows === null ? "" : String(rows.rowCount),
    truncated: rows === null ? "" : String(rows.truncated),
    columns: rows === null ? "" : JSON.stringify(rows.columns),
    rows: rows === null ? "" : ExactJson.stringify(rows.rows),
    error: error === null ? "" : `${error._tag}: ${error.message}`,
    finished_at: result.finishedAt ?? ""
  }
  return columns.map((column) => fields[column])
}

/** A spreadsheet would run what begins like a formula. */
const field = (text: string): string => {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
