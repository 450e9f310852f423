/** Commands that are loaded when they are run, so that `--help` need not load an MCP client. */
import * as Effect from "effect/Effect"

/** A command's handler from the module that has it. */
export function lazily<Input, E, R>(
  load: () => Promise<{ readonly run: (input: Input) => Effect.Effect<void, E, R> }>
) {
  return (input: Input) => Effect.flatMap(Effect.promise(load), (command) => command.run(input))
}
