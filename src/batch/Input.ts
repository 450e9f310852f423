/** What is submitted: texts with a question a line, and the checks that hold for every submission. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { BatchError, Conflict, InvalidInput } from "./BatchError.ts"
import { BatchQuestion, Id, type Priority } from "./Question.ts"
import type { NewQuestion } from "./Questions.ts"

/**
 * A question a line: as it is, or as a JSON object with `question` and, if wanted, `id` and `priority`. Empty lines are
 * passed over, but not a text without any question; by default a question's id is the number of its line.
 */
export const parse = Effect.fnUntraced(function* (
  text: string
): Effect.fn.Return<ReadonlyArray<BatchQuestion>, BatchError> {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== "")
  if (lines.length === 0) return yield* BatchError.because(new InvalidInput({ line: 0 }), "there is no question in it")
  return yield* Effect.forEach(lines, ({ line, number }) => {
    if (!line.startsWith("{")) return Effect.succeed({ id: String(number), question: line })
    return Effect.fromResult(
      decodeLine(line).pipe(
        Result.map((question) => ({ id: String(number), ...question })),
        Result.mapError(({ message }) => invalid(number, message))
      )
    )
  })
})

/** The questions with their ids and priorities; each id once. Fails where one id stands for two questions. */
export const complete = Effect.fnUntraced(function* (
  given: ReadonlyArray<BatchQuestion>,
  { batch, last, priority }: { readonly batch: string; readonly last: number; readonly priority: Priority }
): Effect.fn.Return<ReadonlyArray<NewQuestion>, BatchError> {
  const questions = new Map<string, NewQuestion>()
  for (const [index, one] of given.entries()) {
    const decoded = decodeQuestion(one)
    if (Result.isFailure(decoded)) return yield* invalid(index + 1, decoded.failure.message)
    const { id = String(index + 1), question } = decoded.success
    const before = questions.get(id)
    if (before !== undefined && before.question !== question) return yield* conflict(batch, id)
    if (before !== undefined) continue
    const position = last + index + 1
    questions.set(id, { batch, id, position, question, priority: decoded.success.priority ?? priority })
  }
  return [...questions.values()]
})

/** A batch's name as it was given. */
export const batchName = (name: string): Effect.Effect<string, BatchError> =>
  isId(name)
    ? Effect.succeed(name)
    : Effect.fail(
        BatchError.because(
          new InvalidInput({ line: 0 }),
          `${JSON.stringify(name)} is no name for a batch: 1 to 100 letters, digits and ._:@/+-, the first one a letter or digit`
        )
      )

/** One id, two questions. */
export const conflict = (batch: string, id: string): BatchError =>
  BatchError.because(
    new Conflict({ batch, id }),
    `the id ${JSON.stringify(id)} of batch ${JSON.stringify(batch)} stands for another question already`
  )

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

// A key that is misspelt must not be passed over.
const strict = { onExcessProperty: "error" } as const

const isId = Schema.is(Id)
const decodeQuestion = Schema.decodeUnknownResult(BatchQuestion, strict)
const decodeLine = Schema.decodeUnknownResult(Schema.fromJsonString(BatchQuestion), strict)

const invalid = (line: number, problem: string): BatchError =>
  BatchError.because(new InvalidInput({ line }), `line ${line} is no question: ${problem.replaceAll(/\s+/g, " ")}`)
