import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Metric } from "effect"
import { PrometheusMetrics } from "effect/observability"
import { TestClock } from "effect/testing"
import { Refused } from "../../src/errors/ServerReason.ts"
import { McpConnectionError } from "../../src/OrchestratorError.ts"
import * as MetricNames from "../../src/telemetry/MetricNames.ts"
import * as Metrics from "../../src/telemetry/Metrics.ts"

const refused = new McpConnectionError({
  server: "db",
  stage: "connect",
  reason: new Refused(),
  url: "http://localhost/sse",
  attempts: 1,
  detail: "refused",
  remedy: "Start it."
})

/** Everything that can be counted, once; what it leaves behind is what a scrape shows. */
const everything = Effect.gen(function* () {
  yield* TestClock.adjust("300 millis").pipe(Metrics.mcpRequest("db", "resources/read"))
  yield* Effect.exit(Effect.fail(refused).pipe(Metrics.mcpRequest("db", "tools/list")))
  yield* Effect.exit(Effect.die("bug").pipe(Metrics.step("gather", "db")))
  yield* Effect.exit(Effect.interrupt.pipe(Metrics.step("generate")))
  yield* Effect.void.pipe(Metrics.request("query"))
  yield* Metrics.connectionOpened("db", false)
  yield* Metrics.connectionClosed("db", 90)
  yield* Metrics.connectionOpened("db", true)
  yield* Metrics.connectionFailed("db", "Refused")
  yield* Metrics.retryScheduled("db", "read", "TimedOut")
  yield* Metrics.rateLimited("db")
  yield* Metrics.pageListed("db")
  yield* Metrics.resourceRead("db", 1000)
  yield* Metrics.resourceRead("db", 24)
  yield* Metrics.conflictFound("db")
  yield* Metrics.sqlAttempted("ok", null)
  yield* Metrics.sqlAttempted("rejected", "not_read_only")
  yield* Metrics.sqlAttempted("failed", "timeout")
})

const scrape = PrometheusMetrics.format({ metricNameMapper: MetricNames.prometheusName })
const isolated = Effect.provideServiceEffect(
  Metric.MetricRegistry,
  Effect.sync(() => new Map())
)

describe("metrics", () => {
  it.effect("count and measure by server and outcome, under Prometheus' names", () =>
    Effect.gen(function* () {
      yield* everything
      const lines = (yield* scrape).split("\n")
      const has = (line: string) => assert.include(lines, line)
      has('mcp_client_operation_duration_seconds_sum{server="db",mcp_method_name="resources/read",outcome="ok"} 0.3')
      has(
        'mcp_client_operation_duration_seconds_bucket{server="db",mcp_method_name="resources/read",outcome="ok",le="0.2"} 0'
      )
      has(
        'mcp_client_operation_duration_seconds_bucket{server="db",mcp_method_name="resources/read",outcome="ok",le="0.5"} 1'
      )
      has(
        'mcp_client_operation_duration_seconds_count{server="db",mcp_method_name="tools/list",outcome="error",error_type="Refused"} 1'
      )
      has('orchestrator_step_duration_seconds_count{step="gather",server="db",outcome="error",error_type="_OTHER"} 1')
      has('orchestrator_step_duration_seconds_count{step="generate",outcome="interrupted"} 1')
      has('orchestrator_requests_total{request="query",outcome="ok"} 1')
      has('orchestrator_connections_total{server="db",outcome="ok"} 2')
      has('orchestrator_connections_total{server="db",outcome="error",error_type="Refused"} 1')
      has('orchestrator_reconnects_total{server="db"} 1')
      has("orchestrator_servers_connected 1")
      has('mcp_client_session_duration_seconds_sum{server="db"} 90')
      has('orchestrator_retries_total{server="db",operation="read",error_type="TimedOut"} 1')
      has('orchestrator_rate_limit_waits_total{server="db"} 1')
      has('orchestrator_pages_total{server="db"} 1')
      has('orchestrator_resources_total{server="db"} 2')
      has('orchestrator_resource_bytes_total{server="db"} 1024')
      has('orchestrator_resolution_conflicts_total{server="db"} 1')
      has('orchestrator_sql_attempts_total{outcome="rejected"} 1')
      has('orchestrator_sql_refusals_total{category="not_read_only"} 1')
    }).pipe(isolated)
  )

  it.effect("have requests in the gauge while they run, and not after they were interrupted", () =>
    Effect.gen(function* () {
      const running = yield* Effect.never.pipe(Metrics.request("gather"), Effect.forkChild({ startImmediately: true }))
      assert.include(yield* scrape, "orchestrator_requests_active 1\n")
      assert.isTrue(Exit.hasInterrupts(yield* Fiber.interrupt(running).pipe(Effect.andThen(Fiber.await(running)))))
      assert.include(yield* scrape, "orchestrator_requests_active 0\n")
      assert.include(yield* scrape, 'orchestrator_requests_total{request="gather",outcome="interrupted"} 1\n')
    }).pipe(isolated)
  )

  it.effect("change nothing about what they measure", () =>
    Effect.gen(function* () {
      const failed = yield* Effect.flip(
        Effect.fail(refused).pipe(Metrics.request("health"), Metrics.step("connect", "db"))
      )
      assert.strictEqual(failed, refused)
      assert.strictEqual(yield* Effect.succeed(7).pipe(Metrics.mcpRequest("db", "tools/call")), 7)
    }).pipe(isolated)
  )
})
