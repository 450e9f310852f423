/** "Which countries do guests come from?": where somebody is at home, which no place of what they booked says. */
import type { Lexeme } from "../../text/Lexemes.ts"
import { type Part, nounsIn } from "./Parts.ts"
import { stepsTo } from "./Paths.ts"
import type { ColumnReference, SchemaIndex } from "./SchemaIndex.ts"

const verbs = /^(?:come|comes|came|coming|live|lives|living|based)$/

/** The column that is asked for or grouped by as their home, and is none of theirs; `null` if all is well. */
export const strangeHome = (
  index: SchemaIndex,
  lexemes: ReadonlyArray<Lexeme>,
  parts: ReadonlyArray<Part>
): ColumnReference | null => {
  const isSaid = lexemes.some(({ key }) => verbs.test(key)) || lexemes.at(-1)?.key === "from"
  const ranked = parts.flatMap((part) =>
    part.kind === "rank" && part.target?.kind === "measure" ? part.target.measure.tables : []
  )
  const nouns = [...nounsIn(parts), ...ranked]
  const columns = parts.flatMap((part) => {
    if (part.kind === "subject") return part.of.kind === "column" ? [part.of.column] : []
    if (part.kind === "grouped") return part.by.kind === "column" ? [part.by.column] : []
    return part.kind === "shown" ? [part.column] : []
  })
  return isSaid
    ? (columns.find(({ table }) => nouns.length > 0 && nouns.every((noun) => stepsTo(index, noun, table) === null)) ??
        null)
    : null
}
