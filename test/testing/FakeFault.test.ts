import { assert, describe, it } from "@effect/vitest"
import { Effect, type Scope } from "effect"
import { FakeFault, FakeServer, type FakeScript } from "../../src/testing/index.ts"
import * as Wire from "./Wire.ts"

/** One fault at one stage, against a server of its own. */
interface Case {
  readonly stage: FakeFault.FaultStage
  readonly fake: FakeServer.FakeServer
}

type Observer = (given: Case) => Effect.Effect<void, never, Scope.Scope>

const script: FakeScript.FakeScript = {
  resources: [
    { uri: "fake://a", name: "a", text: "alpha" },
    { uri: "fake://b", name: "b", text: "bêta" }
  ],
  tools: [{ name: "execute_query", reply: { content: [{ type: "text", text: "[]" }] } }]
}

const requests = {
  initialize: Wire.initialize,
  list: { method: "resources/list", params: {} },
  read: { method: "resources/read", params: { uri: "fake://a" } },
  call: { method: "tools/call", params: { name: "execute_query", arguments: { sql: "select 1" } } }
}

const rightResults: { readonly [stage: string]: unknown } = {
  initialize: {
    protocolVersion: "2025-06-18",
    capabilities: { resources: {}, tools: {} },
    serverInfo: { name: "fake-mcp-server", version: "1.0.0" }
  },
  list: {
    resources: [
      { uri: "fake://a", name: "a" },
      { uri: "fake://b", name: "b" }
    ]
  },
  read: { contents: [{ uri: "fake://a", text: "alpha" }] },
  call: { content: [{ type: "text", text: "[]" }] }
}

/** A session in which the request of the stage is next. */
const sessionAt = ({ stage, fake }: Case) => (stage === "initialize" ? Wire.openSession(fake) : Wire.handshake(fake))

const isRequest = (stage: FakeFault.FaultStage): stage is FakeFault.RequestStage => stage in requests

/** Asks what the stage is about, as request 7. */
const ask = Effect.fnUntraced(function* (given: Case) {
  assert(isRequest(given.stage))
  const session = yield* sessionAt(given)
  const post = yield* session.tell({ id: 7, ...requests[given.stage] })
  return { session, post }
})

const accepted = (post: Wire.Connection) =>
  Effect.map(post.head, ({ status }) => {
    assert.strictEqual(status, 202)
  })

const isRight = ({ stage }: Case, message: Wire.Message) => {
  assert.strictEqual(message.id, 7)
  assert.deepStrictEqual(message.result, rightResults[stage])
}

/** Nothing more has come for request 7: answers are in order, and the next is that of a ping sent now. */
const onlyPingAnswers = Effect.fnUntraced(function* (session: Wire.Session) {
  yield* session.tell({ id: "then", method: "ping" })
  assert.deepStrictEqual(yield* session.message, { jsonrpc: "2.0", id: "then", result: {} })
})

/** A new session works from end to end. */
const works = Effect.fnUntraced(function* (fake: FakeServer.FakeServer) {
  const session = yield* Wire.handshake(fake)
  yield* session.tell({ id: 1, ...requests.read })
  assert.deepStrictEqual((yield* session.message).result, rightResults["read"])
})

const isRefused = Effect.fnUntraced(function* (fake: FakeServer.FakeServer) {
  const connection = yield* Wire.connect(fake)
  assert.strictEqual(yield* connection.ended, "ECONNREFUSED")
})

/** How the connection that the fault hits ends: the event stream, or before there is one the only connection. */
const endingAt = Effect.fnUntraced(function* (given: Case) {
  if (isRequest(given.stage)) return yield* (yield* ask(given)).session.stream.ended
  return yield* (yield* Wire.get(given.fake)).ended
})

const rightAfterAll: Observer = Effect.fnUntraced(function* (given) {
  const { session, post } = yield* ask(given)
  yield* accepted(post)
  isRight(given, yield* session.message)
})

/** What a client sees of each fault that can be told in one way; the rest is below. */
const observers: { readonly [kind in FakeFault.FaultKind]: readonly [FakeFault.Fault, Observer] } = {
  refuse: [
    { kind: "refuse" },
    Effect.fnUntraced(function* (given) {
      if (given.stage !== "connect") assert.include(["fin", "ECONNRESET"], yield* endingAt(given))
      yield* isRefused(given.fake)
    })
  ],
  restart: [
    { kind: "restart" },
    Effect.fnUntraced(function* (given) {
      assert.include(["fin", "ECONNRESET"], yield* endingAt(given))
      const late = yield* Wire.post(given.fake, `/messages?sessionId=${given.fake.port}-1`, "{}")
      assert.strictEqual((yield* late.head).status, 404)
      yield* works(given.fake)
    })
  ],
  stall: [
    { kind: "stall" },
    Effect.fnUntraced(function* (given) {
      if (isRequest(given.stage)) {
        const { session, post } = yield* ask(given)
        yield* accepted(post)
        yield* onlyPingAnswers(session)
        const { inFlight } = yield* given.fake.counters
        assert.strictEqual(inFlight.now, 1)
        return
      }
      const stream = yield* Wire.get(given.fake)
      if (given.stage === "endpoint") assert.strictEqual((yield* stream.head).status, 200)
      // A later client gets everything while this one has got nothing.
      yield* given.fake.awaitCounters(({ faults }) => faults === 1)
      yield* works(given.fake)
      if (given.stage === "endpoint") assert.strictEqual(stream.seen().body.length, 0)
      else assert.strictEqual(stream.seen().wire.length, 0)
    })
  ],
  drop: [
    { kind: "drop" },
    Effect.fnUntraced(function* (given) {
      // At connect the client's request may cross the server's FIN, which the kernel answers with a reset.
      assert.include(given.stage === "connect" ? ["fin", "ECONNRESET"] : ["fin"], yield* endingAt(given))
    })
  ],
  reset: [
    { kind: "reset" },
    Effect.fnUntraced(function* (given) {
      assert.strictEqual(yield* endingAt(given), "ECONNRESET")
    })
  ],
  end: [
    { kind: "end", retry: 1 },
    Effect.fnUntraced(function* (given) {
      const stream = isRequest(given.stage) ? (yield* ask(given)).session.stream : yield* Wire.get(given.fake)
      assert.strictEqual(yield* stream.ended, "complete")
      assert.strictEqual(stream.seen().retry, 1)
    })
  ],
  halfAnswer: [
    { kind: "halfAnswer" },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      assert.strictEqual(yield* session.stream.ended, "fin")
      const body = session.stream.seen().body.toString()
      assert.match(body.slice(body.lastIndexOf("event:")), /^event: message\ndata: \{"jsonrpc":"2.0","id":7,.*[^\n]$/s)
    })
  ],
  notHttp: [
    { kind: "notHttp" },
    Effect.fnUntraced(function* ({ fake }) {
      const connection = yield* Wire.connect(fake)
      const ending = yield* connection.ended
      if (fake.caCertificate === null) assert.match(connection.seen().wire.toString(), /^SSH-2\.0-/)
      else assert.match(ending, /SSL/)
    })
  ],
  status: [
    FakeFault.rateLimited(7),
    Effect.fnUntraced(function* (given) {
      const connection = isRequest(given.stage) ? (yield* ask(given)).post : yield* Wire.get(given.fake)
      const { status, headers } = yield* connection.head
      assert.strictEqual(status, 429)
      assert.strictEqual(headers["retry-after"], "7")
      assert.strictEqual(yield* connection.body(9), "slow down")
      assert.strictEqual((yield* given.fake.counters).inFlight.now, 0)
    })
  ],
  contentType: [
    { kind: "contentType", contentType: "text/html" },
    Effect.fnUntraced(function* ({ fake }) {
      const stream = yield* Wire.get(fake)
      const { status, headers } = yield* stream.head
      assert.deepStrictEqual([status, headers["content-type"]], [200, "text/html"])
    })
  ],
  redirect: [
    { kind: "redirect", to: "crossOrigin", status: 308 },
    Effect.fnUntraced(function* (given) {
      const connection = isRequest(given.stage) ? (yield* ask(given)).post : yield* Wire.get(given.fake)
      const { status, headers } = yield* connection.head
      assert.strictEqual(status, 308)
      const location = new URL(headers["location"] ?? "")
      assert.notStrictEqual(location.origin, given.fake.origin)
      assert.strictEqual(location.port, String(given.fake.port))
      assert.strictEqual((yield* given.fake.counters).inFlight.now, 0)
    })
  ],
  gzip: [
    { kind: "gzip" },
    Effect.fnUntraced(function* ({ fake }) {
      const session = yield* Wire.handshake(fake)
      assert.strictEqual((yield* session.stream.head).headers["content-encoding"], "gzip")
      yield* session.tell({ id: 7, ...requests.read })
      isRight({ stage: "read", fake }, yield* session.message)
    })
  ],
  encoding: [
    { kind: "encoding", encoding: "zstd" },
    Effect.fnUntraced(function* ({ fake }) {
      const session = yield* Wire.handshake(fake)
      assert.strictEqual((yield* session.stream.head).headers["content-encoding"], "zstd")
    })
  ],
  gzipBomb: [
    { kind: "gzipBomb", bytes: 4_000_000 },
    Effect.fnUntraced(function* (given) {
      const stream = yield* paddedEvent(given, 4_000_000)
      assert.strictEqual((yield* stream.head).headers["content-encoding"], "gzip")
      assert.isBelow(stream.seen().wire.length, 40_000)
    })
  ],
  hugeEvent: [
    { kind: "hugeEvent", bytes: 300_000 },
    Effect.fnUntraced(function* (given) {
      yield* paddedEvent(given, 300_000)
    })
  ],
  drip: [
    { kind: "drip", bytes: 16, every: 1 },
    Effect.fnUntraced(function* (given) {
      if (isRequest(given.stage)) return yield* rightAfterAll(given)
      if (given.stage === "endpoint") return yield* works(given.fake)
      const stream = yield* Wire.get(given.fake)
      yield* given.fake.awaitCounters(({ faults }) => faults === 1)
      yield* works(given.fake)
      assert.match(stream.seen().wire.toString(), /^HTTP\/1.1 200 OK\r\n.*x-slow: x*$/s)
    })
  ],
  delay: [
    { kind: "delay", ms: 30 },
    Effect.fnUntraced(function* (given) {
      const before = performance.now()
      if (isRequest(given.stage)) yield* rightAfterAll(given)
      else yield* Wire.openSession(given.fake)
      // A timer may fire a millisecond early.
      assert.isAtLeast(performance.now() - before, 29)
    })
  ],
  noEndpoint: [
    { kind: "noEndpoint" },
    Effect.fnUntraced(function* ({ fake }) {
      const stream = yield* Wire.get(fake)
      const first = yield* stream.next
      assert("event" in first)
      assert.strictEqual(first.event, "message")
    })
  ],
  foreignEndpoint: [
    { kind: "foreignEndpoint" },
    Effect.fnUntraced(function* (given) {
      const request = isRequest(given.stage) ? yield* ask(given) : null
      const stream = request === null ? yield* Wire.get(given.fake) : request.session.stream
      const arrival = yield* stream.next
      assert("event" in arrival)
      assert.strictEqual(arrival.event, "endpoint")
      assert.notStrictEqual(new URL(arrival.data, given.fake.url).origin, given.fake.origin)
      if (request !== null) isRight(given, yield* request.session.message)
    })
  ],
  badJson: [
    { kind: "badJson" },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      const arrival = yield* session.stream.next
      assert("event" in arrival)
      assert.throws(() => JSON.parse(arrival.data), SyntaxError)
      yield* onlyPingAnswers(session)
    })
  ],
  frame: [
    { kind: "frame", frame: 'event: Message\r\ndata: [{"id":{id},"result":{result}}]\r\n\r\n' },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      const arrival = yield* session.stream.next
      assert("event" in arrival)
      assert.strictEqual(arrival.event, "Message")
      assert.deepStrictEqual(JSON.parse(arrival.data), [{ id: 7, result: rightResults[given.stage] }])
    })
  ],
  body: [
    { kind: "body", status: 201, contentType: "application/json", body: '{"id":{id},"result":{result}}' },
    Effect.fnUntraced(function* (given) {
      const { post, session } = yield* ask(given)
      const { status, headers } = yield* post.head
      assert.deepStrictEqual([status, headers["content-type"]], [201, "application/json"])
      const body = JSON.stringify({ id: 7, result: rightResults[given.stage] })
      assert.strictEqual(yield* post.body(body.length), body)
      yield* onlyPingAnswers(session)
    })
  ],
  wrongId: [
    { kind: "wrongId" },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      const message = yield* session.message
      assert.notStrictEqual(message.id, 7)
      assert.deepStrictEqual(message.result, rightResults[given.stage])
      yield* onlyPingAnswers(session)
    })
  ],
  duplicate: [
    { kind: "duplicate" },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      isRight(given, yield* session.message)
      isRight(given, yield* session.message)
      yield* onlyPingAnswers(session)
    })
  ],
  broadcast: [
    { kind: "broadcast" },
    Effect.fnUntraced(function* (given) {
      const bystander = yield* Wire.openSession(given.fake)
      const { session } = yield* ask(given)
      isRight(given, yield* session.message)
      isRight(given, yield* bystander.message)
    })
  ],
  error: [
    { kind: "error", code: -32000, message: "out of order", data: { hint: "wait" } },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      const { id, error } = yield* session.message
      assert.strictEqual(id, 7)
      assert.deepStrictEqual(error, { code: -32000, message: "out of order", data: { hint: "wait" } })
    })
  ],
  invalidResult: [
    { kind: "invalidResult" },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      const { id, result } = yield* session.message
      assert.strictEqual(id, 7)
      assert.notDeepEqual(result, rightResults[given.stage])
    })
  ],
  wrongUri: [
    { kind: "wrongUri" },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      assert.deepStrictEqual((yield* session.message).result, { contents: [{ uri: "fake://a#other", text: "alpha" }] })
    })
  ],
  cursor: [
    { kind: "cursor", cursor: "repeated" },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      assert.deepStrictEqual((yield* session.message).result, {
        resources: [
          { uri: "fake://a", name: "a" },
          { uri: "fake://b", name: "b" }
        ],
        nextCursor: "page-2"
      })
    })
  ],
  deadSession: [
    { kind: "deadSession", answer: 400 },
    Effect.fnUntraced(function* (given) {
      const { session, post } = yield* ask(given)
      assert.strictEqual((yield* post.head).status, 400)
      assert.strictEqual((yield* given.fake.counters).inFlight.now, 0)
      const later = yield* session.tell({ id: 8, method: "ping" })
      assert.strictEqual((yield* later.head).status, 400)
      yield* works(given.fake)
    })
  ],
  endlessAccepted: [
    { kind: "endlessAccepted" },
    Effect.fnUntraced(function* (given) {
      const { session, post } = yield* ask(given)
      yield* accepted(post)
      yield* post.body(30)
      isRight(given, yield* session.message)
    })
  ],
  answerAfterCancel: [
    { kind: "answerAfterCancel" },
    Effect.fnUntraced(function* (given) {
      const { session, post } = yield* ask(given)
      yield* accepted(post)
      yield* onlyPingAnswers(session)
      yield* session.tell({ method: "notifications/cancelled", params: { requestId: 7 } })
      isRight(given, yield* session.message)
      assert.deepStrictEqual((yield* given.fake.counters).cancelled, [7])
    })
  ],
  ping: [
    { kind: "ping" },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      const ping = yield* session.message
      assert.strictEqual(ping.method, "ping")
      yield* onlyPingAnswers(session)
      yield* session.tell({ id: ping.id, result: {} })
      isRight(given, yield* session.message)
      assert.strictEqual((yield* given.fake.counters).pongs, 1)
    })
  ],
  notification: [
    { kind: "notification", method: "notifications/resources/list_changed", params: {} },
    Effect.fnUntraced(function* (given) {
      const { session } = yield* ask(given)
      const notification = yield* session.message
      assert.deepStrictEqual(
        [notification.method, notification.id],
        ["notifications/resources/list_changed", undefined]
      )
      isRight(given, yield* session.message)
    })
  ],
  comments: [
    { kind: "comments", count: 4 },
    Effect.fnUntraced(function* (given) {
      const stream = isRequest(given.stage) ? (yield* ask(given)).session.stream : yield* Wire.get(given.fake)
      yield* stream.next
      assert.strictEqual(stream.seen().comments, 4)
    })
  ]
}

/** The event of the stage is valid and holds this much padding. */
const paddedEvent = Effect.fnUntraced(function* (given: Case, bytes: number) {
  if (!isRequest(given.stage)) {
    const session = yield* Wire.openSession(given.fake)
    assert.strictEqual(new URL(session.endpoint, given.fake.url).hash.length, 1 + bytes)
    yield* onlyPingAnswers(session)
    return session.stream
  }
  const { session } = yield* ask(given)
  const { id, result } = yield* session.message
  assert.strictEqual(id, 7)
  const { _meta: meta, ...rest } = Object(result)
  assert.strictEqual(meta.padding.length, bytes)
  assert.deepStrictEqual(rest, rightResults[given.stage])
  return session.stream
})

/** Starts a server with these rules, observes, heals it, and sees that it works and that nothing stays behind. */
const check = Effect.fnUntraced(function* (
  stage: FakeFault.FaultStage,
  rules: ReadonlyArray<FakeFault.FaultRule>,
  observe: Observer,
  given: FakeScript.FakeScript = script
) {
  const fake = yield* FakeServer.make({ ...given, faults: rules })
  yield* Effect.scoped(observe({ stage, fake }))
  yield* fake.update((current) => ({ ...current, faults: [] }))
  yield* Effect.scoped(works(fake))
  yield* fake.awaitIdle
  assert.strictEqual((yield* fake.counters).inFlight.now, 0)
})

describe("every fault at every stage is seen on the wire, heals with the script, and leaves nothing behind", () => {
  const stages: ReadonlyArray<FakeFault.FaultStage> = [
    "connect",
    "headers",
    "endpoint",
    "initialize",
    "list",
    "read",
    "call"
  ]
  for (const stage of stages) {
    for (const kind of FakeFault.faultsAt[stage]) {
      const [fault, observe] = observers[kind]
      // A standing refusal is told without a count; everything else strikes once, so that the next client is served.
      const once = stage === "connect" && kind === "refuse" ? {} : { nth: 1 }
      const rules = [{ at: stage, fault, ...once }]
      it.effect(`${kind} at ${stage}`, () => check(stage, rules, observe))
      it.effect(`${kind} at ${stage}, over TLS`, () => check(stage, rules, observe, { ...script, tls: "localhost" }))
    }
  }
})

describe("variants", () => {
  for (const kind of ["stall", "drop", "reset"] as const) {
    it.effect(`${kind} on the POST leaves the stream alone`, () =>
      check(
        "read",
        [{ at: "read", fault: { kind, on: "post" } }],
        Effect.fnUntraced(function* (given) {
          const { session, post } = yield* ask(given)
          if (kind === "drop") assert.strictEqual(yield* post.ended, "fin")
          if (kind === "reset") assert.strictEqual(yield* post.ended, "ECONNRESET")
          yield* onlyPingAnswers(session)
          assert.strictEqual(post.seen().wire.length, 0)
        })
      )
    )
  }

  for (const stage of ["headers", "read"] as const) {
    it.effect(`a redirect on the same origin at ${stage} can be followed`, () =>
      check(
        stage,
        [{ at: stage, fault: { kind: "redirect", to: "sameOrigin" }, times: 1 }],
        Effect.fnUntraced(function* (given) {
          if (stage === "headers") {
            const { status, headers } = yield* (yield* Wire.get(given.fake)).head
            assert.strictEqual(status, 307)
            const stream = yield* Wire.get(given.fake, headers["location"])
            assert.strictEqual((yield* stream.head).status, 200)
            return
          }
          const { session, post } = yield* ask(given)
          const { headers } = yield* post.head
          yield* Wire.post(
            given.fake,
            headers["location"] ?? "",
            JSON.stringify({ jsonrpc: "2.0", id: 7, ...requests.read })
          )
          isRight(given, yield* session.message)
        })
      )
    )

    it.effect(`an endless body of a status at ${stage} goes on and on`, () =>
      check(
        stage,
        [{ at: stage, fault: { kind: "status", status: 500, endless: true } }],
        Effect.fnUntraced(function* (given) {
          const connection = stage === "read" ? (yield* ask(given)).post : yield* Wire.get(given.fake)
          assert.strictEqual((yield* connection.head).status, 500)
          yield* connection.body(50)
        })
      )
    )
  }

  it.effect("a dead session that is silent answers no POST at all", () =>
    check(
      "read",
      [{ at: "read", fault: { kind: "deadSession", answer: "silence" }, nth: 1 }],
      Effect.fnUntraced(function* (given) {
        const { session, post } = yield* ask(given)
        const ping = yield* session.tell({ id: 8, method: "ping" })
        yield* given.fake.awaitRequest("ping")
        yield* works(given.fake)
        assert.strictEqual(post.seen().wire.length + ping.seen().wire.length, 0)
      })
    )
  )

  it.effect("an event may never end", () =>
    check(
      "read",
      [{ at: "read", fault: { kind: "hugeEvent", bytes: Infinity } }],
      Effect.fnUntraced(function* (given) {
        const { session } = yield* ask(given)
        yield* session.stream.body(3_000_000)
      })
    )
  )

  const cursors = {
    endless: [
      ["page-2", ["fake://a"]],
      ["page-3", ["fake://b"]],
      ["page-4", ["endless://3"]],
      ["page-5", ["endless://4"]]
    ],
    repeated: [
      ["page-2", ["fake://a"]],
      ["page-2", ["fake://b"]],
      ["page-2", ["fake://b"]]
    ],
    empty: [
      ["page-2", ["fake://a"]],
      ["", ["fake://b"]],
      ["page-2", ["fake://a"]]
    ],
    null: [
      ["page-2", ["fake://a"]],
      [null, ["fake://b"]]
    ]
  } as const
  for (const cursor of ["endless", "repeated", "empty", "null"] as const) {
    it.effect(`the ${cursor} cursor`, () =>
      check(
        "list",
        [{ at: "list", fault: { kind: "cursor", cursor } }],
        Effect.fnUntraced(function* ({ fake }) {
          const session = yield* Wire.handshake(fake)
          let next: unknown
          for (const [nextCursor, uris] of cursors[cursor]) {
            yield* session.tell({ id: 7, method: "resources/list", params: next === undefined ? {} : { cursor: next } })
            const page = Object((yield* session.message).result)
            assert.deepStrictEqual(
              page.resources.map((resource: { uri: string }) => resource.uri),
              uris
            )
            assert.strictEqual(page.nextCursor, nextCursor)
            next = page.nextCursor
          }
        }),
        { ...script, pageSize: 1 }
      )
    )
  }
})

describe("slow events", () => {
  const rest = Array.from({ length: 5000 }, (_, index) => index)
  const slow: ReadonlyArray<FakeFault.Fault> = [
    { kind: "drip", bytes: 16, every: 1 },
    { kind: "hugeEvent", bytes: 1_000_000 }
  ]
  for (const fault of slow) {
    it.effect(`no other answer gets into the middle of a ${fault.kind}, however many wait for its end`, () =>
      Effect.gen(function* () {
        const fake = yield* FakeServer.make({ ...script, faults: [{ at: "read", fault, nth: 1 }] })
        const { session } = yield* ask({ stage: "read", fake })
        const posts = yield* Wire.connect(fake)
        const bodies = rest.map((id) => JSON.stringify({ jsonrpc: "2.0", id, method: "ping" }))
        yield* posts.send(
          bodies
            .map(
              (body) => `POST ${session.endpoint} HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`
            )
            .join("")
        )
        const ids = [(yield* session.message).id]
        for (const _ of rest) ids.push((yield* session.message).id)
        assert.deepStrictEqual(ids, [7, ...rest])
      })
    )
  }
})

describe("selectors", () => {
  const reads = Effect.fnUntraced(function* (fake: FakeServer.FakeServer, uris: ReadonlyArray<string>) {
    const session = yield* Wire.handshake(fake)
    return yield* Effect.forEach(uris, (uri, index) =>
      session.tell({ id: index, method: "resources/read", params: { uri } }).pipe(
        Effect.andThen(session.message),
        Effect.map(({ error }) => error === undefined)
      )
    )
  })
  const error = { kind: "error" } as const
  const a = "fake://a"
  const b = "fake://b"

  const cases: ReadonlyArray<readonly [string, ReadonlyArray<FakeFault.FaultRule>, ReadonlyArray<boolean>]> = [
    ["every request", [{ at: "read", fault: error }], [false, false, false, false]],
    ["the nth only", [{ at: "read", fault: error, nth: 2 }], [true, false, true, true]],
    ["the first times", [{ at: "read", fault: error, times: 2 }], [false, false, true, true]],
    ["times from the nth", [{ at: "read", fault: error, nth: 2, times: 2 }], [true, false, false, true]],
    ["one resource", [{ at: "read", fault: error, uri: b }], [true, false, true, false]],
    ["the nth of one resource", [{ at: "read", fault: error, uri: b, nth: 2 }], [true, true, true, false]],
    ["another session", [{ at: "read", fault: error, session: 2 }], [true, true, true, true]],
    ["this session", [{ at: "read", fault: error, session: 1 }], [false, false, false, false]],
    [
      "the first rule whose turn it is, while the others count on",
      [
        { at: "read", fault: { kind: "comments" }, nth: 2 },
        { at: "read", fault: error, nth: 2, times: 2 }
      ],
      [true, true, false, true]
    ]
  ]
  for (const [name, faults, expected] of cases) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const fake = yield* FakeServer.make({ ...script, faults })
        assert.deepStrictEqual(yield* reads(fake, [a, b, a, b]), expected)
      })
    )
  }

  it.effect("a page, and a tool", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make({
        ...script,
        pageSize: 1,
        faults: [
          { at: "list", fault: error, page: 2 },
          { at: "call", fault: error, tool: "other" }
        ]
      })
      const session = yield* Wire.handshake(fake)
      const good = Effect.map(session.message, (message) => message.error === undefined)
      yield* session.tell({ id: 1, method: "resources/list" })
      assert.isTrue(yield* good)
      yield* session.tell({ id: 2, method: "resources/list", params: { cursor: "page-2" } })
      assert.isFalse(yield* good)
      yield* session.tell({ id: 3, ...requests.call })
      assert.isTrue(yield* good)
    })
  )

  it.effect("refuse at the nth connection closes the port then, and not before", () =>
    Effect.gen(function* () {
      const fake = yield* FakeServer.make({ ...script, faults: [{ at: "connect", fault: { kind: "refuse" }, nth: 2 }] })
      const stream = yield* Wire.get(fake)
      assert.strictEqual((yield* stream.head).status, 200)
      yield* Wire.connect(fake)
      assert.strictEqual(yield* stream.ended, "fin")
      yield* isRefused(fake)
      yield* fake.restart
      yield* works(fake)
    })
  )

  it.effect("a fault that cannot strike at its stage is a defect, at the start and later", () =>
    Effect.gen(function* () {
      const faults: ReadonlyArray<FakeFault.FaultRule> = [{ at: "connect", fault: { kind: "wrongId" } }]
      const fake = yield* FakeServer.make(script)
      for (const attempt of [Effect.asVoid(FakeServer.make({ faults })), fake.setScript({ faults })]) {
        const exit = yield* Effect.exit(attempt)
        assert.match(String(exit), /\\?"wrongId\\?" cannot strike at \\?"connect\\?"/)
      }
    })
  )
})
