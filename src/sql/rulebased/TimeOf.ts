/** Whose day a time is that narrows rows: of a date that the question names, of what was done, or of what stands before it. */
import * as Result from "effect/Result"
import { nameWords } from "../../grounding/NameWords.ts"
import { dateColumns, isDone, isOfPast } from "./Dates.ts"
import { sinceOf } from "./Deeds.ts"
import type { Context } from "./Meaning.ts"
import { namedDay } from "./NamedDay.ts"
import type { Wish } from "./Parts.ts"
import { stepsTo } from "./Paths.ts"
import { type Owned, tablesOf, type Test } from "./Plan.ts"
import { type ColumnReference, isSameColumn, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

type When = Wish & { readonly kind: "when" }

/** The date that a time is of by what is said beside it, `null` if nothing says; `isNamed` of the day of what has a number. */
export const timeOf = (
  index: SchemaIndex,
  wishes: ReadonlyArray<Wish>,
  wish: When,
  base: string
): { readonly column: Result.Result<ColumnReference, string> | null; readonly isNamed: boolean } => {
  if (namedDate(wishes) !== null) return { column: null, isNamed: false }
  const since = sinceOf(index, base, wish)
  const named = since === null ? namedDay(index, wishes, wish, base) : null
  return named === null
    ? { column: since ?? deedDate(wishes, base), isNamed: false }
    : { column: Result.succeed(named), isNamed: true }
}

/** The date column that the question names, if it does; with two times, one of them may be of another date. */
export const namedDate = (wishes: ReadonlyArray<Wish>): Result.Result<ColumnReference, string> | null => {
  const [named, ...others] = wishes.filter((wish) => wish.kind === "date")
  if (named?.kind !== "date") return null
  // "new candidates registered in May"
  const isOther = others.some((one) => one.kind === "date" && !isSameColumn(one.column, named.column))
  return isOther || wishes.filter(({ kind }) => kind === "when").length > 1
    ? Result.fail(`it is not clear which time "${named.text}" is about`)
    : Result.succeed(named.column)
}

/** The rows that a verb says were recorded: "returned", of returns. */
export const verbTable = (wishes: ReadonlyArray<Wish>): string | null => {
  const verb = wishes.find((one) => one.kind === "related" && one.of === null && !one.negated)
  return verb?.kind === "related" ? verb.table : null
}

/** Who is available before the end of the year is so already, and what ends by then does it from today on. */
export const onward = (test: Test, { column }: ColumnReference): Test =>
  test.kind === "period" && /^(?:before|by|until|till)\b/i.test(test.label) && /available|from|start/i.test(column)
    ? { ...test, from: null }
    : test

/** "customers who returned something in 2025": returns have a day in the calendar, and so have the sales that lead to them. */
export const dayOfOther = (
  index: SchemaIndex,
  wishes: ReadonlyArray<Wish>,
  date: ColumnReference,
  base: string
): string | null => {
  const table = verbTable(wishes)
  if (table === null || table === base || table === date.table) return null
  const kept = tableOf(index, table)
  const isDated = kept !== undefined && dateColumns(kept).length > 0
  return stepsTo(index, table, date.table)?.length !== 1 || isDated ? null : table
}

interface Timed {
  readonly base: string
  readonly column: ColumnReference
  readonly test: Test
}

/** Why a time may be that of something else, and why it cannot be that of the date. */
export const strangeTime = (
  { index, today }: Context,
  wishes: ReadonlyArray<Wish>,
  wish: When,
  { base, column, test }: Timed
): { readonly rival: string | null; readonly toCome: string | null } => {
  const isOpen = namedDate(wishes) === null
  const rival = isOpen ? behindOther(index, wishes, wish, base) : null
  // "bills next week", of which only the date of issue is known.
  // "appointments booked tomorrow" are those of tomorrow, and none that were booked then.
  const isBooked = isOpen || /^(?:booked|ordered|reserved)/i.test(column.column)
  const isToCome = test.kind === "period" && (test.from ?? "") > today && isBooked
  // "branches in Ashford today" are those of now, and none that were opened today.
  const thing = tableOf(index, column.table)
  const isNow =
    isOpen &&
    /^today$/i.test(wish.text) &&
    begun.test(nameWords(column.column)[0] ?? "") &&
    thing !== undefined &&
    labelColumns(thing).length > 0
  const open = isNow ? `"${wish.text}" may be said of what is so now, or of what began then` : null
  return {
    rival: rival === null || column.table === rival ? open : `"${wish.text}" may be that of ${rival}, or of ${base}`,
    toCome:
      isToCome && isOfPast(column.column) ? `"${wish.text}" is still to come, and ${column.column} lies behind` : null
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** How dates are called at which a thing began to be there. */
const begun =
  /^(?:open(?:s|ed|ing)?|found(?:ed)?|established|join(?:ed)?|hired?|registered|start(?:s|ed)?|begins?|launched|built|acquired|delivered|installed|commissioned)$/

/** "tickets sold online in May": the time is that of the deed, whatever stands between. */
const deedDate = (wishes: ReadonlyArray<Wish>, base: string): Result.Result<ColumnReference, string> | null => {
  const [date, ...others] = wishes.flatMap((wish) => {
    const test = wish.kind === "test" && /(?:ed|sold|bought|lent|paid|sent|made)$/i.test(wish.text) ? wish.test : null
    return (test?.kind === "period" || (test?.kind === "known" && !test.negated)) && test.column.table === base
      ? [test.column]
      : []
  })
  return date === undefined || others.length > 0 ? null : Result.succeed(date)
}

/** "bookings on flights in December": flights have days of their own. */
const behindOther = (
  index: SchemaIndex,
  wishes: ReadonlyArray<Wish>,
  { tokens: [first = 0] }: Owned,
  base: string
): string | null => {
  const places = wishes.flatMap((one) => (one.kind === "role" ? one.tokens : []))
  const [said, ...others] = wishes.flatMap((one) => {
    const last = Math.max(...one.tokens)
    // "bookings on flights to Oslo in 2026"
    const between = places.filter((token) => token > last && token < first).length
    if (last >= first || first - last - between > (between > 0 ? 3 : 2)) return []
    if (one.kind === "named") return one.table ?? []
    // "donors of major gifts since 2025", where a term says which those are
    return one.kind === "test" && one.test.kind === "mapped" ? tablesOf(one.test) : []
  })
  const table = said === undefined || others.length > 0 ? undefined : tableOf(index, said)
  const isEvent = table !== undefined && table.name !== base && labelColumns(table).length === 0
  // A copy that was borrowed was bought some day.
  return isEvent && dateColumns(table).some(({ name }) => !isDone(name)) ? table.name : null
}
