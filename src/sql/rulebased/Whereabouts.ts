/** Reading "Where does Ada live?": the one place that is kept of what is named. */
import { nameWords } from "../../grounding/NameWords.ts"
import { problem, type Reader, stretch, thingNamed } from "./Parts.ts"
import { tableOf } from "./SchemaIndex.ts"

export const readWhere: Reader = (sentence, at) => {
  const { items } = sentence
  const last = items.length - 1
  if (!/^where$/i.test(items[0]?.text ?? "") || !/^(?:lives?|living)$/i.test(items[last]?.text ?? "")) return null
  if (at === last) return { parts: [{ kind: "aside", ...stretch(sentence, at, at + 1) }], next: at + 1 }
  if (at > 0) return null
  const table = tableOf(sentence.context.index, thingNamed(sentence) ?? "")
  const place = stretch(sentence, at, at + 1)
  const [column, ...others] =
    [towns, addresses]
      .map((words) => table?.columns.filter(({ name }) => nameWords(name).some((word) => words.test(word))) ?? [])
      .find((columns) => columns.length > 0) ?? []
  return table === undefined || column === undefined || others.length > 0
    ? problem(sentence, at, at + 1, `nothing, or more than one thing, says where they live`)
    : {
        parts: [{ kind: "shown", ...place, column: { table: table.name, column: column.name }, isNumber: false }],
        next: at + 1
      }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const towns = /^(?:city|town|village|municipality)$/

const addresses = /^(?:address|residence)$/
