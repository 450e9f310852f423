/**
 * Values as their columns say, whatever the server made of them: drivers send numbers as texts, and days as instants.
 * Pure. Only columns whose expression is known are touched, and only where nothing is lost.
 */
import * as Predicate from "effect/Predicate"
import type { OutputColumn, Values } from "../guard/OutputColumns.ts"
import type { Rows, SqlValue } from "../tools/Rows.ts"

type Columns = ReadonlyArray<OutputColumn> | null

/** The names of the columns, if all are known. */
export const namesOf = (columns: Columns): ReadonlyArray<string> | null => {
  const names = (columns ?? []).map(({ name }) => name)
  return names.length > 0 && names.every(Predicate.isNotNull) ? names : null
}

/**
 * The rows with the texts of number columns as numbers (integers beyond 2^53 as `bigint`), those of date columns as dates,
 * and 0 and 1 of boolean columns as false and true. A column is changed as a whole or not at all: a decimal that no
 * double can hold keeps all of them texts.
 */
export const typed = (table: Rows, columns: Columns): Rows => {
  if (columns === null || columns.length !== table.columns.length) return table
  const changes = columns.map(({ name, values }, index) => {
    const isSame = name === null || name.toLowerCase() === table.columns[index]?.toLowerCase()
    if (values === null || !isSame) return null
    const cells = table.rows.map((row) => readers[values](row[index] ?? null))
    return cells.some((cell) => cell === undefined) ? null : cells
  })
  if (changes.every(Predicate.isNull)) return table
  return {
    ...table,
    rows: table.rows.map((row, at) => row.map((value, index) => changes[index]?.[at] ?? value))
  }
}

/**
 * The date columns that hold an instant in the middle of a day. A driver made midnight of its own time zone of a date:
 * which day it was cannot be known here.
 */
export const movedDates = (table: Rows, columns: Columns): ReadonlyArray<string> =>
  columns === null || columns.length !== table.columns.length
    ? []
    : table.columns.filter(
        (_, index) =>
          columns[index]?.values === "date" &&
          table.rows.some((row) => Predicate.isString(row[index]) && midday.test(row[index]))
      )

// -----------------------------------------------------------------------------
// internals

const midday = /^\d{4}-\d{2}-\d{2}T(?!00:00(?::00(?:\.0+)?)?(?:Z|[+-]|$))/

/** The value as its column says; `undefined` where it is none of its column's. */
type Reader = (value: SqlValue) => SqlValue | undefined

const readNumber: Reader = (value) => {
  if (!Predicate.isString(value)) return Predicate.isObjectOrArray(value) ? undefined : value
  if (/^-?(?:0|[1-9]\d*)$/.test(value)) {
    const integer = Number(value)
    return Number.isSafeInteger(integer) ? integer : BigInt(value)
  }
  const [, digits] = /^(-?(?:0|[1-9]\d*)\.\d*?)0*$/.exec(value) ?? []
  const number = Number(digits)
  return digits !== undefined && String(number) === digits.replace(/\.$/, "") ? number : undefined
}

/** An instant at midnight UTC is a day that a driver made an instant of, where the server runs in UTC. */
const readDate: Reader = (value) =>
  Predicate.isString(value) ? value.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?Z$/, "$1") : value

const booleans: ReadonlyMap<SqlValue, boolean | null> = new Map([
  ...[true, 1, "1", "t", "true"].map((value) => [value, true] as const),
  ...[false, 0, "0", "f", "false"].map((value) => [value, false] as const),
  [null, null] as const
])

/** Databases without the type keep 0 and 1, and PostgreSQL writes t and f. */
const readBoolean: Reader = (value) => booleans.get(Predicate.isString(value) ? value.toLowerCase() : value)

const readers: { readonly [values in Values]: Reader } = { number: readNumber, date: readDate, boolean: readBoolean }
