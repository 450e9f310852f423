/**
 * The table of questions: each with its state, and its answer or error. A question leaves the state `open` in one
 * statement that holds its outcome, so its answer is stored once, whoever computes it how often.
 *
 * The statements are such that SQLite and Postgres both take them.
 */
import * as Arr from "effect/Array"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Migrator from "effect/sql/Migrator"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { QueryResult } from "../query/QueryResult.ts"
import * as ExactJson from "../text/ExactJson.ts"
import { BatchResult, BatchStatus, Priority, QuestionFailure } from "./Question.ts"

/** What the queue carries: which question is to be answered. A question that is retried gets a new round. */
export const Ticket = Schema.Struct({ batch: Schema.String, id: Schema.String, round: Schema.Int })
export type Ticket = typeof Ticket.Type

/** A question with everything that is stored when it is submitted. */
export interface NewQuestion {
  readonly batch: string
  readonly id: string
  readonly position: number
  readonly priority: Priority
  readonly question: string
}

/** A question that is about to be tried. */
const Started = Schema.Struct({
  question: Schema.String,
  /** Tries that began in this round, this one included. */
  starts: Schema.Int,
  /** Tries of this round that failed and said so. */
  failures: Schema.Int
})
export type Started = typeof Started.Type

/** A ticket with the queue it belongs into. */
export const Reopened = Schema.Struct({ ...Ticket.fields, priority: Priority })
export type Reopened = typeof Reopened.Type

/** JSON with all digits of its integers. */
const Json = Schema.String.pipe(
  Schema.decodeTo(
    Schema.Unknown,
    SchemaTransformation.transform({ decode: ExactJson.parse, encode: (value) => JSON.stringify(value) })
  )
)

const StoredAnswer = Schema.decodeTo(Schema.toCodecJson(QueryResult))(Json)
const StoredFailure = Schema.decodeTo(Schema.toCodecJson(QuestionFailure))(Json)

const StoredResult = Schema.Struct({
  ...BatchResult.fields,
  position: Schema.Int,
  answer: Schema.NullOr(StoredAnswer),
  error: Schema.NullOr(StoredFailure)
})

/** Results that were read, with their places, by which the next ones are asked for. */
export type StoredResult = typeof StoredResult.Type

/** What can be done with the table. */
export type Questions = Effect.Success<typeof make>

/** Makes the table if it is not there, and gives what can be done with it. */
export const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* Migrator.make({})({ loader: migrations, table: "mcp_batch_migrations" })
  const now = Effect.map(DateTime.now, DateTime.formatIso)
  const at = ({ batch, id, round }: Ticket) =>
    sql`batch = ${batch} AND id = ${id} AND round = ${round} AND state = 'open'`

  /** Ends a question. False where it had ended already: then nothing is stored. */
  const finish = Effect.fnUntraced(function* (
    ticket: Ticket,
    state: "answered" | "failed",
    outcome: { readonly answer: string | null; readonly error: string | null }
  ) {
    const ended = yield* sql`UPDATE mcp_batch_question
      SET state = ${state}, answer = ${outcome.answer}, error = ${outcome.error}, finished_at = ${yield* now}
      WHERE ${at(ticket)} RETURNING id`
    return ended.length > 0
  })

  return {
    /** Stores what is new, and gives it; for what is known, the text it is known by. */
    add: Effect.fnUntraced(function* (questions: Arr.NonEmptyReadonlyArray<NewQuestion>) {
      const submittedAt = yield* now
      const added = yield* sql`INSERT INTO mcp_batch_question
        ${sql.insert(Arr.map(questions, (question) => ({ ...question, submitted_at: submittedAt })))}
        ON CONFLICT (batch, id) DO NOTHING RETURNING id`.pipe(Effect.flatMap(decodeIds))
      const ids = new Set(added.map(({ id }) => id))
      const known = questions.filter(({ id }) => !ids.has(id))
      if (known.length === 0) return { added: questions, conflict: Option.none<NewQuestion>() }
      const [batch] = new Set(known.map((question) => question.batch))
      const stored = yield* sql`SELECT id, question FROM mcp_batch_question
        WHERE batch = ${batch} AND ${sql.in(
          "id",
          known.map(({ id }) => id)
        )}`.pipe(Effect.flatMap(decodeTexts))
      const texts = new Map(stored.map(({ id, question }) => [id, question]))
      return {
        added: questions.filter(({ id }) => ids.has(id)),
        conflict: Option.fromUndefinedOr(known.find(({ id, question }) => texts.get(id) !== question))
      }
    }),

    /** Counts a try as begun. None where the question needs no answer any more. */
    start: (ticket: Ticket) =>
      sql`UPDATE mcp_batch_question SET starts = starts + 1 WHERE ${at(ticket)}
        RETURNING question, starts, failures`.pipe(
        Effect.flatMap(decodeStarted),
        Effect.map(([started]) => Option.fromUndefinedOr(started))
      ),

    /** Takes a begun try back: it was stopped from outside. */
    stopped: (ticket: Ticket) =>
      Effect.asVoid(sql`UPDATE mcp_batch_question SET starts = starts - 1 WHERE ${at(ticket)} AND starts > failures`),

    /** Stores what a try met; the question stays open. */
    failedOnce: Effect.fnUntraced(function* (ticket: Ticket, failure: QuestionFailure) {
      const error = yield* encodeFailure(failure)
      yield* sql`UPDATE mcp_batch_question SET failures = failures + 1, error = ${error} WHERE ${at(ticket)}`
    }),

    /** Stores the answer, unless there is one. */
    answered: (ticket: Ticket, result: QueryResult) =>
      Effect.flatMap(encodeAnswer(result), (answer) => finish(ticket, "answered", { answer, error: null })),

    /** Gives the question up. */
    failed: (ticket: Ticket, failure: QuestionFailure) =>
      Effect.flatMap(encodeFailure(failure), (error) => finish(ticket, "failed", { answer: null, error })),

    /** Cancels what is open of a batch; gives how many that were. */
    cancel: Effect.fnUntraced(function* (batch: string) {
      const cancelled = yield* sql`UPDATE mcp_batch_question SET state = 'cancelled', finished_at = ${yield* now}
        WHERE batch = ${batch} AND state = 'open' RETURNING id`
      return cancelled.length
    }),

    /** Opens again what failed or was cancelled, and gives the tickets of the new round. */
    reopen: (batch: string) =>
      sql`UPDATE mcp_batch_question
        SET state = 'open', round = round + 1, starts = 0, failures = 0, error = NULL, finished_at = NULL
        WHERE batch = ${batch} AND state IN ('failed', 'cancelled')
        RETURNING batch, id, round, priority`.pipe(Effect.flatMap(decodeReopened)),

    /** How far each batch is, or this one, the newest first. */
    status: (batch: string | null) =>
      sql`SELECT batch, ${count(sql, "1 = 1")} AS total, ${count(sql, "state = 'open'")} AS open,
          ${count(sql, "state = 'open' AND failures > 0")} AS retrying,
          ${count(sql, "state = 'answered'")} AS answered, ${count(sql, "state = 'failed'")} AS failed,
          ${count(sql, "state = 'cancelled'")} AS cancelled, MIN(submitted_at) AS ${sql("submittedAt")}
        FROM mcp_batch_question ${batch === null ? sql`` : sql`WHERE batch = ${batch}`}
        GROUP BY batch ORDER BY MIN(submitted_at) DESC, batch`.pipe(Effect.flatMap(decodeStatus)),

    /** What was committed is on the disk, also where the database does not wait for it with each commit. */
    settle: sql.onDialectOrElse({
      sqlite: () => Effect.asVoid(sql`PRAGMA wal_checkpoint(PASSIVE)`),
      orElse: () => Effect.void
    }),

    /** Whether any question is open. */
    anyOpen: Effect.map(sql`SELECT id FROM mcp_batch_question WHERE state = 'open' LIMIT 1`, (open) => open.length > 0),

    /** So many results of a batch, in the order of submission, after the given one. Two submissions may share places. */
    results: (batch: string, after: { readonly position: number; readonly id: string }, limit: number) =>
      sql`SELECT batch, id, question, priority, state, failures, answer, error, position,
          finished_at AS ${sql("finishedAt")}
        FROM mcp_batch_question WHERE batch = ${batch} AND (position, id) > (${after.position}, ${after.id})
        ORDER BY position, id LIMIT ${limit}`.pipe(Effect.flatMap(decodeResults)),

    /** The highest place in a batch; 0 where there is none. */
    lastPosition: (batch: string) =>
      sql`SELECT COALESCE(MAX(position), 0) AS position FROM mcp_batch_question WHERE batch = ${batch}`.pipe(
        Effect.flatMap(decodePositions),
        Effect.map(([found]) => found?.position ?? 0)
      )
  }
})

/** Rides out a database that is restarted: what it did in spite of a lost connection, it does not do twice. */
export const patiently: <A, R>(effect: Effect.Effect<A, SqlError, R>) => Effect.Effect<A, SqlError, R> = Effect.retry({
  while: (error: SqlError) => error.isRetryable,
  schedule: Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("2 seconds")]).pipe(
    Schedule.upTo({ duration: "1 minute" })
  )
})

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** What is in the store was written by us: what does not fit is a bug of ours, or of whoever changed it by hand. */
const rowsOf = <A>(schema: Schema.Codec<A, unknown>) => {
  const decode = Schema.decodeUnknownEffect(Schema.Array(schema))
  return (rows: ReadonlyArray<unknown>): Effect.Effect<ReadonlyArray<A>> => Effect.orDie(decode(rows))
}

const decodeIds = rowsOf(Schema.Struct({ id: Schema.String }))
const decodeTexts = rowsOf(Schema.Struct({ id: Schema.String, question: Schema.String }))
const decodeStarted = rowsOf(Started)
const decodeReopened = rowsOf(Reopened)
const decodeStatus = rowsOf(BatchStatus)
const decodeResults = rowsOf(StoredResult)
const decodePositions = rowsOf(Schema.Struct({ position: Schema.Int }))

// What cannot be written is a bug of ours too.
const encodeAnswer = (answer: QueryResult) => Effect.orDie(Schema.encodeEffect(StoredAnswer)(answer))
const encodeFailure = (failure: QuestionFailure) => Effect.orDie(Schema.encodeEffect(StoredFailure)(failure))

/** Postgres counts in 64 bits, which its client gives as another type. */
const count = (sql: SqlClient.SqlClient, condition: string) =>
  sql.literal(`CAST(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS INTEGER)`)

const migrations = Migrator.fromRecord({
  "0001_questions": Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    yield* sql`CREATE TABLE mcp_batch_question (
      batch TEXT NOT NULL,
      id TEXT NOT NULL,
      position INTEGER NOT NULL,
      priority TEXT NOT NULL,
      question TEXT NOT NULL,
      state TEXT NOT NULL DEFAULT 'open',
      round INTEGER NOT NULL DEFAULT 1,
      starts INTEGER NOT NULL DEFAULT 0,
      failures INTEGER NOT NULL DEFAULT 0,
      answer TEXT,
      error TEXT,
      submitted_at TEXT NOT NULL,
      finished_at TEXT,
      PRIMARY KEY (batch, id)
    )`
    yield* sql`CREATE INDEX mcp_batch_question_place ON mcp_batch_question (batch, position)`
    yield* sql`CREATE INDEX mcp_batch_question_state ON mcp_batch_question (state)`
  }),
  // How far each batch is stands in it, so that no answer is read to count them.
  "0002_progress": SqlClient.SqlClient.use(
    (sql) => sql`CREATE INDEX mcp_batch_question_progress ON mcp_batch_question (batch, state, failures, submitted_at)`
  )
})
