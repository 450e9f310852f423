/** What is asked, before there are words for it: a head and some clauses. */
import { type Random } from "./Random.ts"
import type { Row } from "./Rows.ts"
import { type Column, labelOf, type Table, type World } from "./World.ts"
import * as Option from "effect/Option"

export type Head =
  | { readonly kind: "count" | "list"; readonly table: string }
  | {
      readonly kind: "agg"
      readonly fn: "sum" | "avg" | "min" | "max"
      readonly table: string
      readonly column: string
    }
  /** The mapped sum, or the mapped bare column of which a sum is meant. */
  | { readonly kind: "term" | "bare"; readonly table: string; readonly column: string }
  /** The mapped sum over two tables, and the one that no join can compute. */
  | { readonly kind: "product" | "fanned"; readonly table: string; readonly column: string }
  /** Two sums of two tables, one of which has several rows for each of the other. */
  | { readonly kind: "two"; readonly table: string; readonly column: string }
  /** "average fee of cancelled ones", where that is mapped to a COUNT. */
  | { readonly kind: "avgOfCounted"; readonly table: string; readonly column: string; readonly value: string }
  | {
      readonly kind: "topOwn" | "superlative"
      readonly table: string
      readonly column: string
      readonly n: number
      readonly dir: 1 | -1
    }
  | {
      readonly kind: "topTerm"
      readonly table: string
      readonly by: string
      readonly column: string
      readonly n: number
    }
  /** Things that the rows belong to, each once. */
  | { readonly kind: "countDistinct"; readonly table: string; readonly by: string }
  | { readonly kind: "superlativeEach"; readonly table: string; readonly column: string; readonly by: string }
  | {
      readonly kind: "group"
      readonly fn: "count" | "sum" | "avg"
      readonly table: string
      readonly column: string
      readonly by: { readonly table: string; readonly column: string }
    }

export type Clause =
  | {
      readonly kind: "value"
      readonly table: string
      readonly column: string
      readonly value: string
      readonly quoted: boolean
    }
  | {
      readonly kind: "entity"
      readonly table: string
      readonly id: number
      readonly said: string
      readonly quoted: boolean
    }
  | {
      readonly kind: "compare"
      readonly table: string
      readonly column: string
      readonly op: ">" | "<"
      readonly n: number
      readonly named: boolean
    }
  | { readonly kind: "flag"; readonly table: string; readonly column: string; readonly value: 0 | 1 }
  | { readonly kind: "date"; readonly table: string; readonly said: string; readonly from: string; readonly to: string }
  | { readonly kind: "stock"; readonly table: string; readonly column: string; readonly none: boolean }
  /** "with more than 2 orders" */
  | { readonly kind: "relatedCount"; readonly table: string; readonly op: ">" | "<"; readonly n: number }
  | {
      readonly kind: "related"
      readonly table: string
      readonly negated: boolean
      readonly inner: ReadonlyArray<Clause>
    }

export interface Intent {
  readonly head: Head
  readonly clauses: ReadonlyArray<Clause>
  /** Seeds the choice of phrasings. */
  readonly style: number
}

export const tableOf = (world: World, name: string): Table =>
  Option.getOrThrow(Option.fromNullishOr(world.tables.find((one) => one.name === name)))

export const ofKind = (table: Table, ...kinds: ReadonlyArray<Column["kind"]>): ReadonlyArray<Column> =>
  table.columns.filter(({ kind }) => kinds.includes(kind))

export const eventTable = (world: World): Table =>
  Option.getOrThrow(Option.fromNullishOr(world.tables.find(({ role }) => role === "event")))

/** The row of `table` that a row belongs to, over any number of foreign keys. */
export const up = (world: World, from: Table, row: Row, table: string): Row | null => {
  if (from.name === table) return row
  for (const key of ofKind(from, "fk")) {
    const target = tableOf(world, key.ref ?? "")
    const next = target.rows.find(({ id }) => id === row[key.name])
    const found = next === undefined ? null : up(world, target, next, table)
    if (found !== null) return found
  }
  return null
}

const isAbove = (world: World, from: Table, table: string): boolean =>
  from.name === table || ofKind(from, "fk").some(({ ref }) => isAbove(world, tableOf(world, ref ?? ""), table))

const periods = (today: string): ReadonlyArray<readonly [said: string, from: string, to: string]> => {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7))
  const start = (y: number, m: number) => new Date(Date.UTC(y, m - 1, 1)).toISOString().slice(0, 10)
  const quarter = Math.floor((month - 1) / 3) * 3 + 1
  return [
    ["in 2025", "2025-01-01", "2026-01-01"],
    ["this year", start(year, 1), start(year + 1, 1)],
    ["last year", start(year - 1, 1), start(year, 1)],
    ["last month", start(year, month - 1), start(year, month)],
    ["in March 2026", "2026-03-01", "2026-04-01"],
    ["last quarter", start(year, quarter - 3), start(year, quarter)],
    ["since 2026-02-01", "2026-02-01", "9999-01-01"]
  ]
}

export const makeIntent = (world: World, random: Random): Intent => {
  const head = makeHead(world, random)
  const wanted = random.pick([0, 1, 1, 1, 2, 2])
  const drawn: Array<Clause> = []
  for (let at = 0; at < wanted; at++) {
    const one = makeClause(world, random, tableOf(world, head.table), 0)
    if (one !== null && !drawn.some((other) => slotOf(other) === slotOf(one))) drawn.push(one)
  }
  const isRelated = (clause: Clause) => clause.kind === "related" || clause.kind === "relatedCount"
  const hasRelated = drawn.some(isRelated)
  const hasStock = drawn.some(({ kind }) => kind === "stock")
  const clauses = drawn.filter(
    (clause) =>
      // "revenue for each course over 60": three things may be over 60.
      !((head.kind === "group" || head.kind === "topTerm") && clause.kind === "compare" && !clause.named) &&
      // "with stock over 60": the stock is.
      !(hasStock && clause.kind === "compare" && !clause.named) &&
      // "members this year without orders": whose year is it?
      !(hasRelated && clause.kind === "date")
  )
  return {
    head,
    // What follows "with orders" would be about the orders.
    clauses: clauses.toSorted((one, other) => Number(isRelated(one)) - Number(isRelated(other))),
    style: random.int(1_000_000)
  }
}

const makeHead = (world: World, random: Random): Head => {
  const event = eventTable(world)
  const amount = ofKind(event, "amount")[0]?.name ?? ""
  const thing = world.tables.find(({ role }) => role === "thing")
  const price = thing === undefined ? "" : (ofKind(thing, "amount")[0]?.name ?? "")
  const named = world.tables.filter(({ role }) => role !== "event" && role !== "line")
  const table = random.pick([...world.tables, event])
  const numbers = ofKind(table, "amount", "quantity").map(({ name }) => name)
  const count: Head = { kind: "count", table: table.name }
  switch (random.int(15)) {
    case 2:
    case 3:
      return { kind: "list", table: table.name }
    case 4: {
      const fns = ["avg", "min", "max", ...(table.role === "event" ? (["sum"] as const) : [])] as const
      return numbers.length === 0
        ? count
        : { kind: "agg", fn: random.pick(fns), table: table.name, column: random.pick(numbers) }
    }
    case 5:
      return { kind: "term", table: event.name, column: amount }
    case 6:
      return { kind: "bare", table: event.name, column: amount }
    case 7: {
      const value = world.terms.counted?.split(" ")[0]
      return value === undefined ? count : { kind: "avgOfCounted", table: event.name, column: amount, value }
    }
    case 8:
      if (thing === undefined) return count
      return random.chance(0.5)
        ? { kind: "superlative", table: thing.name, column: price, n: 1, dir: random.pick([1, -1] as const) }
        : { kind: "topOwn", table: thing.name, column: price, n: 2 + random.int(3), dir: -1 }
    case 9:
      return {
        kind: "topTerm",
        table: event.name,
        by: random.pick(named).name,
        column: amount,
        n: 2 + random.int(2)
      }
    case 10:
      return thing === undefined ? count : { kind: "superlativeEach", table: thing.name, column: price, by: "category" }
    case 11: {
      const kinds = world.tables
        .filter((one) => isAbove(world, event, one.name))
        .flatMap((one) =>
          ofKind(one, "category", "status", "country").map(({ name }) => ({ table: one.name, column: name }))
        )
      const fn = random.pick(["count", "sum", "avg"] as const)
      const names = named.map((one) => ({ table: one.name, column: labelOf(one) }))
      return {
        kind: "group",
        fn,
        table: event.name,
        column: amount,
        by: random.chance(0.6) ? random.pick(kinds) : random.pick(names)
      }
    }
    case 12:
      return { kind: "countDistinct", table: event.name, by: random.pick(named).name }
    case 13:
      if (world.terms.product === null) return count
      return { kind: "product", table: event.name, column: ofKind(event, "quantity")[0]?.name ?? "" }
    case 14:
      if (world.terms.fanned === null) return count
      return { kind: random.pick(["fanned", "two"] as const), table: event.name, column: amount }
    default:
      return count
  }
}

const slotOf = (clause: Clause): string =>
  "column" in clause
    ? `${clause.table}.${clause.column}`
    : clause.kind === "entity"
      ? `entity ${clause.table}`
      : clause.kind

const makeClause = (world: World, random: Random, on: Table, depth: number): Clause | null => {
  const event = eventTable(world)
  const above = world.tables.filter((one) => isAbove(world, on, one.name))
  const quoted = random.chance(0.2)
  switch (random.int(depth > 0 ? 8 : 10)) {
    case 0:
    case 1: {
      const found = above.flatMap((one) =>
        ofKind(one, "category", "status", "country", "code").map((column) => ({ one, column }))
      )
      if (found.length === 0) return null
      const { column, one } = random.pick(found)
      const value =
        column.kind === "code" ? String(random.pick(one.rows)[column.name]) : random.pick(column.values ?? [""])
      return { kind: "value", table: one.name, column: column.name, value, quoted }
    }
    case 2:
    case 3: {
      const found = above.filter((one) => one !== on && labelOf(one) !== "id")
      if (found.length === 0) return null
      const one = random.pick(found)
      const row = random.pick(one.rows)
      const name = row[labelOf(one)]
      if (one.rows.filter((other) => other[labelOf(one)] === name).length > 1) return null
      const alias = Object.values(world.aliases).find(({ canonical_name }) => canonical_name === name)?.aliases[0]
      const said = alias !== undefined && random.chance(0.5) ? alias : String(name)
      return { kind: "entity", table: one.name, id: Number(row["id"]), said, quoted }
    }
    case 4: {
      const found = ofKind(on, "amount", "quantity")
      if (found.length === 0) return null
      const one = random.pick(found)
      return {
        kind: "compare",
        table: on.name,
        column: one.name,
        op: random.pick([">", "<"] as const),
        n: one.kind === "amount" ? 40 + 20 * random.int(15) : 2 + random.int(6),
        named: random.chance(0.7) || one.kind !== "amount"
      }
    }
    case 5: {
      const [column] = random.shuffle(ofKind(on, "flag"))
      if (column === undefined) return null
      return { kind: "flag", table: on.name, column: column.name, value: random.int(3) === 0 ? 0 : 1 }
    }
    case 6:
    case 7: {
      // "customers in 2025" are those of whom there is an event in 2025; never those born, hired or signed up then.
      if (on !== event && !(on.role === "person" && random.chance(0.25))) return makeRelated(world, random, on)
      const [said, from, to] = random.pick(periods(world.today))
      return { kind: "date", table: on.name, said, from, to }
    }
    case 8: {
      const [stock] = ofKind(on, "stock")
      return stock === undefined
        ? null
        : { kind: "stock", table: on.name, column: stock.name, none: random.chance(0.6) }
    }
    default:
      return makeRelated(world, random, on)
  }
}

/** With or without something that happened, maybe of a certain kind. */
const makeRelated = (world: World, random: Random, on: Table): Clause | null => {
  const event = eventTable(world)
  const line = world.tables.find(({ role }) => role === "line")
  const table = on === event ? line : event
  if (table === undefined || !isAbove(world, table, on.name) || table === on) return null
  if (random.chance(0.25)) {
    return { kind: "relatedCount", table: table.name, op: random.chance(0.7) ? ">" : "<", n: 1 + random.int(4) }
  }
  const one = random.chance(0.65) ? makeClause(world, random, table, 1) : null
  // The other end, not the subject itself.
  const isInner = one !== null && one.table !== on.name && one.kind !== "related" && one.kind !== "relatedCount"
  return { kind: "related", table: table.name, negated: random.chance(0.5), inner: isInner ? [one] : [] }
}
