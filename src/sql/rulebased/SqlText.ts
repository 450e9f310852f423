/** Writing SQL in a dialect: columns, strings, and the part of a date that rows are grouped by. */
import { nameSql } from "../SqlName.ts"
import type { Dialect } from "../SqlGenerator.ts"
import type { Unit } from "./Calendar.ts"
import type { Measure, Scalar } from "./Plan.ts"
import type { ColumnReference } from "./SchemaIndex.ts"

/** `table.column`. */
export const columnSql = (dialect: Dialect, { column, table }: ColumnReference): string =>
  `${nameSql(dialect, table)}.${nameSql(dialect, column)}`

/** A column as a number of each row. */
export const columnScalar = (
  dialect: Dialect,
  column: ColumnReference
): Scalar & { readonly column: ColumnReference } => ({
  label: column.column,
  sql: columnSql(dialect, column),
  tables: [column.table],
  column
})

/** By how much one number of a row is more than another. */
export const differenceOf = (dialect: Dialect, one: ColumnReference, other: ColumnReference): Scalar => ({
  label: `${one.column} - ${other.column}`,
  sql: `(${columnSql(dialect, one)} - ${columnSql(dialect, other)})`,
  tables: [...new Set([one.table, other.table])],
  column: null
})

/** All that a column adds up to. */
export const columnSum = (dialect: Dialect, column: ColumnReference, label: string): Measure => ({
  label,
  tables: [column.table],
  of: { kind: "expression", sql: `SUM(${columnSql(dialect, column)})`, sensitive: true }
})

export const text = (dialect: Dialect, value: string): string => {
  const escaped = value.replaceAll("'", "''")
  return `'${dialect === "mysql" ? escaped.replaceAll("\\", "\\\\") : escaped}'`
}

/** A date as text (`2026-03-01`); SQLite's are texts already. */
export const day = (dialect: Dialect, date: string): string =>
  dialect === "sqlite" ? date : grain(dialect, "day", date)

export type Grain = Unit | "weekday"

/** The day, month, … of a date as text (`2026-03`, `2026-Q1`; a week is its Monday; weekdays count from Sunday, 0). */
export const grain = (dialect: Dialect, unit: Grain, date: string): string => {
  switch (dialect) {
    case "sqlite":
      return {
        day: `date(${date})`,
        week: `date(${date}, 'weekday 0', '-6 days')`,
        month: `strftime('%Y-%m', ${date})`,
        quarter: `strftime('%Y', ${date}) || '-Q' || ((CAST(strftime('%m', ${date}) AS INTEGER) + 2) / 3)`,
        year: `strftime('%Y', ${date})`,
        weekday: `strftime('%w', ${date})`
      }[unit]
    case "postgres":
      return {
        day: `to_char(${date}, 'YYYY-MM-DD')`,
        week: `to_char(date_trunc('week', ${date}), 'YYYY-MM-DD')`,
        month: `to_char(${date}, 'YYYY-MM')`,
        quarter: `to_char(${date}, 'YYYY-"Q"Q')`,
        year: `to_char(${date}, 'YYYY')`,
        weekday: `CAST(EXTRACT(DOW FROM ${date}) AS text)`
      }[unit]
    case "mysql":
      return {
        day: `DATE_FORMAT(${date}, '%Y-%m-%d')`,
        week: `DATE_FORMAT(DATE_SUB(${date}, INTERVAL WEEKDAY(${date}) DAY), '%Y-%m-%d')`,
        month: `DATE_FORMAT(${date}, '%Y-%m')`,
        quarter: `CONCAT(YEAR(${date}), '-Q', QUARTER(${date}))`,
        year: `DATE_FORMAT(${date}, '%Y')`,
        weekday: `CAST(DAYOFWEEK(${date}) - 1 AS CHAR)`
      }[unit]
  }
}

export type TimeUnit = "day" | "hour" | "minute"

/** How many of a unit of time lie between two dates or times of a row, with fractions. */
export const elapsed = (dialect: Dialect, unit: TimeUnit, from: string, to: string): string => {
  const seconds = { day: 86_400, hour: 3600, minute: 60 }[unit]
  switch (dialect) {
    case "sqlite": {
      const days = `julianday(${to}) - julianday(${from})`
      return unit === "day" ? days : `(${days}) * ${86_400 / seconds}`
    }
    case "postgres":
      return `EXTRACT(EPOCH FROM CAST(${to} AS timestamp) - CAST(${from} AS timestamp)) / ${seconds}`
    case "mysql":
      return `TIMESTAMPDIFF(SECOND, ${from}, ${to}) / ${seconds}`
  }
}

/** A boolean column; databases without the type keep 0 and 1. */
export const truth = (dialect: Dialect, column: string, type: string, is: boolean): string =>
  dialect === "sqlite" || !/bool/i.test(type) ? `${column} = ${is ? 1 : 0}` : `${column} = ${is ? "TRUE" : "FALSE"}`
