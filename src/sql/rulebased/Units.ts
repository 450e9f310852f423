/** Units of time, weight, length and money, and which of them a column is kept in. */
import { nameWords } from "../../grounding/NameWords.ts"
import { type ColumnReference, columnOf, type SchemaIndex } from "./SchemaIndex.ts"

/** Each in the smallest of its dimension, with the words for it. */
const units: ReadonlyArray<readonly [dimension: string, size: number, words: string]> = [
  ["time", 1, "s sec secs second seconds"],
  ["time", 60, "min mins minute minutes"],
  ["time", 3600, "h hr hrs hour hours"],
  ["time", 86_400, "day days"],
  ["time", 604_800, "week weeks"],
  ["weight", 1, "g gram grams"],
  ["weight", 1000, "kg kilo kilos kilogram kilograms"],
  ["weight", 1_000_000, "t ton tons tonne tonnes"],
  ["length", 1, "mm millimetre millimetres"],
  ["length", 10, "cm centimetre centimetres"],
  ["length", 1000, "m metre metres meter meters"],
  ["length", 1_000_000, "km kilometre kilometres kilometer kilometers"],
  ["money", 1, "cent cents penny pence"]
]

const unitCalled = (word: string) => units.find(([, , words]) => words.split(" ").includes(word.toLowerCase()))

export const isUnit = (word: string): boolean => unitCalled(word) !== undefined

/** What a number in this unit is multiplied with to be one of the column; `null` if its unit is not known, or another kind. */
export const unitFactor = (index: SchemaIndex, reference: ColumnReference, word: string): number | null => {
  const asked = unitCalled(word)
  const kept = keptIn(index, reference)
  return asked === undefined || kept === undefined || kept[0] !== asked[0] ? null : asked[1] / kept[1]
}

/** Whether an amount is one of cents, of which nobody speaks who does not say so. */
export const isInCents = (index: SchemaIndex, reference: ColumnReference): boolean =>
  keptIn(index, reference)?.[0] === "money"

const keptIn = (index: SchemaIndex, reference: ColumnReference) => {
  const column = columnOf(index, reference)
  if (column === undefined) return undefined
  const described =
    /\b(?:in|kept in) (\w+)\b/i.exec(column.description ?? "")?.[1] ?? /^(\w+)\b/.exec(column.description ?? "")?.[1]
  return unitCalled(nameWords(column.name).at(-1) ?? "") ?? unitCalled(described ?? "")
}
