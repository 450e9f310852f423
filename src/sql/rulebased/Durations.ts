/**
 * Reading how long something takes: "how many days does it take on average to close a ticket", "average number of days
 * from order to delivery". It lies between two dates that the question says, or between when there was a row and one.
 */
import type { ColumnReference, SchemaIndex } from "./SchemaIndex.ts"
import { isDate } from "../../grounding/ColumnWords.ts"
import { rootOfDate, rootOfVerb, rootOfWord } from "../../resolution/DateVerbs.ts"
import { dateColumns, isDone } from "./Dates.ts"
import { isStarted } from "./Measures.ts"
import { choicesAt, type Part, problem, type Reader, type Reading, type Sentence, stretch } from "./Parts.ts"
import type { Measure } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { tableOf } from "./SchemaIndex.ts"
import { columnSql, elapsed, type TimeUnit } from "./SqlText.ts"

export const readDuration: Reader = (sentence, at, before) => {
  const unit = isStarted(before) ? null : unitAsked(sentence, at)
  if (unit === null) return null
  const said = saidBehind(sentence, unit.next)
  if (said === null || !(unit.isAverage || said.isAverage)) return null
  const refuse = (why: string): Reading => problem(sentence, at, said.next, why)
  const [first, second] = said.deeds
  const { index } = sentence.context
  const end = datesOf(index, second ?? first ?? "", said.table)
  const [to, ...moreEnds] = end
  if (to === undefined) return null
  const starts =
    second === undefined ? beginnings(index, to) : datesOf(index, first ?? "", said.table).filter(isOther(to))
  const [from, ...moreStarts] = starts
  const { text } = stretch(sentence, at, said.next)
  if (from === undefined || moreStarts.length + moreEnds.length > 0) {
    return refuse(`nothing says from which date to which "${text}" goes`)
  }
  // Those that began then, or those that ended?
  if (sentence.items.some(({ kind }) => kind === "range")) {
    return refuse(`the time may be about ${from.table}.${from.column} or about ${to.table}.${to.column}`)
  }
  return { parts: [measured(sentence, at, said, { from, to, unit: unit.unit }), ...said.grouped], next: said.next }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const units: ReadonlyMap<string, TimeUnit> = new Map([
  ["days", "day"],
  ["hours", "hour"],
  ["minutes", "minute"]
])

/** "how many days", "average number of hours": of what is counted, and whether its average is asked for. */
const unitAsked = ({ items }: Sentence, at: number) => {
  let isAverage = false
  let isCounted = false
  for (let next = at; next < items.length; next++) {
    const item = items[next]
    if (item?.kind === "aggregate" && item.of === "AVG") isAverage = true
    else if (item?.kind === "count" && !/different|distinct|unique/i.test(item.text)) isCounted = true
    else {
      const unit = units.get(item?.text.toLowerCase() ?? "")
      return unit === undefined || !(isAverage || isCounted) ? null : { unit, isAverage, next: next + 1 }
    }
  }
  return null
}

interface Said {
  /** One or two words for what happened. */
  readonly deeds: ReadonlyArray<string>
  /** What it happened to, where that is said. */
  readonly table: string | null
  readonly isAverage: boolean
  readonly grouped: ReadonlyArray<Part>
  readonly next: number
}

/** Words that hold such a question together. */
const joining = /^(?:it|us|them|until|before|between|and|being|gets?|take|takes|took|needs?)$/i

const saidBehind = (sentence: Sentence, from: number): Said | null => {
  const { items } = sentence
  const deeds: Array<string> = []
  const grouped: Array<Part> = []
  let table: string | null = null
  let isAverage = false
  let next = from
  for (let item = items[next]; item !== undefined && !item.afterComma; item = items[++next]) {
    const named = choicesAt(sentence, next)?.table ?? null
    if (item.kind === "aggregate" && item.of === "AVG") isAverage = true
    else if (item.kind === "per" && deeds.length === 0) {
      const by = choicesAt(sentence, next + 1)?.table ?? null
      if (by === null) return null
      const of = { kind: "table", table: by } as const
      grouped.push({ kind: "grouped", ...stretch(sentence, next, next + 2), by: of, said: "each" })
      next++
    } else if (isDeed(sentence, next, deeds.length)) deeds.push(item.text.toLowerCase())
    else if (named !== null && table === null) table = named
    else if (!joining.test(item.text)) break
  }
  return deeds.length === 0 || deeds.length > 2 ? null : { deeds, table, isAverage, grouped, next }
}

/** What is said to be done: behind "to", "from" or "between", or of what is named before it. */
const isDeed = ({ context, items }: Sentence, at: number, count: number): boolean => {
  const [item, last] = [items[at], items[at - 1]]
  if (item === undefined || count > 1) return false
  const isSaid =
    item.before.some((word) => /^(?:to|from|is|are|was|were|been)$/.test(word)) ||
    /^(?:between|and|until|before|being|gets?)$/i.test(last?.text ?? "")
  return isSaid && isWord(item) && datesOf(context.index, item.text.toLowerCase(), null).length > 0
}

const isWord = ({ text }: Item): boolean => /^\p{L}+$/u.test(text)

/** The dates that are called by the verb or the noun, of one table where it is said. */
const datesOf = (index: SchemaIndex, word: string, table: string | null): ReadonlyArray<ColumnReference> => {
  const roots = new Set([rootOfVerb([word], true), rootOfWord(word)])
  const all = index.tables.flatMap(({ columns, name }) =>
    columns.flatMap((column) => {
      const root = isDate(column) ? rootOfDate(column.name, name) : null
      // The order_date of an order says no more than its table does.
      const isOwn = isDate(column) && root === null && rootOfWord(word) === rootOfWord(singular(name))
      return (root !== null && roots.has(root)) || (isOwn && dateColumns(tableOf(index, name)!).includes(column))
        ? [{ table: name, column: column.name }]
        : []
    })
  )
  const near = table === null ? all : all.filter((one) => one.table === table)
  return near.length > 0 ? near : all
}

const singular = (table: string): string => table.toLowerCase().replace(/s$/, "")

const isOther =
  (to: ColumnReference) =>
  (one: ColumnReference): boolean =>
    one.table !== to.table || one.column !== to.column

/** When there was the row, of which something was done later. */
const beginnings = (index: SchemaIndex, to: ColumnReference): ReadonlyArray<ColumnReference> => {
  const table = tableOf(index, to.table)
  return table === undefined || !isDone(to.column)
    ? []
    : dateColumns(table)
        .map(({ name }) => ({ table: to.table, column: name }))
        .filter(isOther(to))
}

const measured = (
  sentence: Sentence,
  at: number,
  { grouped, next }: Said,
  { from, to, unit }: { readonly from: ColumnReference; readonly to: ColumnReference; readonly unit: TimeUnit }
): Part => {
  const { dialect } = sentence.context
  const owned = new Set(grouped.flatMap(({ tokens }) => tokens))
  const place = stretch(sentence, at, next)
  const measure: Measure = {
    label: `average ${unit}s from ${from.column} to ${to.column}`,
    tables: [...new Set([from.table, to.table])],
    of: {
      kind: "expression",
      sql: `AVG(${elapsed(dialect, unit, columnSql(dialect, from), columnSql(dialect, to))})`,
      sensitive: true
    }
  }
  return {
    kind: "measure",
    text: place.text,
    tokens: place.tokens.filter((token) => !owned.has(token)),
    measure,
    isOf: false,
    isJoined: false
  }
}
