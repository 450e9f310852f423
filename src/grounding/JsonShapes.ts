/** Reading JSON that others wrote: own properties only, because `__proto__` and `constructor` are keys like any other. */
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"

export type JsonRecord = { readonly [key: string]: Schema.Json }

export const isRecord = (value: Schema.Json | undefined): value is JsonRecord =>
  Predicate.isObject(value) && !Array.isArray(value)

/** The first of the keys that holds a string. */
export const ownString = (record: JsonRecord, ...keys: ReadonlyArray<string>): string | undefined =>
  keys.map((key) => (Object.hasOwn(record, key) ? record[key] : undefined)).find(Predicate.isString)
