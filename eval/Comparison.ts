/** Whether two results say the same: by their values, whatever the columns are called and in which order they stand. */
import type { Rows, SqlValue } from "../src/tools/Rows.ts"

/**
 * The rows as multisets: ties make the order of a sorted result a matter of luck. Numbers are equal to nine digits: sums
 * of floats depend on the order of summation.
 */
export const sameValues = (expected: Rows, actual: Rows): boolean => rowKeys(expected) === rowKeys(actual)

const rowKeys = ({ rows }: Rows): string => JSON.stringify(rows.map(rowKey).toSorted())

const rowKey = (row: ReadonlyArray<SqlValue>): string => JSON.stringify(row.map(cellKey).toSorted())

const cellKey = (value: SqlValue): string => {
  if (typeof value === "bigint") return String(value)
  if (typeof value === "number") return String(Number(value.toPrecision(9)))
  return typeof value === "string" ? value : JSON.stringify(value)
}
