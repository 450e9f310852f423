/** Reading "more than 10 minutes late", "delayed by over an hour", "over an hour late": by the one column that says it. */
import { columnWords } from "../../grounding/ColumnWords.ts"
import { type Bound, boundAt, tested } from "./Bounds.ts"
import { nounsIn, type Part, type Reading, type Sentence } from "./Parts.ts"
import type { Item } from "./Reading.ts"
import { isMeasure, tableOf } from "./SchemaIndex.ts"
import { columnScalar } from "./SqlText.ts"
import { isUnit } from "./Units.ts"

export const readDelay = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const { items } = sentence
  const isFront = isLate(items[at]) && items[at + 1]?.kind === "by"
  const bound = boundOf(sentence, isFront ? at + 2 : at)
  // What was on time was not "less than 5 minutes late".
  const isMore = bound?.kind === "compares" && bound.operator.startsWith(">")
  if (bound === null || bound.unit === null || !isMore || !(isFront || isLate(items[bound.next]))) return null
  const { context } = sentence
  const table = tableOf(context.index, nounsIn(before).at(-1) ?? "")
  const [column, ...others] =
    table?.columns.filter(
      (one) =>
        isMeasure(context.index, table, one) && columnWords(table, one).some((word) => /^(?:delay|late)$/.test(word))
    ) ?? []
  if (table === undefined || column === undefined || others.length > 0) return null
  const of = columnScalar(context.dialect, { table: table.name, column: column.name })
  return tested(sentence, at, isFront ? bound.next : bound.next + 1, of, bound)
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const isLate = (item: Item | undefined): boolean => /^(?:late|delayed|overdue)$/i.test(item?.text ?? "")

/** "over 10 minutes", "over an hour". */
const boundOf = (sentence: Sentence, at: number): Bound | null => {
  const [item, unit] = sentence.items.slice(at, at + 2)
  return item?.kind === "operator" && unit !== undefined && /^an?$/.test(unit.before.join(" ")) && isUnit(unit.text)
    ? { kind: "compares", operator: item.operator, value: 1, next: at + 2, unit: unit.text }
    : boundAt(sentence, at, true)
}
