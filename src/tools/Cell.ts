/** A value of a row as people read it. Pure. */
import * as ExactJson from "../text/ExactJson.ts"
import type { SqlValue } from "./Rows.ts"

/** A fraction is shown to four digits, so that `0.1 + 0.2` is 0.3. JSON has it as it came. */
export const shown = (value: SqlValue): string => {
  if (value === null) return "NULL"
  if (typeof value === "string") return value
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toFixed(4)))
  return ExactJson.stringify(value)
}

/** Whether it may stand in a column of numbers. */
export const isNumber = (value: SqlValue): boolean =>
  value === null || typeof value === "number" || typeof value === "bigint"
