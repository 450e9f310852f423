/**
 * Durable questions: submitted once, answered by any number of workers, kept until they are read. What is kept is the
 * question, its state and its answer or error; nothing that was gathered for it.
 *
 * ```ts
 * const program = Effect.gen(function* () {
 *   const batch = yield* Batch
 *   yield* batch.submit([{ question: "total sales of widgets" }], { batch: "monday" })
 *   yield* batch.work()
 *   return yield* Stream.runCollect(batch.results("monday"))
 * }).pipe(
 *   Effect.provide([Batch.layerStore("questions.sqlite"), Orchestrator.layerNode()])
 * )
 * ```
 */
import * as Arr from "effect/Array"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as SecureRandom from "effect/crypto/SecureRandom"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as SqlClient from "effect/sql/SqlClient"
import { isSqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import * as Struct from "effect/Struct"
import { Orchestrator } from "../Orchestrator.ts"
import { BatchError, UnknownBatch } from "./BatchError.ts"
import * as Input from "./Input.ts"
import type { BatchQuestion, BatchResult, BatchStatus, Priority, Submitted } from "./Question.ts"
import * as Questions from "./Questions.ts"
import * as Queue from "./Queue.ts"
import * as Store from "./Store.ts"
import * as Worker from "./Worker.ts"

export interface SubmitOptions {
  /** The batch's name. Without it, it is a new one; with it, what the batch has already is not asked again. */
  readonly batch?: string | undefined
  /** Of the questions that have none of their own; `normal` by default. */
  readonly priority?: Priority | undefined
}

export interface WorkOptions {
  /** Questions that are answered at once; 4 by default. */
  readonly concurrency?: number | undefined
  /** Failures that may pass (a connection, a server in trouble) before a question is given up; 10 by default. */
  readonly attempts?: number | undefined
  /** Waits for more when no question is open; otherwise the work ends then. */
  readonly keep?: boolean | undefined
}

export interface LayerOptions {
  /**
   * How long a worker that shows no life keeps its questions before others take them; a minute by default. SQLite counts
   * in whole seconds.
   */
  readonly lease?: Duration.Input | undefined
}

export class Batch extends Context.Service<
  Batch,
  {
    /** Stores all of the questions, or none; what the batch knows by its id already is left as it is. */
    submit(questions: ReadonlyArray<BatchQuestion>, options?: SubmitOptions): Effect.Effect<Submitted, BatchError>
    /**
     * Answers open questions of all batches, those of a higher priority first, until none is open. Any number of
     * processes may do so at once. Interrupting it gives back what it is at.
     */
    work(options?: WorkOptions): Effect.Effect<void, BatchError, Orchestrator>
    /** How far each batch is, the newest first; or this one, which must be there. */
    status(batch?: string): Effect.Effect<ReadonlyArray<BatchStatus>, BatchError>
    /** All questions of a batch with what came of them so far, in the order of submission. */
    results(batch: string): Stream.Stream<BatchResult, BatchError>
    /** Cancels what is open of a batch; gives how many questions that were. Answers on their way are not stored. */
    cancel(batch: string): Effect.Effect<number, BatchError>
    /** Opens again what failed or was cancelled; gives how many questions that were. */
    retry(batch: string): Effect.Effect<number, BatchError>
  }
>()("effect-mcp-orchestrator/batch/Batch") {
  /** Batches in a database of the app, SQLite or Postgres. The tables, called `mcp_batch_…`, are made if they are not there. */
  static readonly layer = (options: LayerOptions = {}): Layer.Layer<Batch, BatchError, SqlClient.SqlClient> => {
    const lease = Duration.fromInputUnsafe(options.lease ?? "1 minute")
    return Layer.effect(Batch, make(lease)).pipe(
      Layer.provide(Queue.layer(lease)),
      Layer.catchTag(["SqlError", "MigrationError"], (error) => Layer.effect(Batch, Effect.fail(Store.failed(error))))
    )
  }

  /** Batches in a SQLite file (`questions.sqlite`), or in a Postgres (`postgres://…`, with `@effect/sql-pg` installed). */
  static readonly layerStore = (
    store: string | Redacted.Redacted,
    options: LayerOptions = {}
  ): Layer.Layer<Batch, BatchError> =>
    Batch.layer(options).pipe(Layer.provide(Store.layer(Redacted.isRedacted(store) ? store : Redacted.make(store))))
}

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** Questions that one statement stores. */
const chunkSize = 500
/** Results that are in memory at once. */
const pageSize = 100

const make = Effect.fnUntraced(function* (lease: Duration.Duration) {
  const sql = yield* SqlClient.SqlClient
  const questions = yield* Questions.make
  const queues = yield* Queue.make

  /** Runs with its statements as one; what the database fails with is told as an error of batches. */
  const atOnce = <A, E>(effect: Effect.Effect<A, E>) =>
    sql.withTransaction(effect).pipe(
      Effect.tap(questions.settle),
      Effect.catchIf(isSqlError, (error) => Effect.fail(Store.failed(error)))
    )

  const offer = (tickets: ReadonlyArray<Questions.Reopened>) =>
    Effect.forEach(
      tickets,
      ({ priority, ...ticket }) => queues[priority].offer(ticket, { id: Queue.ticketId(ticket) }),
      { discard: true }
    ).pipe(
      Effect.catchTags({
        SchemaError: Effect.die,
        PersistedQueueError: ({ cause }) =>
          Effect.fail(Store.failed(Cause.isCause(cause) ? Cause.squash(cause) : cause))
      })
    )

  const statusOf = (batch: string | null) => Effect.mapError(Questions.patiently(questions.status(batch)), Store.failed)

  const unknown = (batch: string) =>
    BatchError.because(new UnknownBatch({ batch }), `there is no batch ${JSON.stringify(batch)}`)

  const mustExist = Effect.fnUntraced(function* (batch: string) {
    const last = yield* Effect.mapError(Questions.patiently(questions.lastPosition(batch)), Store.failed)
    if (last === 0) return yield* unknown(batch)
  })

  const service: Batch["Service"] = {
    submit: Effect.fn("Batch.submit")(function* (given, { batch: wanted, priority = "normal" } = {}) {
      const batch = wanted === undefined ? yield* newName : yield* Input.batchName(wanted)
      return yield* atOnce(
        Effect.gen(function* () {
          const last = yield* questions.lastPosition(batch)
          const all = yield* Input.complete(given, { batch, last, priority })
          let accepted = 0
          for (const chunk of Arr.chunksOf(all, chunkSize)) {
            const { added, conflict } = yield* questions.add(chunk)
            if (Option.isSome(conflict)) return yield* Input.conflict(batch, conflict.value.id)
            yield* offer(added.map(({ id, priority }) => ({ batch, id, priority, round: 1 })))
            accepted += added.length
          }
          return { batch, accepted, known: all.length - accepted }
        })
      )
    }),

    work: Effect.fn("Batch.work")(function* ({ attempts = 10, concurrency = 4, keep = false } = {}) {
      const orchestrator = yield* Orchestrator
      const worker = Worker.run(questions, queues, orchestrator.query, { attempts, concurrency })
      // A database that is away for a moment must not end a worker that is to stay.
      const healing = Queue.healFuture.pipe(
        Effect.provideService(SqlClient.SqlClient, sql),
        Effect.ignore({ log: "Debug" }),
        Effect.schedule(Schedule.spaced(Queue.beats(lease)))
      )
      const done = keep
        ? Effect.never
        : questions.anyOpen.pipe(
            Questions.patiently,
            Effect.repeat({ while: (open) => open, schedule: Schedule.spaced("250 millis") })
          )
      yield* Effect.raceAllFirst([worker, healing, done]).pipe(Effect.mapError(Store.failed))
    }),

    status: Effect.fn("Batch.status")(function* (batch) {
      const found = yield* statusOf(batch ?? null)
      if (batch !== undefined && found.length === 0) return yield* unknown(batch)
      return found
    }),

    results: (batch) =>
      Stream.unwrap(
        Effect.as(
          mustExist(batch),
          Stream.paginate({ position: -1, id: "" }, (after) =>
            questions.results(batch, after, pageSize).pipe(
              Questions.patiently,
              Effect.mapError(Store.failed),
              Effect.map((page) => [
                page.map(Struct.omit(["position"])),
                Option.filter(Option.fromUndefinedOr(page.at(-1)), () => page.length === pageSize)
              ])
            )
          )
        )
      ),

    cancel: (batch) =>
      Effect.andThen(mustExist(batch), atOnce(Effect.tap(questions.cancel(batch), Queue.withdraw(sql, batch)))),

    retry: (batch) =>
      Effect.andThen(
        mustExist(batch),
        atOnce(
          questions.reopen(batch).pipe(
            Effect.tap(offer),
            Effect.map((reopened) => reopened.length)
          )
        )
      )
  }
  return service
})

/** Batches of one day stand together, and no two have one name. */
const newName = Effect.map(
  DateTime.now,
  (now) => `${DateTime.formatIsoDateUtc(now)}-${SecureRandom.uuidV4Unsafe().slice(0, 8)}`
)
