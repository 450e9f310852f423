/** What a question asks for, found among its parts: the thing, the numbers, the columns, the sales. */
import { isPlural, nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Context } from "./Meaning.ts"
import type { Grouped, Part, Wish } from "./Parts.ts"
import { isOfSale, isSale, relatedTo, salesTable, stepsTo, thingsOf } from "./Paths.ts"
import { type Condition, type ListedColumn, type Measure, type Owned, testsOf } from "./Plan.ts"
import {
  amountColumns,
  type ColumnReference,
  hasKeys,
  isLabel,
  isLine,
  isQuantity,
  labelColumns,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"
import { hasPersonDates } from "./Dates.ts"
import { unrealBy } from "./Outcomes.ts"
import { pathsFrom } from "./Steps.ts"
import { addsUp, listedColumns, tellsOne } from "./Targets.ts"
import { columnSum } from "./SqlText.ts"

type Of<K extends Part["kind"]> = Part & { readonly kind: K }

/** The parts of one kind. */
export const ofKind = <K extends Part["kind"]>(parts: ReadonlyArray<Part>, kind: K): ReadonlyArray<Of<K>> =>
  parts.filter((part): part is Of<K> => part.kind === kind)

export type Subject = Owned & {
  readonly text: string
  readonly of: Grouped
  readonly isAsked: boolean
  readonly isPlural: boolean
}

export const subjectOf = (
  context: Context,
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
  // "the most expensive accessory", "all professors": the thing is only named by what narrows it.
  const named = wishes.filter((wish) => wish.kind === "match")
  const only = named.find((wish) => wish.isPlural) ?? named[0]
  // "the biggest deposit": what a kind of account costs does not say how big one is.
  const isRanked = ofKind(parts, "rank").some(
    ({ target }) => target?.kind === "property" && target.property !== "amount"
  )
  const isPlural =
    only?.kind === "match" && only.isPlural && parts.every(({ kind }) => kind === "wish" || kind === "grouped")
  const table = only?.kind === "match" ? thingsOf(context.index, only.column) : null
  return (isRanked || isPlural) && only !== undefined && table !== null
    ? { tokens: [], text: only.text, of: { kind: "table", table }, isAsked: isRanked, isPlural }
    : null
}

/** The thing whose columns or details are asked for. */
export const impliedList = (
  context: Context,
  parts: ReadonlyArray<Part>,
  wishes: ReadonlyArray<Wish>
): Subject | null => {
  const [shown, ...others] = ofKind(parts, "shown")
  const match = wishes.find((wish) => wish.kind === "match")
  // "all disciplines": what there is of them, and not one for each row.
  if (shown !== undefined && others.length === 0 && !shown.isNumber && isPlural(shown.text)) {
    return {
      tokens: [],
      text: shown.text,
      of: { kind: "column", column: shown.column },
      isAsked: false,
      isPlural: true
    }
  }
  // "Who was hired in 2024?"
  const date = wishes.find((wish) => wish.kind === "date")
  const person = date?.kind === "date" ? tableOf(context.index, date.column.table) : undefined
  const table =
    shown?.column.table ??
    (person !== undefined && hasPersonDates(person) ? person.name : undefined) ??
    (ofKind(parts, "details").length > 0 && match?.kind === "match" ? match.column.table : undefined)
  return table === undefined
    ? null
    : { tokens: [], text: table, of: { kind: "table", table }, isAsked: false, isPlural: true }
}

/** What is computed; a number by itself, of rows that have no name, does not say what of it. */
export const measuresOf = (
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
  // "the net amount of INV505" is that of one row.
  const isOne = ofKind(parts, "wish").some(({ wish }) => {
    const column = columnTold(wish)
    return column !== null && column.table === only.column.table && tellsOne(context.index, column)
  })
  // "the balance of Ada's savings account": each that is hers.
  const isTheirs = subject?.of.kind === "table" && subject.of.table === only.column.table && !isPlural(subject.text)
  const isOwned = ofKind(parts, "wish").some(
    ({ wish }) =>
      wish.kind === "match" && wish.column.table !== only.column.table && isLabel(context.index, wish.column)
  )
  const isNamed = table !== undefined && (labelColumns(table).length > 0 || isOne || (isTheirs && isOwned))
  if (!isOwn || isNamed || ofKind(parts, "rank").length > 0 || ofKind(parts, "sort").length > 0) return measures
  // "amount invoiced per month", "penalty minutes of every player": all of each together
  const isGrouped = ofKind(parts, "grouped").length > 0
  const isAmount =
    table !== undefined && amountColumns(context.index, table).some(({ name }) => name === only.column.column)
  // "tickets sold per channel": what was cancelled was not sold, and what was paid is no sale.
  const isTrade = ofKind(parts, "trade").length > 0
  const isOpen = isTrade && (unrealBy(table) !== undefined || (table !== undefined && !isOfSale(table.name)))
  if (
    isGrouped &&
    !isOpen &&
    addsUp(only.column.column) &&
    (isAmount || isPlural(nameWords(only.column.column).at(-1) ?? ""))
  ) {
    return [{ ...columnSum(context.dialect, only.column, `total ${only.text}`), tokens: only.tokens }]
  }
  problems.push(`"${only.text}" needs a word that says what to do with it, such as total or average`)
  return measures
}

const columnTold = (wish: Wish): ColumnReference | null =>
  wish.kind === "match" ? wish.column : wish.kind === "test" && wish.test.kind === "equals" ? wish.test.column : null

/**
 * "The average number of orders per customer" as the measures that it may be: over all customers, and over those that
 * have any. Nothing else is said of either, so that it is clear of what all are.
 */
export const averagesPer = (
  { index }: Context,
  measures: ReadonlyArray<Owned & Measure>,
  grouped: ReadonlyArray<Of<"grouped">>,
  wishes: ReadonlyArray<Wish>
): { readonly measures: Array<Owned & Measure>; readonly problems: ReadonlyArray<string> } | null => {
  const found = measures.find(({ of }) => of.kind === "average")
  if (found?.of.kind !== "average") return null
  const [per, ...more] = grouped
  const owner = per?.by.kind === "table" ? per.by.table : null
  const path = owner === null ? undefined : pathsFrom(index, owner).get(found.of.table)
  const related = owner === null ? null : relatedTo(index, owner, found.of.table)
  const isOne = measures.length === 1 && more.length === 0 && wishes.every(({ kind }) => kind === "named")
  if (!isOne || per === undefined || owner === null || related === null || path?.every(({ many }) => many) !== true) {
    return { measures: [], problems: [`the ${found.label} needs "per" and what has them, and nothing else`] }
  }
  const { of } = found
  const tokens = [...found.tokens, ...per.tokens]
  return {
    measures: ["", " that has any"].map((any) => ({
      label: `${found.label} per ${owner}${any}`,
      tokens,
      tables: [owner],
      of: { ...of, related, isOfAny: any !== "" }
    })),
    problems: []
  }
}

export const isAverageOver = (measures: ReadonlyArray<Measure>, table: string): boolean =>
  measures.length > 0 && measures.every((one) => isAverage(one) && one.tables.length === 1 && one.tables[0] === table)

const isAverage = ({ of }: Measure): boolean => of.kind === "expression" && of.sql.startsWith("AVG(")

export const averageProblems = (
  context: Context,
  measures: ReadonlyArray<Measure>,
  by: Grouped
): ReadonlyArray<string> => {
  const table = by.kind === "table" ? tableOf(context.index, by.table) : undefined
  return table !== undefined && measures.some(isAverage) && labelColumns(table).length === 0
    ? [`an average per ${table.name} may be one number or one for each`]
    : []
}

/** What is counted for a group that it is none of, or of which each has one. */
export const groupProblems = (
  { index }: Context,
  measures: ReadonlyArray<Measure>,
  groups: ReadonlyArray<{ readonly by: Grouped; readonly text: string }>
): ReadonlyArray<string> =>
  measures.flatMap((measure) => {
    const { label, of, tables } = measure
    const own = groups.find(({ by }) => by.kind === "table" && tables.length === 1 && by.table === tables[0])
    const isRivalled = (): boolean =>
      index.tables.some(
        ({ columns, name }) =>
          !tables.includes(name) &&
          columns.some((column) => of.kind === "expression" && of.sql.endsWith(`.${column.name})`)) &&
          stepsTo(index, name, tables[0] ?? "") !== null
      )
    // "average rating per courier": of what they delivered, too.
    if (own !== undefined && isAverage(measure) && isRivalled()) return [`each of ${tables.join()} has one ${label}`]
    if (of.kind !== "rows") return []
    const { table } = of
    const isMass = isQuantity(tableOf(index, table))
    return [
      // "stock per warehouse" is so many pieces, and not rows that say how many.
      ...(isMass ? [`"${label}" may ask for rows or for what they add up to`] : []),
      ...groups.flatMap(({ by, text }) => {
        if (by.kind === "table" && by.table === table) return [`each of ${table} is one of ${table}`]
        const isOther =
          by.kind === "column" && by.column.table !== table && stepsTo(index, table, by.column.table) === null
        const isNamed =
          by.kind === "column" &&
          nameWords(text).some((word) => nameWords(by.column.table).map(wordKey).includes(wordKey(word)))
        return isOther && !isNamed ? [`${by.column.table}.${by.column.column} is not said of ${table}`] : []
      })
    ]
  })

/** Whose the amounts are that are asked for: "how much did students pay", who are said behind it. */
export const payerOf = (
  { index }: Context,
  subject: Subject | null,
  measures: ReadonlyArray<Measure>,
  amounts: ReadonlyArray<Owned>
): string | null => {
  if (subject?.of.kind !== "table" || subject.isAsked || !subject.isPlural || amounts.length === 0) return null
  const { table } = subject.of
  const said = Math.max(...amounts.flatMap(({ tokens }) => tokens))
  const isTheirs = measures.some(({ tables }) => tables.every((one) => relatedTo(index, table, one) !== null))
  return isTheirs && subject.tokens.every((token) => token > said) ? table : null
}

/** True if both group by the same. */
export const isSameGroup = (one: Grouped, other: Grouped): boolean => JSON.stringify(one) === JSON.stringify(other)

export const columnsOf = (
  context: Context,
  table: string,
  subject: Subject | null,
  shown: ReadonlyArray<ColumnReference>,
  where: ReadonlyArray<Condition>,
  ranked: ColumnReference | null
): ReadonlyArray<ListedColumn> =>
  subject?.of.kind === "column"
    ? [subject.of.column, ...shown.filter((column) => !isSameGroup(subject.of, { kind: "column", column }))]
    : listedColumns(context, {
        table,
        shown,
        tests: testsOf(where),
        ranked
      })

/** What can be sold, and records no sale itself. */
const isThing = (index: SchemaIndex, base: string): boolean =>
  !hasKeys(index, base) || (!isSale(base) && salesTable(index, base) !== null)

/** Sales of rows that only things are kept of: "products sold last month". */
export const tradesOf = (context: Context, parts: ReadonlyArray<Part>, base: string, wishes: ReadonlyArray<Wish>) => {
  const isEntity = isThing(context.index, base)
  const isRelated = wishes.some((wish) => wish.kind === "related" || wish.kind === "counted")
  const table = isEntity && !isRelated ? salesTable(context.index, base) : null
  const hasTime = wishes.some((wish) => wish.kind === "when")
  return table === null || !hasTime ? [] : ofKind(parts, "trade").map(({ tokens }) => ({ tokens, table }))
}

/** What rows are like, and not what happened once: that is so now. */
export const isState = (index: SchemaIndex, wish: Wish): boolean =>
  wish.kind === "match"
    ? wish.matches.every(({ entity }) => entity === null) && !isLabel(index, wish.column)
    : wish.kind === "test"
      ? wish.test.kind === "is" || wish.test.kind === "known" || wish.test.kind === "compares"
      : wish.kind === "related" && wish.where.some((one) => isState(index, one))

export const farVerb = (wishes: ReadonlyArray<Wish>): string | null => {
  const verb = wishes.find((wish) => wish.kind === "related" && wish.of === null)
  return verb?.kind === "related" ? verb.table : null
}

export const tradeProblems = (
  { index }: Context,
  parts: ReadonlyArray<Part>,
  measures: ReadonlyArray<Measure>,
  base: string,
  where: ReadonlyArray<Condition>
): ReadonlyArray<string> => {
  const trades = ofKind(parts, "trade")
  if (trades.length === 0) return []
  const isEntity = isThing(index, base)
  const isSoldOrBought = trades.some(({ text }) => /^(?:buy|bought|sold|sell)/i.test(text))
  // "players bought by Northam" are told by something else than who was ever there.
  const isDealt = isSoldOrBought && /player|athlete/i.test(base)
  const isAsked = (part: Part): boolean =>
    part.kind === "subject" && part.isAsked && part.of.kind === "table" && part.of.table === base
  const isOfOthers = where.some(
    (one) => one.kind === "exists" && /player|athlete|loan|reservation|checkout/i.test(one.related.step.to.table)
  )
  if (isSoldOrBought && isOfOthers) return [`nothing says what ${base} sold or bought`]
  if (isDealt && parts.some(isAsked)) return [`nothing says who sold or bought ${base}`]
  // "lockers bought in 2025": when they were looked at last does not say so.
  const dated = where.find(
    (one) => one.kind === "holds" && one.test.kind === "period" && one.test.column.table === base
  )
  const date = dated?.kind === "holds" && dated.test.kind === "period" ? dated.test.column.column : null
  if (
    date !== null &&
    !isSale(base) &&
    !isOfSale(base) &&
    !/sale|sold|order|bought|purchas|acqui|paid|transact/i.test(date)
  ) {
    return [`${base}.${date} does not say when ${base} were sold or bought`]
  }
  // "How many tickets were sold", where a row says how many.
  const line = tableOf(index, base)
  if (
    trades.some(({ isPassive }) => isPassive) &&
    line !== undefined &&
    isLine(line) &&
    measures.some(({ of }) => of.kind === "rows")
  )
    return [`"${base} sold" may ask for rows, or for how many each says`]
  // "How many products were sold": the products, or the pieces of them?
  const counted = measures.find(({ of }) => of.kind === "rows")
  const hasCounted = where.some(({ kind }) => kind === "counted")
  const hasHaving = ofKind(parts, "having").length > 0
  if (trades.some(({ isPassive }) => isPassive) && counted !== undefined && isEntity && !hasHaving && !hasCounted) {
    return [`"${counted.label} sold" may ask for different ones or for pieces`]
  }
  const isRelated = where.some(({ kind }) => kind !== "holds")
  // "parts sold", of parts that nothing says to have been sold
  if (!isSale(base) && !isOfSale(base) && !isRelated && !hasHaving && !hasCounted && date === null) {
    return [`nothing says which sales of ${base} are meant`]
  }
  const isByOther = where.some(
    (one) => one.kind === "holds" && one.test.kind === "equals" && one.test.column.table !== base
  )
  if (!isEntity && !isSale(base) && isByOther) return [`nothing says who sold or bought ${base}`]
  if (isEntity && !isRelated && !hasHaving) return [`nothing says which sales of ${base} are meant`]
  // "hours sold this year", of packages: each is sold more than once.
  if (
    isEntity &&
    !isSale(base) &&
    measures.some(({ of, tables }) => of.kind === "expression" && of.sensitive && tables.every((one) => one === base))
  ) {
    return [`what ${base} have adds up once for each of them, and not once for each sale`]
  }
  return []
}
