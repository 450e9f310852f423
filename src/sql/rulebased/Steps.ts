/** How tables hang together: the steps from one to the next, and the shortest ways. */
import type { Step } from "./Plan.ts"
import { columnOf, isPlain, isSameColumn, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

const stepsFrom = (index: SchemaIndex, table: string): ReadonlyArray<Step> =>
  (index.links.get(table) ?? []).map(({ from, to }) => {
    if (from.table === table) return { from, to, many: false }
    const owner = tableOf(index, from.table)
    const column = columnOf(index, from)
    // A foreign key that is the primary key: one row for one.
    const single = column?.primaryKey === true && owner?.columns.filter((one) => one.primaryKey).length === 1
    return { from: to, to: from, many: !single }
  })

/** The tables that a table is related to in several ways. */
const parallelTo = (steps: ReadonlyArray<Step>): ReadonlySet<string> => {
  const tables = steps.map(({ to }) => to.table)
  return new Set(tables.filter((table, at) => tables.indexOf(table) < at))
}

/** Whether two tables are related in several ways. */
export const isParallel = (index: SchemaIndex, one: string, other: string): boolean =>
  parallelTo(stepsFrom(index, one)).has(other) || index.isForked(one, other)

/**
 * The shortest ways from a table to every other, as steps. Of two equally long, the one that multiplies fewer rows;
 * then the one whose keys are called like their tables, then the order in the schema decides. Two parallel relationships
 * (billing and shipping address) are both kept out: choosing one would be a guess, and a way around them another thing
 * (the addresses of whatever else is bought).
 */
export const pathsFrom = (index: SchemaIndex, start: string): ReadonlyMap<string, ReadonlyArray<Step>> => {
  const paths = new Map<string, ReadonlyArray<Step>>([[start, []]])
  const costs = new Map([[start, 0]])
  const around = parallelTo(stepsFrom(index, start))
  const queue = [start]
  for (let table = queue.shift(); table !== undefined; table = queue.shift()) {
    const here = paths.get(table) ?? []
    const steps = stepsFrom(index, table)
    const parallel = parallelTo(steps)
    for (const step of steps) {
      if (parallel.has(step.to.table) || around.has(step.to.table)) continue
      if (index.isForked(start, step.to.table)) continue
      const cost = (costs.get(table) ?? 0) + 1000 + (step.many ? 1 : isPlain(step) ? 0 : 0.5)
      if ((costs.get(step.to.table) ?? Number.POSITIVE_INFINITY) <= cost) continue
      paths.set(step.to.table, [...here, step])
      costs.set(step.to.table, cost)
      queue.push(step.to.table)
    }
  }
  return paths
}

/** Whether two steps go from and to the same columns. */
export const isSameStep = (one: Step, other: Step): boolean =>
  isSameColumn(one.from, other.from) && isSameColumn(one.to, other.to)
