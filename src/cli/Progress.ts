/** How a gather shows itself while it runs: a line a server on a terminal, nothing otherwise. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { OrchestratorEvent } from "../OrchestratorEvent.ts"
import { ProgressEvent } from "../resources/Progress.ts"
import * as Bars from "./Bars.ts"

interface Line {
  readonly total: number
  readonly done: number
  readonly bytes: number
  readonly startedMs: number
}

const isProgress = Schema.is(ProgressEvent)

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
  let lastDraw = 0
  let last: Completed<Event> | null = null
  yield* Bars.during((draw) =>
    Stream.runForEach(
      events,
      Effect.fnUntraced(function* (event) {
        if (isCompleted(event)) {
          last = event
          return
        }
        if (draw === null) return
        const now = yield* Clock.currentTimeMillis
        advance(lines, event, now)
        if (now - lastDraw < redrawMs) return
        lastDraw = now
        draw(render(lines, now))
      })
    )
  )
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
export const render = (lines: ReadonlyMap<string, Line>, nowMs: number): ReadonlyArray<string> => {
  const nameWidth = Math.max(...[...lines.keys()].map((name) => name.length))
  return [...lines].map(([name, { bytes, done, startedMs, total }]) => {
    const rate = bytes / Math.max((nowMs - startedMs) / 1000, 0.001)
    return `${name.padEnd(nameWidth)}  ${Bars.bar(done, total)}  ${done}/${total}  ${size(bytes)}  ${size(rate)}/s`
  })
}

const size = (bytes: number): string =>
  bytes < 1000
    ? `${Math.round(bytes)} B`
    : bytes < 1e6
      ? `${(bytes / 1e3).toFixed(1)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`
