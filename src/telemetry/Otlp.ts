/**
 * Export of spans and metrics over OTLP/HTTP, as the `OTEL_*` environment variables say. Nothing of it is loaded unless
 * an endpoint is set.
 */
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { version } from "../Version.ts"
import type { Secret } from "./Redaction.ts"

/**
 * Exports if `OTEL_EXPORTER_OTLP_ENDPOINT` (or its `_TRACES_`/`_METRICS_` variant) is set; `OTEL_EXPORTER_OTLP_HEADERS`,
 * `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_EXPORTER=none`, `OTEL_SDK_DISABLED` and the others are
 * honoured. `secrets` are masked in what is sent. What is buffered is sent when the Layer is released. Variables that
 * make no sense are logged and switch the export off: telemetry must not stop the program.
 */
export const layerFromEnvironment = (options: { readonly secrets: ReadonlyArray<Secret> }): Layer.Layer<never> =>
  Effect.gen(function* () {
    const endpoints = yield* Effect.forEach(endpointVariables, (name) => Config.option(Config.NonEmptyString(name)))
    if (!endpoints.some((endpoint) => endpoint._tag === "Some")) return Layer.empty
    const { layerOtlp } = yield* Effect.promise(() => import("./OtlpExporters.ts"))
    return layerOtlp(options.secrets)
  }).pipe(
    Layer.unwrap,
    Layer.catchCause((cause) => Layer.effectDiscard(Effect.logWarning("no OTLP export: bad OTEL_* variables", cause))),
    Layer.provide(ConfigProvider.layerAdd(defaults))
  )

// -----------------------------------------------------------------------------
// internals

const endpointVariables = [
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
  "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"
]

/** The specification's default exporter is `otlp`; Effect's is none. */
const defaults = ConfigProvider.fromEnv({
  env: {
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_SERVICE_NAME: "effect-mcp-orchestrator",
    OTEL_SERVICE_VERSION: version
  }
})
