/** Writing SQL in a dialect: names, strings, and the part of a date that rows are grouped by. */
import type { Dialect } from "../SqlGenerator.ts"
import type { Unit } from "./Calendar.ts"

// Names that some dialect reserves are quoted everywhere.
const reserved = new Set(
  "all alter analyze and any as asc between both by case cast check collate column constraint create cross current_date current_time current_timestamp current_user default delete desc distinct do drop else end except exists false fetch for foreign from full grant group having if in index inner insert intersect into is join key left like limit natural not null offset on or order outer over primary range rank references right rows select session_user set some table then to true union unique update user using values view when where window with year month day".split(
    " "
  )
)

/** Quotes what needs quoting; the parts of `schema.table` are quoted one by one. */
export const name = (dialect: Dialect, identifier: string): string =>
  identifier
    .split(".")
    .map((part) => {
      // PostgreSQL folds what is not quoted to lower case.
      const plain = dialect === "postgres" ? /^[a-z_][a-z0-9_]*$/ : /^[A-Za-z_][A-Za-z0-9_]*$/
      if (plain.test(part) && !reserved.has(part.toLowerCase())) return part
      return dialect === "mysql" ? `\`${part.replaceAll("`", "``")}\`` : `"${part.replaceAll('"', '""')}"`
    })
    .join(".")

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

/** A boolean column; databases without the type keep 0 and 1. */
export const truth = (dialect: Dialect, column: string, type: string, is: boolean): string =>
  dialect === "sqlite" || !/bool/i.test(type) ? `${column} = ${is ? 1 : 0}` : `${column} = ${is ? "TRUE" : "FALSE"}`
