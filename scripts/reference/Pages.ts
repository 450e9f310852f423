/** The pages of docs/reference that are made from the sources, by their file's name. */
import * as Effect from "effect/Effect"
import * as CommandLine from "./CommandLine.ts"
import * as Configuration from "./Configuration.ts"
import * as Errors from "./Errors.ts"
import * as Events from "./Events.ts"
import * as Metrics from "./Metrics.ts"

export const pages: Effect.Effect<{ readonly [file: string]: string }> = Effect.gen(function* () {
  return {
    "cli.md": yield* CommandLine.page,
    "configuration.md": Configuration.page(),
    "errors.md": Errors.page(),
    "events.md": Events.page(),
    "metrics.md": yield* Metrics.page
  }
})
