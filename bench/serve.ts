/**
 * `serve` under load: `npm run bench:serve`, or quickly with `-- --quick`. Writes the section `serve` of
 * `docs/benchmarks.md`; with `--check` a missed figure is a failure. Autocannon comes with `npm run real:install`.
 */
import { parseArgs } from "node:util"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Build from "./support/Build.ts"
import * as Document from "./support/Document.ts"
import * as Doors from "./support/Doors.ts"
import * as FakeServers from "./support/FakeServers.ts"
import * as Figures from "./support/Figures.ts"
import * as Streams from "./support/Streams.ts"
import { median, quantile } from "./support/Statistics.ts"

const { values: options } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    /** Who read at the same time; another number is not written down. */
    readers: { type: "string", default: "100" }
  }
})

const load: FakeServers.Load = { servers: 10, resources: 20, bytes: 2000, latency: 0, database: true }
const body = { question: "how many products are there?" }
const rounds = options.quick ? 3 : 7
const requests = options.quick ? 2000 : 5000
const readers = Number(options.readers)

/** Nobody's gather ends for having waited: the question is how long it takes. */
const patient = { gather_timeout: "5 minutes", request_timeout: "1 minute" }

const program = Effect.gen(function* () {
  const door = yield* Build.bundled("door")
  const idle = yield* nothing(door)
  const { urls } = yield* FakeServers.start(load)
  const alone = yield* Doors.open(door, { kind: "serve", urls, orchestration: patient })
  const shared = yield* Doors.open(door, { kind: "serve", urls, orchestration: { ...patient, share_gathers: true } })
  const bursts = [
    yield* burst("`query`", alone, "/v1/query/events", body),
    yield* burst("`query`, `share_gathers`", shared, "/v1/query/events", body),
    yield* burst("`gather`", alone, "/v1/gather/events", {}),
    yield* burst("`gather`, `share_gathers`", shared, "/v1/gather/events", {})
  ]
  yield* Console.error("slow readers, idle connections …")
  const settled = (yield* shared.usage).rssBytes
  const slow = yield* held(shared, readers, Streams.post("/v1/gather/lines"))
  const quiet = yield* held(shared, 1000, "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n")
  const after = (yield* shared.usage).rssBytes
  yield* Console.error("those who leave …")
  const left = yield* leaving(door)
  const errors = idle.errors + bursts.reduce((sum, one) => sum + one.errors, 0)
  const figures: ReadonlyArray<Figures.Figure> = [
    { what: "POST that does nothing, CPU ÷ bare `node:http`", atMost: 2.2, measured: idle.ratio },
    { what: "errors", atMost: 0, measured: errors },
    { what: `RSS with ${readers} slow readers ÷ before`, atMost: 1.25, measured: slow / settled },
    { what: "RSS with 1,000 idle connections ÷ before", atMost: 1.25, measured: quiet / settled },
    { what: "RSS after both ÷ before", atMost: 1.1, measured: after / settled },
    {
      what: "a client leaves: its reads at the server have ended, worst",
      atMost: 100,
      measured: Math.max(...left),
      unit: " ms"
    }
  ]
  const report = [
    "## `serve` under load",
    "`npm run real:install && npm run bench:serve`",
    `Machine: ${Document.machine()}.`,
    `Method: the bundled server in a process of its own with the heap of \`serve\`, logging off. A POST that does nothing is \`/v1/query\` over an orchestrator that answers at once,
beside a bare \`node:http\` server that parses the same body and writes the same answer: they take turns under autocannon, 10 connections, ${requests} requests, ${rounds} rounds; medians. Streams: ${readers} readers
at once, three rounds, over ${load.servers} servers × ${load.resources} resources × 2 kB. RSS is resident memory after a garbage collection, 10^6 bytes.`,
    Figures.figureTable(figures),
    Document.table(
      ["POST that does nothing", "CPU µs", "p50 ms", "p97.5 ms", "p99 ms"],
      idle.rows.map(({ cpu, name, p50, p97_5, p99 }) => [name, ...[cpu, p50, p97_5, p99].map(Figures.rounded)])
    ),
    Document.table(
      [`${readers} streams at once`, "p50 ms", "p95 ms", "p99 ms", "CPU ms a stream", "errors", "RSS MB"],
      bursts.map(({ cpu, errors, ms, name, rss }) => [
        name,
        ...[0.5, 0.95, 0.99].map((share) => Figures.rounded(quantile(ms, share))),
        Figures.rounded(cpu),
        String(errors),
        Figures.rounded(rss)
      ])
    )
  ].join("\n\n")
  yield* Console.log(report)
  if (!options.quick && readers === 100) Document.writeSection("serve", report)
  yield* Figures.judge(figures, options.check)
}).pipe(Effect.scoped)

/** Both servers take turns. */
const nothing = Effect.fnUntraced(function* (door: string) {
  const [bare, empty] = [yield* player(door, "bare"), yield* player(door, "empty")]
  for (let round = 0; round <= rounds; round += 1) {
    yield* Console.error(`a POST that does nothing, round ${round} of ${rounds} …`)
    yield* bare.play
    yield* empty.play
  }
  const rows = [bare.row("bare `node:http`"), empty.row("`serve`")] as const
  return { rows, ratio: rows[1].cpu / rows[0].cpu, errors: bare.errors() + empty.errors() }
}, Effect.scoped)

const player = Effect.fnUntraced(function* (door: string, kind: "bare" | "empty") {
  const { url, usage } = yield* Doors.open(door, { kind })
  const rounds: Array<{ readonly cpu: number; readonly p50: number; readonly p97_5: number; readonly p99: number }> = []
  let errors = 0
  return {
    errors: () => errors,
    play: Effect.gen(function* () {
      const before = yield* usage
      const shot = yield* Doors.shoot(`${url}/v1/query`, body, { connections: 10, requests })
      errors += shot.errors + shot.timeouts + shot.non2xx
      const { p50, p97_5, p99 } = shot.latency
      rounds.push({ cpu: (((yield* usage).cpuMs - before.cpuMs) * 1000) / shot.requests.total, p50, p97_5, p99 })
    }),
    /** Without the first round, in which the code is compiled. */
    row: (name: string) => {
      const of = (figure: "cpu" | "p50" | "p97_5" | "p99") => median(rounds.slice(1).map((round) => round[figure]))
      return { name, cpu: of("cpu"), p50: of("p50"), p97_5: of("p97_5"), p99: of("p99") }
    }
  }
})

/** Three times so many readers at once, after one to warm up. */
const burst = Effect.fnUntraced(function* (name: string, { url, usage }: Doors.Listening, path: string, body: object) {
  yield* Console.error(`${name} …`)
  yield* Streams.read(url + path, body)
  const before = yield* usage
  const ms: Array<number> = []
  let errors = 0
  for (let round = 0; round < (options.quick ? 1 : 3); round += 1) {
    const exits = yield* Effect.forEach(
      Array.from({ length: readers }),
      () => Effect.exit(Streams.read(url + path, body)),
      { concurrency: "unbounded" }
    )
    for (const exit of exits) {
      if (Exit.isSuccess(exit)) ms.push(exit.value)
      else errors += 1
    }
  }
  const { cpuMs, rssBytes } = yield* usage
  return { name, ms, errors, cpu: (cpuMs - before.cpuMs) / (ms.length + errors), rss: rssBytes / 1e6 }
})

/** Milliseconds from when a client leaves until a server that does not answer has nothing to do for it, each time. */
const leaving = Effect.fnUntraced(function* (door: string) {
  const { awaitIdle, awaitStalled, stall, urls } = yield* FakeServers.start(load)
  const { url } = yield* Doors.open(door, { kind: "serve", urls, orchestration: patient })
  const left: Array<number> = []
  for (let round = 0; round < (options.quick ? 5 : 20); round += 1) {
    // Connects, and compiles the code; later, what the last one had sent has come in before others are counted.
    yield* stall(0, false)
    yield* Streams.read(`${url}/v1/gather/events`, {})
    yield* stall(0, true)
    const at = yield* Effect.scoped(
      Effect.gen(function* () {
        yield* Streams.silent(url, Streams.post("/v1/gather/events"))
        yield* awaitStalled(0)
        return Date.now()
      })
    )
    left.push((yield* awaitIdle(0)).at - at)
  }
  return left
}, Effect.scoped)

/** Bytes of resident memory while so many connections have sent this and read nothing. */
const held = Effect.fnUntraced(function* ({ url, usage }: Doors.Listening, count: number, request: string) {
  yield* Effect.forEach(Array.from({ length: count }), () => Streams.silent(url, request), { concurrency: 50 })
  // Every one has been let in when one more has been answered.
  yield* Effect.promise(() => fetch(`${url}/v1/gather`, { method: "POST" }).then((response) => response.arrayBuffer()))
  return (yield* usage).rssBytes
}, Effect.scoped)

NodeRuntime.runMain(program)
