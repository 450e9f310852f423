/** Reading "How long is the Talabfahrt?", "how heavy are the Summit boots?": how large one thing is. */
import { columnWords, isNumeric } from "../../grounding/ColumnWords.ts"
import { readCondition } from "./Conditions.ts"
import { isStarted } from "./Measures.ts"
import { type Reader, stretch } from "./Parts.ts"
import { isLabel, tableOf } from "./SchemaIndex.ts"

/** The one number of it that says so. */
export const readHowLong: Reader = (sentence, at, before) => {
  const { context, items } = sentence
  const [item, next] = items.slice(at, at + 2)
  const sizes =
    item?.before.includes("how") === true && !isStarted(before) ? sizesOf.get(item.text.toLowerCase()) : undefined
  if (sizes === undefined || next?.before.some((word) => /^(?:is|are|was|were)$/.test(word)) !== true) return null
  const read = readCondition(sentence, at + 1, before)
  const [part, ...more] = read?.parts ?? []
  const isOne = part?.kind === "wish" && part.wish.kind === "match" && isLabel(context.index, part.wish.column)
  if (read === null || !isOne || more.length > 0 || items[read.next] !== undefined) return null
  const table = tableOf(context.index, part.wish.column.table)
  const [column, ...others] =
    table?.columns.filter((one) => isNumeric(one) && columnWords(table, one).some((word) => sizes.test(word))) ?? []
  if (table === undefined || column === undefined || others.length > 0) return null
  const shown = { table: table.name, column: column.name }
  return {
    parts: [{ kind: "shown", ...stretch(sentence, at, at + 1), column: shown, isNumber: true }, ...read.parts],
    next: read.next
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const sizesOf: ReadonlyMap<string, RegExp> = new Map([
  ["long", /^(?:length|duration|runtime|running|minutes?|mins?|hours?)$/],
  ["heavy", /^weight$/],
  ["tall", /^height$/],
  ["high", /^(?:height|elevation|altitude)$/],
  ["wide", /^width$/],
  ["deep", /^depth$/]
])
