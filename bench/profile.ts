/**
 * Where a gather's CPU time goes: `npm run bench:profile`. The library gathers in this process under V8's sampling
 * profiler, the servers are in another. Writes the section `profile` of `docs/benchmarks.md`.
 */
import { Session, type Profiler } from "node:inspector/promises"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { ours } from "./clients/Ours.ts"
import * as Document from "./support/Document.ts"
import * as FakeServers from "./support/FakeServers.ts"

const warmUps = 60
const rounds = 200

/** Whose code it is, by the URL of the script; the first that matches. */
const parts: ReadonlyArray<readonly [RegExp, string]> = [
  [/^node:(_?http|net$|internal\/stream_base_commons)/, "Node: HTTP and sockets"],
  [/^node:/, "Node: events, streams, timers, tasks"],
  [/\/node_modules\/effect\//, "Effect"],
  [/\/node_modules\/(@modelcontextprotocol|zod)\//, "MCP SDK and zod"],
  [/\/node_modules\/eventsource-parser\//, "eventsource-parser"],
  [/\/src\/connection\//, "src/connection"],
  [/\/src\//, "src, the rest"]
]

const special = new Map([
  ["(garbage collector)", "garbage collection"],
  ["(idle)", "idle"],
  ["writeUtf8String", "socket writes (system calls)"],
  ["writev", "socket writes (system calls)"]
])

const program = Effect.gen(function* () {
  const { urls } = yield* FakeServers.start({ servers: 10, resources: 50, bytes: 2000, latency: 0 })
  const client = yield* Effect.promise(() => ours.connect(urls))
  const gathers = (count: number) =>
    Effect.repeat(
      Effect.promise(() => client.gather()),
      { times: count - 1 }
    )
  yield* gathers(warmUps)
  const session = new Session()
  session.connect()
  yield* Effect.promise(() => session.post("Profiler.enable"))
  yield* Effect.promise(() => session.post("Profiler.start"))
  yield* gathers(rounds)
  const { profile } = yield* Effect.promise(() => session.post("Profiler.stop"))
  yield* Effect.promise(() => client.close())
  const times = timesByPart(profile)
  const busy = Array.from(times.values()).reduce((sum, time) => sum + time, 0) - (times.get("idle") ?? 0)
  const report = [
    "## Where the time goes",
    "`npm run bench:profile`",
    `Machine: ${Document.machine()}.`,
    `Method: 10 servers × 50 resources × 2 kB, ${rounds} gathers after ${warmUps} to warm up, sampled by V8's profiler; self time by whose code it is, per gather. The profiler
itself makes everything slower.`,
    Document.table(
      ["part", "ms a gather", "of the CPU time"],
      Array.from(times)
        .filter(([part]) => part !== "idle")
        .toSorted(([, one], [, other]) => other - one)
        .map(([part, time]) => [part, (time / 1000 / rounds).toFixed(1), `${((100 * time) / busy).toFixed(0)} %`])
    )
  ].join("\n\n")
  yield* Console.log(report)
  Document.writeSection("profile", report)
}).pipe(Effect.scoped)

/** Microseconds of self time; what is native counts for whoever called it. */
const timesByPart = ({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Map<string, number> => {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]))
  const callerOf = new Map(nodes.flatMap(({ children = [], id }) => children.map((child) => [child, id] as const)))
  const partOf = (id: number): string => {
    for (let at: number | undefined = id; at !== undefined; at = callerOf.get(at)) {
      const { functionName = "", url = "" } = nodeOf.get(at)?.callFrame ?? {}
      const part = special.get(functionName) ?? parts.find(([pattern]) => pattern.test(url))?.[1]
      if (part !== undefined) return part
    }
    return "other"
  }
  const times = new Map<string, number>()
  for (const [index, sample] of samples.entries()) {
    const part = partOf(sample)
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0))
  }
  return times
}

NodeRuntime.runMain(program)
