/** The tools of a server, for those who compare them with what its configuration declares. */
import * as Effect from "effect/Effect"
import * as Capability from "../config/Capability.ts"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import type { Tool } from "../connection/Replies.ts"
import { masking } from "../connection/Secrets.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import { failure, type SessionFailure } from "../connection/SessionFailure.ts"
import * as ServerReason from "../errors/ServerReason.ts"
import { failed, type GatherFailure } from "../resources/GatherFailure.ts"
import * as QueryTool from "../tools/QueryTool.ts"

/** Whether the server is of no use without its tools: SQL runs through one, or there is nothing else to ask it for. */
export const areNeeded = ({ capabilities }: ServerConfig): boolean =>
  capabilities.includes(Capability.executeQuery) || !capabilities.includes(Capability.listResources)

/** Lists them all, under the server's limits. Fails with `Unsupported` where they are needed and not offered. */
export const list = (
  session: Session,
  { server, throttle }: ServerConnection,
  { limits }: OrchestratorConfig
): Effect.Effect<ReadonlyArray<Tool>, GatherFailure> => {
  const listed: Effect.Effect<ReadonlyArray<Tool>, SessionFailure> = areNeeded(server) && !session.info.offersTools
    ? Effect.fail(failure("call", new ServerReason.Unsupported({ lacks: "tools", tools: [] }), notOffered(server)))
    : throttle(QueryTool.listAll(session, limits))
  return Effect.mapError(listed, ofTheTools)
}

/** The failure of a server that declares `execute_query` and has no tool for it. */
export const withoutSql = (server: ServerConfig, { message, tools }: QueryTool.ToolProblem): GatherFailure => {
  // The names of tools are the server's words, and come after the session has masked those.
  const masked = masking(server)
  const reason = new ServerReason.Unsupported({ lacks: "tools", tools: tools.map(masked) })
  const detail = `the configuration declares ${Capability.executeQuery}, but ${masked(message)}`
  return ofTheTools(failure("call", reason, detail))
}

// -----------------------------------------------------------------------------
// internals

const ofTheTools = (cause: SessionFailure): GatherFailure => failed("list", cause)

const notOffered = ({ capabilities }: ServerConfig): string =>
  `the configuration declares ${capabilities.join(", ")}, but the server does not offer the tools capability`
