/** When a failure whose reason is retryable is tried again: one schedule. */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import type { RetryConfig } from "../config/OrchestratorConfig.ts"
import { retryAfterOf } from "../errors/ServerReason.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import type { SessionFailure } from "./SessionFailure.ts"

/**
 * When the whole of which retries are a part ends, in milliseconds since the epoch. A try that would begin later is not
 * waited for: the failure that is known says more than the deadline would.
 */
export const Deadline: Context.Reference<number> = Context.Reference<number>(
  "effect-mcp-orchestrator/connection/RetryPolicy/Deadline",
  { defaultValue: () => Number.POSITIVE_INFINITY }
)

interface RetryOptions<E, E2> {
  readonly retry: RetryConfig
  readonly maxRetryAfter: Duration.Duration
  readonly server: string
  readonly operation: string
  /** What the retries are decided on; `null` for a failure that is not to be tried again. */
  readonly failureOf: (error: E) => SessionFailure | null
  /** What the last failure is for the caller; `attempts` counts all tries, the first one included. */
  readonly failed: (last: E, attempts: number) => E2
}

/**
 * Runs `effect` up to `retry.attempts` times. Delays grow by `factor` up to `max_delay` and are jittered down by up to
 * a half, so that clients do not come back together; they are never shorter than `Retry-After`. A server that asks for
 * `maxRetryAfter` or more is not waited for.
 */
export const withRetry = <A, E, R, E2>(
  effect: Effect.Effect<A, E, R>,
  options: RetryOptions<E, E2>
): Effect.Effect<A, E2, R> =>
  // The schedule is made when it is needed: almost every request succeeds at once, and there are thousands of them.
  Effect.catch(effect, (first) => retried(effect, first, options))

/** The tries after the first one, which failed with `first`. */
const retried = <A, E, R, E2>(
  effect: Effect.Effect<A, E, R>,
  first: E,
  options: RetryOptions<E, E2>
): Effect.Effect<A, E2, R> =>
  Effect.flatMap(Deadline, (deadline) => {
    const { failed, failureOf, operation, maxRetryAfter, retry, server } = options
    let attempts = 0
    const asked = (error: E) => {
      const failure = failureOf(error)
      return (failure === null ? null : retryAfterOf(failure.reason)) ?? Duration.zero
    }
    const schedule = Schedule.exponential(retry.baseDelay, retry.factor).pipe(
      Schedule.upTo({ times: retry.attempts - 1 }),
      Schedule.setInputType<E>(),
      Schedule.modifyDelay(({ duration, input }) =>
        Effect.map(Random.nextBetween(0.5, 1), (share) =>
          Duration.max(Duration.times(Duration.min(duration, retry.maxDelay), share), asked(input))
        )
      ),
      Schedule.while(({ duration, input, now }) => {
        const failure = failureOf(input)
        return (
          failure !== null &&
          failure.reason.isRetryable &&
          Duration.isLessThan(asked(input), maxRetryAfter) &&
          now + Duration.toMillis(duration) < deadline
        )
      }),
      Schedule.tap(({ duration, input }) => {
        const reason = failureOf(input)?.reason._tag ?? "_OTHER"
        return Effect.andThen(
          Metrics.retryScheduled(server, operation, reason),
          LogEvent.warning("retry_scheduled", {
            server,
            operation,
            attempt: attempts + 1,
            delay_ms: Math.round(Duration.toMillis(duration)),
            reason
          })
        )
      })
    )
    return Effect.suspend(() => {
      attempts += 1
      return attempts === 1 ? Effect.fail(first) : effect
    }).pipe(
      Effect.retry(schedule),
      Effect.mapError((last) => failed(last, attempts))
    )
  })
