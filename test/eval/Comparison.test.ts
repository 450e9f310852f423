import { assert, it } from "@effect/vitest"
import { isAnswer } from "../../eval/Comparison.ts"
import type { Rows, SqlValue } from "../../src/tools/Rows.ts"

const rows = (...values: ReadonlyArray<ReadonlyArray<SqlValue>>): Pick<Rows, "rows"> => ({ rows: values })

it("the order of rows and columns does not matter, their values do", () => {
  assert.isTrue(isAnswer(rows(["a", 1], ["b", 2]), rows([2, "b"], [1, "a"])))
  assert.isFalse(isAnswer(rows(["a", 1]), rows(["a", 2])))
  assert.isFalse(isAnswer(rows(["a"], ["a"]), rows(["a"])))
  assert.isFalse(isAnswer(rows(["a", 1]), rows(["a"])))
  assert.isFalse(isAnswer(rows(["a"]), rows(["a"], ["a"])))
  assert.isFalse(isAnswer(rows([null]), rows([0])))
})

it("the order of rows matters where it was asked for", () => {
  assert.isTrue(isAnswer(rows(["a"], ["b"]), rows(["a"], ["b"]), true))
  assert.isFalse(isAnswer(rows(["a"], ["b"]), rows(["b"], ["a"]), true))
})

it("an answer may have further columns, but one column answers for one", () => {
  assert.isTrue(isAnswer(rows(["a"], ["b"]), rows([1, "a"], [2, "b"])))
  assert.isTrue(isAnswer(rows([1, 1]), rows([1, 2, 1])))
  assert.isFalse(isAnswer(rows([1, 1]), rows([1, 2])))
})

it("columns whose values are right one by one have to be right row by row", () => {
  assert.isFalse(isAnswer(rows(["a", 1], ["b", 2]), rows(["a", 2], ["b", 1])))
})

it("sums of floats are equal to nine digits, or rounded to two decimals or more; big integers to the last digit", () => {
  assert.isTrue(isAnswer(rows([0.1 + 0.2]), rows([0.3])))
  assert.isTrue(isAnswer(rows([2 / 3]), rows([0.67])))
  assert.isFalse(isAnswer(rows([2 / 3]), rows([0.7])))
  assert.isFalse(isAnswer(rows([0.67]), rows([2 / 3])))
  assert.isFalse(isAnswer(rows([9007199254740993n]), rows([9007199254740992n])))
})

it("no rows are answered by no rows alone", () => {
  assert.isTrue(isAnswer(rows(), rows()))
  assert.isFalse(isAnswer(rows(), rows([null])))
})
