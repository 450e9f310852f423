/** effect-mcp-orchestrator/batch: durable questions, in SQLite or Postgres. */
import "../NodeCheck.ts"

/** Submit, work, status, results, cancel, retry; `Batch.layerStore` is where most apps start. */
export { Batch, type LayerOptions, type SubmitOptions, type WorkOptions } from "./Batch.ts"

/** Why a batch could not be submitted, worked on or read, and why a question was given up. */
export {
  BatchError,
  BatchErrorJson,
  type BatchReason,
  type Conflict,
  type InvalidInput,
  type InvalidStore,
  QuestionDropped,
  type StoreFailed,
  type UnknownBatch
} from "./BatchError.ts"

/** What is submitted and read, as Schemas: `Schema.toCodecJson` of one is its JSON. */
export {
  BatchQuestion,
  BatchResult,
  BatchStatus,
  Priority,
  QuestionFailure,
  QuestionState,
  Submitted
} from "./Question.ts"

/** Questions from a text with one a line. */
export { parse } from "./Input.ts"
