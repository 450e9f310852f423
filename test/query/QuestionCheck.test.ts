import { assert, it } from "@effect/vitest"
import { NotUnderstood } from "../../src/errors/QueryReason.ts"
import * as QuestionCheck from "../../src/query/QuestionCheck.ts"

it("an empty question and one without end are refused before anything is gathered", () => {
  assert.strictEqual(QuestionCheck.unaskable(" \n")?.reason._tag, "NotUnderstood")
  assert.isNull(QuestionCheck.unaskable("x".repeat(QuestionCheck.maxQuestionLength)))
  const endless = QuestionCheck.unaskable("x".repeat(QuestionCheck.maxQuestionLength + 1))
  assert.strictEqual(endless?.reason._tag, "TooLarge")
  assert.isBelow(endless?.message.length ?? Infinity, 300)
})

it("a name that several entities answer to is refused with the candidates", () => {
  const note = { text: "C", start: 0, end: 1, candidates: ["C++", "C#"] }
  const refused = QuestionCheck.ambiguous("C last year", [{ ...note, reason: "ambiguous" }])
  assert.strictEqual(refused?.detail, '"C" could mean C++, or C#')
  assert.deepStrictEqual(refused?.reason, new NotUnderstood({ candidates: ["C++", "C#"] }))
  assert.isNull(QuestionCheck.ambiguous("C last year", [{ ...note, reason: "unresolved" }]))
})
