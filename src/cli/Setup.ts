/** From the options of a command to the services it runs on. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as References from "effect/References"
import * as ConfigDiagnostics from "../config/diagnosis/ConfigDiagnostics.ts"
import * as ConfigLoader from "../config/ConfigLoader.ts"
import { ConfigSource } from "../config/ConfigSource.ts"
import * as ConfiguredTelemetry from "../config/ConfiguredTelemetry.ts"
import { Sessions } from "../connection/Sessions.ts"
import { Orchestrator } from "../Orchestrator.ts"
import * as ConfiguredGenerator from "../sql/ConfiguredGenerator.ts"
import { minimumLevel } from "../telemetry/MinimumLevel.ts"
import * as Colour from "../telemetry/Colour.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as Output from "./Output.ts"
import * as Verbosity from "./Verbosity.ts"

/** Loads the configuration the options name; its warnings go to stderr. `file` (an argument) wins over `--config`. */
export const loadConfig = Effect.fnUntraced(function* ({
  file = Option.none(),
  overrides = {},
  tellsWarnings = true
}: {
  readonly file?: Option.Option<string>
  readonly overrides?: ConfigLoader.OptionValues
  readonly tellsWarnings?: boolean
} = {}) {
  const option = yield* GlobalFlags.Config
  const level = yield* GlobalFlags.LogLevel
  const loaded = yield* ConfigLoader.load({
    file: Option.getOrUndefined(Option.orElse(file, () => option)),
    option: Option.isSome(file) ? "the argument" : "--config",
    env: process.env,
    cwd: process.cwd(),
    overrides: { ...overrides, logLevel: Option.getOrUndefined(level) }
  })
  if (tellsWarnings && loaded.warnings.length > 0 && !(yield* GlobalFlags.Quiet)) {
    const report = { file: loaded.config.file, problems: loaded.warnings }
    yield* Output.painted(ConfigDiagnostics.render(report, { color: Colour.onStderr() }))
  }
  return loaded
})

/**
 * Logging and tracing: what the configuration wants as JSON lines, or for a person at a terminal the warnings. Of a
 * command that tells its failure itself (`told`) a person does not see it as a log line, too.
 */
export const telemetryLayer = (errors: "told" | "logged") =>
  Layer.unwrap(
    Effect.gen(function* () {
      const {
        initial: { config }
      } = yield* ConfigSource
      const forPerson = process.stderr.isTTY && !(yield* GlobalFlags.JsonLogs)
      const verbosity = {
        configured: config.logLevel,
        named: Option.isSome(yield* GlobalFlags.LogLevel),
        verbose: yield* GlobalFlags.Verbose,
        quiet: yield* GlobalFlags.Quiet,
        forPerson
      }
      const configured = ConfiguredTelemetry.layer(forPerson ? "pretty" : "json")
      if (!config.enableLogging) return configured
      return Layer.mergeAll(
        forPerson && errors === "told" ? Verbosity.withoutTold(verbosity, configured) : configured,
        Layer.succeed(References.MinimumLogLevel, minimumLevel[Verbosity.level(verbosity)])
      )
    })
  )

/** The orchestrator over SSE for a configuration, and its telemetry. */
export const orchestratorLayer = <Source, E, R>(
  source: Layer.Layer<ConfigSource | Source, E, R>,
  errors: "told" | "logged" = "logged"
) =>
  Orchestrator.layer.pipe(
    Layer.provide([ConfiguredGenerator.layer, Sessions.layerSse]),
    Layer.provideMerge(telemetryLayer(errors)),
    Layer.provideMerge(source)
  )

/** Everything a command needs, from its options. */
export const layer = Layer.unwrap(
  Effect.map(loadConfig(), (loaded) => orchestratorLayer(ConfigSource.layerReading(withoutWarnings(loaded)), "told"))
)

/** A person has been shown them already. */
export const withoutWarnings = (loaded: ConfigLoader.LoadedConfig) => ({ ...loaded, warnings: [] })
