/**
 * What is left over of two names when their words have been paired may tell that they are two things, however many words
 * they share: `500 mg` is not `250 mg`, an `8a` is no `8`, a `Pro` no `Pro Max`, and `unsalted` butter is not salted.
 */
import { editDistance } from "../text/EditDistance.ts"
import { areOpposites } from "./Opposites.ts"
import { isNumber } from "../text/Tokens.ts"

/** A tokenized name; `paired[n]` is 1 if token `n` has a partner in the other name. */
export interface Paired {
  readonly tokens: ReadonlyArray<string>
  readonly paired: Uint8Array
}

/** The score of a name less what is left over; at most `suggestible` if that tells it from what was asked for. */
export const withoutLeftovers = (score: number, query: Paired, name: Paired): number => {
  const asked = leftOver(query)
  const published = leftOver(name)
  const telling =
    asked.some((at) => isTelling(query.tokens, at)) ||
    published.some((at) => isTelling(name.tokens, at)) ||
    asked.some((at) => published.some((other) => oppose(query.tokens[at] ?? "", name.tokens[other] ?? "")))
  if (telling) return Math.min(score, suggestible)
  // A number that was not asked for only makes the name more precise.
  if (!asked.some((at) => isNumber(query.tokens[at] ?? ""))) return score
  return score * (published.some((at) => isNumber(name.tokens[at] ?? "")) ? conflictingNumbers : unexplainedNumber)
}

/** The score of what is another thing, however much it looks like what was asked for: good enough to be suggested. */
export const suggestible = 0.42

// ---------------------------------------------------------------------------------------------------------------------
// internals

const conflictingNumbers = 0.6
const unexplainedNumber = 0.85

const leftOver = ({ paired, tokens }: Paired): ReadonlyArray<number> =>
  tokens.flatMap((_, at) => (paired[at] === 1 ? [] : [at]))

const variants = /^(?:pro|max|plus|mini)$/
const negations = /^(?:non|not|no|anti|without)$/

/** A word for a variant, a letter beside a number (`8a`, `S 23`), or a negation; in `No. 5` it is none. */
const isTelling = (tokens: ReadonlyArray<string>, at: number): boolean => {
  const token = tokens[at] ?? ""
  const [before = "", after = ""] = [tokens[at - 1], tokens[at + 1]]
  if (variants.test(token)) return true
  if (negations.test(token)) return !isNumber(after)
  return token.length === 1 && !isNumber(token) && (isNumber(before) || isNumber(after))
}

/** Opposites share all but a prefix: what is further apart need not be looked at. */
const oppose = (left: string, right: string): boolean => {
  const distance = editDistance(left, right, longestSwap)
  return distance <= longestSwap && areOpposites(left, right, distance)
}

/** `in` and `down` for `out` and `up`; `pre` for `post`. */
const longestSwap = 4
