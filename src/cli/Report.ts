/** What a person or a script sees of a failure. Loaded when there is one. */
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as CliError from "effect/cli/CliError"
import * as ConfigDiagnostics from "../config/diagnosis/ConfigDiagnostics.ts"
import { OrchestratorError } from "../OrchestratorError.ts"
import * as Colour from "../telemetry/Colour.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import * as Output from "./Output.ts"
import * as Table from "../text/Table.ts"
import * as Terminal from "./Terminal.ts"
import { ToolFailure, UsageError } from "./CommandError.ts"

const defect = 1
const usage = 2

/**
 * Reports the failure: `{"error": …}` on stdout with `--json`, else its message on stderr; no stack trace, ever. On
 * stderr too where stdout takes nothing, or has a document already. Gives the exit code of the error.
 */
export const report = Effect.fnUntraced(function* (error: unknown, json: boolean) {
  const { begun } = yield* Output.Document
  return yield* reported(error, json && !begun).pipe(Effect.catchTag("OutputError", writingFailed))
})

const writingFailed = (error: Output.OutputError) => Effect.as(Output.stderr(error.message), Output.notWritten)

const reported = Effect.fnUntraced(function* (error: unknown, json: boolean) {
  // Presented where it was found.
  if (CliError.isCliError(error)) return usage
  if (error instanceof Output.OutputError) return yield* writingFailed(error)
  if (isOrchestratorError(error)) {
    if (json) yield* writeJson({ error })
    else yield* tell(error)
    return error[Runtime.errorExitCode]
  }
  if (error instanceof UsageError || error instanceof ToolFailure) {
    const { _tag, code, problems } = error
    if (json) yield* Output.json({ error: { _tag, problems } })
    else yield* Output.stderr(problems.flatMap(wrapped).join("\n"))
    return code
  }
  const message = Redaction.text(error instanceof Error ? error.message : String(error))
  if (json) yield* Output.json({ error: { _tag: "Defect", message } })
  else yield* Output.stderr(`internal error: ${message}\nThis is a bug of mcp-orchestrator. Please report it.`)
  return defect
})

const isOrchestratorError = Schema.is(OrchestratorError)
const writeJson = Output.jsonOf(Schema.Struct({ error: OrchestratorError }))

const tell = (error: OrchestratorError): Effect.Effect<void> =>
  error._tag === "ConfigError"
    ? Output.painted(ConfigDiagnostics.render(error, { color: Colour.onStderr() }))
    : Output.stderr(wrapped(`${error._tag}: ${error.message}`).join("\n"))

/** One paragraph, whatever a server's words in it are; on a terminal no word of it is cut. */
const wrapped = (text: string): ReadonlyArray<string> => Table.wrap(text, Terminal.columns(process.stderr))
