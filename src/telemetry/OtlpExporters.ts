/** The OTLP exporters, with redaction between them and the wire. Heavy: import it dynamically (`Otlp`). */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as OtlpMetrics from "effect/observability/OtlpMetrics"
import { OtlpSerialization, layerJson } from "effect/observability/OtlpSerialization"
import type { AnyValue, KeyValue } from "effect/observability/OtlpResource"
import * as OtlpTracer from "effect/observability/OtlpTracer"
import * as Redaction from "./Redaction.ts"

/** Spans and metrics to the endpoints that the configuration names; no string leaves unredacted. */
export const layerOtlp = (secrets: ReadonlyArray<Redaction.Secret>): Layer.Layer<never> =>
  Layer.mergeAll(OtlpTracer.layerFromConfig(), OtlpMetrics.layerFromConfig()).pipe(
    Layer.provide([layerRedacted(secrets), FetchHttpClient.layer])
  )

// -----------------------------------------------------------------------------
// internals

const layerRedacted = (secrets: ReadonlyArray<Redaction.Secret>): Layer.Layer<OtlpSerialization> =>
  Layer.effect(
    OtlpSerialization,
    Effect.map(Layer.build(layerJson), (context) => {
      const json = Context.get(context, OtlpSerialization)
      const known = Redaction.withSecrets(secrets)
      const clean = (text: string) => Redaction.text(known(text))
      return {
        ...json,
        traces: (data) => {
          for (const { resource, scopeSpans } of data.resourceSpans) {
            cleanAttributes(resource.attributes, clean)
            for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
              cleanAttributes(span.attributes, clean)
              for (const event of span.events) cleanAttributes(event.attributes, clean)
              if (span.status.message !== undefined) span.status.message = clean(span.status.message)
            }
          }
          return json.traces(data)
        }
      }
    })
  )

/** In place: the exporter made these objects for this one message. */
const cleanAttributes = (attributes: ReadonlyArray<KeyValue>, clean: (text: string) => string): void => {
  for (const attribute of attributes) {
    if (Redaction.isSecretName(attribute.key)) attribute.value = { stringValue: Redaction.mask }
    else cleanValue(attribute.value, clean)
  }
}

const cleanValue = (value: AnyValue, clean: (text: string) => string): void => {
  if (typeof value.stringValue === "string") value.stringValue = clean(value.stringValue)
  for (const item of value.arrayValue?.values ?? []) cleanValue(item, clean)
}
