/** Failures that only the command line has. In JSON they are `{"error": {"_tag", "problems"}}`. */
import * as Data from "effect/Data"

/** A command line that cannot be followed, found after it was parsed: an argument that names nothing there is. */
export class UsageError extends Data.TaggedError("UsageError")<{
  /** A sentence each; what the reader can do is in it. */
  readonly problems: ReadonlyArray<string>
}> {
  readonly code = 2
}

/** A tool that was called by hand failed, or said that it did. */
export class ToolFailure extends Data.TaggedError("ToolFailure")<{ readonly problems: ReadonlyArray<string> }> {
  /** Of what was sent and failed, as of SQL. */
  readonly code = 7
}

/** The one problem, as an error. */
export const usage = (problem: string): UsageError => new UsageError({ problems: [problem] })
