/** What can go wrong with a batch, and why a question of it was given up. */
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { message } from "../errors/Message.ts"

/** What was submitted cannot be read: nothing of it was stored. */
export class InvalidInput extends Schema.TaggedError<InvalidInput>("BatchError.InvalidInput")("InvalidInput", {
  /** 1-based line of the file, or place in the list. */
  line: Schema.Int
}) {
  readonly exitCode = 2
  readonly remedy =
    'Give one question a line, or one JSON object a line: {"id": "q1", "question": "…", "priority": "high"}.'
}

/** An id stands for another question already: nothing was stored. */
export class Conflict extends Schema.TaggedError<Conflict>("BatchError.Conflict")("Conflict", {
  batch: Schema.String,
  id: Schema.String
}) {
  readonly exitCode = 2
  readonly remedy = "Submit it under another id, or under a batch of its own."
}

export class UnknownBatch extends Schema.TaggedError<UnknownBatch>("BatchError.UnknownBatch")("UnknownBatch", {
  batch: Schema.String
}) {
  readonly exitCode = 5
  readonly remedy =
    "See which batches the store has: mcp-orchestrator batch status. Another store is named with --store."
}

/** The store is none that can be used. */
export class InvalidStore extends Schema.TaggedError<InvalidStore>("BatchError.InvalidStore")("InvalidStore", {
  /** What to install, where that is what it lacks. */
  packageName: Schema.NullOr(Schema.String)
}) {
  readonly exitCode = 2
  readonly remedy =
    this.packageName === null
      ? "Name a file for SQLite, or a postgres:// address."
      : `Install it beside this program: npm install ${this.packageName}.`
}

/** The database could not be reached, or refused a statement. What was stored before it is stored. */
export class StoreFailed extends Schema.TaggedError<StoreFailed>("BatchError.StoreFailed")("StoreFailed", {
  /** Whether the same may succeed a moment later. */
  isRetryable: Schema.Boolean
}) {
  readonly exitCode = 3
  readonly remedy = "Check that the database of --store can be reached and written; every command can be given again."
}

export const BatchReason = Schema.Union([InvalidInput, Conflict, UnknownBatch, InvalidStore, StoreFailed])
export type BatchReason = typeof BatchReason.Type

/** Questions could not be submitted, worked on or read. A question's own failure is stored with it, not this. */
export class BatchError extends Schema.TaggedError<BatchError>()("BatchError", {
  reason: BatchReason,
  /** What happened, in one line; no secret of the store's address. */
  detail: Schema.String,
  remedy: Schema.String,
  message
}) {
  override readonly [Runtime.errorExitCode]: number = this.reason.exitCode
  override readonly message = `${this.detail}. ${this.remedy}`

  static readonly because = (reason: BatchReason, detail: string): BatchError =>
    new BatchError({ reason, detail, remedy: reason.remedy })
}

export const BatchErrorJson = Schema.toCodecJson(BatchError)

/** A question was given up although no error of the orchestrator says why. */
export class QuestionDropped extends Schema.TaggedError<QuestionDropped>()("QuestionDropped", {
  /** `defect`: a bug of ours met it. `workers_died`: every process that worked on it ended in the middle of it. */
  reason: Schema.Literals(["defect", "workers_died"]),
  detail: Schema.String,
  message
}) {
  override readonly message = this.detail
}
