import { assert, describe, it } from "@effect/vitest"
import { Clock, Duration, Effect, Fiber, Result, Schema } from "effect"
import { TestClock } from "effect/testing"
import { Deadline, withRetry } from "../../src/connection/RetryPolicy.ts"
import { failure, type SessionFailure } from "../../src/connection/SessionFailure.ts"
import { RateLimited, Refused, Reset, retryAfterOf, ServerReason, TimedOut } from "../../src/errors/ServerReason.ts"
import { quiet } from "./fixture.ts"

const config = {
  attempts: 4,
  baseDelay: Duration.millis(100),
  factor: 3,
  maxDelay: Duration.millis(500)
}

const options = {
  retry: config,
  maxRetryAfter: Duration.seconds(30),
  server: "one",
  operation: "list",
  failureOf: (error: SessionFailure): SessionFailure | null => error,
  failed: (last: SessionFailure, attempts: number) => ({ last, attempts })
}

/** Runs what always fails so, in virtual time; when each try began, in ms. */
const tries = Effect.fnUntraced(function* (error: SessionFailure, overrides: Partial<typeof options> = {}) {
  const begun: Array<number> = []
  const once = Effect.flatMap(Clock.currentTimeMillis, (now) => {
    begun.push(now)
    return Effect.fail(error)
  })
  const fiber = yield* withRetry(once, { ...options, ...overrides }).pipe(Effect.result, quiet, Effect.forkChild)
  yield* TestClock.adjust("10 minutes")
  const result = yield* Fiber.join(fiber)
  return Result.isFailure(result) ? { begun, ...result.failure } : assert.fail("succeeded")
})

const slow = (retryAfterMs: number) =>
  failure("http", new RateLimited({ retryAfter: Duration.millis(retryAfterMs) }), "HTTP 429")

describe("the retry policy", () => {
  it.effect.prop("tries again exactly what the reason says, and as often as configured", [ServerReason], ([reason]) =>
    Effect.gen(function* () {
      const asked = retryAfterOf(reason) ?? Duration.zero
      const { attempts, begun, last } = yield* tries(failure("list", reason, "no"))
      assert.strictEqual(attempts, reason.isRetryable && Duration.isLessThan(asked, options.maxRetryAfter) ? 4 : 1)
      assert.strictEqual(begun.length, attempts)
      assert.strictEqual(last.reason, reason)
    })
  )

  it.effect.prop(
    "waits longer each time, up to the longest delay, never less than half of it",
    [Schema.Union([Refused, TimedOut])],
    ([reason]) =>
      Effect.gen(function* () {
        const { begun } = yield* tries(failure("connect", reason, "no"))
        const delays = begun.slice(1).map((time, index) => time - (begun[index] ?? 0))
        for (const [index, full] of [100, 300, 500].entries()) {
          assert.isAtLeast(delays[index] ?? 0, full / 2)
          assert.isAtMost(delays[index] ?? Infinity, full)
        }
      })
  )

  it.effect("jitters, so that clients do not come back together", () =>
    Effect.gen(function* () {
      const first = new Set<number>()
      for (let run = 0; run < 10; run += 1) {
        const [begun = 0, next = 0] = (yield* tries(failure("connect", new Refused(), "no"))).begun
        first.add(next - begun)
      }
      assert.isAbove(first.size, 3)
    })
  )

  it.effect("waits at least as long as Retry-After says", () =>
    Effect.gen(function* () {
      const { begun } = yield* tries(slow(2000))
      const [first = 0] = begun
      assert.deepStrictEqual(
        begun.map((time) => time - first),
        [0, 2000, 4000, 6000]
      )
    })
  )

  it.effect("does not wait for a server that asks for more than the maxRetryAfter", () =>
    Effect.gen(function* () {
      const { attempts, begun } = yield* tries(slow(30_000))
      assert.strictEqual(attempts, 1)
      assert.strictEqual(begun.length, 1)
    })
  )

  it.effect("fails with what it knows instead of waiting beyond the deadline of the whole", () =>
    Effect.gen(function* () {
      const start = yield* Clock.currentTimeMillis
      const { attempts, last } = yield* tries(slow(2000)).pipe(Effect.provideService(Deadline, start + 5000))
      assert.strictEqual(attempts, 3)
      assert.strictEqual(last.reason._tag, "RateLimited")
    })
  )

  it.effect("asks the caller whether a failure may be tried again at all", () =>
    Effect.gen(function* () {
      const { attempts } = yield* tries(failure("read", new TimedOut(), "no"), { failureOf: () => null })
      assert.strictEqual(attempts, 1)
    })
  )

  it.effect("succeeds with the first try that does", () =>
    Effect.gen(function* () {
      let count = 0
      const fiber = yield* Effect.suspend(() =>
        ++count < 3 ? Effect.fail(failure("list", new Reset(), "no")) : Effect.succeed(count)
      ).pipe((effect) => withRetry(effect, options), quiet, Effect.forkChild)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(yield* Fiber.join(fiber), 3)
    })
  )
})
