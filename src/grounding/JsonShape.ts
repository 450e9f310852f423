/** Reading JSON of unknown shape. Keys are data: only own keys are seen, and `__proto__` is one like any other. */
import type * as Schema from "effect/Schema"

export type JsonObject = { readonly [key: string]: Schema.Json }

export type JsonPath = ReadonlyArray<string | number>

/** An object, not an array and not `null`. */
export const isObject = (value: Schema.Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** True for lists; narrows what `Array.isArray` would widen to `any`. */
export const isList = (value: Schema.Json | undefined): value is ReadonlyArray<Schema.Json> => Array.isArray(value)

/** The value of an object's own key. */
export const own = (object: JsonObject, key: string): Schema.Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined

/** The strings in a value: itself, or those of a list. Numbers are written out. Blank ones are left out. */
export const textsIn = (value: Schema.Json | undefined): ReadonlyArray<string> => {
  if (isList(value)) return value.flatMap((item) => (isList(item) ? [] : textsIn(item)))
  if (typeof value === "number") return [String(value)]
  return typeof value === "string" && value.trim() !== "" ? [value] : []
}
