/** JSON with all its digits: an integer beyond 2^53 is a `bigint` in memory and a plain number in the text. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaParser from "effect/SchemaParser"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Json from "./Json.ts"

/** As `JSON.stringify`, with every `bigint` as a plain number. `space` indents. */
export const stringify = (value: unknown, space?: number): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? raw(item) : item), space)

/** As `JSON.parse`, with every integer that a double cannot hold as a `bigint`; `undefined` if the text is no JSON. */
export const parse = (text: string): unknown => parseAs(text, (integer) => integer)

/** The same with such an integer as `raw` makes it, to be sent on by whoever writes with `JSON.stringify`. */
export const parseRaw = (text: string): unknown => parseAs(text, raw)

/** What `JSON.stringify` itself writes as this integer, digit for digit. */
export const raw = (integer: bigint): RawJson => rawJson(String(integer))

/** An object that stands for a text of JSON. */
export interface RawJson {
  readonly rawJSON: string
}

/** Whether it was made by `raw`: an object of that shape that came from elsewhere is data. */
export const isRaw: (value: unknown) => value is RawJson = Reflect.get(JSON, "isRawJSON")

/**
 * JSON whose numbers are doubles, also where it is read from a text that was parsed with all digits. What is decoded is
 * checked to be JSON. What is encoded is so by its type: to walk through it again costs as much as to write it.
 */
export const Doubles = Schema.declare((_value): _value is unknown => true, { toCodecJson: () => undefined }).pipe(
  Schema.decodeTo(
    Schema.declare((value): value is Schema.Json => value !== undefined, {
      expected: "JSON",
      toCodecArbitrary: () => Schema.link<Schema.Json>()(Schema.Json, SchemaTransformation.passthrough())
    }),
    SchemaTransformation.transformEffect<Schema.Json, unknown>({
      decode: (value, options) => decodeJson(withDoubles(value), options),
      encode: (json) => Effect.succeed(json)
    })
  )
)

// -----------------------------------------------------------------------------
// internals

const parseAs = (text: string, read: (integer: bigint) => unknown): unknown => {
  const exact: Json.Reviver = (_key, value, context) =>
    typeof value === "number" &&
    !Number.isSafeInteger(value) &&
    context?.source !== undefined &&
    /^-?\d+$/.test(context.source)
      ? read(BigInt(context.source))
      : value
  // boundary: it throws
  try {
    return Json.parseWith(text, exact)
  } catch {
    return undefined
  }
}

/** In Node since 21, in TypeScript's library only after ES2024. */
const rawJson: (digits: string) => RawJson = Reflect.get(JSON, "rawJSON")

const decodeJson = SchemaParser.decodeUnknownEffect(Schema.Json)

/** Entries become own properties, whatever their keys. */
function withDoubles(value: unknown): unknown {
  if (Predicate.isBigInt(value)) return Number(value)
  if (Array.isArray(value)) return value.map(withDoubles)
  if (!Predicate.isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withDoubles(item)]))
}
