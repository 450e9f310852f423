/** Anything that may be logged as plain JSON: every string redacted, bounded in number, and never a cycle. Pure. */
import * as Duration from "effect/Duration"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import { reasonOf } from "./ErrorType.ts"
import * as Redaction from "./Redaction.ts"

/** Plain JSON values; `__proto__` is a key like any other. */
export type Fields = { [key: string]: unknown }

/** What masks secrets in a text. */
export type Clean = (text: string) => string

/** How many values may still be shown. A log line is no place for a document; it is also what ends a cycle. */
export type Budget = { left: number }

/** The budget of one object logged. */
export const budget = (): Budget => ({ left: maxValues })

/** Assigning to `__proto__` would replace the prototype; objects without one are written at half the speed. */
export const set = (fields: Fields, key: string, value: unknown): void => {
  if (key === "__proto__") {
    Object.defineProperty(fields, key, { value, configurable: true, enumerable: true, writable: true })
  } else {
    fields[key] = value
  }
}

/** The value of the field `key` (`""` for none); `undefined` where there is nothing to show. */
export const plain = (value: unknown, key: string, clean: Clean, budget: Budget): unknown => {
  if (value === undefined || value === null || typeof value === "boolean") return value
  if (key !== "" && Redaction.isSecretName(key) && !(typeof value === "number" && countName.test(key))) {
    return Redaction.mask
  }
  budget.left -= 1
  switch (typeof value) {
    case "string":
      return clean(value)
    case "number":
      return Number.isFinite(value) ? value : String(value)
    case "object":
      return budget.left < 0 ? "…" : plainObject(value, clean, budget)
    case "function":
      return undefined
    default:
      return clean(String(value))
  }
}

/** Type and message; `reason` is what our errors have: the word that says why, from a closed list. */
export const errorOf = (error: unknown, clean: Clean): Fields => {
  const named = [property(error, "_tag"), property(error, "name")].find(Predicate.isString)
  const fields: Fields = {
    type: clean(named ?? "Error"),
    message: clean(property(error, "message") ?? (Predicate.isObject(error) ? "" : String(error)))
  }
  const reason = reasonOf(error)
  if (reason !== undefined) fields["reason"] = clean(reason)
  return fields
}

// -----------------------------------------------------------------------------
// internals

const maxValues = 300

/** Counts (`max_tokens`, `token_count`) bear a secret's name without being one. */
const countName = /tokens|count|_ms$|bytes/

const property = (value: unknown, key: string): string | undefined =>
  Predicate.hasProperty(value, key) && typeof value[key] === "string" ? value[key] : undefined

const plainObject = (value: object, clean: Clean, budget: Budget): unknown => {
  if (Redacted.isRedacted(value)) return Redaction.mask
  if (value instanceof Error) return errorOf(value, clean)
  if (value instanceof URL) return clean(Redaction.url(value))
  if (value instanceof Date || ArrayBuffer.isView(value)) return value instanceof Date ? String(value) : "<bytes>"
  if (Duration.isDuration(value)) return Duration.toMillis(value)
  if (Array.isArray(value) || value instanceof Set) {
    return Array.from(value)
      .slice(0, maxValues)
      .map((item) => plain(item, "", clean, budget))
  }
  const fields: Fields = {}
  for (const [key, item] of value instanceof Map ? value : Object.entries(value)) {
    if (budget.left < 0) break
    const name = String(key)
    set(fields, clean(name), plain(item, name, clean, budget))
  }
  return fields
}
