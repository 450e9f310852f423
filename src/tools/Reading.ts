/** What one part of a reply (a JSON value, a text) turned out to be. Internal to `tools`. */
import * as Predicate from "effect/Predicate"

export type Reading =
  | Table
  /** The database, or the server before it, refused the statement with these words. */
  | { readonly kind: "failed"; readonly message: string }
  /** It was to be a table and is not sound (cut, uneven, no JSON): nothing else in the reply may stand in for it. */
  | { readonly kind: "broken"; readonly message: string }
  /** No table, and nothing that was to be one. */
  | { readonly kind: "nothing"; readonly message: string }

export interface Table {
  readonly kind: "table"
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<unknown>>
  /** The server says that it had more rows. */
  readonly cut: boolean
}

/** The names of the columns that were asked for, in order; `null` where they are not known (`SELECT *`). */
export type Asked = ReadonlyArray<string> | null

export const failed = (message: string): Reading => ({ kind: "failed", message })
export const broken = (message: string): Reading => ({ kind: "broken", message })
export const nothing = (message: string): Reading => ({ kind: "nothing", message })

/** No rows, under the names that were asked for. */
export const emptyTable = (asked: Asked): Table => ({ kind: "table", columns: asked ?? [], rows: [], cut: false })

/** Rows under `columns`, all of that many values. */
export const tableOf = (columns: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<unknown>>): Reading => {
  const uneven = rows.findIndex((row) => row.length !== columns.length)
  return uneven === -1
    ? { kind: "table", columns, rows, cut: false }
    : broken(`row ${uneven + 1} of the reply has not ${columns.length} values`)
}

export const isTable = (reading: Reading): reading is Table => reading.kind === "table"

/** Databases fold names their own way, so their case proves nothing. */
export const sameName = (one: unknown, other: string): boolean =>
  Predicate.isString(one) && one.toLowerCase() === other.toLowerCase()

/** Whether these names are exactly those asked for, in order. */
export const isHeader = (names: ReadonlyArray<unknown>, asked: ReadonlyArray<string>): boolean =>
  names.length === asked.length && asked.every((name, index) => sameName(names[index], name))

/** Whether each column that was asked for is among these names. */
export const hasAll = (names: ReadonlyArray<string>, asked: ReadonlyArray<string>): boolean =>
  asked.every((name) => names.some((one) => sameName(one, name)))
