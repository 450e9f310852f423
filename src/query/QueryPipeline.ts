/**
 * The whole line of one question: gather → resolve the names in it → generate SQL → guard → execute → repair.
 * Everything is gathered afresh for each question, and forgotten with its answer.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Generation } from "../connection/Generations.ts"
import {
  type McpConnectionError,
  type ModelUsage,
  type NoMcpAvailableError,
  QueryExecutionError,
  type ResourceFetchError,
  SqlAttempt,
  SqlGenerationError
} from "../OrchestratorError.ts"
import { gatherAll } from "../resources/Gather.ts"
import type { GatheredResources } from "../resources/GatheredResources.ts"
import { EntityCatalog } from "../resolution/EntityCatalog.ts"
import * as Mentions from "../resolution/Mentions.ts"
import { unknownRuns } from "../resolution/UnknownWords.ts"
import { announce } from "../resolution/ResolutionEvents.ts"
import type { Mention } from "../resolution/ResolvedEntity.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import * as RequestId from "../telemetry/RequestId.ts"
import * as Execution from "./Execution.ts"
import * as Contents from "../grounding/Contents.ts"
import * as Grounding from "../grounding/Grounding.ts"
import * as Values from "../grounding/introspection/Values.ts"
import * as Introspection from "../grounding/introspection/Introspection.ts"
import { limitRows } from "../guard/RowLimit.ts"
import * as SqlGuard from "../guard/SqlGuard.ts"
import type { Rows } from "../tools/Rows.ts"
import type { QueryResult } from "./QueryResult.ts"
import { type GenerationRequest, type GeneratedSql, SqlGenerator } from "../sql/SqlGenerator.ts"
import * as QuestionFit from "./QuestionFit.ts"
import * as QuestionCheck from "./QuestionCheck.ts"
import * as Routing from "./Routing.ts"
import { nearestFor } from "./UnknownName.ts"

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
  const unaskable = QuestionCheck.unaskable(question)
  if (unaskable !== null) return yield* unaskable
  // Before any work: without a server to run it, no SQL is of use.
  const [first, ...others] = yield* Execution.candidates(connections)

  const resources = yield* gatherAll(connections, config, Introspection.addSchema)
  const gathered = yield* Clock.currentTimeMillis
  const { grounding, linked } = yield* Effect.sync(() => understand(question, resources, config)).pipe(
    Metrics.step("resolve")
  )
  const { mentions, notes, schemaWords } = linked
  yield* Effect.forEach(mentions, ({ resolution, text }) => announce(text, resolution), { discard: true })
  const ambiguous = QuestionCheck.ambiguous(question, notes)
  if (ambiguous !== null) return yield* ambiguous
  const routed = Routing.route(question, linked, grounding, [first.server, ...others.map(({ server }) => server)])
  if (Result.isFailure(routed)) return yield* QuestionCheck.unroutable(question, routed.failure)
  const { database, question: asked, reason } = routed.success
  const target = others.find(({ server }) => server.id === database.server) ?? first
  const resolved = yield* Clock.currentTimeMillis

  const words = Routing.wordsOf(database, schemaWords)
  const used = yield* withValues(
    Grounding.within(grounding, database),
    { question: asked, mentions, schemaWords: words },
    target,
    resources,
    config
  )
  const valued = yield* Clock.currentTimeMillis
  const answer = yield* answerWith(
    {
      question: asked,
      grounding: used,
      mentions,
      schemaWords: words,
      dialect: target.server.dialect,
      maxRows: config.query.maxRows,
      today: localDate(started),
      promptTokens: config.query.promptTokens
    },
    target,
    config,
    options
  )
  const ended = yield* Clock.currentTimeMillis
  yield* LogEvent.info("query_processing_completed", {
    server: target.server.id,
    row_count: answer.rows?.rowCount ?? null,
    duration_ms: ended - started
  })
  return {
    query: question,
    sql: answer.generated.sql,
    explanation: [answer.generated.explanation, ...(reason === null ? [] : [reason])].join(" "),
    resolvedEntities: mentions.map(({ resolution }) => resolution),
    result: answer.rows,
    metadata: {
      requestId: (yield* RequestId.RequestId) ?? "",
      generation: generation.number,
      executedOn: target.server.id,
      serversUsed: serversUsed(resources, used, mentions),
      attempts: answer.attempts,
      prompt: answer.generated.model?.prompt ?? null,
      usage: spent(answer.attempts),
      timingsMs: {
        gather: gathered - started + (valued - resolved),
        resolve: resolved - gathered,
        generate: ended - valued - answer.executeMs,
        execute: answer.executeMs,
        total: ended - started
      },
      timestamp: new Date(started).toISOString()
    }
  }
}, loggingFailure)

/** Where nobody knows a word of the question, the database is asked whether it is a value; that belongs to the gathering. */
const withValues = (
  grounding: Grounding.Grounding,
  asked: Pick<GenerationRequest, "question" | "mentions" | "schemaWords">,
  target: ServerConnection,
  { servers }: GatheredResources,
  config: OrchestratorConfig
) => {
  const gathered = servers.find(({ id }) => id === target.server.id)
  if (gathered === undefined) return Effect.succeed(grounding)
  const texts = unknownRuns(asked.question, asked, grounding)
  const tables = new Set(
    asked.schemaWords.flatMap(({ targets }) => targets.flatMap((one) => (one.kind === "term" ? [] : [one.table])))
  )
  return Values.find(grounding, { texts, tables }, target, gathered, config)
}

/** The day in the time zone of this process (`TZ`), as the person who asks has it. */
const localDate = (epochMillis: number): string =>
  DateTime.formatIsoDate(DateTime.makeZonedUnsafe(epochMillis, { timeZone: DateTime.zoneMakeLocal() }))

/** Everything in the resources is read once, for the schema, for the names and for the words of the question. */
const understand = (question: string, resources: GatheredResources, config: OrchestratorConfig) => {
  const contents = Contents.read(resources)
  const grounding = Grounding.fromContents(contents)
  return { grounding, linked: Mentions.link(question, EntityCatalog.from(contents), grounding, config.resolution) }
}

/** A query that failed has ended too. Its `message` would repeat the question, which is nobody's business in a log. */
function loggingFailure<A, R>(effect: Effect.Effect<A, QueryError, R>): Effect.Effect<A, QueryError, R> {
  return Effect.flatMap(Clock.currentTimeMillis, (started) =>
    Effect.tapError(effect, (error) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        LogEvent.error("query_processing_completed", {
          duration_ms: now - started,
          error: { type: error._tag, message: error.detail, reason: error.reason }
        })
      )
    )
  )
}

interface Answer {
  readonly generated: GeneratedSql
  readonly rows: Rows | null
  readonly executeMs: number
  readonly attempts: ReadonlyArray<SqlAttempt>
}

/** Generate, guard, execute; where another try can help and `query.attempts` allows it, once more with what was wrong. */
const answerWith = Effect.fn("QueryPipeline.answer")(function* (
  request: Omit<GenerationRequest, "previous">,
  target: ServerConnection,
  config: OrchestratorConfig,
  options: { readonly dryRun: boolean }
): Effect.fn.Return<Answer, QueryError, SqlGenerator> {
  const generator = yield* SqlGenerator
  const tries = generator.repairs ? config.query.attempts : 1
  const attempts: Array<SqlAttempt> = []
  const attempted = (attempt: ConstructorParameters<typeof SqlAttempt>[0]) => {
    attempts.push(new SqlAttempt(attempt))
    return Metrics.sqlAttempted(attempt.outcome, attempt.category)
  }
  let executeMs = 0
  while (true) {
    const [generating, outcome] = yield* generator
      .generate({ ...request, previous: [...attempts] })
      .pipe(Metrics.step("generate"), Effect.result, Effect.timed)
    if (Result.isFailure(outcome)) {
      const error = outcome.failure
      const unusable = error.attempts[attempts.length]
      if (unusable !== undefined) {
        yield* attempted(unusable)
        yield* LogEvent.warning("sql_rejected", {
          attempt: attempts.length,
          category: unusable.outcome,
          error: { type: unusable.outcome, message: unusable.message }
        })
        if (attempts.length < tries) continue
      }
      // What was tried is known here, whatever the generator says of it.
      return yield* new SqlGenerationError({ ...fieldsOf(error), attempts })
    }
    const generated = outcome.success
    const usage = generated.model?.usage ?? null
    yield* LogEvent.info("sql_generated", {
      generator: generator.name,
      attempt: attempts.length + 1,
      ...tokensOf(usage),
      duration_ms: Math.round(Duration.toMillis(generating))
    })

    const guarded = yield* Effect.result(
      SqlGuard.check(generated.sql, {
        dialect: request.dialect,
        grounding: request.grounding,
        allowedFunctions: config.query.allowedFunctions
      })
    )
    if (Result.isFailure(guarded)) {
      const { category, message, nearest } = guarded.failure
      yield* attempted({ sql: generated.sql, outcome: "rejected", category, message, nearest, usage })
      const error = { type: category, message }
      yield* LogEvent.warning("sql_rejected", { attempt: attempts.length, category, error })
      if (attempts.length < tries) continue
      return yield* new SqlGenerationError({
        question: request.question,
        reason: "Rejected",
        detail: `the SQL was refused: ${message}`,
        understood: request.mentions.map(({ resolution, text }) => `"${text}" is ${resolution.canonicalName}`),
        attempts,
        remedy: "Ask in other words, naming the tables' own terms."
      })
    }
    const { columns, tables, walls } = guarded.success
    const objections = generator.repairs ? QuestionFit.objections(guarded.success.sql, request) : []
    const [objection] = objections
    // One more try: what a model insists on may be right, so the reader is told instead.
    if (objection !== undefined && attempts.length + 1 < tries && !attempts.some(isUnfit)) {
      const { category, message, nearest } = objection
      yield* attempted({ sql: generated.sql, outcome: "rejected", category, message, nearest, usage })
      yield* LogEvent.warning("sql_rejected", {
        attempt: attempts.length,
        category,
        error: { type: category, message }
      })
      continue
    }
    // One more than is shown: else a result that was cut could not be told from one that was not.
    const sql = limitRows(guarded.success.sql, { dialect: request.dialect, rows: request.maxRows + 1 })
    const ok = { sql, outcome: "ok", category: null, message: null, nearest: [], usage } as const
    const notes = objections.map(({ message }) => `Note: ${message}.`)
    const answer = {
      generated: { ...generated, sql, explanation: [generated.explanation, ...notes].join(" ") },
      attempts
    }
    if (options.dryRun) {
      yield* attempted(ok)
      return { ...answer, rows: null, executeMs }
    }

    const [took, executed] = yield* Execution.execute([target], { sql, walls, columns }, config).pipe(
      Metrics.step("execute"),
      Effect.result,
      Effect.timed
    )
    const tookMs = Math.round(Duration.toMillis(took))
    executeMs += tookMs
    if (Result.isSuccess(executed)) {
      const { rows, server } = executed.success
      yield* attempted(ok)
      yield* LogEvent.info("sql_execution_completed", { server, row_count: rows.rowCount, duration_ms: tookMs })
      return { ...answer, rows, executeMs }
    }
    const failed = executed.failure
    yield* LogEvent.error("sql_execution_failed", {
      ...("server" in failed ? { server: failed.server } : {}),
      duration_ms: tookMs,
      error: { type: failed._tag === "ExecutionFailure" ? failed.reason : failed._tag, message: failed.message }
    })
    if (failed._tag !== "ExecutionFailure") return yield* failed
    const { message, reason, repairable, server } = failed
    const nearest = nearestFor(reason, message, tables, request.grounding)
    yield* attempted({ sql, outcome: "failed", category: reason, message, nearest, usage })
    if (repairable && attempts.length < tries) continue
    return yield* new QueryExecutionError({
      server,
      operation: "execute_query",
      reason,
      sql,
      attempts,
      detail: message,
      remedy: remedy(failed)
    })
  }
})

/** True for a statement that the guard let pass, and that did not fit the question. */
const isUnfit = ({ category }: SqlAttempt): boolean => category === "missing_name" || category === "unknown_value"

const tokensOf = (usage: ModelUsage | null) =>
  usage === null ? {} : { prompt_tokens: usage.promptTokens, completion_tokens: usage.completionTokens }

/** What all tries together cost; `null` where no model was asked, or none of its answers says. */
const spent = (attempts: ReadonlyArray<SqlAttempt>): ModelUsage | null => {
  const usages = attempts.map(({ usage }) => usage).filter(Predicate.isNotNull)
  const sum = (counts: ReadonlyArray<number | null>): number | null => {
    const known = counts.filter(Predicate.isNotNull)
    return known.length === 0 ? null : known.reduce((total, count) => total + count, 0)
  }
  return usages.length === 0
    ? null
    : {
        promptTokens: sum(usages.map(({ promptTokens }) => promptTokens)),
        completionTokens: sum(usages.map(({ completionTokens }) => completionTokens))
      }
}

/** In priority order: those whose tables, words or entities the generator was given, not all that were asked. */
const serversUsed = (
  { servers }: GatheredResources,
  { mappings, tables }: Grounding.Grounding,
  mentions: ReadonlyArray<Mention>
): ReadonlyArray<string> => {
  const used = new Set([
    ...[...tables, ...mappings].map(({ source }) => source.server),
    ...mentions.map(({ resolution }) => resolution.server)
  ])
  return servers.map(({ id }) => id).filter((id) => used.has(id))
}

const fieldsOf = ({ detail, question, reason, remedy, understood }: SqlGenerationError) => ({
  question,
  reason,
  detail,
  understood,
  remedy
})

const remedy = ({ reason, repairable }: Execution.ExecutionFailure): string => {
  if (reason === "permission") return "Give the server's database role the right to read these tables."
  if (reason === "timeout") return "Ask for less, or raise orchestration.query.timeout."
  return repairable ? "Ask in other words, or look into the server's log." : "Look into the server's log."
}
