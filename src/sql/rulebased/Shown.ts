/** The columns of a SELECT: what rows are grouped by, what is computed, and what they are called. */
import * as Result from "effect/Result"
import type { Dialect } from "../SqlGenerator.ts"
import type { Dimension, ListedColumn, Measure, Plan } from "./Plan.ts"
import {
  keyColumn,
  labelColumns,
  namesBehind,
  roleWords,
  type SchemaIndex,
  tableOf,
  tellingColumns
} from "./SchemaIndex.ts"
import { nameSql } from "../SqlName.ts"
import * as SqlText from "./SqlText.ts"
import { dateSql, testSql } from "./Tests.ts"
import { columnSql } from "./SqlText.ts"

export interface Target {
  readonly index: SchemaIndex
  readonly dialect: Dialect
}

/** The columns of the SELECT, no two of one name. */
export class Output {
  readonly columns: Array<string> = []
  /** What they are called outside of the SELECT. */
  readonly names: Array<string> = []
  readonly #target: Target
  readonly #aliases = new Set<string>()

  constructor(target: Target) {
    this.#target = target
  }

  /** Adds an expression; gives what ORDER BY may call it. */
  add(expression: string, label: string): string {
    const sql = dayText(this.#target, expression)
    const written = nameSql(this.#target.dialect, this.#alias(label))
    const isPlain = sql.endsWith(`.${written}`) && /^[\w."`]+$/.test(sql)
    this.names.push(written)
    this.columns.push(isPlain ? sql : `${sql} AS ${written}`)
    // Without an alias the bare name could be another table's as well.
    return isPlain ? sql : written
  }

  #alias(label: string): string {
    const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(label)
      ? label
      : label
          .toLowerCase()
          .replaceAll(/[^a-z0-9]+/g, "_")
          .replaceAll(/^_+|_+$/g, "")
    const wanted = plain === "" ? "value" : plain
    let alias = wanted
    for (let count = 2; this.#aliases.has(alias.toLowerCase()); count++) alias = `${wanted}_${count}`
    this.#aliases.add(alias.toLowerCase())
    return alias
  }
}

/**
 * A DATE, or the first or last of one, as text: drivers make an instant of it, in the time zone of their server, which
 * may be the day before.
 */
export const dayText = ({ dialect, index }: Target, sql: string): string => {
  const column = /^(?:MIN|MAX)\((.*)\)$/.exec(sql)?.[1] ?? sql
  const isDay = index.tables.some(({ columns, name: table }) =>
    columns.some(({ name, type }) => /^date$/i.test(type) && columnSql(dialect, { table, column: name }) === column)
  )
  return isDay ? SqlText.day(dialect, sql) : sql
}

/** Of several keys to one table each leads to a row of its own, which no join could tell apart. */
export const listedSql = (dialect: Dialect, { via, ...column }: ListedColumn): string =>
  via === undefined
    ? columnSql(dialect, column)
    : `(SELECT ${columnSql(dialect, column)} FROM ${nameSql(dialect, column.table)} WHERE ${columnSql(dialect, via.to)} = ${columnSql(dialect, via.from)})`

export const listedLabel = ({ column, via }: ListedColumn): string =>
  via === undefined ? column : `${roleWords(via.from).join("_")}_${column}`

interface Written {
  readonly shown: ReadonlyArray<{ readonly sql: string; readonly label: string }>
  readonly group: ReadonlyArray<string>
}

export const dimensionSql = (target: Target, dimension: Dimension): Result.Result<Written, string> => {
  const { dialect, index } = target
  const single = (sql: string, label: string): Result.Result<Written, string> =>
    Result.succeed({ shown: [{ sql, label }], group: [sql] })
  switch (dimension.kind) {
    case "column":
      return single(columnSql(dialect, dimension.column), dimension.column.column)
    case "grain":
      return single(SqlText.grain(dialect, dimension.grain, dateSql(target, dimension.date)), dimension.grain)
    case "cases": {
      const cases = dimension.cases.map(
        ({ label, test }) => `WHEN ${testSql(target, test)} THEN ${SqlText.text(dialect, label)}`
      )
      return single(`CASE ${cases.join(" ")} END`, "compared")
    }
    case "table": {
      const table = tableOf(index, dimension.table)
      const key = table === undefined ? undefined : keyColumn(index, table)
      const labels = table === undefined ? [] : labelColumns(table)
      const telling = table === undefined ? [] : tellingColumns(index, table)
      const own = (labels.length > 0 ? labels : telling).map((one) => one.name)
      const columns = [...new Set([...own, ...dimension.shown.map(({ column }) => column)])]
      const sqlOf = (column: string) => columnSql(dialect, { table: dimension.table, column })
      if (columns.length === 0) return Result.fail(`nothing names a row of ${dimension.table}`)
      // Two rows of one name are two rows: group by the key as well.
      const keys = key === undefined ? [] : [sqlOf(key.name)]
      const isBare = key !== undefined && columns.length === 1 && columns[0] === key.name
      // A match that nothing tells but its key is told by both of its clubs.
      const keysOfOthers = index.relationships.filter(
        ({ from, to }) => from.table === dimension.table && to.table !== dimension.table
      )
      const beside = isBare ? keysOfOthers.flatMap((via) => namesBehind(index, via)) : []
      return Result.succeed({
        shown: [
          ...columns.map((column) => ({ sql: sqlOf(column), label: column })),
          ...beside.map((column) => ({ sql: listedSql(dialect, column), label: listedLabel(column) }))
        ],
        group: [...new Set([...keys, ...columns.map(sqlOf), ...beside.map(({ via }) => columnSql(dialect, via.from))])]
      })
    }
  }
}

export const measureSql = (
  { dialect, index }: Target,
  measure: Measure & { readonly of: { readonly kind: "rows" | "expression" } },
  plan: Plan,
  scope: ReadonlySet<string>
): Result.Result<string, string> => {
  const stranger = measure.tables.find((table) => !scope.has(table))
  if (stranger !== undefined) return Result.fail(`${measure.label} needs ${stranger}, which cannot be joined here`)
  if (measure.of.kind === "rows") {
    const { table } = measure.of
    if (table === plan.base) return Result.succeed("COUNT(*)")
    const owner = tableOf(index, table)
    const key = owner === undefined ? undefined : keyColumn(index, owner)
    if (key !== undefined) return Result.succeed(`COUNT(DISTINCT ${columnSql(dialect, { table, column: key.name })})`)
    return Result.fail(`rows of ${table} have no key to count them by`)
  }
  const aggregates = measure.of.sql.match(/\b(?:sum|avg|count|total)\s*\(/gi) ?? []
  if (measure.of.sensitive && aggregates.length > 1 && measure.tables.length > 1) {
    return Result.fail(
      `${measure.label} adds up rows of ${measure.tables.join(" and ")}, which cannot be joined for it`
    )
  }
  // A row of another table is met once for each row of the base: adding it up would add it many times.
  if (measure.of.sensitive && !measure.tables.includes(plan.base) && plan.joins.length > 0) {
    return Result.fail(
      `${measure.label} would count rows of ${measure.tables.join(", ")} once for each row of ${plan.base}`
    )
  }
  return Result.succeed(measure.of.sql)
}
