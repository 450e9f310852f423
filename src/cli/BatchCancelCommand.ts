/** `batch cancel BATCH`: gives up what is open of it. */
import * as Effect from "effect/Effect"
import { Batch } from "../batch/Batch.ts"
import * as BatchSetup from "./BatchSetup.ts"
import * as Output from "./Output.ts"

export const run = Effect.fnUntraced(function* (options: BatchSetup.Options & { readonly batch: string }) {
  const { batch, json } = options
  const cancelled = yield* (yield* Batch).cancel(batch)
  yield* json ? Output.json({ batch, cancelled }) : Output.stdout(`${batch}: ${cancelled} cancelled`)
}, BatchSetup.withStore)
