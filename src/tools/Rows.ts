/** The rows that a statement gave, and how their values are written as JSON. */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as ExactJson from "../text/ExactJson.ts"

/** A value of a row. Integers beyond 2^53 are `bigint`; nested JSON is kept as it came. */
export type SqlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | ReadonlyArray<SqlValue>
  | {
      readonly [key: string]: SqlValue
    }

const isSqlValue = (value: unknown): value is SqlValue =>
  Array.isArray(value)
    ? value.every(isSqlValue)
    : Predicate.isObject(value)
      ? Object.values(value).every(isSqlValue)
      : Predicate.isNumber(value)
        ? Number.isFinite(value)
        : value === null || Predicate.isString(value) || Predicate.isBoolean(value) || Predicate.isBigInt(value)

/** What stands for a value in JSON: itself, but for integers that `ExactJson` knows how to write. */
const SqlJson = Schema.declare(isSqlValue, { expected: "a JSON value", toCodecJson: () => undefined })

/**
 * As JSON a `bigint` is a plain number, digit for digit. Who reads the text with `JSON.parse` gets the nearest double, as
 * of any JSON; with `ExactJson.parse` the same integer.
 */
export const SqlValue = Schema.declare(isSqlValue, {
  expected: "a value of a row",
  toCodecJson: () =>
    Schema.link<SqlValue>()(SqlJson, SchemaTransformation.transform({ decode: withIntegers, encode: withDigits }))
})

/** Rows are arrays in the order of `columns`, so that two columns of one name survive. */
export const Rows = Schema.Struct({
  columns: Schema.Array(Schema.String),
  rows: Schema.Array(Schema.Array(SqlValue)),
  /** Rows delivered here. */
  rowCount: Schema.Int,
  /** True when the server had more rows than `query.max_rows`. */
  truncated: Schema.Boolean
})
export type Rows = typeof Rows.Type

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

function withDigits(value: SqlValue): SqlValue {
  return Predicate.isBigInt(value) ? ExactJson.raw(value) : mapped(value, withDigits)
}

function withIntegers(value: SqlValue): SqlValue {
  return ExactJson.integerOf(value) ?? mapped(value, withIntegers)
}

/** Entries become own properties, whatever their keys: `__proto__` too. */
const mapped = (value: SqlValue, map: (item: SqlValue) => SqlValue): SqlValue =>
  isList(value)
    ? value.map(map)
    : Predicate.isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item)]))
      : value

const isList = (value: SqlValue): value is ReadonlyArray<SqlValue> => Array.isArray(value)
