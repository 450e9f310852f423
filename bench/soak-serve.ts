/**
 * `serve` for half an hour among those who ask, leave, flood it, restart its servers and change its configuration:
 * `npm run build && npm run soak:serve`, or `-- --seconds 120`. Between the rounds, when nobody asks, it must hold what it
 * held before. Fails when a bound is broken; the full run writes the section `soak-serve` of `docs/benchmarks.md`.
 */
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import { configuration } from "./support/Configuration.ts"
import * as Document from "./support/Document.ts"
import * as FakeServers from "./support/FakeServers.ts"
import * as Figures from "./support/Figures.ts"
import * as ServedCommand from "./support/ServedCommand.ts"
import * as ServeLoad from "./support/ServeLoad.ts"
import { median } from "./support/Statistics.ts"

const { values: options } = parseArgs({ options: { seconds: { type: "string", default: "1800" } } })

const load: FakeServers.Load = { servers: 10, resources: 20, bytes: 2000, latency: 0, database: true }
const seconds = Number(options.seconds)
const roundMs = 25_000
const rounds = Math.max(4, Math.round((seconds * 1000) / (roundMs + 5000)))

/** What is held when nobody asks. */
interface Look {
  readonly rssMb: number
  readonly files: number
  readonly sessions: number
  readonly sockets: number
  /** Median of some gathers, one after another. */
  readonly gatherMs: number
}

const runner = fileURLToPath(new URL("../dist/runner/main.js", import.meta.url))

const program = Effect.gen(function* () {
  const servers = yield* FakeServers.start(load)
  const file = yield* configFile
  const write = (version: number) =>
    Effect.sync(() => {
      const { mcp_servers, orchestration } = configuration(servers.urls)
      const named = Object.entries(mcp_servers).map(([id, one], at) => {
        const database = at === 0 ? { capabilities: ["list_resources", "execute_query"], dialect: "sqlite" } : {}
        return [id, { ...one, ...database, name: `${one.name}, ${version}` }]
      })
      // As editors do: nobody reads half of a file.
      writeFileSync(`${file}.new`, JSON.stringify({ mcp_servers: Object.fromEntries(named), orchestration }))
      renameSync(`${file}.new`, file)
    })
  yield* write(0)
  const { pid, url } = yield* ServedCommand.start(runner, file)
  const endings = new Map<ServeLoad.Ending, number>()
  const looks: Array<Look> = []
  let [restarts, reloads] = [0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const until = performance.now() + roundMs
    const again = <A>(effect: Effect.Effect<A>) => Effect.repeat(effect, { while: () => performance.now() < until })
    const told = (effect: Effect.Effect<ServeLoad.Ending>) =>
      again(Effect.map(effect, (ending) => endings.set(ending, (endings.get(ending) ?? 0) + 1)))
    const times = (count: number, one: Effect.Effect<unknown>) => Array.from({ length: count }, () => one)
    const restart = Effect.gen(function* () {
      yield* Effect.orDie(servers.restart(yield* Random.nextIntBetween(0, load.servers)))
      restarts += 1
      yield* Effect.sleep(4000)
    })
    const reload = Effect.suspend(() => Effect.andThen(write((reloads += 1)), Effect.sleep(7000)))
    const flood = Effect.gen(function* () {
      yield* Effect.sleep(8000)
      for (const ending of yield* ServeLoad.flood(url, 200)) endings.set(ending, (endings.get(ending) ?? 0) + 1)
    })
    yield* Effect.all(
      [
        ...times(6, told(ServeLoad.ask(url))),
        ...times(2, told(ServeLoad.leave(url))),
        ...times(2, told(ServeLoad.host(url))),
        again(restart),
        again(reload),
        again(flood)
      ],
      { concurrency: "unbounded", discard: true }
    )
    // Sessions of an older configuration, and connections that were kept alive, have gone by then.
    yield* Effect.sleep(4000)
    const look = yield* lookAt(url, pid, servers)
    looks.push(look)
    yield* Console.error(`round ${round + 1} of ${rounds}: ${JSON.stringify(look)} ${total(endings)} requests`)
  }
  const figures = figuresOf(looks, endings)
  const report = documentOf(figures, endings, looks, { restarts, reloads })
  yield* Console.log(report)
  if (options.seconds === "1800") Document.writeSection("soak-serve", report)
  yield* Figures.judge(figures, true)
}).pipe(Effect.scoped)

const configFile = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "soak-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true }))
  ),
  (directory) => join(directory, "mcp-config.yaml")
)

/** Linux only: the kernel's own figures. The gathers come first, because a server that restarted is connected by them. */
const lookAt = Effect.fnUntraced(function* (url: string, pid: number, servers: FakeServers.FakeServers) {
  const times: Array<number> = []
  for (let count = 0; count < 20; count += 1) {
    const started = performance.now()
    yield* Effect.promise(() => fetch(`${url}/v1/gather`, { method: "POST" }).then((response) => response.text()))
    times.push(performance.now() - started)
  }
  const { sessions, sockets } = yield* servers.count
  const status = readFileSync(`/proc/${pid}/status`, "utf8")
  const look: Look = {
    rssMb: (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / 1e6,
    files: readdirSync(`/proc/${pid}/fd`).length,
    sessions,
    sockets,
    gatherMs: median(times)
  }
  return look
})

const total = (endings: ReadonlyMap<ServeLoad.Ending, number>): number =>
  Array.from(endings.values()).reduce((sum, count) => sum + count, 0)

const figuresOf = (
  looks: ReadonlyArray<Look>,
  endings: ReadonlyMap<ServeLoad.Ending, number>
): ReadonlyArray<Figures.Figure> => {
  // Until then code is still being compiled.
  const settled = looks.slice(Math.ceil(looks.length / 5))
  const few = Math.max(1, Math.floor(settled.length / 4))
  const growth = (of: (look: Look) => number) =>
    median(settled.slice(-few).map(of)) / median(settled.slice(0, few).map(of))
  const wrong = Array.from(endings).filter(([ending]) => ending.startsWith("wrong"))
  return [
    { what: "endings that are neither an answer nor a typed error", atMost: 0, measured: total(new Map(wrong)) },
    { what: "RSS, last quarter ÷ first", atMost: 1.1, measured: growth(({ rssMb }) => rssMb) },
    {
      what: "RSS when nobody asks, at most",
      atMost: 300,
      measured: Math.max(...looks.map(({ rssMb }) => rssMb)),
      unit: " MB"
    },
    { what: "open files, last quarter ÷ first", atMost: 1.1, measured: growth(({ files }) => files) },
    {
      what: "sessions with servers, at most",
      atMost: load.servers,
      measured: Math.max(...looks.map(({ sessions }) => sessions))
    },
    { what: "time of a gather, last quarter ÷ first", atMost: 1.25, measured: growth(({ gatherMs }) => gatherMs) }
  ]
}

const documentOf = (
  figures: ReadonlyArray<Figures.Figure>,
  endings: ReadonlyMap<ServeLoad.Ending, number>,
  looks: ReadonlyArray<Look>,
  { reloads, restarts }: { readonly restarts: number; readonly reloads: number }
): string =>
  [
    "## Soak of `serve`",
    "`npm run build && npm run soak:serve`",
    `Machine: ${Document.machine()}.`,
    `Method: the bundled \`serve\` over ${load.servers} servers × ${load.resources} resources × 2 kB, ${looks.length} rounds of ${roundMs / 1000} s, in which six clients ask the API one request after another, two leave
streams in the middle, two MCP hosts open a session for each question; every 4 s a server drops all its connections and forgets its sessions, every 7 s the configuration
changes, every 8 s 200 requests come at once, half of which are cut in their body. After each round it is left alone for 4 s, then gathers twenty times and is looked at.`,
    Figures.figureTable(figures),
    Document.table(
      ["", "count"],
      [
        ["servers restarted", String(restarts)],
        ["configurations", String(reloads)],
        ...Array.from(endings)
          .toSorted(([, one], [, other]) => other - one)
          .slice(0, 15)
          .map(([ending, count]) => [ending.replaceAll("|", "/").replaceAll("\n", " "), String(count)])
      ]
    ),
    Document.table(
      ["round", "RSS MB", "open files", "sessions", "sockets to servers", "gather ms"],
      looks
        .map((look, at) => ({ ...look, at }))
        .filter(({ at }) => at === 0 || (at + 1) % Math.ceil(looks.length / 10) === 0)
        .map(({ at, files, gatherMs, rssMb, sessions, sockets }) => [
          String(at + 1),
          ...[rssMb, files, sessions, sockets, gatherMs].map((value) => String(Math.round(value)))
        ])
    )
  ].join("\n\n")

NodeRuntime.runMain(program)
