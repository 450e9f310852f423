/** From a command's failure to the process's exit code. */
import * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Runtime from "effect/Runtime"
import * as Output from "./Output.ts"

/** Reported already; carries nothing but the code the process exits with. */
export class ExitWith extends Data.TaggedError("ExitWith")<{ readonly code: number }> {
  override readonly [Runtime.errorExitCode] = this.code
  override readonly [Runtime.errorReported] = false
}

/** Reports the failure once. Interruption is told in JSON alone, and passes through: the runner exits with 130. */
export const handle =
  (options: { readonly json: boolean }) =>
  <E, R>(program: Effect.Effect<void, E, R>): Effect.Effect<void, ExitWith, R> =>
    program.pipe(
      Effect.onInterrupt(() => (options.json ? interrupted : Effect.void)),
      Effect.catchCause((cause) => {
        if (Cause.hasInterruptsOnly(cause)) return Effect.interrupt
        const error = Cause.squash(cause)
        if (error instanceof ExitWith) return Effect.fail(error)
        return Effect.promise(() => import("./Report.ts")).pipe(
          Effect.flatMap(({ report }) => report(error, options.json)),
          Effect.flatMap((code) => Effect.fail(new ExitWith({ code })))
        )
      })
    )

/** A reader that hangs is not waited for: somebody wants the end. */
const interrupted = Effect.flatMap(Output.Document, ({ begun }) =>
  begun
    ? Effect.void
    : Output.json({ error: { _tag: "Interrupted", message: "interrupted before there was a result" } }).pipe(
        Effect.ignore,
        Effect.interruptible,
        Effect.timeoutOption("2 seconds")
      )
)

/** A command that runs until it is told to end has set the code itself. */
export const teardown: Runtime.Teardown = (exit, onExit) =>
  Runtime.defaultTeardown(exit, (code) => onExit(Predicate.isNumber(process.exitCode) ? process.exitCode : code))
