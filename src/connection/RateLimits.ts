/** Who counts the requests to a server under its `rate_limit`: each process for itself, or all together. */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { RateLimit } from "../config/OrchestratorConfig.ts"
import { Siblings } from "../workers/Siblings.ts"

/** Takes one request to the server out of its limit, and says how long it has to wait. */
export type Consume = (server: string, limit: RateLimit) => Effect.Effect<Duration.Duration>

export interface RateLimits {
  /** A counter for one connection. */
  readonly make: Effect.Effect<Consume>
}

/**
 * Effect's token bucket in memory, from the first request on: nobody else knows of it. Of a limit that `processes` share
 * each takes an equal part.
 */
export const makeLocal = (processes: () => number): Effect.Effect<Consume> =>
  Effect.gen(function* () {
    const RateLimiter = yield* rateLimiter
    const limiter = yield* Effect.provide(RateLimiter.make, RateLimiter.layerStoreMemory)
    return (server, limit) => {
      const part = partOf(limit, processes())
      return limiter.consume({ ...bucket(server, part), key: `${server} ${part.requests}` }).pipe(
        Effect.map(({ delay }) => delay),
        // With "delay" the in-memory store has no way to fail.
        Effect.orDie
      )
    }
  })

export const RateLimits = Context.Reference<RateLimits>("effect-mcp-orchestrator/connection/RateLimits", {
  defaultValue: () => ({ make: Effect.flatMap(Siblings, ({ count }) => makeLocal(() => count)) })
})

/** What all stores are asked. */
export const bucket = (server: string, limit: RateLimit) =>
  ({ key: server, limit: limit.requests, window: limit.per, algorithm: "token-bucket", onExceeded: "delay" }) as const

/** Loaded only where there is a limit. */
export const rateLimiter = Effect.promise(() => import("effect/persistence/RateLimiter"))

/** One of `processes` equal parts. Requests are whole: where that is not one each, the time is longer instead. */
export const partOf = ({ per, requests }: RateLimit, processes: number): RateLimit => {
  const part = Math.max(1, Math.floor(requests / processes))
  return { requests: part, per: Duration.times(per, (part * processes) / requests) }
}
