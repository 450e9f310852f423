/** `logs summary [FILE…]`: what happened, from the JSON lines that a run has left behind. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as LogSummary from "../logs/LogSummary.ts"
import * as LogSummaryText from "../logs/LogSummaryText.ts"
import * as Waterfall from "../logs/Waterfall.ts"
import { usage } from "./CommandError.ts"
import * as Input from "./Input.ts"
import * as Output from "./Output.ts"
import * as Terminal from "./Terminal.ts"

export const run = Effect.fnUntraced(function* (options: {
  readonly files: ReadonlyArray<string>
  readonly waterfall: Option.Option<string>
  readonly json: boolean
}) {
  // One after another; never more than a chunk of them in memory.
  const text = Stream.flatMap(Stream.fromIterable(options.files.length === 0 ? ["-"] : options.files), Input.stream)
  if (Option.isSome(options.waterfall)) {
    const waterfall = yield* Waterfall.collect(text, options.waterfall.value)
    if (waterfall.bars.length === 0) return yield* usage(`request ${options.waterfall.value} is not in the log`)
    return yield* options.json
      ? Output.json(waterfall)
      : Output.stdout(Waterfall.render(waterfall, Math.min(Terminal.columns(), widestBars)))
  }
  const summary = yield* LogSummary.summarise(text)
  yield* options.json ? Output.json(summary) : Output.stdout(LogSummaryText.render(summary, Terminal.columns()))
})

/** Beyond this a bar says no more. */
const widestBars = 200
