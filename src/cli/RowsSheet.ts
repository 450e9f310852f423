/** The rows of a statement or tool as cells of text. */
import * as ExactJson from "../text/ExactJson.ts"
import type { Rows, SqlValue } from "../tools/Rows.ts"
import type { Sheet } from "./Formats.ts"

/** For people: a fraction to four digits, so that `0.1 + 0.2` is 0.3. */
export const shown = (rows: Rows): Sheet => sheet(rows, shownCell)

/** For programs: every digit as it came, and nothing where there is no value. */
export const exact = (rows: Rows): Sheet => sheet(rows, exactCell)

// -----------------------------------------------------------------------------
// internals

const sheet = ({ columns, rows }: Rows, cell: (value: SqlValue) => string): Sheet => ({
  columns: columns.map((title, index) => ({
    title,
    ...(rows.every((row) => isNumber(row[index] ?? null)) ? { align: "right" as const } : {})
  })),
  rows: rows.map((row) => row.map(cell))
})

const isNumber = (value: SqlValue): boolean => value === null || typeof value === "number" || typeof value === "bigint"

const shownCell = (value: SqlValue): string => {
  if (value === null) return "NULL"
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toFixed(4)))
  return exactCell(value)
}

const exactCell = (value: SqlValue): string =>
  value === null ? "" : typeof value === "string" ? value : ExactJson.stringify(value)
