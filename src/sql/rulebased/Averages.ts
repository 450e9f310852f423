/** Reading "price above average", "a higher salary than the average of their department". */
import { isNumeric } from "../../grounding/ColumnWords.ts"
import type { Operator } from "./Lexicon.ts"
import { choicesAt, problem, type Reading, type Sentence, stretch, wished } from "./Parts.ts"
import type { Scalar } from "./Plan.ts"
import { type ColumnReference, columnOf, isLabel } from "./SchemaIndex.ts"

/**
 * Of all rows, so that nothing else may narrow them, or of those that share what is said behind. `verb` is the number that a
 * verb at the place says, as "earn" does.
 */
export const readAverage = (sentence: Sentence, at: number, verb: Scalar | null): Reading | null => {
  const head = comparisonAt(sentence, at, verb)
  if (head === null) return null
  const behind = choicesAt(sentence, head.next)?.number ?? null
  const end = behind === null ? head.next : head.next + 1
  const of = head.of ?? behind
  if (of?.column == null || (head.of !== null && behind !== null && head.of.sql !== behind.sql)) {
    return problem(sentence, at, end, `"${stretch(sentence, at, end).text}" does not say of what`)
  }
  const { column } = of
  const peers = peersAt(sentence, end, column)
  const next = peers?.next ?? end
  const place = stretch(sentence, at, next)
  const isAll = sentence.items
    .slice(next)
    .every((_, offset) => choicesAt(sentence, next + offset)?.table === column.table)
  // "above the average of new employees": what stands behind may say of which rows.
  if (!isAll || (peers !== null && next < sentence.items.length)) {
    return problem(sentence, at, next, `"${place.text}" may be the average of all or of some`)
  }
  const within = peers?.column ?? null
  return wished(
    { kind: "test", ...place, test: { kind: "average", of, column, within, operator: head.operator } },
    next
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

interface Head {
  /** What is compared, if it is said before the average. */
  readonly of: Scalar | null
  readonly operator: Operator
  /** Behind "average". */
  readonly next: number
}

/** "price above average", "a bigger budget than the average", "more than the average price". */
const comparisonAt = (sentence: Sentence, at: number, verb: Scalar | null): Head | null => {
  const { items } = sentence
  const isAverage = (place: number): boolean => {
    const item = items[place]
    return item?.kind === "aggregate" && item.of === "AVG"
  }
  const more = items[at]?.kind === "unknown" ? comparatives.get(items[at].text.toLowerCase()) : undefined
  const than = items[at + 2]
  const number = choicesAt(sentence, at + 1)?.number ?? null
  const isThan = than?.kind === "unknown" && /^than$/i.test(than.text)
  if (more !== undefined && number !== null && isThan && isAverage(at + 3)) {
    return { of: number, operator: more, next: at + 4 }
  }
  const of = choicesAt(sentence, at)?.number ?? verb
  const head = of === null ? at : at + 1
  const operator = items[head]
  return operator?.kind === "operator" && isAverage(head + 1)
    ? { of, operator: operator.operator, next: head + 2 }
    : null
}

const comparatives: ReadonlyMap<string, Operator> = new Map([
  ["bigger", ">"],
  ["higher", ">"],
  ["larger", ">"],
  ["greater", ">"],
  ["lower", "<"],
  ["smaller", "<"]
])

/** "of their genre", "for their own department": the rows that have the same there. */
const peersAt = (
  sentence: Sentence,
  at: number,
  { table }: ColumnReference
): { readonly column: ColumnReference; readonly next: number } | null => {
  const { context, items } = sentence
  const isOwn = items[at]?.kind === "unknown" && /^own$/i.test(items[at].text)
  const place = isOwn ? at + 1 : at
  const isTheirs = items[at]?.before.some((word) => /^(?:their|its)$/.test(word)) === true
  const choices = isTheirs ? choicesAt(sentence, place) : null
  if (choices === null || choices.problem !== null) return null
  const own = choices.column
  const column = own === null ? undefined : columnOf(context.index, own)
  if (own?.table === table && column !== undefined && !isNumeric(column) && !isLabel(context.index, own)) {
    return { column: own, next: place + 1 }
  }
  const [only, ...others] = context.index.relationships.filter(
    ({ from, to }) => from.table === table && to.table === choices.table
  )
  return only === undefined || others.length > 0 ? null : { column: only.from, next: place + 1 }
}
