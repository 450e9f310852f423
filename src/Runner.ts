/** The runner: composition only. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Cli from "./cli/Cli.ts"
import * as Failure from "./cli/Failure.ts"
import * as Heap from "./cli/Heap.ts"

/** Runs the command of this process, and ends the process with its exit code. */
export const run = (): void => {
  Heap.keepSmall()
  Cli.run(process.argv.slice(2)).pipe(Effect.provide(NodeServices.layer), (program) =>
    NodeRuntime.runMain(program, { disableErrorReporting: true, teardown: Failure.teardown })
  )
}
