import type { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { McpError } from "@modelcontextprotocol/sdk/types.js"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Schema, Tracer } from "effect"
import { Orchestrator } from "../../src/Orchestrator.ts"
import {
  McpConnectionError,
  OrchestratorErrorJson,
  ResourceFetchError,
  SqlGenerationError
} from "../../src/OrchestratorError.ts"
import { QueryResult } from "../../src/query/QueryResult.ts"
import { Gathered } from "../../src/resources/GatheredResources.ts"
import { Resolved } from "../../src/resolution/ResolvedEntity.ts"
import * as LogCapture from "../LogCapture.ts"
import * as Shop from "../telemetry/shop.ts"
import * as Door from "./Door.ts"
import * as Raw from "./Raw.ts"

/** The shop's door and a client at it. */
const shop = Effect.fnUntraced(function* (changes: Parameters<typeof Shop.open>[0] = {}) {
  const { config, servers } = yield* Shop.open(changes)
  const door = yield* Door.open(Shop.orchestrator(config))
  return { client: yield* Door.connect(door), door, servers }
})

const ask = { name: "query", arguments: { question: Shop.question } }

/** Interrupted, it tells the server that nobody waits any more. */
const cancellable = (client: Client) => Effect.promise((signal) => client.callTool(ask, undefined, { signal }))

const textOf = (content: unknown): string => {
  const [first] = Schema.decodeUnknownSync(
    Schema.Array(Schema.Struct({ type: Schema.Literal("text"), text: Schema.String }))
  )(content)
  return first?.text ?? ""
}

const Failed = Schema.Struct({
  isError: Schema.Literal(true),
  structuredContent: Schema.Struct({ error: OrchestratorErrorJson })
})

/** The error of a result, as the instance of its class. */
const errorOf = (result: unknown) =>
  Effect.map(Schema.decodeUnknownEffect(Failed)(result), ({ structuredContent }) => structuredContent.error)

describe("tools/list", () => {
  it.live("announces four tools that only read, each with the schema of what it takes and gives", () =>
    Effect.gen(function* () {
      const { client } = yield* shop()
      const { tools } = yield* Effect.promise(() => client.listTools())
      assert.deepStrictEqual(
        tools.map(({ annotations, inputSchema, name, outputSchema }) => [
          name,
          annotations?.readOnlyHint,
          Object.keys(inputSchema.properties ?? {}),
          inputSchema["additionalProperties"],
          outputSchema?.type
        ]),
        [
          ["query", true, ["question", "dryRun"], false, "object"],
          ["resolve", true, ["name", "type"], false, "object"],
          ["gather_resources", true, [], false, "object"],
          ["servers", true, [], false, "object"]
        ]
      )
    })
  )

  // A host puts the list into its model's context at every turn.
  it.live("takes less than 30 kB", () =>
    Effect.gen(function* () {
      const { client } = yield* shop()
      const listed = yield* Effect.promise(() => client.listTools())
      assert.isBelow(JSON.stringify(listed).length, 30_000)
    })
  )
})

// The SDK's client checks what every tool answers against the schema that was listed.
describe("tools/call", () => {
  it.live("query answers with rows, as structured content and as the same text", () =>
    Effect.gen(function* () {
      const { client } = yield* shop()
      yield* Effect.promise(() => client.listTools())
      const { content, isError, structuredContent } = yield* Effect.promise(() => client.callTool(ask))
      assert.isUndefined(isError)
      assert.deepStrictEqual(JSON.parse(textOf(content)), structuredContent)
      const { metadata, result } = yield* Schema.decodeUnknownEffect(Schema.toCodecJson(QueryResult))(structuredContent)
      assert.deepStrictEqual(result, { columns: ["revenue"], rows: [[1]], rowCount: 1, truncated: false })
      assert.strictEqual(metadata.executedOn, "server_2")
    })
  )

  it.live("query with dryRun runs nothing, and a null in its place is no dry run", () =>
    Effect.gen(function* () {
      const { client, servers } = yield* shop()
      const call = (dryRun: boolean | null) =>
        Effect.promise(() => client.callTool({ name: "query", arguments: { question: Shop.question, dryRun } }))
      yield* call(true)
      assert.isUndefined((yield* servers[1].counters).requests["tools/call"])
      yield* call(null)
      assert.strictEqual((yield* servers[1].counters).requests["tools/call"], 1)
    })
  )

  it.live("resolve says which server decided, gather_resources gives all of them, servers says how they are", () =>
    Effect.gen(function* () {
      const { client } = yield* shop()
      yield* Effect.promise(() => client.listTools())
      const call = (name: string, args = {}) =>
        Effect.map(
          Effect.promise(() => client.callTool({ name, arguments: args })),
          ({ structuredContent }) => structuredContent
        )
      const resolved = yield* Schema.decodeUnknownEffect(Resolved)(
        yield* call("resolve", { name: "fitness band", type: null })
      )
      assert.deepStrictEqual([resolved.entity?.canonicalName, resolved.entity?.server], ["Pulse Band", "server_1"])
      const unknown = yield* Schema.decodeUnknownEffect(Resolved)(
        yield* call("resolve", { name: "zzzz", type: "products" })
      )
      assert.isNull(unknown.entity)
      const gathered = yield* Schema.decodeUnknownEffect(Schema.toCodecJson(Gathered))(yield* call("gather_resources"))
      assert.deepStrictEqual(
        gathered.servers.map(({ id, resources }) => [id, [...resources.keys()]]),
        [
          ["server_1", ["column_mappings", "product_aliases"]],
          ["server_2", ["database_metadata"]]
        ]
      )
      assert.deepInclude(yield* call("servers"), { healthy: true })
    })
  )

  it.live("wrong arguments are a result that says what is wrong, so that the model can mend them", () =>
    Effect.gen(function* () {
      const { client } = yield* shop()
      for (const [name, args, said] of [
        ["query", {}, /Missing.*question/],
        ["query", { question: "" }, /not blank.*question/],
        ["query", { question: 1 }, /question/],
        ["query", { question: "x", dryrun: true }, /only question, dryRun.*dryrun/],
        ["query", { question: "x", dryRun: "yes" }, /dryRun/],
        ["servers", { server: "x" }, /takes no arguments.*server/]
      ] as const) {
        const { content, isError } = yield* Effect.promise(() => client.callTool({ name, arguments: args }))
        assert.isTrue(isError)
        assert.match(textOf(content), /InvalidArguments/)
        assert.match(textOf(content), said)
      }
    })
  )

  it.live("a domain that no server has is a failure that names those there are", () =>
    Effect.gen(function* () {
      const { client } = yield* shop()
      const { content, isError } = yield* Effect.promise(() =>
        client.callTool({ name: "resolve", arguments: { name: "fitness band", type: "producs" } })
      )
      assert.isTrue(isError)
      assert.match(textOf(content), /EntityNotFoundError.*No server has the domain producs; there are .*products/)
    })
  )

  it.live("an unknown tool is a protocol error that names those that there are", () =>
    Effect.gen(function* () {
      const { client } = yield* shop()
      const error = yield* Effect.flip(Effect.tryPromise(() => client.callTool({ name: "execute" })))
      assert.instanceOf(error.cause, McpError)
      assert.match(String(error.cause), /-32602: Unknown tool: there are query, resolve, gather_resources, servers/)
    })
  )

  it.live("a failure is a result with the tagged error, which decodes to the instance of its class", () =>
    Effect.gen(function* () {
      const { client, servers } = yield* shop()
      yield* Effect.promise(() => client.listTools())
      const call = (name: string, args = {}) => Effect.promise(() => client.callTool({ name, arguments: args }))
      const unclear = yield* errorOf(yield* call("query", { question: "what is the colour of happiness" }))
      assert.instanceOf(unclear, SqlGenerationError)
      yield* servers[0].update((script) => ({ ...script, faults: [{ at: "read", fault: { kind: "error" } }] }))
      const unread = yield* errorOf(yield* call("query", { question: Shop.question }))
      assert.instanceOf(unread, ResourceFetchError)
      yield* servers[1].kill
      const unconnected = yield* errorOf(yield* call("gather_resources"))
      assert.instanceOf(unconnected, McpConnectionError)
      assert.strictEqual(unconnected.server, "server_2")
    })
  )

  it.live("a bug is an internal error: not a word of it goes to the host, all of it into the log", () =>
    Effect.gen(function* () {
      const { config } = yield* Shop.open()
      const logs = LogCapture.make()
      const broken = Layer.effect(
        Orchestrator,
        Effect.map(Orchestrator, (orchestrator) => ({
          ...orchestrator,
          query: () => Effect.die(new Error("/home/secret"))
        }))
      ).pipe(Layer.provide(Shop.orchestrator(config)))
      const client = yield* Door.connect(yield* Door.open(broken, {}, logs))
      const answer = yield* Effect.promise(() => client.callTool(ask))
      assert.deepStrictEqual(JSON.parse(textOf(answer.content)).error._tag, "InternalError")
      assert.notInclude(JSON.stringify(answer), "secret")
      assert.include(JSON.stringify(logs.all()), "/home/secret")
    })
  )
})

describe("progress", () => {
  /** What is told of a call, up to its answer; on the wire, since the SDK's client may drop what comes just before it. */
  const toldOf = Effect.fnUntraced(function* (door: Door.Door, name: string, args: object) {
    const raw = yield* Raw.open(door)
    yield* raw.post(Raw.call(1, "tools/call", { name, arguments: args, _meta: { progressToken: "token" } }))
    const told: Array<{ readonly progress: number; readonly total: number; readonly message: string }> = []
    for (let message = yield* raw.next; message["id"] !== 1; message = yield* raw.next) {
      assert.strictEqual(message["method"], "notifications/progress")
      const { progressToken, ...progress } = yield* Schema.decodeUnknownEffect(Told)(message["params"])
      assert.strictEqual(progressToken, "token")
      told.push(progress)
    }
    return told
  })
  const Told = Schema.Struct({
    progressToken: Schema.String,
    progress: Schema.Finite,
    total: Schema.Finite,
    message: Schema.String
  })

  it.live("grows to its total, and tells of every server and of every step", () =>
    Effect.gen(function* () {
      const { door } = yield* shop()
      const told = yield* toldOf(door, "query", { question: Shop.question })
      const numbers = told.map(({ progress }) => progress)
      assert.deepStrictEqual(
        numbers,
        [...new Set(numbers)].toSorted((a, b) => a - b)
      )
      assert.deepStrictEqual([numbers.at(-1), told.at(-1)?.total], [5, 5])
      const words = told.map(({ message }) => message).join("\n")
      for (const word of [
        /^server_1: connected/m,
        /^server_2: gathered in/m,
        /1 name recognised/,
        /by rule-based/,
        /1 row from server_2/
      ]) {
        assert.match(words, word)
      }
    })
  )

  it.live("of a gather ends with the last server", () =>
    Effect.gen(function* () {
      const { door } = yield* shop()
      assert.deepInclude((yield* toldOf(door, "gather_resources", {})).at(-1), { progress: 2, total: 2 })
    })
  )

  it.live("is not told to who did not ask for it", () =>
    Effect.gen(function* () {
      const { door } = yield* shop()
      const raw = yield* Raw.open(door)
      yield* raw.post(Raw.call(1, "tools/call", ask))
      assert.strictEqual((yield* raw.next)["id"], 1)
    })
  )
})

describe("cancellation", () => {
  it.live("of a call ends the requests at the servers, and the session goes on", () =>
    Effect.gen(function* () {
      const { client, servers } = yield* shop({ database: { latency: { read: 60_000 } } })
      const call = yield* Effect.forkChild(cancellable(client))
      yield* servers[1].awaitRequest("resources/read")
      yield* Fiber.interrupt(call)
      yield* servers[1].awaitRequest("notifications/cancelled")
      yield* Effect.promise(() => client.ping())
    })
  )

  it.live("a client that leaves in the middle of a call ends the requests at the servers", () =>
    Effect.gen(function* () {
      const { config, servers } = yield* Shop.open({ database: { latency: { read: 60_000 } } })
      const door = yield* Door.open(Shop.orchestrator(config))
      yield* Effect.scoped(
        Effect.gen(function* () {
          const client = yield* Door.connect(door)
          client.callTool(ask).catch(() => {})
          yield* servers[1].awaitRequest("resources/read")
        })
      )
      yield* servers[1].awaitRequest("notifications/cancelled")
    })
  )
})

describe("busy", () => {
  it.live("more requests than there is room for are refused, of all sessions together, until one has ended", () =>
    Effect.gen(function* () {
      const { config, servers } = yield* Shop.open({ database: { latency: { read: 60_000 } } })
      const door = yield* Door.open(Shop.orchestrator(config), { admit: yield* Door.oneAtOnce })
      const [one, other] = [yield* Door.connect(door), yield* Door.connect(door)]
      const running = yield* Effect.forkChild(cancellable(one))
      yield* servers[1].awaitRequest("resources/read")
      const error = yield* Effect.flip(Effect.tryPromise(() => other.callTool({ name: "servers" })))
      assert.match(String(error.cause), /-32000: full/)
      yield* Fiber.interrupt(running)
      yield* servers[1].awaitRequest("notifications/cancelled")
      const answered = yield* Effect.promise(() => other.callTool({ name: "servers" }))
      assert.isUndefined(answered.isError)
    })
  )
})

it.live("a call belongs to the trace that its host names, down to the servers", () =>
  Effect.gen(function* () {
    const { config, servers } = yield* Shop.open()
    const tracer = Tracer.make({ span: (options) => new Tracer.NativeSpan(options) })
    const door = yield* Door.open(
      Shop.orchestrator(config).pipe(Layer.provideMerge(Layer.succeed(Tracer.Tracer, tracer)))
    )
    const raw = yield* Raw.open(door)
    const trace = "0af7651916cd43dd8448eb211c80319c"
    const call = (id: number, traceparent: unknown) =>
      Effect.andThen(
        raw.post(Raw.call(id, "tools/call", { name: "gather_resources", arguments: {}, _meta: { traceparent } })),
        raw.next
      )
    yield* call(1, `00-${trace}-b7ad6b7169203331-01`)
    const reads = (yield* servers[0].requests).filter(({ message }) =>
      JSON.stringify(message).includes("resources/read")
    )
    assert.isNotEmpty(reads)
    for (const { message } of reads) assert.include(JSON.stringify(message), `00-${trace}-`)
    for (const nonsense of ["", "00-zz", 7, null]) assert.nestedProperty(yield* call(2, nonsense), "result.content")
  })
)
