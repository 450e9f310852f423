/** Reading percentages: "What percentage of bookings were cancelled?" */
import * as Result from "effect/Result"
import { isStarted } from "./Measures.ts"
import { readSubject } from "./Nouns.ts"
import { conditionsFrom } from "./Related.ts"
import { nounsIn, type Part, problem, type Reader, stretch, type Wish } from "./Parts.ts"
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
  const isVerb = items[subject.next]?.kind === "verb"
  const start = isVerb ? subject.next + 1 : subject.next
  const found = conditionsFrom(sentence, start, subject.parts)
  const wishes = found.parts.flatMap((part) => (part.kind === "wish" && part.wish.kind !== "named" ? [part.wish] : []))
  const where = wishes.flatMap((wish) => {
    const condition = conditionOf(context.index, table, wish)
    return condition === null ? [] : [condition]
  })
  const isSaid = isVerb || items[start]?.before.some((word) => being.test(word)) === true
  if (!isSaid || where.length === 0 || where.length < wishes.length) {
    const { text } = stretch(sentence, at, found.next)
    return problem(sentence, at, found.next, `"${text}" does not say which of all ${table}`)
  }
  const head = stretch(sentence, at, at + 1)
  const share: Part = {
    kind: "measure",
    text: head.text,
    tokens: [...head.tokens, ...stretch(sentence, subject.next, found.next).tokens],
    measure: {
      label: `percentage of ${table} (${stretch(sentence, start, found.next).text})`,
      tables: [table],
      of: { kind: "share", table, where }
    },
    isOf: false,
    isJoined: false
  }
  return { parts: [share, ...subject.parts], next: found.next }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

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
