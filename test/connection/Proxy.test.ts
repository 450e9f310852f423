/** Through a proxy that is written here, on real sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Duration, Effect, FileSystem, type Scope } from "effect"
import { NodeServices } from "@effect/platform-node"
import * as http from "node:http"
import * as net from "node:net"
import { FakeServer } from "../../src/testing/index.ts"
import { openSession, serverConfig } from "./fixture.ts"

interface Proxy {
  readonly url: string
  /** What it was asked for: `GET http://…`, `CONNECT host:port`. */
  readonly asked: ReadonlyArray<string>
  /** Every connection to it is closed. */
  readonly idle: Effect.Effect<void>
}

/** Sends everything to the one port, whatever the name; with `silent` it answers nothing. */
const makeProxy = (target: number, silent = false): Effect.Effect<Proxy, never, Scope.Scope> =>
  Effect.gen(function* () {
    const asked: Array<string> = []
    const sockets = new Set<net.Socket>()
    const idle = yield* Deferred.make<void>()
    const server = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      const { headers, method, url = "" } = request
      const { pathname, search } = new URL(url)
      const onward = http.request({
        host: "127.0.0.1",
        port: target,
        method,
        headers,
        path: pathname + search,
        agent: false
      })
      onward.on("response", (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers)
        answer.pipe(response)
        answer.on("error", () => response.destroy())
      })
      onward.on("error", () => response.destroy())
      response.on("close", () => onward.destroy())
      request.pipe(onward)
    })
    server.on("connect", (request, socket) => {
      asked.push(`CONNECT ${request.url}`)
      if (silent) return void socket.resume().on("end", () => socket.destroy())
      const onward = net.connect(target, "127.0.0.1", () => socket.write("HTTP/1.1 200 OK\r\n\r\n"))
      for (const [from, to] of [
        [socket, onward],
        [onward, socket]
      ] as const) {
        from.pipe(to)
        from.on("error", () => to.destroy())
        from.on("close", () => to.destroy())
      }
    })
    server.on("connection", (socket: net.Socket) => {
      sockets.add(socket)
      socket.on("error", () => undefined)
      socket.on("close", () => {
        sockets.delete(socket)
        if (sockets.size === 0) Deferred.doneUnsafe(idle, Effect.void)
      })
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () =>
        Effect.sync(() => {
          server.close()
          for (const socket of sockets) socket.destroy()
        })
    )
    const address = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    return { url: `http://127.0.0.1:${port}`, asked, idle: Deferred.await(idle) }
  })

const names = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"]

/** Sets the proxy variables for as long as the scope. */
const environment = (variables: { readonly [name: string]: string }) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const before = names.map((name) => [name, process.env[name]] as const)
      for (const name of names) delete process.env[name]
      Object.assign(process.env, variables)
      return before
    }),
    (before) =>
      Effect.sync(() => {
        for (const [name, value] of before) {
          if (value === undefined) delete process.env[name]
          else process.env[name] = value
        }
      })
  )

const resources = [{ uri: "a", name: "a", text: "through" }]

describe("a proxy", () => {
  it.live("is used for http as HTTP_PROXY says, for the stream and for POSTs", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources })
      const proxy = yield* makeProxy(server.port)
      yield* environment({ HTTP_PROXY: proxy.url })
      yield* Effect.scoped(
        Effect.gen(function* () {
          const session = yield* openSession(serverConfig("http://mcp.test:8000/sse"))
          assert.deepStrictEqual(yield* session.read("a"), [{ uri: "a", text: "through" }])
          assert.strictEqual(proxy.asked[0], "GET http://mcp.test:8000/sse")
          assert.match(proxy.asked[1] ?? "", /^POST http:\/\/mcp\.test:8000\/messages\?sessionId=/)
        })
      )
      yield* proxy.idle
      yield* server.awaitIdle
    })
  )

  it.live("tunnels https, so that it sees nothing", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources, tls: "localhost" })
      const proxy = yield* makeProxy(server.port)
      yield* environment({ HTTPS_PROXY: proxy.url, NO_PROXY: "other.test" })
      const fs = yield* FileSystem.FileSystem
      const caFile = yield* fs.makeTempFileScoped()
      yield* fs.writeFileString(caFile, server.caCertificate ?? "")
      // Whoever is behind the tunnel must still prove to be the host that was asked for.
      const failure = yield* Effect.flip(Effect.scoped(openSession(serverConfig("https://mcp.test/sse", { caFile }))))
      assert.deepStrictEqual([failure.stage, failure.reason._tag], ["tls", "Tls"])
      assert.deepStrictEqual([...new Set(proxy.asked)], ["CONNECT mcp.test:443"])
      yield* proxy.idle
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("is not used for what NO_PROXY names, nor for this machine", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources })
      const proxy = yield* makeProxy(server.port)
      yield* environment({ http_proxy: proxy.url, no_proxy: "mcp.invalid" })
      const failure = yield* Effect.flip(openSession(serverConfig("http://mcp.invalid/sse")))
      assert.strictEqual(failure.reason._tag, "HostNotFound")
      yield* openSession(serverConfig(server.url))
      assert.deepStrictEqual(proxy.asked, [])
    })
  )

  it.live("that does not answer costs the deadline and leaves nothing", () =>
    Effect.gen(function* () {
      const proxy = yield* makeProxy(1, true)
      yield* environment({ HTTPS_PROXY: proxy.url })
      const config = serverConfig("https://mcp.test/sse", { connectTimeout: Duration.millis(100) })
      const failure = yield* Effect.flip(Effect.scoped(openSession(config)))
      assert.deepStrictEqual([failure.stage, failure.reason._tag], ["connect", "TimedOut"])
      yield* proxy.idle
    })
  )

  it.live("must be one: another kind, or nonsense, is refused", () =>
    Effect.gen(function* () {
      for (const url of ["socks5://127.0.0.1:1", "http://["]) {
        yield* environment({ HTTP_PROXY: url })
        const failure = yield* Effect.flip(openSession(serverConfig("http://mcp.test/sse")))
        assert.deepStrictEqual([failure.stage, failure.reason._tag], ["connect", "Protocol"])
        assert.include(failure.detail, "HTTP_PROXY")
      }
    })
  )
})
