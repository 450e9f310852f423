/** The one way to watch a step from outside: its log events, how long it took, its metric and its span. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Metrics from "./Metrics.ts"
import type { StepName } from "./RecentRequests.ts"

/** What is told of a step. Durations are milliseconds on the fiber's clock. */
export interface Observation<A, E> {
  /** Measured by outcome and a span of the trace; with the server whose step it is. */
  readonly step?: StepName
  readonly server?: string
  readonly started?: Effect.Effect<void>
  readonly completed?: (value: A, durationMs: number) => Effect.Effect<void>
  /** For a typed error; an interruption or a defect is told by whoever caused it. */
  readonly failed?: (error: E, durationMs: number) => Effect.Effect<void>
}

/** Runs the effect as it is, and tells of it. */
export const observed = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  { completed, failed, server, started, step }: Observation<A, E>
): Effect.Effect<A, E, R> =>
  Effect.flatMap(Clock.currentTimeMillis, (begin) => {
    const elapsed = Effect.map(Clock.currentTimeMillis, (now) => now - begin)
    let watched = step === undefined ? effect : Metrics.step(step, server)(effect)
    if (completed !== undefined) {
      watched = Effect.tap(watched, (value) => Effect.flatMap(elapsed, (ms) => completed(value, ms)))
    }
    if (failed !== undefined) {
      watched = Effect.tapError(watched, (error) => Effect.flatMap(elapsed, (ms) => failed(error, ms)))
    }
    return started === undefined ? watched : Effect.andThen(started, watched)
  })
