/** Many requests at once on one orchestrator, over real sockets: turns, and gathers that are shared. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Stream, Tracer } from "effect"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Gathered, Orchestrator } from "../src/Orchestrator.ts"
import { type FakeScript, FakeServer } from "../src/testing/index.ts"
import * as LogCapture from "./LogCapture.ts"

/** A running orchestrator of a file that can be written anew, quiet unless a test listens. */
const open = Effect.fnUntraced(function* (config: object) {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "shared-gathers-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true }))
  )
  const configPath = join(folder, "mcp-config.yaml")
  const write = (config: object) => Effect.sync(() => writeFileSync(configPath, JSON.stringify(config)))
  yield* write(config)
  const context = yield* Layer.build(Orchestrator.layerNode({ configPath }))
  return { write, orchestrator: yield* Orchestrator.pipe(Effect.provideContext(context)) }
})

const sharing = { share_gathers: true, request_timeout: "30 seconds", retry: { attempts: 1 } }

/** A resource that tells how often the server was changed. */
const versioned = (version: number): FakeScript.FakeScript => ({
  resources: [{ uri: "version://", name: "version", json: version }],
  latency: { list: 5, read: 5 }
})

const versionIn = ({ servers }: Gathered) => Number(servers[0]?.resources.get("version")?.data)

const hanging: FakeScript.FakeScript = {
  resources: [{ uri: "a://1", name: "a", json: [1] }],
  latency: { read: 60_000 }
}

describe("requests that share the next gather", () => {
  it.live("each get only what was read after they came, by far fewer gathers, whatever they ask", () => {
    const logs = LogCapture.make()
    return Effect.gen(function* () {
      const server = yield* FakeServer.make(versioned(0))
      const { orchestrator } = yield* open(FakeServer.orchestratorConfig([server], { orchestration: sharing }))
      const count = 60
      /** The request that has just come waits for a gather, which will ask this. */
      const nextOf = (method: string) =>
        Effect.flatMap(server.counters, ({ requests }) => server.awaitRequest(method, (requests[method] ?? 0) + 1))
      const asking = yield* Effect.forEach(Array.from({ length: count }), (_, version) =>
        server.setScript(versioned(version)).pipe(
          Effect.andThen(
            Effect.forkChild(
              version % 3 === 0
                ? Effect.map(Stream.runCollect(orchestrator.gatherEvents({ requestId: `r${version}` })), (events) => {
                    const last = events.at(-1)
                    if (last?._tag !== "Completed") return assert.fail("the last event is the result")
                    // All events of the gather, also to those who did not begin it.
                    assert.deepStrictEqual(
                      events.map(({ _tag }) => _tag).filter((tag) => tag !== "Connected"),
                      ["Listed", "Read", "Gathered", "Completed"]
                    )
                    return last.resources
                  })
                : orchestrator.gather({ requestId: `r${version}` }),
              { startImmediately: true }
            )
          ),
          // Some come together, others while a gather lists, or reads: each of these begins another one for those after it.
          Effect.tap(() =>
            version % 3 === 0 ? Effect.void : nextOf(version % 2 === 0 ? "resources/list" : "resources/read")
          )
        )
      )
      for (const [version, fiber] of asking.entries()) {
        const gathered = yield* Fiber.join(fiber)
        assert.isAtLeast(versionIn(gathered), version)
        assert.strictEqual(gathered.requestId, `r${version}`)
      }
      const words = yield* Effect.all([orchestrator.resolve("version", null), orchestrator.vocabulary()], {
        concurrency: "unbounded"
      })
      assert.lengthOf(new Set(words.map(({ requestId }) => requestId)), 2)
      const { requests } = yield* server.counters
      assert.isBelow(requests["resources/read"] ?? 0, count)

      // Every request names its gather, whose lines are nobody else's.
      const gathers = new Set(logs.of("resource_gathering_started").map((line) => line["request_id"]))
      assert.strictEqual(gathers.size, requests["resources/read"])
      const shared = logs.of("gather_shared")
      assert.lengthOf(shared, count + 2)
      for (const line of shared) {
        assert.isTrue(gathers.has(line["gather_id"]))
        assert.isFalse(gathers.has(line["request_id"]))
      }
      for (const line of logs.of("resource_list_received")) assert.strictEqual(line["generation"], 1)
    }).pipe(Effect.scoped, Effect.provide(logs.layer))
  })

  it.live("keep the gather going as long as one of them waits, and end it with the last", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(hanging)
      const { orchestrator } = yield* open(FakeServer.orchestratorConfig([server], { orchestration: sharing }))
      const [first, second, third] = yield* Effect.forEach([1, 2, 3], () =>
        Effect.forkChild(orchestrator.gather(), { startImmediately: true })
      )
      if (first === undefined || second === undefined || third === undefined) return assert.fail()
      yield* server.awaitRequest("resources/read")
      yield* Fiber.interrupt(first)
      yield* Fiber.interrupt(third)
      assert.isUndefined((yield* server.counters).requests["notifications/cancelled"])
      const late = yield* Effect.forkChild(orchestrator.gather(), { startImmediately: true })
      yield* Fiber.interrupt(second)
      yield* server.awaitRequest("notifications/cancelled")
      yield* server.setScript(versioned(7))
      // The one that came meanwhile gets one of its own, which reads again.
      yield* server.awaitRequest("resources/list", 2)
      yield* Fiber.interrupt(late)
      yield* server.setScript(versioned(8))
      const { servers } = yield* orchestrator.gather()
      assert.deepStrictEqual(servers[0]?.resources.get("version")?.data, 8)
    }).pipe(Effect.scoped, Effect.provide(LogCapture.make().layer))
  )

  it.live("of different configurations do not wait for each other, and the old set closes with its last request", () =>
    Effect.gen(function* () {
      const stuck = yield* FakeServer.make(hanging)
      const well = yield* FakeServer.make(versioned(1))
      const configOf = (server: FakeServer.FakeServer) =>
        FakeServer.orchestratorConfig([server], { orchestration: sharing })
      const { orchestrator, write } = yield* open(configOf(stuck))
      const old = yield* Effect.forEach([1, 2], () =>
        Effect.forkChild(orchestrator.gather(), { startImmediately: true })
      )
      yield* stuck.awaitRequest("resources/read")
      const waiting = yield* Effect.forkChild(orchestrator.gather(), { startImmediately: true })
      yield* write(configOf(well))
      yield* orchestrator.reload
      const { generation, servers } = yield* orchestrator.gather()
      assert.deepStrictEqual([generation, servers[0]?.resources.get("version")?.data], [2, 1])
      assert.strictEqual((yield* stuck.counters).sessions.open, 1)
      yield* Fiber.interruptAll([...old, waiting])
      yield* stuck.awaitIdle
    }).pipe(Effect.scoped, Effect.provide(LogCapture.make().layer))
  )

  it.live("have one trace each, to which the gather's own links", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(versioned(0))
      const { orchestrator } = yield* open(FakeServer.orchestratorConfig([server], { orchestration: sharing }))
      const spans: Array<Tracer.Span> = []
      const tracer = Tracer.make({
        span: (options) => {
          const span = new Tracer.NativeSpan(options)
          spans.push(span)
          return span
        }
      })
      yield* Effect.forEach([1, 2, 3], () => orchestrator.gather(), { concurrency: "unbounded" }).pipe(
        Effect.withTracer(tracer)
      )
      const requests = spans.filter(({ name }) => name === "Orchestrator.gather")
      const [shared, ...others] = spans.filter(({ name }) => name === "Gathers.shared")
      assert.lengthOf(requests, 3)
      assert.lengthOf(others, 0)
      assert.strictEqual(shared?.parent._tag, "None")
      assert.sameMembers(
        shared?.links.map(({ span }) => span.spanId) ?? [],
        requests.map(({ spanId }) => spanId)
      )
      assert.isTrue(
        spans.filter(({ name }) => name === "resources/read").every(({ traceId }) => traceId === shared?.traceId)
      )
    }).pipe(Effect.scoped, Effect.provide(LogCapture.make().layer))
  )
})

describe("requests that take turns", () => {
  it.live("wait outside of gather_timeout, and are refused with when to come again once too many wait", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ ...versioned(1), latency: { read: 150 } })
      const { orchestrator } = yield* open(
        FakeServer.orchestratorConfig([server], {
          orchestration: { max_gathers: 1, max_waiting: 3, gather_timeout: "400 millis", retry: { attempts: 1 } }
        })
      )
      // Four in a row take 600 ms at least: the last one waits longer than a gather may take.
      const asked = yield* Effect.forEach([1, 2, 3, 4], () =>
        Effect.forkChild(orchestrator.gather(), { startImmediately: true })
      )
      const error = yield* Effect.flip(orchestrator.resolve("version", null))
      if (error._tag !== "OverloadedError") return assert.fail(error.message)
      assert.deepStrictEqual([error.reason._tag, error.reason.limit, error.isRetryable], ["TooManyWaiting", 3, true])
      assert.include(error.message, "orchestration.max_waiting")
      for (const fiber of asked) assert.lengthOf((yield* Fiber.join(fiber)).servers, 1)
      assert.lengthOf((yield* orchestrator.gather()).servers, 1)
    }).pipe(Effect.scoped, Effect.provide(LogCapture.make().layer))
  )
})
