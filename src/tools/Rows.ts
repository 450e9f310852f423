/** The rows that a statement gave, and how their values are written as JSON. */

/**
 * A value of a row. Integers beyond 2^53 are `bigint` (and plain JSON numbers on output, digit for digit);
 * nested JSON is kept as it came.
 */
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

/** Rows are arrays in the order of `columns`, so that two columns of one name survive. */
export interface Rows {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<SqlValue>>
  /** Rows delivered here. */
  readonly rowCount: number
  /** True when the server had more rows than `query.max_rows`. */
  readonly truncated: boolean
}

/** JSON with every `bigint` as a plain number, digit for digit. `space` indents as in `JSON.stringify`. */
export const encodeSqlJson = (value: unknown, space?: number): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? rawJson(String(item)) : item), space)

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

/** In Node since 21, in TypeScript's library only after ES2024. */
const rawJson: (digits: string) => unknown = Reflect.get(JSON, "rawJSON")
