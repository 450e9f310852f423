/** Servers that are far, take few connections, or close kept ones: over real sockets, with a link between that delays. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import * as http from "node:http"
import * as Link from "../../bench/support/Link.ts"
import { lanesFor, PostLanes } from "../../src/connection/sse/PostLanes.ts"
import { gatherAll } from "../../src/resources/Gather.ts"
import { FakeScript, FakeServer } from "../../src/testing/index.ts"
import { configOf, connect, quiet } from "./fixture.ts"

const resources = FakeScript.manyResources(100, 2000)
/** What fails is not tried again: what is tested is below that. */
const retry = { ...configOf([]).retry, attempts: 1 }

/** Gathers twice over one session, all of it. */
const gatherTwice = Effect.fnUntraced(function* (url: string) {
  const config = configOf([{ url }], { retry })
  const connections = yield* connect(config)
  const gather = gatherAll(connections, config)
  for (const { servers } of [yield* gather, yield* gather]) {
    assert.strictEqual(servers[0]?.resources.size, resources.length)
  }
}, quiet)

/**
 * In front of a server, as a reverse proxy: `busy` requests at a time, 503 for more, as nginx's `limit_conn` answers; each
 * takes `ms`; a connection is closed after `perConnection` responses without a word, as some balancers do.
 */
const gateway = Effect.fnUntraced(function* (
  url: string,
  { busy, ms, perConnection }: { readonly busy: number; readonly ms: number; readonly perConnection: number }
) {
  const target = new URL(url)
  let running = 0
  let refused = 0
  const served = new WeakMap<object, number>()
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const number = (served.get(request.socket) ?? 0) + 1
    served.set(request.socket, number)
    if (running >= busy) {
      refused += 1
      request.resume()
      return void response.writeHead(503, { "content-type": "text/html" }).end("<h1>503</h1>")
    }
    running += 1
    response.on("close", () => {
      running -= 1
      if (number === perConnection) request.socket.end()
    })
    const { connection: _, ...headers } = request.headers
    const forward = http.request(
      { host: target.hostname, port: target.port, method: request.method, path: request.url, headers, agent: false },
      (answer) => {
        // The distance itself: how long answers take is what the client goes by.
        setTimeout(
          () => {
            response.writeHead(answer.statusCode ?? 500, answer.headers)
            answer.pipe(response)
          },
          request.method === "POST" ? ms : 0
        )
      }
    )
    forward.on("error", () => response.destroy())
    response.on("close", () => forward.destroy())
    request.pipe(forward)
  })
  yield* Effect.acquireRelease(
    Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
    () =>
      Effect.sync(() => {
        server.closeAllConnections()
        server.close()
      })
  )
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}${target.pathname}`, refused: () => refused }
})

const unlimited = { busy: Number.POSITIVE_INFINITY, ms: 0, perConnection: Number.POSITIVE_INFINITY }

describe("a server that is far", () => {
  it.live("gets more POSTs at a time, and is read while its pages come in", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources, pageSize: 10 })
      const link = yield* Link.to(server.url, 100)
      yield* gatherTwice(link.url)
      assert.isAbove(link.peak(), 12)
      assert.isAtMost(link.peak(), 33)
      const asked = (yield* server.requests).flatMap(
        ({ message }) => /resources\/(?:list|read)/.exec(JSON.stringify(message)) ?? []
      )
      // The second page before what the first one lists, and what that lists before the last page.
      assert.deepStrictEqual(asked.slice(0, 3), ["resources/list", "resources/list", "resources/read"])
      assert.include(asked.slice(3), "resources/list")
    })
  )

  it.live("gets few POSTs at a time again, and all of its resources, behind a proxy that refuses so many", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources, pageSize: 10 })
      // nginx: limit_conn 16, of which the stream is one.
      const { refused, url } = yield* gateway(server.url, { ...unlimited, busy: 16, ms: 150 })
      yield* gatherTwice(url)
      assert.isAbove(refused(), 0)
    })
  )

  it.live("gets few POSTs at a time again where further connections are closed", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources, pageSize: 10 })
      const link = yield* Link.to(server.url, 40, 16)
      yield* gatherTwice(link.url)
      assert.strictEqual(link.peak(), 16)
    })
  )
})

it.live(
  "a kept connection that is closed without a word costs its POST nothing, also when it was handed on at once",
  () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources })
      const { url } = yield* gateway(server.url, { ...unlimited, perConnection: 3 })
      yield* gatherTwice(url)
    })
)

describe("PostLanes", () => {
  const Step = Schema.Union([
    Schema.TaggedStruct("Enter", { urgent: Schema.Boolean }),
    Schema.TaggedStruct("Leave", {}),
    Schema.TaggedStruct("Cancel", { which: Schema.Int }),
    Schema.TaggedStruct("Answer", { ms: Schema.Finite }),
    Schema.TaggedStruct("Retreat", {})
  ])

  it.prop(
    "never sends more at once than there are lanes, in order, the urgent first, and forgets none",
    { steps: Schema.Array(Step), most: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })) },
    ({ most, steps }) => {
      const started: Array<number> = []
      const running: Array<number> = []
      const urgency = new Map<number, boolean>()
      let waiting: Array<number> = []
      const lanes = new PostLanes<number>({
        most,
        start: (post) => {
          started.push(post)
          running.push(post)
          const first = waiting.find((one) => urgency.get(one)) ?? waiting[0]
          if (first !== undefined) assert.strictEqual(post, first)
          waiting = waiting.filter((one) => one !== post)
        },
        onChange: () => undefined
      })
      for (const [number, step] of steps.entries()) {
        if (step._tag === "Enter") {
          urgency.set(number, step.urgent)
          if (running.length >= lanes.lanes) waiting.push(number)
          lanes.enter(number, step.urgent)
        } else if (step._tag === "Leave") {
          if (running.shift() !== undefined) lanes.leave()
        } else if (step._tag === "Cancel") {
          const post = waiting[step.which % Math.max(1, waiting.length)] ?? -1
          assert.strictEqual(lanes.cancel(post), waiting.includes(post))
          waiting = waiting.filter((one) => one !== post)
        } else if (step._tag === "Answer") lanes.answeredAfter(step.ms)
        else lanes.retreat(lanes.lanes)
        assert.isAtLeast(lanes.lanes, 8)
        assert.isAtMost(lanes.lanes, Math.max(8, most))
        // Room is never left while one waits.
        if (waiting.length > 0) assert.isAtLeast(running.length, lanes.lanes)
      }
      assert.deepStrictEqual(lanes.clear().toSorted(), waiting.toSorted())
    }
  )

  it("judges by the fastest of eight, later only downwards, and a retreat is for good", () => {
    const changes: Array<number> = []
    const lanes = new PostLanes<never>({ most: 32, start: () => undefined, onChange: (count) => changes.push(count) })
    for (const ms of [300, 90, 20.2, 40, 50, 60, 70]) lanes.answeredAfter(ms)
    assert.deepStrictEqual(changes, [])
    lanes.answeredAfter(80)
    lanes.answeredAfter(100)
    assert.deepStrictEqual(changes, [21])
    lanes.answeredAfter(15)
    assert.deepStrictEqual(changes, [21, 15])
    assert.isTrue(lanes.retreat(15))
    // Another of those that went out before: back on its way, too.
    assert.isTrue(lanes.retreat(21))
    assert.isFalse(lanes.retreat(lanes.lanes))
    for (let count = 0; count < 20; count += 1) lanes.answeredAfter(100)
    assert.deepStrictEqual(changes, [21, 15, 8])
  })

  it("has as many lanes as there are milliseconds on the way, within its bounds", () => {
    assert.deepStrictEqual(
      [0.2, 8, 8.1, 33, 1000].map((ms) => lanesFor(ms, 32)),
      [8, 8, 9, 32, 32]
    )
    assert.strictEqual(lanesFor(100, 2), 8)
  })
})
