/** Work on one server within `gather_timeout`: tried once, by those who look at it, or again, by those who gather from it. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import { Deadline, withRetry } from "../connection/RetryPolicy.ts"
import * as ServerConnection from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import type { SessionFailure } from "../connection/SessionFailure.ts"
import type { Sessions } from "../connection/Sessions.ts"
import {
  afterTries,
  connecting,
  type GatherError,
  type GatherFailure,
  toError,
  withinGatherTimeout
} from "./GatherFailure.ts"

/** Tells what the work is at, for the failure of one that takes too long; until it does, that is connecting. */
export type At = (operation: GatherFailure["operation"]) => void

/** Connects if need be and works, all within `gather_timeout`. */
export const ask = <A>(
  connection: ServerConnection.ServerConnection,
  config: OrchestratorConfig,
  work: Work<A>
): Effect.Effect<A, GatherFailure> => within(connection, config, work, (once) => once)

/** The same, started over with a fresh session when its session is lost; the time covers all of it. */
export const askAgain = <A>(
  connection: ServerConnection.ServerConnection,
  config: OrchestratorConfig,
  work: Work<A>
): Effect.Effect<A, GatherError> =>
  Effect.mapError(
    within(connection, config, work, (once) =>
      withRetry(once, {
        retry: config.retry,
        maxRetryAfter: config.gatherTimeout,
        server: connection.server.id,
        operation: "gather",
        // A request that failed on a living session has had its own tries already.
        failureOf: (error) => (error.operation === "connect" || error.failure.ended ? error.failure : null),
        failed: afterTries
      })
    ),
    (last) => toError(connection.server, last)
  )

/** Asks once, over a session of its own that ends with the work. */
export const askAlone = <A>(
  server: ServerConfig,
  config: OrchestratorConfig,
  work: (session: Session, at: At, connection: ServerConnection.ServerConnection) => Effect.Effect<A, GatherFailure>
): Effect.Effect<A, GatherFailure, Sessions> =>
  Effect.scoped(
    Effect.flatMap(ServerConnection.make(server, config.limits), (connection) =>
      ask(connection, config, (session, at) => work(session, at, connection))
    )
  )

// -----------------------------------------------------------------------------
// internals

type Work<A> = (session: Session, at: At) => Effect.Effect<A, GatherFailure | SessionFailure>

const within = Effect.fnUntraced(function* <A>(
  connection: ServerConnection.ServerConnection,
  config: OrchestratorConfig,
  work: Work<A>,
  tried: (once: Effect.Effect<A, GatherFailure>) => Effect.Effect<A, GatherFailure>
): Effect.fn.Return<A, GatherFailure> {
  const began = yield* Clock.currentTimeMillis
  let operation: GatherFailure["operation"] = "connect"
  const at: At = (next) => {
    operation = next
  }
  const once = Effect.suspend(() => {
    at("connect")
    return connection.withSession((session) => work(session, at))
  })
  return yield* tried(connecting(once)).pipe(
    withinGatherTimeout(config, () => operation),
    Effect.provideService(Deadline, began + Duration.toMillis(config.gatherTimeout))
  )
})
