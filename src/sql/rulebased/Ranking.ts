/** Reading "top 5", "highest", "by", "per" and "sorted by". */
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import { readCondition } from "./Conditions.ts"
import type { Direction, Property } from "./Lexicon.ts"
import { earnedBy, isIncome, readIncome, spentBy, takenIn } from "./Income.ts"
import { aggregateOf, bareMeasure, isMass, isSumOfMoney, mappedMeasure, numberOf, rowsOf } from "./Aggregates.ts"
import { isStarted, isVerb, measuresAt } from "./Measures.ts"
import { readSubject } from "./Nouns.ts"
import { conditionsFrom } from "./Related.ts"
import { relatedTo, stepsTo, thingsOf } from "./Paths.ts"
import { extreme, propertyColumn } from "./Targets.ts"
import {
  choicesAt,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  type Target
} from "./Parts.ts"

export interface Targeted {
  readonly target: Target
  readonly next: number
  /** "by number of COMPLETED visits" */
  readonly where?: ReadonlyArray<Part>
}

/** What rows are ranked by: `units sold`, `revenue`, `number of orders`, a date. */
export const targetAt = (sentence: Sentence, at: number): Targeted | null => {
  const { context, items } = sentence
  const read = items[at]?.kind === "superlative" ? null : measuresAt(sentence, at, [])
  const [first] = read?.measures ?? []
  if (read !== null && first !== undefined) {
    const isNarrowed =
      read.parts.every(({ kind }) => kind === "wish") && typeof first !== "string" && first.of.kind === "rows"
    if (typeof first === "string" || read.measures.length > 1) return null
    if (read.parts.length > 0 && !isNarrowed) return null
    return { target: { kind: "measure", measure: first }, next: read.next, where: read.parts }
  }
  const paid = readPaidBy(sentence, at)
  if (paid !== null) return paid
  const income = readIncome(sentence, at)
  const [taken] = income?.parts ?? []
  if (income !== null) {
    return taken?.kind === "measure" ? { target: { kind: "measure", measure: taken.measure }, next: income.next } : null
  }
  // "by amount invoiced"
  const done = /^amounts?$/i.test(items[at]?.text ?? "") ? choicesAt(sentence, at + 1) : null
  if (done?.table != null && isVerb(done.text)) {
    const measure = aggregateOf(context, "SUM", done)
    return typeof measure === "string" ? null : { target: { kind: "measure", measure }, next: at + 2 }
  }
  const choices = choicesAt(sentence, at)
  const isBehind = items[at]?.before.some((word) => /^(?:in|of|for|from|with|at)$/.test(word)) === true
  if (choices === null || choices.problem !== null || isBehind) return null
  const next = at + 1
  if (choices.aggregate !== null) {
    return { target: { kind: "measure", measure: mappedMeasure(choices.text, choices.aggregate) }, next }
  }
  if (choices.table !== null) return null
  if (choices.number !== null) {
    if (choices.number.column !== null) return { target: { kind: "column", column: choices.number.column }, next }
    const measure = aggregateOf(context, "SUM", choices)
    return typeof measure === "string" ? null : { target: { kind: "measure", measure }, next }
  }
  return choices.isDate && choices.column !== null ? { target: { kind: "column", column: choices.column }, next } : null
}

/** "by total amount paid", "by money spent", "by total spend": what those paid that stand before it. */
const readPaidBy = (sentence: Sentence, at: number): Targeted | null => {
  const { items } = sentence
  const [first, second, third] = items.slice(at, at + 3).map(({ text }) => text.toLowerCase())
  const said = [first ?? "", second ?? "", third ?? ""].join(" ")
  const length = /^(?:total )?(?:amount|money) (?:paid|spent)\b/.test(said)
    ? said.startsWith("total ") && first === "total"
      ? 3
      : 2
    : /^total (?:spend|spending|spent)\b/.test(said) && first === "total"
      ? 2
      : 0
  const subject = items
    .slice(0, at)
    .flatMap((_, place) => choicesAt(sentence, place)?.table ?? [])
    .at(-1)
  if (length === 0 || subject === undefined) return null
  const measure = spentBy(sentence, subject)
  return typeof measure === "string" ? null : { target: { kind: "measure", measure }, next: at + length }
}

/** A number of its own, which is said in full. */
const thingAt = (sentence: Sentence, at: number): boolean => {
  const choices = choicesAt(sentence, at)
  return choices?.number?.column != null && choices.table === null
}

const plainTargetAt = (sentence: Sentence, at: number): Targeted | null => {
  const found = targetAt(sentence, at)
  return found === null || (found.where ?? []).length > 0 ? null : found
}

const rank = (
  sentence: Sentence,
  from: number,
  to: number,
  of: {
    readonly direction: Direction
    readonly count: number | null
    readonly target: Target | null
    readonly addsUp: boolean
  },
  after: Reading | null = null
): Reading => ({
  parts: [{ kind: "rank", ...stretch(sentence, from, to), ...of }, ...(after?.parts ?? [])],
  next: after?.next ?? to
})

/** "the second oldest patient": ranked as the oldest is. */
export const readPlaced: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  const ranked = item?.kind === "ordinal" ? readRank(sentence, at + 1, before) : null
  const [first, ...others] = ranked?.parts ?? []
  if (item?.kind !== "ordinal" || ranked === null || first?.kind !== "rank") return null
  const { text, tokens } = stretch(sentence, at, at + 1)
  const placed = { ...first, text: `${text} ${first.text}`, tokens: [...tokens, ...first.tokens], place: item.place }
  return { ...ranked, parts: [placed, ...others] }
}

/** "5 most expensive products", "top 5 best selling products", "highest revenue", "latest orders", "most orders". */
export const readRank: Reader = (sentence, at, before) => {
  const { items } = sentence
  const [item, next] = [items[at], items[at + 1]]
  const isNumbered =
    item?.kind === "number" && (next?.kind === "superlative" || next?.kind === "top" || next?.kind === "often")
  const head = isNumbered ? at + 1 : at
  const first = items[head]
  if (first?.kind === "often") {
    const done = doneAt(sentence, head + 1, before)
    const of = { direction: "DESC", count: isNumbered ? item.value : null, addsUp: true } as const
    return done === null
      ? readOften(sentence, at, before)
      : rank(sentence, at, head + 2, { ...of, target: done.target }, done.subject)
  }
  if (first?.kind !== "superlative" && first?.kind !== "top") return null
  const often = readOften(sentence, at, before)
  if (often !== null) return often
  // "the author of the title with most copies": the title has them.
  const owners = nounsIn(before)
  if (items[at - 1]?.kind === "with" && items[at - 2]?.before.includes("of") === true && new Set(owners).size > 1) {
    const { text } = stretch(sentence, at - 1, head + 1)
    return problem(sentence, at - 1, head + 1, `"${text}" may be said of ${owners.at(-1)}, or of ${owners[0]}`)
  }
  // "wards on the top floor": all that are there, however many.
  const isPlace =
    first.before.some((word) => /^(?:on|in|at)$/.test(word)) &&
    /^(?:floor|level|storey|deck)$/i.test(items[head + 1]?.text ?? "")
  if (isPlace && before.some((part) => part.kind === "subject" && part.isPlural)) {
    const { text } = stretch(sentence, at, head + 2)
    return problem(sentence, at, head + 2, `"on the ${text}" may be one or several`)
  }
  let end = head + 1
  let count = isNumbered ? item.value : null
  const counted = items[end]
  if (counted?.kind === "number" && count === null) {
    count = counted.value
    end++
  }
  if (count !== null && (!Number.isInteger(count) || count < 1)) return null
  let { direction } = first
  let property: Property | "rows" | null = first.kind === "superlative" ? first.property : null
  let adjective = first
  const further = items[end]
  if (first.kind === "top" && (further?.kind === "superlative" || further?.kind === "top")) {
    adjective = further
    direction = first.direction === "ASC" && further.direction === "DESC" ? "ASC" : further.direction
    property = further.kind === "superlative" ? further.property : null
    end++
  }
  const ofMoney = choicesAt(sentence, end)?.table
  const [earner] = nounsIn(before)
  const money = items[end]
  if (property === null && count === null && earner !== undefined && money !== undefined && isIncome(money)) {
    const measure = earnedBy(sentence, earner)
    const text = stretch(sentence, at, end + 1).text
    if (typeof measure === "string") return problem(sentence, at, end + 1, `${measure}: "${text}"`)
    return rank(sentence, at, end + 1, { direction, count, target: { kind: "measure", measure }, addsUp: true })
  }
  // "spent the most on tickets" is money, and no number of tickets.
  const isSpent = /^(?:spent|spend|spends|paid|pay|pays)$/i.test(items[at - 1]?.text ?? "") && ofMoney != null
  if (isSpent && items[end]?.before.some((word) => /^(?:on|for)$/.test(word)) === true) {
    const taken = takenIn(sentence, ofMoney)
    if (typeof taken === "string") return problem(sentence, at, end + 1, taken)
    const target = { kind: "measure", measure: taken } as const
    return rank(sentence, at, end + 1, { direction, count, target, addsUp: true })
  }
  const sum = ofMoney != null && isMass(ofMoney) ? bareMeasure(sentence.context, ofMoney, ofMoney) : ""
  if (typeof sum !== "string" && property === null && before.some((part) => part.kind === "subject")) {
    return rank(sentence, at, end + 1, { direction, count, target: { kind: "measure", measure: sum }, addsUp: true })
  }
  if (property === null && /^(?:highest|lowest)$/i.test(adjective.text) && ofMoney != null && isSumOfMoney(ofMoney)) {
    property = "amount"
  }
  // "Who had the highest bill?": of all that somebody had, the one of the most.
  const isExtreme = property === "amount" || (property === null && /^(?:highest|lowest)$/i.test(adjective.text))
  const [whose] = nounsIn(before)
  if (isExtreme && count === null && ofMoney != null && whose !== undefined && whose !== ofMoney) {
    // "the head of the largest ward" is of the one that is.
    if (first.before.includes("of")) {
      const said = stretch(sentence, at, end + 1)
      return problem(sentence, at, end + 1, `"${said.text}" is one, and nothing says how ${whose} belong to it`)
    }
    const size = propertyColumn(sentence.context, ofMoney, "amount")
    const text = stretch(sentence, at, end + 1).text
    if (size?.kind !== "column") return problem(sentence, at, end + 1, `nothing says what is the ${text}`)
    const target = { kind: "measure", measure: extreme(sentence.context, size.column, direction) } as const
    return rank(sentence, at, end + 1, { direction, count, target, addsUp: false })
  }
  // "the highest parcel price" is a price.
  const [, owned] = items.slice(end, end + 2)
  const isOwned = owned?.before.length === 0 && !owned.afterComma && choicesAt(sentence, end + 1)?.number != null
  if (isOwned && property === null && count === null && !isStarted(before) && choicesAt(sentence, end)?.table != null) {
    return null
  }
  const addsUp = adjective.kind === "top" || /^(?:most|best|least|fewest|worst|leading)\b/i.test(adjective.text)
  const parts: Array<Part> = []
  const sold = items[end]
  if (sold?.kind === "trade") {
    parts.push({ kind: "trade", ...stretch(sentence, end, end + 1), isPassive: true })
    end++
  }
  const done = doneAt(sentence, end, before)
  if (addsUp && property === null && parts.length === 0 && done !== null) {
    return rank(sentence, at, end + 1, { direction, count, target: done.target, addsUp }, done.subject)
  }
  const subject = readSubject(sentence, end, before, true)
  // "cheapest stock" is no price: such an adjective says of what by itself.
  const isDated = (property === "date" || property === "age") && choicesAt(sentence, end)?.isDate === true
  // "the longest lead time"
  const isLength = property === "length" && thingAt(sentence, end)
  const named = property === null || property === "amount" || isDated || isLength ? plainTargetAt(sentence, end) : null
  const thing = choicesAt(sentence, end)
  const hasSubject = before.some((part) => part.kind === "subject")
  const behind = named === null ? null : items[named.next]
  const isOfRows =
    behind?.before.length === 0 && !behind.afterComma && choicesAt(sentence, named?.next ?? end)?.table != null
  // "the smallest fee of orders" is a number, "the smallest fee orders" are rows.
  if (named?.target.kind === "column" && !hasSubject && count === null && !isOfRows) return null
  // "the most finished orders" adds up no dates, and no numbers of what it describes.
  if (named?.target.kind === "column" && addsUp && (thing?.isDate === true || (hasSubject && isOfRows))) {
    return problem(sentence, at, named.next, `"${stretch(sentence, at, named.next).text}" does not say what to count`)
  }
  // "the most delays" are how often, and delay_minutes how long.
  const own = named?.target.kind === "column" ? nameWords(named.target.column.column).map(wordKey) : []
  if (addsUp && own[0] === "delay" && /^delays$/i.test(items[end]?.text ?? "")) {
    return problem(sentence, at, end + 1, `"${items[end]?.text}" may be how many there were, or how long`)
  }
  if (named !== null && parts.length === 0) {
    return rank(sentence, at, named.next, { direction, count, target: named.target, addsUp })
  }
  const target: Target | null = property === null ? null : { kind: "property", property }
  const [asked] = nounsIn(before)
  // "the branch with the youngest customer": of another than it.
  if (hasSubject && property !== null && thing?.table != null && thing.table !== asked) {
    return problem(
      sentence,
      at,
      end + 1,
      `"${stretch(sentence, at, end + 1).text}" is of ${thing.table}, and another is asked for`
    )
  }
  if (hasSubject && thing?.table != null && count === null && property === null && parts.length === 0) {
    // "the most therapy sessions" are sessions.
    const behindIt = choicesAt(sentence, end + 1)
    const isCompound =
      items[end + 1]?.before.length === 0 &&
      items[end + 1]?.afterComma === false &&
      behindIt?.table != null &&
      behindIt.table !== thing.table &&
      stepsTo(sentence.context.index, behindIt.table, thing.table) !== null
    const [of, last] = isCompound ? [behindIt, end + 1] : [thing, end]
    const by: Target = { kind: "measure", measure: numberOf(sentence.context, of.table ?? thing.table, of.text) }
    return rank(sentence, at, last + 1, { direction, count, target: by, addsUp: true })
  }
  // "the highest open fees" are no number of them.
  const isNumber = !/^(?:highest|lowest|greatest)\b/i.test(stretch(sentence, head, head + 1).text)
  const front =
    hasSubject && property === null && parts.length === 0 && isNumber ? conditionsFrom(sentence, end, []) : null
  const ofRows = front === null || front.parts.length === 0 ? null : choicesAt(sentence, front.next)
  // "the most open tickets"
  if (front !== null && ofRows?.table != null && count === null && items[front.next]?.before.length === 0) {
    const by: Target = { kind: "measure", measure: numberOf(sentence.context, ofRows.table, ofRows.text) }
    const next = front.next + 1
    return rank(sentence, at, next, { direction, count, target: by, addsUp: true }, { parts: front.parts, next })
  }
  // "the most bugs": things that a value names
  const kind = front?.parts.at(-1)
  const things =
    kind?.kind === "wish" && kind.wish.kind === "match" && kind.wish.isPlural
      ? thingsOf(sentence.context.index, kind.wish.column)
      : null
  if (front !== null && things !== null && count === null) {
    const by: Target = { kind: "measure", measure: rowsOf(things, kind?.text ?? things) }
    return rank(sentence, at, end, { direction, count, target: by, addsUp: true }, front)
  }
  const after = hasSubject && thing?.table != null ? null : subject
  return rank(
    sentence,
    at,
    end,
    { direction, count, target, addsUp },
    {
      parts: [...parts, ...(after?.parts ?? [])],
      next: after?.next ?? end
    }
  )
}

/** Whether what is asked about is a text that rows of a table tell, or the one that each belongs to, and no name of them. */
const isToldBy = ({ context: { index } }: Sentence, parts: ReadonlyArray<Part>, table: string): boolean =>
  parts.some(
    (part) =>
      part.kind === "subject" && part.of.kind === "column" && stepsTo(index, table, part.of.column.table) !== null
  )

/** "Which payment method is used most often?": of the rows that tell it. */
export const readUsed: Reader = (sentence, at, before) => {
  const [item, often] = sentence.items.slice(at, at + 2)
  const told = before.flatMap((part) =>
    part.kind === "subject" && part.of.kind === "column" ? [part.of.column.table] : []
  )
  const isUsed = item?.kind !== undefined && /^(?:used|chosen|occurs?|comes up)$/i.test(item.text)
  const [table, ...others] = told
  if (!isUsed || often?.kind !== "often" || table === undefined || others.length > 0) return null
  const target: Target = { kind: "measure", measure: rowsOf(table, table) }
  return rank(sentence, at, at + 2, { direction: "DESC", count: null, target, addsUp: true })
}

/** "Which medication is prescribed most often?", "Which genre is borrowed the most?" */
const readOften: Reader = (sentence, at, before) => {
  const [item, next] = sentence.items.slice(at, at + 2)
  const isEnd = next === undefined || next.kind === "range"
  const isMost = item?.kind === "superlative" && /^(?:the )?most$/i.test(item.text) && isEnd
  // Who billed or gave the most did so by amount.
  const isOfMoney = sentence.items.slice(0, at).some(({ text }) => money.test(text))
  if (item?.kind !== "often" && (!isMost || isOfMoney)) return null
  const [subject] = nounsIn(before)
  const done = before.flatMap((part) =>
    part.kind === "wish" && part.wish.kind === "related" && !part.wish.negated && part.wish.table !== null
      ? [part.wish.table]
      : []
  )
  const [table, ...others] = done
  if (table !== undefined && others.length === 0 && subject === undefined && isToldBy(sentence, before, table)) {
    const target: Target = { kind: "measure", measure: rowsOf(table, table) }
    return rank(sentence, at, at + 1, { direction: "DESC", count: null, target, addsUp: true })
  }
  if (subject === undefined || table === undefined || others.length > 0) return null
  // "Which item was hired most often?": each of hire_items is of one hire.
  const { index } = sentence.context
  const way = relatedTo(index, subject, table)
  const record = stepsTo(index, table, subject) !== null ? table : (way?.step.to.table ?? null)
  if (record === null) return null
  const target: Target = { kind: "measure", measure: rowsOf(record, table) }
  return rank(sentence, at, at + 1, { direction: "DESC", count: null, target, addsUp: true })
}

const money =
  /^(?:bill|invoice|earn|pay|paid|spen[dt]|charg|donat|give|gave|rais|order|sold|sell|sale|bought|buy|cost|scor)/i

/** "most played track": by how many rows of what was done refer to it. */
const doneAt = (sentence: Sentence, at: number, before: ReadonlyArray<Part>) => {
  const item = sentence.items[at]
  const choices = choicesAt(sentence, at)
  const subject = readSubject(sentence, at + 1, before, true)
  const [noun] = nounsIn(subject?.parts ?? [])
  if (choices?.table == null || item === undefined || !isVerb(item.text) || subject === null) return null
  const target: Target = { kind: "measure", measure: rowsOf(choices.table, choices.table) }
  // "the most prescribed medication", of which the prescriptions tell the name
  if (noun === undefined) return isToldBy(sentence, subject.parts, choices.table) ? { target, subject } : null
  return stepsTo(sentence.context.index, choices.table, noun) === null ? null : { target, subject }
}

/** "sorted by price", "descending", "most expensive first". */
export const readSorting: Reader = (sentence, at) => {
  const item = sentence.items[at]
  if (item?.kind === "direction") {
    return {
      parts: [{ kind: "sort", ...stretch(sentence, at, at + 1), target: null, direction: item.direction }],
      next: at + 1
    }
  }
  if (item?.kind !== "sort") return null
  const target = plainTargetAt(sentence, at + 1)
  const choices = choicesAt(sentence, at + 1)
  if (choices !== null && choices.problem !== null) return problem(sentence, at, at + 2, choices.problem)
  const column = choices?.column ?? null
  if (target === null && column === null) return null
  return {
    parts: [
      {
        kind: "sort",
        ...stretch(sentence, at, target?.next ?? at + 2),
        target: target?.target ?? (column === null ? null : { kind: "column", column }),
        direction: target === null ? "ASC" : null
      }
    ],
    next: target?.next ?? at + 2
  }
}

/** "5 products", "3 pending orders": so many of them. */
export const readCounted: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  if (item?.kind !== "number" || before.some((part) => part.kind === "measure" || part.kind === "subject")) return null
  if (!Number.isInteger(item.value) || item.value < 1) return null
  // "year 3 students" are no three.
  const beside = sentence.items[at - 1]
  const isName = beside?.kind === "entities" || beside?.kind === "name"
  const isValue = isName && item.before.length === 0 && !item.afterComma
  if (isValue) return problem(sentence, at, at + 1, `"${stretch(sentence, at - 1, at + 1).text}" does not say of what`)
  const conditions: Array<Part> = []
  let next = at + 1
  for (let read = readCondition(sentence, next, before); read !== null; read = readCondition(sentence, next, before)) {
    conditions.push(...read.parts)
    next = read.next
  }
  const subject = readSubject(sentence, next, before, true)
  if (subject === null) return null
  const limit: Part = { kind: "limit", ...stretch(sentence, at, at + 1), count: item.value }
  return { parts: [limit, ...conditions, ...subject.parts], next: subject.next }
}
