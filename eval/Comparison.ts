/** Whether the rows of an answer are those that were expected: by their values, whatever the columns are called. */
import type { Rows, SqlValue } from "../src/tools/Rows.ts"

type Row = ReadonlyArray<SqlValue>

/**
 * True if some choice of the answer's columns gives the expected rows, as a multiset, or in their order if `ordered`: an
 * answer may hold more than was asked for, such as the count that a ranking goes by. Numbers are equal to nine digits,
 * because sums of floats depend on the order of summation, or rounded to two decimals or more.
 */
export const isAnswer = (expected: Pick<Rows, "rows">, actual: Pick<Rows, "rows">, ordered = false): boolean => {
  if (expected.rows.length !== actual.rows.length) return false
  const width = expected.rows[0]?.length ?? 0
  const columns = range(actual.rows[0]?.length ?? 0)
  const same = ordered ? sameSequence : sameMultiset
  const column = (rows: ReadonlyArray<Row>, at: number): ReadonlyArray<Row> => rows.map((row) => row.slice(at, at + 1))
  const candidates = range(width).map((at) =>
    columns.filter((from) => same(column(expected.rows, at), column(actual.rows, from)))
  )
  const choose = (chosen: ReadonlyArray<number>): boolean =>
    chosen.length === width
      ? same(
          expected.rows,
          actual.rows.map((row) => chosen.map((from) => row[from] ?? null))
        )
      : (candidates[chosen.length] ?? []).some((from) => !chosen.includes(from) && choose([...chosen, from]))
  return choose([])
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const range = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, at) => at)

const sameSequence = (expected: ReadonlyArray<Row>, actual: ReadonlyArray<Row>): boolean =>
  expected.every((row, at) => sameRow(row, actual[at] ?? []))

const sameMultiset = (expected: ReadonlyArray<Row>, actual: ReadonlyArray<Row>): boolean => {
  const left = [...actual]
  return expected.every((row) => {
    const at = left.findIndex((other) => sameRow(row, other))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

const sameRow = (expected: Row, actual: Row): boolean =>
  expected.every((value, at) => sameCell(value, actual[at] ?? null))

const sameCell = (expected: SqlValue, actual: SqlValue): boolean => {
  if (typeof expected === "number" && typeof actual === "number") {
    if (expected.toPrecision(9) === actual.toPrecision(9)) return true
    return [2, 3, 4, 5, 6].some((decimals) => actual === Number(expected.toFixed(decimals)))
  }
  return cellKey(expected) === cellKey(actual)
}

const cellKey = (value: SqlValue): string =>
  typeof value === "bigint" || typeof value === "number"
    ? String(value)
    : typeof value === "string"
      ? value
      : JSON.stringify(value)
