/** What stands in the way of a server (a proxy, a balancer, another protocol): each is told by name, with what to do. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect } from "effect"
import * as Gather from "../../src/resources/Gather.ts"
import { type FakeFault, type FakeScript, FakeServer } from "../../src/testing/index.ts"
import { configOf, connect, type Overrides, quiet, serverUrl } from "./fixture.ts"

const resources = [{ uri: "a://1", name: "one", text: "alpha" }]

/** Why a gather from one server fails. */
const failureOf = (url: string, server: Overrides = {}) =>
  Effect.gen(function* () {
    const config = configOf([{ url }], { server })
    return yield* Effect.flip(Gather.gatherAll(yield* connect(config), config))
  }).pipe(Effect.scoped, quiet)

/** The same, from a fake server with this script. */
const failing = (script: FakeScript.FakeScript, server: Overrides = {}) =>
  Effect.gen(function* () {
    const { url } = yield* FakeServer.make({ resources, ...script })
    return yield* failureOf(url, server)
  }).pipe(Effect.scoped)

const faulty = (at: FakeFault.FaultStage, fault: FakeFault.Fault, server: Overrides = {}) =>
  failing({ faults: [{ at, fault }] }, server)

const soon = { connectTimeout: Duration.millis(150) }

describe("a streamable HTTP server", () => {
  // The refusals of the TypeScript SDK's and the Python SDK's streamable HTTP servers.
  const refusals = [
    [405, '{"jsonrpc":"2.0","error":{"code":-32000,"message":"Method not allowed."},"id":null}'],
    [400, '{"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request: Server not initialized"},"id":null}'],
    [400, "Invalid or missing session ID"],
    [406, "Not Acceptable: Client must accept both application/json and text/event-stream"],
    [405, ""]
  ] as const

  it.live("is told by how it refuses the GET", () =>
    Effect.forEach(
      refusals,
      Effect.fnUntraced(function* ([status, body]) {
        const error = yield* faulty("headers", { kind: "status", status, body })
        assert.deepStrictEqual([error.reason._tag, error.attempts], ["Rejected", 1])
        assert.include(error.detail, "streamable HTTP")
        assert.include(error.remedy, "bridge that speaks SSE")
      }),
      { discard: true }
    )
  )

  it.live("is suspected where the stream opens without an endpoint event", () =>
    Effect.gen(function* () {
      const error = yield* faulty("endpoint", { kind: "stall" }, soon)
      assert.deepStrictEqual([error.reason._tag, error.stage], ["TimedOut", "endpoint"])
      assert.include(error.detail, "no endpoint event came")
      assert.include(error.remedy, "streamable HTTP")
    })
  )

  it.live("is not suspected in another refusal", () =>
    Effect.gen(function* () {
      const error = yield* faulty("headers", { kind: "status", status: 404, body: "no such page" })
      assert.notInclude(error.message, "streamable")
    })
  )
})

describe("a port", () => {
  it.live("that speaks plain http is no wrong certificate", () =>
    Effect.gen(function* () {
      const { port } = yield* FakeServer.make()
      const error = yield* failureOf(`https://127.0.0.1:${port}/sse`)
      assert.deepStrictEqual([error.reason._tag, error.attempts], ["Tls", 1])
      assert.include(error.detail, "speaks plain http")
      assert.include(error.remedy, "Write http:// in mcp_servers.server_1.url")
    })
  )

  it.live("that speaks https says so, or closes without an answer", () =>
    Effect.gen(function* () {
      const { port } = yield* FakeServer.make({ tls: "localhost" })
      const closed = yield* failureOf(`http://127.0.0.1:${port}/sse`)
      assert.strictEqual(closed.reason._tag, "Reset")
      assert.include(closed.remedy, "If its port speaks https, write https:// in mcp_servers.server_1.url")
      // nginx's words.
      const body = "<title>400 The plain HTTP request was sent to HTTPS port</title>"
      const told = yield* faulty("headers", { kind: "status", status: 400, body })
      assert.include(told.remedy, "Write https:// in mcp_servers.server_1.url")
    })
  )
})

describe("an endpoint", () => {
  it.live("that lost its path prefix is named with the key that gives it one, and tried once", () =>
    Effect.gen(function* () {
      const error = yield* failing({ proxyPrefix: "/gateway" })
      assert.deepStrictEqual([error.reason._tag, error.stage, error.attempts], ["Rejected", "initialize", 1])
      assert.match(error.detail, /to http:\/\/127\.0\.0\.1:\d+\/messages\?sessionId=\S+ \(from the endpoint event\)/)
      assert.include(error.remedy, "mcp_servers.server_1.endpoint_base")
    })
  )

  it.live("is taken below endpoint_base, wherever the server believes itself to be", () =>
    Effect.gen(function* () {
      const script = { resources, proxyPrefix: "/gateway/crm" }
      for (const url of [undefined, "http://10.0.0.1:8000/messages?sessionId="]) {
        const server = yield* FakeServer.make(script)
        const foreign = { kind: "foreignEndpoint", url: `${url}${server.port}-1` } as const
        if (url !== undefined) yield* server.setScript({ ...script, faults: [{ at: "endpoint", fault: foreign }] })
        const config = configOf([server], { server: { endpointBase: serverUrl(`${server.origin}/gateway/crm/`) } })
        const { servers } = yield* Gather.gatherAll(yield* connect(config), config)
        assert.deepStrictEqual([...(servers[0]?.resources.keys() ?? [])], ["one"])
      }
    }).pipe(quiet)
  )

  it.live("at which nobody takes messages is named, also when the configuration made it", () =>
    Effect.gen(function* () {
      const gone = yield* faulty("initialize", { kind: "status", status: 404, body: "<h1>Not Found</h1>" })
      assert.include(gone.detail, "/messages?sessionId=")
      assert.include(gone.remedy, "announces an endpoint at which nobody takes messages")
      const { origin, url } = yield* FakeServer.make({ proxyPrefix: "/gateway" })
      const wrong = yield* failureOf(url, { endpointBase: serverUrl(`${origin}/other`) })
      assert.match(wrong.detail, /\/other\/messages\?sessionId=\S+ \(from the endpoint event and endpoint_base\)/)
      assert.strictEqual(wrong.attempts, 1)
    })
  )

  it.live("on another origin shows a server that does not know its public address", () =>
    Effect.gen(function* () {
      const error = yield* faulty("endpoint", { kind: "foreignEndpoint", url: "http://10.0.0.1:8000/messages" })
      assert.strictEqual(error.reason._tag, "ForeignEndpoint")
      assert.include(error.remedy, "does not know its public address")
    })
  )
})

describe("a proxy that holds the stream back", () => {
  it.live("is suspected where the server is connected and no header comes", () =>
    Effect.gen(function* () {
      const error = yield* faulty("headers", { kind: "stall" }, soon)
      assert.deepStrictEqual([error.reason._tag, error.stage], ["TimedOut", "http"])
      assert.include(error.remedy, "proxy_buffering off, or X-Accel-Buffering: no")
    })
  )
})

describe("a balancer without affinity", () => {
  it.live("is suspected where the session is unknown to who takes its POSTs, from the first one on", () =>
    Effect.gen(function* () {
      // Of the Python SDK, supergateway, and the TypeScript SDK's example.
      for (const [status, body] of [
        [404, "Could not find session"],
        [503, "No active SSE connection for session 3f0c"],
        [400, "No transport found for sessionId"]
      ] as const) {
        const first = yield* faulty("initialize", { kind: "status", status, body })
        assert.include(first.remedy, "sticky sessions", body)
        assert.strictEqual(first.attempts, status === 503 ? 3 : 1)
        const later = yield* faulty("list", { kind: "status", status, body })
        assert.include(later.remedy, "sticky sessions", body)
        assert.strictEqual(later.attempts, 3)
      }
    })
  )

  it.live("is not suspected in a server that is not there", () =>
    Effect.gen(function* () {
      const error = yield* faulty("list", { kind: "status", status: 503, body: "upstream connect error" })
      assert.notInclude(error.remedy, "sticky")
    })
  )
})

describe("a server that works on one request at a time", () => {
  const hurried = { requestTimeout: Duration.millis(150) }

  it.live("is told by its late answers", () =>
    Effect.gen(function* () {
      const faults = [
        { at: "read", fault: { kind: "answerAfterCancel" }, nth: 1 },
        { at: "read", fault: { kind: "stall" } }
      ] as const
      const error = yield* failing({ faults }, hurried)
      assert.deepStrictEqual([error.reason._tag, error.attempts], ["TimedOut", 3])
      assert.include(error.remedy, "mcp_servers.server_1.max_concurrency")
    })
  )

  it.live("is not suspected where no answer comes, or comes twice", () =>
    Effect.gen(function* () {
      const faults = [
        { at: "list", fault: { kind: "duplicate" } },
        { at: "read", fault: { kind: "stall" } }
      ] as const
      assert.notInclude((yield* failing({ faults }, hurried)).remedy, "max_concurrency")
    })
  )
})
