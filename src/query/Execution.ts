/** Runs guarded SQL on the best-priority server that declares and offers `execute_query`. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { withRetry } from "../connection/RetryPolicy.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { SessionFailure } from "../connection/SessionFailure.ts"
import {
  type McpConnectionError,
  NoMcpAvailableError,
  type SqlProblemCategory,
  type ResourceFetchError
} from "../OrchestratorError.ts"
import { toError } from "../resources/GatherFailure.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as QueryReply from "./QueryReply.ts"
import type { Rows } from "./QueryResult.ts"
import * as QueryTool from "./QueryTool.ts"

/** The SQL did not give rows; `repairable` says whether other SQL could. */
export interface ExecutionFailure {
  readonly _tag: "ExecutionFailure"
  readonly server: string
  readonly category: SqlProblemCategory
  readonly message: string
  readonly repairable: boolean
}

export interface Executed {
  readonly server: string
  readonly rows: Rows
}

/** The servers that declare the capability, best priority first; fails if there is none. */
export const candidates = Effect.fnUntraced(function* (
  connections: ReadonlyArray<ServerConnection>
): Effect.fn.Return<readonly [ServerConnection, ...Array<ServerConnection>], NoMcpAvailableError> {
  const [first, ...rest] = connections.filter(({ server }) => server.capabilities.includes(QueryTool.capability))
  if (first !== undefined) return [first, ...rest]
  return yield* new NoMcpAvailableError({
    operation: "query",
    reason: "NotCapable",
    detail: `no enabled server declares the capability ${QueryTool.capability}`,
    remedy: `Add "${QueryTool.capability}" to the capabilities of the server that runs SQL.`
  })
})

/**
 * Sends the statement; `query.timeout` bounds the call, `query.max_rows` the rows. The SQL must have passed the guard:
 * because it only reads, a call that was lost on the way is sent again.
 */
export const execute = Effect.fn("Execution.execute")(function* (
  connections: ReadonlyArray<ServerConnection>,
  sql: string,
  config: OrchestratorConfig
): Effect.fn.Return<Executed, ExecutionFailure | McpConnectionError | ResourceFetchError | NoMcpAvailableError> {
  const declared = yield* candidates(connections)
  for (const connection of declared) {
    const reply = yield* callOn(connection, sql, config)
    if (reply === null) continue
    const server = connection.server.id
    const rows = QueryReply.decodeReply(reply.result, config.query.maxRows)
    if (Result.isSuccess(rows)) return { server, rows: rows.success }
    const { category, message } = rows.failure
    return yield* Effect.fail<ExecutionFailure>({
      _tag: "ExecutionFailure",
      server,
      category,
      message,
      repairable: category !== "permission" && category !== "timeout"
    })
  }
  const names = declared.map(({ server }) => server.id).join(", ")
  return yield* new NoMcpAvailableError({
    operation: "query",
    reason: "NotCapable",
    detail: `${names} declares the capability ${QueryTool.capability}, but offers no tool of that name`,
    remedy: "Correct the capabilities in the configuration, or enable the tool at the server."
  })
})

/** `null` if the server does not offer the tool. */
const callOn = (
  connection: ServerConnection,
  sql: string,
  config: OrchestratorConfig
): Effect.Effect<{ readonly result: unknown } | null, ExecutionFailure | McpConnectionError | ResourceFetchError> => {
  const { server, throttle } = connection
  let connected = false
  const once = connection.withSession(
    Effect.fnUntraced(function* (session) {
      connected = true
      const tool = yield* throttle(QueryTool.find(session, config.limits.pages))
      if (tool === null) return null
      yield* LogEvent.info("sql_execution_started", { server: server.id })
      return { result: yield* throttle(session.call(QueryTool.toolName, { [tool.argument]: sql }, config.query.timeout)) }
    })
  )
  return withRetry(once, {
    retry: config.retry,
    patience: config.query.timeout,
    server: server.id,
    operation: "execute_query",
    // The whole time was the statement's own: the same statement would take it again.
    failureOf: (cause) => (cause.stage === "call" && cause.reason === "TimedOut" ? null : cause)
  }).pipe(
    Effect.mapError(({ attempts, last }): ExecutionFailure | McpConnectionError | ResourceFetchError =>
      connected
        ? { _tag: "ExecutionFailure", server: server.id, ...categoryOf(last), repairable: false }
        : toError(server, { attempts, last: { operation: "connect", uri: null, failure: last, attempts } })
    )
  )
}

const categoryOf = (cause: SessionFailure): { readonly category: SqlProblemCategory; readonly message: string } => ({
  category:
    cause.reason === "TimedOut"
      ? "timeout"
      : cause.reason === "Unauthorized" || cause.reason === "Forbidden"
        ? "permission"
        : "other",
  message: cause.detail
})
