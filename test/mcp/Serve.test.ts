/** The MCP server as `serve` opens it: behind the door of the HTTP API, in its places, under its configuration. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js"
import { CreateMessageRequestSchema } from "@modelcontextprotocol/sdk/types.js"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { ask, open, question, serve, shop, token } from "../http/Served.ts"
import * as Door from "./Door.ts"
import * as Raw from "./Raw.ts"

const query = { name: "query", arguments: { question } }

describe("who may come in", () => {
  it.live("a page that rebinds its name to this machine gets neither a stream nor a message in", () =>
    Effect.gen(function* () {
      const { port, url } = yield* serve()
      const raw = yield* Raw.open(Door.at(url))
      for (const [host, origin, status] of [
        ["evil.example", null, 421],
        ["127.0.0.1.evil.example", null, 421],
        ["localhost", "http://evil.example", 403],
        ["localhost", "null", 403]
      ] as const) {
        const head = `HTTP/1.1\r\nhost: ${host}:${port}\r\n${origin === null ? "" : `origin: ${origin}\r\n`}connection: close\r\n`
        const body = JSON.stringify(Raw.call(1, "ping"))
        for (const request of [
          `GET /sse ${head}\r\n`,
          `POST ${raw.endpoint} ${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
        ]) {
          const { awaitClose, send } = yield* open(port)
          yield* send(request)
          assert.match(yield* awaitClose, new RegExp(`^HTTP/1\\.1 ${status} `), request)
        }
      }
    })
  )

  it.live("without the token there is no stream, and no message for a session of another", () =>
    Effect.gen(function* () {
      const { logs, url } = yield* serve({ server: { token } })
      const authorization = `Bearer ${token}`
      assert.strictEqual((yield* Raw.open(Door.at(url))).status, 401)
      const raw = yield* Raw.open(Door.at(url), { authorization })
      assert.strictEqual(yield* raw.post(Raw.call(1, "ping")), 401)
      const client = yield* Effect.acquireRelease(
        Effect.promise(async () => {
          const client = new Client({ name: "host", version: "1" })
          await client.connect(
            new SSEClientTransport(new URL(`${url}/sse`), { requestInit: { headers: { authorization } } })
          )
          return client
        }),
        (client) => Effect.promise(() => client.close())
      )
      assert.isUndefined((yield* Effect.promise(() => client.callTool(query))).isError)
      assert.notInclude(JSON.stringify(logs.all()), token)
    })
  )

  it.live("a client that tries streamable HTTP first is told that this is none", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const { headers, status } = yield* ask(`${url}/sse`, { json: Raw.call(1, "initialize") })
      assert.deepStrictEqual([status, headers.get("allow")], [405, "GET, HEAD, OPTIONS"])
    })
  )
})

describe("what it shares with the HTTP API", () => {
  it.live("the places: a question over HTTP and one over MCP are two of max_requests", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve({
        scripts: [{ ...shop, latency: { read: 60_000 } }],
        server: { max_requests: 1 }
      })
      const asked = yield* Effect.forkChild(ask(`${url}/v1/query`, { json: { question } }))
      yield* fakes[0]!.awaitRequest("resources/read")
      const client = yield* Door.connect(Door.at(url))
      const error = yield* Effect.flip(Effect.tryPromise(() => client.callTool(query)))
      assert.match(String(error.cause), /-32000: As many requests are running as may/)
      yield* Fiber.interrupt(asked)
    })
  )

  it.live("the shutdown: what runs is answered, then the streams end, and nothing is cut", () =>
    Effect.gen(function* () {
      const { close, fakes, lifecycle, url } = yield* serve({ scripts: [{ ...shop, latency: { read: 300 } }] })
      const [asking, silent] = [yield* Raw.open(Door.at(url)), yield* Raw.open(Door.at(url))]
      yield* asking.post(Raw.call(1, "tools/call", query))
      yield* fakes[0]!.awaitRequest("resources/read")
      const closing = yield* Effect.forkChild(close)
      yield* lifecycle.draining
      assert.isTrue(yield* silent.ended)
      assert.nestedProperty(yield* asking.next, "result.structuredContent.result")
      assert.isTrue(yield* asking.ended)
      yield* Fiber.join(closing)
    })
  )

  it.live("the log, in which every request of a session has an id of its own", () =>
    Effect.gen(function* () {
      const { logs, url } = yield* serve()
      const client = yield* Door.connect(Door.at(url))
      yield* Effect.promise(() => client.callTool(query))
      yield* Effect.promise(() => client.callTool(query))
      const ids = logs.of("query_received").map((record) => record["request_id"])
      assert.lengthOf(new Set(ids), 2)
      assert.isFalse(logs.of("http_request_completed").some((record) => ids.includes(record["request_id"])))
    })
  )
})

describe("the configuration", () => {
  it.live("request_timeout ends a call and what it asked of the servers, not the session", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve({
        scripts: [{ ...shop, latency: { read: 60_000 } }],
        server: { request_timeout: "1 second" }
      })
      const client = yield* Door.connect(Door.at(url))
      const error = yield* Effect.flip(Effect.tryPromise(() => client.callTool(query)))
      assert.match(String(error.cause), /-32001: the request took longer than 1s/)
      yield* fakes[0]!.awaitRequest("notifications/cancelled")
      yield* fakes[0]!.setScript(shop)
      assert.isUndefined((yield* Effect.promise(() => client.callTool({ name: "servers" }))).isError)
    })
  )

  it.live("max_sessions bounds the sessions", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ server: { max_sessions: 1 } })
      assert.strictEqual((yield* Raw.open(Door.at(url))).status, 200)
      assert.strictEqual((yield* Raw.open(Door.at(url))).status, 503)
    })
  )

  it.live("session_idle ends those from which nothing comes", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ server: { session_idle: "100 millis" } })
      assert.isTrue(yield* (yield* Raw.open(Door.at(url))).ended)
    })
  )

  it.live("sampling lets the host's model write the SQL", () =>
    Effect.gen(function* () {
      for (const sampling of [false, true]) {
        const { url } = yield* serve({ server: { sampling } })
        const client = yield* Door.connect(Door.at(url), { sampling: {} }, (client) =>
          client.setRequestHandler(CreateMessageRequestSchema, () => ({
            model: "m",
            role: "assistant",
            content: { type: "text", text: JSON.stringify({ sql: "SELECT COUNT(*) AS by_host FROM products" }) }
          }))
        )
        const answer = yield* Effect.promise(() => client.callTool(query))
        assert.strictEqual(JSON.stringify(answer).includes("by_host"), sampling)
      }
    })
  )
})
