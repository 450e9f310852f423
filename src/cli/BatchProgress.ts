/** How the work on batches shows itself: one line on a terminal, nothing otherwise. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { Batch } from "../batch/Batch.ts"
import type { BatchStatus } from "../batch/Question.ts"
import * as Bars from "./Bars.ts"

/** Numbers of questions in all batches. */
export interface Counts {
  readonly open: number
  readonly retrying: number
  readonly failed: number
}

/** Runs the work with a bar, where a person is to see it. */
export const during = Effect.fnUntraced(function* <E, R>(
  batches: Batch["Service"],
  work: Effect.Effect<void, E, R>
): Effect.fn.Return<void, E, R> {
  const startedMs = yield* Clock.currentTimeMillis
  let first: Counts | null = null
  const drawn = Effect.fnUntraced(function* (draw: Bars.Draw) {
    const counts = countsOf(yield* batches.status())
    first ??= counts
    const elapsedMs = (yield* Clock.currentTimeMillis) - startedMs
    draw([render(first, counts, elapsedMs)])
  })
  yield* Bars.during((draw) =>
    draw === null
      ? work
      : // A bar that cannot be drawn now is drawn later.
        Effect.raceFirst(
          work,
          Effect.ignore(drawn(draw)).pipe(Effect.repeat(Schedule.spaced("500 millis")), Effect.andThen(Effect.never))
        )
  )
})

const countsOf = (batches: ReadonlyArray<BatchStatus>): Counts => {
  const sum = (name: keyof Counts) => batches.reduce((total, batch) => total + batch[name], 0)
  return { open: sum("open"), retrying: sum("retrying"), failed: sum("failed") }
}

/**
 * `██████░░░░ 120/200  3 failed  2 to be retried  12.4/s  6 s left`: of what was open when the work began. What others
 * submit meanwhile makes the whole larger.
 */
export const render = (first: Counts, now: Counts, elapsedMs: number): string => {
  const total = Math.max(first.open, now.open)
  const done = total - now.open
  const perSecond = done / Math.max(elapsedMs / 1000, 0.001)
  const failed = now.failed - first.failed
  return [
    `${Bars.bar(done, total)} ${done}/${total}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(now.retrying > 0 ? [`${now.retrying} to be retried`] : []),
    `${perSecond.toFixed(1)}/s`,
    ...(done > 0 && now.open > 0 ? [`${Math.ceil(now.open / perSecond)} s left`] : [])
  ].join("  ")
}
