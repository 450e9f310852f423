/** Runs guarded SQL on a server that declares and offers `execute_query`. */
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Capability from "../config/Capability.ts"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { withRetry } from "../connection/RetryPolicy.ts"
import { masking } from "../connection/Secrets.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import { failure, type SessionFailure } from "../connection/SessionFailure.ts"
import * as QueryReason from "../errors/QueryReason.ts"
import * as ServerReason from "../errors/ServerReason.ts"
import { NoMcpAvailableError } from "../OrchestratorError.ts"
import { failed as gatherFailed, type GatherError, toError } from "../resources/GatherFailure.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import type { GuardedSql } from "../guard/SqlGuard.ts"
import * as QueryReply from "../tools/QueryReply.ts"
import * as QueryTool from "../tools/QueryTool.ts"
import * as ColumnValues from "./ColumnValues.ts"
import type { Rows } from "../tools/Rows.ts"
import { problemCategory } from "../tools/SqlProblem.ts"

/** The statement was sent and gave no rows. */
export class ExecutionFailure extends Data.TaggedError("ExecutionFailure")<{
  readonly server: string
  readonly reason: QueryReason.ExecutionReason
  /** One sanitised line. */
  readonly message: string
}> {
  /** Whether another statement could succeed: the database has judged this one, and not the right to run it. */
  readonly repairable = this.reason._tag === "StatementFailed"
}

export type Statement = Pick<GuardedSql, "sql" | "columns">

/** The servers that declare the capability, best priority first; fails if there is none. */
export const candidates = Effect.fnUntraced(function* (
  connections: ReadonlyArray<ServerConnection>
): Effect.fn.Return<readonly [ServerConnection, ...Array<ServerConnection>], NoMcpAvailableError> {
  const [first, ...rest] = connections.filter(({ server }) => server.capabilities.includes(Capability.executeQuery))
  if (first !== undefined) return [first, ...rest]
  return yield* new NoMcpAvailableError({
    operation: "query",
    reason: new QueryReason.NotCapable({ capability: Capability.executeQuery }),
    detail: `no enabled server declares the capability ${Capability.executeQuery}`,
    remedy: `Add "${Capability.executeQuery}" to the capabilities of the server that runs SQL.`
  })
})

/**
 * Sends the statement; `query.timeout` bounds the call, `query.max_rows` the rows. A call whose fate is unknown is sent
 * again: two walls have found that the statement only reads.
 */
export const execute = Effect.fn("Execution.execute")(function* (
  connection: ServerConnection,
  statement: Statement,
  config: OrchestratorConfig
): Effect.fn.Return<Rows, ExecutionFailure | GatherError | NoMcpAvailableError> {
  const { server } = connection
  const called = yield* callOn(connection, statement, config)
  if (Result.isFailure(called)) {
    const reason = new QueryReason.NotCapable({ capability: Capability.executeQuery })
    return yield* new NoMcpAvailableError({
      operation: "query",
      reason,
      detail: `${server.id} declares the capability ${Capability.executeQuery}, but ${masking(server)(called.failure.message)}`,
      remedy: reason.remedy
    })
  }
  const rows = QueryReply.decodeReply(called.success, {
    maxRows: config.query.maxRows,
    columns: ColumnValues.namesOf(statement.columns)
  })
  if (Result.isSuccess(rows)) return ColumnValues.typed(rows.success, statement.columns)
  const { category, message, unreadable } = rows.failure
  // The session does not know an error from a result, so it has not masked what the server repeats of ours.
  return yield* new ExecutionFailure({
    server: server.id,
    reason: unreadable ? new QueryReason.UnreadableReply() : judged(category),
    message: masking(server)(message)
  })
})

// -----------------------------------------------------------------------------
// internals

/** How far the try had come when it failed. */
class CallFailure extends Data.TaggedError("CallFailure")<{
  /** `listing`: all pages of the tools together took too long, as they would again. */
  readonly during: "connect" | "tools" | "listing" | "call"
  readonly failure: SessionFailure
}> {}

/** What the tool answered; a failure inside if the server offers none that runs SQL. */
const callOn = (
  { server, throttle, withSession }: ServerConnection,
  { sql }: Statement,
  { gatherTimeout, limits, query, retry }: OrchestratorConfig
): Effect.Effect<Result.Result<unknown, QueryTool.ToolProblem>, ExecutionFailure | GatherError> => {
  const failed = (during: CallFailure["during"]) => (cause: SessionFailure) =>
    new CallFailure({ during, failure: cause })
  const once = withSession(
    Effect.fnUntraced(function* (session) {
      const found = yield* Effect.mapError(
        throttle(QueryTool.find(session, server.sqlTool, limits)),
        failed("tools")
      ).pipe(Effect.timeoutOrElse({ duration: gatherTimeout, orElse: () => Effect.fail(endless(gatherTimeout)) }))
      if (Result.isFailure(found)) {
        if (found.failure.kind === "None") return found
        const masked = masking(server)
        const reason = new ServerReason.Unsupported({ lacks: "tools", tools: found.failure.tools.map(masked) })
        return yield* failed("tools")(failure("call", reason, masked(found.failure.message)))
      }
      const tool = found.success
      yield* LogEvent.info("sql_execution_started", { server: server.id, tool: tool.name })
      const call = session.call(tool.name, { ...QueryTool.argumentsFor(tool, sql) }, query.timeout)
      return Result.succeed(yield* Effect.mapError(throttle(call), failed("call")))
    })
  ).pipe(Effect.catchTag("SessionFailure", (cause) => Effect.fail(failed("connect")(cause))))
  return withRetry(once, {
    retry,
    maxRetryAfter: query.timeout,
    server: server.id,
    operation: "execute_query",
    failureOf: ({ during, failure: cause }) =>
      // The whole time was the statement's own, or the listing's: the same would take it again.
      during === "listing" || (during === "call" && cause.reason._tag === "TimedOut") ? null : cause,
    failed: ({ during, failure: cause }, attempts) => {
      if (during !== "call")
        return toError(server, gatherFailed(during === "connect" ? "connect" : "list", cause, { attempts }))
      return new ExecutionFailure({ server: server.id, reason: reasonOf(cause), message: cause.detail })
    }
  })
}

/** A listing of tools is part of no gather, and has the same deadline. */
const endless = (limit: Duration.Duration): CallFailure => {
  const detail = `the tools were not listed within gather_timeout (${Duration.format(limit)})`
  return new CallFailure({
    during: "listing",
    failure: failure("call", new ServerReason.TimedOut({ limit }), detail)
  })
}

const reasonOf = ({ detail, reason }: SessionFailure): QueryReason.ExecutionReason => {
  switch (reason._tag) {
    case "TimedOut":
      return new QueryReason.StatementTimedOut()
    case "Unauthorized":
    case "Forbidden":
      return new QueryReason.PermissionDenied()
    case "ServerError": {
      // Some servers answer the database's errors as errors of the protocol.
      const category = problemCategory(detail)
      return category === "other" ? new QueryReason.CallFailed({ reason }) : judged(category)
    }
    default:
      return new QueryReason.CallFailed({ reason })
  }
}

/** What the database said of a statement: of no permission and of a deadline no other statement would hear anything else. */
const judged = (category: QueryReason.SqlProblemCategory): QueryReason.ExecutionReason => {
  if (category === "permission") return new QueryReason.PermissionDenied()
  return category === "timeout" ? new QueryReason.StatementTimedOut() : new QueryReason.StatementFailed({ category })
}
