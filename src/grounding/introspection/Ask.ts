/** Sends one statement of ours through a server's SQL tool, within the gather's limits. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Capability from "../../config/Capability.ts"
import type { OrchestratorConfig, ServerConfig } from "../../config/OrchestratorConfig.ts"
import { masking } from "../../connection/Secrets.ts"
import type { ServerConnection } from "../../connection/ServerConnection.ts"
import type { Session } from "../../connection/Session.ts"
import { failure, type SessionFailure } from "../../connection/SessionFailure.ts"
import * as ServerReason from "../../errors/ServerReason.ts"
import type { ServerResources } from "../../resources/GatheredResources.ts"
import * as GatherFailure from "../../resources/GatherFailure.ts"
import { request } from "../../resources/ServerRequest.ts"
import * as QueryTool from "../../tools/QueryTool.ts"
import * as ExactJson from "../../text/ExactJson.ts"
import { readRows } from "./SchemaReply.ts"

/** What became of a statement. */
export type Answer =
  /** All values as text, in the order of the columns asked for. */
  | { readonly _tag: "Rows"; readonly rows: ReadonlyArray<ReadonlyArray<string>> }
  | Refused
  /** No table, or one that was cut. */
  | { readonly _tag: "Unreadable"; readonly message: string }

/** What the database, or the server before it, says of the statement. */
export interface Refused {
  readonly _tag: "Refused"
  readonly message: string
}

export interface Asker {
  readonly ask: (sql: string, columns: ReadonlyArray<string>) => Effect.Effect<Answer, GatherFailure.GatherFailure>
  /** So far: statements sent, and bytes of their replies. */
  readonly spent: () => { readonly calls: number; readonly bytes: number }
}

/** Finds the server's SQL tool; the tools are listed afresh. */
export const make = Effect.fnUntraced(function* (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  gathered: ServerResources
): Effect.fn.Return<Asker, GatherFailure.GatherFailure> {
  const { server } = connection
  const { limits } = config
  const mask = masking(server)
  const found = yield* request(connection, config, introspecting, QueryTool.find(session, server.sqlTool, limits))
  if (Result.isFailure(found)) {
    const detail = `the configuration declares ${Capability.executeQuery}, but ${found.failure.message}`
    const tools = found.failure.tools.map(mask)
    return yield* failed(failure("call", new ServerReason.Unsupported({ lacks: "tools", tools }), mask(detail)))
  }
  const asked: Asked = { session, connection, config, tool: found.success, gathered: gathered.manifest.bytes }
  const spent = { calls: 0, bytes: 0 }
  return { ask: (sql, columns) => send(asked, spent, sql, columns), spent: () => ({ ...spent }) }
})

/** Whom it asks, and how many bytes its resources have. */
interface Asked {
  readonly session: Session
  readonly connection: ServerConnection
  readonly config: OrchestratorConfig
  readonly tool: QueryTool.SqlTool
  readonly gathered: number
}

const send = Effect.fnUntraced(function* (
  { config, connection, gathered, session, tool }: Asked,
  spent: { calls: number; bytes: number },
  sql: string,
  columns: ReadonlyArray<string>
): Effect.fn.Return<Answer, GatherFailure.GatherFailure> {
  const { server } = connection
  const { limits } = config
  if (spent.calls === limits.pages) {
    const detail = `the schema takes more than ${limits.pages} calls (limits.pages)`
    return yield* failed(
      failure("limit", new ServerReason.TooMany({ limit: limits.pages }), detail),
      largerReplies(server)
    )
  }
  spent.calls += 1
  // The whole time was the statement's own: the same statement would take it again.
  const sent = yield* Effect.result(
    request(
      connection,
      config,
      introspecting,
      session.call(tool.name, { ...QueryTool.argumentsFor(tool, sql) }, server.requestTimeout),
      ({ reason }) => reason._tag === "TimedOut"
    )
  )
  if (Result.isFailure(sent)) {
    const { detail, reason } = sent.failure.failure
    // Some servers answer the database's errors as errors of the protocol.
    return reason._tag === "ServerError" ? { _tag: "Refused", message: detail } : yield* sent.failure
  }
  spent.bytes += Buffer.byteLength(ExactJson.stringify(sent.success))
  if (gathered + spent.bytes > limits.serverBytes) {
    const detail = `resources and schema are larger than ${limits.serverBytes} bytes (limits.server_bytes)`
    return yield* failed(failure("limit", new ServerReason.TooLarge({ limit: limits.serverBytes }), detail))
  }
  const answer = readRows(sent.success, columns)
  return answer._tag === "Rows" ? answer : { ...answer, message: masking(server)(answer.message) }
})

const introspecting = { operation: "introspect", uri: null } as const

/** A failure of introspection; `remedy` where more is known than the reason says. */
export const failed = (
  cause: SessionFailure,
  remedy: string | null = null
): Effect.Effect<never, GatherFailure.GatherFailure> =>
  Effect.fail(GatherFailure.failed("introspect", cause, { remedy }))

/** What helps against a server that cuts its replies. */
export const largerReplies = (server: ServerConfig): string =>
  `Let the server send larger replies (mcp-postgres-server: PG_MAX_RESULT_BYTES), or: ${elsewhere(server)}`

/** What helps where SQL cannot tell the schema. */
export const elsewhere = ({ id }: ServerConfig): string =>
  `Publish the schema as a resource, of this server or of another one, and write introspection: "never" under mcp_servers.${id}.`
