/** From the results of `bench/gather.ts` to tables and figures. Pure. */
import type * as Contest from "./Contest.ts"
import { machine, table } from "./Document.ts"
import type { Load } from "./FakeServers.ts"
import { figureTable, rounded, type Figure } from "./Figures.ts"
import * as Peers from "./Peers.ts"
import { runnerName, type CommandResults } from "./WholeCommand.ts"

export interface Cell {
  readonly load: Load
  readonly results: ReadonlyArray<Contest.Result>
}

export const library = "this project"
export const bundled = "this project, as the runner"
export const serving = "this project, as `serve`"
export const sequential = "SDK, one after another"
export const parallel = "SDK, `Promise.all`"

/** Says what a cell is about: "10 servers × 50 resources × 2 kB, 20 ms". */
export const title = ({ bytes, latency, pageSize, resources, roundTrip, servers }: Load): string => {
  const pages = pageSize === undefined ? "" : ` on ${Math.ceil(resources / pageSize)} pages`
  const delay = roundTrip === undefined ? `${latency} ms` : `${roundTrip} ms round trip`
  return `${servers} ${servers === 1 ? "server" : "servers"} × ${resources} resources${pages} × ${bytes / 1000} kB, ${delay}`
}

/** A row a client. */
export const cellTable = ({ load, results }: Cell): string => {
  const reference = find(results, parallel)
  const ended = results.some(({ gathers }) => gathers >= 200)
  return `### ${title(load)}\n\n${table(
    [
      "client",
      "gather ms",
      "p95",
      "ratio",
      "CPU ms",
      "ratio",
      "connect ms",
      "sockets a server",
      "RSS MB idle",
      ...(ended ? ["after 200"] : [])
    ],
    results.map((result) => [
      result.name,
      rounded(result.gather),
      rounded(result.p95),
      rounded(result.gather / reference.gather),
      rounded(result.cpu),
      rounded(result.cpu / reference.cpu),
      rounded(result.connect),
      String(result.socketsPerServer),
      result.rssIdle.toFixed(0),
      ...(ended ? [result.gathers >= 200 ? result.rssEnd.toFixed(0) : "–"] : [])
    ])
  )}`
}

/** The figures to reach, with what was measured. The first two cells are without and with latency. */
export const figures = (
  cells: ReadonlyArray<Cell>,
  growth: ReadonlyArray<Contest.Result>,
  commands: CommandResults | null
): ReadonlyArray<Figure> => {
  const at = (index: number, name: string) => find(cells[index]?.results ?? [], name)
  const ours = at(0, library)
  const few = find(growth, "50").gather / 50
  const many = find(growth, "500").gather / 500
  const runner = (results: CommandResults["two"]) => results.find(({ name }) => name === runnerName)
  return [
    { what: "gather ÷ SDK `Promise.all`", atMost: 0.5, measured: ours.gather / at(0, parallel).gather },
    { what: "the same at 20 ms", atMost: 0.7, measured: at(1, library).gather / at(1, parallel).gather },
    { what: "SDK one after another ÷ gather", atLeast: 5, measured: at(0, sequential).gather / ours.gather },
    { what: "the same at 20 ms", atLeast: 100, measured: at(1, sequential).gather / at(1, library).gather },
    { what: "gather ÷ fastest peer, worst cell", atMost: 1, measured: Math.max(...cells.map(againstFastest)) },
    { what: "client CPU ÷ SDK `Promise.all`", atMost: 0.5, measured: ours.cpu / at(0, parallel).cpu },
    {
      what: "sockets to one server, worst cell",
      atMost: 10,
      measured: Math.max(...cells.map(({ results }) => find(results, library).socketsPerServer))
    },
    { what: "time a resource at 500 ÷ at 50", atMost: 1.1, measured: many / few },
    {
      what: "as `serve`, gather ÷ SDK `Promise.all`",
      atMost: 0.5,
      measured: at(0, serving).gather / at(0, parallel).gather
    },
    { what: "as `serve`, RSS right after 200 gathers", atMost: 150, measured: at(0, serving).rssEnd, unit: " MB" },
    { what: "as the runner, RSS right after 200 gathers", atMost: 120, measured: at(0, bundled).rssEnd, unit: " MB" },
    ...(commands === null
      ? []
      : [
          {
            what: "runner, `gather` on 10 servers, peak RSS",
            atMost: 100,
            measured: runner(commands.ten)?.peakMb ?? Number.NaN,
            unit: " MB"
          },
          {
            what: "runner, `gather` on two idle servers ÷ `node -e 0`",
            atMost: 15,
            measured: (runner(commands.two)?.wallMs ?? Number.NaN) / commands.empty.wallMs
          }
        ])
  ]
}

/** Of the cells over a link: three with ten pages, one with one page, ten servers. */
export const linkFigures = (cells: ReadonlyArray<Cell>): ReadonlyArray<Figure> => {
  const ratio = (index: number) => {
    const results = cells[index]?.results ?? []
    return find(results, library).gather / find(results, parallel).gather
  }
  return [
    { what: "gather ÷ SDK `Promise.all`, ten pages, 20 ms round trip", atMost: 0.85, measured: ratio(0) },
    { what: "the same at 60 ms", atMost: 0.95, measured: ratio(1) },
    { what: "the same at 120 ms", atMost: 1, measured: ratio(2) },
    {
      what: "50 resources on one page, 20 ms round trip",
      atMost: 200,
      measured: find(cells[3]?.results ?? [], library).gather,
      unit: " ms"
    }
  ]
}

/** The whole section. */
export const document = (all: {
  readonly cells: ReadonlyArray<Cell>
  readonly links: ReadonlyArray<Cell>
  readonly growth: ReadonlyArray<Contest.Result>
  readonly commands: CommandResults | null
  readonly figures: ReadonlyArray<Figure>
  readonly effort: Contest.Effort
}): string =>
  [
    "## Gathering",
    "`npm run build && npm run bench`",
    `Machine: ${machine()}.`,
    `Peers: ${Peers.versions}, each with all reads at once.`,
    `Method: the servers are scripted ones in one process of their own; each client has a process of its own, as plain JavaScript, with its libraries' defaults
(this project: without its default rate limit). Clients take turns, gather by gather, another one first in each round. ${all.effort.warmUps} gathers to warm up,
then ${all.effort.rounds} measured ones, or as many as go into ${all.effort.budgetMs / 1000} s. The times are medians; a ratio is to the SDK with \`Promise.all\`. To connect is to open all sessions
and to list once. CPU is the client's whole process, a gather. RSS is resident memory, 10^6 bytes, after connecting, and right after the 200th gather; "as the runner" is bundled
and keeps its heap small, "as \`serve\`" has the heap of a command that goes on.`,
    "### Figures",
    figureTable(all.figures),
    ...all.cells.map(cellTable),
    "Over a link: a TCP proxy delays both directions by half a round trip, and a new connection by one.",
    ...all.links.map(cellTable),
    "### Growth",
    table(
      ["resources a server", "gather ms", "µs a resource"],
      all.growth.map(({ gather, name }) => [name, rounded(gather), rounded((gather * 1000) / (10 * Number(name)))])
    ),
    ...(all.commands === null ? [] : commandTables(all.commands))
  ].join("\n\n")

const commandTables = ({ empty, ten, two }: CommandResults): ReadonlyArray<string> =>
  [
    { name: "2 servers × 5 resources × 2 kB", results: two },
    { name: "10 servers × 50 resources × 2 kB", results: ten }
  ].map(({ name, results }) => {
    const rows = [empty, ...results].map((result) => [
      result.name,
      rounded(result.wallMs),
      rounded(result.wallMs / empty.wallMs),
      rounded(result.cpuMs),
      result.peakMb.toFixed(0)
    ])
    const head = ["command", "wall ms", "÷ `node -e 0`", "CPU ms", "peak RSS MB"]
    return `### Whole command: start, connect, gather, print, end: ${name}\n\n${table(head, rows)}`
  })

const againstFastest = ({ results }: Cell): number => {
  const peers = results.filter(({ name }) => name !== library && name !== bundled && name !== serving)
  return find(results, library).gather / Math.min(...peers.map(({ gather }) => gather))
}

const missing: Contest.Result = {
  name: "",
  connect: Number.NaN,
  gather: Number.NaN,
  p95: Number.NaN,
  rounds: 0,
  cpu: Number.NaN,
  sockets: Number.NaN,
  socketsPerServer: Number.NaN,
  rssIdle: Number.NaN,
  rssEnd: Number.NaN,
  gathers: 0
}

/** What was not measured reaches no figure. */
const find = (results: ReadonlyArray<Contest.Result>, name: string): Contest.Result =>
  results.find((result) => result.name === name) ?? missing
