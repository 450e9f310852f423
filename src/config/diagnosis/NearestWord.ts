/** "Did you mean": the nearest of some words, if any is near enough to be worth saying. */
import { editDistance } from "../../text/EditDistance.ts"

/**
 * The candidate with the fewest edits (insertions, deletions, substitutions, swaps of neighbours), ignoring case and
 * the separators `-`, `_` and `.`; `undefined` when nearly half of the letters would have to change.
 */
export const nearestWord = (word: string, candidates: Iterable<string>): string | undefined => {
  const wanted = fold(word)
  if (wanted.length > longestWord) return undefined
  let best: string | undefined
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const folded = fold(candidate)
    if (folded.length > longestWord) continue
    const limit = Math.floor(Math.max(wanted.length, folded.length) * share)
    const distance = editDistance(wanted, folded, limit)
    if (distance < bestDistance && distance <= limit) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

// -----------------------------------------------------------------------------
// internals

const longestWord = 100

/** Of the letters of the longer word: lets WARN be WARNING, and keeps one letter from being another. */
const share = 0.45

const fold = (word: string) => word.toLowerCase().replaceAll(/[-_.\s]/g, "")
