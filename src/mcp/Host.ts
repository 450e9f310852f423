/** The MCP client that a request came from, as far as it can be told things and asked for things. */
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import type * as LogLevel from "effect/LogLevel"
import type { LogRecord } from "../telemetry/LogRecord.ts"

export interface Host {
  /** Null where the client does not want to know. `progress` grows from call to call, up to `total`. */
  readonly progress: ((progress: number, total: number, message: string) => void) | null
  /** Tells what was logged, if its level is wanted; else the record is not made. */
  readonly log: (level: LogLevel.LogLevel, record: () => LogRecord) => void
  /** Asks the client's own model; null where it offers none. */
  readonly sample: ((prompt: Prompt) => Effect.Effect<string, SamplingError>) | null
}

/** What the host's model is asked. */
export interface Prompt {
  readonly system: string
  readonly user: string
  readonly maxTokens: number
}

/** The host did not answer with a text: its user said no, its model failed, it took too long. */
export class SamplingError extends Data.TaggedError("SamplingError")<{ readonly detail: string }> {}
