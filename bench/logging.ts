/**
 * What logging adds to a gather of 10 servers × 50 resources: `npm run bench:logging`. The levels take turns in one
 * process whose stderr is a pipe that is read. Writes the section `logging` of `docs/benchmarks.md`; with `--check` a
 * missed figure is a failure.
 */
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import { ConfigLoader, Logging, Orchestrator, Transports } from "../src/index.ts"
import { configuration } from "./support/Configuration.ts"
import * as Document from "./support/Document.ts"
import * as FakeServers from "./support/FakeServers.ts"
import * as Figures from "./support/Figures.ts"
import { median } from "./support/Statistics.ts"

const { values: options } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    /** Set for the process that measures. */
    measure: { type: "boolean", default: false }
  }
})

const rounds = options.quick ? 42 : 1002
const warmUps = 20

/** A secret a server to be masked, as with a header each. */
const secrets = Array.from({ length: 10 }, (_, index) => `Bearer ${index}-0123456789abcdef0123456789abcdef`)

const logging = (enabled: boolean, level: "INFO" | "DEBUG") =>
  Logging.layer({ enabled, level, format: "json", secrets })

const levels = [
  { name: "none", layer: logging(false, "INFO") },
  { name: "INFO", layer: logging(true, "INFO") },
  { name: "DEBUG", layer: logging(true, "DEBUG") }
]

const measure = Effect.gen(function* () {
  const { urls } = yield* FakeServers.start({ servers: 10, resources: 50, bytes: 2000, latency: 0 })
  const config = yield* ConfigLoader.fromUnknown(configuration(urls))
  const context = yield* Layer.build(
    Orchestrator.layerConfig(config).pipe(Layer.provide([Orchestrator.generatorLayer, Transports.Transports.layerSse]))
  )
  const samples = yield* Effect.forEach(levels, ({ layer, name }) =>
    Effect.map(Layer.build(layer), (context) => ({
      name,
      context,
      wall: new Array<number>(),
      cpu: new Array<number>()
    }))
  )
  const gather = Effect.gen(function* () {
    const orchestrator = yield* Orchestrator.Orchestrator
    const started = performance.now()
    const used = process.cpuUsage()
    yield* orchestrator.gather()
    const wall = performance.now() - started
    const { system, user } = process.cpuUsage(used)
    return { wall, cpu: (system + user) / 1000 }
  })
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const sample of yield* Random.shuffle(samples)) {
      const { cpu, wall } = yield* gather.pipe(Effect.provideContext(sample.context), Effect.provideContext(context))
      if (round < 0) continue
      sample.wall.push(wall)
      sample.cpu.push(cpu)
    }
  }
  const [none] = samples
  const rows = samples.map(({ cpu, name, wall }) => ({
    name,
    wall: median(wall),
    cpu: median(cpu),
    ratio: median(wall) / median(none?.wall ?? []),
    cpuRatio: median(cpu) / median(none?.cpu ?? [])
  }))
  const ratioOf = (level: string) => rows.find(({ name }) => name === level)?.ratio ?? Number.NaN
  const figures: ReadonlyArray<Figures.Figure> = [
    { what: "gather with INFO ÷ without logging", atMost: 1.03, measured: ratioOf("INFO") },
    { what: "gather with DEBUG ÷ without logging", atMost: 1.15, measured: ratioOf("DEBUG") }
  ]
  const report = [
    "## Logging",
    "`npm run bench:logging`",
    `Machine: ${Document.machine()}.`,
    `Method: 10 servers × 50 resources × 2 kB. In one process, ${rounds} rounds after ${warmUps} to warm up, each with one gather a level in an order
drawn by lot; JSON lines, with ten secrets to mask, go to a pipe that is read by another process. Medians.`,
    Figures.figureTable(figures),
    Document.table(
      ["level", "gather ms", "ratio", "CPU ms", "ratio"],
      rows.map(({ cpu, cpuRatio, name, ratio, wall }) => [
        name,
        Figures.rounded(wall),
        Figures.rounded(ratio),
        Figures.rounded(cpu),
        Figures.rounded(cpuRatio)
      ])
    )
  ].join("\n\n")
  yield* Console.log(report)
  if (!options.quick) Document.writeSection("logging", report)
  yield* Figures.judge(figures, options.check)
}).pipe(Effect.scoped)

/** Runs this file once more with a reader of its stderr that costs little; shows the last lines if it fails. */
const beside = Effect.callback<void>((resume) => {
  const reader = spawn("tail", ["-n", "20"], { stdio: ["pipe", "pipe", "inherit"] })
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2), "--measure"]
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", reader.stdin] })
  reader.stdin.destroy()
  let last = ""
  reader.stdout.on("data", (chunk: Buffer) => (last += chunk.toString()))
  reader.on("close", () => {
    process.exitCode = child.exitCode ?? 1
    resume(child.exitCode === 0 ? Effect.void : Console.error(last))
  })
  return Effect.sync(() => child.kill())
})

NodeRuntime.runMain(options.measure ? measure : beside)
