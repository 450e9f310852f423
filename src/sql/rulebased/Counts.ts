/** "more than 2 orders", "with 3 orders in 2026": so many related rows. */
import { type Bound } from "./Bounds.ts"
import {
  nounsIn,
  type Part,
  problem,
  type Reading,
  type Sentence,
  rangeWish,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { numberOf, soldPieces } from "./Aggregates.ts"
import { tableOf } from "./SchemaIndex.ts"
import { dateColumns } from "./Dates.ts"

/** "more than 2 orders", "more than 2 orders in 2026" of what is asked about. */
export const countedOf = (
  sentence: Sentence,
  at: number,
  bound: Bound,
  table: string,
  before: ReadonlyArray<Part>
): Reading => {
  const nouns = nounsIn(before)
  const of = nouns.at(-1) ?? null
  const subject = before.find((part) => part.kind === "subject")
  // "cities with more than 5 patients"
  const isOfColumn = subject?.kind === "subject" && subject.of.kind === "column" && subject.of.column.table === table
  if (isOfColumn && bound.kind === "compares" && nouns.length === 0) {
    const place = stretch(sentence, at, bound.next + 1)
    const measure = numberOf(sentence.context, table, sentence.items[bound.next]?.text ?? table)
    return {
      parts: [{ kind: "having", ...place, measure, operator: bound.operator, value: bound.value }],
      next: bound.next + 1
    }
  }
  const time = of === null ? null : timeOf(sentence, bound.next + 1, table, of)
  const next = bound.next + (time == null ? 1 : 2)
  if (bound.kind === "between" || of === null || nouns.includes(table) || time === undefined) {
    return problem(sentence, at, next, `"${stretch(sentence, at, next).text}" does not say of what`)
  }
  // "customers who bought more than 4 tickets": at once, or all together?
  if (soldPieces(sentence.context.index, table, sentence.items[bound.next]?.text ?? table) !== null) {
    const { text } = stretch(sentence, at, next)
    return problem(sentence, at, next, `"${text}" may be about each of ${table}, or about all together`)
  }
  const isNested = before.some((part) => part.kind === "wish" && part.wish.kind === "related")
  const isJoined = sentence.items.slice(Math.max(0, at - 2), at).some(({ kind }) => kind === "and")
  if (isNested && !isJoined) {
    return problem(sentence, at, next, `it is not clear which of them "${stretch(sentence, at, next).text}" is about`)
  }
  const place = stretch(sentence, at, next)
  const where = time === null ? [] : [time]
  return wished({ kind: "counted", ...place, table, of, where, operator: bound.operator, value: bound.value }, next)
}

/**
 * The time right behind what is counted: of that, if it has a date and what it is counted for has none. `undefined` where
 * it may be of either, `null` where there is none that is of it.
 */
const timeOf = (sentence: Sentence, at: number, counted: string, owner: string): Wish | null | undefined => {
  const { index } = sentence.context
  const item = sentence.items[at]
  const [own, others] = [counted, owner].map((name) => {
    const table = tableOf(index, name)
    return table === undefined ? 0 : dateColumns(table).length
  })
  if (item?.kind !== "range" || own === 0) return null
  return own === 1 && others === 0 ? rangeWish(item.range, stretch(sentence, at, at + 1)) : undefined
}
