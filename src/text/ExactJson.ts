/** JSON with all its digits: an integer beyond 2^53 is a `bigint` in memory and a plain number in the text. */

/** As `JSON.stringify`, with every `bigint` as a plain number. `space` indents. */
export const stringify = (value: unknown, space?: number): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? raw(item) : item), space)

/** As `JSON.parse`, with every integer that a double cannot hold as a `bigint`; `undefined` if the text is no JSON. */
export const parse = (text: string): unknown => {
  const exact: ExactReviver = (_key, value, context) =>
    typeof value === "number" &&
    !Number.isSafeInteger(value) &&
    context?.source !== undefined &&
    /^-?\d+$/.test(context.source)
      ? BigInt(context.source)
      : value
  // boundary: JSON.parse throws
  try {
    return JSON.parse(text, exact)
  } catch {
    return undefined
  }
}

/** What `JSON.stringify` itself writes as this integer, digit for digit. */
export const raw = (integer: bigint): RawJson => rawJson(String(integer))

/** The integer that `raw` was given. */
export const integerOf = (value: unknown): bigint | null => (isRawJson(value) ? BigInt(value.rawJSON) : null)

/** An object that stands for a text of JSON. */
export type RawJson = { readonly rawJSON: string }

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

/** ECMA-262 gives a reviver the source text of a primitive; TypeScript's ES2024 library does not say so yet. */
type ExactReviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

/** In Node since 21, in TypeScript's library only after ES2024. */
const rawJson: (digits: string) => RawJson = Reflect.get(JSON, "rawJSON")
const isRawJson: (value: unknown) => value is RawJson = Reflect.get(JSON, "isRawJSON")
