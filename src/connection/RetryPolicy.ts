/** Which failures are tried again, and when: one table, one schedule. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { RetryConfig } from "../config/OrchestratorConfig.ts"
import type { ServerFailureReason } from "../OrchestratorError.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
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
 * Runs `effect` up to `retry.attempts` times: exponential, jittered, capped, never sooner than `Retry-After`. A server
 * that asks for more than `patience` is not waited for. `failureOf` is what the table is asked about; `null` means
 * not to be tried again.
 */
export const withRetry = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  options: {
    readonly retry: RetryConfig
    readonly patience: Duration.Duration
    readonly server: string
    readonly operation: string
    readonly failureOf: (error: E) => SessionFailure | null
  }
): Effect.Effect<A, Exhausted<E>, R> =>
  Effect.suspend(() => {
    let attempts = 0
    const asked = (error: E) => Duration.millis(options.failureOf(error)?.retryAfterMs ?? 0)
    const schedule = Schedule.min([
      Schedule.exponential(options.retry.baseDelay, options.retry.factor),
      Schedule.spaced(options.retry.maxDelay)
    ]).pipe(
      Schedule.jittered,
      Schedule.upTo({ times: options.retry.attempts - 1 }),
      Schedule.setInputType<E>(),
      Schedule.while(({ input }) => {
        const failure = options.failureOf(input)
        return failure !== null && retryable[failure.reason] && Duration.isLessThan(asked(input), options.patience)
      }),
      Schedule.modifyDelay(({ duration, input }) => Effect.succeed(Duration.max(duration, asked(input)))),
      Schedule.tap(({ duration, input }) =>
        LogEvent.warning("retry_scheduled", {
          server: options.server,
          operation: options.operation,
          attempt: attempts + 1,
          delay_ms: Math.round(Duration.toMillis(duration)),
          reason: options.failureOf(input)?.reason
        })
      )
    )
    return Effect.suspend(() => {
      attempts += 1
      return effect
    }).pipe(
      Effect.retry(schedule),
      Effect.mapError((last) => ({ last, attempts }))
    )
  })
