/** A result that is rows, in the forms that people, spreadsheets and documents take. */
import type * as Effect from "effect/Effect"
import * as Flag from "effect/cli/Flag"
import * as Visible from "../text/Visible.ts"
import * as Output from "./Output.ts"
import * as Table from "../text/Table.ts"
import * as Terminal from "./Terminal.ts"

const formats = ["table", "json", "csv", "markdown"] as const

/** What a command with rows was asked for; `json` is `format: "json"` in short. */
export interface Asked {
  readonly json: boolean
  readonly format: (typeof formats)[number]
}

export const flags = {
  json: Flag.Boolean("json").pipe(
    Flag.withDescription("One JSON document on stdout, also for a failure"),
    Flag.withDefault(false)
  ),
  format: Flag.Literals("format", formats).pipe(
    Flag.withMetavar("FORMAT"),
    Flag.withDescription("table, json, csv or markdown; csv and markdown are the rows alone"),
    Flag.withDefault("table" as const)
  )
}

/** Whether the result is to be JSON, whichever way that was said. */
export const isJson = ({ format, json }: { readonly json: boolean; readonly format?: string }): boolean =>
  json || format === "json"

/** Whether a command line asks for JSON, which its failure is then told in. */
export const wantsJson = (args: ReadonlyArray<string>): boolean =>
  args.includes("--json") ||
  args.includes("--format=json") ||
  args.some((arg, index) => arg === "--format" && args[index + 1] === "json")

/** Rows of texts. */
export interface Sheet {
  readonly columns: ReadonlyArray<Table.Column>
  readonly rows: ReadonlyArray<ReadonlyArray<string>>
}

/** Writes a result in the form that was asked for. `text` is what a person sees, where that is more than a table. */
export const write = <E, R>(
  asked: Asked,
  result: {
    readonly sheet: () => Sheet
    readonly text?: () => string
    readonly json: Effect.Effect<void, E, R>
  }
): Effect.Effect<void, E | Output.OutputError, R> => {
  if (isJson(asked)) return result.json
  if (asked.format === "csv") return Output.data(csv(result.sheet()))
  if (asked.format === "markdown") return Output.stdout(markdown(result.sheet()))
  return Output.stdout(result.text?.() ?? table(result.sheet()))
}

/** As wide as the terminal at most. */
export const table = ({ columns, rows }: Sheet): string => Table.render(columns, rows, Terminal.columns())

/** RFC 4180, but for line ends that a shell's tools take as well. The last line has none. */
export const csv = ({ columns, rows }: Sheet): string =>
  [columns.map(({ title }) => title), ...rows].map((row) => row.map(csvCell).join(",")).join("\n")

/** A table as GitHub writes it. */
export const markdown = ({ columns, rows }: Sheet): string =>
  [
    markdownRow(columns.map(({ title }) => title)),
    `| ${columns.map(({ align }) => (align === "right" ? "---:" : "---")).join(" | ")} |`,
    ...rows.map((row) => markdownRow(columns.map((_, index) => row[index] ?? "")))
  ].join("\n")

/** One line of such a table. */
export const markdownRow = (cells: ReadonlyArray<string>): string => `| ${cells.map(markdownCell).join(" | ")} |`

// -----------------------------------------------------------------------------
// internals

/** Quoted where it must be, and where blanks at an end would be lost. */
const csvCell = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** On one line, and nothing in it means anything to Markdown. */
const markdownCell = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => Visible.line(line).replaceAll(/[\\|<>`*_[\]]/g, (character) => `\\${character}`))
    .join("<br>")
