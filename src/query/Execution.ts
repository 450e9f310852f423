/** Runs guarded SQL on a server that declares and offers `execute_query`. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { withRetry } from "../connection/RetryPolicy.ts"
import { masking } from "../connection/Secrets.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import { failure, SessionFailure } from "../connection/SessionFailure.ts"
import { NoMcpAvailableError, type SqlProblemCategory } from "../OrchestratorError.ts"
import { type GatherError, toError } from "../resources/GatherFailure.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import type { GuardedSql } from "../guard/SqlGuard.ts"
import * as QueryReply from "../tools/QueryReply.ts"
import * as QueryTool from "../tools/QueryTool.ts"
import * as ColumnValues from "./ColumnValues.ts"
import type { Rows } from "../tools/Rows.ts"
import { problemCategory } from "../tools/SqlProblem.ts"

/** The statement was sent and gave no rows. */
export interface ExecutionFailure {
  readonly _tag: "ExecutionFailure"
  readonly server: string
  readonly reason: SqlProblemCategory
  readonly message: string
  /** Whether another statement could succeed: the database has judged this one, and not the right to run it. */
  readonly repairable: boolean
}

export type Statement = Pick<GuardedSql, "sql" | "walls" | "columns">

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
 * Sends the statement; `query.timeout` bounds the call, `query.max_rows` the rows. A call whose fate is unknown is sent
 * again only if a parser has proven that the statement reads; else only one that certainly never arrived.
 */
export const execute = Effect.fn("Execution.execute")(function* (
  connection: ServerConnection,
  statement: Statement,
  config: OrchestratorConfig
): Effect.fn.Return<Rows, ExecutionFailure | GatherError | NoMcpAvailableError> {
  const { server } = connection
  const called = yield* callOn(connection, statement, config)
  if (Result.isFailure(called)) {
    return yield* new NoMcpAvailableError({
      operation: "query",
      reason: "NotCapable",
      detail: `${server.id} declares the capability ${QueryTool.capability}, but ${called.failure.message}`,
      remedy: "Name the tool in the configuration of the server, or correct its capabilities."
    })
  }
  const rows = QueryReply.decodeReply(called.success, {
    maxRows: config.query.maxRows,
    columns: ColumnValues.namesOf(statement.columns)
  })
  if (Result.isSuccess(rows)) return ColumnValues.typed(rows.success, statement.columns)
  const { category, message, unreadable } = rows.failure
  // The session does not know an error from a result, so it has not masked what the server repeats of ours.
  const masked = masking(server)(message)
  return yield* Effect.fail(executionFailure(server.id, category, masked, !unreadable && !isFinal(category)))
})

// internal

/** How far the try had come when it failed. */
interface CallFailure {
  readonly during: "connect" | "tools" | "call"
  readonly failure: SessionFailure
}

/** What the tool answered; a failure inside if the server offers none that runs SQL. */
const callOn = (
  { server, throttle, withSession }: ServerConnection,
  { sql, walls }: Statement,
  { limits, query, retry }: OrchestratorConfig
): Effect.Effect<Result.Result<unknown, QueryTool.ToolProblem>, ExecutionFailure | GatherError> => {
  const failed =
    (during: CallFailure["during"]) =>
    (cause: SessionFailure): CallFailure => ({ during, failure: cause })
  const once = withSession(
    Effect.fnUntraced(function* (session) {
      const found = yield* Effect.mapError(
        throttle(QueryTool.find(session, server.sqlTool, limits.pages)),
        failed("tools")
      )
      if (Result.isFailure(found)) {
        if (found.failure.kind === "None") return found
        return yield* Effect.fail(failed("tools")(failure("call", "Unsupported", found.failure.message)))
      }
      const tool = found.success
      yield* LogEvent.info("sql_execution_started", { server: server.id, tool: tool.name })
      const call = session.call(tool.name, { ...QueryTool.argumentsFor(tool, sql) }, query.timeout)
      return Result.succeed(yield* Effect.mapError(throttle(call), failed("call")))
    })
  ).pipe(Effect.mapError((cause) => (cause instanceof SessionFailure ? failed("connect")(cause) : cause)))
  const isProven = walls.some((wall) => wall !== "lexical")
  return withRetry(once, {
    retry,
    patience: query.timeout,
    server: server.id,
    operation: "execute_query",
    failureOf: ({ during, failure: cause }) => {
      if (during !== "call") return cause
      // The whole time was the statement's own: the same statement would take it again.
      if (cause.reason === "TimedOut") return null
      return isProven || neverArrived.has(cause.reason) ? cause : null
    }
  }).pipe(
    Effect.mapError(({ attempts, last: { during, failure: cause } }) => {
      if (during === "call") return fromCall(server.id, cause)
      const operation = during === "tools" ? "list" : "connect"
      return toError(server, { attempts, last: { operation, uri: null, failure: cause, attempts } })
    })
  )
}

/** Nobody listened, or whoever did refused the request as one too many. */
const neverArrived: ReadonlySet<SessionFailure["reason"]> = new Set(["Refused", "RateLimited"])

const fromCall = (server: string, { detail, reason }: SessionFailure): ExecutionFailure => {
  switch (reason) {
    case "TimedOut":
      return executionFailure(server, "timeout", detail, false)
    case "Unauthorized":
    case "Forbidden":
      return executionFailure(server, "permission", detail, false)
    case "ServerError": {
      // Some servers answer the database's errors as errors of the protocol.
      const category = problemCategory(detail)
      return executionFailure(server, category, detail, category !== "other" && !isFinal(category))
    }
    default:
      return executionFailure(server, "other", detail, false)
  }
}

/** No other statement would help. */
const isFinal = (category: SqlProblemCategory): boolean => category === "permission" || category === "timeout"

const executionFailure = (
  server: string,
  reason: SqlProblemCategory,
  message: string,
  repairable: boolean
): ExecutionFailure => ({ _tag: "ExecutionFailure", server, reason, message, repairable })
