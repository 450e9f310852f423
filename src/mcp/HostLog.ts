/** What a request logs, told to the host that asked, beside the loggers that there are. */
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as Predicate from "effect/Predicate"
import * as Struct from "effect/Struct"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import * as ServerSecrets from "../config/ServerSecrets.ts"
import { oncePer } from "../OncePer.ts"
import * as LogRecord from "../telemetry/LogRecord.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import type { Host } from "./Host.ts"

/** Adds the host to the loggers; the configured `log_level` decides what is logged at all. Secrets of `config` are masked. */
export const telling =
  ({ log }: Host, config: OrchestratorConfig) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => {
    const recordOf = recording(config)
    const logger = Logger.make<unknown, void>((options) =>
      log(options.logLevel, () => withoutStack(recordOf(LogRecord.callOf(options))))
    )
    return Effect.updateService(effect, Logger.CurrentLoggers, (loggers) => new Set([...loggers, logger]))
  }

// -----------------------------------------------------------------------------
// internals

const recording = oncePer((config: OrchestratorConfig) => {
  const known = Redaction.withSecrets(ServerSecrets.ofConfig(config))
  return LogRecord.maker((text) => Redaction.text(known(text)))
})

/** Where a bug of ours stands is for the log alone. */
const withoutStack = (record: LogRecord.LogRecord): LogRecord.LogRecord =>
  Predicate.hasProperty(record["error"], "stack")
    ? { ...record, error: Struct.omit(record["error"], ["stack"]) }
    : record
