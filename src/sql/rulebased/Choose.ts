/**
 * From parts to a plan: the decisions that need the whole question — what is grouped, what is ranked, what is compared,
 * from which table it is looked at. What cannot be decided is a problem, never a guess.
 */
import * as Result from "effect/Result"
import {
  averageProblems,
  averagesPer,
  columnsOf,
  farVerb,
  groupProblems,
  impliedList,
  isAverageOver,
  isSameGroup,
  measuresOf,
  payerOf,
  ofKind,
  subjectOf,
  tradeProblems,
  tradesOf
} from "./Asked.ts"
import { levelProblems, ownGoals, playersScores, unsettled, withoutOwn } from "./Levels.ts"
import { calledOff, misdated, rivalGroups, rivalTimes, undone } from "./Deeds.ts"
import { atWork, presentOf } from "./Standing.ts"
import { comparison } from "./Compare.ts"
import { isDate } from "../../grounding/ColumnWords.ts"
import { kindProblems } from "./Kinds.ts"
import { bareMeasure, isMass, isSumOfMoney } from "./Aggregates.ts"
import { type Context, tablesOf as tablesOfColumns } from "./Meaning.ts"
import { narrow } from "./Narrow.ts"
import type { Grouped, Part, Wish } from "./Parts.ts"
import { baseTable, dateOf, joinsTo, stepsTo } from "./Paths.ts"
import {
  type Condition,
  type Dimension,
  type ListedColumn,
  type Measure,
  type Owned,
  type Plan,
  testsOf
} from "./Plan.ts"
import { orderOf, rankOf, type Ranked } from "./Ranked.ts"
import {
  amountColumns,
  type ColumnReference,
  isLabel,
  isSameColumn,
  labelColumns,
  tableOf,
  type SchemaIndex
} from "./SchemaIndex.ts"
import { columnSum } from "./SqlText.ts"
import { namedDate } from "./TimeOf.ts"
import { calendarColumn, isDone } from "./Dates.ts"

/** Fails with everything that stands in the way. `soldMeasure` is what "best selling" is measured by. */
export const choosePlan = (
  context: Context,
  parts: ReadonlyArray<Part>,
  soldMeasure: () => Measure | null
): Result.Result<Plan, ReadonlyArray<string>> => {
  const problems: Array<string> = ofKind(parts, "problem").map(({ text }) => text)
  const wishes = ofKind(parts, "wish").map(({ wish }) => wish)
  const asides: Array<Owned & { readonly text: string }> = [
    ...ofKind(parts, "aside"),
    ...ofKind(parts, "trade"),
    ...ofKind(parts, "both")
  ]
  const now = ofKind(parts, "now")
  const present = now.length === 0 ? atWork(context, parts, wishes) : presentOf(context, parts, wishes)
  if (typeof present === "string") problems.push(present)
  else if (present.length === 0) asides.push(...now)
  const standing = (typeof present === "string" ? [] : present).map((test): Condition => ({
    kind: "holds",
    tokens: now.flatMap(({ tokens }) => tokens),
    test
  }))
  const subject = subjectOf(context, parts, wishes, problems)
  const found = measuresOf(context, parts, subject, problems)
  const isTrade = ofKind(parts, "trade").length > 0
  const sold = isTrade ? soldMeasure() : null

  // groups ------------------------------------------------------------------------------------------------------------
  const averages = averagesPer(context, found, ofKind(parts, "grouped"), wishes)
  const measures = averages?.measures ?? found
  problems.push(...(averages?.problems ?? []))
  const grouped = (averages === null ? ofKind(parts, "grouped") : []).filter((part) => {
    // "average quantity per order item": the average is over those rows already.
    const isOver = part.said !== "each" && part.by.kind === "table" && isAverageOver(measures, part.by.table)
    const over = isOver && part.by.kind === "table" ? tableOf(context.index, part.by.table) : undefined
    if (over !== undefined && labelColumns(over).length > 0) {
      problems.push(`an average per ${over.name} may be one number or one for each`)
    }
    if (isOver) asides.push(part)
    return !isOver
  })
  const groups: Array<Owned & { readonly by: Grouped; readonly text: string }> = [...grouped]
  for (const { by, said } of grouped) if (said !== "each") problems.push(...averageProblems(context, measures, by))
  const group = () => {
    if (subject !== null && !groups.some(({ by }) => isSameGroup(by, subject.of))) {
      groups.push({ tokens: subject.tokens, by: subject.of, text: subject.text })
    }
  }
  const compared = comparison(context, parts, wishes)
  if (ofKind(parts, "compare").length > 0 && compared === null && groups.length === 0) {
    problems.push("it is not clear what is compared")
  }
  for (const one of ofKind(parts, "having")) {
    if (groups.length === 0 && subject === null) {
      problems.push("a condition on a total needs something the total is for, such as customers")
    } else if (subject?.of.kind === "table" && one.measure.tables.includes(subject.of.table)) {
      problems.push(`"${one.text}" may be about each of ${subject.text} or about all of them`)
    } else if (one.operator.startsWith("<"))
      problems.push(`"${one.text}" leaves open what becomes of those that have none`)
    else if (groups.length === 0) group()
    if (!measures.some(({ label }) => label === one.measure.label))
      measures.push({ ...one.measure, tokens: one.tokens })
  }

  // ranking -----------------------------------------------------------------------------------------------------------
  const ranked: Ranked = rankOf(context, parts, { subject, measures, sold, grouped, isTrade })
  problems.push(...ranked.problems)
  if (ranked.measure !== null && !measures.some(({ label }) => label === ranked.measure?.label)) {
    measures.push(ranked.measure)
  }
  if (ranked.isOfSubject || (subject?.isAsked === true && measures.length > 0)) group()

  const amounts = ofKind(parts, "howMuch")
  // "How much did students pay last month?": theirs, and not one for each
  const paidBy = payerOf(context, subject, measures, amounts)
  // "How much did calls cost?" is no list of what each did.
  const isAmountShown =
    ofKind(parts, "shown").some(({ isNumber }) => isNumber) &&
    (wishes.some((wish) => wish.kind === "match") || subject?.isPlural === false)
  if (amounts.length > 0) {
    if (measures.length === 0 && sold !== null) measures.push({ ...sold, tokens: [] })
    const [measure] = measures
    if (measure !== undefined) {
      measures[0] = { ...measure, tokens: [...measure.tokens, ...amounts.flatMap(({ tokens }) => tokens)] }
    } else if (isAmountShown) asides.push(...amounts)
    else problems.push('"how much" asks for an amount, and none is named')
  }

  // lists, and counts by something ------------------------------------------------------------------------------------
  const dimensionCount = groups.length + (compared === null ? 0 : 1)
  if (measures.length === 0 && dimensionCount > 0 && ranked.best === null) {
    // "each parcel with its client" lists them, "parcels per client" counts.
    const first = Math.min(...(subject?.tokens ?? []))
    const isBehind = Number.isFinite(first) && grouped.some(({ tokens }) => Math.min(...tokens) < first)
    // "members by name" are not counted by their names.
    const isNamed = grouped.some(({ by }) => by.kind === "column" && isLabel(context.index, by.column))
    if (subject?.of.kind === "table" && !isBehind && !isNamed) {
      const measure = bareMeasure(context, subject.of.table, subject.text)
      // "invoiced per dentist" may be how many, or how much.
      if (/(?:ed|paid)$/i.test(subject.text) && amountsIn(context, subject.of.table) > 0) {
        problems.push(`"${subject.text}" may ask how many, or how much`)
      }
      if (typeof measure === "string") problems.push(measure)
      else measures.push({ ...measure, tokens: subject.tokens }, ...sumBeside(context, subject.of.table))
    } else problems.push("it is not said what to compute for each group")
  }
  const shown = ofKind(parts, "shown").filter(({ tokens }) => !measures.some((measure) => measure.tokens === tokens))
  const isList = measures.length === 0
  const both = ofKind(parts, "both")
  // "with both an email and a phone" are those that have them.
  if (both.length > 0 && shown.length > 1)
    problems.push(`"${both[0]?.text}" may ask for those that have each, or for both of all`)
  if (
    subject?.of.kind === "column" &&
    !isLabel(context.index, subject.of.column) &&
    wishes.some(
      (wish) =>
        wish.kind === "counted" ||
        (wish.kind === "related" && !isToldThere(context.index, wish, subject.of, ofKind(parts, "rank").length > 0))
    )
  ) {
    problems.push(`"${subject.text}" is told of rows, and nothing says which of them have what is asked for`)
  }
  const details = ofKind(parts, "details")
  const listed = subject ?? (isList ? impliedList(context, parts, wishes) : null)
  if (isList && listed === null) problems.push("it is not said what to compute or to list")

  // the table whose rows are gone through, and what narrows them ------------------------------------------------------
  const dateWish = namedDate(compared?.wishes ?? wishes)
  const needsDate = groups.some(({ by }) => by.kind === "grain")
  const listTable =
    listed === null
      ? null
      : listed.of.kind === "table"
        ? listed.of.table
        : listed.of.kind === "column"
          ? listed.of.column.table
          : null
  const needed = [
    ...measures.flatMap((measure) => measure.tables),
    ...groups.flatMap(({ by }) => (by.kind === "table" ? [by.table] : by.kind === "column" ? [by.column.table] : [])),
    ...(compared === null ? [] : compared.tables)
  ]
  const base = isList
    ? listTable === null
      ? Result.fail("nothing is asked for")
      : Result.succeed(listTable)
    : baseTable(context.index, needed)
  if (Result.isFailure(base))
    return Result.fail([...new Set([...problems, ...(problems.length > 0 ? [] : [base.failure])])])
  const from = base.success
  const own = ownGoals(context.index, measures, wishes, groups)
  problems.push(
    ...groupProblems(context, measures, groups),
    ...own.problems,
    ...playersScores(context.index, measures, wishes, groups),
    ...unsettled(context.index, measures, wishes, groups),
    ...levelProblems(context.index, measures, wishes)
  )
  problems.push(...kindProblems(groups, listed, wishes, from))
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
    isListed: isList,
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

  const by: Array<Dimension> = groups.map(({ by: one, tokens }): Dimension => {
    if (one.kind === "table") return { kind: "table", tokens, table: one.table, shown: [] }
    if (one.kind === "column") return { kind: "column", tokens, column: one.column }
    const on = Result.getOrElse(date, () => ({ table: from, column: "" }))
    const named = calendarColumn(context.index, on.table, one.grain, testsOf(narrowed.where))
    return named === null
      ? { kind: "grain", tokens, grain: one.grain, date: on }
      : { kind: "column", tokens, column: named }
  })
  if (compared !== null) {
    const dimension = compared.dimension(date)
    if (Result.isFailure(dimension)) problems.push(dimension.failure)
    else by.push(dimension.success)
  }
  if (by.some(({ kind }) => kind === "grain")) asides.push(...ofKind(parts, "trend"))
  if (by.length > 0) asides.push(...ofKind(parts, "breakdown"))
  if (measures.length > 0) asides.push(...ofKind(parts, "altogether"))

  // what is shown -----------------------------------------------------------------------------------------------------
  if (!isList) {
    for (const one of shown) {
      const at = by.findIndex((dimension) => dimension.kind === "table" && dimension.table === one.column.table)
      const owner = by[at]
      const isKnown = by.some((dimension) => dimension.kind === "column" && isSameColumn(dimension.column, one.column))
      if (isKnown) asides.push(one)
      else if (owner?.kind === "table") {
        by[at] = { ...owner, tokens: [...owner.tokens, ...one.tokens], shown: [...owner.shown, one.column] }
      } else problems.push(`it is not clear what ${one.column.table}.${one.column.column} is there for`)
    }
    if (subject?.of.kind === "table" && !groups.some(({ by: one }) => isSameGroup(one, subject.of))) {
      const { table } = subject.of
      if (paidBy !== null || measures.some(({ tables }) => tables.includes(table))) asides.push(subject)
    }
  }
  const isDistinct = ofKind(parts, "distinct").length > 0
  const order = orderOf(parts, { ranked, by, isList, base: from, measures, isDistinct, context })
  problems.push(...order.problems)
  const listedOnes: ReadonlyArray<ListedColumn> = !isList
    ? []
    : details.length > 0
      ? (tableOf(context.index, from)?.columns.map(({ name }) => ({ table: from, column: name })) ?? [])
      : columnsOf(
          context,
          from,
          listed,
          shown.map(({ column }) => column),
          narrowed.where,
          order.by?.by.kind === "column" ? order.by.by.column : null
        )
  const states = isList && listed?.of.kind !== "column" ? statesOf(context, wishes, narrowed.where) : []
  const columns: ReadonlyArray<ListedColumn> = [
    ...listedOnes,
    ...states.filter((state) => !listedOnes.some((one) => isSameColumn(one, state)))
  ]
  // What has none is not the one that has the most of them; and "settled per month": what is not settled is of no month.
  const known = (
    isList
      ? []
      : [
          ...by.flatMap((one) =>
            one.kind === "column" &&
            (ranked.limit !== null || ofKind(parts, "having").length > 0) &&
            !isLabel(context.index, one.column)
              ? [one.column]
              : []
          ),
          ...by.flatMap((one) => (one.kind === "grain" && isDone(one.date.column) ? [one.date] : []))
        ]
  ).map((column): Condition => ({
    kind: "holds",
    tokens: [],
    test: { kind: "known", column, negated: false }
  }))
  const isOfRows = listed?.of.kind !== "column" || isLabel(context.index, listed.of.column)
  const list: Plan["list"] = isList
    ? {
        tokens: [
          ...(listed?.tokens ?? []),
          ...[...shown, ...details, ...ofKind(parts, "distinct")].flatMap(({ tokens }) => tokens)
        ],
        columns,
        distinct: isDistinct || !isOfRows
      }
    : null
  // Of the sum of all, also of what belongs to none of the groups.
  const isOfAll = measures.some(({ of }) => of.kind === "expression" && of.isOfAll === true)
  const required = [
    ...(isOfAll ? measures.flatMap(({ tables }) => tables) : needed),
    ...narrowed.tables,
    ...(paidBy === null ? [] : [paidBy]),
    ...tablesOfColumns(
      by.flatMap((one) => (one.kind === "grain" ? [one.date] : one.kind === "column" && !isOfAll ? [one.column] : []))
    )
  ]
  const joined = [
    ...needed,
    ...tablesOfColumns(by.flatMap((one) => (one.kind === "column" ? [one.column] : []))),
    ...required,
    ...narrowed.absent,
    ...columns.flatMap(({ table, via }) => (via === undefined ? [table] : []))
  ]
  for (const table of joined) {
    if (stepsTo(context.index, from, table) === null) problems.push(`no relationship leads from ${from} to ${table}`)
  }
  const tablesJoined = (tables: ReadonlyArray<string>) =>
    joinsTo(
      context.index,
      from,
      tables.filter((table) => table !== from)
    ).map(({ to }) => to.table)
  const [first] = ofKind(parts, "limit")
  const said: Plan["limit"] = first === undefined ? null : { tokens: first.tokens, count: first.count }
  return problems.length > 0
    ? Result.fail([...new Set(problems)])
    : Result.succeed({
        base: from,
        joins: joinsTo(context.index, from, joined),
        optional: tablesJoined(joined).filter((table) => !tablesJoined(required).includes(table)),
        measures,
        by,
        list,
        where: [...withoutOwn(context.index, narrowed.where), ...own.where, ...standing, ...order.known, ...known],
        having: ofKind(parts, "having"),
        order: order.by,
        best: ranked.best === null ? null : { ...ranked.best, of: grouped.length },
        limit: ranked.best === null ? (ranked.limit ?? said) : null,
        asides
      })
}

/** "What medications was Ada prescribed?": the prescriptions tell them. "The genre borrowed most often" is that of what was. */
const isToldThere = (
  index: SchemaIndex,
  { negated, table, where }: Wish & { readonly kind: "related" },
  of: Grouped,
  isRanked: boolean
): boolean =>
  of.kind === "column" &&
  table !== null &&
  (table === of.column.table || (isRanked && stepsTo(index, table, of.column.table) !== null)) &&
  !negated &&
  where.length === 0

/** Of what is still to come it is shown whether it has been cancelled. */
const statesOf = (
  context: Context,
  wishes: ReadonlyArray<Wish>,
  where: ReadonlyArray<Condition>
): ReadonlyArray<ColumnReference> =>
  where.flatMap((one) => (one.kind === "holds" ? (calledOff(context, wishes, one.test) ?? []) : []))

const amountsIn = ({ index }: Context, name: string): number => {
  const table = tableOf(index, name)
  return table === undefined ? 0 : amountColumns(index, table).length
}

/** "payments per month": how many there were, and how much it was, since either may be meant. */
const sumBeside = ({ dialect, index }: Context, name: string): ReadonlyArray<Measure & Owned> => {
  const table = tableOf(index, name)
  const [amount, ...others] =
    table === undefined || isMass(name) || !isSumOfMoney(name) ? [] : amountColumns(index, table)
  return amount === undefined || others.length > 0
    ? []
    : [{ ...columnSum(dialect, { table: name, column: amount.name }, `total ${amount.name}`), tokens: [] }]
}

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
