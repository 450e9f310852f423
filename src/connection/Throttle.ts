/** How many requests a server gets at once (`max_concurrency`) and in a time (`rate_limit`). */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"

export type Throttle = <A, E, R>(request: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>

/**
 * The limits of one server, shared by all requests to it. Waiting does not count against a request's own deadline,
 * but does against the deadline of the whole (`gather_timeout`).
 */
export const makeThrottle = Effect.fnUntraced(function* (server: ServerConfig) {
  const permits = yield* Semaphore.make(server.maxConcurrency)
  const { rateLimit } = server
  const limit = rateLimit === null ? null : yield* makeRateLimit(server.id, rateLimit)
  const throttle: Throttle = (request) =>
    permits.withPermit(limit === null ? request : Effect.andThen(limit.wait, request))
  return throttle
})

/** Effect's token bucket; loaded only for a server that has a limit. */
const makeRateLimit = Effect.fnUntraced(function* (id: string, limit: NonNullable<ServerConfig["rateLimit"]>) {
  const RateLimiter = yield* Effect.promise(() => import("effect/persistence/RateLimiter"))
  const limiter = yield* Effect.provide(RateLimiter.make, RateLimiter.layerStoreMemory)
  const wait = limiter
    .consume({ key: id, limit: limit.requests, window: limit.per, algorithm: "token-bucket", onExceeded: "delay" })
    .pipe(
      // With "delay" the in-memory store has no way to fail.
      Effect.orDie,
      Effect.flatMap(({ delay }) =>
        Duration.isZero(delay)
          ? Effect.void
          : Effect.andThen(
              Effect.andThen(
                Metrics.rateLimited(id),
                LogEvent.debug("rate_limited", { server: id, delay_ms: Math.ceil(Duration.toMillis(delay)) })
              ),
              Effect.sleep(delay)
            )
      )
    )
  return { wait }
})
