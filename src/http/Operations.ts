/** What operators and machines ask: is it alive, is it ready, how is it doing. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import * as Metrics from "../telemetry/Metrics.ts"
import { prometheusName } from "../telemetry/MetricNames.ts"
import * as MetricsText from "../workers/MetricsText.ts"
import { askOthers, Siblings } from "../workers/Siblings.ts"
import { Lifecycle } from "./Lifecycle.ts"

/**
 * `/health/live`: 204 while the process answers. `/health/ready`: 204, or 503 until connected and while shutting down; of
 * several workers one that is ready is enough, since whoever is not yet connects when it is asked.
 */
const health = HttpRouter.use(
  Effect.fnUntraced(function* (router) {
    const { isReady } = yield* Lifecycle
    const siblings = yield* Siblings
    yield* router.add("GET", "/health/live", HttpServerResponse.empty())
    yield* router.add(
      "GET",
      "/health/ready",
      Effect.map(isReady, (ready) => HttpServerResponse.empty({ status: ready || siblings.isReady() ? 204 : 503 }))
    )
  })
)

/** `/metrics`: of a worker those of all of them, each series with whose it is. */
const metrics = HttpRouter.use(
  Effect.fnUntraced(function* (router) {
    const siblings = yield* Siblings
    const own = Effect.andThen(Metrics.memory, PrometheusMetrics.format({ metricNameMapper: prometheusName }))
    yield* siblings.answer({ Metrics: () => Effect.map(own, (text) => ({ status: 200, text })) })
    const all = Effect.gen(function* () {
      if (siblings.worker === null) return yield* own
      const others = yield* askOthers(siblings, { _tag: "Metrics" })
      return MetricsText.merge([[siblings.worker, yield* own] as const, ...others].toSorted(([a], [b]) => a - b))
    })
    yield* router.add(
      "GET",
      "/metrics",
      Effect.map(all, (text) =>
        HttpServerResponse.text(text, { contentType: "text/plain; version=0.0.4; charset=utf-8" })
      )
    )
  })
)

export const layer = Layer.mergeAll(health, metrics)
