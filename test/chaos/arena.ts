/** Two servers, one of which misbehaves, and what is left when it is over. */
import { Duration, Effect, Exit, Metric, References, Scope } from "effect"
import type { OrchestratorConfig } from "../../src/config/OrchestratorConfig.ts"
import type { ServerConnection } from "../../src/connection/ServerConnection.ts"
import type { GatheredResources } from "../../src/resources/GatheredResources.ts"
import * as Gather from "../../src/resources/Gather.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"
import { configOf, connect } from "../connection/fixture.ts"

/** Of the cases in which it is to be met, and of those in which something else has to happen well before. */
export const deadline = { met: Duration.millis(600), far: Duration.seconds(60) }
/** How long anything else may take: the last notifications, and a busy machine. Well below `far`. */
export const slack = Duration.seconds(15)

export const honest: FakeScript.FakeScript = {
  pageSize: 2,
  resources: [
    { uri: "chaos://a", name: "a", json: { a: 1 } },
    { uri: "chaos://b", name: "b", text: "plain" },
    { uri: "chaos://c", name: "c", blob: "AAEC" }
  ],
  tools: [{ name: "execute_query", reply: { content: [{ type: "text", text: "[]" }] } }]
}

/** What a gather delivered, without what differs from run to run. */
export type Essence = ReadonlyArray<{ readonly id: string; readonly data: ReadonlyArray<readonly [string, unknown]> }>

export const essence = ({ servers }: GatheredResources): Essence =>
  servers.map(({ id, resources }) => ({ id, data: [...resources].map(([name, { data }]) => [name, data] as const) }))

/** The essence of everything that two honest servers have. */
export const complete: Essence = ["server_1", "server_2"].map((id) => ({
  id,
  data: [
    ["a", { a: 1 }],
    ["b", "plain"],
    ["c", "AAEC"]
  ]
}))

export interface Arena {
  readonly servers: readonly [FakeServer.FakeServer, FakeServer.FakeServer]
  readonly config: OrchestratorConfig
  readonly connections: ReadonlyArray<ServerConnection>
  /**
   * Sets a server's deadlines, those not given to far. Only what is to time out has a short one: a busy machine must not
   * turn anything else into a timeout.
   */
  readonly shorten: (
    position: number,
    change: { readonly connect?: Duration.Duration; readonly request?: Duration.Duration }
  ) => Effect.Effect<void>
  /** Counts fibers, and silences logs. */
  readonly watched: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  readonly gather: ReturnType<typeof Gather.gatherAll>
  /** Closes the connections, as the end of the application would. */
  readonly close: Effect.Effect<void>
  /** Fibers that the connections and gathers have started and that have not ended. */
  readonly fibers: () => number
}

/** Two honest servers and connections to them, which are not opened yet. */
export const make = Effect.fnUntraced(function* (
  overrides: Parameters<typeof configOf>[1] = {}
): Effect.fn.Return<Arena, never, Scope.Scope> {
  const servers = [yield* FakeServer.make(honest), yield* FakeServer.make(honest)] as const
  const timeouts = servers.map(() => ({ connect: deadline.far, request: deadline.far }))
  const plain = configOf(servers, {
    retry: { attempts: 1, baseDelay: Duration.millis(1), factor: 2, maxDelay: Duration.millis(5) },
    limits: { pages: 5, resources: 50, resourceBytes: 200_000, serverBytes: 1_000_000 },
    ...overrides
  })
  const config = {
    ...plain,
    servers: plain.servers.map((server, position) => ({
      ...server,
      get connectTimeout() {
        return timeouts[position]?.connect ?? deadline.far
      },
      get requestTimeout() {
        return timeouts[position]?.request ?? deadline.far
      }
    }))
  }
  let fibers = 0
  const watched = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    effect.pipe(
      Effect.provideService(Metric.FiberRuntimeMetrics, {
        recordFiberStart: () => void (fibers += 1),
        recordFiberEnd: () => void (fibers -= 1)
      }),
      Effect.provideService(References.MinimumLogLevel, "None")
    )
  const scope = yield* Scope.make()
  yield* Effect.addFinalizer(() => Scope.close(scope, Exit.void))
  const connections = yield* connect(config).pipe(Scope.provide(scope), watched)
  return {
    servers,
    config,
    connections,
    shorten: (position, change) =>
      Effect.sync(() => {
        timeouts[position] = { connect: deadline.far, request: deadline.far, ...change }
      }),
    watched,
    gather: watched(Gather.gatherAll(connections, config)),
    close: Scope.close(scope, Exit.void),
    fibers: () => fibers
  }
})

/** Handles and timers that keep the process alive, by kind. */
export const resources = (): { readonly [kind: string]: number } => {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return Object.fromEntries([...counts].toSorted())
}

/**
 * The kinds of which there are more than before: none, in the end. A socket that was destroyed is closed a turn later,
 * so this looks again, for some turns.
 */
export const moreThan = (before: { readonly [kind: string]: number }) =>
  Effect.suspend(() => {
    const now = resources()
    const more = Object.keys(now).filter((kind) => (now[kind] ?? 0) > (before[kind] ?? 0))
    return more.length === 0 ? Effect.succeed(more) : Effect.fail(more)
  }).pipe(
    Effect.tapError(() => Effect.callback<void>((resume) => void setImmediate(() => resume(Effect.void)))),
    Effect.retry({ times: 200 }),
    Effect.catch(Effect.succeed)
  )

/** A JSON-RPC request as it came over the wire. */
export const isRequest = (message: unknown): message is { readonly id: string | number; readonly method: string } =>
  typeof message === "object" && message !== null && "id" in message && "method" in message
