/** `batch work`: answers open questions. */
import * as Effect from "effect/Effect"
import { Batch } from "../batch/Batch.ts"
import { Orchestrator } from "../Orchestrator.ts"
import * as BatchProgress from "./BatchProgress.ts"
import * as BatchSetup from "./BatchSetup.ts"
import * as BatchStatusCommand from "./BatchStatusCommand.ts"
import type * as Formats from "./Formats.ts"
import * as Setup from "./Setup.ts"

export const run = Effect.fnUntraced(
  function* (
    options: BatchSetup.Options &
      Formats.Asked & {
        readonly concurrency: number
        readonly attempts: number
        readonly keep: boolean
      }
  ) {
    const batches = yield* Batch
    // A server that cannot be reached, or refuses the credentials, would use up every question's tries.
    yield* (yield* Orchestrator).connect
    const before = yield* batches.status()
    yield* BatchProgress.during(batches, batches.work(options))
    const worked = new Set(before.filter(({ open }) => open > 0).map(({ batch }) => batch))
    const after = yield* batches.status()
    yield* BatchStatusCommand.write(
      after.filter(({ batch }) => worked.has(batch) || before.every((other) => other.batch !== batch)),
      options
    )
  },
  BatchSetup.withStore,
  Effect.provide(Setup.layer)
)
