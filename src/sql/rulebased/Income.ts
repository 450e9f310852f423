/** Reading "rental income", "revenue from rentals", "spent on passes": what rows of a record took in. */
import { isDate, isNumeric } from "../../grounding/ColumnWords.ts"
import type { Table } from "../../grounding/Grounding.ts"
import * as Result from "effect/Result"
import { hasPersonDates, isDone } from "./Dates.ts"
import { kindKey, nameWords } from "../../grounding/NameWords.ts"
import { sumOf } from "./HowMuch.ts"
import {
  choicesAt,
  computed,
  isTimed,
  isValueSaid,
  problem,
  nounsIn,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { dateOf, isSale, referringTo, stepsTo } from "./Paths.ts"
import { ofMoney, voidBy } from "./Outcomes.ts"
import type { Measure } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { amountColumns, isLabel, isMeasure, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { columnSql } from "./SqlText.ts"

/** "rental income", "revenue from rentals", "money spent on passes", "how much has Ada paid for passes": what rows took in. */
export const readIncome = (sentence: Sentence, at: number): Reading | null => {
  const { items } = sentence
  const [item, next, last] = items.slice(at, at + 3)
  // "total value of adverts"
  const isTotal = behindTotal(sentence, at) > at && next !== undefined && isIncome(next)
  const inner = isTotal ? readIncome(sentence, at + 1) : null
  const [sum, ...more] = inner?.parts ?? []
  if (inner !== null && sum?.kind === "measure" && more.length === 0) {
    return computed(sentence, at, inner.next, sum.measure)
  }
  // "ticket spending"
  const isSpending = next?.kind === "trade" && /^spend(?:ing)?$/i.test(next.text) && next.before.length === 0
  const isFront = choicesAt(sentence, at)?.table != null && next !== undefined && (isIncome(next) || isSpending)
  const isCompound = isFront && next.before.length === 0 && !next.afterComma
  const isBehind = item !== undefined && isIncome(item) && next?.before.some((word) => /^(?:from|of|with)$/.test(word))
  const isMoney = /^money$/i.test(item?.text ?? "") && isPaid(next) && isFor(last)
  const isHowMuch = items.slice(0, at).some(({ kind }) => kind === "howMuch")
  const isAsked = isHowMuch && isPaid(item) && isFor(next)
  // "How much money did businesses give us?"
  const given = isHowMuch ? recordOf(sentence, item) : null
  if (given !== null) return ofThose(sentence, given, taking(sentence, at, at + 1, given))
  const paid = isHowMuch && /^(?:paid|pay)$/i.test(item?.text ?? "") ? readPaid(sentence, at) : null
  if (paid !== null) return paid
  const thing = isCompound ? at : isBehind === true ? at + 1 : isMoney ? at + 2 : isAsked ? at + 1 : -1
  const table = choicesAt(sentence, thing)?.table ?? null
  return table === null ? readAll(sentence, at) : taking(sentence, at, Math.max(thing + 1, at + 2), table)
}

/** "How much did parents pay in 2026?", of invoices that say when they were paid. */
const readPaid = (sentence: Sentence, at: number): Reading | null => {
  const [one, ...others] = sentence.context.index.tables.flatMap((table) => {
    const dates = table.columns.filter((column) => isDate(column) && nameWords(column.name)[0] === "paid")
    const [date] = dates
    return /invoice|bill/i.test(table.name) && date !== undefined && dates.length === 1 ? [{ table, date }] : []
  })
  if (one === undefined || others.length > 0) return null
  // What was paid of a bill may be less than its total, and others may pay the rest.
  const part = one.table.columns.find(
    (column) =>
      isNumeric(column) && nameWords(column.name).some((word) => /^(?:paid|insurance|insurer|insured)$/.test(word))
  )
  if (part !== undefined) {
    return problem(sentence, at, at + 1, `${part.name} of ${one.table.name} says how much of it was paid, or by whom`)
  }
  const [amount, ...more] = amountColumns(sentence.context.index, one.table)
  if (amount === undefined || more.length > 0) return null
  // What was cancelled has not been paid.
  const read = computed(sentence, at, at + 1, sumOf(sentence, { table: one.table.name, column: amount.name }))
  const column = { table: one.table.name, column: one.date.name }
  const place = stretch(sentence, at, at + 1)
  const when: Wish = isTimed(sentence)
    ? { kind: "date", ...place, column }
    : { kind: "test", ...place, test: { kind: "known", column, negated: false } }
  return ofThose(sentence, one.table.name, { ...read, parts: [...read.parts, ...wished(when, read.next).parts] })
}

/** What members paid, their trainer did not: whoever is named has to be the nearest person. */
const ofThose = (sentence: Sentence, record: string, read: Reading | null): Reading | null => {
  const { index } = sentence.context
  const isPerson = (name: string) => {
    const table = tableOf(index, name)
    const labels = table === undefined ? 0 : labelColumns(table).length
    return table !== undefined && (labels > 1 || (labels > 0 && hasPersonDates(table)))
  }
  const named = sentence.items.flatMap((item, at) => {
    const values =
      item.kind === "name" ? item.meanings.flatMap((one) => (one.kind === "value" ? [one.column.table] : [])) : []
    const table = choicesAt(sentence, at)?.table
    return [...values, ...(table == null ? [] : [table])]
  })
  const stranger = named.find(
    (name) =>
      isPerson(name) &&
      stepsTo(index, record, name)
        ?.slice(0, -1)
        .some(({ to }) => isPerson(to.table)) === true
  )
  return stranger === undefined || read === null
    ? read
    : {
        parts: [{ kind: "problem", tokens: [], text: `others than ${stranger} paid what ${record} say` }],
        next: read.next
      }
}

/** Where that stands of which a total is asked for; where the question stands, if none is. */
const behindTotal = ({ items }: Sentence, at: number): number => {
  const [head, next] = items.slice(at, at + 2)
  return head?.kind === "aggregate" && head.of === "SUM" && next?.before.length === 0 ? at + 1 : at
}

/** "revenue per month", "total sales by publisher": what the one record there is of it took in. */
const readAll = (sentence: Sentence, at: number): Reading | null => {
  const named = behindTotal(sentence, at)
  const isTotal = named > at
  const [item, next] = sentence.items.slice(named, named + 2)
  // "total paid per method"
  const record = isTotal && (item?.kind !== "name" || item.isVerb === true) ? recordOf(sentence, item) : null
  if (record !== null) return taking(sentence, at, named + 1, record)
  const isSaid = item?.kind === "unknown" && /^(?:incomes?|revenues?|turnover|takings|sales)$/i.test(item.text)
  const isBeside = next?.before.length === 0 && !next.afterComma && choicesAt(sentence, named + 1) !== null
  // "the ticket revenue": that of tickets
  const isOfNoun = sentence.items[at]?.before.length === 0 && choicesAt(sentence, at - 1)?.table != null
  if (!isSaid || isBeside || isOfNoun) return null
  // Of an order and of its lines it is the same; of what was billed and what was paid it is not.
  const { index } = sentence.context
  const tables = index.tables.filter(isEarning)
  const taken = tables.map(({ name }) => takenIn(sentence, name))
  const sums = new Map(taken.map((one) => [typeof one === "string" ? "" : sqlOf(one), one]))
  const [one, ...others] = sums.values()
  const isCommission = tables.some(hasCommission)
  const isSaidWhen = !isTimed(sentence) || tables.every(({ name }) => isOfSaleDate(index, name))
  return one === undefined || typeof one === "string" || others.length > 0 || !isSaidWhen || isCommission
    ? problem(sentence, at, named + 1, `nothing, or more than one thing, says what "${item.text}" is`)
    : computed(sentence, at, named + 1, one)
}

/** What an agency earns of a sale is its commission. */
const hasCommission = ({ columns }: Table): boolean =>
  columns.some(({ name }) => nameWords(name).includes("commission"))

/** When a ticket was scanned is not when it was sold. */
const isOfSaleDate = (index: SchemaIndex, name: string): boolean => {
  const date = dateOf(index, name, false)
  return (
    Result.isSuccess(date) &&
    (!isDone(date.success.column) || /sold|paid|bought|purchas|ordered|received/i.test(date.success.column))
  )
}

/** Whether rows of a table may be what is earned: they are called so, and say an amount. */
const isEarning = (table: Table): boolean =>
  /invoice|bill|sale|order|ticket|receipt|booking|reservation|rental|hire|subscription|payment/i.test(table.name) &&
  !/purchase|suppl|vendor|loan/i.test(table.name) &&
  labelColumns(table).length === 0 &&
  table.columns.some(
    (column) => isNumeric(column) && nameWords(column.name).some((word) => /^(?:amount|total|price|fee)$/.test(word))
  )

/** "Which film earned us the most money?": what is taken in with it, where only one kind of rows says so. */
export const earnedBy = (sentence: Sentence, subject: string): Measure | string => {
  const { index } = sentence.context
  if (index.tables.some(hasCommission)) return "what is earned may be a commission"
  const [taken, ...others] = index.tables.flatMap(({ name }) => {
    const measure = takenIn(sentence, name)
    const isReached =
      typeof measure !== "string" && measure.tables.every((one) => stepsTo(index, one, subject) !== null)
    return isReached ? [measure] : []
  })
  // Where bills or payments are kept, what is earned is what they say.
  const money = index.tables.find(({ name }) => /^(?:payment|bill|invoice)$/.test(kindKey(name)))
  const isTaken = money === undefined || (taken !== undefined && taken.tables.includes(money.name))
  // Of an order and of its lines it is the same.
  return taken === undefined || !isTaken || others.some((one) => sqlOf(one) !== sqlOf(taken))
    ? `nothing, or more than one thing, says what ${subject} earned`
    : taken
}

/** "Who has spent the most?": what they paid, or where no payments are kept, what was taken in with them. */
export const spentBy = (sentence: Sentence, subject: string): Measure | string => {
  const { index } = sentence.context
  const [record, ...others] = index.tables.filter(
    ({ name }) => kindKey(name) === "payment" && stepsTo(index, name, subject) !== null
  )
  if (others.length > 0) return `more than one thing says what ${subject} paid`
  return record === undefined ? earnedBy(sentence, subject) : takenIn(sentence, record.name)
}

/** "spent the most", "how much has Ada spent": on nothing in particular. */
export const readSpent: Reader = (sentence, at, before) => {
  const { items } = sentence
  const [item, most, behind] = items.slice(at, at + 3)
  const isSpent = item?.kind === "trade" && /^sp/i.test(item.text)
  const isMost = most?.kind === "superlative" && most.property === null
  const end = isMost ? at + 2 : at + 1
  const object = isMost ? behind : most
  const isAll = object === undefined || object.kind === "range" || (object.kind === "or" && isMost)
  const isHowMuch = before.some(({ kind }) => kind === "howMuch")
  const names = before.flatMap((part) =>
    part.kind === "wish" && part.wish.kind === "match" && isLabel(sentence.context.index, part.wish.column)
      ? [part.wish.column.table]
      : []
  )
  const [subject, ...more] = new Set(isMost ? nounsIn(before) : isHowMuch ? names : [])
  if (!isSpent || !isAll || subject === undefined || more.length > 0) return null
  const place = stretch(sentence, at, end)
  const measure = spentBy(sentence, subject)
  if (typeof measure === "string") return null
  if (!isMost) return computed(sentence, at, end, measure)
  const { direction } = most
  const target = { kind: "measure", measure } as const
  return { parts: [{ kind: "rank", ...place, direction, count: null, target, addsUp: true }], next: end }
}

/**
 * What all rows of a record took in: the one amount that each says, or its price so many times, as the lines of an order
 * say. What may not have taken place has taken nothing in, unless the question says which of them it means.
 */
export const takenIn = (sentence: Sentence, name: string): Measure | string => {
  const { dialect, index } = sentence.context
  const table = tableOf(index, name)
  const amounts = table === undefined ? [] : amountColumns(index, table)
  const lines = [name, ...(amounts.length === 0 ? referringTo(index, name) : [])].flatMap((one) => {
    const line = tableOf(index, one)
    const factors = line === undefined ? null : factorsOf(index, line)
    return line === undefined || factors === null ? [] : [{ line, factors }]
  })
  const [product, ...more] = lines
  const [amount, ...others] = amounts
  if (table === undefined || labelColumns(table).length > 0 || !(product !== undefined || table.columns.some(isDate)))
    return `${name} are no record of what was paid`
  const isOne = product === undefined ? amount !== undefined && others.length === 0 : more.length === 0
  if (!isOne) return `${name} have no one amount`
  const open = [table, ...(product === undefined ? [] : [product.line, ...ownersOf(index, product.line.name)])].find(
    (one) => isVoid(sentence, one)
  )
  if (open !== undefined) return `some ${open.name} may not have taken place`
  if (product === undefined) return sumOf(sentence, { table: name, column: amount?.name ?? "" })
  const [quantity, price] = product.factors.map((column) => columnSql(dialect, { table: product.line.name, column }))
  return {
    label: `total ${name} value`,
    tables: [product.line.name],
    of: { kind: "expression", sql: `SUM(${quantity} * ${price})`, sensitive: true }
  }
}

/** How many a row is of, and what one of them costs; `null` where it is not just these, as with a discount. */
const factorsOf = (index: SchemaIndex, table: Table): readonly [string, string] | null => {
  const numbers = table.columns.filter((column) => isMeasure(index, table, column))
  const [price, ...prices] = numbers.filter(({ name }) => nameWords(name).includes("price"))
  const [quantity, ...others] = numbers.filter((column) => column !== price)
  const isOfOne = price !== undefined && nameWords(price.name).some((word) => word === "unit" || word === "per")
  if (price === undefined || quantity === undefined || prices.length > 0 || others.length > 0) return null
  const isPieces = /^(?:quantity|qty|units?|pieces?|pcs|count)$/.test(nameWords(quantity.name).at(-1) ?? "")
  return labelColumns(table).length === 0 && (isPieces || isOfOne) ? [quantity.name, price.name] : null
}

/** What rows of a table belong to, one each. */
const ownersOf = (index: SchemaIndex, name: string): ReadonlyArray<Table> =>
  index.tables.filter((table) => {
    const steps = stepsTo(index, name, table.name)
    return steps?.length === 1 && steps.every(({ many }) => !many)
  })

/** Whether rows of a table may have been cancelled or given back, and the question does not say which it means. */
const isVoid = ({ items }: Sentence, table: Table): boolean => {
  const state = voidBy(table)
  const isSaid = state !== undefined && isValueSaid(items, { table: table.name, column: state.name })
  // Of payments those are taken that brought money.
  const isClear = kindKey(table.name) === "payment" && ofMoney(table)?.column.column === state?.name
  return (
    table.columns.some(({ name }) => /refund|cancel|void/i.test(name)) || (state !== undefined && !isSaid && !isClear)
  )
}

export const isIncome = (item: Item): boolean =>
  item.kind === "unknown" && /^(?:incomes?|revenues?|turnover|takings|earnings|proceeds|money|value)$/i.test(item.text)

// ---------------------------------------------------------------------------------------------------------------------
// internals

const sqlOf = ({ of }: Measure): string => (of.kind === "expression" ? of.sql : "")

/** All that the rows of a table took in, as what stands at a place. */
const taking = (sentence: Sentence, at: number, end: number, table: string): Reading | null => {
  const place = stretch(sentence, at, end)
  const { index } = sentence.context
  // Payments of permits or of fines: of the holder by one of them, or by the other.
  const parents = ownersOf(index, table)
  const person = index.tables.find(
    ({ name }) => parents.filter((one) => one.name !== name && stepsTo(index, one.name, name) !== null).length > 1
  )
  if (person !== undefined) {
    return problem(sentence, at, end, `${table} lead to ${person.name} by more than one way`)
  }
  const taken = takenIn(sentence, table)
  // A weekly fee or a list price is no value of the rows.
  const isValue = /\bvalue\b/i.test(place.text)
  if (isValue && typeof taken !== "string" && !sqlOf(taken).includes("*") && !isSale(table)) {
    return problem(sentence, at, end, `nothing says what "${place.text}" is`)
  }
  if (typeof taken === "string") return problem(sentence, at, end, `nothing says what "${place.text}" is: ${taken}`)
  return computed(sentence, at, end, taken)
}

/** What is given and donated is kept in donations, what is paid in payments, and what is billed in bills. */
const recordOf = ({ context: { index } }: Sentence, verb: Item | undefined): string | null => {
  const word = verb?.text.toLowerCase() ?? ""
  const nouns = records.find(([verbs]) => verbs.test(word))?.[1] ?? []
  const [table, ...others] = index.tables.filter(({ name }) => nouns.includes(kindKey(name)))
  return table === undefined || others.length > 0 ? null : table.name
}

const records: ReadonlyArray<readonly [verbs: RegExp, nouns: ReadonlyArray<string>]> = [
  [/^(?:give|given|gave|donated?|contributed?)$/, ["donation", "gift", "contribution"]],
  [/^(?:paid|pay)$/, ["payment"]],
  [/^(?:billed?|invoiced?)$/, ["bill", "invoice"]]
]

const isPaid = (item: Item | undefined): boolean =>
  /^(?:paid|pay|pays|spent|spend|spends|spending)$/i.test(item?.text ?? "")

const isFor = (item: Item | undefined): boolean => item?.before.some((word) => /^(?:on|for)$/.test(word)) === true
