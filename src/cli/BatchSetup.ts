/** From the options of a `batch` command to its store; and how what goes wrong with it is told. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { Batch } from "../batch/Batch.ts"
import { BatchError, BatchErrorJson } from "../batch/BatchError.ts"
import { ExitWith } from "./Failure.ts"
import * as Formats from "./Formats.ts"
import * as Output from "./Output.ts"

/** What every `batch` command takes. */
export interface Options {
  readonly store: Option.Option<string>
  readonly json: boolean
  /** Of those that take one: a failure is told as JSON where the result would have been. */
  readonly format?: string
}

const defaultStore = "mcp-batch.sqlite"

/** Runs a command over the store that its options name, and reports what goes wrong with it. */
export const withStore = <A, E, R>(
  command: Effect.Effect<A, E | BatchError, R>,
  options: Options
): Effect.Effect<A, E | ExitWith | Output.OutputError, Exclude<R, Batch>> => {
  // A variable that is set to nothing names no store.
  const store = Option.getOrElse(options.store, () => process.env["MCP_BATCH_STORE"] || defaultStore)
  return Effect.provide(command, Batch.layerStore(store)).pipe(
    Effect.catchIf(isBatchError, (error) =>
      Effect.andThen(report(error, Formats.isJson(options)), new ExitWith({ code: error[Runtime.errorExitCode] }))
    )
  )
}

const isBatchError = Schema.is(BatchError)

const report = (error: BatchError, json: boolean) =>
  json ? writeError({ error }) : Output.stderr(`BatchError: ${error.message}`)

const writeError = Output.jsonOf(Schema.Struct({ error: BatchErrorJson }))
