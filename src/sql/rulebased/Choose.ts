/**
 * From parts to a plan: the decisions that need the whole question — what is grouped, what is ranked, what is compared,
 * from which table it is looked at. What cannot be decided is a problem, never a guess.
 */
import * as Result from "effect/Result"
import { comparison } from "./Compare.ts"
import { type Context, rowsOf, tablesOf as tablesOfColumns } from "./Meaning.ts"
import { namedDate, narrow } from "./Narrow.ts"
import type { Grouped, Part, Wish } from "./Parts.ts"
import { baseTable, dateOf, joinsTo, salesTable, stepsTo } from "./Paths.ts"
import type { Condition, Dimension, Measure, Owned, Plan } from "./Plan.ts"
import { orderOf, rankOf, type Ranked } from "./Ranked.ts"
import { type ColumnReference, isSameColumn, labelColumns, tableOf } from "./SchemaIndex.ts"
import { listedColumns } from "./Targets.ts"

type Of<K extends Part["kind"]> = Part & { readonly kind: K }

/** The parts of one kind. */
const ofKind = <K extends Part["kind"]>(parts: ReadonlyArray<Part>, kind: K): ReadonlyArray<Of<K>> =>
  parts.filter((part): part is Of<K> => part.kind === kind)

/** Fails with everything that stands in the way. `sold` is what "best selling" is measured by. */
export const choosePlan = (
  context: Context,
  parts: ReadonlyArray<Part>,
  sold: Measure | null
): Result.Result<Plan, ReadonlyArray<string>> => {
  const problems: Array<string> = ofKind(parts, "problem").map(({ text }) => text)
  const wishes = ofKind(parts, "wish").map(({ wish }) => wish)
  const asides: Array<Owned & { readonly text: string }> = [
    ...ofKind(parts, "aside"),
    ...ofKind(parts, "trade"),
    ...ofKind(parts, "both")
  ]
  const subject = subjectOf(parts, wishes, problems)
  const measures = measuresOf(context, parts, subject, problems)
  const isTrade = ofKind(parts, "trade").length > 0

  // groups ------------------------------------------------------------------------------------------------------------
  const grouped = ofKind(parts, "grouped").filter((part) => {
    // "average quantity per order item": the average is over those rows already.
    const isOver = part.by.kind === "table" && isAverageOver(measures, part.by.table)
    if (isOver) asides.push(part)
    return !isOver
  })
  const groups: Array<Owned & { readonly by: Grouped }> = [...grouped]
  for (const { by } of groups) problems.push(...averageProblems(context, measures, by))
  const group = () => {
    if (subject !== null && !groups.some(({ by }) => isSameGroup(by, subject.of))) {
      groups.push({ tokens: subject.tokens, by: subject.of })
    }
  }
  const compared = comparison(context, parts, wishes)
  if (ofKind(parts, "compare").length > 0 && compared === null && groups.length === 0) {
    problems.push("it is not clear what is compared")
  }
  for (const one of ofKind(parts, "having")) {
    if (groups.length === 0 && subject === null) {
      problems.push("a condition on a total needs something the total is for, such as customers")
    } else if (one.operator.startsWith("<"))
      problems.push(`"${one.text}" leaves open what becomes of those that have none`)
    else if (groups.length === 0) group()
    if (!measures.some(({ label }) => label === one.measure.label))
      measures.push({ ...one.measure, tokens: one.tokens })
  }

  // ranking -----------------------------------------------------------------------------------------------------------
  const ranked: Ranked = rankOf(context, parts, { subject, measures, sold, isGrouped: grouped.length > 0, isTrade })
  problems.push(...ranked.problems)
  if (ranked.measure !== null && !measures.some(({ label }) => label === ranked.measure?.label)) {
    measures.push(ranked.measure)
  }
  if (ranked.isOfSubject || (subject?.isAsked === true && measures.length > 0)) group()

  // lists, and counts by something ------------------------------------------------------------------------------------
  const dimensionCount = groups.length + (compared === null ? 0 : 1)
  if (measures.length === 0 && dimensionCount > 0) {
    if (subject?.of.kind === "table") {
      measures.push({ ...rowsOf(subject.of.table, subject.of.table), tokens: subject.tokens })
    } else problems.push("it is not said what to compute for each group")
  }
  const shown = ofKind(parts, "shown")
  const isList = measures.length === 0
  const details = ofKind(parts, "details")
  const listed = subject ?? (isList ? impliedList(parts, wishes) : null)
  if (isList && listed === null) problems.push("it is not said what to compute or to list")

  // the table whose rows are gone through, and what narrows them ------------------------------------------------------
  const dateWish = namedDate(wishes)
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
  const trades = tradesOf(context, parts, from, wishes)
  const isSale =
    trades.length > 0 ||
    wishes.some(
      (wish) => wish.kind === "related" && wish.of === null && stepsTo(context.index, from, wish.table ?? from) === null
    )
  const sales = isSale ? (trades[0]?.table ?? farVerb(wishes)) : null
  const date = dateWish ?? dateOf(context.index, sales ?? from)
  const narrowed = narrow(context, compared?.wishes ?? wishes, {
    base: from,
    date,
    isBoth: ofKind(parts, "both").length > 0,
    trades,
    isTrade,
    isComputed: measures.some(({ of }) => of.kind === "expression"),
    outer: null
  })
  problems.push(...narrowed.problems, ...tradeProblems(context, parts, measures, from, narrowed.where))
  asides.push(...narrowed.asides)
  if (needsDate && Result.isFailure(date)) problems.push(date.failure)

  const by: Array<Dimension> = groups.map(({ by: one, tokens }): Dimension => {
    if (one.kind === "table") return { kind: "table", tokens, table: one.table, shown: [] }
    if (one.kind === "column") return { kind: "column", tokens, column: one.column }
    return {
      kind: "grain",
      tokens,
      grain: one.grain,
      date: Result.getOrElse(date, () => ({ table: from, column: "" }))
    }
  })
  if (compared !== null) {
    const dimension = compared.dimension(date)
    if (Result.isFailure(dimension)) problems.push(dimension.failure)
    else by.push(dimension.success)
  }
  if (by.some(({ kind }) => kind === "grain")) asides.push(...ofKind(parts, "trend"))

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
      if (measures.some(({ tables }) => tables.includes(table))) asides.push(subject)
    }
  }
  const isDistinct = ofKind(parts, "distinct").length > 0
  const order = orderOf(parts, { ranked, by, isList, base: from, measures, isDistinct })
  problems.push(...order.problems)
  const columns = !isList
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
  const isLabel = listed?.of.kind !== "column" || isLabelColumn(context, listed.of.column)
  const list: Plan["list"] = isList
    ? {
        tokens: [
          ...(listed?.tokens ?? []),
          ...[...shown, ...details, ...ofKind(parts, "distinct")].flatMap(({ tokens }) => tokens)
        ],
        columns,
        distinct: isDistinct || !isLabel
      }
    : null
  const joined = [
    ...needed,
    ...narrowed.tables,
    ...columns.map(({ table }) => table),
    ...tablesOfColumns(by.flatMap((one) => (one.kind === "grain" ? [one.date] : [])))
  ]
  for (const table of joined) {
    if (stepsTo(context.index, from, table) === null) problems.push(`no relationship leads from ${from} to ${table}`)
  }
  const limit = ranked.limit ?? ofKind(parts, "limit")[0] ?? null
  return problems.length > 0
    ? Result.fail([...new Set(problems)])
    : Result.succeed({
        base: from,
        joins: joinsTo(context.index, from, joined),
        measures,
        by,
        list,
        where: [...narrowed.where, ...order.known],
        having: ofKind(parts, "having"),
        order: order.by,
        limit: limit === null ? null : { tokens: limit.tokens, count: limit.count },
        asides
      })
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

export type Subject = Owned & {
  readonly text: string
  readonly of: Grouped
  readonly isAsked: boolean
  readonly isPlural: boolean
}

const subjectOf = (
  parts: ReadonlyArray<Part>,
  wishes: ReadonlyArray<Wish>,
  problems: Array<string>
): Subject | null => {
  const subjects = ofKind(parts, "subject")
  const [subject, other] = subjects
  if (other !== undefined && subject !== undefined && !isSameGroup(subject.of, other.of)) {
    problems.push(`both ${subject.text} and ${other.text} are asked for`)
  }
  if (subject !== undefined) {
    return {
      ...subject,
      tokens: subjects.flatMap(({ tokens }) => tokens),
      isAsked: subjects.some((one) => one.isAsked)
    }
  }
  // "the most expensive accessory": the thing is only named by what narrows it.
  const [only] = wishes.filter((wish) => wish.kind === "match")
  const isImplied = ofKind(parts, "rank").some(({ target }) => target?.kind === "property")
  return isImplied && only?.kind === "match"
    ? { tokens: [], text: only.text, of: { kind: "table", table: only.column.table }, isAsked: true, isPlural: false }
    : null
}

/** The thing whose columns or details are asked for. */
const impliedList = (parts: ReadonlyArray<Part>, wishes: ReadonlyArray<Wish>): Subject | null => {
  const [shown] = ofKind(parts, "shown")
  const match = wishes.find((wish) => wish.kind === "match")
  const table =
    shown?.column.table ??
    (ofKind(parts, "details").length > 0 && match?.kind === "match" ? match.column.table : undefined)
  return table === undefined
    ? null
    : { tokens: [], text: table, of: { kind: "table", table }, isAsked: false, isPlural: true }
}

/** What is computed; a number by itself, of rows that have no name, does not say what of it. */
const measuresOf = (
  context: Context,
  parts: ReadonlyArray<Part>,
  subject: Subject | null,
  problems: Array<string>
): Array<Owned & Measure> => {
  const found = ofKind(parts, "measure")
  const [first] = found
  if (subject !== null && !subject.isAsked && first?.isJoined === true) {
    problems.push(`"${subject.text} and ${first.text}" may ask for one number or for one each`)
  }
  for (const one of found) {
    if (one.isOf) problems.push(`what "${one.text}" is to the rest needs two steps, or "and" before it`)
  }
  const measures: Array<Owned & Measure> = found.map(({ measure, tokens }) => ({ ...measure, tokens }))
  const shown = ofKind(parts, "shown")
  const [only] = shown
  if (measures.length > 0 || only === undefined || !only.isNumber || shown.length > 1) return measures
  const table = tableOf(context.index, only.column.table)
  const isOwn =
    subject === null || (subject.of.kind === "table" && subject.of.table === only.column.table && !subject.isAsked)
  const isNamed = table !== undefined && labelColumns(table).length > 0
  if (!isOwn || isNamed || ofKind(parts, "rank").length > 0 || ofKind(parts, "sort").length > 0) return measures
  problems.push(`"${only.text}" needs a word that says what to do with it, such as total or average`)
  return measures
}

const isAverageOver = (measures: ReadonlyArray<Measure>, table: string): boolean =>
  measures.length > 0 && measures.every((one) => isAverage(one) && one.tables.length === 1 && one.tables[0] === table)

const isAverage = ({ of }: Measure): boolean => of.kind === "expression" && of.sql.startsWith("AVG(")

const averageProblems = (context: Context, measures: ReadonlyArray<Measure>, by: Grouped): ReadonlyArray<string> => {
  const table = by.kind === "table" ? tableOf(context.index, by.table) : undefined
  return table !== undefined && measures.some(isAverage) && labelColumns(table).length === 0
    ? [`an average per ${table.name} may be one number or one for each`]
    : []
}

/** True if both group by the same. */
const isSameGroup = (one: Grouped, other: Grouped): boolean => JSON.stringify(one) === JSON.stringify(other)

const isLabelColumn = (context: Context, { column, table }: ColumnReference): boolean => {
  const owner = tableOf(context.index, table)
  return owner !== undefined && labelColumns(owner).some(({ name }) => name === column)
}

const columnsOf = (
  context: Context,
  table: string,
  subject: Subject | null,
  shown: ReadonlyArray<ColumnReference>,
  where: ReadonlyArray<Condition>,
  ranked: ColumnReference | null
): ReadonlyArray<ColumnReference> =>
  subject?.of.kind === "column"
    ? [subject.of.column, ...shown.filter((column) => !isSameGroup(subject.of, { kind: "column", column }))]
    : listedColumns(context, {
        table,
        shown,
        tests: where.flatMap((condition) => (condition.kind === "holds" ? [condition.test] : [])),
        ranked
      })

/** Sales of rows that only things are kept of: "products sold last month". */
const tradesOf = (context: Context, parts: ReadonlyArray<Part>, base: string, wishes: ReadonlyArray<Wish>) => {
  const isEntity = !context.index.relationships.some(({ from }) => from.table === base)
  const isRelated = wishes.some((wish) => wish.kind === "related" || wish.kind === "counted")
  const table = isEntity && !isRelated ? salesTable(context.index, base) : null
  const hasTime = wishes.some((wish) => wish.kind === "when")
  return table === null || !hasTime ? [] : ofKind(parts, "trade").map(({ tokens }) => ({ tokens, table }))
}

const farVerb = (wishes: ReadonlyArray<Wish>): string | null => {
  const verb = wishes.find((wish) => wish.kind === "related" && wish.of === null)
  return verb?.kind === "related" ? verb.table : null
}

const tradeProblems = (
  { index }: Context,
  parts: ReadonlyArray<Part>,
  measures: ReadonlyArray<Measure>,
  base: string,
  where: ReadonlyArray<Condition>
): ReadonlyArray<string> => {
  const trades = ofKind(parts, "trade")
  if (trades.length === 0) return []
  const isEntity = !index.relationships.some(({ from }) => from.table === base)
  // "How many products were sold": the products, or the pieces of them?
  const counted = measures.find(({ of }) => of.kind === "rows")
  const hasCounted = where.some(({ kind }) => kind === "counted")
  const hasHaving = ofKind(parts, "having").length > 0
  if (trades.some(({ isPassive }) => isPassive) && counted !== undefined && isEntity && !hasHaving && !hasCounted) {
    return [`"${counted.label} sold" may ask for different ones or for pieces`]
  }
  const isRelated = where.some(({ kind }) => kind !== "holds")
  return isEntity && !isRelated && !hasHaving ? [`nothing says which sales of ${base} are meant`] : []
}
