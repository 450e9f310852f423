/** Looking into a parser's tree whose shape is not typed: whatever is not there is `undefined`, empty or `null`. Pure. */
import * as Predicate from "effect/Predicate"

export type Node = { readonly [key: PropertyKey]: unknown }

/** The value under a path of keys. */
export const field = (value: unknown, ...path: ReadonlyArray<string>): unknown =>
  path.reduce((inner: unknown, key) => (Predicate.isObject(inner) ? inner[key] : undefined), value)

export const listOf = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

export const textOf = (value: unknown): string | null => (Predicate.isString(value) ? value : null)

/** The keys of a node with their values; none of anything else. */
export const entriesOf = (value: unknown): ReadonlyArray<readonly [string, unknown]> =>
  Predicate.isObject(value) ? Object.entries(value) : []

/** The elements of a list, or the values of a node. */
export const childrenOf = (value: unknown): ReadonlyArray<unknown> =>
  Array.isArray(value) ? value : entriesOf(value).map(([, child]) => child)

/** False for what says that a part is not there. */
export const isFilled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
