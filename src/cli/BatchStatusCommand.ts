/** `batch status [BATCH]`: how far the batches are. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Batch } from "../batch/Batch.ts"
import { BatchStatus } from "../batch/Question.ts"
import * as BatchSetup from "./BatchSetup.ts"
import * as Output from "./Output.ts"
import * as Formats from "./Formats.ts"

const writeJson = Output.jsonOf(Schema.Array(BatchStatus))

export const run = Effect.fnUntraced(function* (
  options: BatchSetup.Options & Formats.Asked & { readonly batch: Option.Option<string> }
) {
  const batches = yield* Batch
  yield* write(yield* batches.status(Option.getOrUndefined(options.batch)), options)
}, BatchSetup.withStore)

/** A row a batch. */
export const write = (
  found: ReadonlyArray<BatchStatus>,
  asked: Formats.Asked
): Effect.Effect<void, Output.OutputError> =>
  Formats.write(asked, {
    sheet: () => sheet(found),
    text: () => (found.length === 0 ? "no open batch" : Formats.table(sheet(found))),
    json: writeJson(found)
  })

const numbers = ["total", "open", "retrying", "answered", "failed", "cancelled"] as const

const sheet = (found: ReadonlyArray<BatchStatus>): Formats.Sheet => ({
  columns: [
    { title: "batch" },
    ...numbers.map((title) => ({ title, align: "right" as const })),
    { title: "submitted" }
  ],
  rows: found.map((status) => [status.batch, ...numbers.map((name) => String(status[name])), status.submittedAt])
})
