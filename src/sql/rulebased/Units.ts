/** Units of time, weight and length, and which of them a column is kept in. */
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
  ["length", 1_000_000, "km kilometre kilometres kilometer kilometers"]
]

const unitCalled = (word: string) => units.find(([, , words]) => words.split(" ").includes(word.toLowerCase()))

export const isUnit = (word: string): boolean => unitCalled(word) !== undefined

/** What a number in this unit is multiplied with to be one of the column; `null` if its unit is not known, or another kind. */
export const unitFactor = (index: SchemaIndex, reference: ColumnReference, word: string): number | null => {
  const column = columnOf(index, reference)
  const asked = unitCalled(word)
  if (column === undefined || asked === undefined) return null
  const described =
    /\b(?:in|kept in) (\w+)\b/i.exec(column.description ?? "")?.[1] ?? /^(\w+)\b/.exec(column.description ?? "")?.[1]
  const kept = unitCalled(nameWords(column.name).at(-1) ?? "") ?? unitCalled(described ?? "")
  return kept === undefined || kept[0] !== asked[0] ? null : asked[1] / kept[1]
}
