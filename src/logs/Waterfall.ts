/** One request of a log, as the bars of what it did: which steps ran when, side by side or one after another. */
import * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import * as Visible from "../text/Visible.ts"
import { forEachLine, type LogLine } from "./LogLines.ts"
import { duration } from "./LogSummaryText.ts"

/** A step with its length, or a moment. Times are milliseconds from the first thing the request did. */
type Bar = {
  readonly label: string
  readonly startMs: number
  /** `null`: a moment, such as a retry; or a step whose end is not in the log (`open`). */
  readonly durationMs: number | null
  readonly open: boolean
  readonly errorType: string | null
}

export type Waterfall = {
  readonly requestId: string
  readonly totalMs: number
  /** By start, the longest first. */
  readonly bars: ReadonlyArray<Bar>
  /** Lines beyond the limit of 2000, not shown. */
  readonly omitted: number
}

/** Picks one request out of NDJSON text. No bars: the log does not know the request. */
export const collect = <E, R>(text: Stream.Stream<string, E, R>, requestId: string): Effect.Effect<Waterfall, E, R> =>
  Effect.suspend(() => {
    const lines: Array<Timed> = []
    let omitted = 0
    const add = (line: LogLine | null) => {
      if (line === null || line.requestId !== requestId || line.time === null) return
      if (lines.length < maxLines) lines.push({ ...line, time: line.time })
      else omitted += 1
    }
    const mayBeOurs = (line: string) => line.includes(requestId)
    return Effect.as(forEachLine(text, add, mayBeOurs), lines).pipe(
      Effect.map((collected) => assemble(requestId, collected, omitted))
    )
  })

/** Lines joined by newlines, `columns` wide. */
export const render = (waterfall: Waterfall, columns: number): string => {
  const { bars, omitted, requestId, totalMs } = waterfall
  if (bars.length === 0) return `request ${Visible.line(requestId)} is not in the log`
  const labels = bars.map(({ label }) => Visible.line(label))
  const labelWidth = Math.min(
    labels.reduce((width, label) => Math.max(width, label.length), 0),
    Math.floor(columns / 3)
  )
  const barWidth = Math.max(10, columns - labelWidth - 32)
  const scale = totalMs === 0 ? 0 : barWidth / totalMs
  const rows = bars.map((bar, index) => {
    const start = Math.min(Math.floor(bar.startMs * scale), barWidth - 1)
    const end = bar.open ? barWidth : Math.round((bar.startMs + (bar.durationMs ?? 0)) * scale)
    const drawn =
      bar.durationMs === null && !bar.open
        ? "◆"
        : (bar.open ? "░" : "█").repeat(Math.max(1, Math.min(end, barWidth) - start))
    const length = bar.open ? "unfinished" : bar.durationMs === null ? "" : duration(bar.durationMs)
    const whole = labels[index] ?? ""
    const label = whole.length > labelWidth ? `${whole.slice(0, labelWidth - 1)}…` : whole
    return `${label.padEnd(labelWidth)} │${`${" ".repeat(start)}${drawn}`.padEnd(barWidth)}│ ${length.padEnd(10)} ${Visible.line(bar.errorType ?? "")}`.trimEnd()
  })
  const more = omitted === 0 ? [] : [`${omitted} more lines not shown`]
  return [`request ${Visible.line(requestId)}, ${duration(totalMs)}`, ...rows, ...more].join("\n")
}

// -----------------------------------------------------------------------------
// internals

type Timed = LogLine & { readonly time: number }

const maxLines = 2000

/** Which events begin and end a step, and what people call it. */
const steps: ReadonlyMap<string, { readonly label: string; readonly begins: boolean }> = new Map([
  ["query_received", { label: "query", begins: true }],
  ["query_processing_completed", { label: "query", begins: false }],
  ["resource_gathering_started", { label: "gather", begins: true }],
  ["resource_gathering_completed", { label: "gather", begins: false }],
  ["resource_gathering_failed", { label: "gather", begins: false }],
  ["mcp_connection_initiated", { label: "connect", begins: true }],
  ["mcp_connection_established", { label: "connect", begins: false }],
  ["mcp_connection_failed", { label: "connect", begins: false }],
  ["resource_list_requested", { label: "list", begins: true }],
  ["resource_list_received", { label: "list", begins: false }],
  ["resource_fetch_requested", { label: "read", begins: true }],
  ["resource_fetch_completed", { label: "read", begins: false }],
  ["sql_execution_started", { label: "execute", begins: true }],
  ["sql_execution_completed", { label: "execute", begins: false }],
  ["sql_execution_failed", { label: "execute", begins: false }]
])

/** Steps of the request as a whole: the failure of one server ends them, so the server is not part of their name. */
const whole = new Set(["query", "gather"])

const assemble = (requestId: string, lines: ReadonlyArray<Timed>, omitted: number): Waterfall => {
  const begun = new Map<string, Array<Timed>>()
  const bars: Array<Bar> = []
  const add = (label: string, line: Timed, from: number, open: boolean, moment: boolean) =>
    bars.push({
      label,
      startMs: from,
      durationMs: open || moment ? null : line.time - from,
      open,
      errorType: line.errorType
    })
  for (const line of lines) {
    const step = steps.get(line.event)
    const label = labelOf(step?.label ?? line.event, line)
    if (step?.begins === true) {
      begun.set(label, [...(begun.get(label) ?? []), line])
      continue
    }
    // The latest beginning: after a lost session a step begins again, and the first try never ends. What a line says of
    // its own length is more exact than the time between two lines.
    const start = step === undefined ? undefined : begun.get(label)?.pop()
    const from = line.durationMs !== null ? line.time - line.durationMs : start?.time
    add(label, line, from ?? line.time, false, from === undefined)
  }
  for (const [label, open] of begun) for (const line of open) add(label, line, line.time, true, false)
  const origin = bars.reduce((first, { startMs }) => Math.min(first, startMs), Number.POSITIVE_INFINITY)
  const end = lines.reduce((last, { time }) => Math.max(last, time), Number.NEGATIVE_INFINITY)
  return {
    requestId,
    totalMs: lines.length === 0 ? 0 : end - origin,
    bars: bars
      .map((bar) => ({ ...bar, startMs: bar.startMs - origin }))
      .toSorted((a, b) => a.startMs - b.startMs || (b.durationMs ?? 0) - (a.durationMs ?? 0)),
    omitted
  }
}

const labelOf = (name: string, { server, uri }: LogLine): string =>
  whole.has(name) ? name : [name, server, uri].filter((part) => part !== null).join(" ")
