/** What an orchestrator can be composed of, and that it works in the context of whoever calls it. */
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Context, Effect, FileSystem, Layer, Logger, Option, References, Stream, Tracer } from "effect"
import * as ConfigLoader from "../src/config/ConfigLoader.ts"
import { ConfigSource } from "../src/config/ConfigSource.ts"
import * as ConfiguredTelemetry from "../src/config/ConfiguredTelemetry.ts"
import type { Session } from "../src/connection/Session.ts"
import { SessionFailure } from "../src/connection/SessionFailure.ts"
import { Sessions } from "../src/connection/Sessions.ts"
import { Unauthorized } from "../src/errors/ServerReason.ts"
import { Orchestrator } from "../src/Orchestrator.ts"
import { SqlGenerator } from "../src/sql/SqlGenerator.ts"
import { FakeServer } from "../src/testing/index.ts"
import { TestConsole } from "effect/testing"
import * as LogCapture from "./LogCapture.ts"
import * as Servers from "./query/Servers.ts"

const orchestration = { retry: { attempts: 2, base_delay: "1 millis" } }

/** A generator that always writes this. */
const stubborn = (sql: string) =>
  Layer.succeed(SqlGenerator, {
    name: "stubborn",
    repairs: false,
    generate: () => Effect.succeed({ sql, explanation: "As ever.", usedEntities: [] })
  })

/** A configuration file, which goes with the test. */
const fileOf = Effect.fnUntraced(function* (config: object) {
  const fs = yield* FileSystem.FileSystem
  const file = `${yield* fs.makeTempDirectoryScoped()}/mcp-config.yaml`
  yield* fs.writeFileString(file, JSON.stringify(config))
  return file
})

const database = FakeServer.make(Servers.databaseScript(() => Servers.rows(["n"], [1])))
const databaseConfig = (server: FakeServer.FakeServer) =>
  FakeServer.orchestratorConfig([server], {
    servers: [{ capabilities: ["execute_query", "list_resources"] }],
    orchestration
  })

describe("composition", () => {
  it.live("takes a file and a generator of one's own", () =>
    Effect.gen(function* () {
      const server = yield* database
      const file = yield* fileOf(databaseConfig(server))
      const layer = Orchestrator.layer.pipe(
        Layer.provide([
          ConfigSource.layerFile({ configPath: file }),
          stubborn("SELECT id FROM products"),
          Sessions.layerSse
        ])
      )
      const answer = yield* Orchestrator.use(({ query }) => query("anything")).pipe(Effect.provide(layer))
      assert.deepStrictEqual(answer.result?.rows, [[1]])
    }).pipe(Effect.provide([NodeServices.layer, LogCapture.make().layer]))
  )

  it.live("takes a watched file and sessions of one's own, without a socket", () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const logs = LogCapture.make()
      const configOf = (url: string) => ({
        mcp_servers: {
          memory: { name: "M", url, priority: 1, domains: ["all"], capabilities: ["list_resources"], transport: "sse" }
        }
      })
      const file = yield* fileOf(configOf("http://memory.invalid/1"))
      const layer = Orchestrator.layer.pipe(
        Layer.provide([
          ConfigSource.layerWatch({ configPath: file }),
          Layer.mock(SqlGenerator, { name: "none", repairs: false }),
          Layer.succeed(Sessions, { open: (server) => Effect.succeed(memory(server.url.reveal().pathname)) })
        ]),
        Layer.provideMerge(logs.layer)
      )
      yield* Effect.gen(function* () {
        const orchestrator = yield* Orchestrator
        const path = Effect.map(
          orchestrator.gather(),
          ({ servers: [first] }) => first?.resources.get("where")?.data ?? null
        )
        assert.strictEqual(yield* path, "/1")
        yield* fs.writeFileString(file, JSON.stringify(configOf("http://memory.invalid/2")))
        yield* logs.awaitEvent("config_reloaded")
        assert.strictEqual(yield* path, "/2")
      }).pipe(Effect.provide(layer))
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.effect("tells a failure of one's own sessions like any other", () =>
    Effect.gen(function* () {
      const failed = new SessionFailure({
        stage: "initialize",
        reason: new Unauthorized(),
        detail: "no ticket",
        ended: false
      })
      const server = yield* FakeServer.make({})
      const config = yield* ConfigLoader.fromUnknown(FakeServer.orchestratorConfig([server], { orchestration }))
      const layer = Orchestrator.layer.pipe(
        Layer.provide([
          ConfigSource.layerValue(config),
          Layer.mock(SqlGenerator, { name: "none", repairs: false }),
          Layer.succeed(Sessions, { open: () => Effect.fail(failed) })
        ])
      )
      const error = yield* Effect.flip(
        Effect.provide(
          Effect.flatMap(Orchestrator, ({ connect }) => connect),
          layer
        )
      )
      if (error._tag !== "McpConnectionError") return assert.fail(error.message)
      assert.deepStrictEqual([error.server, error.reason._tag, error.attempts], ["server_1", "Unauthorized", 1])
    }).pipe(Effect.provide(LogCapture.make().layer))
  )

  it.live("takes its whole environment from the ConfigProvider that the app provides", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({})
      const file = yield* fileOf(
        FakeServer.orchestratorConfig([server], { servers: [{ headers: { "x-token": "${TOKEN}-${X_1}" } }] })
      )
      const env = {
        MCP_CONFIG: file,
        MCP__MCP_SERVERS__SERVER_1__NAME: "Overridden",
        mcp__orchestration__max_servers: "3",
        TOKEN: "from-the-provider",
        X_1: "numbered",
        LLM_MODEL: "m"
      }
      const providers = [ConfigProvider.fromEnv({ env }), ConfigProvider.fromUnknown(env)]
      for (const provider of providers) {
        const provided = ConfigProvider.layer(provider)
        const { config } = yield* Effect.map(ConfigSource, ({ initial }) => initial).pipe(
          Effect.provide(ConfigSource.layerFile().pipe(Layer.provide(provided)))
        )
        assert.deepStrictEqual([config.file, config.servers[0]?.name], [file, "Overridden"])
        const layer = Orchestrator.layerNode().pipe(Layer.provide(provided))
        // The generator reads the same: LLM_MODEL is set, LLM_BASE_URL is not.
        const error = yield* Effect.flip(Layer.build(layer))
        assert.deepStrictEqual([error._tag, error.message.includes("LLM_BASE_URL")], ["ConfigError", true])
        const open = Orchestrator.layer.pipe(
          Layer.provide([ConfigSource.layerFile(), stubborn(""), Sessions.layerSse]),
          Layer.provide(provided)
        )
        yield* Effect.provide(
          Orchestrator.use(({ connect }) => connect),
          open
        )
        const requests = yield* server.requests
        assert.strictEqual(requests.at(-1)?.headers["x-token"], "from-the-provider-numbered")
      }
    }).pipe(Effect.provide([NodeServices.layer, LogCapture.make().layer]))
  )

  it.live("logs as the configuration says if it is told to, its secrets masked", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({})
      const logged = Effect.fnUntraced(function* (level: string) {
        const file = FakeServer.orchestratorConfig([server], {
          servers: [{ headers: { "x-pass": "open-sesame" } }],
          orchestration: { log_level: level }
        })
        const config = yield* ConfigLoader.fromUnknown(file)
        yield* Effect.logWarning("the word is open-sesame").pipe(
          Effect.andThen(Effect.logInfo("chatter")),
          Effect.provide(ConfiguredTelemetry.layer("json").pipe(Layer.provide(ConfigSource.layerValue(config))))
        )
        return (yield* TestConsole.errorLines).join("\n")
      }, Effect.provide(TestConsole.layer))
      const warnings = yield* logged("WARNING")
      assert.include(warnings, "the word is <redacted>")
      assert.notInclude(warnings, "chatter")
      assert.include(yield* logged("INFO"), "chatter")
    })
  )

  it.live("takes options that are not there as options that were left out", () =>
    Effect.gen(function* () {
      const server = yield* database
      const configPath = yield* fileOf(databaseConfig(server))
      const layer = Orchestrator.layerNode({ configPath, reload: undefined, logs: undefined, logLevel: undefined })
      yield* Effect.gen(function* () {
        const { gather, query } = yield* Orchestrator
        const { requestId } = yield* gather({ requestId: undefined })
        assert.match(requestId, /^[0-9a-f]{32}$/)
        const answer = yield* query("how many products are there?", { requestId: undefined, dryRun: undefined })
        assert.strictEqual(answer.result?.rowCount, 1)
      }).pipe(Effect.provide(layer))
    }).pipe(Effect.provide([NodeServices.layer, LogCapture.make().layer]))
  )
})

describe("connect", () => {
  const orchestratorOf = Effect.fnUntraced(function* (servers: ReadonlyArray<FakeServer.FakeServer>) {
    const config = yield* ConfigLoader.fromUnknown(FakeServer.orchestratorConfig(servers, { orchestration }))
    return Orchestrator.layer.pipe(
      Layer.provide([ConfigSource.layerValue(config), stubborn(""), Sessions.layerSse]),
      Layer.tap((context) => Context.get(context, Orchestrator).connect)
    )
  })

  it.live("opens every session at the start, which the first request uses", () =>
    Effect.gen(function* () {
      const servers = yield* Effect.all([FakeServer.make({}), FakeServer.make({})])
      yield* Effect.gen(function* () {
        for (const server of servers) assert.strictEqual((yield* server.counters).sessions.open, 1)
        yield* Orchestrator.use(({ gather }) => gather())
        for (const server of servers) assert.strictEqual((yield* server.counters).sessions.total, 1)
      }).pipe(Effect.provide(yield* orchestratorOf(servers)))
    }).pipe(Effect.provide(LogCapture.make().layer))
  )

  it.live("fails at the start when a server cannot be reached, and leaves nothing open", () =>
    Effect.gen(function* () {
      const [up, down] = yield* Effect.all([FakeServer.make({}), FakeServer.make({})])
      yield* down.kill
      const error = yield* Effect.flip(Layer.build(yield* orchestratorOf([up, down])))
      if (error._tag !== "McpConnectionError") return assert.fail(error.message)
      assert.deepStrictEqual([error.server, error.reason._tag, error.attempts], ["server_2", "Refused", 2])
      yield* up.awaitIdle
    }).pipe(Effect.provide(LogCapture.make().layer))
  )
})

describe("the context of a call", () => {
  /** What a caller may set, and what came of it: the root of each span, and the annotations and level of each line. */
  const recorder = () => {
    const roots = new Set<string>()
    const callers = new Set<unknown>()
    const rootOf = (span: Tracer.AnySpan): string =>
      span._tag === "Span" && Option.isSome(span.parent) ? rootOf(span.parent.value) : nameOf(span)
    const nameOf = (span: Tracer.AnySpan) => (span._tag === "Span" ? span.name : "external")
    const tracer = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        roots.add(rootOf(span))
        return span
      }
    })
    const logger = Logger.make<unknown, void>(({ fiber }) => {
      callers.add(fiber.getRef(References.CurrentLogAnnotations)["who"])
    })
    return { roots, callers, layer: Layer.mergeAll(Layer.succeed(Tracer.Tracer, tracer), Logger.layer([logger])) }
  }

  const calls: {
    readonly [name: string]: (orchestrator: Orchestrator["Service"]) => Effect.Effect<unknown, unknown>
  } = {
    connect: ({ connect }) => connect,
    gather: ({ gather }) => gather(),
    gatherEvents: ({ gatherEvents }) => Stream.runDrain(gatherEvents()),
    resolve: ({ resolve }) => resolve("a", "products"),
    query: ({ query }) => query("how many products are there?"),
    health: ({ health }) => health(),
    validate: ({ validate }) => validate(),
    reload: ({ reload }) => reload
  }

  for (const [name, call] of Object.entries(calls)) {
    it.live(`is the caller's in ${name}, not that of whoever built the Layer`, () =>
      Effect.gen(function* () {
        const server = yield* database
        const config = yield* ConfigLoader.fromUnknown(databaseConfig(server))
        const startup = recorder()
        const context = yield* Layer.build(
          Orchestrator.layer.pipe(
            Layer.provide([ConfigSource.layerValue(config), stubborn("SELECT id FROM products"), Sessions.layerSse])
          )
        ).pipe(
          Effect.withSpan("startup"),
          Effect.annotateLogs("who", "startup"),
          Effect.provideService(References.MinimumLogLevel, "None"),
          Effect.provide(startup.layer)
        )
        const [roots, callers] = [[...startup.roots], [...startup.callers]]
        const handler = recorder()
        yield* call(Context.get(context, Orchestrator)).pipe(
          Effect.withSpan("handler"),
          Effect.annotateLogs("who", "caller"),
          Effect.provideService(References.MinimumLogLevel, "Debug"),
          Effect.provide(handler.layer)
        )
        assert.deepStrictEqual([[...handler.roots], [...handler.callers]], [["handler"], ["caller"]])
        assert.deepStrictEqual([[...startup.roots], [...startup.callers]], [roots, callers])
      })
    )
  }
})

/** A session of one resource, which says where it is. */
const memory = (path: string): Session => ({
  info: {
    protocolVersion: "2024-11-05",
    serverInfo: { name: "memory", version: "1" },
    offersResources: true,
    offersTools: false
  },
  isOpen: () => true,
  lost: Effect.never,
  listPage: () => Effect.succeed({ resources: [{ uri: "memory://where", name: "where" }], nextCursor: null }),
  listTemplates: () => Effect.succeed({ templates: [], nextCursor: null }),
  read: (uri) => Effect.succeed([{ uri, text: path }]),
  listTools: () => Effect.succeed({ tools: [], nextCursor: null }),
  call: () => Effect.succeed(null)
})
