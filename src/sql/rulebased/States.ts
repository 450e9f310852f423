/** Reading what is true or false of things, and whether they are there. */
import { choose } from "./Meaning.ts"
import { isDone } from "./SchemaIndex.ts"
import { choicesAt, nounsIn, type Part, problem, type Reading, type Sentence, stretch, wished } from "./Parts.ts"

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
    /\bwith$/i.test(items[at - 1]?.text ?? "") ||
    (noun !== null && next?.afterComma !== true) ||
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
  const meanings = item.isVerb === true ? item.meanings : negated ? item.done : undefined
  if (meanings === undefined) return null
  const { column, isDate } = choose(sentence.context, { ...item, meanings })
  const noun = nounAfter(sentence, at + 1) ?? nounsIn(before).at(-1)
  if (column === null || !isDate || !isDone(column.column)) return null
  const place = stretch(sentence, at, at + 1)
  return column.table === noun
    ? wished({ kind: "test", ...place, test: { kind: "known", column, negated } }, at + 1)
    : problem(sentence, at, at + 1, `"${item.text}" is not known of ${noun ?? "what is asked about"}`)
}

/** "in stock", "out of stock", "not in stock", "with stock". */
export const readStock = (sentence: Sentence, at: number, negated: boolean): Reading | null => {
  const { items } = sentence
  const isOut = items[at]?.kind === "outOf"
  const name = isOut ? at + 1 : at
  const choices = choicesAt(sentence, name)
  if (choices?.isStock !== true || choices.number === null) return null
  const isIn = items[name]?.before.at(-1) === "in"
  const isThere = items[name - 1]?.kind === "with" && !negated
  const next = items[name + 1]
  const isCompared = next?.kind === "operator" || next?.kind === "between"
  if (isCompared || !(isOut || isIn || isThere)) return null
  const place = stretch(sentence, at, name + 1)
  const operator = isOut !== negated ? "=" : ">"
  const of = { ...choices.number, label: `${isOut !== negated ? "out of stock" : "in stock"}: ${choices.number.label}` }
  return wished({ kind: "test", ...place, test: { kind: "compares", of, operator, value: 0 } }, name + 1)
}
