/** Reading percentages: "What percentage of bookings were cancelled?" */
import * as Result from "effect/Result"
import { nameWords } from "../../grounding/NameWords.ts"
import { isStarted, nounAside } from "./Measures.ts"
import { readSubject } from "./Nouns.ts"
import { readCondition } from "./Conditions.ts"
import { conditionsFrom, readState } from "./Related.ts"
import {
  choicesAt,
  knownWish,
  nounsIn,
  type Part,
  problem,
  rangeWish,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { readGrouping } from "./Grouping.ts"
import { soldPieces } from "./Aggregates.ts"
import { targetAt } from "./Ranking.ts"
import { isOfSale, stepsTo } from "./Paths.ts"
import { type Condition, equals, type Measure, tablesOf, type Test } from "./Plan.ts"
import { type ColumnReference, isSameColumn, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { playedTest } from "./Scores.ts"
import { being } from "./States.ts"

/** Of the rows that are named, those of which it is true what stands behind the verb. */
export const readShare: Reader = (sentence, at, before) => {
  const { context, items } = sentence
  if (items[at]?.kind !== "share" || isStarted(before)) return null
  const ofSum = readShareOfSum(sentence, at, before)
  if (ofSum !== null) return ofSum
  // "of each dentist's appointments"
  const owner = items[at + 1]?.kind === "per" ? readGrouping(sentence, at + 1, before) : null
  const subject = readSubject(sentence, owner?.next ?? at + 1, before, false)
  const [table] = nounsIn(subject?.parts ?? [])
  if (subject === null || table === undefined) return null
  // "of the tickets sold": of the sales, or of all that each is of?
  const said = subject.parts.find((part) => part.kind === "subject")?.text ?? ""
  if (soldPieces(context.index, table, said) !== null) {
    return problem(sentence, at, subject.next, `"${said}" may be one or several of each of ${table}`)
  }
  // "of the bills issued in 2026": all of which are meant; "of the fines at each car park": one for each
  const narrowed = narrowing(sentence, subject.next, subject.parts)
  const group =
    owner ?? (items[narrowed.next]?.kind === "per" ? readGrouping(sentence, narrowed.next, subject.parts) : null)
  const next = owner === null ? (group?.next ?? narrowed.next) : narrowed.next
  const all = { parts: [...narrowed.parts, ...(group?.parts ?? [])], next }
  const isVerb = items[all.next]?.kind === "verb" || isSold(sentence, all.next, table)
  const isStill = items[all.next]?.kind === "now"
  // "of loans has defaulted", "of requests have been resolved"
  const isPerfect = items[all.next]?.kind === "with" && /^(?:has|have)$/i.test(items[all.next]?.text ?? "")
  const start = isVerb || isStill || isPerfect ? all.next + 1 : all.next
  const found = statesFrom(sentence, start, subject.parts)
  const isSeason = (part: Part): boolean =>
    part.kind === "wish" &&
    part.wish.kind === "test" &&
    (part.wish.test.kind === "latest" || part.wish.test.kind === "period")
  // "of the matches played, ended in a draw": of those that were played, and not of all.
  const isPlayed = (part: Part): boolean =>
    part.kind === "wish" && part.wish.kind === "match" && saysPlayed(context.index, table, part.wish.column)
  const isOutcome = found.parts.some((part) => part.kind === "wish" && !isPlayed(part) && !isSeason(part))
  const isOfAll = (part: Part): boolean => isSeason(part) || (isOutcome && isPlayed(part))
  const ofAll = found.parts.filter(isOfAll)
  const wishes = found.parts.flatMap((part) =>
    part.kind === "wish" && part.wish.kind !== "named" && !isOfAll(part) ? [part.wish] : []
  )
  const where = wishes.flatMap((wish) => {
    const condition = conditionOf(context.index, table, wish)
    return condition === null ? [] : [condition]
  })
  // "of the tickets was sold to members"
  const isOfOthers = nounsIn(found.parts).some((one) => one !== table)
  const open = found.parts.find(({ kind }) => kind === "problem")
  if (open !== undefined) return { parts: [open], next: found.next }
  const isSaid = (isVerb || isStill || isStated(sentence, start)) && !isOfOthers
  // "share of cancelled orders": of all orders, those that are.
  const own = subject.parts.flatMap((part) => (part.kind === "wish" && part.wish.kind !== "named" ? [part.wish] : []))
  const states = own.flatMap((wish) => conditionOf(context.index, table, wish) ?? [])
  // "percentage of red wines from France": of the red ones, or of those from France?
  const isOnlyTimed = narrowed.parts.every((part) => part.kind === "wish" && /^(?:when|date)$/.test(part.wish.kind))
  // "of returned rentals had damage": of those that were returned, and what comes behind says which of them
  const behind = items[all.next]
  const isLast = behind === undefined || behind.kind === "by" || behind.kind === "per"
  if (
    !isSaid &&
    isLast &&
    isOnlyTimed &&
    found.parts.length === 0 &&
    !isVerb &&
    own.length > 0 &&
    states.length === own.length
  ) {
    const nouns = subject.parts.filter((part) => !(part.kind === "wish" && part.wish.kind !== "named"))
    const said = own.flatMap(({ tokens }) => tokens)
    const measure = shareOf(table, own.map(({ text }) => text).join(" "), states)
    const place = stretch(sentence, at, at + 1)
    return {
      parts: [
        { kind: "measure", ...place, tokens: [...place.tokens, ...said], measure, isOf: false, isJoined: false },
        ...nouns,
        ...all.parts
      ],
      next: all.next
    }
  }
  if (!isSaid || where.length === 0 || where.length < wishes.length) {
    const { text } = stretch(sentence, at, found.next)
    return problem(sentence, at, found.next, `"${text}" does not say which of all ${table}`)
  }
  const head = stretch(sentence, at, at + 1)
  const share: Part = {
    kind: "measure",
    text: head.text,
    tokens: [...head.tokens, ...stretch(sentence, all.next, found.next).tokens],
    measure: shareOf(table, stretch(sentence, start, found.next).text, where),
    isOf: false,
    isJoined: false
  }
  return { parts: [share, ...subject.parts, ...all.parts, ...ofAll], next: found.next }
}

/** "Which shop has the highest share of cancelled orders?" */
export const readRankedShare: Reader = (sentence, at) => {
  const item = sentence.items[at]
  if (item?.kind !== "superlative" || item.property !== null) return null
  const share = readShare(sentence, at + 1, [])
  const [part, ...others] = share?.parts ?? []
  if (share === null || part?.kind !== "measure" || others.some(({ kind }) => kind !== "subject")) return null
  const target = { kind: "measure", measure: part.measure } as const
  const place = stretch(sentence, at, share.next)
  return {
    parts: [{ kind: "rank", ...place, direction: item.direction, count: null, target, addsUp: false }],
    next: share.next
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const saysPlayed = (index: SchemaIndex, table: string, column: ColumnReference): boolean => {
  const played = playedTest(index, table)
  return played?.kind === "equals" && isSameColumn(played.column, column)
}

const shareOf = (table: string, which: string, where: ReadonlyArray<Condition>): Measure => ({
  label: `percentage of ${table} (${which})`,
  tables: [table],
  of: { kind: "share", table, where }
})

/** "What share of this year's revenue comes from each region?": of what all of them add up to. */
const readShareOfSum: Reader = (sentence, at, before) => {
  const { items } = sentence
  const first = items[at + 1]
  const time =
    first?.kind === "range" ? wished(rangeWish(first.range, stretch(sentence, at + 1, at + 2)), at + 2) : null
  const found = targetAt(sentence, time?.next ?? at + 1)
  const measure = found?.target.kind === "measure" ? found.target.measure : null
  if (found === null || measure?.of.kind !== "expression" || !/^SUM\(/i.test(measure.of.sql)) return null
  const { sql } = measure.of
  const isLinked = (place: number) =>
    items[place]?.kind === "verb" || /^contributes?d?$/i.test(items[place]?.text ?? "")
  const linked = isLinked(found.next) ? found.next + 1 : found.next
  const group = items[linked]?.kind === "per" ? readGrouping(sentence, linked, before) : null
  if (group === null) return null
  const end = isLinked(group.next) ? group.next + 1 : group.next
  const place = stretch(sentence, at, linked)
  const tokens = [...place.tokens, ...stretch(sentence, group.next, end).tokens].filter(
    (token) => time === null || !first?.tokens.includes(token)
  )
  const share: Measure = {
    ...measure,
    label: `percentage of ${measure.label}`,
    of: { kind: "expression", sql: `100.0 * ${sql} / SUM(${sql}) OVER ()`, sensitive: true, isOfAll: true }
  }
  return {
    parts: [
      { kind: "measure", text: place.text, tokens, measure: share, isOf: false, isJoined: false },
      ...(time?.parts ?? []),
      ...group.parts
    ],
    next: end
  }
}

/** "were sold by phone", of rows that record sales: all of them were. */
const isSold = ({ context: { index }, items }: Sentence, at: number, name: string): boolean => {
  const [item, next] = items.slice(at, at + 2)
  const table = tableOf(index, name)
  const isPassive = item?.kind === "trade" && item.before.some((word) => being.test(word)) && next !== undefined
  return isPassive && table !== undefined && isOfSale(name) && labelColumns(table).length === 0
}

/** What stands behind a preposition or as the verb of a date, and says of which rows the share is. */
const narrowing = (sentence: Sentence, from: number, nouns: ReadonlyArray<Part>): Reading => {
  const parts: Array<Part> = []
  let next = from
  for (;;) {
    const item = sentence.items[next]
    const isBehind =
      item?.kind === "range" ||
      (item?.kind === "name" && item.isVerb === true && sentence.items[next + 1]?.kind === "range") ||
      item?.before.some((word) => /^(?:in|from|at|on|for|of)$/.test(word)) === true
    const isSaid = item?.before.some((word) => being.test(word)) === true
    // "of the matches played, ended in a draw": of those that were, what did
    const further = sentence.items[next + 1]
    const isDone =
      item?.kind === "name" &&
      item.before.length === 0 &&
      /(?:ed|paid|sold|sent)$/i.test(item.text) &&
      (further?.before.some((word) => being.test(word)) === true ||
        /^(?:ended|got|had|came|arrived)$/i.test(further?.text ?? ""))
    const read = (isBehind || isDone) && !isSaid ? readCondition(sentence, next, [...nouns, ...parts]) : null
    if (read === null || read.parts.some(({ kind }) => kind !== "wish")) return { parts, next }
    parts.push(...read.parts)
    next = read.next
    // "in the Portal project"
    const [named] = read.parts.flatMap((part) =>
      part.kind === "wish" && part.wish.kind === "match" ? [part.wish.column.table] : []
    )
    const noun = sentence.items[next]
    if (named !== undefined && noun?.before.length === 0 && choicesAt(sentence, next)?.table === named) {
      parts.push(nounAside(sentence, next, named))
      next++
    }
  }
}

/** "were cancelled", "got cancelled", "failed", "haven't been paid". */
const isStated = ({ items }: Sentence, at: number): boolean => {
  const item = items[at]
  return (
    item?.kind === "without" ||
    item?.before.some((word) => being.test(word) || /^gets?$/.test(word)) === true ||
    (item?.before.length === 0 &&
      (item.kind === "name" || item.kind === "unknown") &&
      /(?:ed|lost|won|paid|drawn)$/i.test(item.text))
  )
}

const statesFrom = (sentence: Sentence, at: number, nouns: ReadonlyArray<Part>) => {
  const item = sentence.items[at]
  const [done, ...more] = item?.kind === "name" ? (item.done ?? []) : []
  // What was answered has a date of it, and may be closed by now.
  if (done?.kind === "column" && more.length === 0 && done.column.table === nounsIn(nouns).at(-1)) {
    return knownWish(sentence, at, at + 1, done.column, false)
  }
  const state = item?.kind === "without" ? readState(sentence, at, nouns) : null
  return state ?? conditionsFrom(sentence, at, nouns)
}

/** What each row meets or does not, whatever it refers to; `null` for what may be said of several rows, or of a time. */
const conditionOf = (index: SchemaIndex, table: string, wish: Wish): Condition | null => {
  // "exams that were passed": what the student passed may be another.
  const isOthersDeed =
    wish.kind === "match" && wish.column.table !== table && /^\p{L}{3,}(?:ed|paid)$/iu.test(wish.text)
  if (isOthersDeed) return null
  // Of inspections that have no result yet nobody knows it.
  if (wish.kind === "match" && /^(?:result|outcome|verdict|decision)$/.test(nameWords(wish.column.column).at(-1) ?? ""))
    return null
  const test = wish.kind === "test" ? wish.test : wish.kind === "match" ? matchTest(index, wish) : null
  const [other, ...more] = test === null ? [] : tablesOf(test)
  if (test === null || other === undefined || more.length > 0) return null
  const holds: Condition = { kind: "holds", tokens: [], test }
  if (other === table) return holds
  const [step, ...joins] = stepsTo(index, table, other) ?? []
  // A join would leave out the rows that refer to nothing, and "not" would be said of what others refer to.
  return step === undefined || (test.kind === "equals" && test.negated)
    ? null
    : { kind: "exists", tokens: [], related: { step, joins }, table: other, where: [holds], negated: false }
}

const matchTest = (index: SchemaIndex, { column, joint, matches, negated, text }: Wish & { readonly kind: "match" }) =>
  matches.length > 1 && joint === "and"
    ? null
    : Result.getOrElse(
        equals(
          index,
          column,
          matches.flatMap(({ values }) => values),
          text,
          negated
        ),
        (): Test | null => null
      )
