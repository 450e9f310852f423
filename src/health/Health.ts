/** Whether each server could deliver now. Unlike a gather this looks at all of them, also when one fails. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import { toError, type GatherFailure } from "../resources/GatherFailure.ts"
import { listAll } from "../resources/Listing.ts"
import * as OneServer from "../resources/OneServer.ts"
import * as DeclaredTools from "./DeclaredTools.ts"
import type { ServerHealth } from "./HealthReport.ts"

/** One try for each server, side by side, each within `gather_timeout`; in priority order. */
export const check = Effect.fn("Health.check")(function* (
  connections: ReadonlyArray<ServerConnection>,
  config: OrchestratorConfig
): Effect.fn.Return<ReadonlyArray<ServerHealth>> {
  return yield* Effect.forEach(connections, (connection) => checkServer(connection, config), {
    concurrency: "unbounded"
  })
})

const checkServer = Effect.fnUntraced(function* (
  connection: ServerConnection,
  config: OrchestratorConfig
): Effect.fn.Return<ServerHealth> {
  const { server } = connection
  const once = { ...config, retry: { ...config.retry, attempts: 1 } }
  const [took, listed] = yield* OneServer.ask(connection, config, (session, at) => {
    at("list")
    return listDeclared(session, connection, once)
  }).pipe(Effect.result, Effect.timed)
  const common = { server: server.id, priority: server.priority, durationMs: Math.round(Duration.toMillis(took)) }
  if (Result.isSuccess(listed)) {
    return { ...common, healthy: true, ...listed.success, error: null }
  }
  return { ...common, healthy: false, resources: 0, tools: null, error: toError(server, listed.failure) }
})

/** Resources where they are declared, tools where they are needed. */
const listDeclared = Effect.fnUntraced(function* (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig
): Effect.fn.Return<Pick<ServerHealth, "resources" | "tools">, GatherFailure> {
  const { resources } = yield* listAll(session, connection, config, () => {})
  const tools = DeclaredTools.areNeeded(connection.server)
    ? yield* DeclaredTools.list(session, connection, config)
    : null
  return { resources: resources.length, tools: tools?.length ?? null }
})
