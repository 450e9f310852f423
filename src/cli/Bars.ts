/** Bars on stderr that are redrawn in place, where a person is to see them. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as GlobalFlags from "./GlobalFlags.ts"

/** Puts lines in the place of the last ones. */
export type Draw = (lines: ReadonlyArray<string>) => void

/**
 * Runs the work, with what draws for it: `null` with `--quiet`, or where stderr is no terminal. What is drawn is wiped
 * away afterwards.
 */
export const during = Effect.fnUntraced(function* <A, E, R>(
  work: (draw: Draw | null) => Effect.Effect<A, E, R>
): Effect.fn.Return<A, E, R> {
  const quiet = Option.getOrElse(yield* Effect.serviceOption(GlobalFlags.Quiet), () => false)
  if (quiet || !process.stderr.isTTY) return yield* work(null)
  const console = yield* Console.Console
  let drawn = 0
  const wipe = () => {
    // From the first column: a terminal echoes Ctrl-C where the cursor is.
    if (drawn > 0) process.stderr.write(`\r\u001b[${drawn}A\u001b[J`)
    drawn = 0
  }
  // What is logged meanwhile goes above the bars: the next redrawing would wipe it away with them.
  const above: Console.Console = Object.assign(Object.create(console), {
    error: (...line: ReadonlyArray<unknown>) => {
      wipe()
      console.error(...line)
    }
  })
  const draw: Draw = (lines) => {
    wipe()
    drawn = lines.length
    process.stderr.write(lines.map((line) => `${line}\n`).join(""))
  }
  return yield* work(draw).pipe(Effect.ensuring(Effect.sync(wipe)), Effect.provideService(Console.Console, above))
})

const width = 24

/** `██████░░░░`, full when all is done and not before. */
export const bar = (done: number, total: number): string => {
  const filled = total === 0 ? 0 : Math.floor((done / total) * width)
  return "█".repeat(filled) + "░".repeat(width - filled)
}
