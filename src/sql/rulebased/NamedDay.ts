/** Reading "on flight XL501 on 4 December": the day of the one that is named, and not of what is asked about. */
import { daysOf } from "./Days.ts"
import { hasPersonDates, ownDates, takesPlace } from "./Dates.ts"
import { voidOrUnlistedBy } from "./Outcomes.ts"
import type { Wish } from "./Parts.ts"
import { type ColumnReference, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { pathsFrom } from "./Steps.ts"
import { tellsOne } from "./Targets.ts"

/** The date of what takes place again and again by one number: a flight, a train; `null` where nothing of the kind stands before the day. */
export const namedDay = (
  index: SchemaIndex,
  wishes: ReadonlyArray<Wish>,
  when: Wish & { readonly kind: "when" },
  base: string
): ColumnReference | null => {
  const first = Math.min(...when.tokens)
  const named = wishes.find(
    (wish) => wish.kind === "match" && wish.tokens.some((token) => token < first && first - token <= 2)
  )
  if (named?.kind !== "match" || named.negated || named.matches.length > 1) return null
  if (named.column.table === base || !tellsOne(index, named.column)) return null
  const path = pathsFrom(index, base).get(named.column.table)
  // What is nearest to the number: the flights of a timetable, where those have the days.
  for (const name of (path ?? []).map(({ to }) => to.table).toReversed()) {
    const table = tableOf(index, name)
    const dates = table === undefined || hasPersonDates(table) ? [] : ownDates(table)
    const [date, ...others] = takesPlace(table) ? dates : []
    if (date === undefined) continue
    if (others.length > 0 || !isDay(when, { table: name, column: date.name })) return null
    return { table: name, column: date.name }
  }
  return null
}

/**
 * The state that may say that what leads to the one that is named has been cancelled: a booking on a flight. Whether that
 * one was does not matter.
 */
export const calledOffBetween = (
  index: SchemaIndex,
  base: string,
  [named = base]: ReadonlyArray<string>
): ColumnReference | null => {
  const between = pathsFrom(index, base).get(named)?.slice(0, -1) ?? []
  const [state] = between.flatMap(({ to: { table } }) => {
    const column = voidOrUnlistedBy(tableOf(index, table))
    return column === undefined ? [] : [{ table, column: column.name }]
  })
  return state ?? null
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const isDay = (when: Wish & { readonly kind: "when" }, column: ColumnReference): boolean => {
  const test = when.test(column)
  return test.kind === "period" && daysOf(test) === 1
}
