import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Metric, Scope } from "effect"
import { FakeServer } from "../../src/testing/index.ts"
import { connectTo, quiet, serverConfig } from "./fixture.ts"

/** Metrics of its own, so that tests do not see each other's. */
const isolated = Effect.provideServiceEffect(
  Metric.MetricRegistry,
  Effect.sync(() => new Map())
)

const sum = (name: string) =>
  Effect.map(Metric.snapshot, (all) =>
    all.reduce((total, metric) => {
      if (metric.id !== name) return total
      return (
        total +
        (metric.type === "Counter"
          ? Number(metric.state.count)
          : metric.type === "Gauge"
            ? Number(metric.state.value)
            : 0)
      )
    }, 0)
  )

const nothing = () => Effect.void

describe("a connection", () => {
  it.live("opens nothing before it is used, shares one session, and closes it with its scope", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make()
      const scope = yield* Scope.make()
      const connection = yield* connectTo(serverConfig(server.url)).pipe(Scope.provide(scope))
      assert.strictEqual((yield* server.counters).sockets.total, 0)
      yield* Effect.all(
        Array.from({ length: 20 }, () => connection.withSession(nothing)),
        { concurrency: "unbounded" }
      )
      yield* connection.withSession(nothing)
      assert.strictEqual((yield* server.counters).sessions.total, 1)
      yield* Scope.close(scope, Exit.void)
      yield* server.awaitIdle
    }).pipe(quiet)
  )

  it.live("shares a handshake's failure among those who waited for it", () =>
    Effect.gen(function* () {
      const faults = [{ at: "headers", fault: { kind: "status", status: 503 } }] as const
      const server = yield* FakeServer.make({ faults, latency: { connect: 20 } })
      const connection = yield* connectTo(serverConfig(server.url))
      const results = yield* Effect.all(
        Array.from({ length: 20 }, () => Effect.flip(connection.withSession(nothing))),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual([...new Set(results.map(({ reason }) => reason._tag))], ["Unavailable"])
      assert.strictEqual((yield* server.counters).gets, 1)
      yield* Effect.flip(connection.withSession(nothing))
      assert.strictEqual((yield* server.counters).gets, 2)
    }).pipe(quiet)
  )

  it.live("goes on with a handshake for those who wait when whoever began it is interrupted", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ latency: { initialize: 50 } })
      const connection = yield* connectTo(serverConfig(server.url))
      const first = yield* Effect.forkChild(connection.withSession(nothing))
      yield* server.awaitRequest("initialize")
      const second = yield* Effect.forkChild(connection.withSession(nothing))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(first)
      yield* Fiber.join(second)
      const { requests, sessions } = yield* server.counters
      assert.deepStrictEqual([sessions.total, requests["initialize"]], [1, 1])
    }).pipe(quiet)
  )

  it.live("ends a handshake that nobody waits for any more, and begins the next one anew", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ faults: [{ at: "endpoint", fault: { kind: "stall" }, nth: 1 }] })
      const connection = yield* connectTo(serverConfig(server.url))
      const both = yield* Effect.forkChild(
        Effect.all([connection.withSession(nothing), connection.withSession(nothing)], { concurrency: "unbounded" })
      )
      yield* server.awaitCounters(({ sessions }) => sessions.total === 1)
      yield* Fiber.interrupt(both)
      yield* server.awaitIdle
      yield* connection.withSession(nothing)
      assert.strictEqual((yield* server.counters).sessions.total, 2)
    }).pipe(quiet)
  )

  it.live("opens another session, with its own handshake, when the one it had was lost", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make()
      const connection = yield* connectTo(serverConfig(server.url))
      const lost = yield* connection.withSession((session) => Effect.succeed(session.lost))
      yield* server.restart
      yield* lost
      yield* server.awaitIdle
      yield* connection.withSession((session) => Effect.sync(() => assert.isTrue(session.isOpen())))
      const { requests, sessions } = yield* server.counters
      assert.deepStrictEqual([sessions.total, sessions.open, requests["initialize"]], [2, 1, 2])
      assert.strictEqual(yield* sum("orchestrator.connections"), 2)
      assert.strictEqual(yield* sum("orchestrator.reconnects"), 1)
      assert.strictEqual(yield* sum("orchestrator.servers.connected"), 1)
      yield* connection.closeIdle
      yield* server.awaitIdle
      assert.strictEqual(yield* sum("orchestrator.servers.connected"), 0)
    }).pipe(quiet, isolated)
  )

  it.live("does not reconnect behind anybody's back", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ faults: [{ at: "list", fault: { kind: "end", retry: 1 } }] })
      const connection = yield* connectTo(serverConfig(server.url))
      yield* Effect.flip(connection.withSession((session) => session.listPage(null)))
      yield* server.awaitIdle
      yield* server.update((script) => ({ ...script, faults: [] }))
      // The server asked to come back after 1 ms: whoever did would be there before a handshake is over.
      yield* connection.withSession((session) => session.listPage(null))
      assert.strictEqual((yield* server.counters).gets, 2)
    }).pipe(quiet)
  )

  it.live("is not closed as idle while a request uses it", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make()
      const connection = yield* connectTo(serverConfig(server.url))
      yield* connection.withSession((session) =>
        Effect.andThen(
          connection.closeIdle,
          Effect.sync(() => assert.isTrue(session.isOpen()))
        )
      )
      yield* connection.closeIdle
      yield* server.awaitIdle
    }).pipe(quiet)
  )

  it.live("interrupts who uses it after its scope has closed, also in mid-handshake, and opens nothing", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ latency: { initialize: 50 } })
      const scope = yield* Scope.make()
      const connection = yield* connectTo(serverConfig(server.url)).pipe(Scope.provide(scope))
      const opening = yield* Effect.forkChild(connection.withSession(nothing))
      yield* server.awaitRequest("initialize")
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(Exit.hasInterrupts(yield* Fiber.await(opening)))
      yield* server.awaitIdle
      assert.isTrue(Exit.hasInterrupts(yield* Effect.exit(connection.withSession(nothing))))
      assert.strictEqual((yield* server.counters).sessions.total, 1)
    }).pipe(quiet)
  )
})
