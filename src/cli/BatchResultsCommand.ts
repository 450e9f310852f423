/** `batch results BATCH`: each question with its answer or its error, in the order of submission. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Batch } from "../batch/Batch.ts"
import { BatchResult } from "../batch/Question.ts"
import * as BatchCsv from "./BatchCsv.ts"
import * as BatchSetup from "./BatchSetup.ts"
import * as Output from "./Output.ts"

export const run = Effect.fnUntraced(function* (
  options: BatchSetup.Options & { readonly batch: string; readonly format: "jsonl" | "csv" }
) {
  const results = (yield* Batch).results(options.batch)
  yield* options.format === "csv"
    ? Stream.runForEachArray(csv(results), (page) => Output.stdout(page.join("\n")))
    : Stream.runForEachArray(Stream.mapEffect(results, toLine), (page) => Output.jsonText(page.join("\n")))
}, BatchSetup.withStore)

const encode = Schema.encodeEffect(Schema.toCodecJson(BatchResult))

const toLine = (result: BatchResult) => Effect.map(Effect.orDie(encode(result)), (json) => JSON.stringify(json))

const csv = <E>(results: Stream.Stream<BatchResult, E>) =>
  Stream.concat(Stream.succeed(BatchCsv.header), Stream.map(results, BatchCsv.record))
