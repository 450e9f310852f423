/** Reading an object's fields however their keys are spelt: `column_name`, `COLUMN_NAME`, `columnName`, `Column Name`. */
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import { isList, type JsonObject } from "./JsonShape.ts"

/** An object's values by their keys without case and separators (`columnname`). `null` counts as absent. */
export type JsonFields = ReadonlyMap<string, Schema.Json>

export const fieldsOf = (object: JsonObject): JsonFields => {
  const fields = new Map<string, Schema.Json>()
  for (const key of Object.keys(object)) {
    const value = object[key]
    if (value === undefined || value === null) continue
    const spelling = plainKey(key)
    if (!fields.has(spelling)) fields.set(spelling, value)
  }
  return fields
}

export const plainKey = (key: string): string =>
  /^[a-z_]*$/.test(key) ? key.replaceAll("_", "") : key.replaceAll(/[^\p{L}\p{N}]+/gu, "").toLowerCase()

/** The first of the keys that is there. */
export const fieldOf = (fields: JsonFields, keys: ReadonlyArray<string>): Schema.Json | undefined => {
  for (const key of keys) {
    const value = fields.get(key)
    if (value !== undefined) return value
  }
  return undefined
}

/** The first of the keys that holds a string which is not blank. */
export const textField = (fields: JsonFields, keys: ReadonlyArray<string>): string | undefined => {
  for (const key of keys) {
    const value = fields.get(key)
    if (typeof value === "string" && value.trim() !== "") return value
  }
  return undefined
}

/** The strings of a value: itself, or those of a list. Blank ones are left out. */
export const stringsIn = (value: Schema.Json | undefined): ReadonlyArray<string> => {
  if (isList(value)) return value.filter(Predicate.isString).filter((text) => text.trim() !== "")
  return typeof value === "string" && value.trim() !== "" ? [value] : []
}

/** True for `true`, 1 and more, and the words that databases say yes with. */
export const isYes = (value: Schema.Json | undefined): boolean =>
  value === true ||
  (typeof value === "number" && value >= 1) ||
  (typeof value === "string" && /^(?:yes|y|true|t|pri|pk|[1-9]\d?|primary(?:[ _]key)?)$/i.test(value.trim()))
