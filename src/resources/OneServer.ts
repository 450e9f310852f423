/** One try on one server, for those who look at it rather than gather from it. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import { Deadline } from "../connection/RetryPolicy.ts"
import * as ServerConnection from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import type { Sessions } from "../connection/Sessions.ts"
import { connecting, type GatherFailure, withinGatherTimeout } from "./GatherFailure.ts"

/** Tells what the work is at, for the failure of one that takes too long; until it does, that is connecting. */
export type At = (operation: GatherFailure["operation"]) => void

/** Connects if need be and works, all within `gather_timeout`. */
export const ask = Effect.fnUntraced(function* <A>(
  connection: ServerConnection.ServerConnection,
  config: OrchestratorConfig,
  work: (session: Session, at: At) => Effect.Effect<A, GatherFailure>
): Effect.fn.Return<A, GatherFailure> {
  const began = yield* Clock.currentTimeMillis
  let operation: GatherFailure["operation"] = "connect"
  const at: At = (next) => {
    operation = next
  }
  return yield* connection
    .withSession((session) => work(session, at))
    .pipe(
      connecting,
      withinGatherTimeout(config, () => operation),
      Effect.provideService(Deadline, began + Duration.toMillis(config.gatherTimeout))
    )
})

/** The same over a session of its own, which ends with the work. */
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
