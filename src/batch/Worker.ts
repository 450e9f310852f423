/**
 * Takes questions from the queue and has them answered, so many at a time, those of a higher priority first.
 *
 * A question is tried again with growing pauses where its failure may pass, and given up where it cannot, or after so
 * many tries. A try that began and left no outcome means that its process died. Questions that this happened to several
 * times run one at a time, so that the one that kills its process does not take others with it for good.
 */
import * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Semaphore from "effect/Semaphore"
import type { Orchestrator } from "../Orchestrator.ts"
import { OrchestratorError } from "../OrchestratorError.ts"
import * as ErrorType from "../telemetry/ErrorType.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { QuestionDropped } from "./BatchError.ts"
import type { Priority, QuestionFailure } from "./Question.ts"
import { patiently, type Questions, type Started, type Ticket } from "./Questions.ts"
import * as Queue from "./Queue.ts"
import * as Slots from "./Slots.ts"

export interface Settings {
  readonly concurrency: number
  /** Tries that may fail before a question is given up. */
  readonly attempts: number
}

/** Works for ever. What goes wrong with the store is logged, and tried again. */
export const run = Effect.fnUntraced(function* (
  questions: Questions,
  queues: Queue.Queues,
  query: Orchestrator["Service"]["query"],
  settings: Settings
) {
  const slots = Slots.make(settings.concurrency)
  const suspects = yield* Semaphore.make(1)
  const answer = answering(questions, query, settings, suspects)

  const lane = Effect.fnUntraced(function* (priority: Priority, index: number) {
    const one = (begun: Deferred.Deferred<void>) =>
      queues[priority]
        .take((ticket) => slots.within(index)(Effect.andThen(Deferred.succeed(begun, undefined), answer(ticket))))
        .pipe(
          Effect.catchTag("TryAgain", () => Effect.void),
          Effect.catchCauseIf((cause) => !Cause.hasInterruptsOnly(cause), storeFailed),
          Effect.ensuring(Deferred.succeed(begun, undefined))
        )
    while (true) {
      // One is taken ahead, and waits for its slot: more would be kept from other workers.
      const begun = yield* Deferred.make<void>()
      yield* Effect.forkScoped(one(begun))
      yield* Deferred.await(begun)
    }
  }, Effect.scoped)

  return yield* Effect.forEach(Queue.priorities, lane, { concurrency: "unbounded", discard: true })
})

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** Tells the queue to give the question out again, later. */
class TryAgain extends Data.TaggedError("TryAgain")<{ readonly failure: string }> {
  override readonly message = this.failure
}

/** So many processes may die over a question before it is held to be the cause. */
const maxDeaths = 10
/** From so many on it runs alone of its kind. */
const suspectDeaths = 3

/** Whether a question's failure may pass by itself. */
const isRetryable = (failure: QuestionFailure): boolean =>
  Predicate.hasProperty(failure, "isRetryable") && failure.isRetryable === true

const isOrchestratorError = Schema.is(OrchestratorError)

const failureOf = (cause: Cause.Cause<unknown>): QuestionFailure => {
  const error = Cause.squash(cause)
  if (isOrchestratorError(error)) return error
  const detail = Redaction.text(error instanceof Error ? error.message : String(error))
  return new QuestionDropped({ reason: "defect", detail: `a bug of mcp-orchestrator: ${detail}` })
}

const answering = (
  questions: Questions,
  query: Orchestrator["Service"]["query"],
  { attempts }: Settings,
  suspects: Semaphore.Semaphore
) => {
  const giveUp = Effect.fnUntraced(function* (ticket: Ticket, failure: QuestionFailure) {
    yield* patiently(questions.failed(ticket, failure))
    yield* LogEvent.warning("batch_question_failed", { ...named(ticket), error: shown(failure) })
  })

  const attempt = (ticket: Ticket, { failures, question }: Started) =>
    query(question).pipe(
      Effect.matchCauseEffect({
        onSuccess: Effect.fnUntraced(function* (result) {
          const stored = yield* patiently(questions.answered(ticket, result))
          // Another worker was quicker, or it was cancelled meanwhile.
          if (stored) yield* LogEvent.info("batch_question_answered", named(ticket))
        }),
        onFailure: Effect.fnUntraced(function* (cause) {
          if (Cause.hasInterruptsOnly(cause)) return yield* Effect.interrupt
          const failure = failureOf(cause)
          if (!isRetryable(failure) || failures + 1 >= attempts) return yield* giveUp(ticket, failure)
          yield* patiently(questions.failedOnce(ticket, failure))
          yield* LogEvent.info("batch_question_retried", { ...named(ticket), error: shown(failure) })
          return yield* new TryAgain({ failure: failure._tag })
        })
      }),
      Effect.onInterrupt(() => Effect.ignore(questions.stopped(ticket)))
    )

  return Effect.fnUntraced(function* (ticket: Ticket) {
    const start = patiently(questions.start(ticket))
    const started = yield* start
    if (Option.isNone(started)) return
    const deaths = started.value.starts - 1 - started.value.failures
    if (deaths < suspectDeaths) return yield* attempt(ticket, started.value)
    if (deaths >= maxDeaths) {
      const detail = `${deaths} workers died while they were at it`
      return yield* giveUp(ticket, new QuestionDropped({ reason: "workers_died", detail }))
    }
    yield* patiently(questions.stopped(ticket))
    return yield* suspects.withPermit(
      Effect.flatMap(start, Option.match({ onNone: () => Effect.void, onSome: (again) => attempt(ticket, again) }))
    )
  })
}

const named = ({ batch, id }: Ticket) => ({ batch, question_id: id })

/** Its message would hold the question, which no log does. */
const shown = (failure: QuestionFailure) => ({
  type: failure._tag,
  message: Predicate.hasProperty(failure, "detail") ? failure.detail : failure._tag,
  reason: ErrorType.reasonOf(failure)
})

const storeFailed = (cause: Cause.Cause<unknown>): Effect.Effect<void> =>
  LogEvent.warning("batch_store_failed", {
    error: { type: "StoreFailed", message: Redaction.text(String(Cause.squash(cause))) }
  }).pipe(Effect.andThen(Effect.sleep("500 millis")))
