/** Reading what is to be computed: totals, averages, counts, mapped aggregates. */
import { isPlural, nameWords, phraseKeys, wordKey } from "../../grounding/NameWords.ts"
import { boundAt } from "./Bounds.ts"
import { readCondition } from "./Conditions.ts"
import type { AggregateFunction, Direction, Property } from "./Lexicon.ts"
import { aggregateOf, averageRows, countOf, mappedMeasure, rowsOf, soldPieces } from "./Aggregates.ts"
import { type Choices, tablesOf } from "./Meaning.ts"
import {
  choicesAt,
  computed,
  isTimed,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  testWishes,
  wished
} from "./Parts.ts"
import { stillOpen } from "./Outcomes.ts"
import { thingsMeant } from "./Things.ts"
import { stepsTo } from "./Paths.ts"
import type { Measure } from "./Plan.ts"
import { isMeasure, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

interface Measured {
  readonly measures: ReadonlyArray<Measure | string>
  /** What stands between the head and what is measured: "total PAID INVOICES". */
  readonly parts: ReadonlyArray<Part>
  /** The item that is measured. */
  readonly at: number
  readonly next: number
}

/** An aggregate, or a count as it is said. */
type Head = { readonly of: AggregateFunction } | { readonly words: string }

/** Reads `average price`, `minimum and maximum price`, `number of orders`, `lowest fee`. */
export const measuresAt = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Measured | null => {
  const { context, items } = sentence
  const heads: Array<Head> = []
  let next = at
  for (let item = items[next]; item !== undefined; item = items[++next]) {
    if (item.kind === "aggregate") heads.push({ of: item.of })
    else if (item.kind === "count") heads.push({ words: countWords(item.text) })
    else if (item.kind === "superlative" && (!isOfItself(item.property) || isDuration(sentence, next))) {
      // "the smallest amount", "lowest and highest price"
      heads.push({ of: item.direction === "DESC" ? "MAX" : "MIN" })
    } else if (item.kind !== "and" || heads.length === 0) break
  }
  if (heads.length === 0) return null
  // "the number of times carried out" is of no time of day.
  if (items[at]?.kind === "count" && /^times$/i.test(items[next]?.text ?? "")) return null
  const found = measurable(sentence, next, before)
  if (found === null)
    return heads.length === 1 && items[at]?.kind === "count" ? countedBy(sentence, next, before) : null
  const { choices, distinct, parts } = found
  const isCounted = heads.length > 1 && heads.some((head) => "words" in head)
  const isAveraged = isCounted && heads.some((head) => "of" in head && head.of === "AVG")
  // "average number of orders" asks for no number of them.
  // Where jobs have a max_salary, the maximum salary is that, or the highest of all.
  const rivals = heads.flatMap((head) => ("of" in head ? boundNamed(context.index, head.of, choices) : []))
  if (rivals.length > 0) {
    const why = `"${items[at]?.text} ${choices.text}" may be ${rivals[0]}, or the one of all`
    return { measures: [why], parts, at: found.at, next: found.at + 1 }
  }
  const asked = isAveraged ? heads.filter((head) => "of" in head) : heads
  const measures = asked.map((head) =>
    "of" in head
      ? !isCounted
        ? aggregateOf(context, head.of, choices, / of$/i.test(items[at]?.text ?? ""))
        : head.of === "SUM"
          ? countOf(context, counting("number of", distinct), distinct !== "", choices)
          : head.of === "AVG" &&
              distinct === "" &&
              choices.table !== null &&
              soldPieces(context.index, choices.table, choices.text) === null
            ? averageRows(choices.table, choices.text)
            : head.of === "AVG" && distinct === "" && isSaidOf(choices)
              ? aggregateOf(context, "AVG", choices)
              : `the ${items[at]?.text} of a number of ${choices.text} needs two steps`
      : countOf(
          context,
          counting(head.words, distinct),
          / (?:distinct|different|unique)$/.test(counting(head.words, distinct)),
          choices
        )
  )
  return {
    measures: [...new Map(measures.map((one) => [JSON.stringify(one), one])).values()],
    parts,
    at: found.at,
    next: found.at + 1
  }
}

/** The columns that are called so: "maximum salary" of max_salary. */
const boundNamed = (index: SchemaIndex, of: AggregateFunction, { number, text }: Choices): ReadonlyArray<string> => {
  if ((of !== "MIN" && of !== "MAX") || number?.column == null) return []
  const side = of === "MIN" ? /^min(?:imum)?$/ : /^max(?:imum)?$/
  const own = nameWords(number.column.column).filter((word) => !/^(?:min|max)(?:imum)?$/.test(word))
  return index.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const [first = "", ...rest] = nameWords(column.name)
      const isCalled = [own.map(wordKey), phraseKeys(text)].some(
        (keys) => rest.map(wordKey).join(" ") === keys.join(" ")
      )
      return side.test(first) && isCalled ? [`${table.name}.${column.name}`] : []
    })
  )
}

/** "the average number of pages" of a column that is called so. */
const isSaidOf = ({ number }: Choices): boolean =>
  number?.column != null && isPlural(nameWords(number.column.column).at(-1) ?? "")

/** "how many professors": the things that have a value. */
const countedBy = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Measured | null => {
  const parts: Array<Part> = []
  // "how many male dogs"
  for (
    let read = readCondition(sentence, at, before);
    read !== null;
    read = readCondition(sentence, read.next, before)
  ) {
    const table = thingsMeant(sentence, read)
    parts.push(...read.parts)
    const [text = ""] = read.parts.map((part) => part.text)
    if (table !== null) return { measures: [rowsOf(table, text)], parts, at, next: read.next }
    if (sentence.items[read.next]?.before.length !== 0) return null
  }
  return null
}

/** "cheapest", "heaviest": such an adjective says of what by itself. */
const isOfTime = (property: Property | "rows" | null): boolean => property === "date" || property === "age"

const isOfItself = (property: Property | "rows" | null): boolean =>
  property !== null && !["date", "age", "amount"].includes(property)

/** "the longest delay": the highest number of its minutes. */
const isDuration = (sentence: Sentence, at: number): boolean => {
  const item = sentence.items[at]
  const of = choicesAt(sentence, at + 1)
  const column = item?.kind === "superlative" && item.property === "length" ? of?.number?.column : undefined
  return column != null && of?.table === null && /delay|duration|wait/i.test(column.column)
}

/** How a count is said: "number of", "total number of distinct". */
const countWords = (said: string): string => {
  const [, distinct = ""] = /\b(distinct|different|unique)\b/i.exec(said) ?? []
  const [, head = "number"] = /^(total number|count|total count)\b/i.exec(said) ?? []
  return counting(`${head.toLowerCase()} of`, distinct)
}

const counting = (head: string, distinct: string): string =>
  distinct === "" ? head : `${head} ${distinct.toLowerCase()}`

interface Measurable {
  readonly choices: Choices
  readonly parts: ReadonlyArray<Part>
  /** The word for "different", if one is said. */
  readonly distinct: string
  readonly at: number
}

/** The next name that can be computed, behind conditions that only narrow it. */
const measurable = (sentence: Sentence, from: number, before: ReadonlyArray<Part>): Measurable | null => {
  const parts: Array<Part> = []
  let distinct = ""
  for (let at = from; at < sentence.items.length;) {
    const item = sentence.items[at]
    if (item?.kind === "distinct") {
      distinct = item.text
      parts.push({ kind: "aside", ...stretch(sentence, at, at + 1) })
      at++
      continue
    }
    if (item?.kind === "verb") return null
    const choices = choicesAt(sentence, at)
    const isThing =
      choices !== null && (choices.table !== null || choices.aggregate !== null || choices.number !== null)
    const read = isThing ? null : item?.kind === "trade" ? null : readCondition(sentence, at, before)
    if (read === null) return named(sentence, at, choices, parts, distinct)
    parts.push(...read.parts)
    at = read.next
  }
  return null
}

/** Of two nouns in a row ("customer orders") the last is what is meant, and the first belongs to it. */
const named = (
  sentence: Sentence,
  at: number,
  choices: Choices | null,
  parts: ReadonlyArray<Part>,
  distinct: string
): Measurable | null => {
  if (choices === null) return null
  const next = sentence.items[at + 1]
  const further = choicesAt(sentence, at + 1)
  if (choices.table === null || next?.before.length !== 0 || further === null || isVerb(next.text)) {
    return { choices, parts, distinct, at }
  }
  const isThing = further.table !== null || further.number !== null || further.aggregate !== null
  if (!isThing || next.afterComma) return { choices, parts, distinct, at }
  // "average student grade": what their enrolments have is theirs only per student.
  const of = further.number?.column?.table
  if (of !== undefined && of !== choices.table && stepsTo(sentence.context.index, of, choices.table) !== null)
    return null
  // "ticket price" of a price_paid, and not the price of their subscription.
  const { index } = sentence.context
  const owner = of === choices.table ? undefined : tableOf(index, choices.table)
  const words = phraseKeys(further.text)
  const isTheirs = owner?.columns.some(
    (column) =>
      isMeasure(index, owner, column) && words.every((word) => nameWords(column.name).map(wordKey).includes(word))
  )
  if (of !== undefined && isTheirs === true) return null
  // "how many admitted patients": of now, and not whoever has ever been
  const open = isVerb(choices.text) && !isTimed(sentence) ? stillOpen(sentence.context, choices.table) : null
  const place = stretch(sentence, at, at + 1)
  const those = { table: choices.table, of: further.table, negated: false } as const
  const asides =
    open === null
      ? [nounAside(sentence, at, choices.table)]
      : wished({ kind: "related", ...place, ...those, where: testWishes(sentence, at, at + 1, open) }, at + 1).parts
  return { choices: further, parts: [...parts, ...asides], distinct, at: at + 1 }
}

export const nounAside = (sentence: Sentence, at: number, table: string): Part => {
  const place = stretch(sentence, at, at + 1)
  return { kind: "wish", ...place, wish: { kind: "named", ...place, table } }
}

/** "ordered": a table that is said as what is done. */
export const isVerb = (text: string): boolean =>
  /^(?:\p{L}{3,}(?:ed|ing)|wrote|written|writes?|drove|driven|taught|teach(?:es)?|borrows?|lends?|lent)$/iu.test(text)

/** Whether it is said already what is asked about. */
export const isStarted = (before: ReadonlyArray<Part>): boolean =>
  before.some((part) => part.kind === "subject" || part.kind === "measure")

/** A measure, or the condition on one ("total spending over 100"). */
export const readMeasure: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  if (item?.kind === "superlative" && before.some((part) => part.kind === "subject")) return null
  const read = measuresAt(sentence, at, before)
  if (read === null) return readNamed(sentence, at, before)
  // "partner with the highest rate", "which mechanic has the lowest salary": the one of them that has it.
  if (item?.kind === "superlative" && sentence.items[at - 1]?.kind === "with" && !isStarted(before)) {
    return ofKindOf(sentence, at, before, item.direction, read)
  }
  // "highest order value" measures; "largest orders" ranks them.
  const isTable = choicesAt(sentence, read.at)?.table != null
  const isDate = choicesAt(sentence, read.at)?.isDate === true
  if (item?.kind === "superlative" && isOfTime(item.property) && !isDate) return null
  if (item?.kind === "superlative" && (isTable || choicesAt(sentence, read.at)?.aggregate != null)) return null
  return withBound(sentence, at, before, read)
}

/** The one of those that a value tells ("mechanic"); of several, it is not said whether all or the first. */
const ofKindOf = (
  sentence: Sentence,
  at: number,
  before: ReadonlyArray<Part>,
  direction: Direction,
  read: Measured
): Reading => {
  const place = stretch(sentence, at, read.next)
  const column = choicesAt(sentence, read.at)?.number?.column ?? null
  const kind = before.find((part) => part.kind === "wish" && part.wish.kind === "match" && !part.wish.isPlural)
  const isOwn = kind?.kind === "wish" && kind.wish.kind === "match" && kind.wish.column.table === column?.table
  if (column === null || kind === undefined || !isOwn || read.parts.length > 0) {
    return problem(sentence, at, read.next, `nothing says what has the ${place.text}`)
  }
  const of = { kind: "table", table: column.table } as const
  return {
    parts: [
      { kind: "subject", tokens: [], text: kind.text, of, isAsked: true, isPlural: false },
      { kind: "rank", ...place, direction, count: null, target: { kind: "column", column }, addsUp: false }
    ],
    next: read.next
  }
}

/** A mapped aggregate by its name alone, or a template ("typical {column}") with what it applies to. */
const readNamed: Reader = (sentence, at, before) => {
  const choices = choicesAt(sentence, at)
  if (choices?.template != null) {
    const found = measurable(sentence, at + 1, before)
    const number = found?.choices.number ?? null
    if (found === null || number === null) {
      return problem(sentence, at, at + 1, `"${choices.text}" needs a number to apply to`)
    }
    const measure: Measure = {
      label: `${choices.text} ${found.choices.text}`,
      tables: [...new Set([...number.tables, ...tablesOf(choices.template.columns)])],
      of: {
        kind: "expression",
        sql: choices.template.sql.replaceAll(/\{\w+\}/g, () => number.sql),
        sensitive: true
      }
    }
    return withBound(sentence, at, before, {
      measures: [measure],
      parts: found.parts,
      at: found.at,
      next: found.at + 1
    })
  }
  const counted = sentence.items[at + 1]
  // "order count"
  if (choices?.table != null && counted?.kind === "count" && /^count$/i.test(counted.text)) {
    // "order count over 3" compares the count, and not what orders have.
    if (counted.before.length > 0 || counted.afterComma || boundAt(sentence, at + 2, true) !== null) return null
    const measures = [countOf(sentence.context, "number of", false, choices)]
    return withBound(sentence, at, before, { measures, parts: [], at, next: at + 2 })
  }
  if (choices?.aggregate == null) return null
  const measure = mappedMeasure(choices.text, choices.aggregate)
  return withBound(sentence, at, before, { measures: [measure], parts: [], at, next: at + 1 })
}

/** "departments and their average salary": one for each of them. A count would leave out those that have none. */
const ofEach = (sentence: Sentence, at: number, before: ReadonlyArray<Part>, read: Measured): Reading | null => {
  const [joint, item] = [sentence.items[at - 1], sentence.items[at]]
  const subject = before.at(-1)
  const isTheirs = item?.before.some((word) => /^(?:their|its)$/.test(word)) === true
  const isSaid = (joint?.kind === "with" && /^with$/i.test(joint.text)) || (joint?.kind === "and" && isTheirs)
  const [measure, ...more] = read.measures
  if (
    !isSaid ||
    subject?.kind !== "subject" ||
    subject.of.kind !== "table" ||
    typeof measure !== "object" ||
    more.length > 0
  )
    return null
  const { table } = subject.of
  const isOfThem = measure.tables.every((one) => one !== table && stepsTo(sentence.context.index, one, table) !== null)
  if (!isOfThem || measure.of.kind === "rows" || item?.kind === "superlative" || before.length > 1) return null
  return {
    parts: [
      ...computed(sentence, at, read.next, measure).parts,
      { kind: "grouped", tokens: subject.tokens, text: subject.text, by: subject.of, said: "each" },
      ...read.parts
    ],
    next: read.next
  }
}

const withBound = (sentence: Sentence, at: number, before: ReadonlyArray<Part>, read: Measured): Reading => {
  const [first] = read.measures
  const bound = boundAt(sentence, read.next, true)
  const isRows = typeof first !== "string" && first?.of.kind === "rows"
  if (
    bound?.kind === "compares" &&
    bound.unit === null &&
    typeof first !== "string" &&
    first !== undefined &&
    !isRows &&
    nounsIn(before).length > 0
  ) {
    const place = stretch(sentence, at, bound.next)
    const { operator, value } = bound
    return { parts: [...read.parts, { kind: "having", ...place, measure: first, operator, value }], next: bound.next }
  }
  const each = ofEach(sentence, at, before, read)
  if (each !== null) return each
  const isJoined = sentence.items[at - 1]?.kind === "and" || sentence.items[at]?.afterComma === true
  const isOf = isStarted(before) && !isJoined
  return {
    parts: [
      ...read.measures.map((measure): Part => {
        const place = stretch(sentence, at, read.next)
        return typeof measure === "string"
          ? { kind: "problem", tokens: place.tokens, text: measure }
          : { kind: "measure", ...place, measure, isOf, isJoined }
      }),
      ...read.parts
    ],
    next: read.next
  }
}
