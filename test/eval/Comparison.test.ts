import { assert, it } from "@effect/vitest"
import { sameValues } from "../../eval/Comparison.ts"
import type { Rows, SqlValue } from "../../src/tools/Rows.ts"

const rows = (...values: ReadonlyArray<ReadonlyArray<SqlValue>>): Rows => ({
  columns: [],
  rows: values,
  rowCount: values.length,
  truncated: false
})

it("the order of rows and columns does not matter, their values do", () => {
  assert.isTrue(sameValues(rows(["a", 1], ["b", 2]), rows([2, "b"], [1, "a"])))
  assert.isFalse(sameValues(rows(["a", 1]), rows(["a", 2])))
  assert.isFalse(sameValues(rows(["a"], ["a"]), rows(["a"])))
  assert.isFalse(sameValues(rows(["a", 1]), rows(["a"])))
  assert.isFalse(sameValues(rows([null]), rows([0])))
})

it("sums of floats are equal to nine digits, big integers to the last", () => {
  assert.isTrue(sameValues(rows([0.1 + 0.2]), rows([0.3])))
  assert.isFalse(sameValues(rows([0.3001]), rows([0.3])))
  assert.isFalse(sameValues(rows([9007199254740993n]), rows([9007199254740992n])))
})
