/** From the options of a command to the services it runs on. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ConfigDiagnostics from "../config/diagnosis/ConfigDiagnostics.ts"
import * as ConfigLoader from "../config/ConfigLoader.ts"
import { ConfigSource } from "../config/ConfigSource.ts"
import * as ConfiguredTelemetry from "../config/ConfiguredTelemetry.ts"
import { Sessions } from "../connection/Sessions.ts"
import { Orchestrator } from "../Orchestrator.ts"
import * as ConfiguredGenerator from "../sql/ConfiguredGenerator.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as Output from "./Output.ts"

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
  if (tellsWarnings && loaded.warnings.length > 0) {
    const report = { file: loaded.config.file, problems: loaded.warnings }
    yield* Output.painted(ConfigDiagnostics.render(report, { color: Output.stderrHasColor() }))
  }
  return loaded
})

/** Logging and tracing as the configuration wants them: JSON lines unless a person looks on. */
export const telemetryLayer = Layer.unwrap(
  Effect.map(GlobalFlags.JsonLogs, (jsonLogs) =>
    ConfiguredTelemetry.layer(process.stderr.isTTY && !jsonLogs ? "pretty" : "json")
  )
)

/** The orchestrator over SSE for a configuration, and its telemetry. */
export const orchestratorLayer = <Source, E, R>(source: Layer.Layer<ConfigSource | Source, E, R>) =>
  Orchestrator.layer.pipe(
    Layer.provide([ConfiguredGenerator.layer, Sessions.layerSse]),
    Layer.provideMerge(telemetryLayer),
    Layer.provideMerge(source)
  )

/** Everything a command needs, from its options. */
export const layer = Layer.unwrap(
  Effect.map(loadConfig(), (loaded) => orchestratorLayer(ConfigSource.layerReading(withoutWarnings(loaded))))
)

/** A person has been shown them already. */
export const withoutWarnings = (loaded: ConfigLoader.LoadedConfig) => ({ ...loaded, warnings: [] })
