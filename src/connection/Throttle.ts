/** How many requests a server gets at once (`max_concurrency`) and in a time (`rate_limit`). */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import { Siblings } from "../workers/Siblings.ts"
import { RateLimits } from "./RateLimits.ts"
import * as Metrics from "../telemetry/Metrics.ts"

/** Of several workers each takes its part of both. */
export type Throttle = <A, E, R>(request: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>

/**
 * The limits of one server, shared by all requests to it. Waiting does not count against a request's own deadline,
 * but does against the deadline of the whole (`gather_timeout`).
 */
export const makeThrottle = Effect.fnUntraced(function* (server: ServerConfig) {
  const { count } = yield* Siblings
  const permits = yield* Semaphore.make(Math.max(1, Math.floor(server.maxConcurrency / count)))
  const { rateLimit } = server
  const limit = rateLimit === null ? null : yield* makeRateLimit(server.id, rateLimit)
  const throttle: Throttle = (request) =>
    permits.withPermit(limit === null ? request : Effect.andThen(limit.wait, request))
  return throttle
})

/** Waits for as long as whoever counts says. */
const makeRateLimit = Effect.fnUntraced(function* (id: string, limit: NonNullable<ServerConfig["rateLimit"]>) {
  const consume = yield* (yield* RateLimits).make
  const wait = Effect.flatMap(consume(id, limit), (delay) =>
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
  return { wait }
})
