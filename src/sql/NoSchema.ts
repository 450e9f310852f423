/** The failure of a generator that has nothing to write SQL from. */
import { NoSchema } from "../errors/QueryReason.ts"
import type { Understood } from "../grounding/Grounding.ts"
import { SqlGenerationError } from "../OrchestratorError.ts"
import type { GenerationRequest } from "./SqlGenerator.ts"

/** No table is known: says what was gathered instead, and what would do. */
export const noSchema = ({ grounding, previous, question }: GenerationRequest): SqlGenerationError => {
  const reason = new NoSchema()
  return new SqlGenerationError({
    question,
    reason,
    detail: `no gathered resource describes the tables of a database; ${gathered(grounding.understood)}`,
    understood: [],
    attempts: previous,
    remedy: reason.remedy
  })
}

// -----------------------------------------------------------------------------
// internals

const mostListed = 8

const gathered = (understood: ReadonlyArray<Understood>): string => {
  if (understood.length === 0) return "nothing was gathered"
  const lines = understood
    .slice(0, mostListed)
    .map((resource) => `${resource.name} of ${resource.server} (${heldBy(resource)})`)
  const more = understood.length - lines.length
  return `gathered were ${lines.join(", ")}${more > 0 ? ` and ${more} more` : ""}`
}

const heldBy = ({ entities, mappings, text }: Understood): string => {
  const held = [
    ...(mappings > 0 ? [`mappings ${mappings}`] : []),
    ...(entities > 0 ? [`entities ${entities}`] : []),
    ...(text ? ["text"] : [])
  ]
  return held.length === 0 ? "nothing understood" : held.join(", ")
}
