/** Why the guard will not let a statement through. Internal to `query/`: the pipeline turns it into an `SqlAttempt`. */
import * as Data from "effect/Data"
import type { SqlProblemCategory } from "../OrchestratorError.ts"

/** A statement that may not be sent. `message` is one line, written to be shown to a person or a model. */
export class SqlRefusal extends Data.TaggedError("SqlRefusal")<{
  readonly category: SqlProblemCategory
  readonly message: string
  /** The nearest valid names where a name was wrong, best first; else empty. */
  readonly nearest: ReadonlyArray<string>
}> {}

/** A refusal; what the statement or a parser put into `message` is made one line of at most 300 characters. */
export const refuse = (
  category: SqlProblemCategory,
  message: string,
  nearest: ReadonlyArray<string> = []
): SqlRefusal => new SqlRefusal({ category, message: message.slice(0, 300).replace(/[\s\p{Cc}]+/gu, " "), nearest })
