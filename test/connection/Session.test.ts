/** Sessions over real sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Exit, Fiber, Redacted, Scope, Tracer } from "effect"
import { FakeScript, FakeServer } from "../../src/testing/index.ts"
import { configOf, openSession, quiet, serverConfig } from "./fixture.ts"

const { limits } = configOf([])
const many = FakeScript.manyResources(60, 100)
const uris = many.map(({ uri }) => uri)

/** Reads all at once, as far as the sockets allow. */
const readAll = (session: Effect.Success<ReturnType<typeof openSession>>) =>
  Effect.forEach(uris, session.read, { concurrency: "unbounded" })

describe("a session", () => {
  it.live("says what the server said of itself", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({
        serverInfo: { name: "fake", version: "3" },
        protocolVersion: "2024-11-05",
        capabilities: { tools: {} }
      })
      const { info, isOpen } = yield* openSession(serverConfig(server.url))
      assert.isTrue(isOpen())
      assert.deepStrictEqual(info, {
        protocolVersion: "2024-11-05",
        serverInfo: { name: "fake", version: "3" },
        offersResources: false,
        offersTools: true
      })
      const posts = (yield* server.requests).filter(({ httpMethod }) => httpMethod === "POST")
      assert.deepStrictEqual(
        posts.map(({ headers }) => headers["mcp-protocol-version"]),
        [undefined, "2024-11-05"]
      )
    })
  )

  it.live("refuses a protocol version that it does not speak", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ protocolVersion: "1999-01-01" })
      const failure = yield* Effect.flip(openSession(serverConfig(server.url)))
      assert.deepStrictEqual([failure.stage, failure.reason._tag], ["initialize", "Protocol"])
      assert.include(failure.detail, "1999-01-01")
    })
  )

  it.live("sends the configured headers with every request, and its ids from a random offset", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: many })
      const headers = { "x-api-key": Redacted.make("s3cret-key"), Accept: Redacted.make("nothing") }
      const session = yield* openSession(serverConfig(server.url, { headers }))
      yield* session.listPage(null)
      const requests = yield* server.requests
      assert.deepStrictEqual([...new Set(requests.map((request) => request.headers["x-api-key"]))], ["s3cret-key"])
      assert.strictEqual(requests[0]?.headers.accept, "text/event-stream")
      const firstId = Effect.map(server.requests, (all) => JSON.stringify(all.at(-1)?.message).match(/"id":(\d+)/)?.[1])
      const one = Number(yield* firstId)
      assert.isAtLeast(one, 1_000_000)
      yield* (yield* openSession(serverConfig(server.url))).listPage(null)
      assert.notStrictEqual(Number(yield* firstId), one)
    })
  )

  it.live("never lets a secret out, even when the server repeats it", () =>
    Effect.gen(function* () {
      const body = "no access with opaque-value-1 or opaque-value-2"
      const faults = [{ at: "headers", fault: { kind: "status", status: 403, body } }] as const
      const server = yield* FakeServer.make({ faults })
      const config = serverConfig(`${server.url}?api_key=opaque-value-2`, {
        headers: { "x-custom": Redacted.make("opaque-value-1") }
      })
      const refused = yield* Effect.flip(openSession(config))
      assert.strictEqual(refused.reason._tag, "Forbidden")
      assert.notInclude(refused.detail, "opaque-value")
      yield* server.setScript({ faults: [{ at: "list", fault: { kind: "error", message: body } }] })
      const failed = yield* Effect.flip(Effect.flatMap(openSession(config), (session) => session.listPage(null)))
      assert.strictEqual(failed.reason._tag, "ServerError")
      assert.notInclude(failed.detail, "opaque-value")
    })
  )

  it.live("uses few sockets, however many requests are in flight", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: many, latency: { read: 400 } })
      const session = yield* openSession(serverConfig(server.url))
      assert.lengthOf(yield* readAll(session), uris.length)
      const { inFlight, sockets } = yield* server.counters
      assert.isAbove(inFlight.peak, 20)
      assert.isAtMost(sockets.peak, 9)
      assert.isAtMost(sockets.total, 9)
    })
  )

  it.live("leaves no socket when it closes with more stuck POSTs than it has sockets", () =>
    Effect.gen(function* () {
      const faults = [{ at: "read", fault: { kind: "stall", on: "post" } }] as const
      const server = yield* FakeServer.make({ resources: many, faults })
      const scope = yield* Scope.make()
      const session = yield* openSession(serverConfig(server.url)).pipe(Scope.provide(scope))
      const reading = yield* Effect.forkChild(readAll(session))
      yield* server.awaitRequest("resources/read", 8)
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(Exit.isFailure(yield* Fiber.await(reading)))
      yield* server.awaitIdle
      const { sockets } = yield* server.counters
      assert.isAtMost(sockets.total, 9)
      // Requests that waited for a socket must not open one now: they would be there before another session is.
      yield* Effect.scoped(openSession(serverConfig(server.url)))
      yield* server.awaitIdle
      const later = (yield* server.counters).sockets
      assert.strictEqual(later.open, 0)
      assert.isAtMost(later.total - sockets.total, 3)
    })
  )

  it.live("cancels what is interrupted at the server, and nothing else", () =>
    Effect.gen(function* () {
      const [first = "", second = ""] = uris
      const server = yield* FakeServer.make({
        resources: many,
        faults: [{ at: "read", uri: second, fault: { kind: "stall" } }]
      })
      const session = yield* openSession(serverConfig(server.url))
      yield* session.read(first)
      const reading = yield* Effect.forkChild(session.read(second))
      yield* server.awaitRequest("resources/read", 2)
      yield* Fiber.interrupt(reading)
      const { cancelled } = yield* server.awaitCounters(({ cancelled }) => cancelled.length > 0)
      const asked = (yield* server.requests).flatMap(({ message }) => {
        const text = JSON.stringify(message)
        return text.includes(`"${second}"`) ? [Number(/"id":(\d+)/.exec(text)?.[1])] : []
      })
      assert.deepStrictEqual(cancelled, asked)
      assert.isTrue(session.isOpen())
      assert.lengthOf(yield* session.read(first), 1)
    })
  )

  it.live("answers the server's pings", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: many, faults: [{ at: "list", fault: { kind: "ping" } }] })
      const session = yield* openSession(serverConfig(server.url))
      assert.lengthOf((yield* session.listPage(null)).resources, many.length)
      assert.strictEqual((yield* server.counters).pongs, 1)
    })
  )

  it.live("sends a read again, once, when a kept socket was closed under it", () =>
    Effect.gen(function* () {
      const [first = "", second = ""] = uris
      const server = yield* FakeServer.make({
        resources: many,
        faults: [{ at: "read", uri: second, fault: { kind: "drop", on: "post" }, nth: 1, times: 1 }]
      })
      const session = yield* openSession(serverConfig(server.url))
      yield* session.read(first)
      assert.lengthOf(yield* session.read(second), 1)
      assert.strictEqual((yield* server.counters).requests["resources/read"], 3)
      yield* server.setScript({ resources: many, faults: [{ at: "read", fault: { kind: "drop", on: "post" } }] })
      assert.strictEqual((yield* Effect.flip(session.read(second))).reason._tag, "Reset")
      assert.strictEqual((yield* server.counters).requests["resources/read"], 5)
    })
  )

  it.live("fails what is in flight at once when the stream breaks", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: many, faults: [{ at: "read", fault: { kind: "stall" } }] })
      const session = yield* openSession(serverConfig(server.url, { requestTimeout: Duration.seconds(60) }))
      const reading = yield* Effect.forkChild(Effect.flip(session.read(uris[0] ?? "")))
      yield* server.awaitRequest("resources/read")
      const [elapsed, failure] = yield* Effect.timed(Effect.andThen(server.restart, Fiber.join(reading)))
      assert.deepStrictEqual([failure.stage, failure.reason._tag, failure.ended], ["read", "ConnectionLost", true])
      assert.isBelow(Duration.toMillis(elapsed), 500)
      assert.strictEqual((yield* session.lost).reason._tag, "ConnectionLost")
      assert.isFalse(session.isOpen())
      const later = yield* Effect.flip(session.read("x"))
      assert.deepStrictEqual([later.reason._tag, later.ended], ["ConnectionLost", true])
    })
  )

  it.live("blames the answer that was too large, not another that was waiting", () =>
    Effect.gen(function* () {
      const huge = "bench://7"
      const server = yield* FakeServer.make({
        // All the others are still waiting when it comes.
        resources: many.map((resource) => ({ ...resource, latency: resource.uri === huge ? 20 : 5000 })),
        faults: [{ at: "read", uri: huge, fault: { kind: "hugeEvent", bytes: 4_000_000 } }]
      })
      const session = yield* openSession(serverConfig(server.url))
      let failed = ""
      const read = (uri: string) =>
        Effect.tapError(session.read(uri), () => Effect.sync(() => void (failed = failed === "" ? uri : failed)))
      const failure = yield* Effect.flip(Effect.forEach(uris, read, { concurrency: 20 }))
      assert.deepStrictEqual([failure.stage, failure.reason._tag, failed], ["limit", "TooLarge", huge])
    })
  )

  it.live("takes a compressed stream, and events in pieces with any line ending", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({
        resources: many,
        lineEnding: "\r\n",
        keepAlive: 3,
        faults: [
          { at: "headers", fault: { kind: "gzip" } },
          { at: "read", fault: { kind: "drip", bytes: 7, every: 1 } }
        ]
      })
      const session = yield* openSession(serverConfig(server.url))
      assert.deepStrictEqual(yield* session.read("bench://3"), [
        { uri: "bench://3", mimeType: "application/json", text: many[3]?.text ?? "" }
      ])
    })
  )

  it.live("explains a timeout with what the server said last", () =>
    Effect.gen(function* () {
      const error = { jsonrpc: "2.0", id: null, error: { code: -32_700, message: "cannot parse that" } }
      const server = yield* FakeServer.make({
        faults: [{ at: "list", fault: { kind: "badJson", data: JSON.stringify(error) } }]
      })
      const session = yield* openSession(serverConfig(server.url, { requestTimeout: Duration.millis(100) }))
      const failure = yield* Effect.flip(session.listPage(null))
      assert.strictEqual(failure.reason._tag, "TimedOut")
      assert.include(failure.detail, "cannot parse that")
    })
  )

  it.live("gives up a connection that is dead without a word, and not a server that is slow", () =>
    Effect.gen(function* () {
      const outcomeOf = Effect.fnUntraced(function* (on: "stream" | "post") {
        const server = yield* FakeServer.make({ faults: [{ at: "list", fault: { kind: "stall", on } }] })
        const session = yield* openSession(serverConfig(server.url, { requestTimeout: Duration.millis(80) }))
        const { ended, reason } = yield* Effect.flip(session.listPage(null))
        return [reason._tag, ended, session.isOpen()]
      })
      // On the stream the POST was answered, only its answer did not come.
      assert.deepStrictEqual(yield* outcomeOf("stream"), ["TimedOut", false, true])
      assert.deepStrictEqual(yield* outcomeOf("post"), ["TimedOut", true, false])
    })
  )

  it.live("names DNS as the stage when the host does not exist", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(openSession(serverConfig("http://nowhere.invalid/sse")))
      assert.deepStrictEqual([failure.stage, failure.reason._tag], ["dns", "HostNotFound"])
    })
  )

  it.live("passes the current span on to the server when someone records it", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: many })
      const session = yield* openSession(serverConfig(server.url))
      yield* Effect.withSpan(session.listPage(null), "unrecorded")
      const spans: Array<Tracer.Span> = []
      const tracer = Tracer.make({
        span: (options) => {
          const span = Tracer.nativeTracer.span(options)
          spans.push(span)
          return span
        }
      })
      yield* session.read("bench://1").pipe(Effect.withSpan("recorded"), Effect.provideService(Tracer.Tracer, tracer))
      const [, read] = spans
      const sent = (yield* server.requests).map(({ message }) => JSON.stringify(message))
      assert.strictEqual(read?.name, "resources/read")
      assert.lengthOf(
        sent.filter((message) => message.includes("traceparent")),
        1
      )
      assert.include(sent.at(-1), `"_meta":{"traceparent":"00-${read?.traceId}-${read?.spanId}-01"}`)
    })
  )

  it.live("takes resource_bytes as the limit of one event", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: [{ uri: "a", name: "a", text: "x".repeat(200_000) }] })
      const read = (resourceBytes: number) =>
        Effect.scoped(
          Effect.flatMap(openSession(serverConfig(server.url), { ...limits, resourceBytes }), (session) =>
            session.read("a")
          )
        )
      assert.lengthOf(yield* read(300_000), 1)
      assert.strictEqual((yield* Effect.flip(read(100_000))).reason._tag, "TooLarge")
    }).pipe(quiet)
  )
})
