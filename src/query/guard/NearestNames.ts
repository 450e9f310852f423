/** The nearest valid names for one that does not exist, for a person's or a model's second try. Pure. */

/** At most three candidates that could have been meant, best first; ties in the order given. */
export const nearestNames = (name: string, candidates: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(candidates)]
    .map((candidate) => ({ candidate, score: similarity(name, candidate) }))
    .filter(({ score }) => score >= 0.5)
    .sort((left, right) => right.score - left.score)
    .slice(0, 3)
    .map(({ candidate }) => candidate)

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

/** `customerName`, `customer_name` and `Customer Name` are one spelling. */
const parts = (name: string): ReadonlyArray<string> =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "")

/** 1 for equal spellings, 0 for nothing in common: the better of edit distance and shared words. */
const similarity = (left: string, right: string): number => {
  const leftParts = parts(left)
  const rightParts = parts(right)
  const leftText = leftParts.join("")
  const rightText = rightParts.join("")
  const longest = Math.max(leftText.length, rightText.length)
  if (longest === 0) return 0
  const edits = 1 - editDistance(leftText, rightText) / longest
  const shared = leftParts.filter((part) => rightParts.includes(part)).length
  const words = (2 * shared) / (leftParts.length + rightParts.length)
  return Math.max(edits, words)
}

/** Levenshtein distance; names are short. */
const editDistance = (left: string, right: string): number => {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution))
    }
    row = next
  }
  return row[right.length] ?? 0
}
