/** What one request tells of itself, over real sockets: its trace, its numbers, its log. */
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Metric } from "effect"
import { PrometheusMetrics } from "effect/observability"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { Orchestrator } from "../../src/Orchestrator.ts"
import { SqlGenerator } from "../../src/sql/SqlGenerator.ts"
import * as Metrics from "../../src/telemetry/MetricNames.ts"
import * as Otlp from "../../src/telemetry/Otlp.ts"
import type { FakeServer } from "../../src/testing/index.ts"
import * as LogCapture from "../LogCapture.ts"
import * as Receiver from "./receiver.ts"
import * as Shop from "./shop.ts"

const exporting = (url: string) =>
  Otlp.layerFromEnvironment({ secrets: [] }).pipe(
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: url } })))
  )

/** `resources/read 00-…`: what a server was asked and for which span. */
const traceparents = (server: FakeServer.FakeServer) =>
  Effect.map(server.requests, (requests) =>
    requests.flatMap(({ message }) => {
      const text = JSON.stringify(message)
      const method = /"method":"((?:resources|tools)\/\w+)"/.exec(text)?.[1]
      return method === undefined ? [] : [`${method} ${/"_meta":\{"traceparent":"([^"]+)"\}/.exec(text)?.[1]}`]
    })
  )

describe("the trace of a request", () => {
  it.live("is one tree from the request to every server and back, which the servers' spans can join", () =>
    Effect.gen(function* () {
      const receiver = yield* Receiver.start()
      const { config, servers } = yield* Shop.open()
      const log = LogCapture.make()
      yield* Effect.flatMap(Orchestrator, ({ gather, query }) =>
        Effect.andThen(query(Shop.question, { requestId: "first" }), gather({ requestId: "second" }))
      ).pipe(Effect.provide(Shop.orchestrator(config).pipe(Layer.provideMerge([exporting(receiver.url), log.layer]))))
      const { spans } = yield* Receiver.decodeSpans(receiver.received)
      const path = Receiver.pathOf(spans)
      const of = (requestId: string) => spans.filter((span) => Receiver.attributesOf(span)["request_id"] === requestId)

      const gather = [
        "Gather.gatherAll",
        ...["list", "list > resources/list", "resources/read"].map((step) => `Gather.gatherAll > gather > ${step}`),
        "Gather.gatherAll > gather"
      ]
      const connect = ["connect", "connect > Session.open"].map((step) => `Gather.gatherAll > gather > ${step}`)
      const answer = ["generate", "execute", "SqlGuard.check"].map((step) => `QueryPipeline.answer > ${step}`)
      const call = ["QueryTool.find", "QueryTool.find > tools/list", "tools/call execute_query"].map(
        (step) => `QueryPipeline.answer > execute > Execution.execute > ${step}`
      )
      const expected = [
        "Orchestrator.query",
        ...[
          "",
          ...[...gather, ...connect, "resolve", "QueryPipeline.answer", ...answer, ...call].map((step) => ` > ${step}`),
          " > QueryPipeline.answer > execute > Execution.execute",
          " > QueryPipeline.answer > generate > RuleBased.generate"
        ].map((step) => `Orchestrator.query > QueryPipeline.query${step}`)
      ]
      assert.deepStrictEqual([...new Set(of("first").map(path))].toSorted(), expected.toSorted())
      assert.deepStrictEqual(
        [...new Set(of("second").map(path))].toSorted(),
        ["Orchestrator.gather", ...gather.map((step) => `Orchestrator.gather > ${step}`)].toSorted()
      )
      for (const requestId of ["first", "second"]) {
        assert.strictEqual(new Set(of(requestId).map(({ traceId }) => traceId)).size, 1)
      }

      // Per server, and with what it was about.
      const step = (name: string) =>
        of("first")
          .filter((span) => span.name === name)
          .map((span) => Receiver.attributesOf(span))
      for (const name of ["gather", "connect", "list", "resources/list"]) {
        assert.deepStrictEqual(
          step(name)
            .map((attributes) => attributes["server"])
            .toSorted(),
          ["server_1", "server_2"]
        )
      }
      assert.deepStrictEqual(
        step("resources/read")
          .map((attributes) => attributes["mcp.resource.uri"])
          .toSorted(),
        ["database://metadata", "product://aliases", "product://columns"]
      )
      assert.strictEqual(step("tools/call execute_query")[0]?.["server"], "server_2")

      // Both requests, both servers: what arrived names the client span that waited for it.
      const told = (yield* Effect.forEach(servers, traceparents)).flat()
      const clients = spans.filter(({ kind }) => kind === 3)
      assert.deepStrictEqual(
        told.toSorted(),
        clients.map(({ name, spanId, traceId }) => `${name.split(" ")[0]} 00-${traceId}-${spanId}-01`).toSorted()
      )
      assert.lengthOf(told, 3 + 2 + 2 + 3 + 2)

      // The log of it carries the same ids.
      assert.strictEqual(log.of("query_received")[0]?.["request_id"], "first")
      assert.deepStrictEqual(
        log.of("resource_fetch_completed").map((line) => line["request_id"]),
        ["first", "first", "first", "second", "second", "second"]
      )
    })
  )
})

/** Writes what it is told, one statement after another. */
const scripted = (statements: ReadonlyArray<string>) =>
  Layer.sync(SqlGenerator, () => {
    let next = 0
    return SqlGenerator.of({
      name: "scripted",
      repairs: true,
      generate: () =>
        Effect.sync(() => ({ sql: statements[next++] ?? "SELECT 1", explanation: "As told.", usedEntities: [] }))
    })
  })

/** Counters, gauges, and how often each duration was measured; not what they say of time or size. */
const numbers = Effect.map(PrometheusMetrics.format({ metricNameMapper: Metrics.prometheusName }), (text) =>
  text.split("\n").filter((line) => /^\w+(_total|_connected|_active|_count)(\{|\s)/.test(line))
)

describe("the numbers of a run", () => {
  it.live("are exactly what happened", () =>
    Effect.gen(function* () {
      const { config, servers } = yield* Shop.open({
        metadata: {
          pageSize: 1,
          faults: [{ at: "read", uri: "product://columns", fault: { kind: "status", status: 503 }, nth: 1 }]
        },
        database: {
          resources: [
            ...Shop.schema,
            { uri: "list://products", name: "products", json: [{ id: 9, name: "Pulse Band" }] }
          ]
        }
      })
      const statements = [
        "DELETE FROM orders",
        "SELECT order_items.order_id FROM order_items JOIN products ON products.id = order_items.product_id WHERE products.name = 'Pulse Band'",
        "DROP TABLE orders",
        "SELECT 1; SELECT 2",
        "UPDATE a"
      ]
      const log = LogCapture.make()
      const { gathered, lines } = yield* Effect.gen(function* () {
        const orchestrator = yield* Orchestrator
        const gathered = yield* orchestrator.gather()
        yield* servers[1].restart
        yield* log.awaitEvent("mcp_connection_lost")
        yield* orchestrator.query("orders of the fitness band")
        yield* Effect.flip(orchestrator.query("all orders"))
        yield* orchestrator.resolve("Pulse Band", "products")
        yield* servers[1].kill
        yield* log.awaitEvent("mcp_connection_lost", 2)
        const [, failed] = log.of("query_processing_completed")
        assert.deepInclude(failed, { level: "ERROR" })
        assert.include(JSON.stringify(failed?.["error"]), '"type":"SqlGenerationError"')
        assert.notInclude(JSON.stringify(failed), "all orders")
        // Both were opened by requests that are long over.
        for (const lost of log.of("mcp_connection_lost")) assert.notProperty(lost, "request_id")
        yield* orchestrator.health()
        return { gathered, lines: yield* numbers }
      }).pipe(Effect.provide(Shop.orchestrator(config, scripted(statements)).pipe(Layer.provideMerge(log.layer))))

      const bytes = (id: string) => 4 * (gathered.servers.find((server) => server.id === id)?.manifest.bytes ?? 0)
      assert.isAbove(bytes("server_1"), 1000)
      const operation = "mcp_client_operation_duration_seconds_count"
      const step = "orchestrator_step_duration_seconds_count"
      assert.deepStrictEqual(
        lines.toSorted(),
        [
          'orchestrator_requests_total{request="gather",outcome="ok"} 1',
          'orchestrator_requests_total{request="query",outcome="ok"} 1',
          'orchestrator_requests_total{request="query",outcome="error"} 1',
          'orchestrator_requests_total{request="resolve",outcome="ok"} 1',
          'orchestrator_requests_total{request="health",outcome="ok"} 1',
          'orchestrator_request_duration_seconds_count{request="gather",outcome="ok"} 1',
          'orchestrator_request_duration_seconds_count{request="query",outcome="ok"} 1',
          'orchestrator_request_duration_seconds_count{request="query",outcome="error",error_type="Rejected"} 1',
          'orchestrator_request_duration_seconds_count{request="resolve",outcome="ok"} 1',
          'orchestrator_request_duration_seconds_count{request="health",outcome="ok"} 1',
          "orchestrator_requests_active 0",
          // One that lasts; one before the restart, one after it, none after the end.
          'orchestrator_connections_total{server="server_1",outcome="ok"} 1',
          'orchestrator_connections_total{server="server_2",outcome="ok"} 2',
          'orchestrator_connections_total{server="server_2",outcome="error",error_type="Refused"} 1',
          'orchestrator_reconnects_total{server="server_2"} 1',
          "orchestrator_servers_connected 1",
          'mcp_client_session_duration_seconds_count{server="server_2"} 2',
          'orchestrator_retries_total{server="server_1",operation="read",error_type="Unavailable"} 1',
          // Four gathers and a listing by `health`, of two pages and, where it was still there, one.
          'orchestrator_pages_total{server="server_1"} 10',
          'orchestrator_pages_total{server="server_2"} 4',
          'orchestrator_resources_total{server="server_1"} 8',
          'orchestrator_resources_total{server="server_2"} 8',
          `orchestrator_resource_bytes_total{server="server_1"} ${bytes("server_1")}`,
          `orchestrator_resource_bytes_total{server="server_2"} ${bytes("server_2")}`,
          'orchestrator_resolution_conflicts_total{server="server_2"} 1',
          'orchestrator_sql_attempts_total{outcome="ok"} 1',
          'orchestrator_sql_attempts_total{outcome="rejected"} 4',
          'orchestrator_sql_refusals_total{category="not_read_only"} 3',
          'orchestrator_sql_refusals_total{category="multiple_statements"} 1',
          `${operation}{server="server_1",mcp_method_name="resources/list",outcome="ok"} 10`,
          `${operation}{server="server_2",mcp_method_name="resources/list",outcome="ok"} 4`,
          `${operation}{server="server_1",mcp_method_name="resources/read",outcome="ok"} 8`,
          `${operation}{server="server_1",mcp_method_name="resources/read",outcome="error",error_type="Unavailable"} 1`,
          `${operation}{server="server_2",mcp_method_name="resources/read",outcome="ok"} 8`,
          `${operation}{server="server_2",mcp_method_name="tools/list",outcome="ok"} 1`,
          `${operation}{server="server_2",mcp_method_name="tools/call",outcome="ok"} 1`,
          `${step}{step="connect",server="server_1",outcome="ok"} 1`,
          `${step}{step="connect",server="server_2",outcome="ok"} 2`,
          `${step}{step="connect",server="server_2",outcome="error",error_type="Refused"} 1`,
          `${step}{step="list",server="server_1",outcome="ok"} 5`,
          `${step}{step="list",server="server_2",outcome="ok"} 4`,
          `${step}{step="gather",server="server_1",outcome="ok"} 4`,
          `${step}{step="gather",server="server_2",outcome="ok"} 4`,
          `${step}{step="resolve",outcome="ok"} 3`,
          `${step}{step="generate",outcome="ok"} 5`,
          `${step}{step="execute",server="server_2",outcome="ok"} 1`
        ].toSorted()
      )
    }).pipe(
      Effect.provideServiceEffect(
        Metric.MetricRegistry,
        Effect.sync(() => new Map())
      )
    )
  )
})

it.live("an app keeps its own logger: it sees the events, and stderr stays empty", () =>
  Effect.gen(function* () {
    const { file } = yield* Shop.open()
    const root = new URL("../../", import.meta.url)
    const source = `
      import { Effect, Layer, Logger } from "effect"
      import { ConfigLoader, ConfigSource, ConfiguredGenerator, Orchestrator, Sessions } from ${JSON.stringify(new URL("src/index.ts", root).href)}
      const logger = Logger.make(({ logLevel, message }) => console.log(JSON.stringify([logLevel, ...message])))
      const app = Effect.gen(function* () {
        const config = yield* ConfigLoader.fromUnknown(JSON.parse(process.argv[1]))
        const layer = Orchestrator.layer.pipe(
          Layer.provide([ConfigSource.layerValue(config), ConfiguredGenerator.layer, Sessions.layerSse])
        )
        const query = Effect.flatMap(Orchestrator, ({ query }) => query(process.argv[2]))
        return yield* query.pipe(Effect.provide(layer))
      })
      await Effect.runPromise(app.pipe(Effect.provide(Logger.layer([logger]))))`
    const { stderr, stdout } = yield* run(source, [JSON.stringify(file), Shop.question])
    assert.strictEqual(stderr, "")
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line): ReadonlyArray<unknown> => JSON.parse(line))
    assert.deepStrictEqual(
      lines.map(([level, event]) => `${level} ${event}`).filter((line) => !line.includes("mcp_connection")),
      [
        "Info query_received",
        "Info resource_gathering_started",
        "Info resource_gathering_completed",
        "Info entity_resolved",
        "Info sql_generated",
        "Info sql_execution_started",
        "Info sql_execution_completed",
        "Info query_processing_completed"
      ]
    )
    assert.isObject(lines[0]?.[2])
  })
)

/** Another process: this one's streams are vitest's. */
const run = (source: string, args: ReadonlyArray<string>) =>
  Effect.callback<{ readonly stdout: string; readonly stderr: string }>((resume) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", source, ...args], {
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
      env: { PATH: process.env["PATH"] }
    })
    const text = { stdout: "", stderr: "" }
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (chunk: string) => {
        text[name] += chunk
      })
    }
    child.on("close", () => resume(Effect.succeed(text)))
    return Effect.sync(() => child.kill())
  })
