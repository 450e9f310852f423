import type * as http from "node:http"
import * as https from "node:https"
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Schema, Scope } from "effect"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js"
import { FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Wire from "./Wire.ts"

/** The SDK's own client, closed with the scope. */
const connectSdk = Effect.fnUntraced(function* (url: string, headers: Record<string, string> = {}) {
  const client = new Client({ name: "test", version: "1" })
  const transport = new SSEClientTransport(new URL(url), { requestInit: { headers } })
  yield* Effect.acquireRelease(
    Effect.promise(() => client.connect(transport)),
    () => Effect.promise(() => client.close())
  )
  return client
})

const text = (value: string): FakeScript.FakeToolResult => ({ content: [{ type: "text", text: value }] })

/** Asks and waits for the answer. */
const ask = (session: Wire.Session, method: string, params: object = {}) =>
  Effect.andThen(session.tell({ id: method, method, params }), session.message)

describe("an honest server", () => {
  it.effect("serves the SDK's client: pages, every kind of contents, tools", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make({
        instructions: "Read, then ask.",
        pageSize: 2,
        resources: [
          { uri: "fake://text", name: "text", title: "Text", description: "Some text", text: "äöü €" },
          { uri: "fake://json", name: "json", json: { a: [1, null, "x"] } },
          { uri: "fake://blob", name: "blob", mimeType: "image/png", blob: "AAECAw==" },
          { uri: "fake://none", name: "none" },
          {
            uri: "fake://two",
            name: "__proto__",
            contents: [
              { uri: "fake://two/1", text: "1" },
              { uri: "fake://two/2", blob: "" }
            ]
          }
        ],
        tools: [
          { name: "execute_query", description: "Runs SQL", reply: (args) => text(`ran ${String(args["sql"])}`) },
          { name: "steps", reply: [text("one"), text("two")] },
          { name: "fails", reply: { ...text("no such table"), isError: true } },
          {
            name: "throws",
            reply: () => {
              throw new Error("the handler is broken")
            }
          }
        ]
      })
      const client = yield* connectSdk(fake.url)
      assert.strictEqual(client.getInstructions(), "Read, then ask.")
      assert.deepStrictEqual(client.getServerCapabilities(), { resources: {}, tools: {} })

      const pages = []
      let cursor: string | undefined
      do {
        const page = yield* Effect.promise(() => client.listResources(cursor === undefined ? {} : { cursor }))
        pages.push(page.resources)
        cursor = page.nextCursor
      } while (cursor !== undefined)
      assert.deepStrictEqual(pages, [
        [
          { uri: "fake://text", name: "text", title: "Text", description: "Some text" },
          { uri: "fake://json", name: "json", mimeType: "application/json" }
        ],
        [
          { uri: "fake://blob", name: "blob", mimeType: "image/png" },
          { uri: "fake://none", name: "none" }
        ],
        [{ uri: "fake://two", name: "__proto__" }]
      ])

      const read = (uri: string) => Effect.promise(async () => (await client.readResource({ uri })).contents)
      assert.deepStrictEqual(yield* read("fake://text"), [{ uri: "fake://text", text: "äöü €" }])
      assert.deepStrictEqual(yield* read("fake://json"), [
        { uri: "fake://json", mimeType: "application/json", text: '{"a":[1,null,"x"]}' }
      ])
      assert.deepStrictEqual(yield* read("fake://blob"), [
        { uri: "fake://blob", mimeType: "image/png", blob: "AAECAw==" }
      ])
      assert.deepStrictEqual(yield* read("fake://none"), [])
      assert.deepStrictEqual(yield* read("fake://two"), [
        { uri: "fake://two/1", text: "1" },
        { uri: "fake://two/2", blob: "" }
      ])

      const call = (name: string) => Effect.promise(() => client.callTool({ name, arguments: { sql: "select 1" } }))
      const { tools } = yield* Effect.promise(() => client.listTools())
      assert.deepStrictEqual(
        tools.map((tool) => tool.name),
        ["execute_query", "steps", "fails", "throws"]
      )
      assert.deepStrictEqual<unknown>(yield* call("execute_query"), text("ran select 1"))
      assert.deepStrictEqual<unknown>(yield* call("steps"), text("one"))
      assert.deepStrictEqual<unknown>(yield* call("steps"), text("two"))
      assert.deepStrictEqual<unknown>(yield* call("steps"), text("two"))
      assert.deepStrictEqual<unknown>(yield* call("fails"), { ...text("no such table"), isError: true })
      const failure = yield* Effect.flip(Effect.tryPromise(() => client.callTool({ name: "throws" })))
      assert.match(String(failure.cause), /the handler is broken/)
    })
  )

  it.effect("negotiates: the version asked if it is known, else the newest, or what the script says", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make()
      const negotiated = Effect.fnUntraced(function* (asked: string) {
        const session = yield* Wire.openSession(fake)
        const { result } = yield* ask(session, "initialize", { ...Wire.initialize.params, protocolVersion: asked })
        return Object(result).protocolVersion
      })
      for (const version of ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]) {
        assert.strictEqual(yield* negotiated(version), version)
      }
      assert.strictEqual(yield* negotiated("2031-01-01"), "2025-11-25")
      yield* fake.setScript({ protocolVersion: "1999-12-31" })
      assert.strictEqual(yield* negotiated("2025-06-18"), "1999-12-31")
    })
  )

  it.effect("answers what it cannot do with the JSON-RPC errors of the specification", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make({ tools: [{ name: "known", reply: text("") }] })
      const early = yield* Wire.openSession(fake)
      yield* (yield* early.tell({ method: "notifications/cancelled", params: { requestId: 1 } })).head
      assert.strictEqual((yield* ask(early, "resources/list")).error?.code, -32600)

      const session = yield* Wire.handshake(fake)
      const code = (method: string, params?: object) =>
        Effect.map(ask(session, method, params), (message) => message.error?.code)
      assert.deepStrictEqual((yield* ask(session, "resources/list")).result, { resources: [] })
      assert.strictEqual(yield* code("resources/list", { cursor: "page-9" }), -32602)
      assert.strictEqual(yield* code("resources/list", { cursor: "invented" }), -32602)
      assert.strictEqual(yield* code("resources/read", { uri: "fake://nowhere" }), -32002)
      assert.strictEqual(yield* code("tools/call", { name: "constructor" }), -32602)
      assert.strictEqual(yield* code("prompts/list"), -32601)
      assert.strictEqual(yield* code("toString"), -32601)
      yield* fake.setScript({ capabilities: {} })
      assert.strictEqual(yield* code("resources/list"), -32601)
      assert.strictEqual(yield* code("tools/list"), -32601)

      const status = (connection: Wire.Connection) => Effect.map(connection.head, (head) => head.status)
      assert.strictEqual(yield* status(yield* Wire.post(fake, session.endpoint, "no json")), 400)
      assert.strictEqual(yield* status(yield* Wire.post(fake, "/messages?sessionId=x", "{}")), 404)
      assert.strictEqual(yield* status(yield* Wire.get(fake, "/elsewhere")), 404)
      yield* fake.setScript({ unknownSession: 503 })
      assert.strictEqual(yield* status(yield* Wire.post(fake, "/messages?sessionId=x", "{}")), 503)
    })
  )

  it.effect.prop(
    "sends any text as it is, whatever the line ending",
    [Schema.Array(Schema.String), Schema.Literals(["\n", "\r\n"])],
    ([texts, lineEnding]) =>
      Effect.gen(function* () {
        const resources = texts.map((body, index) => ({ uri: `fake://${index}`, name: body, text: body }))
        const fake = yield* FakeServer.make({ lineEnding, resources })
        const session = yield* Wire.handshake(fake)
        for (const { uri, text: body } of resources) {
          const { result } = yield* ask(session, "resources/read", { uri })
          assert.deepStrictEqual(result, { contents: [{ uri, text: body }] })
        }
      }).pipe(Effect.scoped),
    { arbitrary: { runs: 25 } }
  )

  it.effect("takes its time where it is told to, a resource before its step", () =>
    Effect.gen(function* () {
      const slow = { uri: "fake://slow", name: "slow", text: "", latency: 40 }
      const quick = { uri: "fake://quick", name: "quick", text: "", latency: 0 }
      const usual = { uri: "fake://usual", name: "usual", text: "" }
      const fake = yield* FakeServer.make({
        resources: [slow, quick, usual],
        latency: { connect: 5, headers: 5, endpoint: 5, initialize: 5, list: 5, read: 20, call: 5 }
      })
      const before = performance.now()
      const session = yield* Wire.handshake(fake)
      // Two POSTs wait for their own connections; timers may be a millisecond early.
      assert.isAtLeast(performance.now() - before, 5 * 6 - 6)
      for (const { uri } of [slow, usual, quick]) {
        yield* session.tell({ id: uri, method: "resources/read", params: { uri } })
      }
      const order = [yield* session.message, yield* session.message, yield* session.message]
      assert.deepStrictEqual(
        order.map((message) => message.id),
        [quick.uri, usual.uri, slow.uri]
      )
    })
  )

  it.effect("keeps an idle stream alive with comments", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make({ keepAlive: 2 })
      const session = yield* Wire.handshake(fake)
      const { length } = session.stream.seen().body
      yield* session.stream.body(length + 60)
      assert.isAtLeast(session.stream.seen().comments, 3)
    })
  )
})

describe("live changes", () => {
  const of = (body: string): FakeScript.FakeScript => ({ resources: [{ uri: "fake://a", name: "a", text: body }] })
  const readA = (session: Wire.Session) =>
    Effect.map(ask(session, "resources/read", { uri: "fake://a" }), ({ result }) => Object(result).contents[0].text)

  it.effect("the next request of an open session sees the new script", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make(of("old"))
      const session = yield* Wire.handshake(fake)
      assert.strictEqual(yield* readA(session), "old")
      yield* fake.update((script) => ({ ...script, ...of("new") }))
      assert.strictEqual(yield* readA(session), "new")
    })
  )

  it.effect("a killed server refuses until it is restarted, on the same port, without the old sessions", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make(of("a"))
      const session = yield* Wire.handshake(fake)
      yield* fake.kill
      assert.include(["fin", "ECONNRESET"], yield* session.stream.ended)
      yield* fake.awaitIdle
      const refused = Effect.flatMap(Wire.connect(fake), (connection) => connection.ended)
      assert.strictEqual(yield* refused, "ECONNREFUSED")
      yield* fake.setScript(of("b"))
      assert.strictEqual(yield* refused, "ECONNREFUSED")
      yield* fake.restart
      assert.strictEqual((yield* (yield* session.tell({ id: 1, method: "ping" })).head).status, 404)
      assert.strictEqual(yield* readA(yield* Wire.handshake(fake)), "b")
    })
  )

  it.effect("a restart of a living server drops what is open and nothing else", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make({ ...of("a"), tls: "localhost" })
      const session = yield* Wire.handshake(fake)
      yield* fake.restart
      assert.include(["fin", "ECONNRESET"], yield* session.stream.ended)
      yield* fake.awaitIdle
      assert.strictEqual(yield* readA(yield* Wire.handshake(fake)), "a")
    })
  )

  it.effect("a port that is refused, killed and restarted a hundred times comes back every time", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make()
      for (let round = 0; round < 100; round++) {
        yield* fake.kill
        yield* fake.restart
      }
      yield* Wire.openSession(fake)
    })
  )

  it.effect("closing the scope destroys every socket and closes the port", () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const fake = yield* Scope.provide(FakeServer.make(of("a")), scope)
      const session = yield* Wire.handshake(fake)
      yield* Scope.close(scope, Exit.void)
      assert.include(["fin", "ECONNRESET"], yield* session.stream.ended)
      assert.strictEqual(yield* (yield* Wire.connect(fake)).ended, "ECONNREFUSED")
      yield* fake.awaitIdle
    })
  )
})

describe("counters", () => {
  it.effect("count sockets, sessions, requests, what is in flight, and what was cancelled", () =>
    Effect.gen(function* () {
      const resources = FakeScript.manyResources(3, 100)
      const fake = yield* FakeServer.make({ resources, faults: [{ at: "read", fault: { kind: "stall" } }] })
      const client = yield* connectSdk(fake.url)
      const reads = yield* Effect.forEach(
        resources,
        ({ uri }) => Effect.tryPromise((signal) => client.readResource({ uri }, { signal })),
        { concurrency: "unbounded" }
      ).pipe(Effect.forkChild)
      yield* fake.awaitRequest("resources/read", 3)
      const before = yield* fake.counters
      assert.deepStrictEqual(before.inFlight, { now: 3, peak: 3 })
      assert.deepStrictEqual(before.requests, {
        initialize: 1,
        "notifications/initialized": 1,
        "resources/read": 3
      })
      assert.deepStrictEqual([before.gets, before.posts, before.faults], [1, 5, 3])
      assert.deepStrictEqual(before.sessions, { open: 1, total: 1, peak: 1 })
      yield* Fiber.interrupt(reads)
      const after = yield* fake.awaitCounters(({ cancelled }) => cancelled.length === 3)
      assert.strictEqual(after.inFlight.now, 0)
      const ids = (yield* fake.requests).flatMap(({ message }) =>
        Object(message).method === "resources/read" ? [Object(message).id] : []
      )
      assert.deepStrictEqual(new Set(after.cancelled), new Set(ids))
      // A snapshot stays what it was.
      assert.deepStrictEqual(before.cancelled, [])
    })
  )

  it.effect("an id that is used twice is one request in flight", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make({ faults: [{ at: "list", fault: { kind: "stall" } }] })
      const session = yield* Wire.handshake(fake)
      yield* session.tell({ id: 1, method: "resources/list" })
      yield* session.tell({ id: 1, method: "resources/list" })
      yield* fake.awaitRequest("resources/list", 2)
      assert.deepStrictEqual((yield* fake.counters).inFlight, { now: 1, peak: 1 })
    })
  )

  it.effect("a session ends with its stream, and its timers with both", () =>
    Effect.gen(function* () {
      const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length
      const fake = yield* FakeServer.make({
        keepAlive: 60_000,
        faults: [
          { at: "connect", fault: { kind: "delay", ms: 60_000 }, nth: 1 },
          { at: "headers", fault: { kind: "delay", ms: 60_000 }, nth: 1 },
          { at: "headers", fault: { kind: "drip", every: 60_000 }, nth: 2 },
          { at: "list", fault: { kind: "delay", ms: 60_000 } },
          { at: "initialize", fault: { kind: "endlessAccepted" } }
        ]
      })
      const before = timers()
      yield* Effect.scoped(
        Effect.gen(function* () {
          for (const faults of [1, 2, 3]) {
            yield* Wire.get(fake)
            yield* fake.awaitCounters((counters) => counters.faults === faults)
          }
          const session = yield* Wire.handshake(fake)
          yield* session.tell({ id: 1, method: "resources/list" })
          yield* fake.awaitCounters((counters) => counters.faults === 5)
          assert.isAtLeast(timers(), before + 5)
          yield* session.stream.close
          yield* fake.awaitCounters(({ sessions }) => sessions.open === 0)
          assert.strictEqual((yield* (yield* session.tell({ id: 2, method: "ping" })).head).status, 404)
        })
      )
      yield* fake.awaitIdle
      assert.isAtMost(timers(), before)
    })
  )

  it.effect("the log has the headers, the path, the session and the message of every request", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make()
      yield* connectSdk(fake.url, { authorization: "Bearer test" })
      const requests = yield* fake.requests
      assert.deepStrictEqual(
        requests.map(({ httpMethod, headers, session }) => [httpMethod, headers.authorization, session]),
        [
          ["GET", "Bearer test", 1],
          ["POST", "Bearer test", 1],
          ["POST", "Bearer test", 1]
        ]
      )
      assert.strictEqual(requests[0]?.path, "/sse")
      assert.strictEqual(Object(requests[2]?.message).method, "notifications/initialized")
    })
  )

  it.effect("waiting ends with the change, not before, and a wait that is given up leaves nothing behind", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make()
      const log: Array<string> = []
      const looked = yield* Deferred.make<void>()
      const waiting = yield* fake
        .awaitCounters(({ sessions }) => {
          log.push("waiting")
          Deferred.doneUnsafe(looked, Effect.void)
          return sessions.open === 2
        })
        .pipe(Effect.forkChild)
      let looks = 0
      const givenUp = yield* fake.awaitCounters(() => ++looks < 0).pipe(Effect.forkChild)
      yield* Deferred.await(looked)
      yield* Wire.openSession(fake)
      yield* Fiber.interrupt(givenUp)
      const before = looks
      assert.isUndefined(waiting.pollUnsafe())
      yield* Wire.openSession(fake)
      assert.strictEqual((yield* Fiber.join(waiting)).sessions.open, 2)
      assert.strictEqual(looks, before)
    })
  )

  it.effect("a predicate that throws is a defect of the one who waits", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make()
      const exit = yield* Effect.exit(
        fake.awaitCounters(() => {
          throw new Error("bad predicate")
        })
      )
      assert.isTrue(Exit.hasDies(exit))
      yield* Wire.openSession(fake)
    })
  )

  it.effect("idle means no socket and no session", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make()
      yield* fake.awaitIdle
      const bare = yield* Wire.connect(fake)
      yield* fake.awaitCounters(({ sockets }) => sockets.open === 1)
      const idle = yield* fake.awaitIdle.pipe(Effect.forkChild)
      const session = yield* Wire.openSession(fake)
      yield* bare.close
      yield* fake.awaitCounters(({ sockets }) => sockets.open === 1)
      assert.isUndefined(idle.pollUnsafe())
      yield* session.stream.close
      yield* Fiber.join(idle)
      const { sockets } = yield* fake.counters
      assert.deepStrictEqual(sockets, { open: 0, total: 2, peak: 2 })
    })
  )
})

describe("TLS", () => {
  /** The status of the event stream, or the code of the error. */
  const statusOf = (url: string, ca: string | undefined) =>
    Effect.callback<number | string>((resume) => {
      const request = https.get(
        url,
        { agent: false, ...(ca === undefined ? {} : { ca }) },
        (response: http.IncomingMessage) => {
          response.on("error", () => undefined)
          response.destroy()
          resume(Effect.succeed(response.statusCode ?? 0))
        }
      )
      request.on("error", (cause: NodeJS.ErrnoException) => resume(Effect.succeed(cause.code ?? cause.message)))
    })

  it.effect("is trusted with the authority, and not without", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make({ tls: "localhost" })
      const ca = fake.caCertificate ?? assert.fail("no authority")
      assert.match(fake.url, /^https:/)
      assert.strictEqual(yield* statusOf(fake.url, ca), 200)
      assert.strictEqual(yield* statusOf(`https://localhost:${fake.port}/sse`, ca), 200)
      assert.include(
        ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
        yield* statusOf(fake.url, undefined)
      )
      yield* fake.awaitIdle
    })
  )

  it.effect("can be out of date, or for another host", () =>
    Effect.gen(function* () {
      const expired = yield* FakeServer.make({ tls: "expired" })
      assert.strictEqual(yield* statusOf(expired.url, expired.caCertificate ?? ""), "CERT_HAS_EXPIRED")
      const elsewhere = yield* FakeServer.make({ tls: "elsewhere" })
      assert.strictEqual(yield* statusOf(elsewhere.url, elsewhere.caCertificate ?? ""), "ERR_TLS_CERT_ALTNAME_INVALID")
    })
  )
})

describe("orchestratorConfig", () => {
  it.effect("is the configuration of the servers, in order of priority", () =>
    Effect.gen(function* () {
      const first = yield* FakeServer.make()
      const second = yield* FakeServer.make({ tools: [{ name: "execute_query", reply: text("") }] })
      const config = FakeServer.orchestratorConfig([first, second], {
        servers: [{}, { domains: ["orders"], request_timeout: "1 second" }],
        orchestration: { retry: { attempts: 1 } }
      })
      assert.deepStrictEqual(config, {
        mcp_servers: {
          server_1: {
            name: "Server 1",
            url: first.url,
            priority: 1,
            domains: ["products"],
            capabilities: ["list_resources"],
            transport: "sse"
          },
          server_2: {
            name: "Server 2",
            url: second.url,
            priority: 2,
            domains: ["orders"],
            capabilities: ["list_resources", "execute_query"],
            transport: "sse",
            request_timeout: "1 second"
          }
        },
        orchestration: { fail_fast: true, retry: { attempts: 1 } }
      })
    })
  )
})
