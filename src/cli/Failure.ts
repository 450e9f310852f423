/** From a command's failure to the process's exit code. */
import * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Runtime from "effect/Runtime"

/** Reported already; carries nothing but the code the process exits with. */
export class ExitWith extends Data.TaggedError("ExitWith")<{ readonly code: number }> {
  override readonly [Runtime.errorExitCode] = this.code
  override readonly [Runtime.errorReported] = false
}

/** Reports the failure once. Interruption passes through: the runner exits with 130. */
export const handle =
  (options: { readonly json: boolean }) =>
  <E, R>(program: Effect.Effect<void, E, R>): Effect.Effect<void, ExitWith, R> =>
    Effect.catchCause(program, (cause) => {
      if (Cause.hasInterruptsOnly(cause)) return Effect.interrupt
      const error = Cause.squash(cause)
      if (error instanceof ExitWith) return Effect.fail(error)
      return Effect.promise(() => import("./Report.ts")).pipe(
        Effect.flatMap(({ report }) => report(error, options.json)),
        Effect.flatMap((code) => Effect.fail(new ExitWith({ code })))
      )
    })

/** A command that runs until it is told to end has set the code itself. */
export const teardown: Runtime.Teardown = (exit, onExit) =>
  Runtime.defaultTeardown(exit, (code) => onExit(Predicate.isNumber(process.exitCode) ? process.exitCode : code))
