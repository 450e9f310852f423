/** How far a question has come, once everything is gathered: for those who listen, and in the log. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { SqlProblemCategory } from "../OrchestratorError.ts"
import { logResolution } from "../resolution/ResolutionEvents.ts"
import { Mention } from "../resolution/ResolvedEntity.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"

/** Number of the try at an SQL statement, from 1. */
const attempt = { attempt: Schema.Int }

export const QueryStep = Schema.Union([
  /** The names in the question were looked up; `mentions` are those that were found, from left to right. */
  Schema.TaggedStruct("Resolved", { mentions: Schema.Array(Mention) }),
  /** A statement was written, and is checked next. `generator` is `rule-based` or the model's name. */
  Schema.TaggedStruct("SqlGenerated", {
    ...attempt,
    generator: Schema.String,
    sql: Schema.String,
    durationMs: Schema.Int
  }),
  /** The statement may not be run. */
  Schema.TaggedStruct("SqlRejected", {
    ...attempt,
    sql: Schema.String,
    category: SqlProblemCategory,
    message: Schema.String
  }),
  /** The statement was to be run and gave no rows; `reason` is a category of SQL problems, or the tag of an error. */
  Schema.TaggedStruct("SqlFailed", {
    ...attempt,
    /** `null` where no server was there to run it. */
    server: Schema.NullOr(Schema.String),
    reason: Schema.String,
    message: Schema.String,
    durationMs: Schema.Int
  }),
  /** The rows are here. */
  Schema.TaggedStruct("Executed", {
    ...attempt,
    server: Schema.String,
    rowCount: Schema.Int,
    durationMs: Schema.Int
  })
])
export type QueryStep = typeof QueryStep.Type

/** Called for every step of the questions in its context; must return at once and not throw. Default: nobody listens. */
export const Listener = Context.Reference<(step: QueryStep) => void>(
  "effect-mcp-orchestrator/query/QueryEvents/Listener",
  { defaultValue: () => () => {} }
)

/** Tells the step to the listener and to the log. */
export const emit = Effect.fnUntraced(function* (step: QueryStep): Effect.fn.Return<void> {
  const tell = yield* Listener
  tell(step)
  yield* log(step)
})

// -----------------------------------------------------------------------------
// internals

const log = (step: QueryStep): Effect.Effect<void> => {
  switch (step._tag) {
    case "Resolved":
      return Effect.forEach(step.mentions, ({ resolution, text }) => logResolution(text, resolution), { discard: true })
    case "SqlGenerated":
      return LogEvent.info("sql_generated", {
        generator: step.generator,
        attempt: step.attempt,
        duration_ms: step.durationMs
      })
    case "SqlRejected":
      return LogEvent.warning("sql_rejected", {
        attempt: step.attempt,
        category: step.category,
        error: { type: step.category, message: step.message }
      })
    case "SqlFailed":
      return LogEvent.error("sql_execution_failed", {
        ...(step.server === null ? {} : { server: step.server }),
        duration_ms: step.durationMs,
        error: { type: step.reason, message: step.message }
      })
    case "Executed":
      return LogEvent.info("sql_execution_completed", {
        server: step.server,
        row_count: step.rowCount,
        duration_ms: step.durationMs
      })
  }
}
