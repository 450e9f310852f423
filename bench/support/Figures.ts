/** What was promised against what was measured. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { table } from "./Document.ts"

export interface Figure {
  readonly what: string
  readonly atMost?: number
  readonly atLeast?: number
  readonly measured: number
  readonly unit?: string
}

const reached = ({ atLeast, atMost, measured }: Figure): boolean =>
  (atMost === undefined || measured <= atMost) && (atLeast === undefined || measured >= atLeast)

/** A row a figure. */
export const figureTable = (figures: ReadonlyArray<Figure>): string =>
  table(
    ["figure", "wanted", "measured", ""],
    figures.map((figure) => {
      const { atLeast, atMost, measured, unit = "", what } = figure
      const wanted = atMost === undefined ? `≥ ${atLeast}${unit}` : `≤ ${atMost}${unit}`
      return [what, wanted, `${rounded(measured)}${unit}`, reached(figure) ? "reached" : "**missed**"]
    })
  )

/** With `check`, a figure that was missed is the process's failure. */
export const judge = (figures: ReadonlyArray<Figure>, check: boolean): Effect.Effect<void> => {
  const missed = figures.filter((figure) => !reached(figure))
  if (!check || missed.length === 0) return Effect.void
  return Effect.andThen(
    Console.error(`Missed: ${missed.map(({ what }) => what).join("; ")}.`),
    Effect.sync(() => (process.exitCode = 1))
  )
}

/** Enough digits to compare. */
export const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
