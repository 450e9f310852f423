/**
 * From a plan to SQL. Joins follow relationships; a join that would count a row twice is never made: conditions on the
 * far side of it become `IN (SELECT …)`, counts become `COUNT(DISTINCT key)`, and sums are refused.
 */
import * as Result from "effect/Result"
import { type Context, sqlOf } from "./Choice.ts"
import type { Condition, Dimension, Measure } from "./Draft.ts"
import {
  type ColumnReference,
  columnOf,
  keyColumn,
  labelColumns,
  pathsFrom,
  type Step,
  tableOf
} from "./SchemaIndex.ts"
import { join, joinSql, ordered, relate, type Related, relatedSql } from "./Joins.ts"
import type { Plan } from "./Plan.ts"
import * as SqlText from "./SqlText.ts"

/** One SELECT, or why there is none. `maxRows` bounds lists, which have no bound of their own. */
export const compose = (context: Context, plan: Plan, maxRows: number): Result.Result<string, string> =>
  Result.gen(function* () {
    const { dialect } = context
    const date = plan.date === null ? null : dateSql(context, plan.date)
    const needed = [
      ...plan.measures.flatMap((measure) => measure.tables),
      ...plan.dimensions.flatMap((dimension) => dimensionTables(dimension, plan.date)),
      ...(plan.list === null ? [] : [plan.list.table, ...plan.list.columns.map(({ table }) => table)])
    ]
    const base = yield* baseTable(context, needed, plan)
    const paths = pathsFrom(context.index, base)
    const joins = new Map<string, Step>()
    const where: Array<string> = []
    const related = new Map<string, Related>()

    for (const table of needed) yield* join(joins, paths, table)
    for (const filter of plan.filters) {
      const sql = write(filter.condition, date)
      const tables = filter.condition.kind === "date" ? [plan.date?.table ?? base] : filter.condition.tables
      const far = tables.filter((table) => paths.get(table)?.some((step) => step.many) !== false)
      const [farTable] = far
      if (farTable === undefined) {
        for (const table of tables) yield* join(joins, paths, table)
        where.push(sql)
      } else if (tables.every((table) => joins.has(table) || table === base)) where.push(sql)
      else {
        if (far.length < tables.length)
          return yield* Result.fail(`the condition on ${filter.label} spans tables that cannot be joined here`)
        if (plan.conjunctive.includes(filter.label)) {
          return yield* Result.fail(
            `"${filter.label.replaceAll(" or ", " and ")}" may ask for both at once or for either`
          )
        }
        // "Orders without X" is not "orders with something else than X".
        if (filter.negated === true) {
          return yield* Result.fail(`"${filter.label}" is about related rows, of which one or all may be meant`)
        }
        for (const table of far) yield* relate(related, paths, table, plan.absent.includes(table) ? null : sql)
      }
    }
    for (const table of plan.relations) {
      if (table !== base && paths.get(table)?.some((step) => step.many) === true && !joins.has(table)) {
        yield* relate(related, paths, table, null)
      }
    }
    if (plan.isTrade && related.size === 0 && !context.index.relationships.some(({ from }) => from.table === base)) {
      return yield* Result.fail(`nothing says which sales of ${base} are meant`)
    }
    const absent = new Set<string>()
    for (const table of plan.absent) absent.add(yield* relate(related, paths, table, null))
    for (const [key, one] of related) where.push(relatedSql(context, one, absent.has(key)))

    const select: Array<string> = []
    const group: Array<string> = []
    const labels: Array<string> = []
    const aliases = new Set<string>()
    const add = (expression: string, label: string): string => {
      const sql = dayText(context, expression)
      const alias = uniqueAlias(aliases, label)
      const written = SqlText.name(dialect, alias)
      const isPlain = sql.endsWith(`.${written}`) && /^[\w."`]+$/.test(sql)
      select.push(isPlain ? sql : `${sql} AS ${written}`)
      // Without an alias the bare name could be another table's as well.
      return isPlain ? sql : written
    }
    for (const dimension of plan.dimensions) {
      const written = yield* dimensionSql(context, dimension, date)
      group.push(...written.group)
      for (const { label, sql } of written.shown) labels.push(add(sql, label))
    }
    const written = new Map<string, string>()
    for (const measure of plan.measures) {
      written.set(measure.label, yield* measureSql(context, measure, base, joins))
    }
    const measured = new Map<string, string>()
    for (const [label, sql] of written) measured.set(label, add(sql, label.toLowerCase()))
    for (const column of plan.list?.columns ?? []) labels.push(add(sqlOf(dialect, column), column.column))

    const having = plan.having.map(
      ({ measure, operator, value }) => `${written.get(measure.label) ?? ""} ${operator} ${value}`
    )
    const order = orderBy(plan, context, labels, measured)
    const limit = plan.limit ?? (plan.list === null ? null : maxRows + 1)
    return [
      `SELECT ${plan.list?.distinct === true ? "DISTINCT " : ""}${select.join(", ")}`,
      `FROM ${SqlText.name(dialect, base)}`,
      ...ordered(joins).map((step) => joinSql(context, step)),
      ...(where.length === 0 ? [] : [`WHERE ${where.join(" AND ")}`]),
      ...(group.length === 0 ? [] : [`GROUP BY ${group.join(", ")}`]),
      ...(having.length === 0 ? [] : [`HAVING ${having.join(" AND ")}`]),
      ...(order.length === 0 ? [] : [`ORDER BY ${order.join(", ")}`]),
      ...(limit === null ? [] : [`LIMIT ${limit}`])
    ].join("\n")
  })

// -----------------------------------------------------------------------------
// tables

const dimensionTables = (dimension: Dimension, date: ColumnReference | null): ReadonlyArray<string> => {
  switch (dimension.kind) {
    case "table":
      return [dimension.table]
    case "column":
      return [dimension.column.table]
    case "grain":
      return date === null ? [] : [date.table]
    case "cases":
      return dimension.cases.flatMap(({ condition }) =>
        condition.kind === "sql" ? condition.tables : date === null ? [] : [date.table]
      )
  }
}

/** The table whose rows are gone through: from it, everything needed is reached without meeting a row twice. */
const baseTable = (context: Context, needed: ReadonlyArray<string>, plan: Plan): Result.Result<string, string> => {
  const [first] = needed
  const wanted = [...new Set(needed)]
  if (plan.list !== null) return Result.succeed(plan.list.table)
  const reaches = context.index.tables.flatMap(({ name }) => {
    const paths = pathsFrom(context.index, name)
    const lengths = wanted.map((table) => {
      const path = paths.get(table)
      return path === undefined || path.some((step) => step.many) ? Number.POSITIVE_INFINITY : path.length
    })
    const length = lengths.reduce((sum, one) => sum + one, 0)
    return Number.isFinite(length) ? [{ name, length, isNeeded: wanted.includes(name) }] : []
  })
  const [best, next] = reaches.toSorted(
    (one, other) => Number(other.isNeeded) - Number(one.isNeeded) || one.length - other.length
  )
  if (best === undefined)
    return Result.fail(`${wanted.join(" and ")} are not related so that they can be counted together`)
  if (next !== undefined && !best.isNeeded && next.length === best.length) {
    return Result.fail(
      `${wanted.join(" and ")} are related in more than one way: over ${best.name} and over ${next.name}`
    )
  }
  return first === undefined ? Result.fail("nothing is asked for") : Result.succeed(best.name)
}

// -----------------------------------------------------------------------------
// expressions

/** PostgreSQL has date functions for timestamps only: dates kept as text are cast. */
const dateSql = (context: Context, date: ColumnReference): string => {
  const sql = sqlOf(context.dialect, date)
  const isTyped = /date|time/i.test(columnOf(context.index, date)?.type ?? "")
  return context.dialect === "postgres" && !isTyped ? `CAST(${sql} AS timestamp)` : sql
}

/**
 * A DATE, or the first or last of one, as text: drivers make an instant of it, in the time zone of their server, which
 * may be the day before.
 */
const dayText = ({ dialect, index }: Context, sql: string): string => {
  const column = /^(?:MIN|MAX)\((.*)\)$/.exec(sql)?.[1] ?? sql
  const isDay = index.tables.some(({ columns, name: table }) =>
    columns.some(({ name, type }) => /^date$/i.test(type) && sqlOf(dialect, { table, column: name }) === column)
  )
  return isDay ? SqlText.day(dialect, sql) : sql
}

const write = (condition: Condition, date: string | null): string =>
  condition.kind === "sql" ? condition.sql : condition.write(date ?? "")

interface WrittenDimension {
  readonly shown: ReadonlyArray<{ readonly sql: string; readonly label: string }>
  readonly group: ReadonlyArray<string>
}

const dimensionSql = (
  context: Context,
  dimension: Dimension,
  date: string | null
): Result.Result<WrittenDimension, string> => {
  const { dialect, index } = context
  const single = (sql: string, label: string): Result.Result<WrittenDimension, string> =>
    Result.succeed({ shown: [{ sql, label }], group: [sql] })
  switch (dimension.kind) {
    case "column":
      return single(sqlOf(dialect, dimension.column), dimension.column.column)
    case "grain":
      return single(SqlText.grain(dialect, dimension.grain, date ?? ""), dimension.grain)
    case "cases": {
      const cases = dimension.cases.map(
        ({ condition, label }) => `WHEN ${write(condition, date)} THEN ${SqlText.text(dialect, label)}`
      )
      return single(`CASE ${cases.join(" ")} END`, "compared")
    }
    case "table": {
      const table = tableOf(index, dimension.table)
      const key = table === undefined ? undefined : keyColumn(index, table)
      const labels = table === undefined ? [] : labelColumns(table)
      const own = (labels.length > 0 ? labels : key === undefined ? [] : [key]).map((one) => one.name)
      const columns = [...new Set([...own, ...dimension.shown.map(({ column }) => column)])]
      const shown = columns.map((column) => ({
        sql: sqlOf(dialect, { table: dimension.table, column }),
        label: column
      }))
      if (shown.length === 0) return Result.fail(`nothing names a row of ${dimension.table}`)
      // Two rows of one name are two rows: group by the key as well.
      const keys = key === undefined ? [] : [sqlOf(dialect, { table: dimension.table, column: key.name })]
      return Result.succeed({ shown, group: [...new Set([...keys, ...shown.map(({ sql }) => sql)])] })
    }
  }
}

const measureSql = (
  context: Context,
  measure: Measure,
  base: string,
  joins: ReadonlyMap<string, Step>
): Result.Result<string, string> => {
  const { dialect, index } = context
  if (measure.of.kind === "rows") {
    const { table } = measure.of
    if (table === base) return Result.succeed("COUNT(*)")
    const owner = tableOf(index, table)
    const key = owner === undefined ? undefined : keyColumn(index, owner)
    if (key !== undefined) return Result.succeed(`COUNT(DISTINCT ${sqlOf(dialect, { table, column: key.name })})`)
    return Result.fail(`rows of ${table} have no key to count them by`)
  }
  // A row of another table is met once for each row of the base: adding it up would add it many times.
  if (measure.of.sensitive && !measure.tables.includes(base) && joins.size > 0) {
    return Result.fail(`${measure.label} would count rows of ${measure.tables.join(", ")} once for each row of ${base}`)
  }
  return Result.succeed(measure.of.sql)
}

const orderBy = (
  plan: Plan,
  context: Context,
  labels: ReadonlyArray<string>,
  measured: ReadonlyMap<string, string>
): ReadonlyArray<string> => {
  const first = [...measured.values()][0]
  if (plan.order === null) {
    if (plan.list !== null) return []
    if (plan.dimensions.some((one) => one.kind === "grain")) return labels
    return plan.dimensions.length === 0 || first === undefined ? [] : [`${first} DESC`, ...labels]
  }
  const { by, direction } = plan.order
  if (by.kind === "measure") return [`${measured.get(by.measure.label) ?? ""} ${direction}`, ...labels]
  const table = tableOf(context.index, by.column.table)
  const key = table === undefined ? undefined : keyColumn(context.index, table)
  const sql = sqlOf(context.dialect, by.column)
  // Equal values keep one order from run to run.
  const tie =
    plan.list === null || plan.list.distinct || key === undefined
      ? []
      : [sqlOf(context.dialect, { table: by.column.table, column: key.name })]
  // DISTINCT rows are ordered by what they show.
  const ordered = plan.list?.distinct === true ? dayText(context, sql) : sql
  return [`${ordered} ${direction}`, ...tie.filter((one) => one !== sql)]
}

const uniqueAlias = (aliases: Set<string>, label: string): string => {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(label)
    ? label
    : label
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "_")
        .replaceAll(/^_+|_+$/g, "")
  const wanted = plain === "" ? "value" : plain
  let alias = wanted
  for (let count = 2; aliases.has(alias.toLowerCase()); count++) alias = `${wanted}_${count}`
  aliases.add(alias.toLowerCase())
  return alias
}
