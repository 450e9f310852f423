/** Which failures are tried again, and when: one table, one schedule. */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Schedule from "effect/Schedule"
import type { RetryConfig } from "../config/OrchestratorConfig.ts"
import type { ServerFailureReason } from "../OrchestratorError.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import type { SessionFailure } from "./SessionFailure.ts"

/**
 * True: the same request may succeed a moment later. False: it will not, or the server said no. Listing, reading and
 * the handshake change nothing, so they may always go out twice; `execute_query` is sent again because the guard has
 * proven its SQL read-only.
 */
export const retryable: { readonly [reason in ServerFailureReason]: boolean } = {
  Refused: true,
  Reset: true,
  TimedOut: true,
  RateLimited: true,
  Unavailable: true,
  ConnectionLost: true,
  HostNotFound: false,
  Tls: false,
  Unauthorized: false,
  Forbidden: false,
  Rejected: false,
  Redirected: false,
  ForeignEndpoint: false,
  Protocol: false,
  InvalidReply: false,
  WrongResource: false,
  ServerError: false,
  TooLarge: false,
  TooMany: false,
  Unsupported: false
}

/** A failure after the last try. */
export interface Exhausted<E> {
  readonly last: E
  /** All tries, the first one included. */
  readonly attempts: number
}

/**
 * When the whole of which retries are a part ends, in milliseconds since the epoch. A try that would begin later is not
 * waited for: the failure that is known says more than the deadline would.
 */
export const Deadline: Context.Reference<number> = Context.Reference<number>(
  "effect-mcp-orchestrator/connection/RetryPolicy/Deadline",
  { defaultValue: () => Number.POSITIVE_INFINITY }
)

interface RetryOptions<E> {
  readonly retry: RetryConfig
  readonly patience: Duration.Duration
  readonly server: string
  readonly operation: string
  readonly failureOf: (error: E) => SessionFailure | null
}

/**
 * Runs `effect` up to `retry.attempts` times. Delays grow by `factor` up to `max_delay` and are jittered down by up to
 * a half, so that clients do not come back together; they are never shorter than `Retry-After`. A server that asks for
 * `patience` or more is not waited for. `failureOf` is what the table is asked about; `null` means not to be tried
 * again.
 */
export const withRetry = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  options: RetryOptions<E>
): Effect.Effect<A, Exhausted<E>, R> =>
  // The schedule is made when it is needed: almost every request succeeds at once, and there are thousands of them.
  Effect.catch(effect, (first) => retried(effect, first, options))

/** The tries after the first one, which failed with `first`. */
const retried = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  first: E,
  options: RetryOptions<E>
): Effect.Effect<A, Exhausted<E>, R> =>
  Effect.flatMap(Deadline, (deadline) => {
    const { failureOf, operation, patience, retry, server } = options
    let attempts = 0
    const asked = (error: E) => Duration.millis(failureOf(error)?.retryAfterMs ?? 0)
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
          retryable[failure.reason] &&
          Duration.isLessThan(asked(input), patience) &&
          now + Duration.toMillis(duration) < deadline
        )
      }),
      Schedule.tap(({ duration, input }) => {
        const { reason } = failureOf(input) ?? { reason: "_OTHER" }
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
      Effect.mapError((last) => ({ last, attempts }))
    )
  })
