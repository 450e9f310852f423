/** Refusals that teach: what was not understood, with the nearest words that are known here, and a question that works. */
import { nearestNames } from "../../guard/NearestNames.ts"
import { NotUnderstood } from "../../errors/QueryReason.ts"
import { SqlGenerationError } from "../../OrchestratorError.ts"
import type { GenerationRequest } from "../SqlGenerator.ts"
import type { Part } from "./Parts.ts"

const model = "Or configure a language model (LLM_BASE_URL, LLM_MODEL, LLM_API_KEY)."

/** `detail` says what stands in the way; nothing in it is a guess. */
export const refusal = (
  { grounding, previous, question }: GenerationRequest,
  detail: string,
  parts: ReadonlyArray<Part>
): SqlGenerationError => {
  const [table] = grounding.tables
  const example = table === undefined ? "" : ` "How many ${table.name.replaceAll(/[._]/g, " ")} are there?" works.`
  return new SqlGenerationError({
    question,
    reason: new NotUnderstood(),
    detail,
    understood: understood(parts),
    attempts: previous,
    remedy: `Ask it in the words of the schema.${example} ${model}`
  })
}

/** `not understood: "ordrs" (orders?), "blorp"`. */
export const notUnderstood = ({ grounding }: GenerationRequest, words: ReadonlyArray<string>): string => {
  const known = [
    ...grounding.mappings.map(({ term }) => term),
    ...grounding.tables.flatMap(({ columns, name }) => [
      name,
      ...columns.flatMap((column) => [column.name.replaceAll("_", " "), ...column.values])
    ])
  ]
  const all = [...new Set(words)].map((word) => {
    const near = nearestNames(word, known)
    return near.length === 0 ? `"${word}"` : `"${word}" (${near.join(", ")}?)`
  })
  return `not understood: ${all.join(", ")}`
}

/** What was understood, in the order of the question; a category with its members. */
const understood = (parts: ReadonlyArray<Part>): ReadonlyArray<string> => [
  ...new Set(
    parts.flatMap((part) => {
      switch (part.kind) {
        case "measure":
          return [part.measure.label]
        case "grouped":
          return [`by ${part.text}`]
        case "wish":
          return [part.wish.kind === "match" ? part.wish.matches.map(({ label }) => label).join(" or ") : part.text]
        case "problem":
        case "aside":
          return []
        default:
          return [part.text]
      }
    })
  )
]
