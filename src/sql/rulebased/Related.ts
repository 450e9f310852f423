/** Reading what is said of related rows: "with paid orders over 100", "without orders this year", "never returned". */
import { isAskingMore } from "./Openings.ts"
import {
  choicesAt,
  knownWish,
  nounsIn,
  type Part,
  plainMatch,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import type { Choices } from "./Meaning.ts"
import { boundAt } from "./Bounds.ts"
import { owning, readCondition } from "./Conditions.ts"
import { isVerb, nounAside } from "./Measures.ts"
import { matchAt } from "./Matches.ts"
import { relatedTo, salesTable, stepsTo } from "./Paths.ts"
import { type ColumnReference } from "./SchemaIndex.ts"
import { pathsFrom } from "./Steps.ts"
import { readDone, readFlag } from "./States.ts"
import { addsUp } from "./Targets.ts"

export const related = (
  sentence: Sentence,
  from: number,
  to: number,
  of: {
    readonly table: string | null
    readonly of: string | null
    readonly where: ReadonlyArray<Wish>
    readonly negated: boolean
  },
  next = to
): Reading => wished({ kind: "related", ...stretch(sentence, from, to), ...of }, next)

/**
 * "with paid orders over 100", "without orders this year": from here on, everything that narrows is said of the related
 * rows. Which of two things a condition belongs to is never guessed.
 */
export const readRelated: Reader = (sentence, at, before) => {
  const { items } = sentence
  const item = items[at]
  const isWithout = item?.kind === "without" || (item?.kind === "not" && items[at + 1]?.kind === "trade")
  if (!isWithout && item?.kind !== "with") return null
  if (/^no longer$/i.test(item.text) && items[at + 1]?.kind === "trade") {
    return problem(sentence, at, at + 2, `nothing says since when they are "${item.text} ${items[at + 1]?.text}"`)
  }
  const state = isWithout ? (readState(sentence, at, before) ?? lacking(sentence, at, before)) : null
  if (state !== null) return state
  const each = isWithout ? withoutEach(sentence, at, before) : null
  if (each !== null) return each
  const after = items[at + 1]?.kind === "verb" ? at + 2 : at + 1
  if (isWithout && items[after]?.kind === "trade") {
    const bought = choicesAt(sentence, after + 1)?.table ?? null
    if (bought === null) return relatedBy(sentence, at, after, null, after + 1, [])
    // "never bought a ticket": the tickets are the sales; of what is sold, no way over something else is taken.
    return bought === salesTable(sentence.context.index, nounsIn(before).at(-1) ?? "")
      ? relatedBy(sentence, at, after + 1, bought, after + 2, [], before)
      : problem(sentence, at, after + 2, `nothing says which ${bought} were ${items[after]?.text}`)
  }
  const many = isWithout ? null : countedOfThem(sentence, at, before)
  if (many !== null) return many
  const front = conditionsFrom(sentence, after, [])
  const noun = choicesAt(sentence, front.next)
  const [subject] = nounsIn(before)
  const isFurther = isAskingMore(item.text)
  const nearest = isFurther ? subject : nounsIn(before).at(-1)
  if (isWithout && noun !== null && nearest !== undefined && front.parts.length === 0) {
    const column = emptyColumn(sentence, front.next, noun, nearest)
    if (column !== null) return knownWish(sentence, at, front.next + 1, column, true)
  }
  if (noun?.table == null || subject === undefined || nearest === undefined) return null
  // "never booked a class": what stands before the article is no adjective of the noun.
  if (front.parts.length > 0 && (items[front.next]?.before.length ?? 0) > 0) return null
  const isNested = before.some((part) => part.kind === "wish" && part.wish.kind === "related" && part.wish.of !== null)
  if (isNested && !isFurther && items[at - 1]?.kind !== "and" && !/^but /i.test(item.text)) {
    return problem(
      sentence,
      at,
      front.next + 1,
      `it is not clear which of them "${items[at]?.text} ${noun.text}" is about`
    )
  }
  const path = pathsFrom(sentence.context.index, nearest).get(noun.table)
  if (path === undefined && sentence.context.index.isForked(nearest, noun.table)) {
    return problem(sentence, at, front.next + 1, `${nearest} and ${noun.table} are related in more than one way`)
  }
  const isFar = path?.some((step) => step.many) === true
  // "trainers with their classes" asks for pairs.
  if (isFar && !isWithout && items[front.next]?.before.some((word) => /^(?:their|its)$/.test(word)) === true)
    return null
  if (!isFar && !isWithout) return null
  // "has borrowed the most books": what was done, and nothing that they have.
  if (!isWithout && isVerb(noun.text) && items[front.next + 1]?.kind === "superlative") {
    return related(sentence, at, front.next + 1, { table: noun.table, of: null, where: [], negated: false })
  }
  return relatedBy(sentence, at, front.next, noun.table, front.next + 1, front.parts, before)
}

/** "with more than 2 open tickets": so many of those that are described. */
const countedOfThem = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const bound = boundAt(sentence, at + 1, false)
  const of = nounsIn(before).at(-1)
  if (bound?.kind !== "compares" || bound.unit !== null || of === undefined) return null
  const front = conditionsFrom(sentence, bound.next, [])
  const noun = choicesAt(sentence, front.next)?.table ?? null
  const where = front.parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const isBeside = sentence.items[front.next]?.before.length === 0
  if (noun === null || relatedTo(sentence.context.index, of, noun)?.step.to.table !== noun) return null
  if (where.length === 0 || where.length < front.parts.length || !isBeside) return null
  const place = stretch(sentence, at, front.next + 1)
  const { operator, value } = bound
  return wished({ kind: "counted", ...place, table: noun, of, where, operator, value }, front.next + 1)
}

/** "without orders and reviews": neither of them. */
const withoutEach = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const { context, items } = sentence
  const owner = nounsIn(before).at(-1)
  const nouns = [at + 1]
  const tableAt = (position: number) => choicesAt(sentence, position)?.table ?? null
  let next = at + 2
  while (items[next]?.kind === "and" && tableAt(next + 1) !== null) {
    nouns.push(next + 1)
    next += 2
  }
  if (owner === undefined || nouns.length < 2 || tableAt(at + 1) === null) return null
  const behind = items[next]
  if (behind !== undefined && !["by", "per", "sort"].includes(behind.kind)) {
    return problem(
      sentence,
      at,
      next,
      `"${stretch(sentence, at, next + 1).text}" may be about each of them, or about the last`
    )
  }
  const parts = nouns.flatMap((nounAt) => {
    const table = tableAt(nounAt) ?? ""
    const place = stretch(sentence, nounAt === at + 1 ? at : nounAt, nounAt + 1)
    const [step, ...more] = stepsTo(context.index, owner, table) ?? []
    const wish: Wish =
      step !== undefined && more.length === 0
        ? { kind: "test", ...place, test: { kind: "known", column: step.from, negated: true } }
        : { kind: "related", ...place, table, of: owner, where: [], negated: true }
    return wished(wish, next).parts
  })
  return { parts, next }
}

/** "have not been paid", "never returned": no other rows, but a state of the thing itself. */
export const readState = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const flag = readFlag(sentence, at + 1, before, true)
  const isNever = / ?never$/i.test(sentence.items[at]?.text ?? "")
  if (isNever && flag !== null) {
    return problem(sentence, at, flag.next, `"${stretch(sentence, at, flag.next).text}" is told of now alone`)
  }
  const read = readDone(sentence, at + 1, before, true) ?? flag ?? notInState(sentence, at + 1, before)
  return read === null || !/^(?:never|.* never|.*not|.*n['’]?t)$/i.test(sentence.items[at]?.text ?? "")
    ? null
    : owning(sentence, at, at + 1, read)
}

/** "have not been delivered", where only a state is called so. */
const notInState = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const item = sentence.items[at]
  const isSaid = /(?:not|n['’]?t)$/i.test(sentence.items[at - 1]?.text ?? "") && item?.before.includes("been") === true
  const value = isSaid ? matchAt(sentence, at, before) : null
  if (value === null || "parts" in value) return value
  const { next, ...of } = value
  return wished(plainMatch(sentence, at, next, { ...of, negated: true }), next)
}

/** "hotels without a pool", of has_pool. */
const lacking = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const owner = nounsIn(before).at(-1)
  const [flag, ...more] = choicesAt(sentence, at + 1)?.flags.filter(({ table }) => table === owner) ?? []
  const place = stretch(sentence, at, at + 2)
  return flag === undefined || more.length > 0 || !/^has/i.test(flag.column)
    ? null
    : wished({ kind: "test", ...place, test: { kind: "is", column: flag, truth: false } }, at + 2)
}

/**
 * "without an email", "with no driver": the column of the thing that is empty then. Of what adds up nothing may be 0 as
 * well, and something may follow that says more of the other thing.
 */
const emptyColumn = (sentence: Sentence, at: number, noun: Choices, owner: string): ColumnReference | null => {
  const { index } = sentence.context
  const next = sentence.items[at + 1]
  if (
    !/^(?:without(?: any)?|.*\bno|.* not have|don['’]?t have|.*gives? us|.*given us)$/i.test(
      sentence.items[at - 1]?.text ?? ""
    )
  )
    return null
  // "no officer assigned yet"
  const isJoined = next?.kind === "verb" && /^assigned$/i.test(next.text) && sentence.items[at + 2] === undefined
  if (next !== undefined && !isJoined && !next.afterComma && !["by", "per", "now"].includes(next.kind)) return null
  if (noun.table !== null) {
    const [step, ...more] = stepsTo(index, owner, noun.table) ?? []
    return step === undefined || more.length > 0 ? null : step.from
  }
  const isAmount = noun.isStock || (noun.number !== null && addsUp(noun.column?.column ?? ""))
  return noun.column?.table === owner && noun.flags.length === 0 && !isAmount ? noun.column : null
}

const relatedBy = (
  sentence: Sentence,
  at: number,
  nounAt: number,
  table: string | null,
  next: number,
  front: ReadonlyArray<Part>,
  before: ReadonlyArray<Part> = []
): Reading => {
  const negated = sentence.items[at]?.kind !== "with"
  const noun = table === null ? [] : [nounAside(sentence, nounAt, table)]
  const back = conditionsFrom(sentence, next, noun)
  const all = [...front, ...back.parts]
  const where = all.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const problems = all.filter((part) => part.kind === "problem")
  const isVerbSaid = ["verb", "trade"].includes(sentence.items[at + 1]?.kind ?? "")
  const verb = isVerbSaid ? stretch(sentence, at, at + 2) : stretch(sentence, at, at + 1)
  const { tokens } = stretch(sentence, nounAt, nounAt + 1)
  const wish: Wish = {
    kind: "related",
    tokens: [...verb.tokens, ...tokens],
    text: stretch(sentence, at, back.next).text,
    table,
    of: nounsIn(before).at(-1) ?? null,
    where,
    negated
  }
  const isList =
    negated && sentence.items[back.next]?.kind === "and" && choicesAt(sentence, back.next + 1)?.table != null
  if (isList) return problem(sentence, at, back.next, `"${wish.text}" may go on behind "and", or end there`)
  const read = wished(wish, back.next)
  return { ...read, parts: [...read.parts, ...problems] }
}

/** Conditions one after the other, and the tables that stand between them. */
export const conditionsFrom = (
  sentence: Sentence,
  from: number,
  nouns: ReadonlyArray<Part>
): { readonly parts: ReadonlyArray<Part>; readonly next: number } => {
  const parts: Array<Part> = []
  let next = from
  for (;;) {
    const item = sentence.items[next]
    // "… without bookings? Show the production": that is said of what is asked for again.
    if (item?.kind === "with" && isAskingMore(item.text)) return { parts, next }
    const known = [...nouns, ...parts]
    const isJoint = item?.kind === "with" || item?.kind === "which" || item?.kind === "and" || item?.kind === "verb"
    const at = isJoint && nouns.length > 0 ? next + 1 : next
    const condition = readCondition(sentence, at, known)
    const table = choicesAt(sentence, at)?.table ?? null
    // "without orders supplied by Northpeak": the orders are, as they are "from Northpeak".
    const isBehind = (sentence.items[at]?.before.length ?? 0) > 0 || isVerb(sentence.items[at]?.text ?? "")
    const isNamed = nouns.length > 0 && table !== null && isBehind
    const read =
      condition ?? (isNamed && table !== null ? { parts: [nounAside(sentence, at, table)], next: at + 1 } : null)
    if (read === null) return { parts, next }
    if (item?.kind === "verb" && at > next) parts.push({ kind: "wish", ...verbWish(sentence, next) })
    parts.push(...read.parts)
    next = read.next
  }
}

const verbWish = (sentence: Sentence, at: number) => {
  const place = stretch(sentence, at, at + 1)
  return { ...place, wish: { kind: "named", ...place, table: null } as const }
}
