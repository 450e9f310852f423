/**
 * The whole line of one question: gather → resolve the names in it → generate SQL → guard → execute → repair.
 * Everything is gathered afresh for each question, and forgotten with its answer.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { ConnectionSet } from "../connection/ConnectionSets.ts"
import { gatherAll } from "../resources/Gather.ts"
import type { Gathering } from "../resources/Gathers.ts"
import type { GatheredResources } from "../resources/GatheredResources.ts"
import { EntityCatalog } from "../resolution/EntityCatalog.ts"
import * as Mentions from "../resolution/Mentions.ts"
import { disjoint } from "../resolution/SchemaWords.ts"
import { placed } from "../resolution/Placed.ts"
import { unknownRuns } from "../resolution/UnknownWords.ts"
import type { Mention } from "../resolution/ResolvedEntity.ts"
import { Question } from "../text/Question.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import { observed } from "../telemetry/Observed.ts"
import * as RequestId from "../telemetry/RequestId.ts"
import type { ModelUsage, OverloadedError, SqlAttempt } from "../OrchestratorError.ts"
import * as Answer from "./Answer.ts"
import * as Execution from "./Execution.ts"
import * as Contents from "../grounding/Contents.ts"
import * as Grounding from "../grounding/Grounding.ts"
import * as Values from "../grounding/introspection/Values.ts"
import * as Introspection from "../grounding/introspection/Introspection.ts"
import * as QueryEvents from "./QueryEvents.ts"
import type { QueryResult } from "./QueryResult.ts"
import { type GenerationRequest, SqlGenerator } from "../sql/SqlGenerator.ts"
import * as QuestionCheck from "./QuestionCheck.ts"
import * as Routing from "./Routing.ts"

export type QueryError = Answer.AnswerError | OverloadedError

export interface Options {
  /** Stops before execution: `result` is `null`. */
  readonly dryRun: boolean
  /** How the resources are gathered. Default: at once, from the generation's servers. */
  readonly gather?: Gathering
}

/** Answers one question. */
export const query = Effect.fn("QueryPipeline.query")(
  function* (
    question: string,
    generation: ConnectionSet,
    { dryRun, gather }: Options
  ): Effect.fn.Return<QueryResult, QueryError, SqlGenerator> {
    const { config, connections } = generation
    const started = yield* Clock.currentTimeMillis
    const unaskable = QuestionCheck.unaskable(question)
    if (unaskable !== null) return yield* unaskable
    // Before any work: without a server to run it, no SQL is of use.
    const [first, ...others] = yield* Execution.candidates(connections)

    const resources = yield* gather ?? gatherAll(connections, config, Introspection.addSchema)
    const gathered = yield* Clock.currentTimeMillis
    const { grounding, linked } = yield* Effect.sync(() => understand(question, resources, config)).pipe(
      Metrics.step("resolve")
    )
    const { notes, schemaWords } = linked
    yield* QueryEvents.emit({ _tag: "Resolved", mentions: linked.mentions })
    const ambiguous = QuestionCheck.ambiguous(question, notes)
    if (ambiguous !== null) return yield* ambiguous
    const routed = Routing.route(question, linked, grounding, [first.server, ...others.map(({ server }) => server)])
    if (Result.isFailure(routed)) return yield* QuestionCheck.unroutable(question, routed.failure)
    const { database, question: asked, reason } = routed.success
    const target = others.find(({ server }) => server.id === database.server) ?? first
    const resolved = yield* Clock.currentTimeMillis

    const words = Routing.wordsOf(database, schemaWords)
    const known = Grounding.within(grounding, database)
    const used = yield* withValues(
      known,
      { question: asked, mentions: linked.mentions, schemaWords: words },
      target,
      resources,
      config,
      (yield* SqlGenerator).name === "rule-based"
    )
    const mentions = placed(linked.mentions, used.tables)
    const valued = yield* Clock.currentTimeMillis
    const answer = yield* Answer.answer(
      {
        question: asked,
        grounding: used,
        mentions,
        notes,
        // A value that was found is a word of the question, too.
        schemaWords: used === known ? words : wordsOf(asked, database, used, config),
        dialect: target.server.dialect,
        maxRows: config.query.maxRows,
        today: localDate(started),
        promptTokens: config.query.promptTokens
      },
      target,
      config,
      { dryRun }
    )
    const ended = yield* Clock.currentTimeMillis
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
  },
  (effect, question, _set, { dryRun }) =>
    observed(effect, {
      started: LogEvent.info("query_received", { question_length: question.length, dry_run: dryRun }),
      completed: ({ metadata, result }, duration_ms) =>
        LogEvent.info("query_processing_completed", {
          server: metadata.executedOn,
          row_count: result?.rowCount ?? null,
          duration_ms
        }),
      // Its `message` would repeat the question, which is nobody's business in a log. Other words are the caller's to find.
      failed: ({ _tag, detail, reason }, duration_ms) =>
        (reason._tag === "NotUnderstood" ? LogEvent.info : LogEvent.error)("query_processing_completed", {
          duration_ms,
          error: { type: _tag, message: detail, reason: reason._tag }
        })
    })
)

/** The tokens of all attempts, as far as they were counted; `null` where no model was asked. */
export const spent = (attempts: ReadonlyArray<SqlAttempt>): ModelUsage | null => {
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

// -----------------------------------------------------------------------------
// internals

/**
 * Where nobody knows a word of the question, the database is asked whether it is a value; that belongs to the gathering. The
 * rules are told of states, too, because what was cancelled may not count; a language model only what the question names.
 */
const withValues = (
  grounding: Grounding.Grounding,
  asked: Pick<GenerationRequest, "question" | "mentions" | "schemaWords">,
  target: ServerConnection,
  { servers }: GatheredResources,
  config: OrchestratorConfig,
  states: boolean
) => {
  const gathered = servers.find(({ id }) => id === target.server.id)
  if (gathered === undefined) return Effect.succeed(grounding)
  const texts = unknownRuns(asked.question, asked)
  const tables = new Set(
    disjoint(asked.schemaWords).flatMap(({ targets }) =>
      targets.flatMap((one) => (one.kind === "term" ? [] : [one.table]))
    )
  )
  return Values.find(grounding, { texts, tables, states }, target, gathered, config)
}

const wordsOf = (
  question: string,
  database: Grounding.Database,
  { mappings, tables }: Grounding.Grounding,
  { resolution }: OrchestratorConfig
) => Mentions.linkWords(new Question(question), { databases: [{ ...database, tables }], mappings }, resolution)

/** The day in the time zone of this process (`TZ`), as the person who asks has it. */
const localDate = (epochMillis: number): string =>
  DateTime.formatIsoDate(DateTime.makeZonedUnsafe(epochMillis, { timeZone: DateTime.zoneMakeLocal() }))

/** Everything in the resources is read once, for the schema, for the names and for the words of the question. */
const understand = (question: string, resources: GatheredResources, config: OrchestratorConfig) => {
  const contents = Contents.read(resources)
  const grounding = Grounding.fromContents(contents)
  return { grounding, linked: Mentions.link(question, EntityCatalog.from(contents), grounding, config.resolution) }
}

/** What all tries together cost; `null` where no model was asked, or none of its answers says. */
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
