/**
 * From parts to a plan: the decisions that need the whole question — what is grouped, what is ranked, what is compared,
 * from which table it is looked at. What cannot be decided is a problem, never a guess.
 */
import * as Result from "effect/Result"
import { columnsOf, groupProblems, impliedList, isSameGroup, ofKind } from "./Asked.ts"
import { levelProblems, ownGoals, playersScores, unsettled, withoutOwn } from "./Levels.ts"
import { calledOff } from "./Deeds.ts"
import { atWork, presentOf } from "./Standing.ts"
import { computedOf, type Draft } from "./Computed.ts"
import { kindProblems } from "./Kinds.ts"
import { type Context, tablesOf as tablesOfColumns } from "./Meaning.ts"
import { rowsMeant } from "./RowsMeant.ts"
import type { Grouped, Part, Wish } from "./Parts.ts"
import { baseTable, joinsTo, stepsTo } from "./Paths.ts"
import {
  type Condition,
  type Dimension,
  type ListedColumn,
  type Measure,
  type Owned,
  type Plan,
  testsOf
} from "./Plan.ts"
import { orderOf } from "./Ranked.ts"
import { type ColumnReference, isLabel, isSameColumn, tableOf, type SchemaIndex } from "./SchemaIndex.ts"
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
  const isTrade = ofKind(parts, "trade").length > 0
  const sold = isTrade ? soldMeasure() : null
  const draft: Draft = { wishes, isTrade, problems, asides }
  const computed = computedOf(context, parts, { ...draft, sold })
  const { compared, grouped, groups, measures, paidBy, ranked, subject } = computed
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
  const { date, narrowed } = rowsMeant(context, parts, { ...draft, from, computed })

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
