/** From an understood question to rows: generate SQL, guard it, execute it; with what was wrong, once more. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import { NoParser, Rejected } from "../errors/QueryReason.ts"
import { limitRows } from "../guard/RowLimit.ts"
import * as SqlGuard from "../guard/SqlGuard.ts"
import type { SqlRefusal } from "../guard/SqlRefusal.ts"
import { type NoMcpAvailableError, QueryExecutionError, SqlAttempt, SqlGenerationError } from "../OrchestratorError.ts"
import type { GatherError } from "../resources/GatherFailure.ts"
import { type GeneratedSql, type GenerationRequest, SqlGenerator } from "../sql/SqlGenerator.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import type { Rows } from "../tools/Rows.ts"
import * as ColumnValues from "./ColumnValues.ts"
import * as Execution from "./Execution.ts"
import * as QueryEvents from "./QueryEvents.ts"
import * as QuestionFit from "./QuestionFit.ts"
import { nearestFor } from "./UnknownName.ts"

/** What can go wrong once the question was understood. */
export type AnswerError = GatherError | NoMcpAvailableError | SqlGenerationError | QueryExecutionError

export interface Answer {
  readonly generated: GeneratedSql
  readonly rows: Rows | null
  readonly executeMs: number
  readonly attempts: ReadonlyArray<SqlAttempt>
}

/** Generate, guard, execute; where another try can help and `query.attempts` allows it, once more with what was wrong. */
export const answer = Effect.fn("QueryPipeline.answer")(function* (
  request: Omit<GenerationRequest, "previous">,
  target: ServerConnection,
  config: OrchestratorConfig,
  options: { readonly dryRun: boolean }
): Effect.fn.Return<Answer, AnswerError, SqlGenerator> {
  const generator = yield* SqlGenerator
  // Before a model is asked: without its parser no statement could be sent, whatever it wrote.
  yield* Effect.mapError(SqlGuard.ready(request.dialect), unguarded(request.question))
  const tries = triesOf(generator, config)
  const from = (previous: ReadonlyArray<SqlAttempt>, spentMs: number): Effect.Effect<Answer, AnswerError> =>
    once({ ...request, previous }, generator, target, config, options).pipe(
      Effect.map((done) => ({ ...done, executeMs: done.executeMs + spentMs })),
      Effect.catchTag("Spoilt", ({ attempt, error, isRepairable, tookMs }) => {
        const attempts = [...previous, attempt]
        const next =
          isRepairable && attempts.length < tries ? from(attempts, spentMs + tookMs) : Effect.fail(error(attempts))
        return Effect.andThen(Metrics.sqlAttempted(attempt.outcome, attempt.category), next)
      })
    )
  return yield* from([], 0)
})

// -----------------------------------------------------------------------------
// internals

/** One try. */
const once = Effect.fnUntraced(function* (
  request: GenerationRequest,
  generator: SqlGenerator["Service"],
  target: ServerConnection,
  config: OrchestratorConfig,
  { dryRun }: { readonly dryRun: boolean }
): Effect.fn.Return<Answer, AnswerError | Spoilt> {
  const { previous } = request
  const generated = yield* generate(generator, request)
  const guarded = yield* check(generated, request, config)
  const notes = generator.repairs ? yield* fit(generated, guarded, request, triesOf(generator, config)) : []
  const { sql } = guarded
  const { rows, tookMs } = dryRun ? { rows: null, tookMs: 0 } : yield* run(guarded, generated, request, target, config)
  yield* Metrics.sqlAttempted("ok", null)
  const usage = usageOf(generated)
  const attempt = new SqlAttempt({
    sql,
    outcome: "ok",
    category: null,
    message: null,
    nearest: [],
    walls: guarded.walls,
    usage
  })
  const moved = rows === null ? [] : ColumnValues.movedDates(rows, guarded.columns)
  const explanation = [generated.explanation, ...notes, ...moved.map(movedNote)].join(" ")
  return { generated: { ...generated, sql, explanation }, rows, executeMs: tookMs, attempts: [...previous, attempt] }
})

const triesOf = ({ repairs }: SqlGenerator["Service"], { query }: OrchestratorConfig): number =>
  repairs ? query.attempts : 1

/** A statement that was refused or failed: what the next try is told of it, or the caller after the last one. */
interface Spoilt {
  readonly _tag: "Spoilt"
  readonly attempt: SqlAttempt
  readonly isRepairable: boolean
  readonly tookMs: number
  readonly error: (attempts: ReadonlyArray<SqlAttempt>) => AnswerError
}

const usageOf = ({ model }: GeneratedSql) => model?.usage ?? null

const generate = Effect.fnUntraced(function* (
  generator: SqlGenerator["Service"],
  request: GenerationRequest
): Effect.fn.Return<GeneratedSql, SqlGenerationError | Spoilt> {
  const attempts = request.previous
  const [took, outcome] = yield* generator.generate(request).pipe(Metrics.step("generate"), Effect.result, Effect.timed)
  if (Result.isFailure(outcome)) {
    const failed = outcome.failure
    // What was tried is known here, whatever the generator says of it.
    const error = (tried: ReadonlyArray<SqlAttempt>) => new SqlGenerationError({ ...fieldsOf(failed), attempts: tried })
    const attempt = failed.attempts[attempts.length]
    if (attempt === undefined) return yield* error(attempts)
    yield* QueryEvents.emit({
      _tag: "SqlRejected",
      attempt: attempts.length + 1,
      sql: attempt.sql,
      category: attempt.category ?? "other",
      message: attempt.message ?? failed.detail
    })
    // A question that the model cannot answer is no mistake that it could repair.
    const isRepairable = attempt.outcome !== "declined"
    return yield* Effect.fail<Spoilt>({ _tag: "Spoilt", attempt, isRepairable, tookMs: 0, error })
  }
  const generated = outcome.success
  yield* QueryEvents.emit({
    _tag: "SqlGenerated",
    attempt: attempts.length + 1,
    generator: generator.name,
    sql: generated.sql,
    durationMs: Math.round(Duration.toMillis(took))
  })
  return generated
})

/**
 * What the explanation has to say of a statement that does not fit its question. One more try comes first: what a model
 * insists on may be right, so the reader is told instead, unless it has nothing to do with the question.
 */
const fit = Effect.fnUntraced(function* (
  generated: GeneratedSql,
  guarded: SqlGuard.GuardedSql,
  request: GenerationRequest,
  tries: number
): Effect.fn.Return<ReadonlyArray<string>, AnswerError | Spoilt> {
  const { previous } = request
  const objections = QuestionFit.objections(guarded, request)
  const [objection] = objections
  const isTold = previous.length + 1 >= tries || previous.some(QuestionFit.isObjected)
  if (objection === undefined || (isTold && !objection.isFinal)) {
    return objections.map(({ message }) => `Note: ${message}.`)
  }
  return yield* rejected(generated, request, objection)
})

/** Nobody else can tell: a model was advised to select dates as text, and did not. */
const movedNote = (column: string): string =>
  `Note: the server sent the dates of "${column}" as moments of its time zone, so that they may be shown a day off.`

/** The statement as it is sent, if it only reads. */
const check = Effect.fnUntraced(function* (
  generated: GeneratedSql,
  request: GenerationRequest,
  { query: { allowedFunctions } }: OrchestratorConfig
): Effect.fn.Return<SqlGuard.GuardedSql, SqlGenerationError | Spoilt> {
  const { dialect, grounding, maxRows, question } = request
  const guarded = yield* SqlGuard.check(generated.sql, { dialect, grounding, allowedFunctions }).pipe(
    Effect.mapError((error) => (error._tag === "SqlRefusal" ? error : unguarded(question)(error))),
    Effect.result
  )
  if (Result.isSuccess(guarded)) {
    // One more than is shown: else a result that was cut could not be told from one that was not.
    return { ...guarded.success, sql: limitRows(guarded.success.sql, { dialect, rows: maxRows + 1 }) }
  }
  if (guarded.failure._tag !== "SqlRefusal") return yield* guarded.failure
  return yield* rejected(generated, request, guarded.failure)
})

/** A statement that is not to be run, and why. */
const rejected = Effect.fnUntraced(function* (
  generated: GeneratedSql,
  { dialect, mentions, previous, question }: GenerationRequest,
  { category, message, nearest }: Pick<SqlRefusal, "category" | "message" | "nearest">
): Effect.fn.Return<never, Spoilt> {
  const { sql } = generated
  yield* QueryEvents.emit({ _tag: "SqlRejected", attempt: previous.length + 1, sql, category, message })
  const reason = new Rejected()
  return yield* Effect.fail<Spoilt>({
    _tag: "Spoilt",
    attempt: new SqlAttempt({
      sql,
      outcome: "rejected",
      category,
      message,
      nearest,
      usage: usageOf(generated),
      walls: SqlGuard.wallsOf(dialect)
    }),
    isRepairable: true,
    tookMs: 0,
    error: (attempts) =>
      new SqlGenerationError({
        question,
        reason,
        detail: `the SQL was refused: ${message}`,
        understood: mentions.map(({ resolution, text }) => `"${text}" is ${resolution.canonicalName}`),
        attempts,
        remedy: reason.remedy
      })
  })
})

const unguarded =
  (question: string) =>
  ({ message, packageName }: SqlGuard.ParserUnavailable): SqlGenerationError =>
    new SqlGenerationError({
      question,
      reason: new NoParser({ packageName }),
      detail: `the SQL could not be checked: ${message}`,
      understood: [],
      attempts: [],
      remedy: `Install it beside this program: npm install ${packageName}.`
    })

const run = Effect.fnUntraced(function* (
  { columns, sql, tables, walls }: SqlGuard.GuardedSql,
  generated: GeneratedSql,
  { grounding, previous }: GenerationRequest,
  target: ServerConnection,
  config: OrchestratorConfig
): Effect.fn.Return<{ readonly rows: Rows; readonly tookMs: number }, AnswerError | Spoilt> {
  const server = target.server.id
  const attempt = previous.length + 1
  const [took, executed] = yield* Execution.execute(target, { sql, columns }, config).pipe(
    Metrics.step("execute", server),
    Effect.result,
    Effect.timed
  )
  const tookMs = Math.round(Duration.toMillis(took))
  if (Result.isSuccess(executed)) {
    const rows = executed.success
    yield* QueryEvents.emit({ _tag: "Executed", attempt, server, rowCount: rows.rowCount, durationMs: tookMs })
    return { rows, tookMs }
  }
  const failed = executed.failure
  yield* QueryEvents.emit({
    _tag: "SqlFailed",
    attempt,
    server: failed._tag === "NoMcpAvailableError" ? null : server,
    reason: failed._tag === "ExecutionFailure" ? failed.reason.category : failed._tag,
    message: failed.message,
    durationMs: tookMs
  })
  if (failed._tag !== "ExecutionFailure") return yield* failed
  const { message, reason, repairable } = failed
  const { category } = reason
  const nearest = nearestFor(category, message, tables, grounding)
  return yield* Effect.fail<Spoilt>({
    _tag: "Spoilt",
    attempt: new SqlAttempt({ sql, outcome: "failed", category, message, nearest, usage: usageOf(generated), walls }),
    isRepairable: repairable,
    tookMs,
    error: (attempts) =>
      new QueryExecutionError({
        server,
        reason,
        sql,
        attempts,
        detail: message,
        remedy: reason.remedy
      })
  })
})

const fieldsOf = ({ detail, question, reason, remedy, understood }: SqlGenerationError) => ({
  question,
  reason,
  detail,
  understood,
  remedy
})
