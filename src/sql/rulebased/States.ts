/** Reading what is true or false of things, and whether they are there. */
import * as Result from "effect/Result"
import { choose } from "./Meaning.ts"
import { dateOf, relatedTo } from "./Paths.ts"
import { isCalledOff, notCalledOff, voidOrUnlistedBy } from "./Outcomes.ts"
import type { Test } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { type ColumnReference, hasKeys, keyColumn, labelColumns, tableOf } from "./SchemaIndex.ts"
import { shift } from "./Days.ts"
import { beginningsOf, endsOf, isDone, isOfPast } from "./Dates.ts"
import { isDate, isNumeric } from "../../grounding/ColumnWords.ts"
import type { Column, Table } from "../../grounding/Grounding.ts"
import { isPlural, kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import {
  choicesAt,
  isTimed,
  isValueSaid,
  knownWish,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  testsWished,
  type Wish,
  wished
} from "./Parts.ts"

export const being = /^(?:is|are|was|were|be|been)$/

/** "paid invoices", "that are (not) paid", "where paid is true". */
export const readFlag = (
  sentence: Sentence,
  at: number,
  before: ReadonlyArray<Part>,
  negated: boolean
): Reading | null => {
  const { items } = sentence
  const item = items[at]
  const choices = choicesAt(sentence, at)
  if (item === undefined || choices === null || choices.flags.length === 0 || choices.table !== null) return null
  const next = items[at + 1]
  const truth = next?.kind === "truth" ? next.truth : true
  const end = at + (next?.kind === "truth" ? 2 : 1)
  const noun = nounAfter(sentence, end)
  const asked = items[at - (negated ? 2 : 1)]
  const isSaid =
    next?.kind === "truth" ||
    /^is /i.test(item.text) ||
    /\bwith$/i.test(items[at - 1]?.text ?? "") ||
    // "which hotels have a pool?", of has_pool
    (/^ha(?:ve|s|ving)$/i.test(items[at - 1]?.text ?? "") &&
      choices.flags.every(({ column }) => /^has/i.test(column))) ||
    (noun !== null && next?.afterComma !== true) ||
    // "cards not blocked"
    (negated && before.at(-1)?.kind === "subject") ||
    // "on a weekend", of is_weekend
    (item.before[0] === "on" && choices.flags.every(({ column }) => /weekend|holiday/i.test(column))) ||
    // "went to overtime", of wentToOvertime
    /^(?:went|had|got|took|won|lost|passed|failed) /i.test(item.text) ||
    // "which doctors accept new patients", "categories that require a licence"
    /^(?:accept|allow|require|need|offer|include|provide|permit|speak)s? /i.test(item.text) ||
    // "which wines have we discontinued", "donors who want the newsletter"
    (item.before.some((word) => /^(?:get|gets|want|wants|receive|receives)$/.test(word)) && !/ed$/i.test(item.text)) ||
    (/ed$/i.test(item.text) &&
      /^have$/i.test(items[at - 1]?.text ?? "") &&
      /^(?:we|they)$/.test(item.before.join(" "))) ||
    [...item.before, ...(negated ? (items[at - 1]?.before ?? []) : [])].some((word) => being.test(word))
  const nouns = nounsIn(before)
  const nearest = noun ?? nouns.at(-1) ?? null
  const own = choices.flags.filter(({ table }) => table === nearest)
  const spoken = own.length > 0 ? own : noun === null ? choices.flags.filter(({ table }) => nouns.includes(table)) : []
  const [column] = spoken
  if (!isSaid || asked?.kind === "by" || asked?.kind === "per") return null
  if (column === undefined || spoken.length > 1) {
    return problem(sentence, at, end, `"${choices.text}" is not known of ${nearest ?? "what is asked about"}`)
  }
  const place = stretch(sentence, at, end)
  return wished({ kind: "test", ...place, test: { kind: "is", column, truth: truth !== negated } }, end)
}

export const isHaving = (text: string): boolean => /^(?:with|have|has|having)$/i.test(text)

/** "whose weight is unknown", "with a missing email": nothing is kept of it. */
export const readMissing: Reader = (sentence, at, before) => {
  const { items } = sentence
  const [first, second] = items.slice(at, at + 2)
  const isSaid = (item: Item | undefined) => /^(?:unknown|missing|empty|blank)$/i.test(item?.text ?? "")
  // "patients without insurance", of an insurance_provider
  const told =
    first?.kind === "without" && second?.kind === "unknown" && items[at + 2] === undefined
      ? toldBy(tableOf(sentence.context.index, nounsIn(before).at(-1) ?? ""), second.text)
      : null
  if (told !== null) return knownWish(sentence, at, at + 2, told, true)
  const isBehind = isSaid(second) && second?.before.some((word) => being.test(word)) === true
  const isFront = isSaid(first) && second?.before.length === 0
  const choices = isBehind ? choicesAt(sentence, at) : isFront ? choicesAt(sentence, at + 1) : null
  const column = choices?.table === null ? choices.column : null
  if (column === null || column.table !== nounsIn(before).at(-1)) return null
  return knownWish(sentence, at, at + 2, column, true)
}

/** The one text of which the first word is said, and whose last says no more than that it is kept. */
const toldBy = (table: Table | undefined, text: string): ColumnReference | null => {
  const [column, ...others] =
    table?.columns.filter(({ name }) => {
      const [first = "", last = "", ...more] = nameWords(name)
      return (
        more.length === 0 &&
        wordKey(first) === wordKey(text.toLowerCase()) &&
        /^(?:provider|company|insurer|name|number|no|policy)$/.test(last)
      )
    }) ?? []
  return table === undefined || column === undefined || others.length > 0
    ? null
    : { table: table.name, column: column.name }
}

/** "with an email", "who have a phone number": what is known of them, where no value is said. */
export const readKnown: Reader = (sentence, at, before) => {
  const [joint, item] = [sentence.items[at - 1], sentence.items[at]]
  const choices = choicesAt(sentence, at)
  const column = choices?.table === null && choices.flags.length === 0 ? choices.column : null
  const isSaid = joint?.kind === "with" && isHaving(joint.text) && /^an?$/.test(item?.before.join(" ") ?? "")
  if (column === null || !isSaid) return null
  const place = stretch(sentence, at, at + 1)
  if (choices?.number != null) {
    return problem(sentence, at, at + 1, `"with a ${place.text}" may be any, or any but 0`)
  }
  return nounsIn(before).at(-1) === column.table
    ? knownWish(sentence, at, at + 1, column, false)
    : problem(sentence, at, at + 1, `"${place.text}" may be of another than what is asked about`)
}

/** The table of the noun that stands behind other adjectives. */
export const nounAfter = (sentence: Sentence, from: number): string | null => {
  for (let at = from; at < sentence.items.length; at++) {
    const item = sentence.items[at]
    if (item === undefined || item.before.length > 0) return null
    const choices = choicesAt(sentence, at)
    if (choices?.table != null) return choices.table
    const isAdjective = item.kind === "entities" || choices?.value != null || (choices?.flags.length ?? 0) > 0
    if (!isAdjective) return null
  }
  return null
}

/** "paid bills", "not returned": the date at which it was done is there, or is not. */
export const readDone = (
  sentence: Sentence,
  at: number,
  before: ReadonlyArray<Part>,
  negated: boolean
): Reading | null => {
  const item = sentence.items[at]
  if (item?.kind !== "name" || sentence.items[at + 1]?.kind === "range") return null
  // "delivered and returned in October": each at its own date, or neither.
  const [joint, other, time] = sentence.items.slice(at + 1, at + 4)
  if (joint?.kind === "and" && other?.kind === "name" && other.isVerb === true && time?.kind === "range") {
    return problem(sentence, at, at + 1, `"${item.text}" may have been at another time than "${other.text}"`)
  }
  // "not cancelled": as the state says that tells the cancelled ones, whatever date there is.
  const isOff = isCalledOff(item.text)
  const meanings = item.isVerb === true ? item.meanings : negated && !isOff ? item.done : undefined
  if (meanings === undefined) return null
  const { column, isDate } = choose(sentence.context, { ...item, meanings })
  const noun = nounAfter(sentence, at + 1) ?? nounsIn(before).at(-1)
  if (column === null || !isDate || !isDone(column.column)) return null
  const cancelled = negated && !isOff ? cancelledBy(sentence, at, tableOf(sentence.context.index, column.table)) : null
  if (column.table === noun && cancelled !== null) {
    // "unpaid bills": none of those that were cancelled, where the state says which were.
    const kept = notCalledOff(tableOf(sentence.context.index, column.table))
    return kept === null
      ? problem(sentence, at, at + 1, cancelled)
      : testsWished(sentence, at, at + 1, [{ kind: "known", column, negated: true }, kept])
  }
  // Who leaves next month has not left.
  const owned = tableOf(sentence.context.index, column.table)
  if (
    column.table === noun &&
    !negated &&
    owned !== undefined &&
    endsOf(owned).some(({ name }) => name === column.column && !/died|death/i.test(name))
  ) {
    const to = shift(sentence.context.today, "day", 1)
    const test: Test = { kind: "period", column, from: null, to, label: item.text }
    return wished({ kind: "test", ...stretch(sentence, at, at + 1), test }, at + 1)
  }
  if (column.table === noun) return knownWish(sentence, at, at + 1, column, negated)
  // "orders not yet shipped": there is no shipment of theirs that was.
  const isUn = /^(?:un|in|non)/i.test(item.text)
  const owner = tableOf(sentence.context.index, noun ?? "")
  // Orders are shipped in shipments of theirs; members are not returned, although their loans are.
  const isThing = owner === undefined || labelColumns(owner).length > 0
  const record =
    negated && noun !== undefined && !isUn && !isThing ? relatedTo(sentence.context.index, noun, column.table) : null
  // Cars come back from each of their rentals: which of them are not back is not told by those that were ever.
  const isBack = /return|back/i.test(column.column) && !/never/i.test(sentence.items[at - 1]?.text ?? "")
  if (noun !== undefined && record !== null && record.joins.length === 0 && isBack) {
    return problem(sentence, at, at + 1, `each of ${noun} may have been "${item.text}" several times`)
  }
  if (noun !== undefined && record !== null && record.joins.length === 0) {
    const place = stretch(sentence, at, at + 1)
    const where: ReadonlyArray<Wish> = [{ kind: "test", ...place, test: { kind: "known", column, negated: false } }]
    return wished({ kind: "related", ...place, table: column.table, of: noun, where, negated: true }, at + 1)
  }
  // "tracks never played": there are plays.
  if (item.meanings.some(({ kind }) => kind === "table")) return null
  return problem(sentence, at, at + 1, `"${item.text}" is not known of ${noun ?? "what is asked about"}`)
}

/** What was cancelled was not done either, and nobody waits for it; unless the question says which state is meant. */
const cancelledBy = ({ items }: Sentence, at: number, table: Table | undefined): string | null => {
  const state = voidOrUnlistedBy(table)
  if (table === undefined || state === undefined) return null
  const isTold = isValueSaid(items.toSpliced(at, 1), { table: table.name, column: state.name })
  return isTold ? null : `some ${table.name} may have been cancelled, as ${state.name} says`
}

/** "upcoming exams": those from today on, by their one date. */
export const readUpcoming = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  if (sentence.items[at]?.kind !== "upcoming") return null
  const { index, today } = sentence.context
  const noun = nounAfter(sentence, at + 1) ?? nounsIn(before).at(-1)
  const date = noun === undefined ? null : dateOf(index, noun, false)
  const place = stretch(sentence, at, at + 1)
  if (date === null || Result.isFailure(date) || isOfPast(date.success.column))
    return problem(sentence, at, at + 1, `nothing says when ${noun ?? "they"} are`)
  const test: Test = { kind: "period", column: date.success, from: today, to: null, label: "upcoming" }
  return wished({ kind: "test", ...place, test }, at + 1)
}

/** "new customers this year": those who became such then; who is new at all, nobody says. */
export const readNew = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  if (sentence.items[at]?.kind !== "new") return null
  const noun = nounAfter(sentence, at + 1) ?? nounsIn(before).at(-1)
  const [date, ...others] = beginningsOf(tableOf(sentence.context.index, noun ?? ""))
  const place = stretch(sentence, at, at + 1)
  return noun === undefined || date === undefined || others.length > 0 || !isTimed(sentence)
    ? problem(sentence, at, at + 1, `nothing says since when ${noun ?? "they"} are new`)
    : wished({ kind: "date", ...place, column: { table: noun, column: date.name } }, at + 1)
}

/** "overdue loans": those that were due, and have no date at which they were done. */
export const readOverdue = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  if (sentence.items[at]?.kind !== "overdue") return null
  const { index, today } = sentence.context
  const noun = nounAfter(sentence, at + 1) ?? nounsIn(before).at(-1)
  const table = noun === undefined ? undefined : tableOf(index, noun)
  const dates = table?.columns.filter(isDate) ?? []
  const own = kindKey(noun ?? "")
  const [due, ...moreDue] = dates.filter(({ name }) => nameWords(name).includes("due"))
  const isBegun = (name: string) =>
    nameWords(name)[0]?.startsWith(own) === true || /^checked out\b/.test(nameWords(name).join(" "))
  const [done, ...moreDone] = dates.filter(({ name }) => isDone(name) && !isBegun(name))
  if (noun === undefined || due === undefined || done === undefined || moreDue.length + moreDone.length > 0) {
    return problem(sentence, at, at + 1, `nothing says which ${noun ?? "rows"} are overdue`)
  }
  const open = cancelledBy(sentence, at, table)
  const kept = open === null ? null : notCalledOff(table)
  if (open !== null && kept === null) return problem(sentence, at, at + 1, open)
  const of = (column: Column) => ({ table: noun, column: column.name })
  const tests: ReadonlyArray<Test> = [
    { kind: "period", column: of(due), from: null, to: today, label: "due before today" },
    { kind: "known", column: of(done), negated: true },
    ...(kept === null ? [] : [kept])
  ]
  return testsWished(sentence, at, at + 1, tests)
}

/** "ticket 1042": the row with that key. */
export const readNumbered = (sentence: Sentence, at: number): Reading | null => {
  const [noun, item, next] = [sentence.items[at - 1], sentence.items[at], sentence.items[at + 1]]
  const table = tableOf(sentence.context.index, choicesAt(sentence, at - 1)?.table ?? "")
  const key = table === undefined ? undefined : keyColumn(sentence.context.index, table)
  const isDeed =
    (next?.kind === "name" && next.isVerb === true) || /^(?:with|range|verb|trade|per|by)$/.test(next?.kind ?? "")
  const isAttached = next !== undefined && next.before.length === 0 && !next.afterComma && !isDeed
  if (item?.kind !== "number" || noun === undefined || table === undefined || key === undefined || isAttached)
    return null
  // "release 2.0" is called so, and has no key of 2.
  const isKey = /^\d+$/.test(item.text)
  if (!isKey || isPlural(noun.text) || item.before.length > 0 || item.afterComma) return null
  const numbers = table.columns.filter(({ name }) => /^(?:number|no|nr|code)$/.test(nameWords(name).at(-1) ?? ""))
  // "route 8" is the one of that route_number.
  const kind = kindKey(table.name)
  const own = numbers.filter((column) =>
    nameWords(column.name).every((word) => /^(?:number|no|nr)$/.test(word) || wordKey(word) === kind)
  )
  const [column, ...others] = numbers.length > 0 ? own : isNumeric(key) ? [key] : []
  if (column === undefined || others.length > 0) return null
  // "T-501" is no 501, "Screen 2" may be several, and every hotel has a room 101.
  const isWritten =
    isNumeric(column) ||
    column.values.includes(item.text) ||
    /\be\.?g\.?:? (?:\w+ or )?\d+\b/.test(column.description ?? "")
  const isNamed = column === key && /^(?:screen|room|court|hall|lane|gate|platform|bay|ward|studio|track)$/.test(kind)
  const isOfParent = column !== key && hasKeys(sentence.context.index, table.name)
  if (!isWritten || isNamed || isOfParent) return null
  const test: Test = {
    kind: "equals",
    column: { table: table.name, column: column.name },
    values: [isNumeric(column) ? item.value : item.text],
    negated: false,
    label: `${noun.text} ${item.text}`
  }
  return wished({ kind: "test", ...stretch(sentence, at, at + 1), test }, at + 1)
}

/** "in stock", "out of stock", "not in stock", "with stock". */
export const readStock = (sentence: Sentence, at: number, negated: boolean): Reading | null => {
  const { items } = sentence
  const isOut = items[at]?.kind === "outOf"
  const name = isOut ? at + 1 : at
  const choices = choicesAt(sentence, name)
  if (choices?.isStock !== true || choices.number === null) return null
  const isIn = items[name]?.before.at(-1) === "in" || /^in stock$/i.test(items[name]?.text ?? "")
  const isThere = items[name - 1]?.kind === "with" && !negated
  const next = items[name + 1]
  const isCompared = next?.kind === "operator" || next?.kind === "between"
  if (isCompared || !(isOut || isIn || isThere)) return null
  const place = stretch(sentence, at, name + 1)
  const operator = isOut !== negated ? "=" : ">"
  const of = { ...choices.number, label: `${isOut !== negated ? "out of stock" : "in stock"}: ${choices.number.label}` }
  return wished({ kind: "test", ...place, test: { kind: "compares", of, operator, value: 0 } }, name + 1)
}
