/**
 * Every resource of every server, afresh and complete, or one error: list → read (bounded, while the list comes in) → decode
 * → assemble in priority order. The first failure interrupts all the rest, and what it leaves idle is closed.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Order from "effect/Order"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import { observed } from "../telemetry/Observed.ts"
import type { Session } from "../connection/Session.ts"
import type { GatheredResources, ServerResources } from "./GatheredResources.ts"
import type { GatherError, GatherFailure } from "./GatherFailure.ts"
import { listAll, type OnPage } from "./Listing.ts"
import * as OneServer from "./OneServer.ts"
import * as Progress from "./Progress.ts"
import { readAll } from "./ServerGather.ts"

/**
 * What a later stage asks of a server, over the session that its resources were read on, before it counts as gathered:
 * under the same retries and the same deadline, and a failure of it is one of the gather.
 */
export type Addition = (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  gathered: ServerResources
) => Effect.Effect<ServerResources, GatherFailure>

/**
 * Gathers from all connections at once. Fails with the first failure of any server; the result is ordered by
 * priority, then server id, then resource name.
 */
export const gatherAll = Effect.fn("Gather.gatherAll")(
  function* (
    connections: ReadonlyArray<ServerConnection>,
    config: OrchestratorConfig,
    add: Addition = nothing
  ): Effect.fn.Return<GatheredResources, GatherError> {
    const servers = yield* Effect.forEach(connections, (connection) => gatherServer(connection, config, add), {
      concurrency: "unbounded"
    }).pipe(leavingNothing(connections))
    return { servers: servers.toSorted(byPriority) }
  },
  (effect, connections) =>
    observed(effect, {
      started: LogEvent.info("resource_gathering_started", { servers: connections.map(({ server }) => server.id) }),
      completed: ({ servers }, duration_ms) =>
        LogEvent.info("resource_gathering_completed", {
          resource_count: servers.reduce((count, server) => count + server.manifest.resources, 0),
          duration_ms
        }),
      failed: ({ _tag, message, operation, reason, server }, duration_ms) =>
        LogEvent.error("resource_gathering_failed", {
          server,
          operation,
          duration_ms,
          error: { type: _tag, message, reason: reason._tag }
        })
    })
)

/** Closes on any failure what it leaves idle: after all was interrupted, so that no request uses a session any more. */
export const leavingNothing =
  (connections: ReadonlyArray<ServerConnection>) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.onError(effect, () =>
      Effect.forEach(connections, (connection) => connection.closeIdle, { concurrency: "unbounded" })
    )

// -----------------------------------------------------------------------------
// internals

const byPriority: Order.Order<ServerResources> = Order.combine(
  Order.mapInput(Order.Number, ({ priority }) => priority),
  Order.mapInput(Order.String, ({ id }) => id)
)

const nothing: Addition = (_session, _connection, _config, gathered) => Effect.succeed(gathered)

const gatherServer = Effect.fnUntraced(function* (
  connection: ServerConnection,
  config: OrchestratorConfig,
  add: Addition
): Effect.fn.Return<ServerResources, GatherError> {
  const { server } = connection
  const started = yield* Clock.currentTimeMillis
  const publish = yield* Progress.Listener
  const gathered = yield* OneServer.askAgain(connection, config, (session, at) => {
    publish({ _tag: "Connected", server: server.id })
    at("list")
    const list = (onPage: OnPage) =>
      Effect.tap(listAll(session, connection, config, publish, onPage), () => Effect.sync(() => at("read")))
    return Effect.flatMap(readAll(session, connection, config, list, publish), (resources) => {
      at("introspect")
      return add(session, connection, config, resources)
    })
  }).pipe(Metrics.step("gather", server.id))
  const durationMs = (yield* Clock.currentTimeMillis) - started
  publish({ _tag: "Gathered", server: server.id, durationMs })
  return { ...gathered, manifest: { ...gathered.manifest, durationMs } }
})
