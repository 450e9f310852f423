/** The answers, computed over the rows; no SQL takes part. */
import { type Clause, eventTable, type Intent, ofKind, tableOf, up } from "./Intent.ts"
import type { Row, Value } from "./Rows.ts"
import { labelOf, type Table, type World } from "./World.ts"

/** What counts as right: rows of the essential columns, in any order unless ranked. */
export interface Expected {
  readonly rows: ReadonlyArray<ReadonlyArray<Value>>
  /** Groups that may be missing or there: nothing is in them. */
  readonly optional?: ReadonlyArray<ReadonlyArray<Value>>
  readonly rank?: { readonly n: number; readonly at: number; readonly dir: 1 | -1 }
  readonly otherwise?: ReadonlyArray<Expected>
}

/** Whether a row is meant. With `asListed`, a category is the things that the alias resource lists for it. */
const holds = (world: World, on: Table, row: Row, clause: Clause, asListed: boolean): boolean => {
  if (clause.kind === "related" || clause.kind === "relatedCount") {
    const table = tableOf(world, clause.table)
    const related = table.rows.filter((one) => up(world, table, one, on.name)?.["id"] === row["id"])
    if (clause.kind === "relatedCount") {
      return clause.op === ">" ? related.length > clause.n : related.length < clause.n
    }
    const some = related.some((one) => clause.inner.every((inner) => holds(world, table, one, inner, asListed)))
    return some !== clause.negated
  }
  const target = up(world, on, row, clause.table)
  if (target === null) return false
  switch (clause.kind) {
    case "value": {
      const table = tableOf(world, clause.table)
      const isCategory = ofKind(table, "category").some(({ name }) => name === clause.column)
      return asListed && isCategory
        ? Object.values(world.aliases).some(
            (alias) =>
              alias.canonical_name === target[labelOf(table)] && alias.categories.includes(clause.value.toLowerCase())
          )
        : target[clause.column] === clause.value
    }
    case "entity":
      return target["id"] === clause.id
    case "compare": {
      const value = target[clause.column]
      return typeof value === "number" && (clause.op === ">" ? value > clause.n : value < clause.n)
    }
    case "flag":
      return target[clause.column] === clause.value
    case "stock":
      return clause.none ? target[clause.column] === 0 : Number(target[clause.column]) > 0
    case "date": {
      const table = tableOf(world, clause.table)
      const event = eventTable(world)
      if (table.role === "person") {
        const inner = { ...clause, table: event.name }
        return holds(world, on, row, { kind: "related", table: event.name, negated: false, inner: [inner] }, asListed)
      }
      const value = String(target[ofKind(table, "eventDate")[0]?.name ?? ""])
      return value >= clause.from && value < clause.to
    }
  }
}

const aggregate = (
  fn: "sum" | "avg" | "min" | "max" | "count",
  rows: ReadonlyArray<Row>,
  column: string
): number | null => {
  if (fn === "count") return rows.length
  const all = rows.map((row) => row[column]).filter((value) => typeof value === "number")
  if (all.length === 0) return null
  const sum = all.reduce((left, right) => left + right, 0)
  return { sum, avg: sum / all.length, min: Math.min(...all), max: Math.max(...all) }[fn]
}

export const answer = (world: World, { clauses, head }: Intent, asListed = false): Expected => {
  const table = tableOf(world, head.table)
  const rows = table.rows.filter((row) => clauses.every((clause) => holds(world, table, row, clause, asListed)))
  const belonging = (one: Row, of: Table) => rows.filter((row) => up(world, table, row, of.name)?.["id"] === one["id"])
  switch (head.kind) {
    case "count":
      return scalar(rows.length)
    case "list":
      return { rows: rows.map((row) => [row[labelOf(table)] ?? null]) }
    case "agg":
      return scalar(aggregate(head.fn, rows, head.column))
    case "term":
    case "bare":
      return scalar(aggregate("sum", rows, head.column))
    case "product": {
      const thing = world.tables.find(({ role }) => role === "thing")
      const price = thing === undefined ? "" : (ofKind(thing, "amount")[0]?.name ?? "")
      const products = rows.flatMap((row) => {
        const [count, each] = [row[head.column], up(world, table, row, thing?.name ?? "")?.[price]]
        return typeof count === "number" && typeof each === "number" ? [{ product: count * each }] : []
      })
      return scalar(aggregate("sum", products, "product"))
    }
    case "fanned":
    case "two": {
      const lines = tableOf(world, "lines")
      const pieces = lines.rows.filter((line) =>
        rows.some(({ id }) => up(world, lines, line, table.name)?.["id"] === id)
      )
      const [sum, other] = [aggregate("sum", rows, head.column), aggregate("sum", pieces, "pieces")]
      if (head.kind === "two") return { rows: [[sum, other]] }
      return scalar(sum === null || other === null ? null : sum + other)
    }
    case "avgOfCounted": {
      const counted = rows.filter((row) => row["status"] === head.value)
      return scalar(aggregate("avg", counted, head.column))
    }
    case "topOwn":
    case "superlative": {
      const all = rows.filter((row) => row[head.column] !== null)
      return {
        rows: all.map((row) => [row[labelOf(table)] ?? null, row[head.column] ?? null]),
        rank: { n: head.n, at: 1, dir: head.dir }
      }
    }
    case "topTerm": {
      const by = tableOf(world, head.by)
      const sums = by.rows.map((one) => [one[labelOf(by)] ?? null, aggregate("sum", belonging(one, by), head.column)])
      return { rows: sums.filter(([, sum]) => sum !== null), rank: { n: head.n, at: 1, dir: -1 } }
    }
    case "countDistinct":
      return scalar(new Set(rows.map((row) => up(world, table, row, head.by)?.["id"])).size)
    case "superlativeEach": {
      const best = new Map<Value, number>()
      for (const row of rows) {
        const [group, value] = [row[head.by] ?? null, row[head.column]]
        if (typeof value === "number") best.set(group, Math.max(best.get(group) ?? value, value))
      }
      const found = rows.filter(
        (row) => row[head.column] !== null && row[head.column] === best.get(row[head.by] ?? null)
      )
      return { rows: found.map((row) => [row[head.by] ?? null, row[labelOf(table)] ?? null]) }
    }
    case "group": {
      const by = tableOf(world, head.by.table)
      // Names are of rows, other columns are values.
      const keyOf = (row: Row) => (head.by.column === labelOf(by) ? String(row["id"]) : String(row[head.by.column]))
      const groups = new Map(
        by.rows.map((one) => [keyOf(one), { key: one[head.by.column] ?? null, rows: new Array<Row>() }])
      )
      for (const row of rows) {
        const one = up(world, table, row, by.name)
        if (one !== null) groups.get(keyOf(one))?.rows.push(row)
      }
      const written = [...groups.values()].map((one) => ({
        row: [one.key, aggregate(head.fn, one.rows, head.column)],
        isEmpty: one.rows.length === 0
      }))
      return {
        rows: written.filter(({ isEmpty }) => !isEmpty).map(({ row }) => row),
        optional: written.filter(({ isEmpty }) => isEmpty).map(({ row }) => row)
      }
    }
  }
}

/** Nothing to add up is NULL, 0 or no row. */
const scalar = (value: Value): Expected => ({
  rows: [[value]],
  ...(value === null ? { otherwise: [{ rows: [[0]] }, { rows: [] }] } : {})
})

// ---------------------------------------------------------------------------------------------------------------------
// comparing

const plain = (value: unknown): string =>
  value === null || value === undefined
    ? "null"
    : typeof value === "number"
      ? String(Number(value.toFixed(4)))
      : String(value)

const keyOf = (row: ReadonlyArray<unknown>): string => JSON.stringify(row.map(plain))

/** Every way to pick `wanted` of `width` columns. */
const choices = (
  wanted: number,
  width: number,
  picked: ReadonlyArray<number> = []
): ReadonlyArray<ReadonlyArray<number>> =>
  picked.length === wanted
    ? [picked]
    : Array.from({ length: width }, (_, at) => at)
        .filter((at) => !picked.includes(at))
        .flatMap((at) => choices(wanted, width, [...picked, at]))

/** Takes each row out of the bag once; false for one that is not in it. */
const takeAll = (bag: Map<string, number>, rows: ReadonlyArray<ReadonlyArray<unknown>>): boolean =>
  rows.every((row) => {
    const left = bag.get(keyOf(row)) ?? 0
    bag.set(keyOf(row), left - 1)
    return left > 0
  })

const bagOf = (rows: ReadonlyArray<ReadonlyArray<unknown>>): Map<string, number> => {
  const bag = new Map<string, number>()
  for (const row of rows) bag.set(keyOf(row), (bag.get(keyOf(row)) ?? 0) + 1)
  return bag
}

/** True if some choice of the columns has the expected rows. Ranked: the right values in order; ties are free. */
export const isRight = (got: ReadonlyArray<ReadonlyArray<unknown>>, width: number, expected: Expected): boolean => {
  if ((expected.otherwise ?? []).some((one) => isRight(got, width, one))) return true
  const wanted =
    expected.rows[0]?.length ??
    (expected.rank === undefined ? undefined : expected.rank.at + 1) ??
    expected.optional?.[0]?.length ??
    1
  if (got.length === 0 && expected.rows.length === 0) return true
  return choices(wanted, width).some((places) => {
    const rows = got.map((row) => places.map((at) => row[at]))
    if (expected.rank === undefined) {
      const needed = bagOf(expected.rows)
      const isNeeded = (row: ReadonlyArray<unknown>) => takeAll(needed, [row])
      const spare = rows.filter((row) => !isNeeded(row))
      const missing = bagOf(expected.rows)
      takeAll(missing, rows)
      return [...missing.values()].every((left) => left <= 0) && takeAll(bagOf(expected.optional ?? []), spare)
    }
    const { at, dir, n } = expected.rank
    const best = expected.rows
      .map((row) => Number(row[at]))
      .toSorted((left, right) => dir * (left - right))
      .slice(0, n)
    // Where there are fewer than asked for, those without a value may fill the end.
    const valued = dir === -1 && rows.length <= n ? rows.filter((row) => row[at] !== null) : rows
    const values = valued.map((row) => plain(row[at]))
    return (
      valued.length >= best.length &&
      takeAll(bagOf(expected.rows), valued) &&
      best.every((value, place) => values[place] === plain(value)) &&
      // Ties with the last may be shown as well.
      values.slice(best.length).every((value) => value === plain(best.at(-1)))
    )
  })
}
