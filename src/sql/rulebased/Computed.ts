/** What a question computes, by what, and what of it is ranked: the half of a plan that says nothing yet of which rows. */
import {
  averageProblems,
  averagesPer,
  isAverageOver,
  isSameGroup,
  measuresOf,
  ofKind,
  payerOf,
  type Subject,
  subjectOf
} from "./Asked.ts"
import { bareMeasure, isMass, isSumOfMoney } from "./Aggregates.ts"
import { comparison } from "./Compare.ts"
import type { Context } from "./Meaning.ts"
import type { Grouped, Part, Wish } from "./Parts.ts"
import type { Measure, Owned } from "./Plan.ts"
import { rankOf, type Ranked } from "./Ranked.ts"
import { amountColumns, isLabel, labelColumns, tableOf } from "./SchemaIndex.ts"
import { columnSum } from "./SqlText.ts"

/** A plan that is being chosen. */
export interface Draft {
  readonly wishes: ReadonlyArray<Wish>
  readonly isTrade: boolean
  /** What stands in the way, and what says no more than the rest: both are added to. */
  readonly problems: Array<string>
  readonly asides: Array<Owned & { readonly text: string }>
}

interface Asked extends Draft {
  /** What "best selling" is measured by, where something is sold. */
  readonly sold: Measure | null
}

export interface Computed {
  readonly subject: Subject | null
  readonly measures: ReadonlyArray<Owned & Measure>
  readonly groups: ReadonlyArray<Owned & { readonly by: Grouped; readonly text: string }>
  /** The groups that the question names itself. */
  readonly grouped: ReadonlyArray<Part & { readonly kind: "grouped" }>
  readonly compared: ReturnType<typeof comparison>
  readonly ranked: Ranked
  /** Whose payments are added up, and not one for each. */
  readonly paidBy: string | null
}

export const computedOf = (
  context: Context,
  parts: ReadonlyArray<Part>,
  { asides, isTrade, problems, sold, wishes }: Asked
): Computed => {
  const subject = subjectOf(context, parts, wishes, problems)
  const found = measuresOf(context, parts, subject, problems)

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
  return { subject, measures, groups, grouped, compared, ranked, paidBy }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

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
