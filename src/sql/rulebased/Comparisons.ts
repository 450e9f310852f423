/** Reading amounts: "price over 100", "between 10 and 20 units", "orders over 1000". */
import { type Bound, tested, unitAt, boundAt } from "./Bounds.ts"
import { countedOf } from "./Counts.ts"
import {
  choicesAt,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  wished
} from "./Parts.ts"
import { type Choices } from "./Meaning.ts"
import type { Item } from "./Reading.ts"
import { isHaving } from "./States.ts"
import type { Property } from "./Lexicon.ts"
import type { Scalar, Test } from "./Plan.ts"
import { amountColumns, type ColumnReference, columnOf, isBoolean, isLabel, tableOf } from "./SchemaIndex.ts"
import { birthDates, dateColumns, hasPersonDates, yearsOf } from "./Dates.ts"
import { columnScalar } from "./SqlText.ts"
import { propertyColumn } from "./Targets.ts"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import { isPlural, nameWords } from "../../grounding/NameWords.ts"
import { shift } from "./Days.ts"
import { readAverage } from "./Averages.ts"
import { readDelay } from "./Delays.ts"
import { readTwoColumns } from "./TwoColumns.ts"
import { isUnit, unitFactor } from "./Units.ts"

/** A number's name and its bounds, the bounds and the name of what is counted, or bounds alone. */
export const readComparison: Reader = (sentence, at, before) => {
  const { items } = sentence
  const average = readAverage(sentence, at, verbNumber(sentence, at, before))
  if (average !== null) return average
  const delay = readDelay(sentence, at, before)
  if (delay !== null) return delay
  const both = readTwoColumns(sentence, at)
  if (both !== null) return both
  const exact = readExact(sentence, at, before)
  if (exact !== null) return exact
  const named = choicesAt(sentence, at)
  const number = numberOf(sentence, named)
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
  const aged = readAged(sentence, at, before)
  if (aged !== null) return aged
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
    // "rentals with less than 4 quantity of the plan", of which rentals have one, and plans a stock_quantity
    if (counted.isPart)
      return problem(sentence, at, bound.next + 1, `"${unit}" may be that of ${column?.table} or another`)
    const isKept = column !== null && unitFactor(sentence.context.index, column, unit) !== null
    if (isKept && !isPlainly(column)) return measuredIn(sentence, at, { ...bound, unit, next: bound.next + 1 }, owner)
    return tested(sentence, at, bound.next + 1, counted.number, isKept ? { ...bound, unit } : bound)
  }
  if (isName && counted?.table != null) return countedOf(sentence, at, bound, counted.table, before)
  if (isName && counted?.aggregate != null) return null
  // "more than 50 in stock"
  const left = choicesAt(sentence, bound.next)
  const isLeft = /^in stock$/i.test(items[bound.next]?.text ?? "") || items[bound.next]?.before.at(-1) === "in"
  if (bound.unit === null && left?.isStock === true && left.number !== null && isLeft) {
    return tested(sentence, at, bound.next + 1, left.number, bound)
  }
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
  const of = numberOf(sentence, own)
  if (next.kind === "number" && of?.column != null && !isUnitOf(sentence, at + 2)) {
    return at === 0 && sentence.items.length < 3 ? null : tested(sentence, at, at + 2, of, bound(next.value))
  }
  const [joint] = sentence.items.slice(Math.max(0, at - 1), at)
  // "with 4 stars", "4 star hotels", "on the 3rd floor"
  const isOrdinal = /^(?:\d+(?:st|nd|rd|th)|first|second|third|\p{L}+th)$/iu.test(item.text)
  const isTheirs =
    other?.number?.column != null &&
    choicesAt(sentence, at + 2)?.table === other.number.column.table &&
    behind?.before.length === 0
  const isHad =
    (joint?.kind === "with" && (isHaving(joint.text) || /^worth$/i.test(joint.text))) || isOrdinal || isTheirs
  if (item.kind !== "number" || !isHad) return null
  if (other?.number != null && isOf(other)) return tested(sentence, at, at + 2, other.number, bound(item.value))
  return other?.table == null || (!isPlural(next.text) && item.value !== 1)
    ? null
    : countedOf(sentence, at, { ...bound(item.value), next: at + 1 }, other.table, before)
}

/** The number that a name is of each row; one that is not added up, too, as the year that a pupil is in. */
const numberOf = ({ context }: Sentence, choices: Choices | null): Scalar | null => {
  if (choices === null || choices.table !== null || choices.aggregate !== null) return null
  if (choices.number !== null) return choices.number
  const reference = choices.column
  const column = reference === null ? undefined : columnOf(context.index, reference)
  return reference === null || column === undefined || !isNumeric(column) || isBoolean(column)
    ? null
    : columnScalar(context.dialect, reference)
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
  return tested(sentence, at, bound.next, columnScalar(dialect, column), bound)
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
  return columnScalar(context.dialect, by.column)
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
  // A painting of 1890 is not as old as the day on which it came.
  const isMade = table !== undefined && births.length === 0 && yearsOf(table).length > 0
  if (number?.kind !== "number" || column === undefined || more.length > 0 || isMade) {
    return problem(sentence, at, next, `"${text}" does not say of what`)
  }
  const day = shift(today, grain ?? "year", -number.value)
  const range = isOlder ? { from: null, to: day } : { from: shift(day, "day", 1), to: null }
  const test: Test = { kind: "period", column: { table: name, column: column.name }, ...range, label: text }
  return wished({ kind: "test", tokens, text, test }, next)
}

const isPriceName = (column: string): boolean => nameWords(column).includes("price")

/** "aged 16 or over": such a word says that years are meant. */
const readAged = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const [item, number, joint, side] = sentence.items.slice(at, at + 4)
  if (!/^aged?$/i.test(item?.text ?? "")) return null
  const isOpen =
    number?.kind === "number" && joint?.kind === "or" && side?.kind === "operator" && /^[<>]$/.test(side.operator)
  const open = isOpen
    ? ({
        kind: "compares",
        operator: side.operator === ">" ? ">=" : "<=",
        value: number.value,
        unit: null,
        next: at + 4
      } as const)
    : null
  const bound = open ?? boundAt(sentence, at + 1, true)
  return bound === null ? null : ageOf(sentence, at, bound, nounsIn(before).at(-1))
}

/** "patients over 60", "under 12 years old": by the one birth date of people. */
const ageOf = (sentence: Sentence, at: number, bound: Bound, name: string | undefined): Reading | null => {
  const table = tableOf(sentence.context.index, name ?? "")
  const [born, ...more] = table === undefined ? [] : birthDates(table)
  const { items } = sentence
  const isYears = /^years?$/i.test(items[bound.next]?.text ?? "")
  const next = isYears && /^old$/i.test(items[bound.next + 1]?.text ?? "") ? bound.next + 2 : bound.next
  const isOther = bound.unit !== null || (isYears && next === bound.next)
  if (name === undefined || born === undefined || more.length > 0 || bound.kind !== "compares" || isOther) return null
  const { operator, value } = bound
  if (!Number.isInteger(value) || value < 1 || value > 130) return null
  const years = (count: number) => shift(sentence.context.today, "year", -count)
  const after = (day: string) => shift(day, "day", 1)
  const ranges: Partial<Record<typeof operator, { readonly from: string | null; readonly to: string | null }>> = {
    ">": { from: null, to: years(value) },
    ">=": { from: null, to: after(years(value)) },
    "<": { from: after(years(value)), to: null },
    "<=": { from: after(years(value + 1)), to: null },
    "=": { from: after(years(value + 1)), to: after(years(value)) }
  }
  const range = ranges[operator]
  const place = stretch(sentence, at, next)
  const column = { table: name, column: born.name }
  return range === undefined
    ? null
    : wished({ kind: "test", ...place, test: { kind: "period", column, ...range, label: place.text } }, next)
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
  // Of a price and a cost, "under 300 euros" is about the price.
  const [column] =
    owner?.columns.toSorted((one, other) => Number(isPriceName(other.name)) - Number(isPriceName(one.name))) ?? []
  const isPriced =
    owner?.columns.every(({ name }) => isPriceName(name) === (name === column?.name) && /price|cost/i.test(name)) ===
    true
  // "players under 21" says how old they are.
  const person = owner === undefined ? undefined : tableOf(index, owner.name)
  const isAge = person !== undefined && hasPersonDates(person) && sentence.items[bound.next - 1]?.kind !== "currency"
  const isOne = owners.length === 1 && (owner?.columns.length === 1 || isPriced) && !isAge
  // "members with more than 10 in fines" is no age.
  const isOfOthers = sentence.items[bound.next]?.before.includes("in") === true
  const born = isOfOthers ? null : ageOf(sentence, at, bound, nouns.at(-1))
  if (born !== null && (owner === undefined || born.next > bound.next)) return born
  // What was charged for a repair is not what it cost.
  const isRivalled =
    column !== undefined &&
    nameWords(column.name).length > 1 &&
    person?.columns.some((one) => one !== column && /(?:^|_)(?:cost|price|total)$/i.test(one.name)) === true &&
    !isPriced
  // "turnover of the kettle over 200": what it costs is known of one thing, and hardly asked.
  const isNamed = before.some(
    (part) =>
      part.kind === "wish" &&
      part.wish.kind === "match" &&
      part.wish.column.table === owner?.name &&
      (isLabel(index, part.wish.column) || part.wish.matches.every(({ entity }) => entity !== null))
  )
  if (owner === undefined || column === undefined || !isOne || isRivalled || isNamed) {
    return problem(sentence, at, bound.next, `"${stretch(sentence, at, bound.next).text}" does not say of what`)
  }
  const reference = { table: owner.name, column: column.name }
  return tested(sentence, at, bound.next, columnScalar(dialect, reference), bound)
}
