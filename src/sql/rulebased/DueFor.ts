/** Reading "due for a service next month": by the date that says when the next one is. */
import { isDate } from "../../grounding/ColumnWords.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import { shift } from "./Days.ts"
import { nounsIn, type Part, type Reading, type Sentence, stretch, wished } from "./Parts.ts"
import { tableOf } from "./SchemaIndex.ts"

export const readDueFor = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const [due, what, time] = sentence.items.slice(at, at + 3)
  if (!/^due$/i.test(due?.text ?? "") || what?.before.includes("for") !== true) return null
  const words = what.text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .map(wordKey)
  const table = tableOf(sentence.context.index, nounsIn(before).at(-1) ?? "")
  const [column, ...others] =
    table?.columns.filter((one) => {
      const own = nameWords(one.name).map(wordKey)
      return (
        isDate(one) &&
        own.some((word) => word === "next" || word === "due") &&
        words.every((word) => own.includes(word))
      )
    }) ?? []
  if (table === undefined || column === undefined || others.length > 0) return null
  const of = { table: table.name, column: column.name }
  const place = stretch(sentence, at, at + 2)
  if (time !== undefined && time.kind !== "range") return null
  if (time !== undefined) return wished({ kind: "date", ...place, column: of }, at + 2)
  // "When is the meter due for calibration?" asks for the day, and not for those that are due by now.
  const [first] = sentence.items
  if (/^when\b/i.test(first?.text ?? "")) {
    return { parts: [{ kind: "shown", ...place, column: of, isNumber: false }], next: at + 2 }
  }
  const to = shift(sentence.context.today, "day", 1)
  return wished(
    { kind: "test", ...place, test: { kind: "period", column: of, from: null, to, label: place.text } },
    at + 2
  )
}
