/** Which rows of the table that is gone through are meant: of which date, and narrowed by what. */
import * as Result from "effect/Result"
import { farVerb, ofKind, tradeProblems, tradesOf } from "./Asked.ts"
import type { Computed, Draft } from "./Computed.ts"
import { misdated, rivalGroups, rivalTimes, undone } from "./Deeds.ts"
import { isDate } from "../../grounding/ColumnWords.ts"
import type { Context } from "./Meaning.ts"
import { narrow } from "./Narrow.ts"
import type { Part, Wish } from "./Parts.ts"
import { dateOf, stepsTo } from "./Paths.ts"
import { type ColumnReference, tableOf } from "./SchemaIndex.ts"
import { namedDate } from "./TimeOf.ts"

interface Asked extends Draft {
  readonly from: string
  readonly computed: Computed
}

interface RowsMeant {
  readonly date: Result.Result<ColumnReference, string>
  readonly narrowed: ReturnType<typeof narrow>
}

export const rowsMeant = (
  context: Context,
  parts: ReadonlyArray<Part>,
  { asides, computed, from, isTrade, problems, wishes }: Asked
): RowsMeant => {
  const { compared, groups, measures, subject } = computed
  const dateWish = namedDate(compared?.wishes ?? wishes)
  const needsDate = groups.some(({ by }) => by.kind === "grain")
  const trades = tradesOf(context, parts, from, wishes)
  const isSale =
    trades.length > 0 ||
    wishes.some(
      (wish) => wish.kind === "related" && wish.of === null && stepsTo(context.index, from, wish.table ?? from) === null
    )
  const sales = isSale ? (trades[0]?.table ?? farVerb(wishes)) : null
  const isOfOthers = wishes.some(
    (wish) => wish.kind === "match" && stepsTo(context.index, from, wish.column.table) === null
  )
  const date = dateWish ?? dateOf(context.index, sales ?? from, isOfOthers)
  const isStrange =
    dateWish !== null &&
    Result.isSuccess(dateWish) &&
    isOfAnother(context, dateWish.success.table, [from, sales ?? from], wishes)
  if (dateWish === null && sales === null) {
    problems.push(...rivalTimes(context.index, wishes, from), ...rivalGroups(context.index, wishes, groups, from))
  }
  if (isStrange) problems.push(`a date of ${dateWish.success.table} may not be that of ${from}`)
  const narrowed = narrow(context, compared?.wishes ?? wishes, {
    base: from,
    date,
    isAsked:
      subject?.of.kind === "table" &&
      (subject.isAsked || subject.isPlural || /^(?:staff|people|personnel|crew)$/i.test(subject.text)),
    isBoth: ofKind(parts, "both").length > 0,
    isListed: measures.length === 0,
    trades,
    isTrade,
    isComputed: groups.length > 0 || measures.some(({ of }) => of.kind === "expression"),
    outer: null
  })
  problems.push(...narrowed.problems, ...tradeProblems(context, parts, measures, from, narrowed.where))
  asides.push(...narrowed.asides)
  if (groups.length > 0 && narrowed.where.some((one) => one.kind === "holds" && one.test.kind === "average")) {
    problems.push("an average may be of all or of each group")
  }
  if (needsDate && Result.isFailure(date)) problems.push(date.failure)
  const isTimed = needsDate || wishes.some(({ kind }) => kind === "when")
  const misdate =
    isTimed && dateWish === null && Result.isSuccess(date) ? misdated(context.index, wishes, date.success) : null
  if (misdate !== null) problems.push(misdate)
  const open = undone(context.index, ofKind(parts, "aside"), wishes, from)
  if (open !== null) problems.push(open)
  return { date, narrowed }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "orders registered in 2026": orders have dates of their own, and nothing speaks of who registered. */
const isOfAnother = (
  { index }: Context,
  table: string,
  own: ReadonlyArray<string>,
  wishes: ReadonlyArray<Wish>
): boolean =>
  !own.includes(table) &&
  stepsTo(index, own[0] ?? "", table) !== null &&
  (tableOf(index, own[0] ?? "")?.columns.some(isDate) ?? false) &&
  !wishes.some(
    (wish) =>
      ((wish.kind === "named" || wish.kind === "related") && wish.table === table) ||
      (wish.kind === "match" && wish.column.table === table)
  )
