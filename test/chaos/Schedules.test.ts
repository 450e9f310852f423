/** Laws under random faults and latencies, with retries. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Result, Schema } from "effect"
import { type FakeFault } from "../../src/testing/index.ts"
import * as Arena from "./arena.ts"
import { predictionsAt } from "./predictions.ts"

const stages = ["connect", "headers", "endpoint", "initialize", "list", "read"] as const
const everything = stages.flatMap((stage) => predictionsAt(stage))
const index = (length: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: length - 1 }))

/** Up to four faults, each striking once or twice, at its first to third chance. */
const Schedule = Schema.Array(
  Schema.Struct({
    server: index(2),
    fault: index(everything.length),
    nth: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3 })),
    times: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2 }))
  })
).check(Schema.isMaxLength(4))

const Latency = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 12 }))

const retry = { attempts: 3, baseDelay: Duration.millis(1), factor: 2, maxDelay: Duration.millis(5) }

describe("schedules", () => {
  it.live.prop(
    "of random faults end in everything or in one typed error, and leave nothing open",
    [Schedule],
    ([schedule]) =>
      Effect.gen(function* () {
        const arena = yield* Arena.make({ retry, gatherTimeout: Duration.seconds(1) })
        const short = Duration.millis(60)
        yield* Effect.forEach([0, 1], (position) => arena.shorten(position, { connect: short, request: short }))
        yield* Effect.forEach(arena.servers, (server, position) =>
          server.setScript({
            ...Arena.honest,
            faults: schedule.flatMap(({ fault, nth, server: struck, times }): Array<FakeFault.FaultRule> => {
              const chosen = everything[fault]
              return chosen === undefined || struck !== position
                ? []
                : [{ at: chosen.at, fault: chosen.fault, nth, times }]
            })
          })
        )
        const [elapsed, result] = yield* Effect.timed(Effect.result(arena.gather))
        assert.isBelow(Duration.toMillis(elapsed), 1000 + Duration.toMillis(Arena.slack))
        if (Result.isSuccess(result)) assert.deepStrictEqual(Arena.essence(result.success), Arena.complete)
        else assert.match(result.failure._tag, /^(McpConnectionError|ResourceFetchError)$/)
        yield* arena.close
        for (const server of arena.servers) yield* server.awaitIdle
        assert.strictEqual(arena.fibers(), 0)
      }).pipe(Effect.scoped),
    { arbitrary: { runs: 60 } }
  )

  it.live.prop(
    "of arrival do not show in the result",
    [Schema.Array(Latency).check(Schema.isMinLength(8), Schema.isMaxLength(8))],
    ([latencies]) =>
      Effect.gen(function* () {
        const arena = yield* Arena.make()
        yield* Effect.forEach(arena.servers, (server, position) =>
          server.setScript({
            ...Arena.honest,
            latency: { initialize: latencies[position] ?? 0 },
            resources: (Arena.honest.resources ?? []).map((resource, number) => ({
              ...resource,
              latency: latencies[2 + 3 * position + number] ?? 0
            }))
          })
        )
        assert.deepStrictEqual(Arena.essence(yield* arena.gather), Arena.complete)
      }).pipe(Effect.scoped),
    { arbitrary: { runs: 30 } }
  )
})
