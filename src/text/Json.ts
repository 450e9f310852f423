/**
 * JSON whose keys are what the text says.
 *
 * V8 looks a key up among those of earlier objects before it reads its escapes, so that after a key `\` the key `"\n"` can
 * be read as `\` (Node 22 to 26, https://github.com/nodejs/node/issues/63785): one server's keys would change another's.
 */
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"

/** ECMA-262 gives a reviver the source text of a primitive; TypeScript's ES2024 library does not say so yet. */
export type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

/** As `JSON.parse`, which throws where the text is no JSON. */
export const parse = (text: string): Schema.Json =>
  hasEscapedKey(text) ? parseRenamed(text, (_key, value) => value) : JSON.parse(text)

/** As `JSON.parse` with a reviver. */
export const parseWith = (text: string, reviver: Reviver): unknown =>
  hasEscapedKey(text) ? parseRenamed(text, reviver) : JSON.parse(text, reviver)

// -----------------------------------------------------------------------------
// internals

/** Backslashes stand in strings only: what lies between those, most of a text, is passed over. */
const hasEscapedKey = (text: string): boolean => {
  const restOfString = /(?:\\.[^"\\]*)+"\s*(:?)/sy
  let backslash = text.indexOf("\\")
  while (backslash !== -1) {
    restOfString.lastIndex = backslash
    const colon = restOfString.exec(text)?.[1]
    if (colon !== "") return colon === ":"
    backslash = text.indexOf("\\", restOfString.lastIndex)
  }
  return false
}

/** Keys with escapes are read under names that have none, which no text can know beforehand, and then named again. */
const parseRenamed = (text: string, reviver: Reviver) => {
  JSON.parse(text) // an unclosed string would be looked for from each of its quotes
  const prefix = crypto.randomUUID() // the global, which is only loaded when it is needed
  const standIns = new Map<string, string>()
  const names = new Map<string, string>()
  const standInOf = (name: string): string => {
    const known = standIns.get(name)
    if (known !== undefined) return known
    const standIn = `${prefix} ${standIns.size}`
    standIns.set(name, standIn)
    names.set(standIn, name)
    return standIn
  }
  const renamed = text.replace(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/gs, (whole, literal: string, colon?: string) => {
    if (colon === undefined || !literal.includes("\\")) return whole
    const name = String(JSON.parse(literal))
    const plain = JSON.stringify(name)
    return (plain.includes("\\") ? JSON.stringify(standInOf(name)) : plain) + colon
  })
  const named = (value: unknown): unknown =>
    Predicate.isObject(value) && Object.keys(value).some((key) => names.has(key))
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [names.get(key) ?? key, item]))
      : value
  const renaming: Reviver = (key, value, context) => reviver(names.get(key) ?? key, named(value), context)
  return JSON.parse(renamed, renaming)
}
