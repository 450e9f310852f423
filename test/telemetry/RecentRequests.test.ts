/** What is kept of the last requests: how many, how much of each, and nothing where nobody serves. */
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Schema } from "effect"
import { TestClock } from "effect/testing"
import { EntityNotFoundError } from "../../src/OrchestratorError.ts"
import * as RecentRequests from "../../src/telemetry/RecentRequests.ts"
import * as RequestId from "../../src/telemetry/RequestId.ts"

const { newest, RecentRequest, Recorder, step } = RecentRequests

/** A request that has this id. */
const recorded = Effect.fnUntraced(function* <A, E>(
  id: string,
  effect: Effect.Effect<A, E>,
  kind: RecentRequests.RequestKind = "query"
) {
  const { record } = yield* Recorder
  return yield* RequestId.within(record(kind)(effect), id)
})

const requests = Effect.flatMap(Recorder, (recorder) => recorder.requests)

/** What is only told of by another step. */
const nothing = Effect.void.pipe(step("resolve", null))

describe("of a request is kept", () => {
  it.effect("when it began, how long it took, and its steps by when they ended", () =>
    Effect.gen(function* () {
      yield* TestClock.adjust("1 hour")
      const list = Effect.sleep("20 millis").pipe(step("list", "server_1"))
      const gather = Effect.andThen(Effect.sleep("5 millis"), list).pipe(step("gather", "server_1"))
      const resolve = Effect.sleep("3 millis").pipe(step("resolve", null))
      const running = yield* Effect.forkChild(recorded("r-1", Effect.andThen(gather, resolve)))
      yield* TestClock.adjust("25 millis")
      const steps = [
        { name: "list", server: "server_1", offsetMs: 5, durationMs: 20, outcome: "ok" },
        { name: "gather", server: "server_1", offsetMs: 0, durationMs: 25, outcome: "ok" }
      ]
      const known = { requestId: "r-1", kind: "query", beganAt: "1970-01-01T01:00:00.000Z", errorType: null }
      assert.deepStrictEqual<unknown>(yield* requests, [{ ...known, durationMs: null, outcome: null, steps }])
      yield* TestClock.adjust("3 millis")
      yield* Fiber.join(running)
      const last = { name: "resolve", server: null, offsetMs: 25, durationMs: 3, outcome: "ok" }
      assert.deepStrictEqual<unknown>(yield* requests, [
        { ...known, durationMs: 28, outcome: "ok", steps: [...steps, last] }
      ])
      for (const request of yield* requests) assert.isTrue(Schema.is(RecentRequest)(request))
    }).pipe(Effect.provide(RecentRequests.layer))
  )

  it.effect("how it failed, in a word, and that it was interrupted", () =>
    Effect.gen(function* () {
      const error = new EntityNotFoundError({
        name: "a secret of the caller",
        resourceType: null,
        suggestions: [],
        ambiguous: false,
        remedy: "a secret of the caller"
      })
      yield* Effect.exit(recorded("failed", Effect.fail(error).pipe(step("resolve", null))))
      yield* Effect.exit(recorded("died", Effect.die("a secret of the caller")))
      const hanging = yield* Effect.forkChild(recorded("left", Effect.never.pipe(step("gather", "server_1"))), {
        startImmediately: true
      })
      yield* Fiber.interrupt(hanging)
      const [left, died, failed] = yield* requests
      assert.deepInclude(left, { requestId: "left", outcome: "interrupted", errorType: null })
      assert.strictEqual(left?.steps[0]?.outcome, "interrupted")
      assert.deepInclude(died, { requestId: "died", outcome: "error", errorType: "_OTHER" })
      assert.deepInclude(failed, { requestId: "failed", outcome: "error", errorType: "EntityNotFoundError" })
      assert.strictEqual(failed?.steps[0]?.outcome, "error")
      assert.notInclude(JSON.stringify(yield* requests), "secret")
    }).pipe(Effect.provide(RecentRequests.layer))
  )

  it.effect("no step of what it began and another one waits for", () =>
    Effect.gen(function* () {
      const open = yield* Deferred.make<void>()
      const connecting = yield* recorded(
        "first",
        Effect.forkDetach(Deferred.await(open).pipe(step("connect", "server_1")), { startImmediately: true })
      )
      yield* Deferred.succeed(open, undefined)
      yield* Fiber.join(connecting)
      assert.deepStrictEqual((yield* requests)[0]?.steps, [])
    }).pipe(Effect.provide(RecentRequests.layer))
  )
})

describe("they are bounded", () => {
  it.effect("to the last 50 requests and the first 64 steps of each", () =>
    Effect.gen(function* () {
      const many = Effect.replicateEffect(nothing, 70, { discard: true })
      for (let count = 1; count <= 60; count++) yield* recorded(`r-${count}`, many)
      const all = yield* requests
      assert.deepStrictEqual(
        all.map(({ requestId }) => requestId),
        Array.from({ length: 50 }, (_, at) => `r-${60 - at}`)
      )
      for (const { steps } of all) assert.lengthOf(steps, 64)
    }).pipe(Effect.provide(RecentRequests.layer))
  )

  it.effect("also those of several processes, the newest of all first", () =>
    Effect.gen(function* () {
      for (let count = 1; count <= 40; count++) {
        yield* recorded(`r-${count}`, Effect.void)
        yield* TestClock.adjust("1 second")
      }
      const all = yield* requests
      const others = all.map((request) => ({ ...request, requestId: `other-${request.requestId}` }))
      const ids = newest([...others, ...all]).map(({ requestId }) => requestId)
      assert.lengthOf(ids, 50)
      assert.deepStrictEqual(ids.slice(0, 4), ["other-r-40", "r-40", "other-r-39", "r-39"])
    }).pipe(Effect.provide(RecentRequests.layer))
  )

  it.effect("to what callers asked for: looks at the health of the servers are left out", () =>
    Effect.gen(function* () {
      yield* recorded("looked", nothing, "health")
      assert.deepStrictEqual(yield* requests, [])
    }).pipe(Effect.provide(RecentRequests.layer))
  )
})

it.effect("where nobody serves, nothing is kept, and everything is as without it", () =>
  Effect.gen(function* () {
    assert.strictEqual(yield* recorded("r-1", Effect.succeed(1).pipe(step("resolve", null))), 1)
    assert.isTrue(Exit.isFailure(yield* Effect.exit(recorded("r-2", Effect.fail("no")))))
    assert.deepStrictEqual(yield* requests, [])
  })
)
