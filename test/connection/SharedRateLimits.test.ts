import { assert, describe, it } from "@effect/vitest"
import { Clock, Duration, Effect, Metric, Redacted, Schema } from "effect"
import { partOf, RateLimits } from "../../src/connection/RateLimits.ts"
import * as SharedRateLimits from "../../src/connection/SharedRateLimits.ts"
import { makeThrottle } from "../../src/connection/Throttle.ts"
import * as LogCapture from "../LogCapture.ts"
import { serverConfig } from "./fixture.ts"
import * as Redis from "./Redis.ts"

/** So slowly that none is given back during a test. */
const limit = { requests: 6, per: Duration.hours(1) }

/** With metrics of its own, as a process has them. */
const replica = Effect.fnUntraced(function* (url: string, processes = 1) {
  const registry = new Map()
  const own = Effect.provideService(Metric.MetricRegistry, registry)
  const limits = yield* own(SharedRateLimits.make({ url: Redacted.make(url), processes }))
  const value = (name: string) => own(metric(name))
  return {
    limits,
    value,
    /** How many of so many requests may go at once. */
    letThrough: (requests: number, server = "server") => own(letThrough(limits, requests, server)),
    /**
     * Waits until it knows of so many: with its next sign of life, one each second of real time, since Redis has no other
     * clock. Nothing is logged then, so that the gauge has to be looked at.
     */
    knows: (count: number) =>
      Effect.repeat(Effect.andThen(Effect.sleep("20 millis"), value("orchestrator.rate_limit.processes")), {
        until: (known) => known === count
      })
  }
})

const letThrough = Effect.fnUntraced(function* (limits: RateLimits, requests: number, server: string) {
  const consume = yield* limits.make
  const delays = yield* Effect.forEach(Array.from({ length: requests }), () => consume(server, limit))
  return delays.filter(Duration.isZero).length
})

const metric = (name: string) =>
  Effect.map(Metric.snapshot, (all) => {
    const found = all.find(({ id }) => id === name)
    return found?.type === "Gauge" ? found.state.value : found?.type === "Counter" ? found.state.count : undefined
  })

const decodeLost = Schema.decodeUnknownSync(Schema.Struct({ error: Schema.Struct({ message: Schema.String }) }))

/** Why the store was lost, each time. */
const reasons = (logs: ReturnType<typeof LogCapture.make>) =>
  logs.of("limits_store_lost").map((record) => decodeLost(record).error.message)

it("equal parts of a limit are together as much as it, however many there are", () => {
  for (const requests of [1, 2, 7, 500, 999_983]) {
    for (let processes = 1; processes <= 300; processes++) {
      const part = partOf({ requests, per: Duration.seconds(1) }, processes)
      assert.isTrue(Number.isInteger(part.requests) && part.requests >= 1)
      assert.closeTo((processes * part.requests) / Duration.toSeconds(part.per), requests, requests * 1e-6)
    }
  }
})

describe.skipIf(!Redis.isInstalled)("limits shared over Redis (skipped where redis-server is not installed)", () => {
  it.live("what one replica has used up, another has not", () =>
    Effect.gen(function* () {
      const logs = LogCapture.make()
      const redis = yield* Redis.make
      yield* redis.start
      yield* Effect.gen(function* () {
        const [one, two] = [yield* replica(redis.url), yield* replica(redis.url)]
        assert.strictEqual(yield* one.letThrough(4), 4)
        assert.strictEqual(yield* two.letThrough(4), 2)
        // Each server has its own.
        assert.strictEqual(yield* two.letThrough(4, "another"), 4)
        assert.strictEqual(yield* two.value("orchestrator.rate_limit.store.up"), 1)
        assert.isUndefined(yield* two.value("orchestrator.rate_limit.local"))
      }).pipe(Effect.provide(logs.layer))
      assert.lengthOf(logs.of("limits_store_lost"), 0)
    })
  )

  for (const how of ["kill", "freeze"] as const) {
    it.live(`with ${how}: each goes on with its part, says so once, and shares again when it is back`, () =>
      Effect.gen(function* () {
        const logs = LogCapture.make()
        const redis = yield* Redis.make
        yield* redis.start
        yield* Effect.gen(function* () {
          const [one, two] = [yield* replica(redis.url), yield* replica(redis.url)]
          // The first learns of the second with its next sign of life.
          yield* one.knows(2)
          yield* two.knows(2)
          // On a busy machine Redis may have answered too late before.
          const [lost, found] = [logs.of("limits_store_lost").length, logs.of("limits_store_found").length]
          yield* redis[how]
          const started = yield* Clock.currentTimeMillis
          assert.strictEqual(yield* one.letThrough(6), 3)
          assert.strictEqual(yield* two.letThrough(6), 3)
          // The first that finds out waits, not those after it.
          assert.isBelow((yield* Clock.currentTimeMillis) - started, 3000)
          assert.strictEqual(yield* two.value("orchestrator.rate_limit.store.up"), 0)
          assert.strictEqual(yield* two.value("orchestrator.rate_limit.local"), 6)
          assert.deepStrictEqual(
            logs
              .of("limits_store_lost")
              .slice(lost)
              .map((record) => record["processes"]),
            [2, 2]
          )
          for (const reason of reasons(logs)) {
            assert.match(reason, how === "kill" ? /closed|ECONNREFUSED|ECONNRESET/i : /does not answer/)
          }
          yield* how === "kill" ? redis.start : redis.thaw
          yield* logs.awaitEvent("limits_store_found", found + 2)
          assert.strictEqual(yield* two.value("orchestrator.rate_limit.store.up"), 1)
          assert.strictEqual((yield* one.letThrough(6, "later")) + (yield* two.letThrough(6, "later")), 6)
        }).pipe(Effect.provide(logs.layer))
      })
    )
  }

  it.live("away from the start is no failure: the part is by the number of workers", () =>
    Effect.gen(function* () {
      const logs = LogCapture.make()
      const redis = yield* Redis.make
      yield* Effect.gen(function* () {
        const limits = yield* replica(redis.url.replace("//", "//:hunter2-secret@"), 3)
        assert.strictEqual(yield* limits.letThrough(6), 2)
      }).pipe(Effect.provide(logs.layer))
      assert.lengthOf(logs.of("limits_store_lost"), 1)
      assert.include(reasons(logs)[0], "ECONNREFUSED")
      assert.notInclude(JSON.stringify(logs.all()), "hunter2")
    })
  )

  it.live("says why it is not let in, without the password", () =>
    Effect.gen(function* () {
      const logs = LogCapture.make()
      const redis = yield* Redis.make
      yield* redis.start
      yield* Effect.provide(replica(redis.url.replace("//", "//nobody:hunter2-secret@")), logs.layer)
      assert.include(reasons(logs)[0], "WRONGPASS")
      assert.notInclude(JSON.stringify(logs.all()), "hunter2")
    })
  )

  it.live("a throttle waits as long as all of them together have to", () =>
    Effect.gen(function* () {
      const redis = yield* Redis.make
      yield* redis.start
      const both = [yield* replica(redis.url), yield* replica(redis.url)]
      const throttles = yield* Effect.forEach(both, ({ limits }) =>
        makeThrottle(
          serverConfig("http://127.0.0.1/sse", { rateLimit: { requests: 10, per: Duration.seconds(1) } })
        ).pipe(Effect.provideService(RateLimits, limits))
      )
      const started = yield* Clock.currentTimeMillis
      yield* Effect.forEach(
        throttles.flatMap((throttle) => Array.from({ length: 15 }, () => throttle(Effect.void))),
        (request) => request,
        { concurrency: "unbounded" }
      )
      // 30 requests at 10 a second, the first 10 of them at once.
      assert.isAtLeast((yield* Clock.currentTimeMillis) - started, 1900)
    }).pipe(Effect.provide(LogCapture.make().layer))
  )
})
