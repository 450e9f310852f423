/** Reading "how much did we bill", "how much is the Ridgeline 2", "how much did we spend on repairs": amounts by a verb. */
import { isDo } from "../../text/CommonWords.ts"
import { isDate, isNumeric } from "../../grounding/ColumnWords.ts"
import { kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import { rootOfDate, rootOfVerb } from "../../resolution/DateVerbs.ts"
import { readCondition } from "./Conditions.ts"
import { isSumOfMoney } from "./Aggregates.ts"
import { isStarted } from "./Measures.ts"
import {
  choicesAt,
  isTimed,
  computed,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { asked } from "./Targets.ts"
import type { Measure, Test } from "./Plan.ts"
import { mayBeVoid } from "./Outcomes.ts"
import { amountColumns, type ColumnReference, isBoolean, isLabel, tableOf } from "./SchemaIndex.ts"
import { columnSum } from "./SqlText.ts"

export const readHowMuch: Reader = (sentence, at, before) =>
  sentence.items[at]?.kind !== "howMuch" || isStarted(before)
    ? null
    : (readPrice(sentence, at, before) ?? readDone(sentence, at) ?? readObject(sentence, at))

/** "How much does Ada owe in fines?": what has no day on which it was paid. */
export const readOwed: Reader = (sentence, at, before) => {
  const { context, items } = sentence
  const isAsked = before.some(({ kind }) => kind === "howMuch") && !isStarted(before)
  if (!isAsked || !/^owes?$/i.test(items[at]?.text ?? "")) return null
  const unpaid = items.slice(at + 1).findIndex(({ text }) => !/^(?:unpaid|outstanding|open)$/i.test(text))
  const noun = unpaid < 0 ? items.length : at + 1 + unpaid
  const named = choicesAt(sentence, noun)?.table ?? null
  const owed = context.index.tables.filter(
    ({ name }) => /^(?:fine|invoice|bill|fee|charge)$/.test(kindKey(name)) && (named === null || name === named)
  )
  const [table, ...others] = owed
  const end = named === null ? noun : noun + 1
  if (
    table === undefined ||
    others.length > 0 ||
    mayBeVoid(table) ||
    table.columns.some(({ name }) => /waive|paid_?amount|amount_?paid|balance/i.test(name))
  )
    return null
  const [amount, ...amounts] = amountColumns(context.index, table)
  const paid = table.columns.filter(
    (one) => nameWords(one.name).some((word) => /^(?:paid|settled)$/.test(word)) && (isDate(one) || isBoolean(one))
  )
  const [done, ...more] = paid
  if (amount === undefined || done === undefined || amounts.length + more.length > 0) return null
  const column = { table: table.name, column: done.name }
  const test: Test = isDate(done) ? { kind: "known", column, negated: true } : { kind: "is", column, truth: false }
  const read = computed(sentence, at, end, sumOf(sentence, { table: table.name, column: amount.name }))
  return {
    ...read,
    parts: [...read.parts, ...wished({ kind: "test", ...stretch(sentence, at, end), test }, end).parts]
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "How much is the Ridgeline 2?", "How much does the Ridgeline 2 cost?": the price of one thing. */
const readPrice = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const { context, items } = sentence
  const words = items[at + 1]?.before ?? []
  const isCharged = /^charge$/i.test(items[at + 1]?.text ?? "") && items[at + 2]?.before.includes("for") === true
  const thing = isCharged ? at + 2 : at + 1
  const read = words.some((word) => /^(?:is|does|do|are)$/.test(word)) ? readCondition(sentence, thing, before) : null
  const [part, ...more] = read?.parts ?? []
  if (read === null || part?.kind !== "wish" || part.wish.kind !== "match" || more.length > 0) return null
  const { column } = part.wish
  const isCost = /^costs?$/i.test(items[read.next]?.text ?? "")
  const end = isCost ? read.next + 1 : read.next
  if (items[end] !== undefined || !isLabel(context.index, column)) return null
  const all =
    tableOf(context.index, column.table)?.columns.filter((one) => isNumeric(one) && isPriceName(one.name)) ?? []
  // Of a price and a cost, "how much is it" asks for the price.
  const called = isCost ? [] : all.filter(({ name }) => nameWords(name).includes("price"))
  const owner = tableOf(context.index, column.table)
  const prices = owner === undefined || isCost ? all : asked(owner, called.length > 0 ? called : all)
  // purchase_price and replacement_cost: neither is what it costs.
  const isRivalled =
    all.length > 1 && !prices.some(({ name }) => /^(?:unit_?|list_?|retail_?|sale_?|selling_?)?price$/i.test(name))
  const [price, ...others] = prices
  const place = stretch(sentence, at, end)
  if (price === undefined) return null
  // What a production costs the house is not what it is sold for.
  if (!isCost && prices.every(({ name }) => nameWords(name).includes("cost"))) {
    return problem(sentence, at, end, `"${place.text}" may be more than ${price.name}`)
  }
  if (others.length > 0 || isRivalled) {
    const names = [...new Set([...prices, ...all])].map(({ name }) => `${column.table}.${name}`).join(" or ")
    return problem(sentence, at, end, `"${place.text}" may be about ${names}`)
  }
  const tokens = [...stretch(sentence, at, thing).tokens, ...(isCost ? stretch(sentence, read.next, end).tokens : [])]
  const shown = { table: column.table, column: price.name }
  return {
    parts: [{ kind: "shown", tokens, text: price.name, column: shown, isNumber: true }, ...read.parts],
    next: end
  }
}

const isPriceName = (column: string): boolean =>
  nameWords(column).some((word) => /^(?:price|fee|cost|rate)$/.test(word)) &&
  !nameWords(column).some((word) => /^(?:per|min|max|discount|shipping|delivery)$/.test(word))

/**
 * "How much did we bill?", "how much has been refunded?": at the date of the verb, where there is one; what has none yet has
 * not been done.
 */
const readDone = (sentence: Sentence, at: number): Reading | null => {
  const { items } = sentence
  const verb = items[at + 1]
  const isAsked = verb?.before.some((word) => isDo(word) || /^(?:has|have|been|was|were)$/.test(word)) === true
  if (verb === undefined || !isAsked || !/^\p{L}+$/u.test(verb.text)) return null
  const table = choicesAt(sentence, at + 1)?.table ?? null
  const amounts = amountsOf(sentence, table, stemOf(verb.text))
  const read = summed(sentence, at, at + 2, amounts)
  // "How much did we refund in May?" is about when it was refunded, where that is known.
  const root = rootOfVerb([verb.text.toLowerCase()], true)
  const owner = tableOf(sentence.context.index, amounts[0]?.table ?? "")
  const dates = owner?.columns.filter((one) => isDate(one) && root !== null && rootOfDate(owner, one) === root) ?? []
  const [date, ...others] = dates
  if (read === null || owner === undefined || date === undefined || others.length > 0) return read
  const column = { table: owner.name, column: date.name }
  const place = stretch(sentence, at + 1, at + 2)
  const wish: Wish = isTimed(sentence)
    ? { kind: "date", ...place, column }
    : { kind: "test", ...place, test: { kind: "known", column, negated: false } }
  return { ...read, parts: [...read.parts, ...wished(wish, read.next).parts] }
}

/** What is in force for each, as a fee of a plan is, is not what was taken with it. */
const readObject = (sentence: Sentence, at: number): Reading | null => {
  const [verb, object] = sentence.items.slice(at + 1, at + 3)
  const isSaid = verb?.kind === "trade" || verb?.kind === "verb"
  if (!isSaid || object === undefined || !/^(?:on|in|from|for)$/.test(object.before.join(" "))) return null
  const choices = choicesAt(sentence, at + 2)
  const amounts = amountsOf(sentence, choices?.table ?? null, wordKey(object.text.toLowerCase()))
  const place = stretch(sentence, at, at + 3)
  // Of several dates nobody says when the money was spent or taken.
  const owner = tableOf(sentence.context.index, amounts[0]?.table ?? "")
  const dates = owner?.columns.filter((one) => isDate(one) && !/due|planned|expected/i.test(one.name)) ?? []
  const isPast = verb.before.some((word) => /^(?:did|have|has)$/.test(word))
  const isOwed = owner?.columns.some(({ name }) =>
    nameWords(name).some((word) => /^(?:paid|unpaid|waived|settled)$/.test(word))
  )
  if (isPast && isOwed === true && !/^(?:spen|pay|paid)/i.test(verb.text)) {
    return problem(sentence, at, at + 3, `"${place.text}" may be what was paid, or what is owed`)
  }
  if (isTimed(sentence) && dates.length > 1) {
    return problem(
      sentence,
      at,
      at + 3,
      `the time may be about ${dates.map(({ name }) => `${owner?.name}.${name}`).join(" or ")}`
    )
  }
  const read = summed(sentence, at, at + 3, amounts)
  const isKnown = choices !== null && (choices.table !== null || choices.number !== null)
  return read ?? (isKnown ? problem(sentence, at, at + 3, `nothing says how much "${place.text}" is in all`) : null)
}

const stemOf = (verb: string): string => wordKey(verb.toLowerCase().replace(/(?:ed|ing)$/, ""))

/** The amount of the rows that are called so, or the one column that is: `refund_amount`, `repair_cost`. */
const amountsOf = ({ context }: Sentence, table: string | null, word: string): ReadonlyArray<ColumnReference> => {
  const { index } = context
  const rows = tableOf(index, table ?? "")
  // What a visit costs and what was given for it are two things; of a bill or a fine it is the amount.
  const isMoney = rows !== undefined && (isSumOfMoney(rows.name) || /bill|invoice/i.test(rows.name))
  const all = isMoney ? amountColumns(index, rows) : []
  const own = all.map(({ name }) => ({ table: rows?.name ?? "", column: name }))
  const named = index.tables.flatMap((one) =>
    one.columns.flatMap((column) => {
      const [first = "", last = "", ...more] = nameWords(column.name)
      const isAmount = isNumeric(column) && more.length === 0 && /^(?:amount|cost|costs|total|sum|value)$/.test(last)
      return isAmount && wordKey(first) === word ? [{ table: one.name, column: column.name }] : []
    })
  )
  return own.length > 0 ? own : table === null ? named : named.filter((one) => one.table === table)
}

/** All of an amount. */
export const sumOf = ({ context }: Sentence, amount: ColumnReference): Measure =>
  columnSum(context.dialect, amount, `total ${amount.table} ${amount.column}`)

const summed = (
  sentence: Sentence,
  at: number,
  next: number,
  [amount, ...others]: ReadonlyArray<ColumnReference>
): Reading | null => {
  if (amount === undefined || others.length > 0) return null
  return computed(sentence, at, next, sumOf(sentence, amount))
}
