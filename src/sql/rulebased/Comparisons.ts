/** Reading amounts: "price over 100", "between 10 and 20 units", "orders over 1000". */
import {
  choicesAt,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  rangeWish,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { type Choices, rowsOf } from "./Meaning.ts"
import type { Item } from "./Reading.ts"
import { isHaving } from "./States.ts"
import type { Operator, Property } from "./Lexicon.ts"
import type { Scalar, Test } from "./Plan.ts"
import {
  amountColumns,
  birthDates,
  type ColumnReference,
  columnOf,
  dateColumns,
  isBoolean,
  hasPersonDates,
  tableOf
} from "./SchemaIndex.ts"
import { columnSql } from "./SqlText.ts"
import { propertyColumn } from "./Targets.ts"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import { isPlural, nameWords } from "../../grounding/NameWords.ts"
import { shift } from "./Calendar.ts"
import { isInCents, isUnit, unitFactor } from "./Units.ts"

type Bound = { readonly next: number; readonly unit: string | null } & (
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
const unitAt = (
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

/** "price above average", "cost more than the average price": of all rows, so that nothing else may narrow them. */
const readAverage = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const { items } = sentence
  const named = choicesAt(sentence, at)?.number ?? verbNumber(sentence, at, before)
  const head = named === null ? at : at + 1
  const [operator, average] = items.slice(head, head + 2)
  if (operator?.kind !== "operator" || average?.kind !== "aggregate" || average.of !== "AVG") return null
  const behind = choicesAt(sentence, head + 2)?.number ?? null
  const next = behind === null ? head + 2 : head + 3
  const of = named ?? behind
  if (of?.column == null || (named !== null && behind !== null && named.sql !== behind.sql)) {
    return problem(sentence, at, next, `"${stretch(sentence, at, next).text}" does not say of what`)
  }
  const { column } = of
  const place = stretch(sentence, at, next)
  const isAll = items.slice(next).every((_, offset) => choicesAt(sentence, next + offset)?.table === column.table)
  // "above the average of their department": what stands behind may say of which rows.
  if (!isAll) return problem(sentence, at, next, `"${place.text}" may be the average of all or of some`)
  return wished({ kind: "test", ...place, test: { kind: "average", of, column, operator: operator.operator } }, next)
}

/** A number's name and its bounds, the bounds and the name of what is counted, or bounds alone. */
export const readComparison: Reader = (sentence, at, before) => {
  const { items } = sentence
  const average = readAverage(sentence, at, before)
  if (average !== null) return average
  const exact = readExact(sentence, at, before)
  if (exact !== null) return exact
  const named = choicesAt(sentence, at)
  const number =
    named === null || named.table !== null || named.aggregate !== null
      ? null
      : (named.number ?? countedBy(sentence, named.column))
  const behind = number === null ? null : boundAt(sentence, at + 1, true)
  if (named !== null && number !== null && behind !== null) {
    if (named.isStock && items[at]?.before.at(-1) === "in") {
      return problem(sentence, at, behind.next, `"in stock" and how many of what are not clear`)
    }
    // "show sales amount under 180 of the plan": what a question begins with is asked for.
    return at > 0
      ? tested(sentence, at, behind.next, number, behind)
      : problem(sentence, at, behind.next, `"${named.text}" may be what is asked for, or only what is compared`)
  }
  const done = verbNumber(sentence, at, before)
  const doneBound = done === null ? null : boundAt(sentence, at + 1, true)
  if (done !== null && doneBound !== null) return tested(sentence, at, doneBound.next, done, doneBound)
  const property = readProperty(sentence, at, before)
  if (property !== null) return property
  const own = namedBound(sentence, at)
  if (own !== null) return tested(sentence, at, own.bound.next, own.of, own.bound)
  const bound = boundAt(sentence, at, false)
  if (bound === null) return null
  const counted = choicesAt(sentence, bound.next)
  const isName = items[bound.next]?.kind === "name" && items[bound.next]?.before.length === 0
  const unit = items[bound.next]?.text ?? ""
  const owner = nounsIn(before).at(-1)
  if (
    isName &&
    counted?.number != null &&
    counted.table === null &&
    isUnit(unit) &&
    counted.number.tables[0] !== owner
  ) {
    return measuredIn(sentence, at, { ...bound, unit, next: bound.next + 1 }, owner)
  }
  if (isName && counted?.number != null && counted.table === null) {
    const { column } = counted.number
    const isKept = column !== null && unitFactor(sentence.context.index, column, unit) !== null
    if (isKept && !isPlainly(column)) return measuredIn(sentence, at, { ...bound, unit, next: bound.next + 1 }, owner)
    return tested(sentence, at, bound.next + 1, counted.number, isKept ? { ...bound, unit } : bound)
  }
  if (isName && counted?.table != null) return countedOf(sentence, at, bound, counted.table, before)
  if (isName && counted?.aggregate != null) return null
  // "at least 3 different products", "over 3 web orders": the number counts what follows it, and is no amount.
  const behindIt = items[bound.next]
  if (bound.unit !== null) return measuredIn(sentence, at, bound, owner)
  const isAmount = items[bound.next - 1]?.kind === "currency" || behindIt === undefined || behindIt.afterComma
  if (
    !isAmount &&
    behindIt.before.length === 0 &&
    ["name", "entities", "literal", "distinct"].includes(behindIt.kind)
  ) {
    return problem(sentence, at, bound.next, `"${stretch(sentence, at, bound.next).text}" does not say of what`)
  }
  return amountOf(sentence, at, bound, before)
}

/** "floor 2", "with 8 credits", "with 2 doctors": just so much, where nothing more is said. */
const readExact = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const [item, next, behind] = sentence.items.slice(at, at + 3)
  const isBeside = next !== undefined && next.before.length === 0 && !next.afterComma
  const isEnd = (one: Item | undefined) => one === undefined || one.kind !== "orMore"
  if (!isBeside || item === undefined || !isEnd(behind)) return null
  const bound = (value: number) => ({ kind: "compares", operator: "=", value, next: at + 2, unit: null }) as const
  const [own, other] = [choicesAt(sentence, at), choicesAt(sentence, at + 1)]
  const isOf = (of: Choices | null) => of?.number?.column != null && of.table === null && of.aggregate === null
  const of =
    own === null || own.table !== null || own.aggregate !== null
      ? null
      : (own.number ?? countedBy(sentence, own.column))
  if (next.kind === "number" && of?.column != null && !isUnitOf(sentence, at + 2)) {
    return at === 0 && sentence.items.length < 3 ? null : tested(sentence, at, at + 2, of, bound(next.value))
  }
  const isHad = sentence.items[at - 1]?.kind === "with" && isHaving(sentence.items[at - 1]?.text ?? "")
  if (item.kind !== "number" || !isHad) return null
  if (other?.number != null && isOf(other)) return tested(sentence, at, at + 2, other.number, bound(item.value))
  return other?.table == null || (!isPlural(next.text) && item.value !== 1)
    ? null
    : countedOf(sentence, at, { ...bound(item.value), next: at + 1 }, other.table, before)
}

/** A number that is not added up, as the year that a pupil is in. */
const countedBy = ({ context }: Sentence, reference: ColumnReference | null): Scalar | null => {
  const column = reference === null ? undefined : columnOf(context.index, reference)
  return reference === null || column === undefined || !isNumeric(column) || isBoolean(column)
    ? null
    : { label: column.name, sql: columnSql(context.dialect, reference), tables: [reference.table], column: reference }
}

const isUnitOf = ({ items }: Sentence, at: number): boolean => items[at] !== undefined && isUnit(items[at].text)

/** A column that says how long or how heavy something is, and not how late, or how much it may be at most. */
const isPlainly = ({ column }: ColumnReference): boolean => !nameWords(column).some((word) => others.has(word))

const others = new Set(
  "delay late overdue response lead wait waiting break notice grace max min maximum minimum limit".split(" ")
)

/** "worklogs over 4 hours": what of them is kept in such a unit, whatever else is called like it. */
const measuredIn = (sentence: Sentence, at: number, bound: Bound, owner: string | undefined): Reading => {
  const { dialect, index } = sentence.context
  const unit = bound.unit ?? ""
  const kept = (owner === undefined ? [] : (tableOf(index, owner)?.columns ?? [])).flatMap(({ name }) => {
    const column = { table: owner ?? "", column: name }
    return unitFactor(index, column, unit) === null || !isPlainly(column) ? [] : [column]
  })
  const [column, ...more] = kept
  if (column === undefined || more.length > 0) {
    return problem(sentence, at, bound.next, `nothing says what of ${owner ?? "them"} is measured in ${unit}`)
  }
  const of = { label: column.column, sql: columnSql(dialect, column), tables: [column.table], column }
  return tested(sentence, at, bound.next, of, bound)
}

/** "clerks who earn", "parcels that weigh" */
const verbNumber = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Scalar | null => {
  const item = sentence.items[at]
  const table = nounsIn(before).at(-1)
  return item?.kind === "verbOf" && table !== undefined ? propertyNumber(sentence, table, item.property) : null
}

/** The one amount of a table that is what a word says. */
const propertyNumber = ({ context }: Sentence, table: string, property: Property): Scalar | null => {
  const by = propertyColumn(context, table, property)
  if (by?.kind !== "column") return null
  const { column } = by
  return { label: column.column, sql: columnSql(context.dialect, column), tables: [table], column }
}

/** "4 stars or more" */
const namedBound = (sentence: Sentence, at: number): { readonly bound: Bound; readonly of: Scalar } | null => {
  const [number, name, more] = sentence.items.slice(at, at + 3)
  const of = choicesAt(sentence, at + 1)?.number ?? null
  return number?.kind === "number" && more?.kind === "orMore" && of !== null && name?.before.length === 0
    ? { of, bound: { kind: "compares", operator: more.operator, value: number.value, next: at + 3, unit: null } }
    : null
}

/** "heavier than 10 kg", "older than 60", "older than 30 days" */
const readProperty = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const [item, number] = sentence.items.slice(at, at + 2)
  const table = nounsIn(before).at(-1)
  if (item?.kind !== "comparative" || number?.kind !== "number" || table === undefined) return null
  const { next, unit } = unitAt(sentence, at + 2, true)
  if (item.property === "date") return readAge(sentence, at, item.operator === "<", table)
  const of = propertyNumber(sentence, table, item.property)
  const isBare = unit === null && item.property !== "price"
  if (of === null || isBare) {
    return problem(sentence, at, next, `"${stretch(sentence, at, next).text}" does not say of what`)
  }
  return tested(sentence, at, next, of, { kind: "compares", operator: item.operator, value: number.value, next, unit })
}

/** Of persons by their birth, of what else happened by its date. */
const readAge = (sentence: Sentence, at: number, isOlder: boolean, name: string): Reading => {
  const { index, today } = sentence.context
  const [, number, unit] = sentence.items.slice(at, at + 3)
  const grain = unit?.kind === "grain" && unit.grain !== "weekday" ? unit.grain : null
  const next = at + (grain === null ? 2 : 3)
  const { text, tokens } = stretch(sentence, at, next)
  const table = tableOf(index, name)
  const births = table === undefined ? [] : birthDates(table)
  const dates = table === undefined || births.length > 0 || grain === null ? births : dateColumns(table)
  const [column, ...more] = dates
  if (number?.kind !== "number" || column === undefined || more.length > 0) {
    return problem(sentence, at, next, `"${text}" does not say of what`)
  }
  const day = shift(today, grain ?? "year", -number.value)
  const range = isOlder ? { from: null, to: day } : { from: shift(day, "day", 1), to: null }
  const test: Test = { kind: "period", column: { table: name, column: column.name }, ...range, label: text }
  return wished({ kind: "test", tokens, text, test }, next)
}

const tested = (sentence: Sentence, from: number, next: number, of: Scalar, bound: Bound): Reading => {
  const place = stretch(sentence, from, next)
  const { unit } = bound
  const { index } = sentence.context
  const isSaid = /\b(?:cents?|pence)\b/i.test(place.text)
  const isNone = bound.kind === "compares" && bound.value === 0
  const isCents = unit === null && of.column !== null && isInCents(index, of.column) && !isSaid && !isNone
  const isCurrency = sentence.items
    .slice(from, bound.next)
    .some(({ kind, text }) => kind === "currency" || /^[€$£]/.test(text))
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

/** "more than 2 orders", "more than 2 orders in 2026" of what is asked about. */
const countedOf = (
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
    const measure = rowsOf(table, sentence.items[bound.next]?.text ?? table)
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

/** "orders over 1000": the rows' own amount, if they have just one, and nothing else that was named has any. */
const amountOf = (sentence: Sentence, at: number, bound: Bound, before: ReadonlyArray<Part>): Reading => {
  const { dialect, index } = sentence.context
  const nouns = [...new Set(nounsIn(before))]
  const owners = nouns.flatMap((name) => {
    const table = tableOf(index, name)
    const columns = table === undefined ? [] : amountColumns(index, table)
    return columns.length === 0 ? [] : [{ name, columns }]
  })
  const [owner] = owners
  const [column] = owner?.columns ?? []
  // "players under 21" says how old they are.
  const person = owner === undefined ? undefined : tableOf(index, owner.name)
  const isAge = person !== undefined && hasPersonDates(person) && sentence.items[bound.next - 1]?.kind !== "currency"
  const isOne = owners.length === 1 && owner?.columns.length === 1 && !isAge
  if (owner === undefined || column === undefined || !isOne) {
    return problem(sentence, at, bound.next, `"${stretch(sentence, at, bound.next).text}" does not say of what`)
  }
  const reference = { table: owner.name, column: column.name }
  const of = { label: column.name, sql: columnSql(dialect, reference), tables: [owner.name], column: reference }
  return tested(sentence, at, bound.next, of, bound)
}
