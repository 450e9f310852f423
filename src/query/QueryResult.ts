/** The typed answer to a question. */
import * as Schema from "effect/Schema"
import { ModelUsage, SqlAttempt } from "../OrchestratorError.ts"
import { ResolvedEntity } from "../resolution/ResolvedEntity.ts"
import { PromptReport } from "../sql/SqlGenerator.ts"
import { Answered } from "../telemetry/RequestId.ts"
import { Rows } from "../tools/Rows.ts"

export { Rows, SqlValue } from "../tools/Rows.ts"

export const QueryMetadata = Schema.Struct({
  ...Answered.fields,
  /** The server the SQL ran on (or would run on). */
  executedOn: Schema.String,
  /** The servers whose resources grounded the SQL, in priority order. */
  serversUsed: Schema.Array(Schema.String),
  attempts: Schema.Array(SqlAttempt),
  /** Of the language model's last prompt; `null` where the rules wrote the SQL. */
  prompt: Schema.NullOr(PromptReport),
  /** Of all attempts; `null` where no model was asked. */
  usage: Schema.NullOr(ModelUsage),
  timingsMs: Schema.Struct({
    gather: Schema.Int,
    resolve: Schema.Int,
    generate: Schema.Int,
    /** 0 after a dry run. */
    execute: Schema.Int,
    total: Schema.Int
  }),
  /** ISO 8601, UTC. */
  timestamp: Schema.String
})
export type QueryMetadata = typeof QueryMetadata.Type

export const QueryResult = Schema.Struct({
  query: Schema.String,
  sql: Schema.String,
  explanation: Schema.String,
  resolvedEntities: Schema.Array(ResolvedEntity),
  /** `null` after a dry run. */
  result: Schema.NullOr(Rows),
  metadata: QueryMetadata
})
export type QueryResult = typeof QueryResult.Type
