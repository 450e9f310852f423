/** One server, asked over a session of its own that ends with the answer: for commands that look at one alone. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import { Deadline } from "../connection/RetryPolicy.ts"
import * as ServerConnection from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import type { Sessions } from "../connection/Sessions.ts"
import {
  connecting,
  type GatherError,
  type GatherFailure,
  toError,
  withinGatherTimeout
} from "../resources/GatherFailure.ts"

/** Connects and runs `use`, all within `gather_timeout`. Fails with what the server's failure is for a caller. */
export const ask = Effect.fnUntraced(function* <A>(
  config: OrchestratorConfig,
  server: ServerConfig,
  use: (session: Session, connection: ServerConnection.ServerConnection) => Effect.Effect<A, GatherFailure>
): Effect.fn.Return<A, GatherError, Sessions> {
  const began = yield* Clock.currentTimeMillis
  let operation: GatherFailure["operation"] = "connect"
  return yield* Effect.scoped(
    Effect.flatMap(ServerConnection.make(server, config.limits), (connection) =>
      connection.withSession((session) => {
        operation = "list"
        return use(session, connection)
      })
    )
  ).pipe(
    connecting,
    withinGatherTimeout(config, () => operation),
    Effect.provideService(Deadline, began + Duration.toMillis(config.gatherTimeout)),
    Effect.mapError((failure) => toError(server, failure))
  )
})
