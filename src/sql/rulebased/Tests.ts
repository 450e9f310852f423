/** Tests of one row as SQL. */
import type { Test } from "./Plan.ts"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import { nameWords } from "../../grounding/NameWords.ts"
import { shift } from "./Days.ts"
import { type ColumnReference, columnOf, truthTexts } from "./SchemaIndex.ts"
import type { Target } from "./Shown.ts"
import { nameSql } from "../SqlName.ts"
import * as SqlText from "./SqlText.ts"
import { columnSql } from "./SqlText.ts"

export const testSql = (target: Target, test: Test): string => {
  const { dialect } = target
  switch (test.kind) {
    case "equals": {
      const values = test.values.map((value) => valueSql(target, test.column, value))
      const sql = columnSql(dialect, test.column)
      const holds =
        values.length === 1
          ? `${sql} ${test.negated ? "<>" : "="} ${values.join("")}`
          : `${sql} ${test.negated ? "NOT IN" : "IN"} (${values.join(", ")})`
      // What has none is not it either.
      return test.negated ? `(${holds} OR ${sql} IS NULL)` : holds
    }
    case "compares":
      return `${test.of.sql} ${test.operator} ${test.value}`
    case "average": {
      const { column, of, operator, within } = test
      const from = `FROM ${nameSql(dialect, column.table)}`
      if (within === null) return `${of.sql} ${operator} (SELECT AVG(${of.sql}) ${from})`
      const peer = (name: string) => columnSql(dialect, { table: "peers", column: name })
      const isPeer = `${peer(within.column)} = ${columnSql(dialect, within)}`
      return `${of.sql} ${operator} (SELECT AVG(${peer(column.column)}) ${from} AS peers WHERE ${isPeer})`
    }
    case "between":
      return `${test.of.sql} BETWEEN ${test.low} AND ${test.high}`
    case "is":
      const texts = columnOf(target.index, test.column)
      const written = texts === undefined ? null : truthTexts(texts)
      if (written !== null) {
        return `${columnSql(dialect, test.column)} = ${SqlText.text(dialect, written[test.truth ? 0 : 1])}`
      }
      return SqlText.truth(
        dialect,
        columnSql(dialect, test.column),
        columnOf(target.index, test.column)?.type ?? "",
        test.truth
      )
    case "period": {
      const date = dateSql(target, test.column)
      // The published_year of a book is a number, and no day.
      const kept = columnOf(target.index, test.column)
      if (kept !== undefined && isNumeric(kept) && nameWords(kept.name).at(-1) === "year") {
        return [
          ...(test.from === null ? [] : [`${date} >= ${test.from.slice(0, 4)}`]),
          ...(test.to === null ? [] : [`${date} <= ${shift(test.to, "day", -1).slice(0, 4)}`])
        ].join(" AND ")
      }
      return [
        ...(test.from === null ? [] : [`${date} >= '${test.from}'`]),
        ...(test.to === null ? [] : [`${date} < '${test.to}'`])
      ].join(" AND ")
    }
    case "mapped": {
      const date = test.date === null ? "" : dateSql(target, test.date)
      return `(${test.sql.replaceAll(/\{\w+\}/g, () => date)})`
    }
    case "known":
      return `${columnSql(dialect, test.column)} IS ${test.negated ? "" : "NOT "}NULL`
    case "latest": {
      const sql = columnSql(dialect, test.column)
      const date = columnSql(dialect, test.by)
      const last = (where: string) =>
        `(SELECT ${sql} FROM ${nameSql(dialect, test.by.table)} WHERE ${where} ORDER BY ${date} DESC LIMIT 1)`
      const begun = `${dateSql(target, test.by)} < '${test.before}'`
      return `${sql} = ${test.isSecond ? last(`${begun} AND ${sql} <> ${last(begun)}`) : last(begun)}`
    }
    case "any":
      return `(${test.tests.map((one) => `(${testSql(target, one)})`).join(" OR ")})`
  }
}

const valueSql = ({ dialect, index }: Target, column: ColumnReference, value: unknown): string => {
  if (typeof value === "number") return String(value)
  if (typeof value === "boolean") return String(value).toUpperCase()
  const owner = columnOf(index, column)
  return owner !== undefined && isNumeric(owner) ? String(value) : SqlText.text(dialect, String(value))
}

/** PostgreSQL has date functions for timestamps only: dates kept as text are cast. */
export const dateSql = ({ dialect, index }: Target, date: ColumnReference): string => {
  const sql = columnSql(dialect, date)
  const isTyped = /date|time/i.test(columnOf(index, date)?.type ?? "")
  return dialect === "postgres" && !isTyped ? `CAST(${sql} AS timestamp)` : sql
}
