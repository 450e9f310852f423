/** A log summary as text for a terminal, without colour. */
import * as Visible from "../text/Visible.ts"
import type { ErrorCount, Summary } from "./LogSummary.ts"

/** Lines joined by newlines, none at the end. */
export const render = (summary: Summary): string =>
  [
    head(summary),
    ...section("Events", eventTable(summary)),
    ...section("Servers", serverTable(summary)),
    ...section("Slowest requests", slowestTable(summary)),
    ...section("Timeline", timeline(summary))
  ].join("\n")

/** Milliseconds in the unit that people would say: `850 ms`, `1.2 s`, `3 min 20 s`. */
export const duration = (ms: number): string => {
  if (ms < 1000) return `${Number(ms.toPrecision(3))} ms`
  if (ms < 60_000) return `${Number((ms / 1000).toPrecision(3))} s`
  const [big, small, ratio, unit] =
    ms < 3_600_000 ? (["min", "s", 60, 1000] as const) : (["h", "min", 60, 60_000] as const)
  const total = Math.round(ms / unit)
  const rest = total % ratio
  return `${Math.floor(total / ratio)} ${big}${rest === 0 ? "" : ` ${rest} ${small}`}`
}

// -----------------------------------------------------------------------------
// internals

const head = ({ badLines, conflicts, from, lines, retries, to }: Summary): string => {
  const span = from === null || to === null ? "" : `, ${from} to ${to} (${duration(Date.parse(to) - Date.parse(from))})`
  const bad = badLines === 0 ? "" : `, ${counted(badLines, "bad line")} skipped`
  return `${counted(lines, "line")}${bad}${span}\n${counted(retries, "retry", "retries")}, ${counted(conflicts, "conflict")}`
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)]

const eventTable = ({ events }: Summary): ReadonlyArray<string> =>
  table(
    ["event", "server", "count", "p50", "p95", "p99", "max", "errors"],
    events.map(({ count, durations, errors, event, server }) => [
      event,
      server ?? "-",
      String(count),
      ...(durations === null
        ? ["-", "-", "-", "-"]
        : [durations.p50, durations.p95, durations.p99, durations.max].map(duration)),
      errorList(errors)
    ]),
    new Set([2, 3, 4, 5, 6])
  )

const serverTable = ({ servers }: Summary): ReadonlyArray<string> =>
  table(
    ["server", "lines", "retries", "conflicts", "errors"],
    servers.map(({ conflicts, count, errors, retries, server }) => [
      server,
      String(count),
      String(retries),
      String(conflicts),
      errorList(errors)
    ]),
    new Set([1, 2, 3])
  )

const slowestTable = ({ slowest }: Summary): ReadonlyArray<string> =>
  table(
    ["request", "duration", "event", "server"],
    slowest.map(({ durationMs, event, requestId, server }) => [requestId, duration(durationMs), event, server ?? "-"]),
    new Set([1])
  )

const errorList = (errors: ReadonlyArray<ErrorCount>): string =>
  errors.map(({ count, type }) => `${type} ${count}`).join(", ")

/** Columns wide enough for their longest cell; those in `right` are aligned to the right. */
const table = (
  header: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  right: ReadonlySet<number>
): ReadonlyArray<string> => {
  if (rows.length === 0) return []
  const all = [header, ...rows.map((row) => row.map(Visible.line))]
  const widths = header.map((_, column) => all.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0))
  return all.map((row) =>
    row
      .map((cell, column) =>
        right.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)
      )
      .join("  ")
      .trimEnd()
  )
}

const levels = "▁▂▃▄▅▆▇█"

/** A column a step: how many lines, and under it `!` where there were errors. */
const timeline = ({ timeline: { stepMs, steps } }: Summary): ReadonlyArray<string> => {
  const [first] = steps
  if (first === undefined) return []
  const most = steps.reduce((max, { lines }) => Math.max(max, lines), 1)
  const bars = steps.map(({ lines }) => (lines === 0 ? " " : (levels[Math.ceil((lines / most) * 8) - 1] ?? " ")))
  const errors = steps.map((step) => (step.errors === 0 ? " " : "!"))
  return [
    `from ${first.start}, ${duration(stepMs)} a column, highest ${counted(most, "line")}`,
    bars.join("").trimEnd(),
    ...(errors.includes("!") ? [`${errors.join("").trimEnd()}  errors`] : [])
  ]
}
