/** The rows of a statement or tool as cells of text. */
import * as ExactJson from "../text/ExactJson.ts"
import * as Cell from "../tools/Cell.ts"
import type { Rows, SqlValue } from "../tools/Rows.ts"
import * as Formats from "./Formats.ts"

/** For people: a fraction to four digits, so that `0.1 + 0.2` is 0.3. */
export const shown = (rows: Rows): Formats.Sheet => sheet(rows, Cell.shown)

/** The same as a table, or what it would have had if there are none: a frame around nothing tells less. */
export const table = (rows: Rows): string =>
  rows.rows.length === 0 ? `(no rows: ${rows.columns.join(", ")})` : Formats.table(shown(rows))

/** For programs: every digit as it came, and nothing where there is no value. */
export const exact = (rows: Rows): Formats.Sheet => sheet(rows, exactCell)

// -----------------------------------------------------------------------------
// internals

const sheet = ({ columns, rows }: Rows, cell: (value: SqlValue) => string): Formats.Sheet => ({
  columns: columns.map((title, index) => ({
    title,
    ...(rows.every((row) => Cell.isNumber(row[index] ?? null)) ? { align: "right" as const } : {})
  })),
  rows: rows.map((row) => row.map(cell))
})

const exactCell = (value: SqlValue): string =>
  value === null ? "" : typeof value === "string" ? value : ExactJson.stringify(value)
