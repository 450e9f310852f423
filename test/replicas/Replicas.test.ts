/** Several `serve` behind a balancer, which keep nothing that another would need. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { configOf, fileOf, start } from "../cli/Spawned.ts"
import { shop } from "../http/Served.ts"
import * as Door from "../mcp/Door.ts"
import * as Raw from "../mcp/Raw.ts"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import * as Load from "../workers/Load.ts"
import * as Nginx from "./Nginx.ts"

/** Whole processes start and end here, several of them; a busy machine takes its time. */
const patience = 300_000

const names = ["a", "b"] as const

/** Two replicas over one MCP server, and nginx in front of them. */
const replicas = Effect.gen(function* () {
  const server = yield* FakeServer.make({ ...shop, faults: [{ at: "read", fault: { kind: "delay", ms: 20 } }] })
  const { file } = yield* fileOf(configOf([server]))
  const ports = yield* Effect.forEach(names, () => Nginx.freePort)
  const replica = Effect.fnUntraced(function* (index: 0 | 1) {
    const started = yield* start(file, ["--port", String(ports[index])], { MCP__SERVER__REPLICA: names[index] })
    yield* started.ready
    return started
  })
  const [a, b] = yield* Effect.all([replica(0), replica(1)])
  const { url } = yield* Nginx.start(names.map((name, index) => [name, ports[index] ?? 0]))
  return { a, b, replica, url }
})

const initialize = Raw.call(1, "initialize", {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "host", version: "1" }
})

/** Sessions until there is one of that replica. */
const sessionOf = Effect.fnUntraced(function* (url: string, name: string) {
  while (true) {
    const session = yield* Raw.open(Door.at(url))
    if (session.endpoint.includes(`sessionId=${name}.`)) return session
    yield* session.close
  }
})

describe.skipIf(!Nginx.isInstalled)("replicas behind nginx (skipped where nginx is not installed)", () => {
  it.live(
    "one that is killed under load takes its sessions and what it was answering with it, nothing else",
    () =>
      Effect.gen(function* () {
        const { a, url } = yield* replicas
        const [one, two] = [yield* sessionOf(url, "a"), yield* sessionOf(url, "b")]
        for (const session of [one, two, one, two]) {
          assert.strictEqual(yield* session.post(initialize), 202)
          assert.containsAllKeys((yield* session.next)["result"], ["serverInfo"])
        }
        const load = yield* Load.start(url, { http: 4, mcp: 2 })
        yield* load.more(20)
        a.child.kill("SIGKILL")
        assert.isFalse(yield* one.ended)
        yield* load.more(20)
        assert.strictEqual(yield* two.post(initialize), 202)
        assert.containsAllKeys((yield* two.next)["result"], ["serverInfo"])
        yield* load.stop
        // nginx asks the other replica in place of the one that is gone, unless an answer had begun; the client asks again.
        assert.isAtMost(load.failures.length, 6, load.failures.join("\n"))
      }),
    patience
  )

  it.live(
    "each in turn is ended and started anew under load without one failed request",
    () =>
      Effect.gen(function* () {
        const { a, b, replica, url } = yield* replicas
        const load = yield* Load.start(url, { http: 4, mcp: 0 })
        yield* load.more(20)
        for (const [old, index] of [
          [a, 0],
          [b, 1]
        ] as const) {
          old.child.kill("SIGTERM")
          assert.strictEqual((yield* old.ended).code, 0)
          yield* load.more(20)
          yield* replica(index)
          yield* load.more(20)
        }
        yield* load.stop
        assert.deepStrictEqual(load.failures, [])
      }),
    patience
  )
})
