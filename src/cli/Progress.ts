/** How a gather shows itself while it runs: a line a server on a terminal, nothing otherwise. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { OrchestratorEvent } from "../OrchestratorEvent.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import { ProgressEvent } from "../resources/Progress.ts"

interface Line {
  readonly total: number
  readonly done: number
  readonly bytes: number
  readonly startedMs: number
}

const isProgress = Schema.is(ProgressEvent)

const barWidth = 24
/** Redrawing more often is not seen, and costs. */
const redrawMs = 80

/**
 * Runs a request to its end and gives its last event, with bars on stderr if that is a terminal. They are wiped away
 * afterwards.
 */
export const show = Effect.fnUntraced(function* <Event extends OrchestratorEvent, E>(
  events: Stream.Stream<Event, E>
): Effect.fn.Return<Completed<Event>, E> {
  const lines = new Map<string, Line>()
  const console = yield* Console.Console
  const quiet = Option.getOrElse(yield* Effect.serviceOption(GlobalFlags.Quiet), () => false)
  let drawn = 0
  let lastDraw = 0
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
  let last: Completed<Event> | null = null
  yield* Stream.runForEach(
    events,
    Effect.fnUntraced(function* (event) {
      if (isCompleted(event)) {
        last = event
        return
      }
      if (quiet || !process.stderr.isTTY) return
      const now = yield* Clock.currentTimeMillis
      advance(lines, event, now)
      if (now - lastDraw < redrawMs) return
      lastDraw = now
      wipe()
      drawn = lines.size
      process.stderr.write(render(lines, now))
    })
  ).pipe(Effect.ensuring(Effect.sync(wipe)), Effect.provideService(Console.Console, above))
  // The stream ends with `Completed`, or fails.
  return last ?? (yield* Effect.die("the request ended without a result"))
})

type Completed<Event extends OrchestratorEvent> = Extract<Event, { readonly _tag: "Completed" }>

const isCompleted = <Event extends OrchestratorEvent>(event: Event): event is Completed<Event> =>
  event._tag === "Completed"

/** The state after one event. */
export const advance = (lines: Map<string, Line>, event: OrchestratorEvent, nowMs: number): void => {
  if (!isProgress(event)) return
  const line = lines.get(event.server) ?? { total: 0, done: 0, bytes: 0, startedMs: nowMs }
  switch (event._tag) {
    case "Connected":
      // A session that was lost is gathered again from the start.
      lines.set(event.server, { ...line, total: 0, done: 0, bytes: 0 })
      break
    case "Listed":
      lines.set(event.server, { ...line, total: event.resources })
      break
    case "Read":
      lines.set(event.server, { ...line, total: event.total, done: event.done, bytes: line.bytes + event.bytes })
      break
    case "Introspected":
    case "Gathered":
      lines.set(event.server, { ...line, done: line.total })
      break
  }
}

/** `database_mcp  ████████░░░░  12/25  48 kB  1.2 MB/s`, a line a server. */
export const render = (lines: ReadonlyMap<string, Line>, nowMs: number): string => {
  const nameWidth = Math.max(...[...lines.keys()].map((name) => name.length))
  return [...lines]
    .map(([name, { bytes, done, startedMs, total }]) => {
      const filled = total === 0 ? 0 : Math.round((done / total) * barWidth)
      const rate = bytes / Math.max((nowMs - startedMs) / 1000, 0.001)
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled)
      return `${name.padEnd(nameWidth)}  ${bar}  ${done}/${total}  ${size(bytes)}  ${size(rate)}/s\n`
    })
    .join("")
}

const size = (bytes: number): string =>
  bytes < 1000
    ? `${Math.round(bytes)} B`
    : bytes < 1e6
      ? `${(bytes / 1e3).toFixed(1)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`
