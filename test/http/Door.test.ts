/** What stands before every route: who may come in, with what, under which name; and what the door says of it. */
import { gzipSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Fiber } from "effect"
import { ask, open, question, serve, shop, token } from "./Served.ts"

const bearer = { authorization: `Bearer ${token}` }

describe("token", () => {
  const paths = ["/v1/config", "/v1/openapi.json", "/docs", "/metrics", "/nowhere", "/v1"]

  for (const [what, authorization] of [
    ["none", undefined],
    ["another", "Bearer another-token-of-16"],
    ["a shorter one", `Bearer ${token.slice(0, -1)}`],
    ["a longer one", `Bearer ${token}x`],
    ["another scheme", `Basic ${token}`],
    ["two", `Bearer ${token} ${token}`]
  ] as const) {
    it.live(`with ${what} nothing is answered, known or not`, () =>
      Effect.gen(function* () {
        const { url } = yield* serve({ server: { token } })
        for (const path of paths) {
          const { body, headers, status } = yield* ask(`${url}${path}`, {
            headers: authorization === undefined ? {} : { authorization }
          })
          assert.strictEqual(status, 401, path)
          assert.strictEqual(body.type, "urn:mcp-orchestrator:Unauthorized")
          assert.match(headers.get("www-authenticate") ?? "", /^Bearer /)
        }
      })
    )
  }

  it.live("with the token everything is answered, and without it whether it is alive and ready", () =>
    Effect.gen(function* () {
      const { logs, url } = yield* serve({ server: { token } })
      assert.strictEqual((yield* ask(`${url}/v1/config`, { headers: bearer })).status, 200)
      assert.strictEqual(
        (yield* ask(`${url}/v1/config`, { headers: { authorization: `bearer ${token}` } })).status,
        200
      )
      assert.strictEqual((yield* ask(`${url}/health/live`)).status, 204)
      assert.strictEqual((yield* ask(`${url}/health/ready`)).status, 204)
      yield* logs.awaitEvent("http_request_completed", 4)
      assert.notInclude(JSON.stringify(logs.of("http_request_completed")), token)
    })
  )

  it.live("what is open to all is open as it is written, and nothing beside it", () =>
    Effect.gen(function* () {
      const { port } = yield* serve({ server: { token } })
      for (const path of [
        "/health/live/../../v1/config",
        "/health/live%2f..%2f..%2fv1/config",
        "//v1/config",
        "/./v1/config",
        "/health/live?x=/v1/config",
        "/health/live;/../v1/config",
        "/V1/config",
        "http://127.0.0.1/v1/config"
      ]) {
        const { awaitClose, send } = yield* open(port)
        yield* send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
        assert.match(yield* awaitClose, /^HTTP\/1\.1 (?:401|400) /, path)
      }
    })
  )
})

describe("the address itself", () => {
  for (const [what, options, to] of [
    ["the API for people", {}, "docs"],
    ["the page, where there is one", { console: ["/nowhere"] }, "console"]
  ] as const) {
    it.live(`leads to ${what}, also without a token`, () =>
      Effect.gen(function* () {
        const { url } = yield* serve({ server: { token }, ...options })
        const { headers, status } = yield* ask(url)
        assert.deepStrictEqual([status, headers.get("location")], [307, to])
      })
    )
  }
})

describe("names", () => {
  it.live("a page that rebinds its name to this machine is refused", () =>
    Effect.gen(function* () {
      const { port } = yield* serve()
      for (const [host, status] of [
        ["evil.example", 421],
        ["evil.example:80", 421],
        ["127.0.0.1.evil.example", 421],
        ["localhost.evil.example", 421],
        ["localhost@evil.example", 421],
        ["[::1].evil.example", 421],
        ["", 421],
        ["localhost:1", 200],
        ["127.0.0.1", 200],
        ["[::1]:8080", 200]
      ] as const) {
        const { awaitClose, send } = yield* open(port)
        yield* send(`GET /v1/config HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)
        assert.match(yield* awaitClose, new RegExp(`^HTTP/1\\.1 ${status} `), host)
      }
    })
  )

  it.live("names of the configuration are answered", () =>
    Effect.gen(function* () {
      const { port } = yield* serve({ server: { allowed_hosts: ["API.example.org"] } })
      const { awaitClose, send } = yield* open(port)
      yield* send("GET /v1/config HTTP/1.1\r\nhost: api.example.org\r\nconnection: close\r\n\r\n")
      assert.match(yield* awaitClose, /^HTTP\/1\.1 200 /)
    })
  )

  it.live("pages of other origins may not ask, those of this one may", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve()
      for (const origin of [
        "http://evil.example",
        "null",
        "https://evil.example:443",
        "file://",
        url.replace("http", "x")
      ]) {
        const { body, headers, status } = yield* ask(`${url}/v1/query`, { json: { question }, headers: { origin } })
        assert.strictEqual(status, 403, origin)
        assert.strictEqual(body.type, "urn:mcp-orchestrator:ForeignOrigin")
        assert.isNull(headers.get("access-control-allow-origin"))
      }
      assert.isUndefined((yield* fakes[0]!.counters).requests["resources/read"])
      assert.strictEqual((yield* ask(`${url}/v1/config`, { headers: { origin: url } })).status, 200)
    })
  )

  it.live("pages of the origins of the configuration may ask, after a preflight without a token", () =>
    Effect.gen(function* () {
      const origin = "https://app.example.org"
      const { url } = yield* serve({ server: { token, allowed_origins: [origin, "https://other.example.org"] } })
      const preflight = yield* ask(`${url}/v1/query`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" }
      })
      assert.strictEqual(preflight.status, 204)
      assert.strictEqual(preflight.headers.get("access-control-allow-origin"), origin)
      assert.include(preflight.headers.get("access-control-allow-headers"), "authorization")
      const { headers, status } = yield* ask(`${url}/v1/config`, { headers: { origin, ...bearer } })
      assert.strictEqual(status, 200)
      assert.strictEqual(headers.get("access-control-allow-origin"), origin)
      const foreign = yield* ask(`${url}/v1/config`, { headers: { origin: "https://evil.example", ...bearer } })
      assert.strictEqual(foreign.status, 403)
      assert.isNull(foreign.headers.get("access-control-allow-origin"))
    })
  )
})

describe("requests that are none", () => {
  it.live("unknown keys, wrong types, broken JSON and other content types are told apart", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve()
      for (const [json, path, message] of [
        [{ question, dryrun: true }, ["payload", "dryrun"], /only question, dryRun, requestId/],
        [{ question: 7 }, ["payload", "question"], /string/],
        [{}, ["payload", "question"], /Missing/],
        [{ question: " " }, ["payload", "question"], /not blank/],
        [{ question, requestId: "two\nlines" }, ["payload", "requestId"], /up to 128 letters/],
        [[], ["payload"], /QueryRequest/]
      ] as const) {
        const { body, status } = yield* ask(`${url}/v1/query`, { json })
        assert.strictEqual(status, 400, JSON.stringify(json))
        assert.deepStrictEqual(body.errors[0].path, path)
        assert.match(body.errors[0].message, message)
      }
      for (const [type, body, status] of [
        ["application/json", '{"question":', 400],
        ["application/json", "", 400],
        ["application/x-www-form-urlencoded", "question=x", 415],
        ["text/plain", '{"question":"x"}', 415]
      ] as const) {
        const answer = yield* Effect.promise(() =>
          fetch(`${url}/v1/query`, { method: "POST", body, headers: { "content-type": type } })
        )
        assert.strictEqual(answer.status, status, type + body)
        assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
        const problem = yield* Effect.promise(() => answer.text())
        if (status === 415) assert.include(problem, "content-type: application/json")
      }
      for (const path of ["/v1/query", "/v1/chat/completions"]) {
        const packed = yield* Effect.promise(() =>
          fetch(url + path, {
            method: "POST",
            body: gzipSync(JSON.stringify({ question })),
            headers: { "content-type": "application/json", "content-encoding": "gzip" }
          })
        )
        assert.strictEqual(packed.status, 415)
        assert.include(yield* Effect.promise(() => packed.text()), "Encoded bodies are not read")
      }
      assert.isUndefined((yield* fakes[0]!.counters).requests["resources/read"])
    })
  )

  it.live("a body beyond 64 KiB is refused, told beforehand or not", () =>
    Effect.gen(function* () {
      const { port, url } = yield* serve()
      const told = yield* ask(`${url}/v1/query`, { json: { question: "x".repeat(66_000) } })
      assert.strictEqual(told.status, 413)
      assert.strictEqual(told.body.title, "The body is larger than 64 KiB")
      const { awaitText, send } = yield* open(port)
      yield* send(
        "POST /v1/query HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
      )
      yield* send(`${(66_000).toString(16)}\r\n${"x".repeat(66_000)}\r\n`)
      assert.match(yield* awaitText(/\r\n\r\n/), /^HTTP\/1\.1 413 /)
    })
  )

  it.live("methods and forms that there are not are told apart from paths", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const got = yield* ask(`${url}/v1/query`)
      assert.deepStrictEqual([got.status, got.headers.get("allow")], [405, "POST, OPTIONS"])
      assert.deepInclude(got.body, { title: "Method Not Allowed", detail: "It is asked with POST, OPTIONS." })
      const put = yield* ask(`${url}/v1/config`, { method: "DELETE" })
      assert.deepStrictEqual([put.status, put.headers.get("allow")], [405, "GET, HEAD, OPTIONS"])
      const options = yield* ask(`${url}/v1/gather`, { method: "OPTIONS" })
      assert.deepStrictEqual([options.status, options.headers.get("allow")], [204, "POST, OPTIONS"])
      const head = yield* ask(`${url}/v1/config`, { method: "HEAD" })
      assert.deepStrictEqual([head.status, head.text], [200, ""])
      const form = yield* ask(`${url}/v1/query`, { json: { question }, headers: { accept: "text/html" } })
      assert.strictEqual(form.status, 406)
      assert.deepStrictEqual(form.body.offered, ["application/json", "text/event-stream"])
      const nowhere = yield* ask(`${url}/v1/nowhere`)
      assert.deepStrictEqual([nowhere.status, nowhere.body.detail], [404, "GET /docs lists what there is."])
    })
  )

  const attacks: ReadonlyArray<readonly [name: string, request: string, answer: RegExp]> = [
    [
      "a header beyond 16 KiB",
      `GET /v1/config HTTP/1.1\r\nhost: localhost\r\nx: ${"x".repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /
    ],
    [
      "thousands of headers",
      `GET /v1/config HTTP/1.1\r\nhost: localhost\r\n${"a: b\r\n".repeat(5000)}\r\n`,
      /^HTTP\/1\.1 431 /
    ],
    ["a line that is no request", "HELO localhost\r\n\r\n", /^HTTP\/1\.1 400 /],
    ["another protocol", "\x16\x03\x01\x02\x00\x01\r\n\r\n", /^HTTP\/1\.1 400 /],
    [
      "two lengths",
      "POST /v1/gather HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 30\r\n\r\n{}",
      /^HTTP\/1\.1 400 /
    ],
    [
      "a length and chunks",
      "POST /v1/gather HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nGET /v1/config HTTP/1.1\r\nhost: localhost\r\n\r\n",
      /^HTTP\/1\.1 400 /
    ],
    [
      "chunks spelled otherwise",
      "POST /v1/gather HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
      /^HTTP\/1\.1 400 /
    ],
    [
      "a chunk without a size",
      "POST /v1/gather HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",
      /^HTTP\/1\.1 (?:400|500) /
    ],
    ["a folded header", "GET /v1/config HTTP/1.1\r\nhost: localhost\r\n x: y\r\n\r\n", /^HTTP\/1\.1 4/],
    [
      "a control character in a header",
      "GET /v1/config HTTP/1.1\r\nhost: localhost\r\nx: a\x00b\r\n\r\n",
      /^HTTP\/1\.1 400 /
    ],
    ["a bare line feed", "GET /v1/config HTTP/1.1\nhost: localhost\n\n", /^HTTP\/1\.1 400 /],
    ["no host", "GET /v1/config HTTP/1.1\r\n\r\n", /^HTTP\/1\.1 400 /],
    [
      "two hosts",
      "GET /v1/config HTTP/1.1\r\nhost: localhost\r\nHost: evil.example\r\nconnection: close\r\n\r\n",
      /^HTTP\/1\.1 400 /
    ],
    [
      "twice the same host, where no token is asked",
      "GET /health/live HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\nconnection: close\r\n\r\n",
      /^HTTP\/1\.1 400 /
    ],
    ["a tunnel", "CONNECT internal:80 HTTP/1.1\r\nhost: localhost\r\n\r\n", /^$/],
    [
      "a protocol upgrade",
      "GET /v1/config HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade, close\r\nupgrade: websocket\r\nsec-websocket-key: AQIDBAUGBwgJCgsMDQ4PEC==\r\nsec-websocket-version: 13\r\n\r\n",
      /^HTTP\/1\.1 (?:200|4)/
    ]
  ]
  for (const [name, request, answer] of attacks) {
    it.live(`${name} is refused, and the next caller served`, () =>
      Effect.gen(function* () {
        const { port, url } = yield* serve()
        const { awaitClose, send, socket } = yield* open(port)
        yield* send(request)
        // What keeps the connection waits for its next request.
        socket.end()
        assert.match(yield* awaitClose, answer)
        assert.strictEqual((yield* ask(`${url}/v1/config`)).status, 200)
      })
    )
  }
})

describe("those who take their time", () => {
  const slow: ReadonlyArray<readonly [name: string, request: string]> = [
    ["headers that do not end", "GET /v1/config HTTP/1.1\r\nhost: localhost\r\nx: "],
    [
      "a body that does not end",
      'POST /v1/query HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"q'
    ],
    [
      "chunks that do not end",
      "POST /v1/gather HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n"
    ],
    [
      "a message of an MCP host that does not end",
      "POST /messages?sessionId=x HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"
    ]
  ]
  for (const [name, request] of slow) {
    it.live(`${name}: the connection is closed, and nobody was asked`, () =>
      Effect.gen(function* () {
        const { fakes, port, url } = yield* serve({
          patience: { headers: Duration.millis(50), bodies: Duration.millis(100) },
          server: { max_requests: 1 }
        })
        const { awaitClose, send } = yield* open(port)
        yield* send(request)
        assert.match(yield* awaitClose, /^HTTP\/1\.1 4\d\d /)
        assert.isUndefined((yield* fakes[0]!.counters).requests["resources/read"])
        assert.strictEqual((yield* ask(`${url}/v1/gather`, { method: "POST" })).status, 200)
      })
    )
  }
})

describe("ids and words", () => {
  it.live("every answer has the caller's id, the body's before the header's, else one of its own", () =>
    Effect.gen(function* () {
      const { logs, url } = yield* serve()
      const idOf = (answer: { readonly headers: Headers }) => answer.headers.get("x-request-id")
      const headers = { "x-request-id": "mine-1" }
      assert.strictEqual(idOf(yield* ask(`${url}/v1/config`, { headers })), "mine-1")
      const both = yield* ask(`${url}/v1/query`, { json: { question, requestId: "mine-2" }, headers })
      assert.deepStrictEqual([idOf(both), both.body.metadata.requestId], ["mine-2", "mine-2"])
      const header = yield* ask(`${url}/v1/query`, { json: { question }, headers })
      assert.strictEqual(header.body.metadata.requestId, "mine-1")
      for (const path of ["/nowhere", "/health/live", "/metrics"]) {
        assert.match(idOf(yield* ask(`${url}${path}`)) ?? "", /^[\da-f]{32}$/)
      }
      const bad = yield* ask(`${url}/v1/config`, { headers: { "x-request-id": "not one" } })
      assert.match(idOf(bad) ?? "", /^[\da-f]{32}$/)
      yield* logs.awaitEvent("http_request_completed", 7)
      assert.deepStrictEqual(
        logs
          .of("http_request_completed")
          .map(({ request_id }) => request_id)
          .slice(0, 3),
        ["mine-1", "mine-2", "mine-1"]
      )
    })
  )

  it.live("a request has one line in the log, without its query", () =>
    Effect.gen(function* () {
      const { logs, url } = yield* serve()
      yield* ask(`${url}/v1/config?access_token=abc`)
      assert.deepInclude(yield* logs.awaitEvent("http_request_completed"), {
        level: "INFO",
        component: "http",
        method: "GET",
        path: "/v1/config",
        status: 200
      })
      yield* ask(`${url}/health/live`)
      assert.deepInclude(yield* logs.awaitEvent("http_request_completed", 2), { level: "DEBUG", status: 204 })
    })
  )

  it.live("no answer shows a secret of the configuration, a path or a stack", () =>
    Effect.gen(function* () {
      const canary = "canary-7f3a9c51"
      const { fakes, url } = yield* serve({
        servers: [{ headers: { authorization: `Bearer ${canary}` } }],
        server: { token: `${canary}-door-token` }
      })
      const headers = { authorization: `Bearer ${canary}-door-token` }
      yield* fakes[0]!.update((script) => ({
        ...script,
        faults: [{ at: "read", fault: { kind: "error", message: `token ${canary} refused` } }]
      }))
      const answers = [
        yield* ask(`${url}/v1/gather`, { method: "POST", headers }),
        yield* ask(`${url}/v1/gather/events`, { method: "POST", headers }),
        yield* ask(`${url}/v1/query`, { json: { question: "zork?" }, headers }),
        yield* ask(`${url}/v1/query`, { json: { question: 1 }, headers }),
        yield* ask(`${url}/v1/config`, { headers }),
        yield* ask(`${url}/v1/servers`, { headers }),
        yield* ask(`${url}/nowhere`, { headers })
      ]
      for (const { text } of answers) {
        assert.notInclude(text, canary)
        assert.notMatch(text, /\n\s+at |\/src\/|node_modules/)
      }
    })
  )
})

describe("bugs", () => {
  it.live("a defect is 500 without a word of it, and one line in the log with its id", () =>
    Effect.gen(function* () {
      const { logs, url } = yield* serve({ broken: new TypeError("the secret of /src/deep.ts") })
      const { body, headers, status, text } = yield* ask(`${url}/v1/servers`, { headers: { "x-request-id": "mine" } })
      assert.deepStrictEqual([status, body.status], [500, 500])
      assert.notInclude(text, "secret")
      assert.strictEqual(headers.get("x-request-id"), "mine")
      assert.deepInclude(yield* logs.awaitEvent("http_request_failed"), {
        level: "ERROR",
        request_id: "mine",
        error: { type: "TypeError", message: "the secret of /src/deep.ts" }
      })
      yield* ask(`${url}/v1/query`, { json: {} })
      yield* ask(`${url}/v1/query`, { json: { question: "x".repeat(70_000) } })
      assert.lengthOf(logs.of("http_request_failed"), 1)
    })
  )
})

describe("shutting down", () => {
  const stalling = { ...shop, faults: [{ at: "read", fault: { kind: "stall" } } as const] }

  it.live("it is not ready until connected, nor from then on", () =>
    Effect.gen(function* () {
      const { lifecycle, url } = yield* serve({ connected: false })
      assert.strictEqual((yield* ask(`${url}/health/ready`)).status, 503)
      yield* lifecycle.connected
      assert.strictEqual((yield* ask(`${url}/health/ready`)).status, 204)
      yield* lifecycle.shutDown
      assert.strictEqual((yield* ask(`${url}/health/ready`)).status, 503)
      assert.strictEqual((yield* ask(`${url}/health/live`)).status, 204)
      const late = yield* ask(`${url}/v1/gather`, { method: "POST" })
      assert.deepStrictEqual([late.status, late.body.type], [503, "urn:mcp-orchestrator:ShuttingDown"])
    })
  )

  it.live("what is running ends by itself, plain and as a stream", () =>
    Effect.gen(function* () {
      const { close, fakes, logs, url } = yield* serve({
        scripts: [{ ...shop, faults: [{ at: "read", fault: { kind: "delay", ms: 300 } }] }]
      })
      const asking = yield* Effect.forkChild(
        Effect.all(
          [ask(`${url}/v1/query`, { json: { question } }), ask(`${url}/v1/query/events`, { json: { question } })],
          {
            concurrency: 2
          }
        )
      )
      yield* fakes[0]!.awaitRequest("resources/read", 2)
      const closing = yield* Effect.forkChild(close)
      yield* logs.awaitEvent("http_draining")
      const [plain, stream] = yield* Fiber.join(asking)
      assert.strictEqual(plain.status, 200)
      assert.match(stream.text, /^event: completed$/m)
      yield* Fiber.join(closing)
      yield* fakes[0]!.awaitIdle
    })
  )

  it.live("what does not is told so, and the port closes", () =>
    Effect.gen(function* () {
      const { close, fakes, url } = yield* serve({ scripts: [stalling], patience: { grace: "0 millis" } })
      const asking = yield* Effect.forkChild(
        Effect.all([ask(`${url}/v1/gather`, { method: "POST" }), ask(`${url}/v1/gather/events`, { method: "POST" })], {
          concurrency: 2
        })
      )
      yield* fakes[0]!.awaitRequest("resources/read", 2)
      yield* close
      const [plain, stream] = yield* Fiber.join(asking)
      assert.deepStrictEqual([plain.status, plain.body.type], [503, "urn:mcp-orchestrator:ShuttingDown"])
      assert.match(stream.text, /^event: failed\ndata: .*ShuttingDown/m)
      yield* fakes[0]!.awaitIdle
    })
  )
})
