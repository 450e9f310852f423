/**
 * Reading how long something takes: "how many days does it take on average to close a ticket", "average number of days
 * from order to delivery". It lies between two dates that the question says, or between when there was a row and one.
 */
import { isDate, isNumeric } from "../../grounding/ColumnWords.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import { rootOfDate, rootOfVerb, rootOfWord } from "../../resolution/DateVerbs.ts"
import { dateColumns, hasTime, isBeginning, isDone } from "./Dates.ts"
import { mayBeVoid, unrealBy } from "./Outcomes.ts"
import { readCondition } from "./Conditions.ts"
import { isStarted } from "./Measures.ts"
import {
  choicesAt,
  computed,
  isValueSaid,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch
} from "./Parts.ts"
import type { Measure } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { columnOf, type ColumnReference, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { columnSql, elapsed, type TimeUnit } from "./SqlText.ts"

export const readDuration: Reader = (sentence, at, before) =>
  isStarted(before) ? null : (readTaking(sentence, at) ?? readLasting(sentence, at, before) ?? readLength(sentence, at))

// ---------------------------------------------------------------------------------------------------------------------
// internals

const readTaking = (sentence: Sentence, at: number): Reading | null => {
  const unit = unitAsked(sentence, at)
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
  // What a process begins with is not what it ends with.
  if (isFirst(to.column)) return refuse(`${to.table}.${to.column} is when something begins, and not when it ends`)
  const [from, ...moreStarts] = starts
  if (from === undefined || moreStarts.length + moreEnds.length > 0) {
    return refuse(`nothing says from which date to which "${stretch(sentence, at, said.next).text}" goes`)
  }
  return measured(sentence, at, said, { from, to, unit: unit.unit })
}

/** "How many days does a rental last on average?", "how long do outages last on average, in hours" */
const readLasting = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const { items } = sentence
  const isLong = items[at]?.text.toLowerCase() === "long" && items[at]?.before.includes("how") === true
  const unit = isLong ? { unit: null, isAverage: false, next: at + 1 } : unitAsked(sentence, at)
  if (unit === null) return null
  const choices = choicesAt(sentence, unit.next)
  const name = choices?.table ?? choices?.value?.column.table ?? null
  // "an appendectomy" is one of the operations.
  const which = choices?.table == null && name !== null ? readCondition(sentence, unit.next, before) : null
  const verb = which?.next ?? unit.next + 1
  const isLasting = /^(?:lasts?|takes?|took)$/i.test(items[verb]?.text ?? "")
  const average = items[verb + 1]
  const isBehind = average?.kind === "aggregate" && average.of === "AVG"
  if (name === null || !isLasting || !(unit.isAverage || isBehind)) return null
  const read = lengthOf(sentence, at, isBehind ? verb + 2 : verb + 1, name, unit.unit)
  const owned = new Set(which?.parts.flatMap(({ tokens }) => tokens))
  return read === null
    ? null
    : {
        ...read,
        parts: [
          ...read.parts.map((part) => ({ ...part, tokens: part.tokens.filter((token) => !owned.has(token)) })),
          ...(which?.parts ?? [])
        ]
      }
}

/** "average length of a visit in minutes", "average delivery time in days", "average time to first response in hours". */
const readLength = (sentence: Sentence, at: number): Reading | null => {
  const { context, items } = sentence
  const [head, one, other] = items.slice(at, at + 3)
  if (head?.kind !== "aggregate" || head.of !== "AVG" || one === undefined || other === undefined) return null
  const tableAt = (place: number) => choicesAt(sentence, place)?.table ?? null
  const isLength = (item: Item) => /^(?:length|duration)$/i.test(item.text)
  const isTime = (item: Item) => /^times?$/i.test(item.text)
  const isOf = isLength(one) && other.before.includes("of")
  const table = isOf ? tableAt(at + 2) : isLength(other) ? tableAt(at + 1) : null
  if (table !== null) return lengthOf(sentence, at, at + 3, table)
  const isTaking = isTime(one) && other.before.includes("to")
  const isFirst = isTaking && /^first$/i.test(other.text)
  const deedAt = isTaking ? (isFirst ? at + 3 : at + 2) : isTime(other) ? at + 1 : null
  const deed = deedAt === null ? undefined : items[deedAt]
  if (deedAt === null || deed === undefined || !isWord(deed)) return null
  const end = isTaking ? deedAt + 1 : at + 3
  const named = tableAt(end)
  const ends = datesOf(context.index, deed.text.toLowerCase(), named, isFirst)
  const [to, ...moreEnds] = ends
  const [from, ...moreStarts] = to === undefined ? [] : beginnings(context.index, to)
  const place = { grouped: [], next: named === null ? end : end + 1 }
  if (to === undefined) return null
  return from === undefined || moreEnds.length + moreStarts.length > 0
    ? problem(sentence, at, end, `nothing says from which date to which "${stretch(sentence, at, end).text}" goes`)
    : inUnit(sentence, at, place, { from, to })
}

/** Of rows that begin and end, or that say themselves how long they are. */
const lengthOf = (
  sentence: Sentence,
  at: number,
  next: number,
  name: string,
  asked: TimeUnit | null = null
): Reading | null => {
  const { context } = sentence
  const table = tableOf(context.index, name)
  const behind = unitBehind(sentence, next)
  const said = behind ?? (asked === null ? null : { unit: asked, next })
  const kept = table?.columns.filter((column) => isNumeric(column) && isLengthName(column.name, name)) ?? []
  const [column, ...others] = kept
  const unit =
    column === undefined ? undefined : units.get(nameWords(column.name).find((word) => units.has(word)) ?? "")
  const dates = table?.columns.filter((one) => isDate(one)).map((one) => ({ table: name, column: one.name })) ?? []
  // A trip departs before it arrives, and a guest does not.
  const isTrip = /trip|flight|journey|voyage|crossing|sailing|ride|leg|run|service/i.test(name)
  const isFirst = (one: string) =>
    isTrip && one.startsWith("arriv") ? false : isBeginning(one) || (isTrip && one.startsWith("depart"))
  const isLast = (one: string) =>
    isTrip && one.startsWith("depart") ? false : ends.test(one) || (isTrip && one.startsWith("arriv"))
  const [from, ...moreFrom] = dates.filter((one) => isFirst(nameWords(one.column).join(" ")))
  const [to, ...moreTo] = dates.filter((one) => isLast(nameWords(one.column).join(" ")))
  // The end that was planned is not the one that was.
  const isBroken = dates.some((one) => one !== to && /complet|terminat|broken|finish|cancel|ended/i.test(one.column))
  if (kept.length > 0 && from !== undefined && to !== undefined) return null
  if (column !== undefined && others.length === 0 && (said === null || said.unit === unit)) {
    const end = said?.next ?? next
    const sql = columnSql(context.dialect, { table: name, column: column.name })
    const measure: Measure = {
      label: `average ${column.name}`,
      tables: [name],
      of: { kind: "expression", sql: `AVG(${sql})`, sensitive: true }
    }
    return computed(sentence, at, end, measure)
  }
  // What was cancelled did not last, and what is planned may not: its end is none that was.
  const isPlain = to !== undefined && isDone(to.column)
  if (!isPlain && (isBroken || (table !== undefined && mayBeVoid(table) && unrealBy(table) === undefined))) return null
  const state = isPlain ? undefined : unrealBy(table)
  if (state !== undefined && !isValueSaid(sentence.items, { table: name, column: state.name })) return null
  return kept.length > 0 || from === undefined || to === undefined || moreFrom.length + moreTo.length > 0
    ? null
    : inUnit(sentence, at, { grouped: [], next }, { from, to }, asked)
}

const ends =
  /^(?:end(?:s|ed)?|finish(?:ed)?|check(?:ed)? out|checkout|discharged?|departure|departed|to|left|exited|returned)\b/

const isLengthName = (column: string, table: string): boolean => {
  const own = new Set(nameWords(table).map(wordKey))
  return nameWords(column).every(
    (word) => units.has(word) || /^(?:duration|length|in)$/.test(word) || own.has(wordKey(word))
  )
}

/** Days need not be said where dates have no time of day. */
const inUnit = (
  sentence: Sentence,
  at: number,
  { grouped, next }: Pick<Said, "grouped" | "next">,
  { from, to }: { readonly from: ColumnReference; readonly to: ColumnReference },
  asked: TimeUnit | null = null
): Reading => {
  const said = unitBehind(sentence, next)
  const isDays = [from, to].every((one) => {
    const column = columnOf(sentence.context.index, one)
    return column !== undefined && !hasTime(column)
  })
  const unit = said?.unit ?? asked ?? (isDays ? "day" : null)
  return unit === null
    ? problem(
        sentence,
        at,
        next,
        `"${stretch(sentence, at, next).text}" does not say in which unit, such as "in hours"`
      )
    : measured(sentence, at, { grouped, next: said?.next ?? next }, { from, to, unit })
}

const unitBehind = ({ items }: Sentence, at: number) => {
  const item = items[at]
  const unit = item?.before.includes("in") === true ? units.get(item.text.toLowerCase()) : undefined
  return unit === undefined ? null : { unit, next: at + 1 }
}

const units: ReadonlyMap<string, TimeUnit> = new Map([
  ["days", "day"],
  ["nights", "day"],
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
const datesOf = (
  index: SchemaIndex,
  word: string,
  table: string | null,
  isFirst = false
): ReadonlyArray<ColumnReference> => {
  const same = /^(?:fix|solve)$/.test(word) ? "resolve" : word
  const roots = new Set([word, same].flatMap((one) => [rootOfVerb([one], true), rootOfWord(one)]))
  const all = index.tables.flatMap((owner) =>
    owner.columns.flatMap((column) => {
      const { name } = owner
      // first_response_at
      const said = isFirst ? (/^first_?(.*)$/i.exec(column.name)?.[1] ?? "") : column.name
      const root = isDate(column) ? rootOfDate(owner, { ...column, name: said }) : null
      // The order_date of an order says no more than its table does.
      const isOwn = isDate(column) && root === null && rootOfWord(word) === rootOfWord(singular(name))
      return (root !== null && roots.has(root)) || (isOwn && dateColumns(owner).includes(column))
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

/** When a process began that ended with what is said: by what beginnings are called, of two dates by the first. */
const beginnings = (index: SchemaIndex, to: ColumnReference): ReadonlyArray<ColumnReference> => {
  const table = tableOf(index, to.table)
  if (table === undefined || isPlanned(to.column) || isFirst(to.column)) return []
  const dates = table.columns.filter((column) => isDate(column) && !isPlanned(column.name))
  const others = dates.map(({ name }) => ({ table: to.table, column: name })).filter(isOther(to))
  const first = others.filter(({ column }) => isFirst(column))
  if (first.length > 0) return first
  const own = others.filter(({ column }) => dateColumns(table).some(({ name }) => name === column))
  const isOnly = others.length === 1 && /^(?:deliver|arriv|return|complet|finish|resolv|clos)/i.test(to.column)
  return own.length === 1 && /^(?:report|receiv|record|fil|reserv|borrow|pickup|collect)/i.test(own[0]?.column ?? "")
    ? own
    : isOnly
      ? others
      : []
}

/** What a process begins with, and never ends with. */
const isFirst = (column: string): boolean =>
  /^(?:creat|open|order|request|issu|start|plac|book|submit|appli|apply|borrow|loan|admit|admission|report|reserv|register|sign|enter|begin|began)/i.test(
    column.replace(/_(?:at|on|date|time)$/i, "")
  )

const isPlanned = (column: string): boolean =>
  nameWords(column).some((word) =>
    /^(?:due|expected|planned|estimated|promised|scheduled|required|next|deadline)$/.test(word)
  ) || nameWords(column).at(-1) === "by"

const measured = (
  sentence: Sentence,
  at: number,
  { grouped, next }: Pick<Said, "grouped" | "next">,
  { from, to, unit }: { readonly from: ColumnReference; readonly to: ColumnReference; readonly unit: TimeUnit }
): Reading => {
  // Those that began then, or those that ended?
  if (sentence.items.some(({ kind }) => kind === "range")) {
    const why = `the time may be about ${from.table}.${from.column} or about ${to.table}.${to.column}`
    return problem(sentence, at, next, why)
  }
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
  const part: Part = {
    kind: "measure",
    text: place.text,
    tokens: place.tokens.filter((token) => !owned.has(token)),
    measure,
    isOf: false,
    isJoined: false
  }
  // A group in which nothing has ended yet took no time.
  const ended = { kind: "known", column: to, negated: false } as const
  const wish: Part = {
    kind: "wish",
    text: place.text,
    tokens: [],
    wish: { kind: "test", ...place, tokens: [], test: ended }
  }
  return { parts: [part, wish, ...grouped], next }
}
