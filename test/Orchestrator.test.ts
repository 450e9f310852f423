import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Metric, Schema, Scope, Stream } from "effect"
import { PrometheusMetrics } from "effect/observability"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { vi } from "vitest"
import * as ConfigLoader from "../src/config/ConfigLoader.ts"
import { Sessions } from "../src/connection/Sessions.ts"
import * as DemoServers from "../src/demo/DemoServers.ts"
import { ConfigSource } from "../src/config/ConfigSource.ts"
import { Orchestrator } from "../src/Orchestrator.ts"
import { OrchestratorEvent } from "../src/OrchestratorEvent.ts"
import * as RuleBased from "../src/sql/RuleBased.ts"
import * as Metrics from "../src/telemetry/MetricNames.ts"
import { type FakeScript, FakeServer } from "../src/testing/index.ts"
import * as LogCapture from "./LogCapture.ts"
import * as Servers from "./query/Servers.ts"

const orchestration = { retry: { attempts: 2, base_delay: "1 millis" } }

/** A configuration file, which goes with the test. */
const fileOf = (config: object) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const path = mkdtempSync(join(tmpdir(), "orchestrator-"))
      const file = join(path, "mcp-config.yaml")
      writeFileSync(file, JSON.stringify(config))
      return { path, file }
    }),
    ({ path }) => Effect.sync(() => rmSync(path, { recursive: true }))
  ).pipe(Effect.map(({ file }) => file))

/** The orchestrator of such a file, quiet. */
const load = Effect.fnUntraced(function* (config: object, logs: LogCapture.LogCapture = LogCapture.make()) {
  const configPath = yield* fileOf(config)
  const context = yield* Layer.build(Orchestrator.layerNode({ configPath }).pipe(Layer.provideMerge(logs.layer)))
  return yield* Orchestrator.pipe(Effect.provideContext(context))
})

const quiet = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, LogCapture.make().layer)

const loadFor = Effect.fnUntraced(function* (...scripts: ReadonlyArray<FakeScript.FakeScript>) {
  const servers = yield* Effect.forEach(scripts, (script) => FakeServer.make(script))
  return { servers, orchestrator: yield* load(FakeServer.orchestratorConfig(servers, { orchestration })) }
})

const demo = Effect.gen(function* () {
  const { databaseUrl, productUrl } = yield* DemoServers.start({ productPort: 0, databasePort: 0, host: "127.0.0.1" })
  return yield* load({
    mcp_servers: {
      database_mcp: {
        name: "Database",
        url: databaseUrl,
        priority: 10,
        domains: ["sales", "products"],
        capabilities: ["execute_query", "list_resources"],
        transport: "sse"
      },
      product_mcp: {
        name: "Products",
        url: productUrl,
        priority: 1,
        domains: ["products"],
        capabilities: ["list_resources"],
        transport: "sse"
      }
    }
  })
})

const resource = (name: string, json: string | number) => ({ uri: `a://${name}`, name, json })

describe("gather", () => {
  it.live("gives every resource of every server in priority order, with its request and generation", () =>
    Effect.gen(function* () {
      const { orchestrator } = yield* loadFor(
        { resources: [resource("one", 1), resource("two", 2)], pageSize: 1 },
        { resources: [resource("three", 3)] }
      )
      const { generation, requestId, servers } = yield* orchestrator.gather({ requestId: "a-request" })
      assert.deepStrictEqual([requestId, generation], ["a-request", 1])
      assert.deepStrictEqual(
        servers.map(({ id, resources }) => [id, [...resources].map(([name, { data }]) => [name, data])]),
        [
          [
            "server_1",
            [
              ["one", 1],
              ["two", 2]
            ]
          ],
          ["server_2", [["three", 3]]]
        ]
      )
    }).pipe(quiet)
  )

  it.live("reads everything again: a resource that changed shows its new content, one that went is gone", () =>
    Effect.gen(function* () {
      const { orchestrator, servers } = yield* loadFor({ resources: [resource("same", 1), resource("old", 1)] })
      const [server] = servers
      const contents = Effect.map(orchestrator.gather(), (gathered) =>
        [...(gathered.servers[0]?.resources ?? [])].map(([name, { data }]) => [name, data])
      )
      assert.deepStrictEqual(yield* contents, [
        ["old", 1],
        ["same", 1]
      ])
      yield* server?.setScript({ resources: [resource("same", 2), resource("new", 1)] }) ?? Effect.void
      assert.deepStrictEqual(yield* contents, [
        ["new", 1],
        ["same", 2]
      ])
      // Connections are kept, contents are not.
      const counters = yield* server?.counters ?? Effect.die("no server")
      assert.strictEqual(counters.sessions.total, 1)
      assert.deepStrictEqual([counters.requests["resources/list"], counters.requests["resources/read"]], [2, 4])
    }).pipe(quiet)
  )

  it.live("is all or nothing: a server that is down is the error, and nothing is returned", () =>
    Effect.gen(function* () {
      const { orchestrator, servers } = yield* loadFor({ resources: [resource("one", 1)] }, {})
      yield* servers[1]?.kill ?? Effect.void
      const error = yield* Effect.flip(orchestrator.gather())
      if (error._tag !== "McpConnectionError") return assert.fail(error.message)
      assert.strictEqual(error.server, "server_2")
      yield* servers[0]?.awaitIdle ?? Effect.void
    }).pipe(quiet)
  )

  it.live("makes an id of its own for a request whose id could write the log", () =>
    Effect.gen(function* () {
      const { orchestrator } = yield* loadFor({})
      const { requestId } = yield* orchestrator.gather({ requestId: "a\nb" })
      assert.match(requestId, /^[0-9a-f]{32}$/)
      assert.notStrictEqual((yield* orchestrator.gather()).requestId, requestId)
    }).pipe(quiet)
  )

  it.live("carries its id and generation through its log lines", () =>
    Effect.gen(function* () {
      const logs = LogCapture.make()
      const { orchestrator } = yield* loadFor({ resources: [resource("one", 1)] })
      yield* orchestrator.gather({ requestId: "logged" }).pipe(Effect.provide(logs.layer))
      for (const event of ["resource_gathering_started", "resource_fetch_completed"] as const) {
        assert.deepStrictEqual(
          logs.of(event).map((record) => [record["request_id"], record["generation"]]),
          [["logged", 1]]
        )
      }
    }).pipe(quiet)
  )
})

describe("gatherEvents", () => {
  it.live("tells the progress in order and ends with what was gathered", () =>
    Effect.gen(function* () {
      const { orchestrator } = yield* loadFor({ resources: [resource("one", 1), resource("two", 2)] })
      const events = yield* Stream.runCollect(orchestrator.gatherEvents({ requestId: "events" }))
      assert.deepStrictEqual(
        events.map(({ _tag }) => _tag),
        ["Connected", "Listed", "Read", "Read", "Gathered", "Completed"]
      )
      const last = events.at(-1)
      assert.strictEqual(last?._tag === "Completed" ? last.resources.requestId : "", "events")
    }).pipe(quiet)
  )

  it.live("loses none to a slow reader", () =>
    Effect.gen(function* () {
      const resources = Array.from({ length: 100 }, (_, index) => resource(`r${index}`, index))
      const { orchestrator, servers } = yield* loadFor({ resources })
      const pull = yield* Stream.toPull(orchestrator.gatherEvents())
      const tags = (yield* pull).map(({ _tag }) => _tag as string)
      // Nothing is taken until everything has been read.
      yield* servers[0]?.awaitRequest("resources/read", 100) ?? Effect.void
      yield* servers[0]?.awaitCounters(({ inFlight }) => inFlight.now === 0) ?? Effect.void
      while (tags.at(-1) !== "Completed") tags.push(...(yield* pull).map(({ _tag }) => _tag))
      assert.strictEqual(tags.filter((tag) => tag === "Read").length, 100)
    }).pipe(quiet)
  )

  it.live("fails like gather", () =>
    Effect.gen(function* () {
      const { orchestrator } = yield* loadFor({
        resources: [resource("one", 1)],
        faults: [{ at: "read", fault: { kind: "error" } }]
      })
      const seen: Array<string> = []
      const error = yield* orchestrator.gatherEvents().pipe(
        Stream.runForEach(({ _tag }) => Effect.sync(() => seen.push(_tag))),
        Effect.flip
      )
      assert.strictEqual(error._tag, "ResourceFetchError")
      assert.deepStrictEqual(seen, ["Connected", "Listed"])
    }).pipe(quiet)
  )

  it.live("stops the gather when nobody listens any more", () =>
    Effect.gen(function* () {
      const { orchestrator, servers } = yield* loadFor({ resources: [resource("one", 1)], latency: { read: 60_000 } })
      const [server] = servers
      if (server === undefined) return
      const listening = yield* Effect.forkChild(Stream.runDrain(orchestrator.gatherEvents()))
      yield* server.awaitRequest("resources/read")
      yield* Fiber.interrupt(listening)
      const { inFlight } = yield* server.awaitCounters(({ cancelled }) => cancelled.length === 1)
      assert.strictEqual(inFlight.now, 0)
      // Also by taking no more.
      yield* Stream.runDrain(Stream.take(orchestrator.gatherEvents(), 1))
      yield* server.awaitCounters(({ inFlight }) => inFlight.now === 0)
    }).pipe(quiet)
  )
})

describe("queryEvents", () => {
  it.live("tells the gather, each step of the question, and ends with the answer", () =>
    Effect.gen(function* () {
      const orchestrator = yield* demo
      const asked = { requestId: "watched" }
      const events = [
        ...(yield* Stream.runCollect(orchestrator.queryEvents("total revenue of AeroBuds Pro last year", asked)))
      ]
      const steps = events.flatMap(({ _tag }) =>
        ["Connected", "Listed", "Read", "Introspected", "Gathered"].includes(_tag) ? [] : [_tag]
      )
      assert.deepStrictEqual(steps, ["Resolved", "SqlGenerated", "Executed", "Completed"])
      // All servers have been gathered before the question is looked at.
      assert.deepStrictEqual(events.map(({ _tag }) => _tag).lastIndexOf("Gathered"), events.length - steps.length - 1)
      const [resolved, generated, executed, completed] = events.slice(-steps.length)
      assert.deepStrictEqual(
        resolved?._tag === "Resolved" ? resolved.mentions.map(({ resolution }) => resolution.canonicalName) : null,
        ["AeroBuds Pro"]
      )
      if (completed?._tag !== "Completed" || !("result" in completed)) return assert.fail("it did not complete")
      const { metadata, result } = completed.result
      assert.deepStrictEqual([metadata.requestId, result?.rowCount], ["watched", 1])
      assert.deepInclude(generated, { attempt: 1, generator: "rule-based" })
      assert.deepInclude(executed, { attempt: 1, server: "database_mcp", rowCount: 1 })
      const json = yield* Schema.encodeEffect(Schema.toCodecJson(Schema.Array(OrchestratorEvent)))(events)
      const back = yield* Schema.decodeEffect(Schema.toCodecJson(Schema.Array(OrchestratorEvent)))(json)
      assert.deepStrictEqual(back, events)
    }).pipe(quiet)
  )

  it.live("fails like query, after what was done until then", () =>
    Effect.gen(function* () {
      const orchestrator = yield* demo
      const seen: Array<string> = []
      const error = yield* orchestrator.queryEvents("what is the meaning of life?").pipe(
        Stream.runForEach(({ _tag }) => Effect.sync(() => seen.push(_tag))),
        Effect.flip
      )
      assert.strictEqual(error._tag, "SqlGenerationError")
      assert.strictEqual(seen.at(-1), "Resolved")
    }).pipe(quiet)
  )

  it.live("stops the question when nobody listens any more", () =>
    Effect.gen(function* () {
      const { orchestrator, servers } = yield* loadFor({
        ...Servers.databaseScript(Servers.rows(["n"], [1])),
        latency: { call: 60_000 }
      })
      const [server] = servers
      if (server === undefined) return
      const listening = yield* Effect.forkChild(
        Stream.runDrain(orchestrator.queryEvents("How many products are there?"))
      )
      yield* server.awaitRequest("tools/call")
      yield* Fiber.interrupt(listening)
      yield* server.awaitCounters(({ cancelled, inFlight }) => cancelled.length === 1 && inFlight.now === 0)
    }).pipe(quiet)
  )
})

describe("on the demo's servers", () => {
  it.live("resolve says which server means what, and why", () =>
    Effect.gen(function* () {
      const logs = LogCapture.make()
      const orchestrator = yield* demo
      const found = yield* orchestrator
        .resolve("aerobuds pro", "products", { requestId: "resolving" })
        .pipe(Effect.provide(logs.layer))
      const { entity } = found
      assert.deepStrictEqual([entity?.server, entity?.canonicalName], ["product_mcp", "AeroBuds Pro"])
      assert.deepStrictEqual([found.requestId, found.generation], ["resolving", 1])
      const [resolved] = logs.of("entity_resolved")
      assert.deepStrictEqual([resolved?.["name"], resolved?.["request_id"]], ["aerobuds pro", "resolving"])

      const elsewhere = yield* orchestrator.resolve("aerobuds pro", "weather")
      assert.isNull(elsewhere.entity)
    }).pipe(quiet)
  )

  it.live("query answers with rows, by rules alone", () =>
    Effect.gen(function* () {
      const orchestrator = yield* demo
      const asked = { requestId: "question-1" }
      const { metadata, result, sql } = yield* orchestrator.query("how many products are there?", asked)
      assert.match(sql, /COUNT/i)
      assert.isAtLeast(Number(result?.rows[0]?.[0]), 12)
      assert.deepStrictEqual(
        [metadata.requestId, metadata.generation, metadata.executedOn],
        ["question-1", 1, "database_mcp"]
      )
      const named = yield* orchestrator.query("total revenue of AeroBuds Pro last year")
      assert.deepStrictEqual(
        named.resolvedEntities.map(({ canonicalName, server }) => [canonicalName, server]),
        [["AeroBuds Pro", "product_mcp"]]
      )
      assert.strictEqual(named.result?.rowCount, 1)
      const dry = yield* orchestrator.query("how many products are there?", { dryRun: true })
      assert.deepStrictEqual([dry.sql, dry.result], [sql, null])
      const error = yield* Effect.flip(orchestrator.query("what is the meaning of life?"))
      assert.strictEqual(error._tag, "SqlGenerationError")
    }).pipe(quiet)
  )

  it.live("health and validate find nothing wrong", () =>
    Effect.gen(function* () {
      const orchestrator = yield* demo
      assert.deepStrictEqual(
        (yield* orchestrator.health()).map(({ healthy, resources, server }) => [server, healthy, resources > 0]),
        [
          ["product_mcp", true, true],
          ["database_mcp", true, true]
        ]
      )
      assert.deepStrictEqual(
        (yield* orchestrator.validate()).map(({ ok, server, sqlArgument, warnings }) => {
          return [server, ok, sqlArgument, warnings]
        }),
        [
          // A summary for people: nothing in it is a name, a word or a table.
          ["product_mcp", true, null, ["nothing was understood in metadata_summary"]],
          ["database_mcp", true, "sql", []]
        ]
      )
    }).pipe(quiet)
  )
})

// Most SQL servers offer tools only; the schema is another server's.
describe("a database server whose configuration declares execute_query alone", () => {
  const { resources = [], tools = [] } = Servers.databaseScript(Servers.rows(["number_of_products"], [91]))
  const unknown = { kind: "error", code: -32601, message: "Method not found" } as const
  const situations: ReadonlyArray<readonly [string, FakeScript.FakeScript]> = [
    ["without the resources capability", { tools, capabilities: { tools: {} } }],
    ["that advertises resources and does not know the request", { tools, faults: [{ at: "list", fault: unknown }] }],
    ["that lists nothing", { tools }]
  ]

  for (const [title, script] of situations) {
    it.live(`${title} is complete, healthy and valid, and answers`, () =>
      Effect.gen(function* () {
        const metadata = yield* FakeServer.make({ resources })
        const database = yield* FakeServer.make(script)
        const only = { capabilities: ["execute_query"], introspection: "never" }
        const config = FakeServer.orchestratorConfig([metadata, database], { servers: [{}, only], orchestration })
        const orchestrator = yield* load(config)
        const gathered = yield* orchestrator.gather()
        assert.deepStrictEqual(
          gathered.servers.map(({ id, manifest }) => [id, manifest.resources]),
          [
            ["server_1", 1],
            ["server_2", 0]
          ]
        )
        const health = yield* orchestrator.health()
        assert.deepStrictEqual(
          health.map(({ healthy, tools }) => [healthy, tools]),
          [
            [true, null],
            [true, 1]
          ]
        )
        assert.deepStrictEqual(
          (yield* orchestrator.validate()).map(({ ok, resources }) => [ok, resources]),
          [
            [true, 1],
            [true, 0]
          ]
        )
        const { metadata: about, result } = yield* orchestrator.query("How many products are there?")
        assert.deepStrictEqual([about.executedOn, result?.rows], ["server_2", [[91]]])
        assert.isUndefined((yield* database.counters).requests["resources/list"])
      }).pipe(quiet)
    )
  }
})

describe("resolve", () => {
  it.live("of a name that nobody knows is no error: it has the nearest names", () =>
    Effect.gen(function* () {
      const json = { lamp: { canonical_name: "Garden Lamp" }, chair: { canonical_name: "Garden Chair" } }
      const { orchestrator } = yield* loadFor({ resources: [{ uri: "a://names", name: "product_names", json }] })
      const { entity, suggestions } = yield* orchestrator.resolve("garden lantern", "products")
      assert.isNull(entity)
      assert.include(suggestions, "Garden Lamp")
    }).pipe(quiet)
  )
})

describe("health", () => {
  it.live("tells of all servers, also when one is down", () =>
    Effect.gen(function* () {
      const { orchestrator, servers } = yield* loadFor({ resources: [resource("one", 1)] }, {}, {})
      yield* servers[1]?.kill ?? Effect.void
      const health = yield* orchestrator.health()
      assert.deepStrictEqual(
        health.map(({ error, healthy, resources, server }) => [server, healthy, resources, error?.reason._tag]),
        [
          ["server_1", true, 1, undefined],
          ["server_2", false, 0, "Refused"],
          ["server_3", true, 0, undefined]
        ]
      )
    }).pipe(quiet)
  )
})

describe("the layer", () => {
  it.live("connects when it is first needed, and leaves nothing behind when it is closed", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: [resource("one", 1)] })
      const scope = yield* Scope.make()
      const orchestrator = yield* Scope.provide(load(FakeServer.orchestratorConfig([server])), scope)
      assert.strictEqual((yield* server.counters).sockets.total, 0)
      yield* orchestrator.gather()
      assert.strictEqual((yield* server.counters).sessions.open, 1)
      yield* Scope.close(scope, yield* Effect.exit(Effect.void))
      yield* server.awaitIdle
    }).pipe(quiet)
  )

  it.live("fails with the report of a file that is wrong", () =>
    Effect.gen(function* () {
      const wrong = yield* Effect.flip(load({ mcp_servers: { one: { name: "One" } } }))
      assert.strictEqual(wrong._tag, "ConfigError")
      const missing = yield* Effect.flip(Layer.build(Orchestrator.layerNode({ configPath: "/nowhere/mcp.yaml" })))
      assert.strictEqual(missing._tag, "ConfigError")
      assert.match(missing.message, /\/nowhere\/mcp\.yaml/)
    }).pipe(quiet)
  )

  it.live("takes the file that MCP_CONFIG names, and says what it loaded and what is odd about it", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({})
      const logs = LogCapture.make()
      // Two servers of one URL: a warning.
      const file = yield* fileOf(FakeServer.orchestratorConfig([server, server]))
      vi.stubEnv("MCP_CONFIG", file)
      yield* Effect.addFinalizer(() => Effect.sync(() => vi.unstubAllEnvs()))
      const context = yield* Layer.build(
        Orchestrator.layerNode({ logLevel: "ERROR" }).pipe(Layer.provideMerge(logs.layer))
      )
      const { config } = yield* Orchestrator.pipe(Effect.provideContext(context))
      const inForce = yield* config
      assert.deepStrictEqual([inForce.file, inForce.logLevel], [file, "ERROR"])
      const [loaded] = logs.of("config_loaded")
      assert.deepStrictEqual([loaded?.["file"], loaded?.["servers"]], [file, ["server_1", "server_2"]])
      assert.match(JSON.stringify(loaded?.["warnings"]), /1:\d+ mcp_servers\.server_2\.url: /)
    })
  )

  it.live("can be made of a value, with a generator and a transport of one's own", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: [resource("one", 1)] })
      const config = yield* ConfigLoader.fromUnknown(FakeServer.orchestratorConfig([server]))
      const layer = Orchestrator.layer.pipe(
        Layer.provide([ConfigSource.layerValue(config), RuleBased.layer, Sessions.layerSse])
      )
      const gathered = yield* Orchestrator.use((orchestrator) => orchestrator.gather()).pipe(Effect.provide(layer))
      assert.strictEqual(gathered.servers.length, 1)
      yield* server.awaitIdle
    }).pipe(quiet)
  )
})

it.live("requests are counted by kind and outcome", () =>
  Effect.gen(function* () {
    const { orchestrator, servers } = yield* loadFor({})
    yield* orchestrator.gather()
    yield* orchestrator.resolve("a", "products")
    yield* Effect.exit(orchestrator.query("anything"))
    yield* orchestrator.health()
    yield* orchestrator.validate()
    yield* servers[0]?.kill ?? Effect.void
    yield* Effect.exit(orchestrator.gather())
    const metrics = yield* PrometheusMetrics.format({ metricNameMapper: Metrics.prometheusName })
    for (const [kind, outcome] of [
      ["gather", "ok"],
      ["gather", "error"],
      ["resolve", "ok"],
      ["query", "error"],
      ["health", "ok"],
      ["validate", "ok"]
    ]) {
      assert.include(metrics, `orchestrator_requests_total{request="${kind}",outcome="${outcome}"} 1`)
    }
    assert.include(metrics, "orchestrator_requests_active 0")
  }).pipe(quiet, Effect.provideService(Metric.MetricRegistry, new Map()))
)
