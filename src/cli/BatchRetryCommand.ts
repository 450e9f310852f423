/** `batch retry BATCH`: asks again what failed or was cancelled. */
import * as Effect from "effect/Effect"
import { Batch } from "../batch/Batch.ts"
import * as BatchSetup from "./BatchSetup.ts"
import * as Output from "./Output.ts"

export const run = Effect.fnUntraced(function* (options: BatchSetup.Options & { readonly batch: string }) {
  const { batch, json } = options
  const reopened = yield* (yield* Batch).retry(batch)
  yield* json ? Output.json({ batch, reopened }) : Output.stdout(`${batch}: ${reopened} to be asked again`)
}, BatchSetup.withStore)
