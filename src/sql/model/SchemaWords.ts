/**
 * Which words of a question name something of the schema. The schema is annotated with them and never pruned by them:
 * pruning loses columns that the SQL needs.
 */
import { joinTokens, stem, tokenize } from "../../text/Tokens.ts"
import type { Grounding } from "../../grounding/Grounding.ts"

/** Words of the question and what they are called in the schema, in the order of the question. */
export interface SchemaWord {
  /** As the question has them. */
  readonly text: string
  /** In the order of the grounding. */
  readonly names: ReadonlyArray<SchemaName>
}

type SchemaName =
  | { readonly kind: "table"; readonly table: string }
  | { readonly kind: "column"; readonly table: string; readonly column: string }
  | { readonly kind: "term"; readonly expression: string }

/**
 * Finds table names, column names and mapped terms in the question. Case, separators and simple plurals do not count
 * (`order dates` is `order_date`); a name counts only as a whole, and words inside a longer find are not repeated.
 */
export const find = (question: string, grounding: Grounding): ReadonlyArray<SchemaWord> => {
  const names = namesOf(grounding)
  const offsets: Array<number> = []
  const tokens = tokenize(question, offsets).map(stem)
  const found: Array<SchemaWord> = []
  let covered = 0
  for (let start = 0; start < tokens.length; start++) {
    for (let end = Math.min(tokens.length, start + longestName); end > Math.max(start, covered); end--) {
      const matches = names.get(joinTokens(tokens.slice(start, end)))
      if (matches === undefined) continue
      found.push({ text: question.slice(offsets[start * 2], offsets[end * 2 - 1]), names: matches })
      covered = end
      break
    }
  }
  return found
}

// internal

/** Tokens of the longest name that is looked for. */
const longestName = 6

const namesOf = (grounding: Grounding): ReadonlyMap<string, ReadonlyArray<SchemaName>> => {
  const names = new Map<string, Array<SchemaName>>()
  const add = (text: string, name: SchemaName) => {
    const key = joinTokens(tokenize(text).map(stem))
    if (key === "") return
    const known = names.get(key)
    if (known === undefined) names.set(key, [name])
    else known.push(name)
  }
  for (const { columns, name: table } of grounding.tables) {
    add(table, { kind: "table", table })
    for (const { name: column } of columns) add(column, { kind: "column", table, column })
  }
  for (const { expression, term } of grounding.mappings) add(term, { kind: "term", expression })
  return names
}
