/** From the options of a command to the services it runs on. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ConfigDiagnostics from "../config/diagnosis/ConfigDiagnostics.ts"
import * as ConfigLoader from "../config/ConfigLoader.ts"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { Transports } from "../connection/Transports.ts"
import * as Orchestrator from "../Orchestrator.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Logging from "../telemetry/Logging.ts"
import type * as Redaction from "../telemetry/Redaction.ts"
import * as Tracing from "../telemetry/Tracing.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as Output from "./Output.ts"

/** Loads the configuration the options name; its warnings go to stderr. `file` (an argument) wins over `--config`. */
export const loadConfig = Effect.fnUntraced(function* (file: Option.Option<string> = Option.none()) {
  const option = yield* GlobalFlags.Config
  const level = yield* GlobalFlags.LogLevel
  const loaded = yield* ConfigLoader.load({
    file: Option.getOrUndefined(Option.orElse(file, () => option)),
    option: Option.isSome(file) ? "the argument" : "--config",
    env: process.env,
    cwd: process.cwd(),
    overrides: { logLevel: Option.getOrUndefined(level) }
  })
  if (loaded.warnings.length > 0) {
    const report = { file: loaded.config.file, problems: loaded.warnings }
    yield* Output.stderr(ConfigDiagnostics.render(report, { color: Output.stderrHasColor() }))
  }
  return loaded
})

/** Logging and tracing as the configuration wants them: JSON lines unless a person looks on. */
export const telemetryLayer = (config: OrchestratorConfig, secrets: ReadonlyArray<Redaction.Secret>) =>
  Layer.unwrap(
    Effect.map(GlobalFlags.JsonLogs, (jsonLogs) =>
      // The exporters log too: without our logger that would go to stdout.
      Tracing.layerFromEnvironment({ secrets }).pipe(
        Layer.provideMerge(
          Logging.layer({
            enabled: config.enableLogging,
            level: config.logLevel,
            format: process.stderr.isTTY && !jsonLogs ? "pretty" : "json",
            secrets
          })
        )
      )
    )
  )

/** The orchestrator over SSE for a configuration. */
export const orchestratorLayer = (config: OrchestratorConfig) =>
  Orchestrator.layerConfig(config).pipe(Layer.provide([Orchestrator.generatorLayer, Transports.layerSse]))

/** Everything a command needs, from its options. */
export const layer = Layer.unwrap(
  Effect.map(loadConfig(), (loaded) => {
    const announce = LogEvent.info("config_loaded", {
      file: loaded.config.file,
      servers: loaded.config.servers.map(({ id }) => id)
    })
    return Layer.mergeAll(orchestratorLayer(loaded.config), Layer.effectDiscard(announce)).pipe(
      Layer.provideMerge(telemetryLayer(loaded.config, loaded.secrets))
    )
  })
)
