/** Rows as text for other programs: CSV by RFC 4180, and lines of tabs for a sheet's clipboard. */
import { shown } from "./Text.ts"

export const csv = (columns: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<unknown>>): string =>
  [columns, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("")

export const tabbed = (columns: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<unknown>>): string =>
  [columns, ...rows].map((row) => row.map((value) => cell(value).replaceAll(/[\t\r\n]+/g, " ")).join("\t")).join("\n")

// -----------------------------------------------------------------------------
// internals

/** A spreadsheet runs a text that begins so: what a server wrote is not a formula (OWASP, CSV injection). */
const cell = (value: unknown): string =>
  value === null ? "" : typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : shown(value)

const field = (value: unknown): string => {
  const text = cell(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
