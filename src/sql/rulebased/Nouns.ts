/** Reading names that stand alone: what is asked about, what is listed, what is related or must not be. */
import { readCondition } from "./Conditions.ts"
import { wordKey } from "../../grounding/NameWords.ts"
import { isStarted, isVerb, nounAside } from "./Measures.ts"
import {
  choicesAt,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { asks, type ColumnReference, labelColumns, pathsFrom, tableOf } from "./SchemaIndex.ts"
import { aggregateOf, type Choices } from "./Meaning.ts"
import { stepsTo } from "./Paths.ts"
import { addsUp } from "./Targets.ts"

/** The thing that is asked about, with what narrows it in front of it: "pending orders", "customer orders". */
export const readSubject = (
  sentence: Sentence,
  from: number,
  before: ReadonlyArray<Part>,
  isAsked: boolean
): Reading | null => {
  const parts: Array<Part> = []
  for (let at = from; at < sentence.items.length;) {
    const item = sentence.items[at]
    const choices = choicesAt(sentence, at)
    const place = stretch(sentence, at, at + 1)
    if (item?.kind === "grain" && isAsked && parts.length === 0) {
      const of = { kind: "grain", grain: item.grain } as const
      return { parts: [{ kind: "subject", ...place, of, isAsked, isPlural: false }], next: at + 1 }
    }
    if (choices?.table != null && choices.problem === null) {
      const next = sentence.items[at + 1]
      const further = choicesAt(sentence, at + 1)
      if (isVerb(choices.text) && isAskedBefore(sentence, at)) {
        return problem(sentence, at, at + 1, `"${choices.text}" does not say what of it is asked for`)
      }
      const isCompound = next?.before.length === 0 && !next.afterComma && further?.table != null && !isVerb(next.text)
      if (isCompound && further.table !== choices.table) {
        parts.push(nounAside(sentence, at, choices.table))
        at++
        continue
      }
      const of = { kind: "table", table: choices.table } as const
      const isPlural = wordKey(choices.text.toLowerCase()) !== choices.text.toLowerCase()
      return { parts: [...parts, { kind: "subject", ...place, of, isAsked, isPlural }], next: at + 1 }
    }
    const isVerbOfDate = choices?.isDate === true && sentence.items[at + 1]?.kind === "range"
    if (isVerbOfDate) return null
    if (choices?.column != null && isAsked && choices.number === null && choices.flags.length === 0) {
      const of = { kind: "column", column: choices.column } as const
      const isPlural = wordKey(choices.text.toLowerCase()) !== choices.text.toLowerCase()
      return { parts: [...parts, { kind: "subject", ...place, of, isAsked, isPlural }], next: at + 1 }
    }
    if (item?.kind === "verb" || item?.kind === "trade") return null
    const read = item?.before.length === 0 || at === from ? readCondition(sentence, at, before) : null
    if (read === null) return null
    parts.push(...read.parts)
    at = read.next
  }
  return null
}

/** "which products", "which 3 products"; later in a question it only joins. */
export const readWhich: Reader = (sentence, at, before) => {
  if (sentence.items[at]?.kind !== "which" || isStarted(before)) return null
  const counted = sentence.items[at + 1]
  const isCounted = counted?.kind === "number" && Number.isInteger(counted.value) && counted.value > 0
  const subject = readSubject(sentence, at + (isCounted ? 2 : 1), before, true)
  if (subject === null) return null
  const limit: ReadonlyArray<Part> = isCounted
    ? [{ kind: "limit", ...stretch(sentence, at + 1, at + 2), count: counted.value }]
    : []
  return { parts: [...limit, ...ownedColumn(sentence, subject)], next: subject.next }
}

/** "the title of the cheapest lesson", "the names of the top 3 teachers": what is shown of them, and not what they are asked by. */
const ownedColumn = (sentence: Sentence, { next, parts }: Reading): ReadonlyArray<Part> => {
  const subject = parts.at(-1)
  if (subject?.kind !== "subject" || subject.of.kind !== "column") return parts
  const { items } = sentence
  const { column } = subject.of
  if (items[next]?.before.includes("of") !== true) return parts
  const owner = items.findIndex((_, at) => at >= next && choicesAt(sentence, at)?.table != null)
  const table = tableOf(sentence.context.index, column.table)
  const isLabel = table !== undefined && labelColumns(table).some(({ name }) => name === column.column)
  if (choicesAt(sentence, owner)?.table !== column.table || (subject.isPlural && !isLabel)) return parts
  const { text, tokens } = subject
  return [...parts.slice(0, -1), { kind: "shown", tokens, text, column, isNumber: false }]
}

/** A table or a column that nothing else has claimed. */
export const readName: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  const choices = choicesAt(sentence, at)
  if (item === undefined || choices === null) return null
  if (choices.problem !== null) return problem(sentence, at, at + 1, choices.problem)
  if (choices.table !== null) {
    if (!isStarted(before)) return readSubject(sentence, at, before, false)
    const beside = readBeside(sentence, at, choices.table, before)
    if (beside !== null) return beside
    return isVerb(item.text)
      ? related(sentence, at, at + 1, { table: choices.table, of: null, where: [], negated: false })
      : { parts: [nounAside(sentence, at, choices.table)], next: at + 1 }
  }
  const place = stretch(sentence, at, at + 1)
  if (choices.column !== null) {
    if (choices.flags.length > 0 && !isListed(sentence, at, before)) {
      const why = `"${choices.text}" is true or false: say which, as in "that are ${choices.text}"`
      return problem(sentence, at, at + 1, why)
    }
    if (choices.flags.length === 0 && !choices.isDate && asks({ name: choices.column.column })) {
      const why = `nobody says which texts of ${choices.column.column} are yes and no`
      return problem(sentence, at, at + 1, why)
    }
    const { column, isMapped } = choices
    const table = tableOf(sentence.context.index, column.table)
    const isNamed = table !== undefined && labelColumns(table).length > 0
    const isFirst = !before.some(({ kind }) => kind === "shown" || kind === "subject" || kind === "measure")
    // "sales amount last month": of rows that nothing names, the numbers are not what is asked for, but their sum.
    if (isMapped && isFirst && !isNamed && choices.number !== null && addsUp(column.column)) {
      const measure = aggregateOf(sentence.context, "SUM", choices)
      if (typeof measure !== "string") {
        return { parts: [{ kind: "measure", ...place, measure, isOf: false, isJoined: false }], next: at + 1 }
      }
    }
    const isNumber = choices.number !== null
    return { parts: [{ kind: "shown", ...place, column, isNumber }], next: at + 1 }
  }
  if (choices.number === null) return null
  const why = `"${choices.text}" needs a word that says what to do with it, such as total or average`
  return problem(sentence, at, at + 1, why)
}

/** "What was ordered by Ada?" */
const isAskedBefore = ({ items }: Sentence, at: number): boolean =>
  items.slice(0, at).some(({ kind, text }) => kind === "which" && /^what$/i.test(text)) ||
  items[at - 1]?.kind === "which"

/** "classes with their trainer" shows it; "classes with a trainer" are those that have one. */
const readBeside = (sentence: Sentence, at: number, table: string, before: ReadonlyArray<Part>): Reading | null => {
  const { items } = sentence
  const { index } = sentence.context
  const [item, joint] = [items[at], items[at - 1]]
  const owner = nounsIn(before).at(-1)
  const isListed = before.some(({ kind }) => kind === "subject") && !before.some(({ kind }) => kind === "measure")
  const isFurther = joint?.kind === "and" && before.at(-1)?.kind === "shown"
  const isTheirs = isFurther || item?.before.some((word) => /^(?:their|its)$/.test(word)) === true
  if (item === undefined || owner === undefined || (joint?.kind !== "with" && joint?.kind !== "and")) return null
  const [step, ...more] = stepsTo(index, owner, table) ?? []
  const place = stretch(sentence, at, at + 1)
  if (isTheirs && isListed) {
    const owned = tableOf(index, table)
    const labels = step === undefined || owned === undefined ? [] : labelColumns(owned)
    return labels.length === 0
      ? problem(sentence, at, at + 1, `one row of ${owner} may have none, one or several ${table}`)
      : {
          parts: labels.map(({ name }) => ({
            kind: "shown",
            ...place,
            column: { table, column: name },
            isNumber: false
          })),
          next: at + 1
        }
  }
  const last = before.at(-1)?.kind
  if (joint.kind === "and" && (last === "subject" || last === "measure")) {
    return problem(sentence, at, at + 1, `both ${owner} and ${table} are asked for`)
  }
  return step === undefined ||
    more.length > 0 ||
    joint.text.toLowerCase() !== "with" ||
    !/^an?$/.test(item.before.join(" "))
    ? null
    : wished({ kind: "test", ...place, test: { kind: "known", column: step.from, negated: false } }, at + 1)
}

// -----------------------------------------------------------------------------
// related rows

const related = (
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
  const after = items[at + 1]?.kind === "verb" ? at + 2 : at + 1
  if (isWithout && items[after]?.kind === "trade") return relatedBy(sentence, at, after, null, after + 1, [])
  const front = conditionsFrom(sentence, after, [])
  const noun = choicesAt(sentence, front.next)
  const [subject] = nounsIn(before)
  const nearest = nounsIn(before).at(-1)
  if (isWithout && noun !== null && nearest !== undefined && front.parts.length === 0) {
    const column = emptyColumn(sentence, front.next, noun, nearest)
    const place = stretch(sentence, at, front.next + 1)
    const test = column === null ? null : ({ kind: "known", column, negated: true } as const)
    if (test !== null) return wished({ kind: "test", ...place, test }, front.next + 1)
  }
  if (noun?.table == null || subject === undefined || nearest === undefined) return null
  // "never booked a class": what stands before the article is no adjective of the noun.
  if (front.parts.length > 0 && (items[front.next]?.before.length ?? 0) > 0) return null
  const isNested = before.some((part) => part.kind === "wish" && part.wish.kind === "related" && part.wish.of !== null)
  if (isNested && items[at - 1]?.kind !== "and") {
    return problem(
      sentence,
      at,
      front.next + 1,
      `it is not clear which of them "${items[at]?.text} ${noun.text}" is about`
    )
  }
  const path = pathsFrom(sentence.context.index, nearest).get(noun.table)
  const isFar = path?.some((step) => step.many) === true
  // "trainers with their classes" asks for pairs.
  if (isFar && !isWithout && items[front.next]?.before.some((word) => /^(?:their|its)$/.test(word)) === true)
    return null
  if (!isFar && !isWithout) return null
  return relatedBy(sentence, at, front.next, noun.table, front.next + 1, front.parts, before)
}

/**
 * "without an email", "with no driver": the column of the thing that is empty then. Of what adds up nothing may be 0 as
 * well, and something may follow that says more of the other thing.
 */
const emptyColumn = (sentence: Sentence, at: number, noun: Choices, owner: string): ColumnReference | null => {
  const { index } = sentence.context
  const next = sentence.items[at + 1]
  if (!/^(?:without(?: any)?|.*\bno|.* not have|dont have)$/i.test(sentence.items[at - 1]?.text ?? "")) return null
  if (next !== undefined && !next.afterComma && next.kind !== "by" && next.kind !== "per") return null
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
  const verb = sentence.items[at + 1]?.kind === "verb" ? stretch(sentence, at, at + 2) : stretch(sentence, at, at + 1)
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
    const known = [...nouns, ...parts]
    const isJoint = item?.kind === "with" || item?.kind === "which" || item?.kind === "and" || item?.kind === "verb"
    const at = isJoint && nouns.length > 0 ? next + 1 : next
    const condition = readCondition(sentence, at, known)
    const table = choicesAt(sentence, at)?.table ?? null
    const isNamed = nouns.length > 0 && table !== null && (sentence.items[at]?.before.length ?? 0) > 0
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

/** Whether it follows a column that is shown: "the name, price and discontinued of all products". */
const isListed = ({ items }: Sentence, at: number, before: ReadonlyArray<Part>): boolean =>
  before.at(-1)?.kind === "shown" && (items[at]?.afterComma === true || items[at - 1]?.kind === "and")
