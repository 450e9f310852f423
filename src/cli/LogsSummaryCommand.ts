/** `logs summary [FILE…]`: what happened, from the JSON lines that a run has left behind. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import type * as PlatformError from "effect/PlatformError"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { ConfigError, ConfigProblem } from "../OrchestratorError.ts"
import * as LogSummary from "../logs/LogSummary.ts"
import * as LogSummaryText from "../logs/LogSummaryText.ts"
import * as Waterfall from "../logs/Waterfall.ts"
import * as Output from "./Output.ts"

export const run = Effect.fnUntraced(function* (options: {
  readonly files: ReadonlyArray<string>
  readonly waterfall: Option.Option<string>
  readonly json: boolean
}) {
  const text = yield* source(options.files)
  if (Option.isSome(options.waterfall)) {
    const waterfall = yield* Waterfall.collect(text, options.waterfall.value)
    return yield* options.json
      ? Output.json(waterfall)
      : Output.stdout(Waterfall.render(waterfall, process.stdout.columns ?? 100))
  }
  const summary = yield* LogSummary.summarise(text)
  yield* options.json ? Output.json(summary) : Output.stdout(LogSummaryText.render(summary))
})

/** The files one after another, else stdin; never more than a chunk of them in memory. */
const source = Effect.fnUntraced(function* (files: ReadonlyArray<string>) {
  const fileSystem = yield* FileSystem.FileSystem
  const stdio = yield* Stdio.Stdio
  if (files.length === 0) return Stream.decodeText(Stream.mapError(stdio.stdin, unreadable("stdin")))
  return Stream.fromIterable(files).pipe(
    Stream.flatMap((file) => Stream.decodeText(Stream.mapError(fileSystem.stream(file), unreadable(file))))
  )
})

const unreadable = (file: string) => (error: PlatformError.PlatformError) =>
  new ConfigError({
    file,
    problems: [new ConfigProblem({ path: "", message: error.message, line: null, column: null, severity: "error" })],
    remedy: "Give the path of a log file, or pipe the log into the command."
  })
