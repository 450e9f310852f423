/**
 * Gathering, side by side with what else there is: `npm run bench`, or quickly with `-- --quick`. Writes the section
 * `gather` of `docs/benchmarks.md`; with `--check` a missed figure is a failure.
 */
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Build from "./support/Build.ts"
import * as Contest from "./support/Contest.ts"
import * as Document from "./support/Document.ts"
import * as FakeServers from "./support/FakeServers.ts"
import * as Figures from "./support/Figures.ts"
import * as GatherReport from "./support/GatherReport.ts"
import * as Peers from "./support/Peers.ts"
import * as WholeCommand from "./support/WholeCommand.ts"

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    /** Only the gathers over a link; writes nothing. */
    links: { type: "boolean", default: false },
    /** The bundled runner, if it is not where `npm run build` puts it. */
    runner: { type: "string", default: fileURLToPath(new URL("../dist/runner/main.js", import.meta.url)) }
  }
})

const base: FakeServers.Load = { servers: 10, resources: 50, bytes: 2000, latency: 0 }

/** Over a link that delays both directions: ten pages of ten, one page, and ten servers at once. */
const far: ReadonlyArray<FakeServers.Load> = [
  ...[20, 60, 120].map((roundTrip) => ({ ...base, servers: 1, resources: 100, pageSize: 10, roundTrip })),
  { ...base, servers: 1, roundTrip: 20 },
  { ...base, roundTrip: 60 }
]

/** One axis at a time; the first two are what the figures are about. */
const loads: ReadonlyArray<FakeServers.Load> = [
  base,
  { ...base, latency: 20 },
  ...(options.quick
    ? []
    : [
        { ...base, servers: 1 },
        { ...base, servers: 2 },
        { ...base, servers: 5 },
        { ...base, resources: 10 },
        { ...base, resources: 500 },
        { ...base, bytes: 200 },
        { ...base, bytes: 200_000 }
      ])
]

const effort: Contest.Effort = options.quick
  ? { connects: 2, warmUps: 10, rounds: 15, budgetMs: 1500, gathers: {} }
  : { connects: 5, warmUps: 60, rounds: 60, budgetMs: 6000, gathers: {} }

/** Little CPU, long waits: few gathers tell as much. */
const linkEffort: Contest.Effort = options.quick
  ? { connects: 1, warmUps: 2, rounds: 4, budgetMs: 8000, gathers: {} }
  : { connects: 3, warmUps: 3, rounds: 12, budgetMs: 20_000, gathers: {} }

const program = Effect.gen(function* () {
  const clients = yield* build
  const ours = clients.filter(({ name }) => isOurs(name))
  const cells: Array<GatherReport.Cell> = []
  const links: Array<GatherReport.Cell> = []
  // They differ in what they do with a link: a gather one after another takes a minute there.
  const overLinks = [...ours, ...clients.filter(({ name }) => name === GatherReport.parallel)]
  for (const load of far) {
    yield* Console.error(`${GatherReport.title(load)} …`)
    const { urls } = yield* FakeServers.start(load)
    const entrants = overLinks.map((client) => ({ ...client, urls }))
    const results = yield* Contest.run(entrants, () => load.servers * load.resources, linkEffort)
    links.push({ load, results })
    yield* Console.log(`\n${GatherReport.cellTable({ load, results })}\n`)
  }
  if (options.links) return yield* Figures.judge(GatherReport.linkFigures(links), options.check)
  for (const load of loads) {
    yield* Console.error(`${GatherReport.title(load)} …`)
    const gathers =
      load === base ? Object.fromEntries((options.quick ? ours : clients).map(({ name }) => [name, 200])) : {}
    const results = yield* Effect.scoped(
      Effect.gen(function* () {
        const { urls } = yield* FakeServers.start(load)
        const entrants = clients.map((client) => ({ ...client, urls }))
        return yield* Contest.run(entrants, () => load.servers * load.resources, { ...effort, gathers })
      })
    )
    cells.push({ load, results })
    yield* Console.log(`\n${GatherReport.cellTable({ load, results })}\n`)
  }
  yield* Console.error("growth …")
  const growth = yield* measureGrowth(clients)
  yield* Console.error("whole commands …")
  const commands = existsSync(options.runner)
    ? yield* WholeCommand.measure(options.runner, clients, options.quick ? 5 : 15)
    : yield* Effect.as(Console.error("The bundled runner is left out: run `npm run build` first."), null)

  const figures = [...GatherReport.figures(cells, growth, commands), ...GatherReport.linkFigures(links)]
  const report = GatherReport.document({ cells, commands, effort, figures, growth, links })
  yield* Console.log(report)
  if (!options.quick) Document.writeSection("gather", report)
  yield* Figures.judge(figures, options.check)
}).pipe(Effect.scoped)

const isOurs = (name: string) =>
  name === GatherReport.library || name === GatherReport.bundled || name === GatherReport.serving

const build = Effect.gen(function* () {
  const folder = yield* Peers.install
  const ours = [
    { name: GatherReport.library, program: yield* Build.unbundled("orchestrator") },
    { name: GatherReport.bundled, program: yield* Build.bundled("runner") },
    { name: GatherReport.serving, program: yield* Build.bundled("serve") },
    { name: GatherReport.sequential, program: yield* Build.unbundled("sdk-sequential") },
    { name: GatherReport.parallel, program: yield* Build.unbundled("sdk-parallel") }
  ]
  if (folder === null) return ours
  return [
    ...ours,
    { name: "@ai-sdk/mcp", program: yield* Build.unbundled("ai-sdk", folder) },
    { name: "@langchain/mcp-adapters", program: yield* Build.unbundled("langchain", folder) }
  ]
})

/** The library on few and on many resources, taking turns. */
const measureGrowth = Effect.fnUntraced(
  function* (clients: ReadonlyArray<Omit<Contest.Entrant, "urls">>) {
    const library = clients.filter(({ name }) => name === GatherReport.library)
    const entrants: Array<Contest.Entrant & { readonly load: FakeServers.Load }> = []
    for (const resources of [50, 500]) {
      const load = { ...base, resources }
      const { urls } = yield* FakeServers.start(load)
      for (const { program: path } of library) entrants.push({ name: String(resources), program: path, urls, load })
    }
    const expected = ({ name }: Contest.Entrant) => base.servers * Number(name)
    return yield* Contest.run(entrants, expected, { ...effort, connects: 1, budgetMs: 3 * effort.budgetMs })
  },
  (effect) => Effect.scoped(effect)
)

NodeRuntime.runMain(program)
