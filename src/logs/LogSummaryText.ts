/** A log summary as text for a terminal, without colour. */
import * as Table from "../text/Table.ts"
import type { ErrorCount, Summary } from "./LogSummary.ts"

/** Lines joined by newlines, none at the end, of so many columns at most. */
export const render = (summary: Summary, screen = Number.POSITIVE_INFINITY): string =>
  [
    ...head(summary).flatMap((line) => Table.wrap(line, screen)),
    ...section("Events", eventTable(summary, screen - indent)),
    ...section("Servers", serverTable(summary, screen - indent)),
    ...section("Slowest requests", slowestTable(summary, screen - indent)),
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

const head = ({ badLines, conflicts, from, lines, retries, to }: Summary): ReadonlyArray<string> => {
  const span = from === null || to === null ? "" : `, ${from} to ${to} (${duration(Date.parse(to) - Date.parse(from))})`
  const bad = badLines === 0 ? "" : `, ${counted(badLines, "bad line")} skipped`
  return [
    `${counted(lines, "line")}${bad}${span}`,
    `${counted(retries, "retry", "retries")}, ${counted(conflicts, "conflict")}`
  ]
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)]

/** On a narrow screen p99 gives way to the names, and what no event had has no column. */
const eventTable = ({ events }: Summary, screen: number): ReadonlyArray<string> => {
  const quantiles = screen < wide ? (["p50", "p95", "max"] as const) : (["p50", "p95", "p99", "max"] as const)
  const hasErrors = events.some(({ errors }) => errors.length > 0)
  return table(
    [
      { title: "event" },
      { title: "server" },
      right("count"),
      ...quantiles.map(right),
      ...(hasErrors ? [{ title: "errors", wrap: true as const }] : [])
    ],
    events.map(({ count, durations, errors, event, server }) => [
      event,
      server ?? "-",
      String(count),
      ...quantiles.map((quantile) => (durations === null ? "-" : duration(durations[quantile]))),
      errorList(errors)
    ]),
    screen
  )
}

const serverTable = ({ servers }: Summary, screen: number): ReadonlyArray<string> =>
  table(
    [{ title: "server" }, right("lines"), right("retries"), right("conflicts"), { title: "errors", wrap: true }],
    servers.map(({ conflicts, count, errors, retries, server }) => [
      server,
      String(count),
      String(retries),
      String(conflicts),
      errorList(errors)
    ]),
    screen
  )

const slowestTable = ({ slowest }: Summary, screen: number): ReadonlyArray<string> =>
  table(
    [{ title: "request", whole: true }, right("duration"), { title: "event" }, { title: "server" }],
    slowest.map(({ durationMs, event, requestId, server }) => [requestId, duration(durationMs), event, server ?? "-"]),
    screen
  )

const errorList = (errors: ReadonlyArray<ErrorCount>): string =>
  errors.map(({ count, type }) => `${type} ${count}`).join(", ")

const indent = 2
const wide = 100

const right = (title: string): Table.Column => ({ title, align: "right" })

const table = (
  columns: ReadonlyArray<Table.Column>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  screen: number
): ReadonlyArray<string> => (rows.length === 0 ? [] : Table.render(columns, rows, screen).split("\n"))

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
