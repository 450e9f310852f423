/** What rows or groups are ordered by, and how many of them are asked for. */
import { isSameGroup, type Subject } from "./Asked.ts"
import { rowsOf } from "./Aggregates.ts"
import { type Context } from "./Meaning.ts"
import type { Part, Target } from "./Parts.ts"
import { referringTo } from "./Paths.ts"
import { shift } from "./Days.ts"
import type { Condition, Dimension, Measure, OrderTarget, Owned, Plan, Test } from "./Plan.ts"
import { extreme, isSumOf, propertyColumn, summed } from "./Targets.ts"
import type { Direction, Property } from "./Lexicon.ts"
import { playedTest } from "./Scores.ts"
import { columnOf, labelColumns, tableOf } from "./SchemaIndex.ts"
import { isDate } from "../../grounding/ColumnWords.ts"

export interface Ranked {
  readonly order: (Owned & { readonly by: OrderTarget; readonly direction: Direction }) | null
  readonly limit: Plan["limit"]
  /** Each group has its own best, so many of them. */
  readonly best: (Owned & { readonly count: number }) | null
  /** What has to be computed to rank by it. */
  readonly measure: (Owned & Measure) | null
  /** Each of the subject is ranked, by a measure. */
  readonly isOfSubject: boolean
  readonly problems: ReadonlyArray<string>
}

interface Asked {
  readonly subject: Subject | null
  readonly measures: ReadonlyArray<Owned & Measure>
  readonly sold: Measure | null
  /** By what beside the subject. */
  readonly grouped: ReadonlyArray<Part & { readonly kind: "grouped" }>
  readonly isTrade: boolean
}

const nothing: Ranked = { order: null, limit: null, best: null, measure: null, isOfSubject: false, problems: [] }

/** "top 5 products by revenue", "the cheapest plan", "which customer has the most orders", "the highest fee". */
export const rankOf = (context: Context, parts: ReadonlyArray<Part>, asked: Asked): Ranked => {
  const ranks = parts.filter((part) => part.kind === "rank")
  const [first] = ranks
  if (first?.kind !== "rank") return nothing
  const { grouped, measures, subject } = asked
  const isGrouped = grouped.length > 0
  const tokens = ranks.flatMap((rank) => rank.tokens)
  const fail = (problem: string): Ranked => ({ ...nothing, problems: [problem] })
  const sorted = parts.find((part) => part.kind === "sort" && part.target !== null)
  const given = ranks.flatMap((rank) =>
    rank.kind === "rank" &&
    rank.target !== null &&
    !(sorted?.kind === "sort" && sorted.target !== null && isSaidBy(sorted.target, rank.target))
      ? [rank]
      : []
  )
  if (given.length > 1) return fail("several things to rank by are named")
  const counts = ranks.flatMap((rank) => (rank.kind === "rank" && rank.count !== null ? [rank.count] : []))
  const limits = parts.flatMap((part) => (part.kind === "limit" ? [part] : []))
  const count = counts[0] ?? limits[0]?.count ?? null
  const isBest = isGrouped && subject !== null
  if (isBest && !isOfEach(grouped, subject, count)) {
    return fail(
      `"${first.text}" may be one of all, or one or several of each ${grouped.map(({ text }) => text).join()}`
    )
  }
  if (isBest && measures.length > 0) return fail("a total over the first of each group needs two steps")
  // "the revenue of the top 5 products": of each, or of all five?
  if (measures.length > 0 && given.length === 0 && sorted === undefined && (count ?? 1) > 1) {
    return fail("a total over ranked rows needs two steps")
  }
  const [place, ...places] = ranks.flatMap((rank) => (rank.kind === "rank" ? (rank.place ?? []) : []))
  const isOne = count === null && !isGrouped && subject !== null && !subject.isPlural && places.length === 0
  if (place !== undefined && !isOne) return fail(`"${first.text}" is one, and it is not said of what`)
  const property = given[0]?.target ?? null
  const target: Target | null =
    property ??
    (sorted?.kind === "sort" ? sorted.target : null) ??
    (measures[0] === undefined
      ? asked.isTrade && asked.sold !== null
        ? { kind: "measure", measure: asked.sold }
        : null
      : { kind: "measure", measure: measures[0] })
  const table = subject?.of.kind === "table" ? subject.of.table : null
  const by =
    target?.kind !== "property"
      ? target
      : target.property === "rows"
        ? subject === null
          ? null
          : rowsTarget(context, subject)
        : table === null
          ? null
          : (dateSaid(context, parts, table, target.property) ?? propertyColumn(context, table, target.property))
  if (by === null) {
    return fail(
      target?.kind === "property"
        ? `the schema has no single ${target.property} to rank by`
        : "it is not said what to rank by"
    )
  }
  const { direction } = first
  const best = isBest ? { tokens: limits.flatMap((one) => one.tokens), count: count ?? 1 } : null
  const limit = isBest
    ? null
    : count !== null
      ? { tokens: limits.flatMap((one) => one.tokens), count }
      : subject?.isPlural === true
        ? null
        : { tokens: [], count: 1, ...(place === undefined ? {} : { skipped: place - 1 }) }
  if (by.kind === "column" && subject === null) {
    // "the highest order value": a number, not a row.
    return isGrouped || measures.length > 0 || (count ?? 1) > 1
      ? fail("it is not said what is ranked")
      : { ...nothing, measure: { ...extreme(context, by.column, direction), tokens } }
  }
  if (by.kind === "column" && by.column.table === table && measures.length === 0) {
    return { ...nothing, order: { tokens, by, direction }, limit, best }
  }
  if (by.kind === "column" && sorted === undefined && !(given[0]?.addsUp ?? true)) {
    return fail(`"${first.text}" of several ${by.column.table} may be one number or all together`)
  }
  const measure = by.kind === "measure" ? by.measure : summed(context, by.column)
  if (typeof measure === "string") return fail(measure)
  if (subject === null)
    return fail(`it is not said what has the ${direction === "DESC" ? "highest" : "lowest"} ${measure.label}`)
  const isSum =
    /^(?:fewest|least)\b/i.test(first.text) && measure.of.kind === "expression" && measure.of.sql.startsWith("SUM(")
  const isOwn = subject.of.kind === "table" && measure.tables.every((one) => one === table)
  if (direction === "ASC" && (measure.of.kind === "rows" || (isSum && !isOwn)) && subject.of.kind === "table") {
    return fail(`${subject.text} that have no ${measure.label.replace("number of ", "")} at all would be left out`)
  }
  const known = measures.find(({ label }) => label === measure.label)
  return {
    order: { tokens, by: { kind: "measure", measure }, direction },
    limit,
    best,
    measure: known === undefined ? { ...measure, tokens } : null,
    isOfSubject: true,
    problems: []
  }
}

/** "Which object was acquired earliest?": by the date that the verb is of, whatever other dates there are. */
const dateSaid = (
  { index }: Context,
  parts: ReadonlyArray<Part>,
  table: string,
  property: Property
): OrderTarget | null => {
  const [said, ...others] = parts.flatMap((part) => {
    const wish = part.kind === "wish" ? part.wish : null
    const isKnown = wish?.kind === "test" && wish.test.kind === "known" && !wish.test.negated
    return wish?.kind === "date" ? [wish.column] : isKnown && wish.test.kind === "known" ? [wish.test.column] : []
  })
  const column = said === undefined ? undefined : columnOf(index, said)
  const isOwn = said?.table === table && column !== undefined && isDate(column)
  return property === "date" && isOwn && others.length === 0 ? { kind: "column", column: said } : null
}

/** "the most common diagnosis": by the rows that have it. */
const rowsTarget = ({ index }: Context, { of }: Subject): OrderTarget | null => {
  if (of.kind === "column") return { kind: "measure", measure: rowsOf(of.column.table, of.column.table) }
  const referring = of.kind === "table" ? referringTo(index, of.table) : []
  const [table, ...others] = referring
  return table === undefined || others.length > 0 ? null : { kind: "measure", measure: rowsOf(table, table) }
}

/** "the best product in each category", "the top 3 products per category"; "top 3 products by month" may be of all. */
const isOfEach = (grouped: Asked["grouped"], subject: Subject, count: number | null): boolean =>
  (count !== null || !subject.isPlural) &&
  grouped.every(
    ({ by, said }) =>
      !isSameGroup(by, subject.of) && (said === "each" || (said === "per" && (count === null || by.kind !== "grain")))
  )

/** "the biggest claims by amount", "the most payments by amount": what is behind "by" says what the rank is of. */
const isSaidBy = (sorted: Target, target: Target): boolean =>
  target.kind === "property"
    ? target.property === "amount"
    : target.kind === "measure" &&
      target.measure.of.kind === "rows" &&
      sorted.kind === "column" &&
      sorted.column.table === target.measure.of.table

interface Sorting {
  readonly ranked: Ranked
  readonly by: ReadonlyArray<Dimension>
  readonly isList: boolean
  readonly base: string
  readonly measures: ReadonlyArray<Measure>
  readonly isDistinct: boolean
  readonly context: Context
}

interface Ordered {
  readonly by: Plan["order"]
  /** What has no value cannot be the first. */
  readonly known: ReadonlyArray<Condition>
  readonly problems: ReadonlyArray<string>
}

/** "pending offers, biggest first", "newest first", "in alphabetical order": by the one amount, date or name that they have. */
const saidBy = ({ base, context, isList }: Sorting, text: string): ReadonlyArray<Target> => {
  if (!isList) return []
  const table = tableOf(context.index, base)
  const [name, ...more] = table === undefined ? [] : labelColumns(table)
  if (/alphabetic/i.test(text)) {
    return name === undefined || more.length > 0 ? [] : [{ kind: "column", column: { table: base, column: name.name } }]
  }
  const [property] = firsts.flatMap(([said, one]) => (said.test(text) ? [one] : []))
  const by = property === undefined ? null : propertyColumn(context, base, property)
  return by === null ? [] : [by]
}

const firsts = [
  [/^(?:biggest|largest|smallest)\b/i, "amount"],
  [/^(?:newest|latest|oldest|earliest|soonest)\b/i, "date"],
  [/^(?:cheapest|most expensive|dearest|priciest)\b/i, "price"]
] as const

export const orderOf = (parts: ReadonlyArray<Part>, sorting: Sorting): Ordered => {
  const { base, by, isDistinct, isList, measures, ranked } = sorting
  const { order } = ranked
  // The latest is none that is still to come.
  const isLatest =
    order?.direction === "DESC" &&
    parts.some((part) => part.kind === "rank" && part.target?.kind === "property" && part.target.property === "date")
  const tests: ReadonlyArray<Test> =
    order?.by.kind !== "column"
      ? []
      : isLatest
        ? [
            {
              kind: "period",
              column: order.by.column,
              from: null,
              to: shift(sorting.context.today, "day", 1),
              label: "up to today"
            }
          ]
        : [{ kind: "known", column: order.by.column, negated: false }]
  const played =
    isLatest && order.by.kind === "column" ? playedTest(sorting.context.index, order.by.column.table) : null
  const known = [...tests, ...(played === null ? [] : [played])].map((test): Condition => ({
    kind: "holds",
    tokens: [],
    test
  }))
  const sorts = parts.flatMap((part) => (part.kind === "sort" ? [part] : []))
  if (sorts.length === 0) return { by: order, known, problems: [] }
  const tokens = sorts.flatMap((sort) => sort.tokens)
  const direction = sorts.find((sort) => sort.direction !== null)?.direction ?? null
  const [first] = measures
  if (!isList && sorts.some((sort) => sort.target === null && /alphabetic/i.test(sort.text))) {
    return { by: null, known: [], problems: ["groups have no alphabetical order"] }
  }
  const named = sorts.flatMap((sort) => (sort.target === null ? [] : [sort.target]))
  const targets = named.length > 0 ? named : sorts.flatMap((sort) => saidBy(sorting, sort.text))
  const target: Target | undefined =
    targets[0] ?? order?.by ?? (first === undefined ? undefined : { kind: "measure", measure: first })
  const fail = (problem: string): Ordered => ({ by: null, known: [], problems: [problem] })
  const timely = sorts.find(
    (sort) => sort.target === null && /^(?:newest|latest|oldest|earliest|soonest)/i.test(sort.text)
  )
  if (timely !== undefined && target?.kind === "measure") return fail(`"${timely.text}" needs a date to order by`)
  if (target === undefined || target.kind === "property" || targets.length > 1)
    return fail("it is not said what to order by")
  if (order !== null && JSON.stringify(target) === JSON.stringify(order.by)) {
    return {
      by: { ...order, tokens: [...order.tokens, ...tokens], direction: direction ?? order.direction },
      known,
      problems: []
    }
  }
  if (order?.by.kind === "measure" && target.kind === "column" && isSumOf(order.by.measure, target.column.column)) {
    return { by: { ...order, tokens: [...order.tokens, ...tokens] }, known, problems: [] }
  }
  if (target.kind === "measure") {
    const { label } = target.measure
    return isList || !measures.some((one) => one.label === label)
      ? fail(`nothing that is shown can be ordered by ${label}`)
      : { by: { tokens, by: target, direction: direction ?? order?.direction ?? "DESC" }, known: [], problems: [] }
  }
  const { column } = target
  if (isList) {
    // "projects by start date" begin with the first.
    const owner = columnOf(sorting.context.index, column)
    const usual = owner !== undefined && isDate(owner) ? "ASC" : "DESC"
    return column.table === base && !isDistinct
      ? { by: { tokens, by: target, direction: direction ?? order?.direction ?? usual }, known, problems: [] }
      : column.table === base && parts.some((part) => part.kind === "shown" && part.column.column === column.column)
        ? { by: { tokens, by: target, direction: direction ?? "ASC" }, known, problems: [] }
        : fail(`the list cannot be ordered by ${column.table}.${column.column}`)
  }
  const isShown = by.some(
    (one) =>
      (one.kind === "column" && one.column.column === column.column) ||
      (one.kind === "table" && one.table === column.table)
  )
  return isShown
    ? { by: { tokens, by: target, direction: direction ?? "ASC" }, known: [], problems: [] }
    : fail(`groups cannot be ordered by ${column.column}`)
}
