/**
 * Many gathers at once on one orchestrator, in a process of its own: the JSON of `Given` as its argument, then bursts as they
 * are ordered over IPC.
 */
import * as Effect from "effect/Effect"
import * as Heap from "../../src/cli/Heap.ts"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { ConfigLoader, ConfigSource, ConfiguredGenerator, Logging, Orchestrator, Sessions } from "../../src/index.ts"
import { configuration } from "../support/Configuration.ts"
import type { Burst, Given, Outcome } from "../support/Bursts.ts"
import { collect } from "../support/Garbage.ts"

// boundary: only the benchmark's own process starts this one
const given = JSON.parse(process.argv[2] ?? "") as Given
if (given.asServer) {
  Heap.keepSmall()
  Heap.serve()
}

const burst = async ({ count, overMs }: Burst): Promise<Outcome> => {
  const config = await Effect.runPromise(ConfigLoader.fromUnknown(configuration(given.urls, given.orchestration)))
  const runtime = ManagedRuntime.make(
    Orchestrator.layer.pipe(
      Layer.provide([ConfigSource.layerValue(config), ConfiguredGenerator.layer, Sessions.layerSse]),
      Layer.provideMerge(Logging.layer({ enabled: false, level: "ERROR", format: "json", secrets: [] }))
    )
  )
  const gather = Effect.gen(function* () {
    const orchestrator = yield* Orchestrator
    const started = performance.now()
    const { servers } = yield* orchestrator.gather()
    const resources = servers.reduce((sum, one) => sum + one.resources.size, 0)
    return { ms: performance.now() - started, resources }
  })
  for (let warmUps = 0; warmUps < 20; warmUps += 1) await runtime.runPromise(gather)
  collect()
  const rssBefore = process.memoryUsage.rss()
  const used = process.cpuUsage()
  let peak = rssBefore
  const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  const gathers = await runtime.runPromise(
    Effect.forEach(
      Array.from({ length: count }, (_, index) => (index * overMs) / count),
      (at) => Effect.delay(gather, at),
      { concurrency: "unbounded" }
    )
  )
  clearInterval(look)
  const { system, user } = process.cpuUsage(used)
  collect()
  const rssAfter = process.memoryUsage.rss()
  await runtime.dispose()
  return {
    ms: gathers.map(({ ms }) => ms),
    resources: Math.min(...gathers.map(({ resources }) => resources)),
    cpuMs: (system + user) / 1000,
    rssBefore,
    peak,
    rssAfter
  }
}

process.on("message", (order: Burst) => {
  burst(order).then(
    (outcome) => process.send?.(outcome),
    (cause) => process.send?.({ error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  )
})
process.on("disconnect", () => process.exit())
