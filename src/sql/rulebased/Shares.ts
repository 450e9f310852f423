/** Reading percentages: "What percentage of bookings were cancelled?" */
import * as Result from "effect/Result"
import { isStarted } from "./Measures.ts"
import { readSubject } from "./Nouns.ts"
import { readCondition } from "./Conditions.ts"
import { conditionsFrom, readState } from "./Related.ts"
import {
  knownWish,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  type Wish
} from "./Parts.ts"
import { stepsTo } from "./Paths.ts"
import { type Condition, equals, tablesOf, type Test } from "./Plan.ts"
import type { SchemaIndex } from "./SchemaIndex.ts"
import { being } from "./States.ts"

/** Of the rows that are named, those of which it is true what stands behind the verb. */
export const readShare: Reader = (sentence, at, before) => {
  const { context, items } = sentence
  if (items[at]?.kind !== "share" || isStarted(before)) return null
  const subject = readSubject(sentence, at + 1, before, false)
  const [table] = nounsIn(subject?.parts ?? [])
  if (subject === null || table === undefined) return null
  // "of the bills issued in 2026": all of which are meant.
  const all = narrowing(sentence, subject.next, subject.parts)
  const isVerb = items[all.next]?.kind === "verb"
  const isStill = items[all.next]?.kind === "now"
  const start = isVerb || isStill ? all.next + 1 : all.next
  const found = statesFrom(sentence, start, subject.parts)
  const wishes = found.parts.flatMap((part) => (part.kind === "wish" && part.wish.kind !== "named" ? [part.wish] : []))
  const where = wishes.flatMap((wish) => {
    const condition = conditionOf(context.index, table, wish)
    return condition === null ? [] : [condition]
  })
  // "of the tickets was sold to members"
  const isOfOthers = nounsIn(found.parts).some((one) => one !== table)
  const open = found.parts.find(({ kind }) => kind === "problem")
  if (open !== undefined) return { parts: [open], next: found.next }
  const isSaid = (isVerb || isStill || isStated(sentence, start)) && !isOfOthers
  if (!isSaid || where.length === 0 || where.length < wishes.length) {
    const { text } = stretch(sentence, at, found.next)
    return problem(sentence, at, found.next, `"${text}" does not say which of all ${table}`)
  }
  const head = stretch(sentence, at, at + 1)
  const share: Part = {
    kind: "measure",
    text: head.text,
    tokens: [...head.tokens, ...stretch(sentence, all.next, found.next).tokens],
    measure: {
      label: `percentage of ${table} (${stretch(sentence, start, found.next).text})`,
      tables: [table],
      of: { kind: "share", table, where }
    },
    isOf: false,
    isJoined: false
  }
  return { parts: [share, ...subject.parts, ...all.parts], next: found.next }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

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
    const read = isBehind && !isSaid ? readCondition(sentence, next, [...nouns, ...parts]) : null
    if (read === null || read.parts.some(({ kind }) => kind !== "wish")) return { parts, next }
    parts.push(...read.parts)
    next = read.next
  }
}

/** "were cancelled", "got cancelled", "failed", "haven't been paid". */
const isStated = ({ items }: Sentence, at: number): boolean => {
  const item = items[at]
  return (
    item?.kind === "without" ||
    item?.before.some((word) => being.test(word) || /^gets?$/.test(word)) === true ||
    (item?.before.length === 0 && item.kind === "name" && /(?:ed|lost|won|paid)$/i.test(item.text))
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
