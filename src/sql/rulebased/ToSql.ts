/**
 * A plan as one SELECT: a fold over all of it, as `ToWords` is. Joins follow relationships and never multiply rows:
 * what stands on the far side of such a join is in a subquery.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../SqlGenerator.ts"
import { type Condition, type Measure, type Plan, type Step, tablesOf } from "./Plan.ts"
import { keyColumn, tableOf } from "./SchemaIndex.ts"
import { dayText, dimensionSql, listedLabel, listedSql, measureSql, Output, type Target } from "./Shown.ts"
import { nameSql } from "../SqlName.ts"
import { columnSql } from "./SqlText.ts"
import { testSql } from "./Tests.ts"

/** A statement, and what of it each part of its plan became, as it is written there. */
export interface Statement {
  readonly sql: string
  /** What is computed or listed. */
  readonly shown: string
  readonly group: string
  /** One for each condition of the plan, and so on. */
  readonly where: ReadonlyArray<string>
  readonly having: ReadonlyArray<string>
  readonly order: string
  readonly best: string
  readonly limit: string
}

/** Fails where a row would be counted twice, or where nothing names what is shown. `maxRows` bounds lists. */
export const toSql = (target: Target, plan: Plan, maxRows: number): Result.Result<Statement, string> =>
  Result.gen(function* () {
    const { dialect } = target
    const scope = new Set([plan.base, ...plan.joins.map(({ to }) => to.table)])
    const output = new Output(target)
    const group: Array<string> = []
    const labels: Array<string> = []
    const partition: Array<string> = []
    let owners = 0
    for (const [at, dimension] of plan.by.entries()) {
      const written = yield* dimensionSql(target, dimension)
      group.push(...written.group)
      for (const { label, sql } of written.shown) labels.push(output.add(sql, label))
      if (at >= (plan.best?.of ?? 0)) continue
      partition.push(...written.group)
      owners = output.names.length
    }
    const grouped = output.columns.length
    const written = new Map<string, string>()
    const measured = new Map<string, string>()
    for (const measure of plan.measures) {
      const sql = yield* computedSql(target, measure, plan, scope)
      written.set(measure.label, sql)
      measured.set(measure.label, output.add(sql, measure.label.toLowerCase()))
    }
    for (const column of plan.list?.columns ?? [])
      labels.push(output.add(listedSql(dialect, column), listedLabel(column)))
    if (plan.list !== null) {
      for (const condition of plan.where) {
        if (condition.kind === "counted") output.add(yield* countSql(target, condition), `number_of_${condition.table}`)
      }
    }
    const where = yield* conditionsSql(target, plan.where, scope)
    const having = plan.having.map(
      ({ measure, operator, value }) => `${written.get(measure.label) ?? ""} ${operator} ${value}`
    )
    const count = plan.limit?.count ?? (plan.list === null ? null : maxRows + 1)
    const skipped = plan.limit?.skipped === undefined ? "" : ` OFFSET ${plan.limit.skipped}`
    const limit = count === null ? null : `LIMIT ${count}${skipped}`
    const best = bestSql(target, plan, partition, written)
    const shown = [...output.names]
    const place = best === null ? "" : output.add(best, "place")
    const order = best === null ? orderBy(target, plan, labels, measured, written) : [...shown.slice(0, owners), place]
    const inner = [
      `SELECT ${plan.list?.distinct === true ? "DISTINCT " : ""}${output.columns.join(", ")}`,
      `FROM ${nameSql(dialect, plan.base)}`,
      ...plan.joins.map((step) => `${plan.optional.includes(step.to.table) ? "LEFT " : ""}${joinSql(dialect, step)}`),
      ...(where.length === 0 ? [] : [`WHERE ${where.join(" AND ")}`]),
      ...(group.length === 0 || plan.list !== null ? [] : [`GROUP BY ${group.join(", ")}`]),
      ...(having.length === 0 ? [] : [`HAVING ${having.join(" AND ")}`])
    ]
    const sql = [
      ...(best === null
        ? inner
        : [
            `SELECT ${shown.join(", ")}`,
            `FROM (${inner.join(" ")}) AS placed`,
            `WHERE ${place} <= ${plan.best?.count}`
          ]),
      ...(order.length === 0 ? [] : [`ORDER BY ${order.join(", ")}`]),
      ...(limit === null ? [] : [limit])
    ].join("\n")
    return {
      sql,
      shown: output.columns.slice(grouped, shown.length).join(", "),
      best: `${place} <= ${plan.best?.count}`,
      group: group.join(", "),
      where,
      having,
      order: best ?? order.join(", "),
      limit: limit ?? ""
    }
  })

const computedSql = (
  target: Target,
  { of, ...measure }: Measure,
  plan: Plan,
  scope: ReadonlySet<string>
): Result.Result<string, string> => {
  if (of.kind === "average") {
    if (of.related === null) return Result.fail(`${measure.label} is of nothing`)
    return Result.map(countSql(target, { related: of.related, where: [] }), (count) =>
      of.isOfAny ? `AVG(NULLIF(${count}, 0))` : `AVG(${count})`
    )
  }
  if (of.kind === "sides") {
    return Result.map(Result.all(of.ways.map((way) => countSql(target, way))), (counts) => `SUM(${counts.join(" + ")})`)
  }
  if (of.kind !== "share") return measureSql(target, { ...measure, of }, plan, scope)
  if (of.table !== plan.base) return Result.fail(`${measure.label} cannot be told for rows of ${plan.base}`)
  return Result.map(conditionsSql(target, of.where, new Set([of.table])), (where) => {
    const test = where.join(" AND ")
    // What one number of a row is beside another nobody knows while one is missing: a match that has not been played.
    const isOpen = of.where.some(
      (one) => one.kind === "holds" && one.test.kind === "compares" && one.test.of.column === null
    )
    return `AVG(CASE WHEN ${test} THEN 100.0 ${isOpen ? `WHEN NOT (${test}) THEN 0` : "ELSE 0"} END)`
  })
}

const joinSql = (dialect: Dialect, { from, to }: Step): string =>
  `JOIN ${nameSql(dialect, to.table)} ON ${columnSql(dialect, to)} = ${columnSql(dialect, from)}`

// -----------------------------------------------------------------------------
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
    case "either":
    case "all": {
      const joint = condition.kind === "all" ? " AND " : " OR "
      return Result.map(conditionsSql(target, condition.where, scope), (where) => `(${where.join(joint)})`)
    }
    case "counted": {
      const { operator, related, value } = condition
      const other =
        typeof value === "number" ? Result.succeed(String(value)) : countSql(target, { related, where: value })
      return Result.map(Result.all([countSql(target, condition), other]), (counts) => counts.join(` ${operator} `))
    }
    case "exists": {
      const { joins, step } = condition.related
      const inner = new Set([step.to.table, ...joins.map(({ to }) => to.table)])
      const selected = columnSql(dialect, step.to)
      return Result.map(conditionsSql(target, condition.where, inner), (where) => {
        // NOT IN with a NULL inside would be true for no row.
        const all = condition.negated ? [...where, `${selected} IS NOT NULL`] : where
        const subquery = [
          `SELECT ${selected} FROM ${nameSql(dialect, step.to.table)}`,
          ...joins.map((one) => joinSql(dialect, one)),
          ...(all.length === 0 ? [] : [`WHERE ${all.join(" AND ")}`])
        ].join(" ")
        return `${columnSql(dialect, step.from)} ${condition.negated ? "NOT IN" : "IN"} (${subquery})`
      })
    }
  }
}

const countSql = (
  target: Target,
  { related: { joins, step }, where }: Pick<Condition & { readonly kind: "counted" }, "related" | "where">
): Result.Result<string, string> => {
  const { dialect } = target
  const inner = new Set([step.to.table, ...joins.map(({ to }) => to.table)])
  return Result.map(conditionsSql(target, where, inner), (tests) =>
    [
      `(SELECT COUNT(*) FROM ${nameSql(dialect, step.to.table)}`,
      ...joins.map((one) => joinSql(dialect, one)),
      `WHERE ${[`${columnSql(dialect, step.to)} = ${columnSql(dialect, step.from)}`, ...tests].join(" AND ")})`
    ].join(" ")
  )
}

/** The place of a row or a group among those of the same group; equal ones share it. */
const bestSql = (
  { dialect }: Target,
  { best, order }: Plan,
  partition: ReadonlyArray<string>,
  written: ReadonlyMap<string, string>
): string | null => {
  if (best === null || order === null) return null
  const by = order.by.kind === "column" ? columnSql(dialect, order.by.column) : written.get(order.by.measure.label)
  const all = [...unknownLast(dialect, order, written), `${by} ${order.direction}`].join(", ")
  return `RANK() OVER (PARTITION BY ${partition.join(", ")} ORDER BY ${all})`
}

/** A group of which nothing is known is neither the highest nor the lowest, wherever the database puts it. */
const unknownLast = (
  dialect: Dialect,
  { by, direction }: NonNullable<Plan["order"]>,
  written: ReadonlyMap<string, string>
): ReadonlyArray<string> => {
  const isFirst = direction === (dialect === "postgres" ? "DESC" : "ASC")
  return isFirst && by.kind === "measure" && by.measure.of.kind === "expression"
    ? [`${written.get(by.measure.label)} IS NULL`]
    : []
}

const orderBy = (
  target: Target,
  { by, list, measures, order }: Plan,
  labels: ReadonlyArray<string>,
  measured: ReadonlyMap<string, string>,
  written: ReadonlyMap<string, string>
): ReadonlyArray<string> => {
  const { dialect, index } = target
  const [first] = measures
  if (order === null) {
    if (list !== null) return []
    if (by.some((one) => one.kind === "grain")) return labels
    return by.length === 0 || first === undefined ? [] : [`${measured.get(first.label) ?? ""} DESC`, ...labels]
  }
  if (order.by.kind === "measure") {
    const by = `${measured.get(order.by.measure.label) ?? ""} ${order.direction}`
    return [...unknownLast(dialect, order, written), by, ...labels]
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
