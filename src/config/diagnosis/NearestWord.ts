/** "Did you mean": the nearest of some words, if any is near enough to be worth saying. */

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
    const distance = edits(wanted, folded)
    if (distance < bestDistance && distance <= Math.floor(Math.max(wanted.length, folded.length) * share)) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

// internal

const longestWord = 100

/** Of the letters of the longer word: lets WARN be WARNING, and keeps one letter from being another. */
const share = 0.45

const fold = (word: string) => word.toLowerCase().replaceAll(/[-_.\s]/g, "")

/** Optimal string alignment distance (Damerau–Levenshtein without overlapping swaps), by rows. */
const edits = (a: string, b: string): number => {
  let beforeLast: ReadonlyArray<number> = []
  let last: ReadonlyArray<number> = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Infinity
        )
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

const at = (row: ReadonlyArray<number>, column: number) => row[column] ?? Infinity
