/**
 * Rate limits that several processes share through Redis: the same bucket for all of them, whoever asks.
 *
 * Redis is no condition for answering. Where it is gone, or takes longer than `patience`, each process goes on with its
 * part of the limit, by the number of processes that were last known; that is said once, and measured. No request waits
 * for a Redis that is known to be away: it is tried in the background.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import type * as RateLimiter from "effect/persistence/RateLimiter"
import type * as Redis from "effect/persistence/Redis"
import { randomUUID } from "node:crypto"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { bucket, makeLocal, type RateLimits, rateLimiter } from "./RateLimits.ts"

export interface Options {
  readonly url: Redacted.Redacted<string>
  /** Processes that share the limits as long as Redis has not said how many there are. */
  readonly processes: number
}

/** Of this process, until the scope closes. Waits for Redis at first, but not longer than a second. */
export const make = Effect.fn("SharedRateLimits.make")(function* (
  options: Options
): Effect.fn.Return<RateLimits, never, Scope.Scope> {
  const scope = yield* Effect.scope
  const self = randomUUID()
  let processes = options.processes
  let store: Store | null = null
  let isLost = false

  const lost = (error: unknown) =>
    Effect.suspend(() => {
      store = null
      if (isLost) return Effect.void
      isLost = true
      return Effect.andThen(
        Metrics.limitsStoreUp(false),
        LogEvent.warning("limits_store_lost", {
          processes,
          error: { type: "LimitsStoreError", message: describe(error) }
        })
      )
    })

  /** Is counted, and counts. */
  const beat = Effect.fnUntraced(function* ({ redis }: Store) {
    const now = yield* Clock.currentTimeMillis
    yield* redis.send("ZADD", members, String(now), self)
    yield* redis.send("ZREMRANGEBYSCORE", members, "-inf", String(now - Duration.toMillis(forgotten)))
    processes = Math.max(1, yield* Effect.orDie(decodeCount(yield* redis.send("ZCARD", members))))
    yield* Metrics.limitsSharedBy(processes)
  })
  /** A connection as long as it works. */
  const session = Effect.gen(function* () {
    const inner = yield* Scope.fork(scope)
    return yield* Effect.gen(function* () {
      const opened = yield* connect(options.url, inner).pipe(Effect.timeout("2 seconds"))
      yield* Effect.timeout(beat(opened), patience)
      store = opened
      yield* Metrics.limitsStoreUp(true)
      yield* LogEvent.info("limits_store_found", { processes })
      isLost = false
      while (store !== null) {
        yield* Effect.sleep(interval)
        yield* Effect.timeout(beat(opened), patience)
      }
    }).pipe(
      Effect.catchCause((cause) => lost(Cause.squash(cause))),
      Effect.ensuring(Effect.suspend(() => Scope.close(inner, Exit.void)))
    )
  })
  yield* session.pipe(Effect.repeat(Schedule.spaced(interval)), Effect.forkScoped)
  // A command that asks once shall ask Redis.
  yield* Effect.suspend(() => (store === null && !isLost ? Effect.fail("waiting") : Effect.void)).pipe(
    Effect.retry({ schedule: Schedule.spaced("20 millis"), times: 50 }),
    Effect.ignore
  )

  return {
    make: Effect.map(
      makeLocal(() => processes),
      (local) => (server, limit) => {
        const own = Effect.andThen(Metrics.limitedLocally(server), local(server, limit))
        return Effect.suspend(() =>
          store === null
            ? own
            : store.limiter.consume(bucket(server, limit)).pipe(
                Effect.mapBoth({ onSuccess: ({ delay }) => delay, onFailure: ({ reason }) => reason }),
                Effect.timeout(patience),
                Effect.catch((error) => Effect.andThen(lost(error), own))
              )
        )
      }
    )
  }
})

// -----------------------------------------------------------------------------
// internals

interface Store {
  readonly limiter: RateLimiter.RateLimiter
  readonly redis: Redis.Redis["Service"]
}

/** Longer than this a request does not wait to be counted. */
const patience = Duration.millis(250)
/** Between two signs of life, and two tries to find Redis again. */
const interval = Duration.seconds(1)
/** A process of which there was no sign of life for so long is not counted. */
const forgotten = Duration.seconds(5)

const prefix = "mcp-orchestrator:"
const members = `${prefix}processes`

const decodeCount = Schema.decodeUnknownEffect(Schema.Int)

/** A client that gives up at once, instead of keeping for later what nobody waits for any more. */
const connect = Effect.fnUntraced(function* (url: Redacted.Redacted<string>, scope: Scope.Scope) {
  const { layerStoreRedis, make, RateLimiterStore } = yield* rateLimiter
  const NodeRedis = yield* Effect.promise(() => import("@effect/platform-node/NodeRedis"))
  const { Redis } = yield* Effect.promise(() => import("effect/persistence/Redis"))
  const context = yield* layerStoreRedis({ prefix: `${prefix}limit:` }).pipe(
    Layer.provideMerge(
      NodeRedis.layer({
        url: Redacted.value(url),
        disableOfflineQueue: true,
        socket: { reconnectStrategy: false, connectTimeout: 2000 }
      })
    ),
    Layer.buildWithScope(scope),
    // What it says of every socket is said here once.
    Effect.provideService(References.MinimumLogLevel, "None")
  )
  return {
    limiter: yield* Effect.provideService(make, RateLimiterStore, Context.get(context, RateLimiterStore)),
    redis: Context.get(context, Redis)
  }
})

/** Why: that is in the innermost error, which those around it keep as their cause. */
const describe = (error: unknown): string => {
  if (Cause.isTimeoutError(error)) return "it does not answer"
  if (Predicate.hasProperty(error, "cause") && error.cause !== undefined) return describe(error.cause)
  // Of a name with several addresses: one for each.
  if (error instanceof AggregateError) return describe(error.errors[0])
  return error instanceof Error ? Redaction.text(error.message) : "it does not work"
}
