/** The models of a batch: what is submitted, how far it is, what came of it. */
import * as Schema from "effect/Schema"
import { OrchestratorError } from "../OrchestratorError.ts"
import { QueryResult } from "../query/QueryResult.ts"
import { QuestionDropped } from "./BatchError.ts"

/** A worker takes a question of a lower priority only while none of a higher one waits. */
export const Priority = Schema.Literals(["high", "normal", "low"])
export type Priority = typeof Priority.Type

/** Of a batch or a question: it names them in the store, in results and on the command line. */
export const Id = Schema.String.check(
  Schema.isPattern(/^[\p{L}\p{N}][\p{L}\p{N}._:@/+-]{0,99}$/u, {
    expected: "an id of 1 to 100 letters, digits and ._:@/+-, the first one a letter or digit"
  })
)

const asLongAsAnyQuestion = Schema.String.check(Schema.isPattern(/\S/, { expected: "a question" }))

/** What a batch is made of. */
export const BatchQuestion = Schema.Struct({
  /** Unique in its batch; by default the question's place in what is submitted, from 1. */
  id: Schema.optionalKey(Id),
  question: asLongAsAnyQuestion,
  /** By default the batch's. */
  priority: Schema.optionalKey(Priority)
})
export type BatchQuestion = typeof BatchQuestion.Type

/**
 * `open`: to be answered, or being answered. `failed`: given up for the reason stored with it, the dead letter.
 * `cancelled`: nobody wants the answer any more.
 */
export const QuestionState = Schema.Literals(["open", "answered", "failed", "cancelled"])
export type QuestionState = typeof QuestionState.Type

/** Why a question was given up, or what its last try met while it is still open. */
export const QuestionFailure = Schema.Union([OrchestratorError, QuestionDropped])
export type QuestionFailure = typeof QuestionFailure.Type

/** One question of a batch and what came of it. */
export const BatchResult = Schema.Struct({
  batch: Schema.String,
  id: Schema.String,
  question: Schema.String,
  priority: Priority,
  state: QuestionState,
  /** Tries that failed and may be repeated, since it was last submitted or retried. */
  failures: Schema.Int,
  /** `null` unless it is answered. */
  answer: Schema.NullOr(QueryResult),
  /** Why it was given up; what its last try met while it is open; `null` otherwise. */
  error: Schema.NullOr(QuestionFailure),
  /** ISO 8601, UTC; `null` while it is open. */
  finishedAt: Schema.NullOr(Schema.String)
})
export type BatchResult = typeof BatchResult.Type

/** How far a batch is: numbers of questions. */
export const BatchStatus = Schema.Struct({
  batch: Schema.String,
  total: Schema.Int,
  open: Schema.Int,
  /** Of those that are open: how many failed at least once, and will be tried again. */
  retrying: Schema.Int,
  answered: Schema.Int,
  failed: Schema.Int,
  cancelled: Schema.Int,
  /** When its first question was submitted; ISO 8601, UTC. */
  submittedAt: Schema.String
})
export type BatchStatus = typeof BatchStatus.Type

/** What a submission did. */
export const Submitted = Schema.Struct({
  batch: Schema.String,
  /** Questions that are new. */
  accepted: Schema.Int,
  /** Questions that the batch had already, by their ids: they are answered once. */
  known: Schema.Int
})
export type Submitted = typeof Submitted.Type
