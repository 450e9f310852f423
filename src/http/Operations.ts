/** What operators and machines ask: is it alive, is it ready, how is it doing. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as PrometheusMetrics from "effect/observability/PrometheusMetrics"
import { prometheusName } from "../telemetry/MetricNames.ts"
import { Lifecycle } from "./Lifecycle.ts"

/** `/health/live`: 204 while the process answers. `/health/ready`: 204, or 503 until connected and while shutting down. */
const health = HttpRouter.use(
  Effect.fnUntraced(function* (router) {
    const { isReady } = yield* Lifecycle
    yield* router.add("GET", "/health/live", HttpServerResponse.empty())
    yield* router.add(
      "GET",
      "/health/ready",
      Effect.map(isReady, (ready) => HttpServerResponse.empty({ status: ready ? 204 : 503 }))
    )
  })
)

export const layer = Layer.mergeAll(
  health,
  PrometheusMetrics.layerHttp({ path: "/metrics", metricNameMapper: prometheusName })
)
