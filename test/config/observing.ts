/** What comes of a configuration over fake servers: requests, what they show, and the run of one value of a key. */
import { CreateMessageRequestSchema } from "@modelcontextprotocol/sdk/types.js"
import { Context, Effect, type FileSystem, Layer, Option, Predicate, Schema, type Scope } from "effect"
import { HttpServer } from "effect/http"
import { NetAddress } from "effect/net"
import { TestConsole } from "effect/testing"
import * as GlobalFlags from "../../src/cli/GlobalFlags.ts"
import * as Setup from "../../src/cli/Setup.ts"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import type { OrchestratorConfig } from "../../src/config/OrchestratorConfig.ts"
import * as ConfiguredLimits from "../../src/connection/ConfiguredLimits.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import { Orchestrator } from "../../src/Orchestrator.ts"
import * as LanguageModelGenerator from "../../src/sql/LanguageModelGenerator.ts"
import { SqlGenerator } from "../../src/sql/SqlGenerator.ts"
import type { ConfigError } from "../../src/OrchestratorError.ts"
import type { EventName } from "../../src/telemetry/LogEvent.ts"
import { type FakeScript, FakeServer, StubLanguageModel } from "../../src/testing/index.ts"
import { createServer } from "node:net"
import { layerOf, open, portOf } from "../http/Served.ts"
import * as LogCapture from "../LogCapture.ts"
import * as Door from "../mcp/Door.ts"
import * as Raw from "../mcp/Raw.ts"

interface World {
  readonly config: OrchestratorConfig
  /** `server_1`, `server_2`, … of the configuration. */
  readonly servers: ReadonlyArray<FakeServer.FakeServer>
}

/** A value of a key (`undefined`: left out), or what it is for these servers. */
type Value =
  | Schema.Json
  | undefined
  | ((servers: World["servers"]) => Effect.Effect<Schema.Json, unknown, FileSystem.FileSystem | Scope.Scope>)

/** Two values of a key, and what comes of them. */
export interface KeyCase {
  readonly values: readonly [Value, Value]
  /** For each value what `observe` gives, or the reason of the failure. */
  readonly outcomes: readonly [unknown, unknown]
  readonly observe: (world: World) => Effect.Effect<unknown, unknown>
  readonly scripts: ReadonlyArray<FakeScript.FakeScript>
  /** What both configurations have beside the key. */
  readonly orchestration?: { readonly [key: string]: unknown }
  readonly server?: { readonly [key: string]: unknown }
}

/** Fresh servers, the configuration with this value, and what comes of it. */
export const outcomeOf = (key: string, value: Value, { observe, orchestration = {}, scripts, server = {} }: KeyCase) =>
  Effect.gen(function* () {
    const servers = yield* Effect.forEach(scripts, (script) => FakeServer.make(script))
    const file = FakeServer.orchestratorConfig(servers, { servers: [server], orchestration })
    const given = typeof value === "function" ? yield* value(servers) : value
    const config = yield* ConfigLoader.fromUnknown(put(file, key.replace("*", "server_1").split("."), given))
    return yield* observe({ config, servers })
  }).pipe(Effect.catch((error) => Effect.succeed(reasonOf(error))))

/** One request to the orchestrator of the configuration; a generator that is not given dies when it is asked. */
const ask =
  <A, E>(
    request: (orchestrator: Orchestrator["Service"]) => Effect.Effect<A, E>,
    generator: Layer.Layer<SqlGenerator> = Layer.mock(SqlGenerator, { name: "none", repairs: false })
  ) =>
  ({ config }: Pick<World, "config">): Effect.Effect<A, E | ConfigError> =>
    Effect.flatMap(Orchestrator, request).pipe(
      Effect.provide(
        Orchestrator.layer.pipe(Layer.provide([ConfigSource.layerValue(config), generator, Sessions.layerSse]))
      )
    )

export const gather = ask(({ gather }) => gather())
export const gathers = (world: World) => Effect.as(gather(world), "gathered")

/** Which server's entity the name means; `null` for none. */
export const resolves = (name: string) => (world: World) =>
  Effect.map(ask(({ resolve }) => resolve(name, "products"))(world), ({ entity }) => entity?.server ?? null)

/** The answer to a question for which the generator always writes this. */
export const queries = (sql: string, question = "what is there?") =>
  ask(
    ({ query }) => query(question),
    Layer.succeed(SqlGenerator, {
      name: "stubborn",
      repairs: true,
      generate: () => Effect.succeed({ sql, explanation: "As ever.", usedEntities: [] })
    })
  )
/** What a language model's prompt leaves out for such a question. */
export const leavesOut = (world: World) => {
  const model = StubLanguageModel.layer(() => ({ sql: "SELECT id FROM products" }))
  return Effect.map(
    ask(({ query }) => query("what is there?"), LanguageModelGenerator.layer.pipe(Layer.provide(model)))(world),
    ({ metadata }) => metadata.prompt?.leftOut.map(({ what }) => what)
  )
}
export const answers = (sql: string) => (world: World) => Effect.as(queries(sql)(world), "answered")

/** What a gather logs of an event, down to DEBUG and whatever the configuration says of logging. */
export const logged = (event: EventName) => (world: World) => {
  const capture = LogCapture.make()
  return Effect.map(Effect.provide(gather(world), capture.layer), () => capture.of(event))
}

/** Whether the last delay that a gather logs of an event is longer than 50 ms. */
export const delays = (event: EventName) => (world: World) =>
  Effect.map(logged(event)(world), (lines) => (Number(lines.at(-1)?.["delay_ms"] ?? 0) > 50 ? "long" : "short"))

const Line = Schema.fromJsonString(Schema.Struct({ level: Schema.String }))

/** The levels of the lines that the runner writes to stderr during a gather, each once. */
export const written = (world: World) =>
  gather(world).pipe(
    Effect.provide(Layer.provide(Setup.telemetryLayer("told"), ConfigSource.layerValue(world.config))),
    Effect.andThen(TestConsole.errorLines),
    Effect.map((writes) => writes.flatMap((lines) => String(lines).trimEnd().split("\n"))),
    Effect.flatMap(Effect.forEach((line) => Schema.decodeEffect(Line)(line))),
    Effect.map((lines) => [...new Set(lines.map(({ level }) => level))].toSorted()),
    Effect.provide(TestConsole.layer),
    Effect.provideService(GlobalFlags.JsonLogs, true),
    Effect.provideService(GlobalFlags.LogLevel, Option.none()),
    Effect.provideService(GlobalFlags.Verbose, false),
    Effect.provideService(GlobalFlags.Quiet, false)
  )

/** How many requests the first server had to answer at the same time. */
export const peakInFlight = ({ config, servers: [server] }: World) =>
  Effect.gen(function* () {
    yield* gather({ config })
    return (yield* server?.counters ?? Effect.undefined)?.inFlight.peak
  })

/** So many gathers of one orchestrator at once: how many reads of the first server ran at the same time, and what came of each. */
export const atOnce = (count: number) => (world: World) =>
  Effect.gen(function* () {
    const outcomes = yield* ask(({ gather }) =>
      Effect.forEach(
        Array.from({ length: count }),
        () => Effect.match(gather(), { onFailure: reasonOf, onSuccess: () => "gathered" }),
        { concurrency: "unbounded" }
      )
    )(world)
    return [(yield* world.servers[0]?.counters ?? Effect.undefined)?.inFlight.peak, outcomes]
  })

/** How many requests of a method the first server got. */
export const requestsOf = (method: string) => (world: World) =>
  Effect.map(world.servers[0]?.counters ?? Effect.undefined, (counters) => counters?.requests[method])

/** The different values of a header among all requests that the server got. */
export const received = (header: string) => (world: World) =>
  Effect.gen(function* () {
    yield* gather(world)
    const requests = yield* world.servers[0]?.requests ?? Effect.succeed([])
    return [...new Set(requests.map(({ headers }) => headers[header] ?? null))]
  })

/** Where `serve` listens for the configuration. */
export const listens = ({ config }: Pick<World, "config">) =>
  Effect.scoped(
    Effect.map(Layer.build(quietDoor(config)), (context) => {
      const { address } = Context.get(context, HttpServer.HttpServer)
      return address._tag === "UnixPathAddress"
        ? { host: address.path, port: 0 }
        : { host: NetAddress.formatIp(address.address), port: address.port }
    })
  )

/** The statuses of so many such requests at the same time, in order; the port of the configuration is not taken. */
export const knocks =
  (head: string, count = 1) =>
  ({ config }: Pick<World, "config">) =>
    Effect.gen(function* () {
      const context = yield* Layer.build(quietDoor({ ...config, http: { ...config.http, port: 0 } }))
      const answers = yield* Effect.replicateEffect(
        Effect.scoped(
          Effect.flatMap(open(portOf(context)), ({ awaitClose, send }) =>
            Effect.andThen(send(`${head}\r\nconnection: close\r\n\r\n`), awaitClose)
          )
        ),
        count,
        { concurrency: "unbounded" }
      )
      return answers.map((answer) => Number(answer.split(" ", 2)[1])).toSorted()
    }).pipe(Effect.scoped)

/** The statuses of so many MCP sessions, opened one after the other and all left open. */
export const sessions =
  (count: number) =>
  ({ config }: Pick<World, "config">) =>
    Effect.gen(function* () {
      const door = yield* mcpDoor(config)
      return yield* Effect.replicateEffect(
        Effect.map(Raw.open(door), ({ status }) => status),
        count
      )
    }).pipe(Effect.scoped)

/** What stands before the random part of an MCP session's id. */
export const sessionPrefix = ({ config }: Pick<World, "config">) =>
  Effect.gen(function* () {
    const { endpoint } = yield* Raw.open(yield* mcpDoor(config))
    return /sessionId=(.*)[\da-f]{8}-/.exec(endpoint)?.[1]
  }).pipe(Effect.scoped)

/** Whether a store of rate limits was looked for. */
export const asksStore = ({ config }: Pick<World, "config">) =>
  Effect.gen(function* () {
    const logs = LogCapture.make()
    yield* ConfiguredLimits.make(config).pipe(Effect.scoped, Effect.provide(logs.layer))
    return logs.of("limits_store_lost").length > 0
  })

/** Whether an MCP session in which nothing is said has ended after a second. */
export const endsSilently = ({ config }: Pick<World, "config">) =>
  Effect.gen(function* () {
    const { ended } = yield* Raw.open(yield* mcpDoor(config))
    return Option.isSome(yield* Effect.timeoutOption(ended, "1 second"))
  }).pipe(Effect.scoped)

/** Whether the model of an MCP host that offers one is asked for the SQL of a question. */
export const asksHost = ({ config }: Pick<World, "config">) =>
  Effect.gen(function* () {
    let asked = false
    const client = yield* Door.connect(yield* mcpDoor(config), { sampling: {} }, (client) =>
      client.setRequestHandler(CreateMessageRequestSchema, () => {
        asked = true
        return { model: "m", role: "assistant", content: { type: "text", text: "SELECT id FROM products" } }
      })
    )
    yield* Effect.promise(() => client.callTool({ name: "query", arguments: { question: "list the products" } }))
    return asked
  }).pipe(Effect.scoped)

/** One that nobody listens at. */
export const freePort = Effect.callback<number>((resume) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const address = server.address()
    server.close(() => resume(Effect.succeed(address === null || typeof address === "string" ? 0 : address.port)))
  })
})

// -----------------------------------------------------------------------------
// internals

const mcpDoor = Effect.fnUntraced(function* (config: OrchestratorConfig) {
  const context = yield* Layer.build(quietDoor({ ...config, http: { ...config.http, port: 0 } }))
  const origin = `http://127.0.0.1:${portOf(context)}`
  return { origin, url: `${origin}/sse` }
})

const quietDoor = (config: OrchestratorConfig) => Layer.provide(layerOf(config), LogCapture.make().layer)

/** The table with another value at the path, and everything else, also the order of the keys, as it was. */
const put = (table: unknown, [key = "", ...rest]: ReadonlyArray<string>, value: unknown): object => {
  const entries = new Map(Predicate.isObject(table) ? Object.entries(table) : [])
  const inner = rest.length === 0 ? value : put(entries.get(key), rest, value)
  if (inner === undefined) entries.delete(key)
  else entries.set(key, inner)
  return Object.fromEntries(entries)
}

const reasonOf = (error: unknown) =>
  Predicate.hasProperty(error, "reason") && Predicate.hasProperty(error.reason, "_tag")
    ? error.reason._tag
    : Predicate.hasProperty(error, "_tag")
      ? error._tag
      : String(error)
