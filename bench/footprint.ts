/**
 * What the bundled runner costs as a process: `npm run build && npm run bench:footprint`. Writes the section
 * `footprint` of `docs/benchmarks.md`; with `--check` a missed figure is a failure.
 */
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Document from "./support/Document.ts"
import * as FakeServers from "./support/FakeServers.ts"
import * as Figures from "./support/Figures.ts"
import * as ServedCommand from "./support/ServedCommand.ts"
import * as WholeCommand from "./support/WholeCommand.ts"

const { values: options } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    /** The bundled runner, if it is not where `npm run build` puts it. */
    runner: { type: "string", default: fileURLToPath(new URL("../dist/runner/main.js", import.meta.url)) }
  }
})

/** What an app imports, as it is published. */
const entry = new URL("../dist/index.js", import.meta.url).href

const rounds = options.quick ? 7 : 25

const program = Effect.gen(function* () {
  const few = yield* FakeServers.start({ servers: 2, resources: 5, bytes: 2000, latency: 0 })
  const many = yield* FakeServers.start({ servers: 10, resources: 50, bytes: 2000, latency: 0 })
  const gather = (config: string) => [options.runner, "gather", "--config", config]
  const results = yield* WholeCommand.alternate(
    new Map([
      ["`node -e 0`", ["-e", "0"]],
      ["`import` of the library", ["--input-type=module", "-e", `import ${JSON.stringify(entry)}`]],
      ["`--help`", [options.runner, "--help"]],
      ["`gather` on 2 servers × 5 resources", gather(yield* WholeCommand.configFile(few.urls))],
      ["`gather` on 10 servers × 50 resources", gather(yield* WholeCommand.configFile(many.urls))]
    ]),
    rounds
  )
  const [empty, library, help, two, ten] = results
  if (empty === undefined || library === undefined || help === undefined || two === undefined || ten === undefined)
    return
  const served = yield* ServedCommand.idle(
    options.runner,
    yield* WholeCommand.configFile(many.urls),
    options.quick ? 2000 : 10_000
  )
  const figures: ReadonlyArray<Figures.Figure> = [
    { what: "`--help` ÷ (2.5 × `node -e 0` + 80 ms)", atMost: 1, measured: help.wallMs / (2.5 * empty.wallMs + 80) },
    { what: "`gather` on two idle servers ÷ `node -e 0`", atMost: 15, measured: two.wallMs / empty.wallMs },
    { what: "`import` of the library, peak RSS", atMost: 100, measured: library.peakMb, unit: " MB" },
    { what: "`gather` on two servers, peak RSS", atMost: 100, measured: two.peakMb, unit: " MB" },
    { what: "`gather` on ten servers, peak RSS", atMost: 100, measured: ten.peakMb, unit: " MB" },
    { what: "`serve` idle, ten servers connected, RSS", atMost: 100, measured: served.rssMb, unit: " MB" }
  ]
  const report = [
    "## Footprint of the runner",
    "`npm run build && npm run bench:footprint`",
    `Machine: ${Document.machine()}.`,
    `Method: the commands take turns, ${rounds} times each; medians. Local servers in a process of their own, resources of 2 kB. Peak RSS is the
high-water mark of resident memory that the kernel keeps, 10^6 bytes. \`serve\` with the ten servers, once: ready after ${Figures.rounded(served.readyMs)} ms, and then left alone
for ten seconds; at its peak until then it had ${served.peakMb.toFixed(0)} MB.`,
    Figures.figureTable(figures),
    Document.table(
      ["command", "wall ms", "÷ `node -e 0`", "CPU ms", "peak RSS MB"],
      results.map(({ cpuMs, name, peakMb, wallMs }) => [
        name,
        Figures.rounded(wallMs),
        Figures.rounded(wallMs / empty.wallMs),
        Figures.rounded(cpuMs),
        peakMb.toFixed(0)
      ])
    )
  ].join("\n\n")
  yield* Console.log(report)
  if (!options.quick) Document.writeSection("footprint", report)
  yield* Figures.judge(figures, options.check)
}).pipe(Effect.scoped)

NodeRuntime.runMain(program)
