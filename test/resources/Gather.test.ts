/** Gathering over real sockets: everything, afresh, or one error. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Exit, Fiber, Logger, Metric, References, Scope } from "effect"
import { FakeFault, FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Gather from "../../src/resources/Gather.ts"
import * as Progress from "../../src/resources/Progress.ts"
import { configOf, connect, quiet } from "../connection/fixture.ts"
import * as LogCapture from "../LogCapture.ts"

type Config = ReturnType<typeof configOf>

/** Connections for a configuration, and a gather over them. */
const gathering = (config: Config) =>
  Effect.map(connect(config), (connections) => Gather.gatherAll(connections, config).pipe(quiet))

const data = (gathered: Effect.Success<ReturnType<typeof Gather.gatherAll>>, server = 0) =>
  Object.fromEntries([...(gathered.servers[server]?.resources ?? [])].map(([name, resource]) => [name, resource.data]))

const one: FakeScript.FakeScript = { resources: [{ uri: "a://1", name: "a", json: { version: 1 } }] }

describe("a gather", () => {
  it.live("brings every page and every kind of content, with a manifest", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({
        serverInfo: { name: "fake", version: "7" },
        pageSize: 2,
        resources: [
          { uri: "k://json", name: "json", json: { nested: [1, null] } },
          { uri: "k://text", name: "text", mimeType: "text/plain", text: "[1]" },
          { uri: "k://untyped", name: "untyped", text: "[1]" },
          { uri: "k://words", name: "words", mimeType: "text/plain", text: "[1] One" },
          { uri: "k://blob", name: "blob", mimeType: "image/png", blob: "AAEC", title: "Title", description: "About" },
          { uri: "k://none", name: "none", contents: [] },
          {
            uri: "k://dir",
            name: "dir",
            contents: [
              { uri: "k://dir/1", text: "x" },
              { uri: "k://dir/2", blob: "AAEC" }
            ]
          },
          { uri: "k://proto", name: "__proto__", text: '{"__proto__":{"x":1}}' }
        ]
      })
      const config = configOf([server])
      const gathered = yield* yield* gathering(config)
      const [only] = gathered.servers
      assert.deepStrictEqual(
        [...(only?.resources.keys() ?? [])],
        ["__proto__", "blob", "dir", "json", "none", "text", "untyped", "words"]
      )
      const { __proto__: proto, ...rest } = data(gathered)
      assert.deepStrictEqual(rest, {
        blob: "AAEC",
        dir: ["x", "AAEC"],
        json: { nested: [1, null] },
        none: null,
        text: [1],
        untyped: [1],
        words: "[1] One"
      })
      assert.strictEqual(JSON.stringify(only?.resources.get("__proto__")?.data), '{"__proto__":{"x":1}}')
      const blob = {
        uri: "k://blob",
        name: "blob",
        title: "Title",
        description: "About",
        mimeType: "image/png",
        size: 3,
        data: "AAEC"
      }
      assert.deepStrictEqual(only?.resources.get("blob"), blob)
      assert.isDefined(proto)
      assert.deepInclude(only?.manifest, {
        pages: 4,
        resources: 8,
        bytes: 19 + 3 + 3 + 7 + 3 + 0 + 4 + 21,
        protocolVersion: "2025-11-25",
        serverInfo: { name: "fake", version: "7" }
      })
    })
  )

  it.live("is fresh: what changed between two gathers shows", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(one)
      const gather = yield* gathering(configOf([server]))
      assert.deepStrictEqual(data(yield* gather), { a: { version: 1 } })
      yield* server.setScript({
        resources: [
          { uri: "a://1", name: "a", json: { version: 2 } },
          { uri: "b://1", name: "b", text: "new" }
        ]
      })
      assert.deepStrictEqual(data(yield* gather), { a: { version: 2 }, b: "new" })
      yield* server.setScript({})
      assert.deepStrictEqual(data(yield* gather), {})
      const { requests, sessions } = yield* server.counters
      assert.deepStrictEqual([requests["resources/list"], requests["resources/read"], sessions.total], [3, 3, 1])
    })
  )

  it.live("orders servers by priority, whatever the order of their arrival or of the configuration", () =>
    Effect.gen(function* () {
      const slow = yield* FakeServer.make({ ...one, latency: { initialize: 40 } })
      const fast = yield* FakeServer.make(one)
      const config = configOf([slow, fast])
      const gathered = yield* yield* gathering({ ...config, servers: config.servers.toReversed() })
      assert.deepStrictEqual(
        gathered.servers.map(({ id }) => id),
        ["server_1", "server_2"]
      )
    })
  )

  it.live("with one server down names it, and returns nothing else", () =>
    Effect.gen(function* () {
      const servers = [yield* FakeServer.make(one), yield* FakeServer.make(one), yield* FakeServer.make(one)]
      yield* servers[1]!.kill
      const failure = yield* Effect.flip(yield* gathering(configOf(servers)))
      assert.strictEqual(failure._tag, "McpConnectionError")
      const { attempts, reason, remedy, server, stage, url } = failure
      assert.deepStrictEqual(
        [server, stage, reason._tag, attempts, url],
        ["server_2", "connect", "Refused", 3, servers[1]!.url]
      )
      assert.include(remedy, "mcp_servers.server_2.url")
      for (const server of servers) yield* server.awaitIdle
    })
  )

  it.live(
    "with one resource failing interrupts the others, cancels them at their servers, and closes the sessions",
    () =>
      Effect.gen(function* () {
        const resources = FakeScript.manyResources(5, 100)
        const stalled = { at: "read", fault: { kind: "stall" } } as const
        const bad = { at: "read", uri: "bench://2", fault: { kind: "error", message: "disk on fire" } } as const
        const patient = yield* FakeServer.make({ resources, faults: [stalled] })
        // Fails when all that is to be cancelled is open.
        const failing = yield* FakeServer.make({ resources, latency: { read: 200 }, faults: [bad, stalled] })
        const failure = yield* Effect.flip(yield* gathering(configOf([patient, failing])))
        if (failure._tag !== "ResourceFetchError") return assert.fail(failure.message)
        const { operation, reason, server, stage, uri } = failure
        assert.deepStrictEqual(
          [server, operation, stage, reason._tag, uri],
          ["server_2", "read", "read", "ServerError", "bench://2"]
        )
        assert.include(failure.detail, "disk on fire")
        for (const [fake, open] of [
          [patient, resources.length],
          [failing, resources.length - 1]
        ] as const) {
          yield* fake.awaitIdle
          const { cancelled } = yield* fake.counters
          assert.lengthOf(cancelled, open)
          assert.strictEqual(new Set(cancelled).size, open)
        }
      })
  )

  it.live("heals when a server was restarted since the last one", () =>
    Effect.gen(function* () {
      const servers = [yield* FakeServer.make(one), yield* FakeServer.make(one)]
      const gather = yield* gathering(configOf(servers))
      const first = yield* gather
      for (const server of servers) yield* server.restart
      assert.deepStrictEqual(data(yield* gather, 1), data(first, 1))
      assert.strictEqual((yield* servers[0]!.counters).requests["initialize"], 2)
    })
  )

  it.live("heals within its retries when a server drops, restarts, forgets or falls silent in the middle", () =>
    Effect.gen(function* () {
      const faults: ReadonlyArray<FakeFault.Fault> = [
        { kind: "drop" },
        { kind: "restart" },
        { kind: "end", retry: 1 },
        { kind: "halfAnswer" },
        { kind: "deadSession", answer: 404 },
        { kind: "deadSession", answer: "silence" }
      ]
      yield* Effect.forEach(
        faults,
        (fault) =>
          Effect.gen(function* () {
            const server = yield* FakeServer.make({ ...one, faults: [{ at: "read", fault, nth: 1 }] })
            // At once, not at the deadline, unless the server says nothing.
            const isSilent = "answer" in fault && fault.answer === "silence"
            const requestTimeout = isSilent ? Duration.millis(400) : Duration.seconds(10)
            const gather = yield* gathering(configOf([server], { server: { requestTimeout } }))
            const [elapsed, gathered] = yield* Effect.timed(gather)
            assert.deepStrictEqual(data(gathered), { a: { version: 1 } }, fault.kind)
            const { requests, sessions } = yield* server.counters
            assert.deepStrictEqual([sessions.total, requests["resources/list"]], [2, 2], fault.kind)
            if (!isSilent) assert.isBelow(Duration.toSeconds(elapsed), 9, fault.kind)
          }),
        { concurrency: 2 }
      )
    })
  )

  it.live("tries again what may succeed, and says how often it tried", () =>
    Effect.gen(function* () {
      const busy = { at: "read", fault: { kind: "status", status: 503 } } as const
      const server = yield* FakeServer.make({ ...one, faults: [{ ...busy, times: 2 }] })
      const gather = yield* gathering(configOf([server]))
      assert.deepStrictEqual(data(yield* gather), { a: { version: 1 } })
      assert.strictEqual((yield* server.counters).sessions.total, 1)
      yield* server.setScript({ ...one, faults: [busy] })
      const failure = yield* Effect.flip(gather)
      assert.deepStrictEqual([failure.reason._tag, failure.attempts], ["Unavailable", 3])
      yield* server.setScript({ ...one, faults: [{ at: "read", fault: { kind: "error" } }] })
      assert.strictEqual((yield* Effect.flip(gather)).attempts, 1)
    })
  )

  it.live("does not wait for a server that asks for more time than the gather has", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ ...one, faults: [{ at: "list", fault: FakeFault.rateLimited(60) }] })
      const [elapsed, failure] = yield* Effect.timed(Effect.flip(yield* gathering(configOf([server]))))
      assert.deepStrictEqual([failure.reason._tag, failure.attempts], ["RateLimited", 1])
      assert.deepStrictEqual(failure.retryAfter, Duration.seconds(60))
      assert.isBelow(Duration.toMillis(elapsed), 2000)
    })
  )

  it.live("ends at gather_timeout, and says what it was doing", () =>
    Effect.gen(function* () {
      const timeout = {
        gatherTimeout: Duration.millis(150),
        server: { connectTimeout: Duration.seconds(60), requestTimeout: Duration.seconds(60) }
      }
      for (const [at, tag] of [
        ["initialize", "McpConnectionError"],
        ["list", "ResourceFetchError"],
        ["read", "ResourceFetchError"]
      ] as const) {
        const server = yield* FakeServer.make({ ...one, faults: [{ at, fault: { kind: "stall" } }] })
        const failure = yield* Effect.flip(yield* gathering(configOf([server], timeout)))
        assert.deepStrictEqual([failure._tag, failure.reason._tag], [tag, "TimedOut"])
        assert.strictEqual(failure.operation, at === "initialize" ? "connect" : at)
        assert.include(failure.detail, "gather_timeout")
        yield* server.awaitIdle
      }
    })
  )

  it.live("is bounded: pages, resources, bytes of one and of all, all errors and never a cut", () =>
    Effect.gen(function* () {
      const { limits } = configOf([])
      const resources = FakeScript.manyResources(10, 1000)
      const server = yield* FakeServer.make({ resources, pageSize: 2 })
      const stageOf = Effect.fnUntraced(function* (change: Partial<typeof limits>) {
        const gather = yield* gathering(configOf([server], { limits: { ...limits, ...change } }))
        const failure = yield* Effect.flip(gather)
        return [failure.stage, failure.reason._tag]
      })
      assert.deepStrictEqual(yield* stageOf({ pages: 4 }), ["limit", "TooMany"])
      assert.deepStrictEqual(yield* stageOf({ resources: 9 }), ["limit", "TooMany"])
      assert.deepStrictEqual(yield* stageOf({ resourceBytes: 900 }), ["limit", "TooLarge"])
      assert.deepStrictEqual(yield* stageOf({ serverBytes: 9000 }), ["limit", "TooLarge"])
      assert.deepStrictEqual(yield* stageOf({ serverBytes: 100 }), ["limit", "TooLarge"])
      yield* server.update((script) => ({
        ...script,
        faults: [{ at: "list", fault: { kind: "cursor", cursor: "huge" } }]
      }))
      assert.deepStrictEqual(yield* stageOf({ serverBytes: 300_000 }), ["limit", "TooLarge"])
      yield* server.update((script) => ({ ...script, faults: [] }))
      // Beside its 1,000 bytes each has a URI of 9 and a type of 16.
      const exact = { pages: 5, resources: 10, resourceBytes: 2000, serverBytes: 10_250 }
      assert.deepStrictEqual(yield* stageOf({ serverBytes: 10_249 }), ["limit", "TooLarge"])
      const gathered = yield* yield* gathering(configOf([server], { limits: exact }))
      assert.strictEqual(gathered.servers[0]?.manifest.resources, 10)
    })
  )

  it.live("never has more reads in flight than max_concurrency", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: FakeScript.manyResources(30, 50), latency: { read: 5 } })
      yield* yield* gathering(configOf([server], { server: { maxConcurrency: 4 } }))
      assert.strictEqual((yield* server.counters).inFlight.peak, 4)
    })
  )

  it.live("refuses a server that declares resources and offers none, and says which line to change", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ capabilities: { tools: {} } })
      const capabilities = ["execute_query", "list_resources"]
      const failure = yield* Effect.flip(yield* gathering(configOf([server], { server: { capabilities } })))
      assert.deepStrictEqual([failure._tag, failure.reason._tag], ["ResourceFetchError", "Unsupported"])
      assert.include(failure.remedy, 'remove "list_resources" from mcp_servers.server_1.capabilities')
    })
  )

  // charmbracelet/crush#2227, artokun/comfyui-mcp#29: advertised in the handshake, unknown when asked for.
  it.live("refuses a server that declares resources and does not know the request, in the same way, at once", () =>
    Effect.gen(function* () {
      const unknown = { kind: "error", code: -32601, message: "Method not found" } as const
      const server = yield* FakeServer.make({ ...one, faults: [{ at: "list", fault: unknown }] })
      const failure = yield* Effect.flip(yield* gathering(configOf([server])))
      assert.deepStrictEqual([failure.stage, failure.reason._tag, failure.attempts], ["list", "Unsupported", 1])
      assert.match(failure.detail, /-32601.*Method not found/)
      // Nothing else is declared, and the list of capabilities may not be empty.
      assert.include(failure.remedy, 'in place of "list_resources" into mcp_servers.server_1.capabilities')
    })
  )

  it.live("asks no server for resources that it does not declare, whatever it offers", () =>
    Effect.gen(function* () {
      const unknown = { kind: "error", code: -32601 } as const
      const servers = yield* Effect.forEach(
        [{ capabilities: { tools: {} } }, { faults: [{ at: "list", fault: unknown }] as const }, one],
        (script: FakeScript.FakeScript) => FakeServer.make({ serverInfo: { name: "db", version: "2" }, ...script })
      )
      const config = configOf(servers, { server: { capabilities: ["execute_query"] } })
      const gathered = yield* yield* gathering(config)
      for (const [index, { manifest, resources }] of gathered.servers.entries()) {
        assert.strictEqual(resources.size, 0)
        assert.deepStrictEqual([manifest.pages, manifest.resources, manifest.bytes], [0, 0, 0])
        assert.deepStrictEqual(manifest.serverInfo, { name: "db", version: "2" })
        assert.isUndefined((yield* servers[index]?.counters ?? Effect.die("no server")).requests["resources/list"])
      }
      assert.lengthOf(gathered.servers, 3)
    })
  )

  it.live("fails with a server that declares no resources and cannot be connected", () =>
    Effect.gen(function* () {
      const [well, down] = yield* Effect.all([FakeServer.make(one), FakeServer.make({})])
      yield* down.kill
      const config = configOf([well, down], { server: { capabilities: ["execute_query"] } })
      const failure = yield* Effect.flip(yield* gathering(config))
      assert.deepStrictEqual([failure._tag, failure.server], ["McpConnectionError", "server_2"])
    })
  )

  it.live("refuses JSON that is none, by name", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({
        resources: [{ uri: "a://1", name: "a", mimeType: "application/json", text: "{" }]
      })
      const failure = yield* Effect.flip(yield* gathering(configOf([server])))
      if (failure._tag !== "ResourceFetchError") return assert.fail(failure.message)
      assert.deepStrictEqual([failure.stage, failure.reason._tag, failure.uri], ["decode", "InvalidReply", "a://1"])
    })
  )

  it.live("shares the sessions of gathers beside it, and leaves them alone when it fails", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ ...one, latency: { read: 60 } })
      const gather = yield* gathering(configOf([server]))
      const slow = yield* Effect.forkChild(gather)
      yield* server.awaitRequest("resources/read")
      yield* server.setScript({ ...one, faults: [{ at: "list", fault: { kind: "error" } }] })
      assert.strictEqual((yield* Effect.flip(gather)).reason._tag, "ServerError")
      assert.deepStrictEqual(data(yield* Fiber.join(slow)), { a: { version: 1 } })
      assert.strictEqual((yield* server.counters).sessions.total, 1)
      yield* server.setScript(one)
      yield* Effect.all([gather, gather, gather], { concurrency: "unbounded" })
      assert.strictEqual((yield* server.counters).sessions.total, 1)
    })
  )

  it.live("leaves nothing when it is interrupted and its connections are closed", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ ...one, faults: [{ at: "read", fault: { kind: "stall" } }] })
      const scope = yield* Scope.make()
      const gather = yield* gathering(configOf([server])).pipe(Scope.provide(scope))
      const fiber = yield* Effect.forkChild(gather)
      yield* server.awaitRequest("resources/read")
      yield* Fiber.interrupt(fiber)
      yield* Scope.close(scope, Exit.void)
      yield* server.awaitIdle
      assert.lengthOf((yield* server.counters).cancelled, 1)
    })
  )

  it.live("leaves out what the configuration excludes, and nothing else: it is not even read", () =>
    Effect.gen(function* () {
      const logs = LogCapture.make()
      const server = yield* FakeServer.make({
        resources: [
          { uri: "a://1", name: "a", text: "a" },
          { uri: "postgres://h/shop/orders/schema", name: "orders", text: "orders" },
          // mcp-postgres-full-access lists its template so, which nobody can read.
          { uri: "postgres://h/shop/%7BtableName%7D/schema", name: "placeholder", text: "no such table" }
        ]
      })
      const config = configOf([server], { server: { excludedResources: ["postgres://*/{tableName}/schema"] } })
      const connections = yield* connect(config)
      const gathered = yield* Effect.provide(Gather.gatherAll(connections, config), logs.layer)
      assert.deepStrictEqual(data(gathered), { a: "a", orders: "orders" })
      assert.strictEqual(gathered.servers[0]?.manifest.resources, 2)
      assert.strictEqual((yield* server.counters).requests["resources/read"], 2)
      const received = logs.of("resource_list_received")
      assert.deepStrictEqual(
        received.map(({ level, resource_count, excluded_count }) => [level, resource_count, excluded_count]),
        [["DEBUG", 2, 1]]
      )
    })
  )

  it.live("publishes its progress, logs duplicate names, and counts", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({
        pageSize: 1,
        resources: [
          { uri: "b://2", name: "same", text: "two" },
          { uri: "a://1", name: "same", text: "first" }
        ]
      })
      const config = configOf([server])
      const connections = yield* connect(config)
      const events: Array<Progress.ProgressEvent> = []
      const logged: Array<unknown> = []
      const gathered = yield* Gather.gatherAll(connections, config).pipe(
        Effect.provideService(Progress.Listener, (event) => void events.push(event)),
        Effect.provideService(References.MinimumLogLevel, "Warn"),
        Effect.provide(Logger.layer([Logger.make(({ message }) => void logged.push(message))]))
      )
      assert.deepStrictEqual(data(gathered), { same: "first", "b://2": "two" })
      assert.deepStrictEqual(
        events.map(({ _tag }) => _tag),
        ["Connected", "Listed", "Listed", "Read", "Read", "Gathered"]
      )
      assert.deepInclude(events, { _tag: "Listed", server: "server_1", pages: 2, resources: 2 })
      assert.include(JSON.stringify(events), '"done":2,"total":2')
      assert.lengthOf(logged, 1)
      assert.include(JSON.stringify(logged), '"duplicate_names":["same"]')
      const counts = new Map(
        (yield* Metric.snapshot).map((metric) => [
          metric.id,
          metric.type === "Counter" ? Number(metric.state.count) : 0
        ])
      )
      assert.strictEqual(counts.get("orchestrator.pages"), 2)
      assert.strictEqual(counts.get("orchestrator.resources"), 2)
      assert.strictEqual(counts.get("orchestrator.resource.bytes"), 8)
    }).pipe(
      Effect.provideServiceEffect(
        Metric.MetricRegistry,
        Effect.sync(() => new Map())
      )
    )
  )
})
