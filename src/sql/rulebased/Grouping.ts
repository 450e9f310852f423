/** Reading "by category and month", "per customer", "by revenue". */
import { targetAt, type Targeted } from "./Ranking.ts"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import { isPlural, nameWords } from "../../grounding/NameWords.ts"
import { bareMeasure } from "./Aggregates.ts"
import { relatedTo } from "./Paths.ts"
import { choicesAt, type Grouped, nounsIn, type Part, problem, type Reader, type Sentence, stretch } from "./Parts.ts"
import { type ColumnReference, columnOf, isLabel } from "./SchemaIndex.ts"
import { unitOf } from "./Calendar.ts"
import { isUnit } from "./Units.ts"

/** "by category and month", "per customer", "by revenue". */
export const readGrouping: Reader = (sentence, at, before) => {
  const { items } = sentence
  const item = items[at]
  if (item?.kind !== "by" && item?.kind !== "per") return null
  const parts: Array<Part> = []
  let next = at + 1
  for (let from = at; ; from = next) {
    const target = item.kind === "by" ? (targetAt(sentence, next) ?? rowsAt(sentence, next, before)) : null
    const by = groupedAt(sentence, next)
    const name = items[next]
    const noun = nounsIn(before).at(-1)
    const isOwnValue =
      item.kind === "by" &&
      name?.kind === "name" &&
      by?.kind === "column" &&
      by.column.table !== noun &&
      name.meanings.some((one) => one.kind === "value" && one.column.table === noun)
    if (isOwnValue) {
      return problem(sentence, from, next + 1, `"by ${name.text}" may say how, or by what they are grouped`)
    }
    // "tickets bought by members": who did it, and no group.
    const done = items[from - 1]
    const isDoer = item.kind === "by" && by?.kind === "table" && from === at && isPlural(name?.text ?? "")
    if (
      isDoer &&
      done?.kind !== "unknown" &&
      /(?:\p{L}{3}ed|sold|bought|made|given|taken|paid|held|won|sent|seen|taught|written)$/iu.test(done?.text ?? "")
    ) {
      return problem(
        sentence,
        from,
        next + 1,
        `"${stretch(sentence, from - 1, next + 1).text}" says who did it, and no group`
      )
    }
    if (
      item.kind === "per" &&
      by?.kind === "column" &&
      (isDivisor(sentence, by.column) || isCountOf(sentence, next, by.column))
    ) {
      const { text } = stretch(sentence, from, next + 1)
      return problem(sentence, from, next + 1, `"${text}" may divide by it, and is no group`)
    }
    const beside = items[next + 1]
    const owned = beside?.before.length === 0 && !beside.afterComma ? choicesAt(sentence, next + 1)?.column : null
    // "per supplier country": theirs, and no group of suppliers.
    if (by?.kind === "table" && owned?.table === by.table) {
      return problem(
        sentence,
        from,
        next + 2,
        `"${stretch(sentence, from, next + 2).text}" may be each of them, or each of theirs`
      )
    }
    if (target !== null) {
      parts.push(
        { kind: "sort", ...stretch(sentence, from, target.next), target: target.target, direction: null },
        ...(target.where ?? [])
      )
      next = target.next
    } else if (by?.kind === "table" && item.kind === "by" && isNarrowed(sentence, next, by.table)) {
      const { text } = stretch(sentence, from, next + 1)
      return problem(sentence, from, next + 1, `"${text}" may be one for each of them, or one for all of them`)
    } else if (item.kind === "by" && by?.kind === "column" && isInOrder(sentence, by.column, before)) {
      const target = { kind: "column", column: by.column } as const
      parts.push({ kind: "sort", ...stretch(sentence, from, next + 1), target, direction: "ASC" })
      next++
    } else if (by !== null) {
      const place = stretch(sentence, from, next + 1)
      const said = /each|every/i.test(item.text) ? "each" : item.kind
      parts.push({ kind: "grouped", tokens: place.tokens, text: items[next]?.text ?? "", by, said })
      next++
    } else break
    const joint = items[next]?.kind === "and" ? next + 1 : next
    const isFurther = joint > next || items[next]?.afterComma === true
    // "the best room of each hotel and its floor" shows the floor.
    const isTheirs = items[joint]?.before.some((word) => /^(?:their|its)$/.test(word)) === true
    if (!isFurther || isTheirs || groupedAt(sentence, joint) === null) break
    next = joint
  }
  return parts.length === 0 ? null : { parts, next }
}

/** "List the patients by last name": one of what each is called is an order, and no group. */
const isInOrder = ({ context: { index } }: Sentence, column: ColumnReference, before: ReadonlyArray<Part>): boolean => {
  const isCounted = before.some(({ kind }) => kind === "measure" || kind === "rank" || kind === "breakdown")
  const nouns = nounsIn(before)
  return !isCounted && nouns.length === 1 && nouns[0] === column.table && isLabel(index, column)
}

/** "top 5 members by visits": by how many of them each has. */
const rowsAt = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Targeted | null => {
  const [subject] = nounsIn(before)
  const choices = choicesAt(sentence, at)
  const isRanked = before.some((part) => part.kind === "rank" && part.target === null)
  if (!isRanked || subject === undefined || choices?.table == null) return null
  const measure = bareMeasure(sentence.context, choices.table, choices.text)
  return typeof measure === "string" || relatedTo(sentence.context.index, subject, choices.table) === null
    ? null
    : { target: { kind: "measure", measure }, next: at + 1 }
}

/** "by members from York": several, and what follows says which. */
const isNarrowed = (sentence: Sentence, at: number, table: string): boolean => {
  const [item, next] = sentence.items.slice(at, at + 2)
  return (
    isPlural(item?.text ?? "") &&
    (next?.before.length ?? 0) > 0 &&
    choicesAt(sentence, at + 1)?.value?.column.table === table
  )
}

/** "patients per bed", of a number of beds. */
const isCountOf = (sentence: Sentence, at: number, reference: ColumnReference): boolean => {
  const column = columnOf(sentence.context.index, reference)
  const isMany = isPlural(nameWords(reference.column).at(-1) ?? "")
  return column !== undefined && isNumeric(column) && isMany && !isPlural(sentence.items[at]?.text ?? "")
}

/** "price per kg": amounts that are measured are no groups. */
const isDivisor = ({ context }: Sentence, reference: ColumnReference): boolean => {
  const column = columnOf(context.index, reference)
  return (
    column !== undefined &&
    isNumeric(column) &&
    (!/int|serial/i.test(column.type) || isUnit(nameWords(column.name).at(-1) ?? ""))
  )
}

const groupedAt = (sentence: Sentence, at: number): Grouped | null => {
  const item = sentence.items[at]
  if (item?.kind === "grain") return { kind: "grain", grain: item.grain }
  const choices = choicesAt(sentence, at)
  const unit = unitOf(item?.text.toLowerCase())
  // "books per year": not the year that their readers are in.
  const isNoun = sentence.items.some((_, other) => choicesAt(sentence, other)?.table === choices?.column?.table)
  const deed = sentence.items[at - 2]
  // "students graduated per year"
  const isDeed = deed?.kind === "name" && deed.isVerb === true
  if (unit !== undefined && (!isNoun || isDeed)) {
    return { kind: "grain", grain: unit }
  }
  const next = sentence.items[at + 1]
  // "by the customer Greta Brown" is about her.
  const isNamed = next?.before.length === 0 && (next.kind === "entities" || next.kind === "literal")
  if (choices === null || choices.problem !== null || choices.aggregate !== null || isNamed) return null
  if (choices.table !== null) return { kind: "table", table: choices.table }
  if (choices.column === null) return null
  return choices.isDate ? { kind: "grain", grain: "day" } : { kind: "column", column: choices.column }
}
