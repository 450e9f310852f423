/** Reading "below their reorder level", "actual cost above the budget": two numbers of one row beside each other. */
import { nameWords } from "../../grounding/NameWords.ts"
import type { Operator } from "./Lexicon.ts"
import { choicesAt, type Reading, type Sentence, stretch, wished } from "./Parts.ts"
import { type ColumnReference, isStock, tableOf } from "./SchemaIndex.ts"
import { differenceOf } from "./SqlText.ts"
import { isInCents } from "./Units.ts"

/** What is there is compared with what should be, unless it is said what is. */
export const readTwoColumns = (sentence: Sentence, at: number): Reading | null => {
  const own = numberAt(sentence, at)
  const operatorAt = own === null ? at : at + 1
  const item = sentence.items[operatorAt]
  const other = item?.kind === "operator" ? numberAt(sentence, operatorAt + 1) : null
  if (item?.kind !== "operator" || other === null) return null
  const isTheirs = sentence.items[operatorAt + 1]?.before.every((word) => /^(?:the|their|its|own)$/.test(word)) === true
  const one = own ?? stockBeside(sentence, other)
  if (!isTheirs || one === null || one.table !== other.table) return null
  const { index } = sentence.context
  if (isInCents(index, one) !== isInCents(index, other)) return null
  return wished(compared(sentence, { at, next: operatorAt + 2 }, one, item.operator, other), operatorAt + 2)
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const numberAt = (sentence: Sentence, at: number): ColumnReference | null => {
  const choices = choicesAt(sentence, at)
  return choices?.table === null ? (choices.number?.column ?? null) : null
}

/** How many there are of what has a reorder_level. */
const stockBeside = (
  { context: { index } }: Sentence,
  { column, table: name }: ColumnReference
): ColumnReference | null => {
  const isLevel = nameWords(column).some((word) => /^(?:reorder|min|minimum|safety)$/.test(word))
  const table = tableOf(index, name)
  const [stock, ...others] =
    table === undefined || !isLevel ? [] : table.columns.filter((one) => one.name !== column && isStock(table, one))
  return stock === undefined || others.length > 0 ? null : { table: name, column: stock.name }
}

const compared = (
  sentence: Sentence,
  { at, next }: { readonly at: number; readonly next: number },
  one: ColumnReference,
  operator: Operator,
  other: ColumnReference
) => {
  const of = differenceOf(sentence.context.dialect, one, other)
  return {
    kind: "test",
    ...stretch(sentence, at, next),
    test: { kind: "compares", of, operator, value: 0 }
  } as const
}
