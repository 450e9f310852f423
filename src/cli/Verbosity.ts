/** How much of the log a person sees, and what of it the command tells in its own words. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import type { LogLevel } from "../config/OrchestratorConfig.ts"

export interface Verbosity {
  /** `log_level`, or what `--log-level` put in its place. */
  readonly configured: LogLevel
  /** Whether `--log-level` was given: then nothing else is asked. */
  readonly named: boolean
  readonly verbose: boolean
  readonly quiet: boolean
  /** stderr is a terminal, and shows no JSON lines. */
  readonly forPerson: boolean
}

/** The least severe level that is logged. */
export const level = ({ configured, forPerson, named, quiet, verbose }: Verbosity): LogLevel => {
  if (named) return configured
  if (quiet) return "ERROR"
  if (verbose) return severity.indexOf(configured) > severity.indexOf("INFO") ? "INFO" : configured
  return forPerson && configured !== "ERROR" ? "WARNING" : configured
}

/**
 * The loggers of the Layer, but for what the command tells in the end: the failure, which is logged as an error, and
 * unless more is asked for the tries that led to it.
 */
export const withoutTold = <E, R>(
  { named, verbose }: Verbosity,
  loggers: Layer.Layer<never, E, R>
): Layer.Layer<never, E, R> => {
  const isTold = ({ logLevel, message }: Logger.Options<unknown>): boolean =>
    logLevel === "Error" || (!named && !verbose && Array.isArray(message) && tries.has(message[0]))
  const filtered = Effect.map(
    Logger.CurrentLoggers,
    (all) =>
      new Set(
        Array.from(all, (logger) =>
          Logger.make<unknown, unknown>((options) => (isTold(options) ? undefined : logger.log(options)))
        )
      )
  )
  return Layer.effect(Logger.CurrentLoggers, filtered).pipe(Layer.provideMerge(loggers))
}

// -----------------------------------------------------------------------------
// internals

const severity: ReadonlyArray<LogLevel> = ["DEBUG", "INFO", "WARNING", "ERROR"]

/** A retry says why it is made; the result, after how many attempts it came. */
const tries: ReadonlySet<unknown> = new Set(["mcp_connection_failed", "sql_rejected"])
