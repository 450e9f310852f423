import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { TestConsole } from "effect/testing"
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { ServerError } from "../../src/errors/ServerReason.ts"
import { ResourceFetchError } from "../../src/OrchestratorError.ts"
import * as Logging from "../../src/telemetry/Logging.ts"
import * as Metrics from "../../src/telemetry/Metrics.ts"
import * as RequestId from "../../src/telemetry/RequestId.ts"
import * as McpSpans from "../../src/telemetry/McpSpans.ts"
import * as Otlp from "../../src/telemetry/Otlp.ts"
import * as Receiver from "./receiver.ts"

const secret = "tops3cretCanary"

const exporting = (env: Record<string, string>) =>
  Otlp.layerFromEnvironment({ secrets: [secret] }).pipe(
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
  )

const server = { id: "db", url: new URL("http://localhost:8000/sse") }
const failure = new ResourceFetchError({
  operation: "read",
  server: "db",
  stage: "read",
  reason: new ServerError(),
  url: "http://localhost:8000/sse",
  attempts: 1,
  detail: `it said ${secret}`,
  remedy: "Look.",
  uri: null
})

const request = RequestId.within(
  Effect.gen(function* () {
    const list = Effect.void.pipe(McpSpans.mcpRequest(server, "resources/list"))
    const read = Effect.fail(failure).pipe(
      McpSpans.mcpRequest(server, "resources/read", { uri: `res://x?token=${secret}` }),
      Metrics.mcpRequest("db", "resources/read"),
      Effect.exit
    )
    yield* Effect.all([list, read], { concurrency: 2 }).pipe(Effect.withSpan("gather"))
    const { traceparent } = yield* McpSpans.meta.pipe(
      McpSpans.mcpRequest(server, "tools/call", { tool: "execute_query" }),
      Effect.withSpan("execute", { attributes: { sql: `SELECT '${secret}'`, api_key: "x", list: [secret] } })
    )
    return traceparent
  }).pipe(Effect.withSpan("request"))
)

describe("OTLP export", () => {
  it.live("sends the spans of a request as one tree, with nothing secret in them", () =>
    Effect.gen(function* () {
      const { received, url } = yield* Receiver.start()
      const traceparent = yield* request.pipe(
        Effect.provide(
          exporting({
            OTEL_EXPORTER_OTLP_ENDPOINT: url,
            OTEL_EXPORTER_OTLP_HEADERS: "x-tenant=acme,authorization=Bearer%20abc",
            OTEL_SERVICE_NAME: "shop",
            OTEL_RESOURCE_ATTRIBUTES: "deployment.environment=test"
          })
        )
      )
      for (const { body, headers } of received) {
        assert.notInclude(body, secret)
        assert.deepInclude(headers, { "x-tenant": "acme", authorization: "Bearer abc" })
      }
      const { resource, spans } = yield* Receiver.decodeSpans(received)
      assert.deepInclude(resource, { key: "service.name", value: { stringValue: "shop" } })
      assert.deepInclude(resource, { key: "deployment.environment", value: { stringValue: "test" } })

      assert.deepStrictEqual(spans.map(Receiver.pathOf(spans)).toSorted(), [
        "request",
        "request > execute",
        "request > execute > tools/call execute_query",
        "request > gather",
        "request > gather > resources/list",
        "request > gather > resources/read"
      ])
      assert.strictEqual(new Set(spans.map(({ traceId }) => traceId)).size, 1)

      const named = (name: string) => {
        const span = spans.find((span) => span.name === name)
        return { span, attributes: Receiver.attributesOf(span) }
      }
      const call = named("tools/call execute_query")
      assert.strictEqual(call.span?.kind, 3)
      assert.strictEqual(traceparent, `00-${call.span?.traceId}-${call.span?.spanId}-01`)
      assert.deepInclude(call.attributes, {
        "mcp.method.name": "tools/call",
        "gen_ai.tool.name": "execute_query",
        "server.address": "localhost",
        "server.port": 8000,
        server: "db"
      })
      const read = named("resources/read")
      assert.strictEqual(read.span?.status.code, 2)
      assert.strictEqual(read.attributes["error.type"], "ServerError")
      assert.strictEqual(new Set(spans.map(({ name }) => named(name).attributes["request_id"])).size, 1)
      assert.strictEqual(named("execute").attributes["api_key"], "<redacted>")

      const metrics = received
        .filter(({ path }) => path === "/v1/metrics")
        .map(({ body }) => body)
        .join("\n")
      assert.include(metrics, '"name":"mcp.client.operation.duration"')
      assert.include(metrics, '"unit":"s"')
    })
  )

  it.live("sends spans only, to the traces endpoint, when only that is set", () =>
    Effect.gen(function* () {
      const { received, url } = yield* Receiver.start()
      yield* request.pipe(Effect.provide(exporting({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/own/path` })))
      assert.deepStrictEqual([...new Set(received.map(({ path }) => path))], ["/own/path"])
    })
  )

  it.live("sends nothing when no endpoint is set or it is switched off", () =>
    Effect.gen(function* () {
      const { received, url } = yield* Receiver.start()
      for (const env of [
        {},
        { OTEL_EXPORTER_OTLP_ENDPOINT: "" },
        { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SDK_DISABLED: "true" },
        { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_TRACES_EXPORTER: "none", OTEL_METRICS_EXPORTER: "none" }
      ]) {
        yield* request.pipe(Effect.provide(exporting(env)))
      }
      assert.deepStrictEqual(received, [])
    })
  )

  it.effect("is switched off with a warning, not an end, by variables that make no sense", () =>
    Effect.gen(function* () {
      const logging = Logging.layer({ enabled: true, level: "INFO", format: "json", secrets: [] })
      yield* Effect.void.pipe(
        Effect.provide(exporting({ OTEL_EXPORTER_OTLP_ENDPOINT: `not a url ${secret}` }).pipe(Layer.provide(logging)))
      )
      const lines = (yield* TestConsole.errorLines).map(String)
      assert.strictEqual(lines.length, 1)
      assert.include(lines[0], '"level":"WARNING"')
      assert.include(lines[0], "no OTLP export")
    })
  )
})

describe("the span of an MCP request", () => {
  it.effect("holds no secret for an app's own tracer either", () =>
    Effect.gen(function* () {
      const attributes = yield* Effect.currentSpan.pipe(
        Effect.map((span) => span.attributes),
        McpSpans.mcpRequest(server, "resources/read", { uri: `https://u:${secret}@x/?token=${secret}` })
      )
      assert.strictEqual(attributes.get("mcp.resource.uri"), "https://x/?token=<redacted>")
    })
  )
})

describe("traceparent", () => {
  it.effect("is absent outside of a span", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* McpSpans.meta, {})
    })
  )
})

it("the exporters are not loaded until an endpoint is set", () => {
  const module = new URL("../../src/telemetry/Otlp.ts", import.meta.url).href
  const source = `
    import { registerHooks } from "node:module"
    import * as ConfigProvider from "effect/ConfigProvider"
    import * as Effect from "effect/Effect"
    const loaded = []
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
    const Otlp = await import(${JSON.stringify(module)})
    const count = () => loaded.filter((url) => /Otlp(?!\\.ts$)|FetchHttpClient/.test(url)).length
    const run = (env) => Effect.void.pipe(
      Effect.provide(Otlp.layerFromEnvironment({ secrets: [] })),
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env })),
      Effect.runPromise
    )
    await run({})
    const before = count()
    await run({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:9" })
    console.log(before, count() > 0)`
  const { stderr, stdout } = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", source], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    encoding: "utf8",
    env: { PATH: process.env["PATH"] }
  })
  assert.strictEqual(stdout.trim(), "0 true", stderr)
})
