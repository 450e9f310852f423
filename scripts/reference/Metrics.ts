/** docs/reference/metrics.md: every metric, as the registry has it once everything was counted. */
import { strict as assert } from "node:assert"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { Refused } from "../../src/errors/ServerReason.ts"
import { McpConnectionError } from "../../src/OrchestratorError.ts"
import * as MetricNames from "../../src/telemetry/MetricNames.ts"
import * as Metrics from "../../src/telemetry/Metrics.ts"
import * as Markdown from "./Markdown.ts"

const refused = new McpConnectionError({
  server: "db",
  stage: "connect",
  reason: new Refused(),
  url: "http://localhost/sse",
  attempts: 1,
  detail: "refused",
  remedy: "Start it."
})

/** Everything that can be counted, once, and failed where it can fail; what it leaves behind has every label. */
const everything = Effect.gen(function* () {
  yield* Effect.exit(Effect.fail(refused).pipe(Metrics.mcpRequest("db", "tools/list")))
  yield* Effect.exit(Effect.fail(refused).pipe(Metrics.step("gather", "db")))
  yield* Effect.exit(Effect.fail(refused).pipe(Metrics.request("query")))
  yield* Metrics.connectionOpened("db", false)
  yield* Metrics.connectionClosed("db", 90)
  yield* Metrics.connectionOpened("db", true)
  yield* Metrics.connectionFailed("db", "Refused")
  yield* Metrics.retryScheduled("db", "read", "TimedOut")
  yield* Metrics.rateLimited("db")
  yield* Metrics.limitsStoreUp(true)
  yield* Metrics.limitsSharedBy(2)
  yield* Metrics.limitedLocally("db")
  yield* Metrics.memory
  yield* Metrics.pageListed("db")
  yield* Metrics.resourceRead("db", 1000)
  yield* Metrics.conflictFound("db")
  yield* Metrics.sqlAttempted("rejected", "not_read_only")
})

export const page = Effect.gen(function* () {
  yield* everything
  const all = yield* Metric.snapshot
  return Markdown.page(
    "Metrics",
    [
      "By OpenTelemetry's name, as exported over OTLP, and by Prometheus'. `server` is the server's id in the configuration; `outcome` is",
      "`ok`, `error` or `interrupted`, and `error.type` is there only for `error`: the error's reason, else its tag. No label holds a URI",
      "or a value. How to export them: [telemetry](../telemetry.md#metrics)."
    ].join("\n"),
    Markdown.table(
      ["OpenTelemetry", "Prometheus", "kind, unit", "labels", "what"],
      [...new Set(all.map(({ id }) => id))].toSorted().map((name) =>
        metricRow(
          name,
          all.filter(({ id }) => id === name)
        )
      )
    )
  )
}).pipe(
  Effect.provideServiceEffect(
    Metric.MetricRegistry,
    Effect.sync(() => new Map())
  )
)

// -----------------------------------------------------------------------------
// internals

const metricRow = (name: string, series: ReadonlyArray<Metric.Metric.Snapshot>): string => {
  const [first] = series
  assert(first !== undefined, `${name} is not among everything that is counted`)
  const attributes = Object.assign({}, ...series.map(({ attributes }) => attributes))
  const { unit, ...labels } = attributes
  return Markdown.row(
    Markdown.code(name),
    Markdown.code(MetricNames.prometheusName(name)),
    [first.type.toLowerCase(), ...(unit === "1" ? [] : [unit])].join(", "),
    Object.keys(labels).map(Markdown.code).join(", "),
    first.description ?? ""
  )
}
