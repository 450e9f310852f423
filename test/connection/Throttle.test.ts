import { assert, describe, it } from "@effect/vitest"
import { Clock, Duration, Effect, Fiber, Latch, Metric } from "effect"
import { TestClock } from "effect/testing"
import { makeThrottle } from "../../src/connection/Throttle.ts"
import { quiet, serverConfig } from "./fixture.ts"

const url = "http://127.0.0.1/sse"

describe("the throttle", () => {
  it.effect("lets at most max_concurrency requests run at once", () =>
    Effect.gen(function* () {
      const throttle = yield* makeThrottle(serverConfig(url, { maxConcurrency: 3 }))
      const latch = yield* Latch.make()
      let running = 0
      let peak = 0
      const request = Effect.suspend(() => {
        peak = Math.max(peak, ++running)
        return Effect.ensuring(
          latch.await,
          Effect.sync(() => (running -= 1))
        )
      })
      const fiber = yield* Effect.forkChild(
        Effect.all(
          Array.from({ length: 10 }, () => throttle(request)),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust("1 second")
      assert.strictEqual(running, 3)
      yield* latch.open
      yield* Fiber.join(fiber)
      assert.strictEqual(peak, 3)
      assert.strictEqual(running, 0)
    })
  )

  it.effect("spreads requests over time by the rate limit, and counts who waits", () =>
    Effect.gen(function* () {
      const throttle = yield* makeThrottle(serverConfig(url, { rateLimit: { requests: 5, per: Duration.seconds(1) } }))
      const times: Array<number> = []
      const request = Effect.map(Clock.currentTimeMillis, (now) => void times.push(now))
      const fiber = yield* Effect.forkChild(
        Effect.all(
          Array.from({ length: 15 }, () => throttle(request)),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(fiber)
      const within = (ms: number) => times.filter((time) => time <= ms).length
      assert.strictEqual(within(0), 5)
      assert.isAtMost(within(1000), 10)
      assert.isAtLeast(within(2000), 15)
      const waits = (yield* Metric.snapshot).find(({ id }) => id === "orchestrator.rate_limit.waits")
      assert.isTrue(waits?.type === "Counter" && waits.state.count === 10)
    }).pipe(
      quiet,
      Effect.provideServiceEffect(
        Metric.MetricRegistry,
        Effect.sync(() => new Map())
      )
    )
  )

  it.effect("never holds up a request when there is no limit", () =>
    Effect.gen(function* () {
      const throttle = yield* makeThrottle(serverConfig(url, { maxConcurrency: 1 }))
      assert.strictEqual(yield* throttle(Effect.succeed(1)), 1)
      assert.strictEqual(yield* Effect.flip(throttle(Effect.fail(2))), 2)
      assert.strictEqual(yield* throttle(Effect.succeed(3)), 3)
    })
  )
})
