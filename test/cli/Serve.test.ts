/** `serve` as its operators run it: a process of its own, which is told to end. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import { createServer } from "node:net"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import { ask, eventsOf, question, shop } from "../http/Served.ts"
import { configOf, fileOf, start } from "./Spawned.ts"

describe("while it runs", () => {
  it.live("it says where it is ready, answers, and ends with 0 when it is told to", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(shop)
      const { file } = yield* fileOf(configOf([server]))
      const { child, ended, ready } = yield* start(file)
      const url = yield* ready
      assert.strictEqual((yield* ask(`${url}/health/ready`)).status, 204)
      assert.deepStrictEqual((yield* ask(`${url}/v1/query`, { json: { question } })).body.result.rows, [[3]])
      const sources = (yield* ask(`${url}/v1/config`)).body.values
      assert.deepInclude(sources, { path: "server.port", value: "0", source: "line 1" })
      child.kill("SIGTERM")
      const { code, stderr, stdout } = yield* ended
      assert.deepStrictEqual([code, stdout], [0, ""])
      assert.include(stderr, '"event":"http_draining"')
      assert.notMatch(stderr, /^\s+at /m)
      yield* server.awaitIdle
    })
  )

  it.live("Ctrl-C lets an open stream end, and then is no failure", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ ...shop, faults: [{ at: "read", fault: { kind: "delay", ms: 500 } }] })
      const { file } = yield* fileOf(configOf([server]))
      const { child, ended, ready } = yield* start(file)
      const url = yield* ready
      const stream = yield* Effect.forkChild(ask(`${url}/v1/query/events`, { json: { question } }))
      yield* server.awaitRequest("resources/read")
      child.kill("SIGINT")
      assert.strictEqual(eventsOf((yield* Fiber.join(stream)).text).at(-1)?.event, "completed")
      assert.strictEqual((yield* ended).code, 0)
    })
  )

  it.live("a saved file is put in force, a broken one is not", () =>
    Effect.gen(function* () {
      const [one, two] = [yield* FakeServer.make(shop), yield* FakeServer.make(shop)]
      const { file, write } = yield* fileOf(configOf([one]))
      const { awaitStderr, ready } = yield* start(file)
      const url = yield* ready
      yield* write(configOf([one, two]))
      yield* awaitStderr(/"config_reloaded"/)
      assert.lengthOf((yield* ask(`${url}/v1/servers`)).body.servers, 2)
      yield* write({ mcp_servers: {}, nothing: true })
      yield* awaitStderr(/"config_rejected"/)
      assert.lengthOf((yield* ask(`${url}/v1/servers`)).body.servers, 2)
      const { values } = (yield* ask(`${url}/v1/config`)).body
      assert.isTrue(values.some(({ path }: { path: string }) => path === "mcp_servers.server_2.url"))
    })
  )

  it.live("with --wait it keeps trying, and is not ready meanwhile", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(shop)
      yield* server.kill
      const { file } = yield* fileOf(configOf([server]))
      const { awaitStderr, listening, ready } = yield* start(file, ["--wait"])
      const url = yield* listening
      yield* awaitStderr(/"http_not_ready".*server_1/)
      assert.strictEqual((yield* ask(`${url}/health/ready`)).status, 503)
      assert.strictEqual((yield* ask(`${url}/health/live`)).status, 204)
      yield* server.restart
      yield* ready
      assert.strictEqual((yield* ask(`${url}/health/ready`)).status, 204)
    })
  )
})

/** The page, or, where it was not built, how it is. */
const hasConsole = (url: string, headers: { readonly [name: string]: string } = {}) =>
  Effect.map(
    ask(`${url}/console`, { headers }),
    ({ status, text }) => status === 200 || /console is not built: run npm run build/.test(text)
  )

describe("the console", () => {
  const longEnough = "a-token-that-is-long-enough"
  const open = ["--host", "0.0.0.0", "--token-env", "LONG"]
  for (const [what, args, isServed] of [
    ["is there on loopback, unasked", [], true],
    ["is not there on loopback where it is not wanted", ["--no-console"], false],
    ["is not there where others can reach it, unasked", open, false],
    ["is there where others can reach it, for who asks for it", [...open, "--console"], true]
  ] as const) {
    it.live(what, () =>
      Effect.gen(function* () {
        const server = yield* FakeServer.make(shop)
        const { file } = yield* fileOf(configOf([server]))
        const { awaitStderr, ready } = yield* start(file, args, { LONG: longEnough })
        const url = yield* ready
        const headers: { readonly [name: string]: string } = args.some((arg) => arg === "--host")
          ? { authorization: `Bearer ${longEnough}` }
          : {}
        assert.strictEqual(yield* hasConsole(url, headers), isServed)
        assert.strictEqual((yield* awaitStderr(/^ready: .*/m)).includes(`${url}/console`), isServed)
      })
    )
  }
})

describe("what keeps it from starting", () => {
  it.live("a server that cannot be reached is named, with its exit code", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(shop)
      yield* server.kill
      const { file } = yield* fileOf(configOf([server]))
      const { code, stderr } = yield* (yield* start(file)).ended
      assert.strictEqual(code, 3)
      assert.match(stderr, /McpConnectionError: cannot connect to server_1/)
    })
  )

  it.live("a port that is taken is named, with what to do", () =>
    Effect.gen(function* () {
      const taken = yield* Effect.acquireRelease(
        Effect.callback<{ readonly port: number; readonly close: () => void }>((resume) => {
          const server = createServer().listen(0, "127.0.0.1", () => {
            const address = server.address()
            if (address !== null && typeof address === "object") {
              resume(Effect.succeed({ port: address.port, close: () => server.close() }))
            }
          })
        }),
        ({ close }) => Effect.sync(close)
      )
      const server = yield* FakeServer.make(shop)
      const { file } = yield* fileOf(configOf([server]))
      const { code, stderr } = yield* (yield* start(file, ["--port", String(taken.port)])).ended
      assert.strictEqual(code, 2)
      assert.match(stderr, new RegExp(`server\\.port: error: port ${taken.port} of 127\\.0\\.0\\.1 is taken`))
      assert.include(stderr, "--port")
      yield* server.awaitIdle
    })
  )

  const tokens = [
    [
      "others could reach it without a token",
      ["--host", "0.0.0.0"],
      {},
      /server\.token: error: a token is needed, because others can reach 0\.0\.0\.0/
    ],
    ["the variable of the token is not set", ["--token-env", "NO_SUCH"], {}, /NO_SUCH is not set/],
    [
      "the token is too short",
      ["--token-env", "SHORT"],
      { SHORT: "hunter2-short" },
      /server\.token: error: expected a token of 16 to 512/
    ],
    ["the port is none", ["--port", "70000"], {}, /server\.port: error: expected a whole number from 0 to 65535/],
    [
      "the host is no address of this machine",
      ["--host", "192.0.2.7", "--token-env", "LONG"],
      { LONG: "a-token-that-is-long-enough" },
      /server\.host: error: port 0 of 192\.0\.2\.7 is no address of this machine/
    ]
  ] as const
  for (const [what, args, env, message] of tokens) {
    it.live(`${what}: said in a sentence, ends with 2`, () =>
      Effect.gen(function* () {
        const server = yield* FakeServer.make(shop)
        const { file } = yield* fileOf(configOf([server]))
        const { code, stderr } = yield* (yield* start(file, args, env)).ended
        assert.match(stderr, message)
        assert.strictEqual(code, 2)
        assert.notInclude(stderr, "hunter2")
      })
    )
  }
})
