/** Logs, spans and metrics as the configuration and the environment want them, the configuration's secrets masked. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logging from "../telemetry/Logging.ts"
import * as Otlp from "../telemetry/Otlp.ts"
import { ConfigSource } from "./ConfigSource.ts"

/**
 * Replaces the app's loggers by lines on stderr, at `log_level` and unless `enable_logging` is false, and exports over
 * OTLP if an `OTEL_*` variable names an endpoint. An app that keeps its own logger and tracer leaves this Layer out.
 *
 * `json`: one object a line, for machines. `pretty`: aligned, for people.
 */
export const layer = (format: Logging.Settings["format"]): Layer.Layer<never, never, ConfigSource> =>
  Layer.unwrap(
    Effect.map(ConfigSource, ({ initial: { config, secrets } }) =>
      // The exporters log too: without our logger that would go to stdout.
      Otlp.layerFromEnvironment({ secrets }).pipe(
        Layer.provideMerge(Logging.layer({ enabled: config.enableLogging, level: config.logLevel, format, secrets }))
      )
    )
  )
