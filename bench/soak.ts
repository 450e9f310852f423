/**
 * Thousands of gathers from 10 servers × 50 resources, one of which restarts at random: sockets, sessions, memory and
 * speed must stay what they were. `npm run soak`, or `-- --seconds 60`. Fails when a bound is broken; the full run
 * writes the section `soak` of `docs/benchmarks.md`.
 */
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Result from "effect/Result"
import * as Child from "./support/Child.ts"
import * as Document from "./support/Document.ts"
import * as Drops from "./support/Drops.ts"
import * as FakeServers from "./support/FakeServers.ts"
import * as Figures from "./support/Figures.ts"
import { serverId } from "./support/Configuration.ts"
import * as SoakClient from "./support/SoakClient.ts"
import * as SoakReport from "./support/SoakReport.ts"

const { values: options } = parseArgs({ options: { seconds: { type: "string" } } })

const load: FakeServers.Load = { servers: 10, resources: 50, bytes: 2000, latency: 0 }

const isShort = options.seconds !== undefined

/** The whole number of gathers, or as many as go into the time; a slow machine ends the whole run after 20 minutes. */
const wanted = isShort ? Number.POSITIVE_INFINITY : 2000
const seconds = isShort ? Number(options.seconds) : 1200

/** Gathers of one measured window. */
const window = 100

/** Gathers between two looks at the memory. */
const lookEvery = 50

/** One gather in so many meets a restart. */
const restartEvery = 20

const program = Effect.gen(function* () {
  const servers = yield* FakeServers.start(load)
  const client = yield* SoakClient.make(servers.urls)
  const soak: SoakReport.Soak = { gathers: [], looks: [], control: [], late: [] }
  const until = performance.now() + seconds * 1000
  // The last window is measured beside a young process, after the time is up.
  while (soak.gathers.length < wanted - window && (performance.now() < until || soak.gathers.length < 2 * window)) {
    soak.gathers.push(yield* gather(client, servers))
    if (soak.gathers.length % lookEvery === 0) {
      const look = yield* lookAt(client, servers)
      soak.looks.push(look)
      yield* Console.error(SoakReport.progress(soak.gathers.length, look))
    }
  }
  yield* compareWithYoung(client, servers.urls, soak)
  soak.looks.push(yield* lookAt(client, servers))
  const drops = isShort ? null : yield* Drops.measure(20)

  const figures = SoakReport.figures(soak, drops, load)
  const report = SoakReport.document(soak, figures)
  yield* Console.log(report)
  if (!isShort) Document.writeSection("soak", report)
  yield* Figures.judge(figures, true)
}).pipe(Effect.scoped)

/** One gather, during which a server may restart. */
const gather = Effect.fnUntraced(function* (client: SoakClient.SoakClient, servers: FakeServers.FakeServers) {
  const strikes = (yield* Random.nextIntBetween(0, restartEvery)) === 0
  if (!strikes) return yield* measured(client, null)
  const index = yield* Random.nextIntBetween(0, load.servers)
  const delay = yield* Random.nextIntBetween(0, 40)
  const [outcome] = yield* Effect.all(
    [measured(client, serverId(index)), Effect.andThen(Effect.sleep(delay), servers.restart(index))],
    { concurrency: "unbounded" }
  )
  return outcome
})

/** How it went, beside what should have been; a restart that came too late meets the gather after it. */
const measured = Effect.fnUntraced(function* (client: SoakClient.SoakClient, restarted: string | null) {
  const lostBefore = client.lost()
  const started = performance.now()
  const result = yield* Effect.result(client.gather)
  const outcome: SoakReport.Outcome = {
    ms: performance.now() - started,
    restarted,
    met: client.lost() > lostBefore,
    resources: Result.isSuccess(result) ? result.success : 0,
    error: Result.isFailure(result) ? result.failure : null
  }
  return outcome
})

/** What is held after a garbage collection, between two gathers. */
const lookAt = Effect.fnUntraced(function* (client: SoakClient.SoakClient, servers: FakeServers.FakeServers) {
  // A server that restarted last is connected again only by the next gather.
  yield* Effect.ignore(client.gather)
  const { sessions, sockets } = yield* servers.count
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const look: SoakReport.Look = { sessions, sockets, heapMb: heapUsed / 1e6, rssMb: rss / 1e6 }
  return look
})

/**
 * The last gathers take turns with the gathers 100 to 200 of a process that has just begun: what the machine does
 * besides meets both alike, which it would not if the first window were compared with one of minutes later.
 */
const compareWithYoung = Effect.fnUntraced(
  function* (client: SoakClient.SoakClient, urls: ReadonlyArray<string>, soak: SoakReport.Soak) {
    const young = yield* Child.start(fileURLToPath(new URL("./clients/soak.ts", import.meta.url)))
    yield* young.ask({ order: "connect", urls }, Child.Timed)
    for (let count = 0; count < window; count += 1) yield* young.ask({ order: "gather" }, Child.Timed)
    for (let count = 0; count < window; count += 1) {
      const outcome = yield* measured(client, null)
      soak.gathers.push(outcome)
      soak.late.push(outcome.ms)
      soak.control.push((yield* young.ask({ order: "gather" }, Child.Timed)).ms)
    }
    yield* young.ask({ order: "close" }, Child.Timed)
  },
  (effect) => Effect.scoped(effect)
)

NodeRuntime.runMain(program)
