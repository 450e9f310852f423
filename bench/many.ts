/**
 * Many gathers at once on one orchestrator: `npm run bench:many`, or quickly with `-- --quick`. Writes the section `many` of
 * `docs/benchmarks.md`; with `--check` a missed figure is a failure.
 */
import { parseArgs } from "node:util"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Build from "./support/Build.ts"
import * as Bursts from "./support/Bursts.ts"
import * as Child from "./support/Child.ts"
import { patient } from "./support/Configuration.ts"
import * as Document from "./support/Document.ts"
import * as FakeServers from "./support/FakeServers.ts"
import * as Figures from "./support/Figures.ts"
import { median, quantile } from "./support/Statistics.ts"

const { values: options } = parseArgs({
  options: { check: { type: "boolean", default: false }, quick: { type: "boolean", default: false } }
})

const load: FakeServers.Load = { servers: 10, resources: 20, bytes: 2000, latency: 0 }
const count = 200
const runs = options.quick ? 1 : 3

const ways = [
  { name: "a gather a request, all at once", orchestration: { max_gathers: 1000 } },
  { name: "a gather a request, 4 at once (default)", orchestration: {} },
  { name: "`share_gathers`", orchestration: { share_gathers: true } }
]

const spreads = [
  { name: "all at the same time", overMs: 0 },
  ...(options.quick ? [] : [{ name: "evenly over 4 s", overMs: 4000 }])
]

const program = Effect.gen(function* () {
  const heaps = [
    { name: "as library", asServer: false, program: yield* Build.unbundled("many") },
    { name: "as `serve` runs", asServer: true, program: yield* Build.bundled("many") }
  ]
  const { urls } = yield* FakeServers.start(load)
  const rows: Array<Row> = []
  for (const spread of spreads) {
    for (const heap of heaps) {
      for (const way of ways) {
        const name = `${way.name}, ${heap.name}`
        yield* Console.error(`${spread.name}: ${name} …`)
        const outcomes = yield* Effect.forEach(Array.from({ length: runs }), () =>
          measure(heap, { urls, orchestration: { ...patient, ...way.orchestration } }, spread.overMs)
        )
        rows.push({ spread: spread.name, name, outcomes })
      }
    }
  }
  const peak = (name: string) =>
    Math.max(...rows.filter((row) => row.name.startsWith(name)).flatMap(({ outcomes }) => outcomes.map(peakMb)))
  const kept = Math.max(...rows.flatMap(({ outcomes }) => outcomes.map((one) => one.rssAfter / one.rssBefore)))
  const figures: ReadonlyArray<Figures.Figure> = [
    { what: "200 gathers, 4 at once, peak RSS", atMost: 300, measured: peak("a gather a request, 4"), unit: " MB" },
    { what: "200 gathers that share, peak RSS", atMost: 300, measured: peak("`share"), unit: " MB" },
    { what: "RSS after a collection ÷ before, worst", atMost: 1.25, measured: kept }
  ]
  const report = [
    "## Many gathers at once",
    "`npm run bench:many`",
    `Machine: ${Document.machine()}.`,
    `Method: ${count} gathers of ${load.servers} servers × ${load.resources} resources × 2 kB on one orchestrator, after 20 to warm up, each way in fresh processes; the
medians of ${runs} runs, the largest peak. RSS is resident memory, 10^6 bytes, looked at every 5 ms; before and after are after a garbage collection. CPU is the client's process.`,
    Figures.figureTable(figures),
    ...spreads.map(({ name }) => `### ${name}\n\n${table(rows.filter(({ spread }) => spread === name))}`)
  ].join("\n\n")
  yield* Console.log(report)
  if (!options.quick) Document.writeSection("many", report)
  yield* Figures.judge(figures, options.check)
}).pipe(Effect.scoped)

interface Row {
  readonly spread: string
  readonly name: string
  readonly outcomes: ReadonlyArray<Bursts.Outcome>
}

const peakMb = ({ peak }: Bursts.Outcome) => peak / 1e6

const table = (rows: ReadonlyArray<Row>): string =>
  Document.table(
    ["", "p50 ms", "p95 ms", "last ms", "CPU ms", "RSS MB before", "peak", "after"],
    rows.map(({ name, outcomes }) => {
      const of = (figure: (outcome: Bursts.Outcome) => number) => Figures.rounded(median(outcomes.map(figure)))
      return [
        name,
        of(({ ms }) => median(ms)),
        of(({ ms }) => quantile(ms, 0.95)),
        of(({ ms }) => Math.max(...ms)),
        of(({ cpuMs }) => cpuMs),
        of(({ rssBefore }) => rssBefore / 1e6),
        Figures.rounded(Math.max(...outcomes.map(peakMb))),
        of(({ rssAfter }) => rssAfter / 1e6)
      ]
    })
  )

/** One burst in a process of its own. */
const measure = Effect.fnUntraced(
  function* (
    { asServer, program }: { readonly asServer: boolean; readonly program: string },
    given: Omit<Bursts.Given, "asServer">,
    overMs: number
  ) {
    const child = yield* Child.start(program, [JSON.stringify({ ...given, asServer })])
    const outcome = yield* child.ask({ count, overMs }, Bursts.Outcome)
    const { cpuMs, ms, peak, rssAfter, rssBefore } = outcome
    const shown = [median(ms), Math.max(...ms), cpuMs, ...[rssBefore, peak, rssAfter].map((bytes) => bytes / 1e6)]
    yield* Console.error(shown.map(Figures.rounded).join(" "))
    if (outcome.resources === load.servers * load.resources) return outcome
    return yield* new Child.BenchError({ message: `a gather brought ${outcome.resources} resources` })
  },
  (effect) => Effect.scoped(effect)
)

NodeRuntime.runMain(program)
