/** How generated content is spelt, ordered and wrapped: what servers differ in and what means nothing. */
import type { Schema } from "effect"
import { random, shuffled } from "../config/generated.ts"

export type Json = Schema.Json
export type Fields = { readonly [key: string]: Json }

/** What is random while a content is written: a number below a limit. */
export type Next = (limit: number) => number

export const pick = <A>(next: Next, first: A, ...rest: ReadonlyArray<A>): A =>
  [first, ...rest][next(rest.length + 1)] ?? first

/** Small seeds that are next to each other begin differently too. */
export const scrambled = (seed: number): Next => random(Math.imul(seed + 1, 0x9e3779b1))

/** `column_name`, `COLUMN_NAME`, `columnName`, `Column Name`. */
export const spelt = (next: Next, key: string): string =>
  pick(
    next,
    key,
    key.toUpperCase(),
    key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    key.replaceAll("_", " ")
  )

/** The fields in any order, among others that say nothing. */
export const scattered = (next: Next, fields: Fields): Fields =>
  Object.fromEntries(
    shuffled(
      [
        ...Object.entries(fields).map(([key, value]) => [spelt(next, key), value] as const),
        ...(next(2) === 0 ? [["nullable_by", null] as const, ["x_order", next(9)] as const] : [])
      ],
      next
    )
  )

export const wrapped = (next: Next, data: Json): Json => {
  const key = pick(next, "data", "result", "payload", "response")
  return next(2) === 0 ? data : wrapped(() => 0, { success: true, [key]: data, count: 1 })
}
