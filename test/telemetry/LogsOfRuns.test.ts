/** What is logged, read again: real runs, one of them failing, and `logs summary` over what they wrote to stderr. */
import { assert, it } from "@effect/vitest"
import { NodeServices } from "@effect/platform-node"
import { ConfigProvider, Effect, FileSystem } from "effect"
import * as Harness from "../cli/Harness.ts"
import * as Shop from "./shop.ts"

it.live("logs summary finds retries, conflicts, errors and durations of real runs, and draws the failed one", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const directory = yield* fs.makeTempDirectoryScoped()
    const { file, servers } = yield* Shop.open({
      metadata: { faults: [{ at: "read", uri: "product://columns", fault: { kind: "status", status: 503 }, nth: 1 }] },
      database: {
        resources: [...Shop.schema, { uri: "list://products", name: "products", json: [{ id: 9, name: "Pulse Band" }] }]
      }
    })
    yield* fs.writeFileString(`${directory}/mcp-config.yaml`, JSON.stringify(file))
    yield* Harness.environment({ MCP_CONFIG: `${directory}/mcp-config.yaml` })
    const run = (...args: ReadonlyArray<string>) => Harness.run([...args, "--log-level", "debug", "--json-logs"])
    const well = [yield* run("query", Shop.question), yield* run("resolve", "Pulse Band", "--type", "products")]
    assert.deepStrictEqual(
      well.map(({ exitCode }) => exitCode),
      [0, 0]
    )
    yield* servers[1].kill
    const ill = yield* run("gather")
    assert.strictEqual(ill.exitCode, 3)

    // Nothing but log lines went to stderr, but for the message of the failure.
    const log = [...well, ill].map(({ stderr }) => stderr).join("")
    yield* fs.writeFileString(`${directory}/run.ndjson`, log)
    const { stdout } = yield* Harness.run(["logs", "summary", `${directory}/run.ndjson`, "--json"])
    const summary = JSON.parse(stdout)
    assert.strictEqual(summary.badLines, 1)
    assert.strictEqual(summary.lines, log.trimEnd().split("\n").length)
    assert.strictEqual(summary.retries, 3)
    assert.strictEqual(summary.conflicts, 1)
    const server = (id: string) => summary.servers.find((one: { readonly server: string }) => one.server === id)
    assert.deepInclude(server("server_2"), {
      retries: 2,
      errors: [
        { type: "Refused", count: 3 },
        { type: "McpConnectionError", count: 1 }
      ]
    })
    assert.deepInclude(server("server_1"), { retries: 1, conflicts: 1 })
    const event = (name: string, id: string | null) =>
      summary.events.find(
        (one: { readonly event: string; readonly server: string | null }) => one.event === name && one.server === id
      )
    // Two complete gathers of two resources; how far the other server came in the failed one is a matter of chance.
    assert.strictEqual(event("resource_fetch_completed", "server_2").count, 4)
    assert.strictEqual(event("resource_fetch_completed", "server_2").durations.count, 4)
    assert.isNull(event("resource_fetch_requested", "server_2").durations)
    assert.strictEqual(event("resource_list_received", "server_2").durations.count, 2)
    assert.strictEqual(event("resource_gathering_failed", "server_2").durations.count, 1)
    assert.strictEqual(event("sql_execution_completed", "server_2").count, 1)
    assert.strictEqual(event("sql_generated", null).durations.count, 1)
    assert.lengthOf(summary.slowest, 3)

    const failed = /"request_id":"([^"]+)"/.exec(ill.stderr)?.[1] ?? ""
    const text = (yield* Harness.run(["logs", "summary", `${directory}/run.ndjson`])).stdout
    assert.include(text, "1 bad line skipped")
    assert.include(text, "3 retries, 1 conflict")
    assert.include(text, failed)
    const bars = (yield* Harness.run(["logs", "summary", `${directory}/run.ndjson`, "--waterfall", failed])).stdout
    assert.match(bars, /^gather +│.*█.*│ .*McpConnectionError$/m)
    assert.strictEqual(bars.match(/^connect server_2 .*Refused$/gm)?.length, 3)
  }).pipe(Effect.provide(NodeServices.layer))
)

it.live("enable_logging: false is silence, also at DEBUG", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    yield* Harness.environment({ MCP__ORCHESTRATION__ENABLE_LOGGING: "false" })
    const { exitCode, stderr } = yield* Harness.run(["gather", "--log-level", "debug"])
    assert.deepStrictEqual({ exitCode, stderr }, { exitCode: 0, stderr: "" })
  })
)

it.live("what the exporters have to say goes to stderr as well: stdout stays one document", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "not a url" }
    const { stderr, stdout } = yield* Harness.run(["health", "--json"]).pipe(
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env }))
    )
    assert.isTrue(JSON.parse(stdout).healthy)
    assert.match(stderr, /"level":"WARNING","event":"log",.*no OTLP export/)
  })
)
