/** What real servers write that the specification does not: it costs nothing to understand them. Over real sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Redacted } from "effect"
import * as ServerReason from "../../src/errors/ServerReason.ts"
import { type FakeFault, type FakeScript, FakeServer } from "../../src/testing/index.ts"
import { configOf, openSession, quiet, serverConfig } from "./fixture.ts"

const { limits } = configOf([])
const resources = [{ uri: "a://1", name: "one", text: "alpha" }]
const read = [{ uri: "a://1", text: "alpha" }]

/** Handshake, listing and read of a server whose answers all go wrong in this way. */
const gathered = Effect.fnUntraced(function* (script: FakeScript.FakeScript, session = limits) {
  const server = yield* FakeServer.make({ resources, ...script })
  const opened = yield* openSession(serverConfig(server.url), session)
  const page = yield* opened.listPage(null)
  return { server, info: opened.info, page, contents: yield* opened.read("a://1") }
})

const everywhere = (fault: FakeFault.Fault): FakeScript.FakeScript => ({
  faults: (["initialize", "list", "read"] as const).map((at) => ({ at, fault }))
})

const isGathered = (script: FakeScript.FakeScript) =>
  Effect.map(gathered(script), ({ contents, page }) => {
    assert.deepStrictEqual(page.resources, [{ uri: "a://1", name: "one" }])
    assert.deepStrictEqual(contents, read)
  })

describe("an envelope", () => {
  it.live(
    "may lack its version, hold null for what is absent, and come in a batch under any spelling of the event",
    () =>
      Effect.forEach(
        [
          'data: {"id":{id},"result":{result}}\n\n',
          'event: Message\r\ndata: {"jsonrpc":"2.0","id":{id},"result":{result},"error":null}\r\n\r\n',
          'data: {"jsonrpc":null,"id":"{id}","method":null,"params":null,"result":{result},"error":null}\n\n',
          'event: MESSAGE\ndata: [{"jsonrpc":"2.0","method":"notifications/message","params":null},{"jsonrpc":"2.0","id":{id},"result":{result}}]\n\n'
        ],
        (frame) => isGathered(everywhere({ kind: "frame", frame })),
        { discard: true }
      )
  )
})

describe("a handshake", () => {
  const initialized = (result: { readonly [key: string]: unknown }): FakeScript.FakeScript => ({
    faults: [
      {
        at: "initialize",
        fault: {
          kind: "frame",
          frame: `data: {"jsonrpc":"2.0","id":{id},"result":${JSON.stringify({ protocolVersion: "2025-06-18", ...result })}}\n\n`
        }
      }
    ]
  })
  const offers = (result: { readonly [key: string]: unknown }) =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(initialized(result))
      const { info } = yield* openSession(serverConfig(server.url))
      return [info.offersResources, info.offersTools]
    })
  const serverInfo = { name: "n", version: "1" }

  it.live("with null for a capability does not offer it, and PHP's [] is an empty object", () =>
    Effect.gen(function* () {
      const tools = { listChanged: null }
      assert.deepStrictEqual(yield* offers({ serverInfo, capabilities: { resources: null, tools } }), [false, true])
      assert.deepStrictEqual(yield* offers({ serverInfo, capabilities: [] }), [false, false])
      assert.deepStrictEqual(yield* offers({ serverInfo, capabilities: null }), [false, false])
      assert.deepStrictEqual(yield* offers({ serverInfo, capabilities: { resources: [] } }), [true, false])
    })
  )

  it.live("needs no more of the server's name than there is", () =>
    Effect.gen(function* () {
      const capabilities = { resources: {} }
      const nulls = { instructions: null, _meta: null }
      assert.deepStrictEqual(yield* offers({ ...nulls, capabilities, serverInfo: null }), [true, false])
      const half = { name: "n", title: null, version: null }
      assert.deepStrictEqual(yield* offers({ ...nulls, capabilities, serverInfo: half }), [true, false])
    })
  )
})

describe("the answer in the response of the POST", () => {
  const one = '{"jsonrpc":"2.0","id":{id},"result":{result}}'

  it.live("is taken as JSON, as a batch, and as events", () =>
    Effect.forEach(
      [
        { contentType: "application/json; charset=utf-8", body: `\uFEFF${one}` },
        { contentType: "application/json", body: `[${one}]`, status: 202 },
        { contentType: "text/event-stream", body: `event: message\ndata: ${one}\n\n` }
      ],
      (body) => isGathered(everywhere({ kind: "body", ...body })),
      { discard: true }
    )
  )

  it.live("may be an error with 400, which is the answer and no end of the session", () =>
    Effect.gen(function* () {
      const body = '{"jsonrpc":"2.0","id":{id},"error":{"code":-32602,"message":"Invalid cursor"}}'
      const fault = { kind: "body", contentType: "application/json", status: 400, body } as const
      const server = yield* FakeServer.make({ resources, faults: [{ at: "list", fault }] })
      const session = yield* openSession(serverConfig(server.url))
      const { detail, reason } = yield* Effect.flip(session.listPage(null))
      assert.strictEqual(reason._tag, "ServerError")
      assert.include(detail, "Invalid cursor")
      assert.deepStrictEqual(yield* session.read("a://1"), read)
    })
  )

  it.live("is taken as soon as it comes, and its response ends with it", () =>
    Effect.gen(function* () {
      const body = { contentType: "text/event-stream", body: `data: ${one}\n\n`, endless: true }
      const { contents, server } = yield* gathered(everywhere({ kind: "body", ...body }))
      assert.deepStrictEqual(contents, read)
      yield* server.awaitCounters(({ sockets }) => sockets.open <= 2)
    })
  )

  it.live("is waited for no longer than the request, whose end closes its response", () =>
    Effect.gen(function* () {
      const fault = { kind: "body", contentType: "application/json", body: "[", endless: true } as const
      const server = yield* FakeServer.make({ resources, faults: [{ at: "list", fault }] })
      const session = yield* openSession(serverConfig(server.url, { requestTimeout: Duration.millis(100) }))
      const { sockets } = yield* server.counters
      assert.strictEqual((yield* Effect.flip(session.listPage(null))).reason._tag, "TimedOut")
      yield* server.awaitCounters((now) => now.cancelled.length === 1 && now.sockets.open <= sockets.open)
      assert.deepStrictEqual(yield* session.read("a://1"), read)
    })
  )

  it.live("counts against the limit of one answer, and costs no more than its request", () =>
    Effect.gen(function* () {
      for (const contentType of ["application/json", "text/event-stream"]) {
        const fault = { kind: "body", contentType, body: `data: ${"x".repeat(200_000)}` } as const
        const server = yield* FakeServer.make({ resources, faults: [{ at: "list", fault }] })
        const session = yield* openSession(serverConfig(server.url), { ...limits, resourceBytes: 100_000 })
        const { reason, stage } = yield* Effect.flip(session.listPage(null))
        assert.deepStrictEqual([stage, reason._tag], ["limit", "TooLarge"])
        assert.deepStrictEqual(yield* session.read("a://1"), read)
      }
    }).pipe(quiet)
  )
})

describe("a stream", () => {
  it.live("is decoded whatever the spelling of its encoding, brotli too", () =>
    Effect.forEach(
      ["GZIP", "Br", "identity", "none"],
      (encoding) => isGathered({ faults: [{ at: "headers", fault: { kind: "encoding", encoding } }] }),
      { discard: true }
    )
  )

  it.live("in an unknown encoding is refused by its name", () =>
    Effect.gen(function* () {
      const fault = { kind: "encoding", encoding: "zstd" } as const
      const server = yield* FakeServer.make({ faults: [{ at: "headers", fault }] })
      const { detail, reason, stage } = yield* Effect.flip(openSession(serverConfig(server.url)))
      assert.deepStrictEqual([stage, reason], ["http", new ServerReason.Protocol({ hint: "Encoding" })])
      assert.include(detail, "zstd")
    })
  )
})

describe("the cookies of the stream's answer", () => {
  // AWS ALB writes its cookie so (punkpeye/mcp-remote#168).
  const stickyCookie = "AWSALB=node1-opaque-value; Expires=Wed, 01 Jan 2125 00:00:00 GMT; Path=/; HttpOnly"
  const cookies = (server: FakeServer.FakeServer) =>
    Effect.map(server.requests, (all) => all.map(({ headers }) => headers.cookie))

  it.live("go with the POSTs of its session, beside those that are configured, and with nothing else", () =>
    Effect.gen(function* () {
      const { contents, server } = yield* gathered({ stickyCookie })
      assert.deepStrictEqual(contents, read)
      const sent = "AWSALB=node1-opaque-value"
      assert.deepStrictEqual(yield* cookies(server), [undefined, sent, sent, sent, sent])
      const headers = { Cookie: Redacted.make("theme=dark") }
      yield* openSession(serverConfig(server.url, { headers }))
      const both = `theme=dark; ${sent}`
      // The next session begins without.
      assert.deepStrictEqual((yield* cookies(server)).slice(5), ["theme=dark", both, both])
    })
  )

  it.live("never come back out, even when the server repeats them", () =>
    Effect.gen(function* () {
      const fault = { kind: "error", message: "node1-opaque-value is gone" } as const
      const server = yield* FakeServer.make({ resources, stickyCookie, faults: [{ at: "list", fault }] })
      const session = yield* openSession(serverConfig(server.url))
      const { detail } = yield* Effect.flip(session.listPage(null))
      assert.include(detail, "is gone")
      assert.notInclude(detail, "opaque-value")
    })
  )

  it.live("are left out where the server wants https for them", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ stickyCookie: "AWSALB=node1; Path=/; Secure" })
      yield* Effect.flip(openSession(serverConfig(server.url)))
      assert.deepStrictEqual(yield* cookies(server), [undefined, undefined])
    })
  )
})
