/**
 * A plan as one SELECT: a fold over all of it, as `ToWords` is. Joins follow relationships and never multiply rows:
 * what stands on the far side of such a join is in a subquery.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../SqlGenerator.ts"
import {
  type Condition,
  type Dimension,
  type Measure,
  type Plan,
  type Related,
  type Step,
  tablesOf,
  type Test
} from "./Plan.ts"
import {
  type ColumnReference,
  columnOf,
  isNumeric,
  keyColumn,
  labelColumns,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"
import * as SqlText from "./SqlText.ts"

interface Target {
  readonly index: SchemaIndex
  readonly dialect: Dialect
}

/** Fails where a row would be counted twice, or where nothing names what is shown. `maxRows` bounds lists. */
export const toSql = (target: Target, plan: Plan, maxRows: number): Result.Result<string, string> =>
  Result.gen(function* () {
    const { dialect } = target
    const scope = new Set([plan.base, ...plan.joins.map(({ to }) => to.table)])
    const output = new Output(target)
    const group: Array<string> = []
    const labels: Array<string> = []
    for (const dimension of plan.by) {
      const written = yield* dimensionSql(target, dimension)
      group.push(...written.group)
      for (const { label, sql } of written.shown) labels.push(output.add(sql, label))
    }
    const written = new Map<string, string>()
    const measured = new Map<string, string>()
    for (const measure of plan.measures) {
      const sql = yield* measureSql(target, measure, plan, scope)
      written.set(measure.label, sql)
      measured.set(measure.label, output.add(sql, measure.label.toLowerCase()))
    }
    for (const column of plan.list?.columns ?? []) labels.push(output.add(columnSql(dialect, column), column.column))
    if (plan.list !== null) {
      for (const condition of plan.where) {
        if (condition.kind === "counted")
          output.add(countSql(target, condition.related), `number_of_${condition.table}`)
      }
    }
    const where = yield* conditionsSql(target, plan.where, scope)
    const having = plan.having.map(
      ({ measure, operator, value }) => `${written.get(measure.label) ?? ""} ${operator} ${value}`
    )
    const order = orderBy(target, plan, labels, measured)
    const limit = plan.limit?.count ?? (plan.list === null ? null : maxRows + 1)
    return [
      `SELECT ${plan.list?.distinct === true ? "DISTINCT " : ""}${output.columns.join(", ")}`,
      `FROM ${SqlText.name(dialect, plan.base)}`,
      ...plan.joins.map((step) => joinSql(dialect, step)),
      ...(where.length === 0 ? [] : [`WHERE ${where.join(" AND ")}`]),
      ...(group.length === 0 ? [] : [`GROUP BY ${group.join(", ")}`]),
      ...(having.length === 0 ? [] : [`HAVING ${having.join(" AND ")}`]),
      ...(order.length === 0 ? [] : [`ORDER BY ${order.join(", ")}`]),
      ...(limit === null ? [] : [`LIMIT ${limit}`])
    ].join("\n")
  })

export const columnSql = (dialect: Dialect, { column, table }: ColumnReference): string =>
  `${SqlText.name(dialect, table)}.${SqlText.name(dialect, column)}`

const joinSql = (dialect: Dialect, { from, to }: Step): string =>
  `JOIN ${SqlText.name(dialect, to.table)} ON ${columnSql(dialect, to)} = ${columnSql(dialect, from)}`

// ---------------------------------------------------------------------------------------------------------------------
// conditions

/** One after the other; each may use the tables of the FROM clause it stands under, and no other. */
const conditionsSql = (
  target: Target,
  conditions: ReadonlyArray<Condition>,
  scope: ReadonlySet<string>
): Result.Result<ReadonlyArray<string>, string> =>
  Result.all(conditions.map((condition) => conditionSql(target, condition, scope)))

const conditionSql = (
  target: Target,
  condition: Condition,
  scope: ReadonlySet<string>
): Result.Result<string, string> => {
  const { dialect } = target
  switch (condition.kind) {
    case "holds": {
      const stranger = tablesOf(condition.test).find((table) => !scope.has(table))
      return stranger === undefined
        ? Result.succeed(testSql(target, condition.test))
        : Result.fail(`a condition on ${stranger} cannot be joined here`)
    }
    case "counted":
      return Result.succeed(`${countSql(target, condition.related)} ${condition.operator} ${condition.value}`)
    case "exists": {
      const { joins, step } = condition.related
      const inner = new Set([step.to.table, ...joins.map(({ to }) => to.table)])
      const selected = columnSql(dialect, step.to)
      return Result.map(conditionsSql(target, condition.where, inner), (where) => {
        // NOT IN with a NULL inside would be true for no row.
        const all = condition.negated ? [...where, `${selected} IS NOT NULL`] : where
        const subquery = [
          `SELECT ${selected} FROM ${SqlText.name(dialect, step.to.table)}`,
          ...joins.map((one) => joinSql(dialect, one)),
          ...(all.length === 0 ? [] : [`WHERE ${all.join(" AND ")}`])
        ].join(" ")
        return `${columnSql(dialect, step.from)} ${condition.negated ? "NOT IN" : "IN"} (${subquery})`
      })
    }
  }
}

const countSql = ({ dialect }: Target, { joins, step }: Related): string =>
  [
    `(SELECT COUNT(*) FROM ${SqlText.name(dialect, step.to.table)}`,
    ...joins.map((one) => joinSql(dialect, one)),
    `WHERE ${columnSql(dialect, step.to)} = ${columnSql(dialect, step.from)})`
  ].join(" ")

const testSql = (target: Target, test: Test): string => {
  const { dialect } = target
  switch (test.kind) {
    case "equals": {
      const values = test.values.map((value) => valueSql(target, test.column, value))
      const sql = columnSql(dialect, test.column)
      return values.length === 1
        ? `${sql} ${test.negated ? "<>" : "="} ${values.join("")}`
        : `${sql} ${test.negated ? "NOT IN" : "IN"} (${values.join(", ")})`
    }
    case "compares":
      return `${test.of.sql} ${test.operator} ${test.value}`
    case "between":
      return `${test.of.sql} BETWEEN ${test.low} AND ${test.high}`
    case "is":
      return SqlText.truth(
        dialect,
        columnSql(dialect, test.column),
        columnOf(target.index, test.column)?.type ?? "",
        test.truth
      )
    case "period": {
      const date = dateSql(target, test.column)
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
      return `${columnSql(dialect, test.column)} IS NOT NULL`
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
const dateSql = ({ dialect, index }: Target, date: ColumnReference): string => {
  const sql = columnSql(dialect, date)
  const isTyped = /date|time/i.test(columnOf(index, date)?.type ?? "")
  return dialect === "postgres" && !isTyped ? `CAST(${sql} AS timestamp)` : sql
}

// ---------------------------------------------------------------------------------------------------------------------
// what is shown

/** The columns of the SELECT, no two of one name. */
class Output {
  readonly columns: Array<string> = []
  readonly #target: Target
  readonly #aliases = new Set<string>()

  constructor(target: Target) {
    this.#target = target
  }

  /** Adds an expression; gives what ORDER BY may call it. */
  add(expression: string, label: string): string {
    const sql = dayText(this.#target, expression)
    const written = SqlText.name(this.#target.dialect, this.#alias(label))
    const isPlain = sql.endsWith(`.${written}`) && /^[\w."`]+$/.test(sql)
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
const dayText = ({ dialect, index }: Target, sql: string): string => {
  const column = /^(?:MIN|MAX)\((.*)\)$/.exec(sql)?.[1] ?? sql
  const isDay = index.tables.some(({ columns, name: table }) =>
    columns.some(({ name, type }) => /^date$/i.test(type) && columnSql(dialect, { table, column: name }) === column)
  )
  return isDay ? SqlText.day(dialect, sql) : sql
}

interface Written {
  readonly shown: ReadonlyArray<{ readonly sql: string; readonly label: string }>
  readonly group: ReadonlyArray<string>
}

const dimensionSql = (target: Target, dimension: Dimension): Result.Result<Written, string> => {
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
      const own = (labels.length > 0 ? labels : key === undefined ? [] : [key]).map((one) => one.name)
      const columns = [...new Set([...own, ...dimension.shown.map(({ column }) => column)])]
      const sqlOf = (column: string) => columnSql(dialect, { table: dimension.table, column })
      if (columns.length === 0) return Result.fail(`nothing names a row of ${dimension.table}`)
      // Two rows of one name are two rows: group by the key as well.
      const keys = key === undefined ? [] : [sqlOf(key.name)]
      return Result.succeed({
        shown: columns.map((column) => ({ sql: sqlOf(column), label: column })),
        group: [...new Set([...keys, ...columns.map(sqlOf)])]
      })
    }
  }
}

const measureSql = (
  { dialect, index }: Target,
  measure: Measure,
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

const orderBy = (
  target: Target,
  { by, list, measures, order }: Plan,
  labels: ReadonlyArray<string>,
  measured: ReadonlyMap<string, string>
): ReadonlyArray<string> => {
  const { dialect, index } = target
  const [first] = measures
  if (order === null) {
    if (list !== null) return []
    if (by.some((one) => one.kind === "grain")) return labels
    return by.length === 0 || first === undefined ? [] : [`${measured.get(first.label) ?? ""} DESC`, ...labels]
  }
  if (order.by.kind === "measure") {
    return [`${measured.get(order.by.measure.label) ?? ""} ${order.direction}`, ...labels]
  }
  const { column } = order.by
  const table = tableOf(index, column.table)
  const key = table === undefined ? undefined : keyColumn(index, table)
  const sql = columnSql(dialect, column)
  // Equal values keep one order from run to run.
  const tie =
    list === null || list.distinct || key === undefined
      ? []
      : [columnSql(dialect, { table: column.table, column: key.name })]
  // DISTINCT rows are ordered by what they show.
  const ordered = list?.distinct === true ? dayText(target, sql) : sql
  return [`${ordered} ${order.direction}`, ...tie.filter((one) => one !== sql)]
}
