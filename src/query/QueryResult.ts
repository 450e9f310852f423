/** The typed answer to a question. */
import type { SqlAttempt } from "../OrchestratorError.ts"
import type { ResolvedEntity } from "../resolution/ResolvedEntity.ts"

/**
 * A value of a row. Integers beyond 2^53 are `bigint` (and plain JSON numbers on output, digit for digit);
 * nested JSON is kept as it came.
 */
export type SqlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | ReadonlyArray<SqlValue>
  | {
      readonly [key: string]: SqlValue
    }

/** Rows are arrays in the order of `columns`, so that two columns of one name survive. */
export interface Rows {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<SqlValue>>
  /** Rows delivered here. */
  readonly rowCount: number
  /** True when the server had more rows than `query.max_rows`. */
  readonly truncated: boolean
}

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
