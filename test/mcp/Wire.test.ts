/** What a hostile or broken client can do to the MCP server: the attacks, over real sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Layer } from "effect"
import { connect } from "node:net"
import { Orchestrator } from "../../src/Orchestrator.ts"
import * as Shop from "../telemetry/shop.ts"
import * as Door from "./Door.ts"
import * as HeldCall from "./HeldCall.ts"
import * as Raw from "./Raw.ts"

const shop = Effect.fnUntraced(function* (options: Parameters<typeof Door.open>[1] = {}) {
  const { config } = yield* Shop.open()
  return yield* Door.open(Shop.orchestrator(config), options)
})

/** Opens sessions until one is refused; gives the answer that refused it. */
const untilFull = Effect.fnUntraced(function* (door: Door.Door, sessions: number) {
  const opened = yield* Effect.forEach(Array.from({ length: sessions }), () => Raw.open(door))
  for (const { status } of opened) assert.strictEqual(status, 200)
  return { opened, refused: yield* Raw.open(door) }
})

describe("sessions", () => {
  it.live(
    "a flood of them is refused with 503 and Retry-After, and a place that becomes free is given away again",
    () =>
      Effect.gen(function* () {
        const door = yield* shop({ maxSessions: 5 })
        const { opened, refused } = yield* untilFull(door, 5)
        assert.deepStrictEqual([refused.status, refused.headers["retry-after"]], [503, "5"])
        yield* opened[0]?.close ?? Effect.void
        yield* Raw.open(door).pipe(
          Effect.filterOrFail(({ status }) => status === 200),
          Effect.retry({ times: 1000 })
        )
      })
  )

  it.live("that come at the same time are counted all the same", () =>
    Effect.gen(function* () {
      const door = yield* shop({ maxSessions: 5 })
      const opened = yield* Effect.replicateEffect(Raw.open(door), 30, { concurrency: "unbounded" })
      assert.lengthOf(
        opened.filter(({ status }) => status === 200),
        5
      )
    })
  )

  it.live("one whose client says nothing is ended in good order, one that speaks goes on", () =>
    Effect.gen(function* () {
      const door = yield* shop({ sessionIdle: "1 second" })
      const [silent, speaking] = [yield* Raw.open(door), yield* Raw.open(door)]
      const speak = Effect.andThen(speaking.post(Raw.call(1, "ping")), Effect.sleep("50 millis"))
      // Idleness is a matter of time: the one speaks for as long as the other has not been ended.
      assert.isTrue(yield* Effect.raceFirst(silent.ended, Effect.forever(speak)))
      assert.strictEqual(yield* speaking.post(Raw.call(2, "ping")), 202)
    })
  )

  it.live("one that works is not idle, however long that takes", () =>
    Effect.gen(function* () {
      const { config } = yield* Shop.open()
      const go = yield* Deferred.make<void>()
      const slow = Layer.effect(
        Orchestrator,
        Effect.map(Orchestrator, (orchestrator) => ({
          ...orchestrator,
          health: () => Effect.as(Deferred.await(go), [])
        }))
      ).pipe(Layer.provide(Shop.orchestrator(config)))
      const door = yield* Door.open(slow, { sessionIdle: "1 second" })
      const raw = yield* Raw.open(door)
      assert.strictEqual(yield* raw.post(Raw.call(1, "tools/call", { name: "servers", arguments: {} })), 202)
      const silent = yield* Raw.open(door)
      yield* silent.ended
      yield* (yield* Raw.open(door)).ended
      yield* Deferred.succeed(go, undefined)
      assert.strictEqual((yield* raw.next)["id"], 1)
    })
  )

  it.live("ids of none, of one that ended and of several at once are no sessions", () =>
    Effect.gen(function* () {
      const door = yield* shop()
      const ended = yield* Raw.open(door)
      yield* ended.close
      const open = yield* Raw.open(door)
      const id = open.endpoint.split("=")[1] ?? ""
      for (const query of [
        "",
        "?sessionId=",
        "?sessionId=x",
        `?sessionId=${id}&sessionId=${id}`,
        `?sessionid=${id}`,
        `?sessionId=${id}%00`,
        "?sessionId=__proto__"
      ]) {
        assert.strictEqual(yield* open.post(Raw.call(1, "ping"), { endpoint: `/messages${query}` }), 404, query)
      }
      yield* Effect.repeat(open.post(Raw.call(1, "ping"), { endpoint: ended.endpoint }), {
        until: (status) => status === 404
      })
      assert.strictEqual(yield* open.post(Raw.call(2, "ping")), 202)
    })
  )

  it.live("answers go to the session that asked, also where two use one id", () =>
    Effect.gen(function* () {
      const door = yield* shop()
      const [one, other] = [yield* Raw.open(door), yield* Raw.open(door)]
      yield* one.post(Raw.call(1, "tools/call", { name: "servers", arguments: {} }))
      yield* other.post(Raw.call(1, "ping"))
      assert.deepStrictEqual(yield* other.next, { jsonrpc: "2.0", id: 1, result: {} })
      assert.nestedProperty(yield* one.next, "result.structuredContent.servers")
    })
  )

  it.live("requests in flight are answered before a stream that drains ends", () =>
    Effect.gen(function* () {
      const { config, servers } = yield* Shop.open({ database: { latency: { read: 300 } } })
      const draining = yield* Deferred.make<void>()
      const door = yield* Door.open(Shop.orchestrator(config), { draining: Deferred.await(draining) })
      const [asking, silent] = [yield* Raw.open(door), yield* Raw.open(door)]
      yield* asking.post(Raw.call(1, "tools/call", { name: "gather_resources", arguments: {} }))
      yield* servers[1].awaitRequest("resources/read")
      yield* Deferred.succeed(draining, undefined)
      assert.isTrue(yield* silent.ended)
      assert.strictEqual((yield* asking.next)["id"], 1)
      assert.isTrue(yield* asking.ended)
    })
  )

  it.live("a door that drains opens no session and takes no call, for another to be asked in its place", () =>
    Effect.gen(function* () {
      const { config } = yield* Shop.open()
      const draining = yield* Deferred.make<void>()
      const door = yield* Door.open(Shop.orchestrator(config), { draining: Deferred.await(draining), sampling: true })
      const session = yield* Raw.open(door)
      const held = yield* HeldCall.hold(session)
      yield* Deferred.succeed(draining, undefined)
      const { headers, status } = yield* Raw.open(door)
      assert.deepStrictEqual([status, headers["retry-after"]], [503, "1"])
      assert.strictEqual(yield* session.post(Raw.call(3, "tools/call", { name: "servers" })), 404)
      assert.strictEqual(yield* session.post(Raw.call(4, "ping")), 202)
      assert.deepStrictEqual(yield* session.next, { jsonrpc: "2.0", id: 4, result: {} })
      yield* held.finish
      assert.isTrue(yield* session.ended)
    })
  )
})

describe("messages", () => {
  it.live("that are malformed are refused, and the session goes on", () =>
    Effect.gen(function* () {
      const raw = yield* Raw.open(yield* shop())
      const bodies = [
        "",
        "{",
        "null",
        "[]",
        "1",
        '"ping"',
        "{}",
        '{"jsonrpc":"1.0","id":1,"method":"ping"}',
        '{"jsonrpc":"2.0","id":{},"method":"ping"}',
        '{"jsonrpc":"2.0","id":1,"method":7}',
        JSON.stringify([Raw.call(1, "ping")]),
        "[".repeat(100_000),
        '{"a":'.repeat(40_000),
        "\u0000"
      ]
      for (const body of bodies) assert.strictEqual(yield* raw.post(body), 400, body.slice(0, 40))
      yield* raw.post(Raw.call(1, "ping"))
      assert.strictEqual((yield* raw.next)["id"], 1)
    })
  )

  it.live("that are no JSON by their type are refused: a page cannot send them as a form", () =>
    Effect.gen(function* () {
      const raw = yield* Raw.open(yield* shop())
      for (const contentType of [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "multipart/form-data"
      ]) {
        assert.strictEqual(yield* raw.post(Raw.call(1, "ping"), { contentType }), 415, contentType)
      }
      assert.strictEqual(yield* raw.post(Raw.call(1, "ping"), { contentType: "application/json; charset=utf-8" }), 202)
    })
  )

  it.live("that are too large are refused, whether they say so or not", () =>
    Effect.gen(function* () {
      const door = yield* shop()
      const raw = yield* Raw.open(door)
      const huge = JSON.stringify(Raw.call(1, "x".repeat(5_000_000)))
      assert.strictEqual(yield* raw.post(huge), 413)
      const status = yield* Effect.promise((signal) =>
        fetch(door.origin + raw.endpoint, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: new Blob([huge]).stream(),
          duplex: "half",
          signal
        }).then(({ status }) => status)
      )
      assert.strictEqual(status, 413)
      yield* raw.post(Raw.call(2, "ping"))
      assert.strictEqual((yield* raw.next)["id"], 2)
    })
  )

  it.live("of unknown methods, before the handshake and after it, are answered as JSON-RPC wants it", () =>
    Effect.gen(function* () {
      const raw = yield* Raw.open(yield* shop())
      for (const method of ["prompts/list", "resources/subscribe", "__proto__", "constructor", "tools/destroy"]) {
        yield* raw.post(Raw.call(1, method))
        assert.nestedPropertyVal(yield* raw.next, "error.code", -32601)
      }
      yield* raw.post({ jsonrpc: "2.0", method: "notifications/unknown" })
      yield* raw.post({ jsonrpc: "2.0", id: 99, result: {} })
      yield* raw.post({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 12345 } })
      yield* raw.post(Raw.call(2, "tools/call", { name: "__proto__", arguments: {} }))
      assert.nestedPropertyVal(yield* raw.next, "error.code", -32602)
      yield* raw.post(
        Raw.call(3, "tools/call", { name: "query", arguments: JSON.parse('{"__proto__":{"question":"x"}}') })
      )
      assert.nestedPropertyVal(yield* raw.next, "result.isError", true)
    })
  )
})

describe("slow readers", () => {
  it.live("lose their session when too much is unread, and what they left is let go", () =>
    Effect.gen(function* () {
      const door = yield* shop({ maxUnread: 100_000, maxSessions: 1 })
      const raw = yield* Raw.open(door)
      yield* raw.stopReading
      // Each is answered with 30 kB; the sockets' buffers take some MB before anything waits here.
      yield* Effect.repeat(raw.post(Raw.call(1, "tools/list")), { until: (status) => status === 404, times: 20_000 })
      assert.strictEqual(yield* raw.post(Raw.call(1, "tools/list")), 404)
      yield* raw.goOnReading
      assert.isFalse(yield* raw.ended)
      // Its place is free.
      yield* Raw.open(door).pipe(
        Effect.filterOrFail(({ status }) => status === 200),
        Effect.retry({ times: 1000 })
      )
    })
  )

  it.live("who read again in time get everything, in order", () =>
    Effect.gen(function* () {
      const raw = yield* Raw.open(yield* shop({ maxUnread: 20_000_000 }))
      yield* raw.stopReading
      for (let id = 1; id <= 200; id++) yield* raw.post(Raw.call(id, "tools/list"))
      yield* raw.goOnReading
      for (let id = 1; id <= 200; id++) assert.strictEqual((yield* raw.next)["id"], id)
    })
  )

  it.live("one message may be longer than all that may wait", () =>
    Effect.gen(function* () {
      const raw = yield* Raw.open(yield* shop({ maxUnread: 1 }))
      yield* raw.post(Raw.call(1, "tools/list"))
      assert.strictEqual((yield* raw.next)["id"], 1)
    })
  )
})

describe("behind a proxy that cuts off a path prefix", () => {
  it.live("the endpoint has the prefix that the proxy names, if that is a path", () =>
    Effect.gen(function* () {
      const door = yield* shop()
      const endpointFor = (prefix: string) =>
        Effect.map(Raw.open(door, { "x-forwarded-prefix": prefix }), ({ endpoint }) => endpoint.split("?")[0])
      assert.strictEqual(yield* endpointFor("/gateway/mcp"), "/gateway/mcp/messages")
      assert.strictEqual(yield* endpointFor("/gateway/"), "/gateway/messages")
      for (const prefix of ["//evil.example", "https://evil.example", "gateway", "/a?b", "/a b", "/", ""]) {
        assert.strictEqual(yield* endpointFor(prefix), "/messages", prefix)
      }
    })
  )
})

it.live("a request that ends in the middle of its head or body does no harm", () =>
  Effect.gen(function* () {
    const door = yield* shop()
    const raw = yield* Raw.open(door)
    const { port } = new URL(door.origin)
    for (const part of [
      "GET /sse HTTP/1.1\r\nhost: 127.0.0.1\r\nx",
      `POST ${raw.endpoint} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"jsonrpc"`
    ]) {
      yield* Effect.callback<void>((resume) => {
        const socket = connect(Number(port), "127.0.0.1", () => {
          socket.write(part, () => {
            socket.destroy()
            resume(Effect.void)
          })
        })
      })
    }
    yield* raw.post(Raw.call(1, "ping"))
    assert.strictEqual((yield* raw.next)["id"], 1)
  })
)
