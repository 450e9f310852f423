/** The nearest valid names for one that does not exist, for a person's or a model's second try. Pure. */
import { editDistance } from "../text/EditDistance.ts"

/** At most three candidates that could have been meant, best first; ties in the order given. */
export const nearestNames = (name: string, candidates: Iterable<string>): ReadonlyArray<string> => {
  const wanted = spellingOf(name)
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, score: similarity(wanted, spellingOf(candidate)) }))
    .filter(({ score }) => score >= 0.5)
    .toSorted((left, right) => right.score - left.score)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

// -----------------------------------------------------------------------------
// internals

interface Spelling {
  readonly words: ReadonlyArray<string>
  readonly letters: string
}

/** `customerName`, `customer_name` and `Customer Name` are one spelling. */
const spellingOf = (name: string): Spelling => {
  const words = name
    .slice(0, longestName)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
  return { words, letters: words.join("") }
}

/** No database allows longer names; a model may write one. */
const longestName = 128

/** 1 for equal spellings, 0 for nothing in common: the better of edit distance and shared words. */
const similarity = (left: Spelling, right: Spelling): number => {
  const longest = Math.max(left.letters.length, right.letters.length)
  if (longest === 0) return 0
  const shared = left.words.filter((word) => right.words.includes(word)).length
  const words = (2 * shared) / (left.words.length + right.words.length)
  return Math.max(words, 1 - editDistance(left.letters, right.letters, longest / 2) / longest)
}
