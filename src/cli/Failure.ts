/** What a person or a script sees of a failure, and the exit code (DESIGN §7). */
import * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as CliError from "effect/cli/CliError"
import * as ConfigDiagnostics from "../config/ConfigDiagnostics.ts"
import { exitCode, OrchestratorError, OrchestratorErrorJson } from "../OrchestratorError.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import * as Output from "./Output.ts"

/** Reported already; carries nothing but the code the process exits with. */
export class ExitWith extends Data.TaggedError("ExitWith")<{ readonly code: number }> {
  override readonly [Runtime.errorExitCode] = this.code
  override readonly [Runtime.errorReported] = false
}

const defect = 1
const usage = 2

/**
 * Reports the failure once: `{"error": …}` on stdout with `--json`, else its message on stderr; no stack trace, ever.
 * Interruption passes through: the runner exits with 130.
 */
export const handle =
  (options: { readonly json: boolean }) =>
  <E, R>(program: Effect.Effect<void, E, R>): Effect.Effect<void, ExitWith, R> =>
    Effect.catchCause(program, (cause) => {
      if (Cause.hasInterruptsOnly(cause)) return Effect.interrupt
      return Effect.andThen(report(Cause.squash(cause), options.json), (code) => Effect.fail(new ExitWith({ code })))
    })

const isOrchestratorError = Schema.is(OrchestratorError)
const encode = Schema.encodeEffect(OrchestratorErrorJson)

const report = Effect.fnUntraced(function* (error: unknown, json: boolean) {
  if (error instanceof ExitWith) return error.code
  // Presented where it was found.
  if (CliError.isCliError(error)) return usage
  if (isOrchestratorError(error)) {
    if (json) yield* Output.json({ error: yield* Effect.orDie(encode(error)) })
    else yield* Output.stderr(messageOf(error))
    return exitCode[error._tag]
  }
  const message = Redaction.text(error instanceof Error ? error.message : String(error))
  if (json) yield* Output.json({ error: { _tag: "Defect", message } })
  else yield* Output.stderr(`internal error: ${message}\nThis is a bug of mcp-orchestrator. Please report it.`)
  return defect
})

const messageOf = (error: OrchestratorError): string =>
  error._tag === "ConfigError"
    ? ConfigDiagnostics.render(error, { color: Output.stderrHasColor() })
    : `${error._tag}: ${error.message}`
