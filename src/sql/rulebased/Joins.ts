/** Joins and subqueries along relationships, made so that no row is counted twice. */
import * as Result from "effect/Result"
import { type Context, sqlOf } from "./Choice.ts"
import type { Step } from "./SchemaIndex.ts"
import * as SqlText from "./SqlText.ts"

type Paths = ReadonlyMap<string, ReadonlyArray<Step>>

/** Adds the joins that lead to a table; fails if they would multiply rows. */
export const join = (joins: Map<string, Step>, paths: Paths, table: string): Result.Result<void, string> => {
  const path = paths.get(table)
  if (path === undefined) return Result.fail(`no relationship leads to ${table}`)
  if (path.some((step) => step.many)) return Result.fail(`joining ${table} would count rows more than once`)
  for (const step of path) joins.set(step.to.table, step)
  return Result.succeed(undefined)
}

/** Steps in an order in which each one's `from` is there already. */
export const ordered = (joins: ReadonlyMap<string, Step>): ReadonlyArray<Step> => {
  const left = new Map(joins)
  const steps: Array<Step> = []
  while (left.size > 0) {
    const [table, step] = [...left].find(([, one]) => !left.has(one.from.table)) ?? []
    if (table === undefined || step === undefined) break
    steps.push(step)
    left.delete(table)
  }
  return steps
}

/** One join as SQL. */
export const joinSql = (context: Context, { from, to }: Step): string =>
  `JOIN ${SqlText.name(context.dialect, to.table)} ON ${sqlOf(context.dialect, to)} = ${sqlOf(context.dialect, from)}`

// -----------------------------------------------------------------------------
// conditions on related rows

/** Conditions that rows on the far side of one multiplying step have to meet together. */
export interface Related {
  /** The step that would multiply rows: its `from` is here, its `to` is what the subquery selects. */
  readonly step: Step
  readonly joins: Map<string, Step>
  readonly where: Array<string>
}

/** Collects conditions over one multiplying step: "bought X last month" means one and the same order. */
export const relate = (
  related: Map<string, Related>,
  paths: Paths,
  table: string,
  sql: string | null
): Result.Result<string, string> => {
  const path = paths.get(table)
  const at = path?.findIndex((step) => step.many) ?? -1
  const step = path?.[at]
  if (path === undefined || step === undefined) return Result.fail(`no relationship leads to ${table}`)
  const key = JSON.stringify([step.from, step.to])
  const known = related.get(key) ?? { step, joins: new Map<string, Step>(), where: [] }
  for (const further of path.slice(at + 1)) known.joins.set(further.to.table, further)
  if (sql !== null) known.where.push(sql)
  related.set(key, known)
  return Result.succeed(key)
}

/** The conditions on related rows as one; `absent` when there must be none. */
export const relatedSql = (context: Context, { joins, step, where }: Related, absent: boolean): string => {
  const selected = sqlOf(context.dialect, step.to)
  // NOT IN with a NULL inside would be true for no row.
  const conditions = absent ? [...where, `${selected} IS NOT NULL`] : where
  const subquery = [
    `SELECT ${selected} FROM ${SqlText.name(context.dialect, step.to.table)}`,
    ...ordered(joins).map((one) => joinSql(context, one)),
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(" AND ")}`])
  ].join(" ")
  return `${sqlOf(context.dialect, step.from)} ${absent ? "NOT IN" : "IN"} (${subquery})`
}
