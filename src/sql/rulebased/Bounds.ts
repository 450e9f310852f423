/** "over 100 euros", "between 10 and 20", "3 or more": what an amount is compared with, in the unit of its column. */
import { isUnit, isInCents, unitFactor } from "./Units.ts"
import { problem, type Reading, type Sentence, stretch, wished } from "./Parts.ts"
import type { Operator } from "./Lexicon.ts"
import type { Scalar, Test } from "./Plan.ts"
import { tableOf } from "./SchemaIndex.ts"
import { nameWords } from "../../grounding/NameWords.ts"

export type Bound = { readonly next: number; readonly unit: string | null } & (
  | { readonly kind: "compares"; readonly operator: Operator; readonly value: number }
  | { readonly kind: "between"; readonly low: number; readonly high: number }
)

/** `over 100 euros`, `between 10 and 20`; after a number's name also years are numbers. */
export const boundAt = (sentence: Sentence, at: number, isOfNumber: boolean): Bound | null => {
  const { items } = sentence
  const [item, low, and, high] = items.slice(at, at + 4)
  if (item?.kind === "operator") {
    // After "over", 2000 is a number although it could be a year.
    const value =
      low?.kind === "number" ? low.value : low?.kind === "range" && /^\d{4}$/.test(low.text) ? Number(low.text) : null
    if (value === null) return null
    return { kind: "compares", operator: item.operator, value, ...unitAt(sentence, at + 2, isOfNumber) }
  }
  if (item?.kind === "number") {
    const { next, unit } = unitAt(sentence, at + 1, isOfNumber)
    const more = items[next]
    return more?.kind === "orMore"
      ? { kind: "compares", operator: more.operator, value: item.value, next: next + 1, unit }
      : null
  }
  const years = item?.kind === "range" && isOfNumber ? /^between (\d{4}) and (\d{4})$/i.exec(item.text) : null
  if (years !== null)
    return { kind: "between", low: Number(years[1]), high: Number(years[2]), next: at + 1, unit: null }
  if (item?.kind !== "between" || low?.kind !== "number" || and?.kind !== "and" || high?.kind !== "number") return null
  return {
    kind: "between",
    low: low.value,
    high: high.value,
    ...unitAt(sentence, at + 4, isOfNumber)
  }
}

/** The currency or the unit behind a number; where it is known of what, also one that a column is called by. */
export const unitAt = (
  { items }: Sentence,
  at: number,
  isOfNumber: boolean
): { readonly next: number; readonly unit: string | null } => {
  const item = items[at]
  if (item?.kind === "currency") return { next: at + 1, unit: null }
  const isName = item?.kind === "name" && isOfNumber
  return (item?.kind === "unknown" || item?.kind === "grain" || isName) && isUnit(item.text) && item.before.length === 0
    ? { next: at + 1, unit: item.text }
    : { next: at, unit: null }
}

export const tested = (sentence: Sentence, from: number, next: number, of: Scalar, bound: Bound): Reading => {
  const place = stretch(sentence, from, next)
  const { unit } = bound
  const { index } = sentence.context
  const isCurrency = sentence.items
    .slice(from, bound.next)
    .some(({ kind, text }) => kind === "currency" || /^[€$£]/.test(text))
  const isSaid = !isCurrency && /\b(?:cents?|pence)\b/i.test(place.text)
  const isNone = bound.kind === "compares" && bound.value === 0
  const isCents = unit === null && of.column !== null && isInCents(index, of.column) && !isSaid && !isNone
  const kinds =
    tableOf(index, of.column?.table ?? "")?.columns.filter(({ name }) => nameWords(name).includes("currency")) ?? []
  if (isCurrency && kinds.length > 0) {
    return problem(sentence, from, next, `"${place.text}" may be of all currencies, or of one`)
  }
  if (isCents && !isCurrency)
    return problem(sentence, from, next, `${of.label} is kept in cents: say a currency, or cents`)
  const factor = isCents ? 100 : unit === null ? 1 : of.column === null ? null : unitFactor(index, of.column, unit)
  if (factor === null) return problem(sentence, from, next, `nothing says how many ${unit} ${of.label} is`)
  const test: Test =
    bound.kind === "between"
      ? { kind: "between", of, low: bound.low * factor, high: bound.high * factor }
      : { kind: "compares", of, operator: bound.operator, value: bound.value * factor }
  return wished({ kind: "test", ...place, test }, next)
}
