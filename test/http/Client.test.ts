/** The derived client against the real server: what it gives is what the orchestrator gave. */
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Stream } from "effect"
import { FetchHttpClient } from "effect/http"
import { type GatherLine, HttpOrchestrator } from "../../src/http/index.ts"
import { ResourceFetchError, SqlGenerationError } from "../../src/OrchestratorError.ts"
import { question, serve, shop, token } from "./Served.ts"

const clientOf = Effect.fnUntraced(function* (url: string, given: string | undefined = token) {
  const context = yield* Layer.build(
    HttpOrchestrator.layer({
      baseUrl: url,
      ...(given === undefined ? {} : { token: Redacted.make(given) })
    }).pipe(Layer.provide(FetchHttpClient.layer))
  )
  return yield* HttpOrchestrator.pipe(Effect.provideContext(context))
})

it.live("answers are models: rows, a map of resources, a health report, requests", () =>
  Effect.gen(function* () {
    const client = yield* clientOf((yield* serve({ server: { token } })).url)
    assert.deepStrictEqual((yield* client.query({ payload: { question } })).result?.rows, [[3]])
    const { servers } = yield* client.gather({ payload: null })
    assert.instanceOf(servers[0]?.resources, Map)
    assert.isTrue((yield* client.servers()).healthy)
    const { entity } = yield* client.resolve({ payload: { name: "fitness band" } })
    assert.strictEqual(entity?.canonicalName, "Pulse Band")
    assert.deepStrictEqual(
      (yield* client.requests()).requests.map(({ kind, outcome }) => `${kind} ${outcome}`),
      ["resolve ok", "gather ok", "query ok"]
    )
  })
)

it.live("failures are instances of their classes, with what they say", () =>
  Effect.gen(function* () {
    const { fakes, url } = yield* serve({ server: { token } })
    const client = yield* clientOf(url)
    const refused = yield* Effect.flip(client.query({ payload: { question: "zork?" } }))
    assert.instanceOf(refused, SqlGenerationError)
    assert.match(refused.message, /^no SQL for "zork\?"/)
    yield* fakes[0]!.setScript({ ...shop, faults: [{ at: "read", fault: { kind: "error" } }] })
    const failed = yield* Effect.flip(client.gather({ payload: {} }))
    assert.instanceOf(failed, ResourceFetchError)
    assert.strictEqual(failed.reason._tag, "ServerError")
  })
)

it.live("without the token it fails with what the door says", () =>
  Effect.gen(function* () {
    const { url } = yield* serve({ server: { token } })
    const client = yield* clientOf(url, "another-token-of-16")
    assert.strictEqual((yield* Effect.flip(client.servers()))._tag, "Unauthorized")
  })
)

it.live("streams are streams: events to the answer or the failure, and lines", () =>
  Effect.gen(function* () {
    const { fakes, url } = yield* serve({ server: { token } })
    const client = yield* clientOf(url)
    const events = yield* Effect.flatMap(client.queryEvents({ payload: { question } }), Stream.runCollect)
    const last = events.at(-1)
    assert.strictEqual(last?.event, "completed")
    const lines = yield* Effect.flatMap(client.gatherLines({ payload: null }), Stream.runCollect)
    assert.deepStrictEqual(
      lines.map((line: GatherLine) => line._tag),
      ["Server", "Resource", "Resource", "Completed"]
    )
    yield* fakes[0]!.setScript({ ...shop, faults: [{ at: "read", fault: { kind: "error" } }] })
    const failed = yield* Effect.flatMap(client.gatherEvents({ payload: null }), Stream.runLast)
    assert.isTrue(failed._tag === "Some" && failed.value.event === "failed")
    if (failed._tag === "Some") assert.instanceOf(failed.value.data, ResourceFetchError)
  })
)
