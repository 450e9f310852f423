/** What `validate` shows a person: a row a server, what was understood of each, then what is wrong. */
import * as Capability from "../config/Capability.ts"
import type { Understood } from "../grounding/Grounding.ts"
import { type ServerReport, shortcomings } from "../health/ServerReport.ts"
import * as Visible from "../text/Visible.ts"
import * as Table from "../text/Table.ts"
import type { Sheet } from "./Formats.ts"

/** Where no terminal sets a limit, everything below the table fits this many columns, but for errors and warnings. */
const usualColumns = 80
/** Of what was understood of one server; the JSON has all of it. */
const maxLines = 20

/** The rows alone: nothing below them says what is wrong. */
export const sheet = (reports: ReadonlyArray<ServerReport>): Sheet => ({
  columns: [...columns, { title: "why not" }],
  rows: reports.map((report) => [...row(report), report.error?.message ?? ""])
})

/** As wide as `screen` at most. */
export const render = (reports: ReadonlyArray<ServerReport>, screen = Number.POSITIVE_INFINITY): string =>
  [
    Table.render(columns, reports.map(row), screen),
    ...reports.flatMap((report) => section(report, Number.isFinite(screen) ? screen : usualColumns)),
    ...remarks(reports).flatMap((remark) => (Number.isFinite(screen) ? Table.wrap(remark, screen) : [remark]))
  ].join("\n")

const columns: ReadonlyArray<Table.Column> = [
  { title: "priority", align: "right" },
  { title: "server" },
  { title: "ok" },
  { title: "says it is", wrap: true },
  { title: "protocol" },
  { title: "resources", align: "right" },
  { title: "execute_query" },
  { title: "ms", wrap: true }
]

const row = (report: ServerReport): ReadonlyArray<string> => [
  String(report.priority),
  report.server,
  report.ok ? "yes" : "no",
  report.handshake === null ? "–" : `${report.handshake.serverInfo.name} ${report.handshake.serverInfo.version}`,
  report.handshake?.protocolVersion ?? "–",
  report.resources === null ? "–" : String(report.resources),
  report.sqlArgument === null ? "–" : `takes ${report.sqlArgument}`,
  report.steps.map(({ ms, step }) => `${step} ${ms}`).join(", ")
]

/** Nothing of a server whose listing was not reached. */
const section = (
  {
    bytes,
    declared,
    excluded,
    read,
    resources,
    schemaTables,
    server,
    sqlArgument,
    sqlTool,
    understood,
    walls
  }: ServerReport,
  columns: number
): ReadonlyArray<string> => {
  if (resources === null) return []
  const reading = !declared.includes(Capability.listResources)
    ? `asked for no resources, because ${Capability.listResources} is not declared`
    : resources === 0
      ? "no resources"
      : `${read} of ${count(resources, "resource")} read, ${bytes} bytes`
  return [
    "",
    `${server}: ${reading}${excluded === 0 ? "" : `, ${excluded} excluded`}`,
    ...(sqlTool === null ? [] : [`  runs SQL with ${sqlTool}(${sqlArgument})`]),
    ...(walls.length === 0 ? [] : [`  SQL passes two walls: ${walls.join(", ")}`]),
    ...(schemaTables === null ? [] : [`  schema through SQL: ${count(schemaTables, "table")}`]),
    ...understoodLines(understood)
  ].map((line) => Table.clip(line, columns))
}

interface Line {
  readonly what: string
  readonly names: ReadonlyArray<string>
}

/** A line a resource; of more than fit, one for all that hold the same. */
const understoodLines = (understood: ReadonlyArray<Understood>): ReadonlyArray<string> => {
  const lines: ReadonlyArray<Line> =
    understood.length > maxLines
      ? grouped(understood)
      : understood.map((one) => ({ what: holding(one), names: [one.name] }))
  const shown = lines.slice(0, maxLines)
  const width = Math.max(...shown.map(({ what }) => what.length))
  const more = lines.slice(maxLines).reduce((sum, { names }) => sum + names.length, 0)
  return [
    ...shown.map(({ names, what }) => {
      const those = names.length === 1 ? "" : `${count(names.length, "resource")}: `
      return `  ${what.padEnd(width)}  ${those}${names.join(", ")}`
    }),
    ...(more === 0 ? [] : [`  and ${count(more, "more resource")}: --json has all`])
  ]
}

const grouped = (understood: ReadonlyArray<Understood>): ReadonlyArray<Line> => {
  const byHolding = Map.groupBy(understood, holding)
  return [...byHolding].map(([what, those]) => ({
    what: those.length === 1 || what === nothing ? what : `${what} each`,
    names: those.map(({ name }) => name)
  }))
}

const nothing = "nothing"

const holding = ({ entities, mappings, tables, text }: Understood): string =>
  [
    ...(tables === 0 ? [] : [count(tables, "table")]),
    ...(mappings === 0 ? [] : [count(mappings, "mapping")]),
    ...(entities === 0 ? [] : [count(entities, "entity", "entities")]),
    ...(text ? ["text"] : [])
  ].join(", ") || nothing

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

const remarks = (reports: ReadonlyArray<ServerReport>): ReadonlyArray<string> => {
  const ofServers = reports.flatMap(({ error, server, warnings }) => [
    ...(error === null ? [] : [`${server}: ${error.message}`]),
    ...warnings.map((warning) => `${server}: warning: ${warning}`)
  ])
  const lacking = shortcomings(reports)
  return [
    ...(ofServers.length === 0 ? [] : ["", ...ofServers.map(Visible.line)]),
    ...(lacking.length === 0 ? [] : ["", ...lacking])
  ]
}
