/** `batch submit FILE|-`: stores questions. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { Batch } from "../batch/Batch.ts"
import { BatchError, InvalidInput } from "../batch/BatchError.ts"
import * as Questions from "../batch/Input.ts"
import { type Priority, Submitted } from "../batch/Question.ts"
import * as BatchSetup from "./BatchSetup.ts"
import * as Input from "./Input.ts"
import * as Output from "./Output.ts"

const writeJson = Output.jsonOf(Submitted)

export const run = Effect.fnUntraced(function* (
  options: BatchSetup.Options & {
    readonly file: string
    readonly batch: Option.Option<string>
    readonly priority: Priority
  }
) {
  const batches = yield* Batch
  const questions = yield* Questions.parse(yield* read(options.file))
  const submitted = yield* batches.submit(questions, {
    batch: Option.getOrUndefined(options.batch),
    priority: options.priority
  })
  yield* options.json ? writeJson(submitted) : Output.stdout(explain(submitted))
}, BatchSetup.withStore)

/** A script wants the name alone: it is the first word. */
const explain = ({ accepted, batch, known }: Submitted): string =>
  `${batch}: ${accepted} ${accepted === 1 ? "question" : "questions"} accepted${known === 0 ? "" : `, ${known} known already`}`

const read = (file: string) =>
  Effect.mapError(Stream.mkString(Input.stream(file)), ({ problems }) =>
    BatchError.because(new InvalidInput({ line: 0 }), problems.join("; "))
  )
