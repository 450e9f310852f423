/** How the work on batches shows itself: one line on a terminal, nothing otherwise. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { Batch } from "../batch/Batch.ts"
import type { BatchStatus } from "../batch/Question.ts"

/** Numbers of questions in all batches. */
export interface Counts {
  readonly open: number
  readonly retrying: number
  readonly failed: number
}

const barWidth = 24

/** Runs the work with a bar on stderr, if that is a terminal; it is wiped away afterwards. */
export const during = Effect.fnUntraced(function* <E, R>(
  batches: Batch["Service"],
  work: Effect.Effect<void, E, R>
): Effect.fn.Return<void, E, R> {
  if (!process.stderr.isTTY) return yield* work
  const console = yield* Console.Console
  const startedMs = yield* Clock.currentTimeMillis
  const wipe = () => void process.stderr.write("\r\u001b[K")
  // What is logged meanwhile goes above the bar.
  const above: Console.Console = Object.assign(Object.create(console), {
    error: (...line: ReadonlyArray<unknown>) => {
      wipe()
      console.error(...line)
    }
  })
  let first: Counts | null = null
  const draw = Effect.gen(function* () {
    const counts = countsOf(yield* batches.status())
    first ??= counts
    const elapsedMs = (yield* Clock.currentTimeMillis) - startedMs
    process.stderr.write(`\r\u001b[K${render(first, counts, elapsedMs)}`)
  })
  yield* work.pipe(
    Effect.provideService(Console.Console, above),
    // A bar that cannot be drawn now is drawn later.
    Effect.raceFirst(
      Effect.ignore(draw).pipe(Effect.repeat(Schedule.spaced("500 millis")), Effect.andThen(Effect.never))
    ),
    Effect.ensuring(Effect.sync(wipe))
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
  const filled = total === 0 ? barWidth : Math.floor((done / total) * barWidth)
  const perSecond = done / Math.max(elapsedMs / 1000, 0.001)
  const failed = now.failed - first.failed
  return [
    `${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${done}/${total}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(now.retrying > 0 ? [`${now.retrying} to be retried`] : []),
    `${perSecond.toFixed(1)}/s`,
    ...(done > 0 && now.open > 0 ? [`${Math.ceil(now.open / perSecond)} s left`] : [])
  ].join("  ")
}
