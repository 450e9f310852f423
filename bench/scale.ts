/**
 * What a question costs `serve`: `npm run build && npm run bench:scale`, or quickly with `-- --quick`. Prints the tables of
 * `docs/scale.md`. CPU and memory are those of the serving processes alone, as Linux counts them.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import type { FakeScript } from "../src/testing/FakeScript.ts"
import * as FakeServer from "../src/testing/FakeServer.ts"
import * as Servers from "../test/query/Servers.ts"
import { patient } from "./support/Configuration.ts"
import * as Document from "./support/Document.ts"
import * as ServedCommand from "./support/ServedCommand.ts"

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } })

/** Many enough for all that are asked at once to be served several times. */
const questions = options.quick ? 20 : 400

interface Case {
  readonly servers: number
  readonly resources: number
  readonly workers: number
  /** Questions at the same time. */
  readonly atOnce: number
  readonly share: boolean
}

const usual: Case = { servers: 2, resources: 5, workers: 1, atOnce: 1, share: false }
const large = { ...usual, servers: 10, resources: 50 }
const cases: ReadonlyArray<Case> = [
  usual,
  { ...usual, resources: 50 },
  { ...usual, servers: 10 },
  large,
  { ...usual, atOnce: 16 },
  { ...usual, atOnce: 16, workers: 2 },
  { ...usual, atOnce: 16, workers: 4 },
  { ...large, atOnce: 16 },
  { ...large, atOnce: 16, share: true },
  { ...large, atOnce: 64, share: true }
]

/** One database among them answers; the others, and its further resources, only have to be read. */
const scriptOf = (index: number, resources: number): FakeScript => {
  const filler = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      uri: `list://names/${index}/${at}`,
      name: `names_${index}_${at}`,
      json: Array.from({ length: 20 }, (_, row) => ({
        id: `${index}-${at}-${row}`,
        name: `Thing ${index} ${at} ${row}`
      }))
    }))
  return index === 0
    ? {
        ...Servers.databaseScript(Servers.rows(["count"], [3])),
        resources: [
          { uri: "database://metadata", name: "database_metadata", json: Servers.schema },
          ...filler(resources - 1)
        ]
      }
    : { resources: filler(resources) }
}

/** CPU milliseconds and resident bytes of a process and its children. */
const usage = (pid: number): { readonly cpu: number; readonly rss: number } => {
  const one = (pid: number) => {
    // Behind the name in brackets: utime and stime in ticks of 10 ms, the resident pages of 4 KiB.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []
    return { cpu: (Number(fields[11]) + Number(fields[12])) * 10, rss: Number(fields[21]) * 4096 }
  }
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")
      .split(" ")
      .filter((id) => id !== "")
      .map(Number)
  )
  return [pid, ...children].map(one).reduce((a, b) => ({ cpu: a.cpu + b.cpu, rss: a.rss + b.rss }))
}

const ask = (url: string) =>
  Effect.promise((signal) =>
    fetch(`${url}/v1/query`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ question: "how many products are there?" }),
      signal
    }).then((response) => response.text().then((text) => (response.status === 200 ? text : Promise.reject(text))))
  )

const measure = Effect.fnUntraced(function* ({ atOnce, resources, servers: count, share, workers }: Case) {
  const servers = yield* Effect.forEach(
    Array.from({ length: count }, (_, index) => scriptOf(index, resources)),
    (script) => FakeServer.make(script)
  )
  const directory = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "scale-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true }))
  )
  const file = join(directory, "mcp-config.yaml")
  const config = FakeServer.orchestratorConfig(servers, {
    orchestration: { ...patient, share_gathers: share, log_level: "WARNING" },
    servers: servers.map(() => ({ rate_limit: null }))
  })
  writeFileSync(file, JSON.stringify(config))
  const { pid, url } = yield* ServedCommand.start("dist/runner/main.js", file, ["--workers", String(workers)])
  const many = (count: number) =>
    Effect.forEach(Array.from({ length: count }), () => ask(url), { concurrency: atOnce, discard: true })
  const posts = Effect.map(
    Effect.forEach(servers, ({ counters }) => counters),
    (all) => all.reduce((sum, one) => sum + one.posts, 0)
  )
  yield* many(20)
  const [before, postsBefore, started] = [usage(pid), yield* posts, performance.now()]
  yield* many(questions)
  const [after, ms] = [usage(pid), performance.now() - started]
  return {
    cpu: (after.cpu - before.cpu) / questions,
    rss: after.rss / 1e6,
    posts: ((yield* posts) - postsBefore) / questions,
    perSecond: (questions * 1000) / ms
  }
}, Effect.scoped)

const program = Effect.gen(function* () {
  yield* Console.log(
    [
      `Machine: ${Document.machine()}.`,
      "",
      "| servers × resources | workers | at once | `share_gathers` | CPU ms a question | upstream requests a question | RSS MB | questions a second |",
      "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |"
    ].join("\n")
  )
  for (const one of cases) {
    const { cpu, perSecond, posts, rss } = yield* measure(one)
    yield* Console.log(
      `| ${one.servers} × ${one.resources} | ${one.workers} | ${one.atOnce} | ${one.share ? "yes" : "no"} | ${cpu.toFixed(1)} | ${posts.toFixed(1)} | ${rss.toFixed(0)} | ${perSecond.toFixed(1)} |`
    )
  }
})

NodeRuntime.runMain(program)
