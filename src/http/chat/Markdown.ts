/**
 * Answers for a chat page, as Markdown. What came from a server, a database or a model is text and nothing else in it: an
 * image in a cell would tell its host what was asked as soon as it is shown. Pure.
 */
import type { SqlGenerationError } from "../../OrchestratorError.ts"
import type { QueryResult } from "../../query/QueryResult.ts"
import * as Visible from "../../text/Visible.ts"
import * as Cell from "../../tools/Cell.ts"
import type { Rows, SqlValue } from "../../tools/Rows.ts"

/** Rows of a table in an answer; how many there are more is said. */
export const maxRows = 100

/**
 * The blocks of an answer, in order: what the question was taken for if it is not the one that was asked, the answer in a
 * sentence (the rules' without `sentence`), the rows, what was computed, the SQL, and where it came from.
 */
export const answer = (
  { explanation, metadata, query, result, sql }: QueryResult,
  { asked, sentence }: { readonly asked: string; readonly sentence: string | null }
): ReadonlyArray<string> => [
  ...(query === asked ? [] : [`Understood as: *${text(query)}*`]),
  ...(result === null ? [] : [sentence === null ? said(result) : text(sentence), ...table(result)]),
  text(explanation),
  fenced(sql),
  `Run on ${code(metadata.executedOn)}, with what ${metadata.serversUsed.map(code).join(", ")} said.`
]

/** The blocks of a refusal: why, what was understood, what would be. */
export const refusal = ({ detail, reason, remedy, understood }: SqlGenerationError): ReadonlyArray<string> => [
  `I cannot answer that: ${text(detail)}.`,
  ...list("Understood:", understood),
  ...list("It could mean:", reason._tag === "NotUnderstood" ? reason.candidates : []),
  text(remedy)
]

/** The answer in a sentence, of what the rows themselves say. */
export const said = ({ columns, rows, truncated }: Rows): string => {
  const [first] = rows
  if (first === undefined) return "Nothing was found."
  const [value = null] = first
  const [column = ""] = columns
  if (rows.length === 1) {
    if (columns.length !== 1) return `One row: ${columns.map((name, at) => named(name, first[at] ?? null)).join(", ")}.`
    return value === null ? `There is no value of ${text(column)}.` : `The answer is ${bold(value)} (${text(column)}).`
  }
  const count = `${truncated ? `The first ${rows.length}` : rows.length}`
  const more = truncated ? "; there are more" : ""
  if (columns.length !== 1) return `${count} rows${more}.`
  const listed = rows.slice(0, longestList).map(([item = null]) => bold(item))
  const left = rows.length - listed.length
  return `${count} values of ${text(column)}${more}: ${listed.join(", ")}${left === 0 ? "" : ` and ${left} more`}.`
}

/** Text that Markdown leaves as it is, on one line. */
export const text = (raw: string): string =>
  Visible.line(raw.replaceAll(/\s*[\r\n]+\s*/g, " ").trim()).replaceAll(/[\\`*_[\]<>|~&$#]/g, String.raw`\$&`)

// -----------------------------------------------------------------------------
// internals

/** A list that is read as a sentence. */
const longestList = 10

const bold = (value: SqlValue): string => {
  const shown = text(Cell.shown(value))
  return shown === "" ? '""' : `**${shown}**`
}

const named = (name: string, value: SqlValue): string => `${text(name)} ${bold(value)}`

const table = ({ columns, rows }: Rows): ReadonlyArray<string> => {
  if (rows.length === 0) return []
  const line = (cells: ReadonlyArray<string>) => `| ${cells.join(" | ")} |`
  const rules = columns.map((_, at) => (rows.every((row) => Cell.isNumber(row[at] ?? null)) ? "---:" : "---"))
  const shown = rows.slice(0, maxRows)
  return [
    [
      line(columns.map(text)),
      line(rules),
      ...shown.map((row) => line(columns.map((_, at) => text(Cell.shown(row[at] ?? null)))))
    ].join("\n"),
    ...(shown.length === rows.length
      ? []
      : [`The first ${shown.length} of ${rows.length} rows; \`POST /v1/query\` gives all of them.`])
  ]
}

const list = (title: string, items: ReadonlyArray<string>): ReadonlyArray<string> =>
  items.length === 0 ? [] : [`${title}\n\n${items.map((item) => `* ${text(item)}`).join("\n")}`]

/** A fence that is longer than any run of backticks inside ends where it should. */
const fenced = (sql: string): string => {
  const fence = "`".repeat(Math.max(3, ...[...sql.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${fence}sql\n${Visible.lines(sql.replaceAll(/\r\n?/g, "\n"))}\n${fence}`
}

/** An id of the configuration. */
const code = (id: string): string => `\`${Visible.line(id).replaceAll("`", "'")}\``
