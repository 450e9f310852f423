/** Orchestrators that are servers of orchestrators: three levels, each over real sockets, above scripted servers. */
import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { McpConnectionError, ResourceFetchError } from "../../src/OrchestratorError.ts"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import { Orchestrator } from "../../src/Orchestrator.ts"
import * as RuleBased from "../../src/sql/RuleBased.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Shop from "../telemetry/shop.ts"
import * as LogCapture from "../LogCapture.ts"
import * as Door from "./Door.ts"

const quiet = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, LogCapture.make().layer)

const retry = { attempts: 1 }

const layerOf = Effect.fnUntraced(function* (servers: { readonly [id: string]: object }) {
  const config = yield* ConfigLoader.fromUnknown({ mcp_servers: servers, orchestration: { retry } })
  return Orchestrator.layer.pipe(Layer.provide([ConfigSource.layerValue(config), RuleBased.layer, Sessions.layerSse]))
})

const entry = (url: string, priority: number, more: object = {}) => ({
  name: url,
  url,
  priority,
  domains: ["products"],
  capabilities: ["list_resources"],
  transport: "sse",
  ...more
})

/**
 * At the bottom a server of names; above it two orchestrators, each the only server of the next; at the top one that has
 * the second of them and a database.
 */
const levels = Effect.fnUntraced(function* (metadata: FakeScript.FakeScript = {}) {
  const bottom = yield* FakeServer.make({ resources: Shop.metadata, ...metadata })
  const database = yield* FakeServer.make({
    resources: Shop.schema,
    tools: [Shop.sqlTool(Shop.text('[{"revenue":7}]'))]
  })
  const first = yield* Door.open(yield* layerOf({ names: entry(bottom.url, 1) }))
  const second = yield* Door.open(yield* layerOf({ first: entry(first.url, 1) }))
  const context = yield* Layer.build(
    yield* layerOf({
      second: entry(second.url, 1),
      shop: entry(database.url, 2, { capabilities: ["list_resources", "execute_query"] })
    })
  )
  return { bottom, top: yield* Effect.provideContext(Orchestrator, context) }
})

it.live("the top gathers what the bottom has, unchanged, and its URIs say the way", () =>
  Effect.gen(function* () {
    const { top } = yield* levels()
    const [second] = (yield* top.gather()).servers
    const gathered: ReadonlyArray<unknown> = [...(second?.resources.values() ?? [])].map(
      ({ data, mimeType, name, uri }) => ({ data, mimeType, name, uri })
    )
    assert.deepStrictEqual(
      gathered,
      Shop.metadata
        .map(({ json = null, name, uri }) => ({
          data: json,
          mimeType: "application/json",
          name,
          uri: `orchestrator://first/orchestrator://names/${uri}`
        }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    )
  }).pipe(quiet)
)

it.live("a question at the top is answered with names from the bottom", () =>
  Effect.gen(function* () {
    const { top } = yield* levels()
    const { metadata, resolvedEntities, result } = yield* top.query(Shop.question)
    assert.deepStrictEqual(
      resolvedEntities.map(({ canonicalName, server }) => [canonicalName, server]),
      [["Pulse Band", "second"]]
    )
    assert.deepStrictEqual([metadata.serversUsed, result?.rows], [["second", "shop"], [[7]]])
  }).pipe(quiet)
)

it.live("what changes at the bottom is seen at the top at once", () =>
  Effect.gen(function* () {
    const { bottom, top } = yield* levels()
    yield* top.gather()
    yield* bottom.setScript({ resources: [{ uri: "new://one", name: "new", json: { a: 1 } }] })
    const [second] = (yield* top.gather()).servers
    assert.deepStrictEqual([...(second?.resources.keys() ?? [])], ["new"])
  }).pipe(quiet)
)

it.live("a failure at the bottom is one error at the top, which repeats what the bottom said", () =>
  Effect.gen(function* () {
    const { bottom, top } = yield* levels()
    yield* bottom.update((script) => ({
      ...script,
      faults: [{ at: "read", fault: { kind: "error", message: "disk on fire" } }]
    }))
    const unread = yield* Effect.flip(top.gather())
    assert.instanceOf(unread, ResourceFetchError)
    assert.match(unread.detail, /names.*disk on fire/)
    yield* bottom.kill
    const unconnected = yield* Effect.flip(top.gather())
    assert.notInstanceOf(unconnected, McpConnectionError)
    assert.match(unconnected.detail, /cannot connect to names/)
  }).pipe(quiet)
)

it.live("a gather that is given up at the top ends the requests at the bottom", () =>
  Effect.gen(function* () {
    const { bottom, top } = yield* levels({ latency: { read: 60_000 } })
    const gather = yield* Effect.forkChild(top.gather())
    yield* bottom.awaitRequest("resources/read")
    yield* Fiber.interrupt(gather)
    yield* bottom.awaitRequest("notifications/cancelled")
  }).pipe(quiet)
)

it.live("an orchestrator that declares execute_query of another one is told that there is no such tool", () =>
  Effect.gen(function* () {
    const bottom = yield* FakeServer.make({ resources: Shop.schema, tools: [Shop.sqlTool(Shop.text("[]"))] })
    const first = yield* Door.open(
      yield* layerOf({ shop: entry(bottom.url, 1, { capabilities: ["list_resources", "execute_query"] }) })
    )
    const context = yield* Layer.build(
      yield* layerOf({ first: entry(first.url, 1, { capabilities: ["list_resources", "execute_query"] }) })
    )
    const top = yield* Effect.provideContext(Orchestrator, context)
    const error = yield* Effect.flip(top.query("how many products are there?"))
    assert.match(error.message, /no tool of the server is known to run SQL; it offers "query"/)
    // `query` takes questions: no statement may ever be put to it as one.
    assert.isUndefined((yield* bottom.counters).requests["tools/call"])
  }).pipe(quiet)
)
