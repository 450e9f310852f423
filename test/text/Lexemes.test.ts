import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import { lexemesOf } from "../../src/text/Lexemes.ts"
import { Question } from "../../src/text/Question.ts"

const read = (question: string) => lexemesOf(new Question(question))

const keys = (question: string) => read(question).map((lexeme) => `${lexeme.kind}:${lexeme.key}`)

it("tells words, numbers, dates, quoted names and operators apart", () => {
  assert.deepStrictEqual(keys(`Café's 'Robert''s' orders >= $1,250.50 on 2026-03-01?`), [
    "word:cafe",
    "quoted:Robert",
    "quoted:s",
    "word:orders",
    "symbol:>=",
    "number:1250.5",
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

it("joins the letters and digits of one written word, and leaves out what is neither", () => {
  assert.deepStrictEqual(keys("Pulse X4 in Q3, 300mg 🎉 50%"), [
    "word:pulse",
    "word:x4",
    "word:in",
    "word:q3",
    "word:300mg",
    "number:50",
    "symbol:%"
  ])
})

it("reads numbers with their scale", () => {
  const values = read("5k 2.5 million 1,000 3rd 300mg").map((lexeme) => lexeme.value)
  assert.deepStrictEqual(values.slice(0, 4), [5000, 2_500_000, 1000, 3])
  assert.isNaN(values[4])
})

it("knows where a comma stands before a word", () => {
  const after = read(`orders, "Ergo Chair", 3 lamps`).filter(({ afterComma }) => afterComma)
  assert.deepStrictEqual(
    after.map(({ text }) => text),
    ["Ergo Chair", "3"]
  )
})

it("knows where each lexeme stands", () => {
  const question = "Revenue of “Ergo Chair” in 2025"
  for (const { end, start, text } of read(question)) assert.strictEqual(question.slice(start, end), text)
})

it.prop("reads any text from left to right", { question: Schema.String }, ({ question }) => {
  let from = 0
  for (const { end, start } of read(question)) {
    assert.isAtLeast(start, from)
    assert.isAbove(end, start)
    from = end
  }
})
