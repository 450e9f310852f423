/** The endpoints of the API, over real sockets to the door and to the MCP servers behind it. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Tracer } from "effect"
import { ask, eventsOf, open, question, serve, shop } from "./Served.ts"

/** Stalls at its first read. */
const stalling = { ...shop, faults: [{ at: "read", fault: { kind: "stall" } } as const] }

const failing = {
  ...shop,
  faults: [{ at: "read", fault: { kind: "error", code: -32000, message: "the disk is gone" } } as const]
}

describe("answers", () => {
  it.live("a question is answered as by query --json", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const { body, status } = yield* ask(`${url}/v1/query`, { json: { question } })
      assert.strictEqual(status, 200)
      assert.deepStrictEqual(body.result, { columns: ["count"], rows: [[3]], rowCount: 1, truncated: false })
      assert.strictEqual(body.metadata.executedOn, "server_1")
    })
  )

  it.live("a dry run sends no SQL", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve()
      const { body } = yield* ask(`${url}/v1/query`, { json: { question, dryRun: true } })
      assert.isNull(body.result)
      assert.isUndefined((yield* fakes[0]!.counters).requests["tools/call"])
    })
  )

  it.live("a name is resolved, and one that is not there is 404 with the tagged error", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const found = yield* ask(`${url}/v1/resolve`, { json: { name: "fitness band", type: "products" } })
      assert.strictEqual(found.body.canonicalName, "Pulse Band")
      const missing = yield* ask(`${url}/v1/resolve`, { json: { name: "zork" } })
      assert.strictEqual(missing.status, 404)
      assert.strictEqual(missing.headers.get("content-type"), "application/problem+json")
      assert.strictEqual(missing.body.error._tag, "EntityNotFoundError")
      assert.strictEqual(missing.body.detail, missing.body.error.message)
    })
  )

  it.live("a gather gives everything as one document, with or without a body", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const bare = yield* ask(`${url}/v1/gather`, { method: "POST" })
      const { body } = yield* ask(`${url}/v1/gather`, { json: {} })
      assert.deepStrictEqual(Object.keys(body.servers.server_1.resources), ["database_metadata", "products"])
      assert.deepStrictEqual(bare.body.servers.server_1.resources, body.servers.server_1.resources)
    })
  )

  it.live("servers, vocabulary and configuration can be got", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      assert.isTrue((yield* ask(`${url}/v1/servers`)).body.healthy)
      const vocabulary = (yield* ask(`${url}/v1/vocabulary`)).body
      assert.strictEqual(vocabulary.entities[0].name, "Pulse Band")
      assert.deepInclude(vocabulary.servers[0], { server: "server_1", priority: 1 })
      assert.deepStrictEqual((yield* ask(`${url}/v1/config`)).body, {
        file: "",
        values: [],
        current: true,
        problems: []
      })
      const { body } = yield* ask(`${url}/v1/validate`)
      assert.isTrue(body.valid)
      assert.strictEqual(body.servers[0].understood[0].tables, 2)
    })
  )

  it.live("a server that cannot deliver is the caller's 502, with its name, stage and remedy", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ scripts: [shop, failing] })
      const { body, status } = yield* ask(`${url}/v1/query`, { json: { question } })
      assert.strictEqual(status, 502)
      assert.deepInclude(body, { type: "urn:mcp-orchestrator:ResourceFetchError", status: 502 })
      assert.deepInclude(body.error, { _tag: "ResourceFetchError", server: "server_2", stage: "read" })
    })
  )

  it.live("what a server asked us to wait is passed on", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({
        scripts: [
          {
            ...shop,
            faults: [{ at: "headers", fault: { kind: "status", status: 429, headers: { "retry-after": "7" } } }]
          }
        ]
      })
      const { body, headers, status } = yield* ask(`${url}/v1/gather`, { method: "POST" })
      assert.strictEqual(status, 503, JSON.stringify(body))
      assert.strictEqual(headers.get("retry-after"), "7")
    })
  )
})

describe("streams", () => {
  it.live("a question tells what happens, and ends with the answer", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const { headers, text } = yield* ask(`${url}/v1/query/events`, { json: { question } })
      assert.strictEqual(headers.get("content-type"), "text/event-stream")
      assert.strictEqual(headers.get("x-accel-buffering"), "no")
      const events = eventsOf(text)
      assert.deepStrictEqual(
        [...new Set(events.map(({ event }) => event))],
        ["connected", "listed", "read", "gathered", "resolved", "generated", "executed", "completed"]
      )
      assert.deepStrictEqual(events.at(-1)?.data.result.result.rows, [[3]])
    })
  )

  it.live("are of one request: the answer's id is that of its last event", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const given = yield* ask(`${url}/v1/gather/events`, { json: {}, headers: { "x-request-id": "mine-1" } })
      const made = yield* ask(`${url}/v1/query/events`, { json: { question } })
      assert.strictEqual(eventsOf(given.text).at(-1)?.data.resources.requestId, "mine-1")
      assert.strictEqual(eventsOf(made.text).at(-1)?.data.result.metadata.requestId, made.headers.get("x-request-id"))
    })
  )

  it.live("accept asks for the stream at the endpoint itself", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const headers = { accept: "text/event-stream" }
      for (const [path, json] of [
        ["query", { question }],
        ["resolve", { name: "Pulse Band" }],
        ["gather", {}]
      ] as const) {
        const { text } = yield* ask(`${url}/v1/${path}`, { json, headers })
        assert.strictEqual(eventsOf(text).at(-1)?.event, "completed", path)
      }
      const lines = yield* ask(`${url}/v1/gather`, { json: {}, headers: { accept: "application/x-ndjson" } })
      assert.strictEqual(lines.headers.get("content-type"), "application/x-ndjson")
    })
  )

  it.live("a path that names the stream gives it, whatever is accepted, as by curl --json", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const headers = { accept: "application/json" }
      const events = yield* ask(`${url}/v1/query/events`, { json: { question }, headers })
      assert.strictEqual(eventsOf(events.text).at(-1)?.event, "completed")
      const lines = yield* ask(`${url}/v1/gather/lines`, { json: {}, headers })
      assert.strictEqual(lines.headers.get("content-type"), "application/x-ndjson")
    })
  )

  it.live("a failure is the last event, with the problem that the plain endpoint answers with", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ scripts: [failing] })
      const { status, text } = yield* ask(`${url}/v1/gather/events`, { method: "POST" })
      assert.strictEqual(status, 200)
      const last = eventsOf(text).at(-1)
      assert.strictEqual(last?.event, "failed")
      assert.deepInclude(last?.data, { status: 502, type: "urn:mcp-orchestrator:ResourceFetchError" })
      assert.strictEqual(last?.data.error.server, "server_1")
    })
  )

  it.live("a stream cannot be resumed, and says so", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve()
      const { body, status } = yield* ask(`${url}/v1/query/events`, {
        json: { question },
        headers: { "last-event-id": "3" }
      })
      assert.strictEqual(status, 400)
      assert.strictEqual(body.type, "urn:mcp-orchestrator:NotResumable")
      assert.isUndefined((yield* fakes[0]!.counters).requests["resources/read"])
    })
  )

  it.live("the first bytes are there before the first event", () =>
    Effect.gen(function* () {
      const { port } = yield* serve({ scripts: [{ ...shop, faults: [{ at: "headers", fault: { kind: "stall" } }] }] })
      const { awaitText, send } = yield* open(port)
      yield* send("POST /v1/gather/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n")
      const text = yield* awaitText(/\r\n\r\n[\da-f]+\r\n:\n\n/)
      assert.match(text, /^HTTP\/1\.1 200 OK\r\n/)
    })
  )

  it.live("a gather as lines has each resource on its own, and a last line that counts them", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ scripts: [shop, { resources: [{ uri: "a://1", name: "one", text: "1\n2" }] }] })
      const { text } = yield* ask(`${url}/v1/gather/lines`, { method: "POST" })
      const lines = text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line))
      assert.deepStrictEqual(
        lines.map(({ _tag, id, key }) => [_tag, id ?? key]),
        [
          ["Server", "server_1"],
          ["Resource", "database_metadata"],
          ["Resource", "products"],
          ["Server", "server_2"],
          ["Resource", "one"],
          ["Completed", undefined]
        ]
      )
      assert.deepInclude(lines.at(-1), { servers: 2, resources: 3 })
      assert.strictEqual(lines[4].data, "1\n2")
    })
  )

  it.live("a gather that fails has a status, also as lines", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ scripts: [failing] })
      assert.strictEqual((yield* ask(`${url}/v1/gather/lines`, { method: "POST" })).status, 502)
    })
  )
})

describe("who leaves, or lasts too long", () => {
  for (const path of ["/v1/gather", "/v1/gather/events", "/v1/query", "/v1/query/events"]) {
    it.live(`a client that goes away ends its request at the MCP server: ${path}`, () =>
      Effect.gen(function* () {
        const { fakes, url } = yield* serve({ scripts: [stalling] })
        const json = path.includes("query") ? { question } : {}
        const asking = yield* Effect.forkChild(ask(`${url}${path}`, { json }))
        yield* fakes[0]!.awaitRequest("resources/read")
        yield* Fiber.interrupt(asking)
        yield* fakes[0]!.awaitRequest("notifications/cancelled")
      })
    )
  }

  it.live("a request ends at its deadline with 504, a stream with an event", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve({ scripts: [stalling], server: { request_timeout: "50 millis" } })
      const plain = yield* ask(`${url}/v1/gather`, { method: "POST" })
      assert.strictEqual(plain.status, 504)
      assert.strictEqual(plain.body.type, "urn:mcp-orchestrator:DeadlineExceeded")
      const { text } = yield* ask(`${url}/v1/gather/events`, { method: "POST" })
      assert.deepInclude(eventsOf(text).at(-1), { event: "failed" })
      assert.strictEqual(eventsOf(text).at(-1)?.data.type, "urn:mcp-orchestrator:DeadlineExceeded")
      yield* fakes[0]!.awaitRequest("notifications/cancelled", 1)
    })
  )

  it.live("more requests than may run are refused with Retry-After, streams counted to their end", () =>
    Effect.gen(function* () {
      const { fakes, logs, url } = yield* serve({ scripts: [stalling], server: { max_requests: 1 } })
      const asking = yield* Effect.forkChild(ask(`${url}/v1/gather/events`, { method: "POST" }))
      yield* fakes[0]!.awaitRequest("resources/read")
      const busy = yield* ask(`${url}/v1/gather`, { method: "POST" })
      assert.strictEqual(busy.status, 503)
      assert.strictEqual(busy.body.type, "urn:mcp-orchestrator:Busy")
      assert.strictEqual(busy.headers.get("retry-after"), "1")
      assert.strictEqual((yield* ask(`${url}/health/live`)).status, 204)
      yield* Fiber.interrupt(asking)
      // Two others have been logged before.
      assert.deepInclude(yield* logs.awaitEvent("http_request_completed", 3), {
        path: "/v1/gather/events",
        outcome: "interrupted"
      })
      yield* fakes[0]!.setScript(shop)
      assert.strictEqual((yield* ask(`${url}/v1/gather`, { method: "POST" })).status, 200)
    })
  )
})

describe("traces", () => {
  it.live.each(["/v1/query", "/v1/query/events"])("the caller's trace goes on to the MCP servers: %s", (path) =>
    Effect.gen(function* () {
      const traceId = "4bf92f3577b34da6a3ce929d0e0e4736"
      const tracer = Tracer.make({ span: (options) => new Tracer.NativeSpan(options) })
      const { fakes, url } = yield* serve({ tracing: Layer.succeed(Tracer.Tracer, tracer) })
      yield* ask(`${url}${path}`, {
        json: { question },
        headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }
      })
      const told = (yield* fakes[0]!.requests).flatMap(
        ({ message }) => /"traceparent":"00-([^-]+)-/.exec(JSON.stringify(message))?.[1] ?? []
      )
      assert.isAtLeast(told.length, 3)
      assert.deepStrictEqual([...new Set(told)], [traceId])
    })
  )
})

describe("large sets", () => {
  it.live("lines are made as they are taken: a reader that stops holds up the rest", () =>
    Effect.gen(function* () {
      const resources = Array.from({ length: 64 }, (_, index) => ({
        uri: `a://${index}`,
        name: `r${index}`,
        text: "x".repeat(500_000)
      }))
      const { logs, port } = yield* serve({ scripts: [{ resources }] })
      const { awaitClose, awaitText, send, socket } = yield* open(port)
      yield* send("POST /v1/gather/lines HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
      yield* awaitText(/"_tag":"Server"/)
      socket.pause()
      const before = process.memoryUsage().external
      // Nothing more is read: were all of it written ahead, 32 MB would wait in buffers of this process.
      yield* Effect.promise(() => fetch(`http://127.0.0.1:${port}/health/live`))
      assert.isBelow(process.memoryUsage().external - before, 16_000_000)
      assert.lengthOf(
        logs.of("http_request_completed").filter(({ path }) => path === "/v1/gather/lines"),
        0
      )
      socket.resume()
      assert.match((yield* awaitClose).slice(-300), /"_tag":"Completed","servers":1,"resources":64/)
    })
  )
})
