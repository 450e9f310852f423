/** `logs summary [FILE…]`: what happened, from the JSON lines that a run has left behind. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as LogSummary from "../logs/LogSummary.ts"
import * as LogSummaryText from "../logs/LogSummaryText.ts"
import * as Waterfall from "../logs/Waterfall.ts"
import { usage } from "./CommandError.ts"
import * as Formats from "./Formats.ts"
import * as Input from "./Input.ts"
import * as Output from "./Output.ts"
import * as Terminal from "./Terminal.ts"

export const run = Effect.fnUntraced(function* (
  options: Formats.Asked & { readonly files: ReadonlyArray<string>; readonly waterfall: Option.Option<string> }
) {
  // One after another; never more than a chunk of them in memory.
  const text = Stream.flatMap(Stream.fromIterable(options.files.length === 0 ? ["-"] : options.files), Input.stream)
  if (Option.isSome(options.waterfall)) {
    const waterfall = yield* Waterfall.collect(text, options.waterfall.value)
    if (waterfall.bars.length === 0) return yield* usage(`request ${options.waterfall.value} is not in the log`)
    return yield* Formats.write(options, {
      sheet: () => bars(waterfall),
      text: () => Waterfall.render(waterfall, Math.min(Terminal.columns(), widestBars)),
      json: Output.json(waterfall)
    })
  }
  const summary = yield* LogSummary.summarise(text)
  yield* Formats.write(options, {
    sheet: () => events(summary),
    text: () => LogSummaryText.render(summary, Terminal.columns()),
    json: Output.json(summary)
  })
})

/** A row an event and server, milliseconds as they are: what the other tables say can be told from these, or is in the JSON. */
const events = (summary: LogSummary.Summary): Formats.Sheet => ({
  columns: [
    { title: "event" },
    { title: "server" },
    right("count"),
    ...quantiles.map((name) => right(`${name}_ms`)),
    { title: "errors" }
  ],
  rows: summary.events.map(({ count, durations, errors, event, server }) => [
    event,
    server ?? "",
    String(count),
    ...quantiles.map((name) => (durations === null ? "" : String(durations[name]))),
    errors.map((error) => `${error.type} ${error.count}`).join(", ")
  ])
})

const bars = (waterfall: Waterfall.Waterfall): Formats.Sheet => ({
  columns: [{ title: "step" }, right("start_ms"), right("duration_ms"), { title: "unfinished" }, { title: "error" }],
  rows: waterfall.bars.map(({ durationMs, errorType, label, open, startMs }) => [
    label,
    String(startMs),
    durationMs === null ? "" : String(durationMs),
    open ? "yes" : "no",
    errorType ?? ""
  ])
})

const quantiles = ["p50", "p95", "p99", "max"] as const

const right = (title: string) => ({ title, align: "right" as const })

/** Beyond this a bar says no more. */
const widestBars = 200
