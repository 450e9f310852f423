/** Putting what a configuration source holds in force, and saying so in the log. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { ConfigReading } from "./config/ConfigLoader.ts"
import type { ConfigSource } from "./config/ConfigSource.ts"
import type { ConnectionSets } from "./connection/ConnectionSets.ts"
import type { ConfigError, ConfigProblem, McpConnectionError, NoMcpAvailableError } from "./OrchestratorError.ts"
import { failed, toConnectionError } from "./resources/GatherFailure.ts"
import * as ParserPackages from "./guard/ParserPackages.ts"
import * as LogEvent from "./telemetry/LogEvent.ts"

/** What was read; a configuration that was given as a value is no news to whoever gave it. */
export const logLoaded = ({ config, warnings }: ConfigReading): Effect.Effect<void> =>
  config.file === ""
    ? Effect.void
    : LogEvent.info("config_loaded", {
        file: config.file,
        servers: config.servers.map(({ id }) => id),
        ...(warnings.length === 0 ? {} : { warnings: warnings.map(line) })
      })

export type Rejection = ConfigError | NoMcpAvailableError | McpConnectionError

/** Told why what a source holds is not put in force; must return at once and not throw. Default: nobody listens. */
export const Listener = Context.Reference<(rejection: Rejection) => void>("effect-mcp-orchestrator/Reload/Listener", {
  defaultValue: () => () => {}
})

/** See `reload` of `Orchestrator`. */
export const into = Effect.fn("Orchestrator.reload")(function* (
  sets: ConnectionSets,
  source: ConfigSource["Service"]
): Effect.fn.Return<number, Rejection> {
  const tell = yield* Listener
  const load = source.load.pipe(
    Effect.tap(logLoaded),
    Effect.map(({ config }) => config),
    Effect.tap(ParserPackages.checkInstalled)
  )
  const { config, number } = yield* sets.swap(load).pipe(
    Effect.catchTag("Unreachable", ({ attempts, failure, server }) =>
      Effect.fail(toConnectionError(server, failed("connect", failure, { attempts })))
    ),
    Effect.tapError((error) => Effect.sync(() => tell(error))),
    Effect.tapError((error) =>
      Effect.flatMap(sets.current, ({ config: { file }, number: generation }) =>
        LogEvent.error("config_rejected", {
          file,
          generation,
          error: { type: error._tag, message: error.message },
          ...(error._tag === "ConfigError" ? { problems: error.problems.map(line) } : {})
        })
      )
    )
  )
  const servers = config.servers.map(({ id }) => id)
  yield* LogEvent.info("config_reloaded", { file: config.file, generation: number, servers })
  return number
})

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** `line:column path: message`, without what has no place in the file. */
const line = ({ column, line, message, path }: ConfigProblem): string =>
  `${line === null ? "" : `${line}:${column ?? 1} `}${path === "" ? "" : `${path}: `}${message}`
