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

/** An integer of which JSON has every digit, before or after it was written and read. */
const Digits = Schema.declare(
  (value): value is bigint | ExactJson.RawJson => Predicate.isBigInt(value) || ExactJson.isRaw(value),
  { expected: "an integer", toCodecJson: () => undefined }
)

const Integer = Digits.pipe(
  Schema.decodeTo(
    Schema.BigInt,
    SchemaTransformation.transform<bigint, bigint | ExactJson.RawJson>({
      decode: (digits) => (ExactJson.isRaw(digits) ? BigInt(digits.rawJSON) : digits),
      encode: ExactJson.raw
    })
  )
)

/**
 * As JSON a `bigint` is a plain number, digit for digit. Who reads the text with `JSON.parse` gets the nearest double, as
 * of any JSON; with `ExactJson.parse` the same integer.
 */
export const SqlValue: Schema.Codec<SqlValue, unknown> = Schema.Union([
  Schema.Null,
  Schema.Boolean,
  Schema.Finite,
  Integer,
  Schema.String,
  Schema.Array(Schema.suspend(() => SqlValue)),
  Schema.Record(
    Schema.String,
    Schema.suspend(() => SqlValue)
  )
]).annotate({ identifier: "SqlValue" })

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
