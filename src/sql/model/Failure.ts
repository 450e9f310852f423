/** How this folder fails: a `SqlGenerationError` that says what was understood of the question. */
import type { GenerationReason } from "../../errors/QueryReason.ts"
import { SqlGenerationError } from "../../OrchestratorError.ts"
import type { GenerationRequest } from "../SqlGenerator.ts"

/** `understood` comes from the recognised names, the attempts from the request. */
export const failure = (
  request: GenerationRequest,
  problem: { readonly reason: GenerationReason; readonly detail: string; readonly remedy: string }
): SqlGenerationError =>
  new SqlGenerationError({
    question: request.question,
    understood: request.mentions.map(({ resolution, text }) => `"${text}" is ${resolution.canonicalName}`),
    attempts: request.previous,
    ...problem
  })
