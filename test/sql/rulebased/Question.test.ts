import { assert, it } from "@effect/vitest"
import { tokenizeQuestion } from "../../../src/sql/rulebased/Question.ts"

const keys = (question: string) => tokenizeQuestion(question).map((token) => `${token.kind}:${token.key}`)

it("tells words, numbers, dates, quoted names and operators apart", () => {
  assert.deepStrictEqual(keys(`Café's 'Robert''s' orders >= $1,250.50 on 2026-03-01?`), [
    "word:cafe",
    "quoted:Robert",
    "quoted:s",
    "word:orders",
    "symbol:>=",
    "number:1,250.50",
    "word:on",
    "date:2026-03-01"
  ])
  assert.deepStrictEqual(keys(`the customers' "USB-C Hub" don’t`), [
    "word:the",
    "word:customers",
    "quoted:USB-C Hub",
    "word:dont"
  ])
})

it("reads numbers with their scale", () => {
  const values = tokenizeQuestion("5k 2.5 million 1,000 3rd 300mg").map((token) => token.value)
  assert.deepStrictEqual(values.slice(0, 4), [5000, 2_500_000, 1000, 3])
  assert.isNaN(values[4])
})

it("knows where each token stands", () => {
  const question = "Revenue of “Ergo Chair” in 2025"
  for (const token of tokenizeQuestion(question)) assert.strictEqual(question.slice(token.start, token.end), token.text)
})
