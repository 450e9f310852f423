import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as ColumnValues from "../../src/query/ColumnValues.ts"
import type { SqlValue } from "../../src/tools/Rows.ts"

const column = (values: ReadonlyArray<SqlValue>, kind: "number" | "date" | "boolean" | null) =>
  ColumnValues.typed(
    { columns: ["c"], rows: values.map((value) => [value]), rowCount: values.length, truncated: false },
    [{ name: "c", values: kind }]
  ).rows.map(([value]): SqlValue => value ?? null)

describe("a number column", () => {
  it.each<readonly [string, ReadonlyArray<SqlValue>, ReadonlyArray<SqlValue>]>([
    ["counts as node-postgres sends them", ["91", "0", "-3"], [91, 0, -3]],
    ["integers beyond 2^53, exactly", ["9007199254740993", "1"], [9007199254740993n, 1]],
    ["sums of two decimals", ["195.00", "0.10", null], [195, 0.1, null]],
    ["an average that ends", ["19.5000000000000000"], [19.5]],
    ["numbers already", [91, 0.1, 9007199254740993n], [91, 0.1, 9007199254740993n]]
  ])("holds numbers: %s", (_name, sent, expected) => {
    assert.deepStrictEqual<ReadonlyArray<SqlValue>>(column(sent, "number"), expected)
  })

  it.each<readonly [string, ReadonlyArray<SqlValue>]>([
    ["a decimal that no double holds", ["12345678901234567.89", "1.50"]],
    ["an average without end", ["33.3333333333333333"]],
    ["a code", ["007", "12"]],
    ["words", ["12", "n/a"]],
    ["infinity", ["Infinity", "NaN"]],
    ["an array", [["1"], "2"]],
    ["nothing", [""]]
  ])("stays text as a whole with %s", (_name, sent) => {
    assert.deepStrictEqual<ReadonlyArray<SqlValue>>(column(sent, "number"), sent)
  })

  it.prop(
    "says what it said, for every integer and decimal",
    { integer: Schema.BigInt, number: Schema.Finite },
    ({ integer, number }) => {
      assert.deepStrictEqual(String(column([String(integer)], "number")[0]), String(integer))
      const [read] = column([String(number)], "number")
      assert.strictEqual(Number(read), number)
    }
  )
})

it("a date column loses the midnight that a driver gave it, and no other time", () => {
  assert.deepStrictEqual(column(["2024-02-29T00:00:00.000Z", "2024-03-01", null], "date"), [
    "2024-02-29",
    "2024-03-01",
    null
  ])
  assert.deepStrictEqual(column(["2024-01-03T23:00:00.000Z"], "date"), ["2024-01-03T23:00:00.000Z"])
})

it("a date column that a driver moved to another day is told from one that holds dates", () => {
  const moved = (values: ReadonlyArray<SqlValue>, kind: "number" | "date" = "date") =>
    ColumnValues.movedDates(
      { columns: ["day"], rows: values.map((value) => [value]), rowCount: values.length, truncated: false },
      [{ name: "day", values: kind }]
    )
  assert.deepStrictEqual(moved([null, "2024-03-01", "2024-01-03T23:00:00.000Z"]), ["day"])
  assert.deepStrictEqual(moved(["2024-01-03T22:00:00Z"]), ["day"])
  for (const day of ["2024-01-04", "2024-01-04T00:00:00Z", "2024-01-04T00:00:00+01:00", "2024-01-04 00:00:00", null]) {
    assert.deepStrictEqual(moved([day]), [])
  }
  assert.deepStrictEqual(moved(["2024-01-03T23:00:00.000Z"], "number"), [])
  const table = { columns: ["day"], rows: [["2024-01-03T23:00:00.000Z"]], rowCount: 1, truncated: false }
  assert.deepStrictEqual(ColumnValues.movedDates(table, null), [])
})

it("a boolean column holds true and false, however a database keeps them, and nothing else", () => {
  assert.deepStrictEqual(column([1, "f", null, true], "boolean"), [true, false, null, true])
  assert.deepStrictEqual(column([1, 2], "boolean"), [1, 2])
})

it("a column whose expression is not known, or that is another one than expected, stays as it is", () => {
  assert.deepStrictEqual(column(["91"], null), ["91"])
  const table = { columns: ["a"], rows: [["91"]], rowCount: 1, truncated: false }
  assert.deepStrictEqual(ColumnValues.typed(table, [{ name: "b", values: "number" }]), table)
  assert.deepStrictEqual(ColumnValues.typed(table, null), table)
  assert.deepStrictEqual(ColumnValues.typed(table, [{ name: null, values: "number" }]).rows, [[91]])
})
