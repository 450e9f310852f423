/** Several `serve` behind a balancer, which keep nothing that another would need. */
import { assert, describe, layer } from "@effect/vitest"
import { Context, Effect, Layer, Scope } from "effect"
import { configOf, fileOf, start } from "../cli/Spawned.ts"
import { shop } from "../http/Served.ts"
import * as Door from "../mcp/Door.ts"
import * as HeldCall from "../mcp/HeldCall.ts"
import * as Raw from "../mcp/Raw.ts"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import * as Load from "../workers/Load.ts"
import * as Nginx from "./Nginx.ts"

/** Whole processes start and end here, several of them; a busy machine takes its time. */
const patience = 300_000

const names = ["a", "b"] as const
type Name = (typeof names)[number]

type Started = Effect.Success<ReturnType<typeof start>>

/** Two replicas over one MCP server, and nginx in front of them: starting is most of what tests with them would take. */
class Replicas extends Context.Service<
  Replicas,
  {
    readonly url: string
    /** Starts those that do not run, and waits until both are ready. */
    readonly both: Effect.Effect<{ readonly [name in Name]: Started }>
  }
>()("test/replicas/Replicas") {
  static readonly layer = Layer.effect(
    Replicas,
    Effect.gen(function* () {
      const scope = yield* Effect.scope
      const server = yield* FakeServer.make({
        ...shop,
        // Long enough for requests to be under way whenever something happens.
        faults: [{ at: "read", fault: { kind: "delay", ms: 20 }, times: Infinity }]
      })
      const { file } = yield* fileOf(configOf([server], { sampling: true }))
      const ports = { a: yield* Nginx.freePort, b: yield* Nginx.freePort }
      const { url } = yield* Nginx.start(ports)
      const running: { [name in Name]?: Started } = {}
      const replica = Effect.fnUntraced(function* (name: Name) {
        const old = running[name]
        if (old !== undefined && !old.child.killed) return old
        // Its port has to be free.
        yield* old?.ended ?? Effect.void
        const started = yield* start(file, ["--port", String(ports[name])], { MCP__SERVER__REPLICA: name })
        running[name] = started
        yield* started.ready
        return started
      }, Scope.provide(scope))
      return {
        url,
        both: Effect.all({ a: replica("a"), b: replica("b") }, { concurrency: "unbounded" })
      }
    })
  )
}

describe.skipIf(!Nginx.isInstalled)("replicas behind nginx (skipped where nginx is not installed)", () => {
  layer(Replicas.layer, { excludeTestServices: true, timeout: patience })((it) => {
    it.effect(
      "each in turn is ended and started anew under load without one failed request",
      () =>
        Effect.gen(function* () {
          const { both, url } = yield* Replicas
          yield* both
          const load = yield* Load.start(url, { http: 4, mcp: 2 })
          yield* load.more(20)
          for (const name of names) {
            const old = (yield* both)[name]
            old.child.kill("SIGTERM")
            assert.strictEqual((yield* old.ended).code, 0)
            yield* load.more(20)
            yield* both
            yield* load.more(20)
          }
          yield* load.stop
          assert.deepStrictEqual(load.failures, [])
        }),
      patience
    )

    it.effect(
      "one that is told to end answers the calls of its sessions and ends their streams; the others' notice nothing",
      () =>
        Effect.gen(function* () {
          const { both, url } = yield* Replicas
          const { a } = yield* both
          const door = Door.at(url)
          const one = yield* HeldCall.sessionOf(door, "a")
          const silent = yield* HeldCall.sessionOf(door, "a")
          const two = yield* HeldCall.sessionOf(door, "b")
          const [heldByOne, heldByTwo] = [yield* HeldCall.hold(one), yield* HeldCall.hold(two)]
          a.child.kill("SIGTERM")
          assert.isTrue(yield* silent.ended)
          // While it still works on a call, it takes neither new sessions nor new calls; who gets 404 connects again.
          for (let opened = 0; opened < 4; opened++) {
            const next = yield* Raw.open(door)
            assert.include(next.endpoint, "sessionId=b.")
            yield* (yield* HeldCall.hold(next)).finish
          }
          assert.strictEqual(yield* silent.post(HeldCall.initialize), 404)
          assert.strictEqual(yield* one.post(Raw.call(3, "tools/call", { name: "servers" })), 404)
          assert.strictEqual(yield* one.post(Raw.call(4, "ping")), 202)
          assert.deepStrictEqual(yield* one.next, { jsonrpc: "2.0", id: 4, result: {} })
          yield* heldByOne.finish
          assert.isTrue(yield* one.ended)
          assert.strictEqual((yield* a.ended).code, 0)
          assert.strictEqual(yield* one.post(HeldCall.initialize), 404)
          yield* heldByTwo.finish
          yield* HeldCall.initialized(two)
        }),
      patience
    )

    it.effect(
      "one that is killed under load takes its sessions and what it was answering with it, nothing else",
      () =>
        Effect.gen(function* () {
          const { both, url } = yield* Replicas
          const { a } = yield* both
          const door = Door.at(url)
          const one = yield* HeldCall.sessionOf(door, "a")
          const two = yield* HeldCall.sessionOf(door, "b")
          // Messages reach whoever holds the session, in any order.
          for (const session of [one, two, one, two]) yield* HeldCall.initialized(session)
          yield* HeldCall.hold(one)
          const held = yield* HeldCall.hold(two)
          const load = yield* Load.start(url, { http: 4, mcp: 2 })
          yield* load.more(20)
          a.child.kill("SIGKILL")
          assert.isFalse(yield* one.ended)
          yield* load.more(20)
          yield* held.finish
          yield* HeldCall.initialized(two)
          // Its host connects again.
          assert.strictEqual(yield* one.post(HeldCall.initialize), 404)
          const next = yield* Raw.open(door)
          assert.include(next.endpoint, "sessionId=b.")
          yield* (yield* HeldCall.hold(next)).finish
          yield* load.stop
          // Questions are asked of the other replica by nginx. A call of MCP is lost with its session, and called again.
          assert.isAtMost(load.failures.length, 2)
          for (const failure of load.failures) assert.strictEqual(failure, "a session ended before its answer")
        }),
      patience
    )
  })
})
