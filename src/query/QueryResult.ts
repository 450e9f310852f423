/** The typed answer to a question. */
import type { ModelUsage, SqlAttempt } from "../OrchestratorError.ts"
import type { ResolvedEntity } from "../resolution/ResolvedEntity.ts"
import type { PromptReport } from "../sql/SqlGenerator.ts"
import type { Rows } from "../tools/Rows.ts"

export type { Rows, SqlValue } from "../tools/Rows.ts"

export interface QueryResult {
  readonly query: string
  readonly sql: string
  readonly explanation: string
  readonly resolvedEntities: ReadonlyArray<ResolvedEntity>
  /** `null` after a dry run. */
  readonly result: Rows | null
  readonly metadata: {
    readonly requestId: string
    /** Of the configuration the request ran under; 1 without reloads. */
    readonly generation: number
    /** The server the SQL ran on (or would run on). */
    readonly executedOn: string
    /** The servers whose resources grounded the SQL, in priority order. */
    readonly serversUsed: ReadonlyArray<string>
    readonly attempts: ReadonlyArray<SqlAttempt>
    /** Of the language model's last prompt; `null` where the rules wrote the SQL. */
    readonly prompt: PromptReport | null
    /** Of all attempts; `null` where no model was asked. */
    readonly usage: ModelUsage | null
    readonly timingsMs: {
      readonly gather: number
      readonly resolve: number
      readonly generate: number
      /** 0 after a dry run. */
      readonly execute: number
      readonly total: number
    }
    /** ISO 8601, UTC. */
    readonly timestamp: string
  }
}
