/** `batch results BATCH`: each question with its answer or its error, in the order of submission. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Batch } from "../batch/Batch.ts"
import { BatchResult } from "../batch/Question.ts"
import * as BatchRecords from "./BatchRecords.ts"
import * as BatchSetup from "./BatchSetup.ts"
import * as Output from "./Output.ts"

export const run = Effect.fnUntraced(function* (
  options: BatchSetup.Options & { readonly batch: string; readonly format: "jsonl" | "csv" | "markdown" }
) {
  const results = (yield* Batch).results(options.batch)
  if (options.format === "jsonl") {
    return yield* Stream.runForEachArray(Stream.mapEffect(results, toLine), (page) => Output.jsonText(page.join("\n")))
  }
  const { header, record } = BatchRecords[options.format]
  const lines = Stream.concat(Stream.succeed(header), Stream.map(results, record))
  yield* Stream.runForEachArray(lines, (page) => Output.stdout(page.join("\n")))
}, BatchSetup.withStore)

const encode = Schema.encodeEffect(Schema.toCodecJson(BatchResult))

const toLine = (result: BatchResult) => Effect.map(Effect.orDie(encode(result)), (json) => JSON.stringify(json))
