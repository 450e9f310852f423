/** The users' words for SQL expressions, as resources publish them: flat or grouped records of strings. */
import { isObject, type JsonObject, textsIn } from "./JsonShape.ts"

export interface TermShape {
  readonly term: string
  readonly expression: string
  /** The key of the record it stands in; `null` for the content itself. */
  readonly group: string | null
}

/** True for names that servers give to mappings, and not to aliases. */
export const namesTerms = (called: string): boolean =>
  (mappingName.test(called) || camelTerms.test(called)) && !aliasName.test(called)

/** Names that servers give to other names of things. */
export const aliasName = /alias|synonym|nickname|also_known|(?:^|[_\W])aka(?:[_\W]|$)/i

/** Names of groups whose expressions are pairs of joined columns (`table_relationships`). */
const relationName = /relation|\bjoins?\b|_joins?\b/i

/** True for a term that says how tables hang together, rather than what a word means. */
export const relates = ({ expression, group }: TermShape): boolean =>
  group !== null && relationName.test(group) && /^[^=<>]+=[^=<>]+$/.test(expression)

/**
 * The terms of a record: a text each, or an object that holds one under `expression` or `sql`. Without `trusted`, only
 * a record of texts that mostly look like SQL holds terms; any other is about something else.
 */
export const termsIn = (object: JsonObject, group: string | null, trusted: boolean): ReadonlyArray<TermShape> => {
  const entries = Object.entries(object)
  const terms = entries.flatMap(([term, value]) => {
    const expression = typeof value === "string" ? value : isObject(value) ? expressionOf(value) : undefined
    return expression === undefined || term.trim() === "" ? [] : [{ term, expression, group }]
  })
  // An object that gives its SQL as such leaves no doubt.
  if (trusted || (terms.length > 0 && entries.every(([, value]) => isObject(value)))) return terms
  const likeSql = terms.filter(({ expression }) => sqlLike.test(expression)).length
  return terms.length === entries.length && likeSql * 2 > terms.length ? terms : []
}

// -----------------------------------------------------------------------------
// internals

const mappingName = /mapping|glossary|metric|\bterms?\b|_terms?\b/i

/** `dateTerms`. */
const camelTerms = /[a-z]Terms?\b/

/** `table.column`, a function call, a placeholder. A file name (`node.js`) is like it too, hence "mostly". */
const sqlLike = /^[a-z_]\w*\.[a-z_]\w*$|\b[A-Za-z_]\w*\s*\(.*\)|\{[a-z_]+\}|\b(CASE|BETWEEN|IS NOT NULL|IS NULL)\b/

const expressionOf = (object: JsonObject): string | undefined => {
  const keys = Object.keys(object)
  return expressionKeys.flatMap((pattern) => textsIn(object[keys.find((key) => pattern.test(key)) ?? ""]))[0]
}

const expressionKeys = [/^expression$/i, /^sql$/i, /^sql[ _-]?expression$/i]
