/** A command line that cannot be followed, found after it was parsed: an argument that names nothing there is. */
import * as Data from "effect/Data"

/** Reported like what the parser finds: its problems on stderr, one `UsageError` in JSON, exit code 2. */
export class UsageError extends Data.TaggedError("UsageError")<{
  /** One sentence each; what the reader can do is in it. */
  readonly problems: ReadonlyArray<string>
}> {
  override readonly message = this.problems.join("\n")
}

/** The one problem, as an error. */
export const usage = (problem: string): UsageError => new UsageError({ problems: [problem] })
