/**
 * The whole line of one question: gather → resolve the names in it → generate SQL → guard → execute → repair.
 * Everything is gathered afresh for each question, and forgotten with its answer.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Generation } from "../connection/Generations.ts"
import {
  type McpConnectionError,
  type NoMcpAvailableError,
  QueryExecutionError,
  type ResourceFetchError,
  SqlAttempt,
  SqlGenerationError
} from "../OrchestratorError.ts"
import { gatherAll } from "../resources/Gather.ts"
import type { GatheredResources } from "../resources/GatheredResources.ts"
import * as Mentions from "../resolution/Mentions.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as RequestId from "../telemetry/RequestId.ts"
import * as Execution from "./Execution.ts"
import * as GroundingFromResources from "./GroundingFromResources.ts"
import * as SqlGuard from "./guard/SqlGuard.ts"
import type { QueryResult, Rows } from "./QueryResult.ts"
import { type GenerationRequest, type GeneratedSql, SqlGenerator } from "./SqlGenerator.ts"

export type QueryError =
  | McpConnectionError
  | ResourceFetchError
  | NoMcpAvailableError
  | SqlGenerationError
  | QueryExecutionError

/** Answers one question. With `dryRun` it stops before execution: `result` is `null`. */
export const query = Effect.fn("QueryPipeline.query")(function* (
  question: string,
  generation: Generation,
  options: { readonly dryRun: boolean }
): Effect.fn.Return<QueryResult, QueryError, SqlGenerator> {
  const { config, connections } = generation
  const started = yield* Clock.currentTimeMillis
  yield* LogEvent.info("query_received", { question_length: question.length, dry_run: options.dryRun })
  // Before any work: without a server to run it, no SQL is of use.
  const [target] = yield* Execution.candidates(connections)

  const resources = yield* gatherAll(connections, config)
  const gathered = yield* Clock.currentTimeMillis
  const { mentions } = Mentions.findMentions(question, resources, config.resolution)
  for (const { resolution, text } of mentions) {
    yield* LogEvent.info("entity_resolved", {
      name: text,
      server: resolution.server,
      match: resolution.match,
      score: resolution.score
    })
    if (resolution.conflicts.length > 0) {
      yield* LogEvent.info("resolution_conflict", {
        name: text,
        server: resolution.server,
        losers: resolution.conflicts.map(({ server }) => server)
      })
    }
  }
  const resolved = yield* Clock.currentTimeMillis

  const answer = yield* answerWith(
    {
      question,
      grounding: GroundingFromResources.fromResources(resources),
      mentions,
      dialect: config.query.dialect,
      maxRows: config.query.maxRows,
      today: new Date(started).toISOString().slice(0, 10)
    },
    generation,
    options
  )
  const ended = yield* Clock.currentTimeMillis
  yield* LogEvent.info("query_processing_completed", {
    server: answer.executedOn,
    row_count: answer.rows?.rowCount ?? null,
    duration_ms: ended - started
  })
  return {
    query: question,
    sql: answer.generated.sql,
    explanation: answer.generated.explanation,
    resolvedEntities: mentions.map(({ resolution }) => resolution),
    result: answer.rows,
    metadata: {
      requestId: (yield* RequestId.RequestId) ?? "",
      generation: generation.number,
      executedOn: answer.executedOn ?? target.server.id,
      serversUsed: serverIds(resources),
      attempts: answer.attempts,
      timingsMs: {
        gather: gathered - started,
        resolve: resolved - gathered,
        generate: ended - resolved - answer.executeMs,
        execute: answer.executeMs,
        total: ended - started
      },
      timestamp: new Date(started).toISOString()
    }
  }
})

interface Answer {
  readonly generated: GeneratedSql
  readonly rows: Rows | null
  readonly executedOn: string | null
  readonly executeMs: number
  readonly attempts: ReadonlyArray<SqlAttempt>
}

/** Generate, guard, execute; where another try can help and `query.attempts` allows it, once more with what was wrong. */
const answerWith = Effect.fn("QueryPipeline.answer")(function* (
  request: Omit<GenerationRequest, "previous">,
  { config, connections }: Generation,
  options: { readonly dryRun: boolean }
): Effect.fn.Return<Answer, QueryError, SqlGenerator> {
  const generator = yield* SqlGenerator
  const attempts: Array<SqlAttempt> = []
  const tries = generator.repairs ? config.query.attempts : 1
  let executeMs = 0
  for (;;) {
    const generated = yield* generator
      .generate({ ...request, previous: attempts })
      .pipe(
        Effect.mapError(
          ({ detail, question, reason, remedy, understood, attempts: own }) =>
            new SqlGenerationError({ question, reason, detail, understood, remedy, attempts: [...attempts, ...own] })
        )
      )
    yield* LogEvent.info("sql_generated", { generator: generator.name, attempt: attempts.length + 1 })
    const last = attempts.length + 1 >= tries

    const guarded = yield* Effect.result(
      SqlGuard.check(generated.sql, {
        dialect: request.dialect,
        grounding: request.grounding,
        allowedFunctions: config.query.allowedFunctions
      })
    )
    if (guarded._tag === "Failure") {
      const { category, message, nearest } = guarded.failure
      attempts.push(new SqlAttempt({ sql: generated.sql, outcome: "rejected", category, message, nearest }))
      yield* LogEvent.warning("sql_rejected", {
        attempt: attempts.length,
        category,
        error: { type: category, message }
      })
      if (!last) continue
      return yield* new SqlGenerationError({
        question: request.question,
        reason: "Rejected",
        detail: `the SQL was refused: ${message}`,
        understood: [],
        attempts,
        remedy: "Ask in other words, naming the tables' own terms."
      })
    }
    const { sql } = guarded.success
    const ok = new SqlAttempt({ sql, outcome: "ok", category: null, message: null, nearest: [] })
    if (options.dryRun) {
      return { generated: { ...generated, sql }, rows: null, executedOn: null, executeMs, attempts: [...attempts, ok] }
    }

    const before = yield* Clock.currentTimeMillis
    const executed = yield* Execution.execute(connections, sql, config).pipe(
      Effect.map((done) => ({ done, failed: null })),
      Effect.catchTag("ExecutionFailure", (failed) => Effect.succeed({ done: null, failed }))
    )
    const tookMs = (yield* Clock.currentTimeMillis) - before
    executeMs += tookMs
    if (executed.done !== null) {
      const { rows, server } = executed.done
      yield* LogEvent.info("sql_execution_completed", { server, row_count: rows.rowCount, duration_ms: tookMs })
      return { generated: { ...generated, sql }, rows, executedOn: server, executeMs, attempts: [...attempts, ok] }
    }
    const { category, message, repairable, server } = executed.failed
    attempts.push(new SqlAttempt({ sql, outcome: "failed", category, message, nearest: [] }))
    yield* LogEvent.error("sql_execution_failed", { server, duration_ms: tookMs, error: { type: category, message } })
    if (!last && repairable) continue
    return yield* new QueryExecutionError({
      server,
      operation: "execute_query",
      reason: category,
      sql,
      attempts,
      detail: message,
      remedy: remedy(category)
    })
  }
})

const serverIds = (resources: GatheredResources) => resources.servers.map(({ id }) => id)

const remedy = (category: SqlAttempt["category"]): string => {
  switch (category) {
    case "permission":
      return "Give the server's database role the right to read these tables."
    case "timeout":
      return "Ask for less, or raise orchestration.query.timeout."
    default:
      return "Ask in other words, or look into the server's log."
  }
}
