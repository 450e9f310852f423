/** Which names of an index a whole text most likely means, best first. */
import { suggestible, withoutLeftovers } from "./Leftovers.ts"
import type { NameIndex } from "./NameIndex.ts"
import { candidates, prepare, type QueryToken } from "./NameQuery.ts"
import { oppositeSimilarity, pluralSimilarity } from "./TokenSimilarity.ts"
import { isNumber } from "../text/Tokens.ts"

/** A name (by its number in the index) and how well it fits: 1 is the same words. */
export interface NameScore {
  readonly name: number
  readonly score: number
}

/** How many names are scored in full, and how many postings may be read to find them. */
const scored = 200
const postingBudget = 60_000

/** Names that fit a tokenized text, best first; at most 200. Of equal scores the shorter name is first. */
export const matchName = (index: NameIndex, tokens: ReadonlyArray<string>): ReadonlyArray<NameScore> => {
  const query = prepare(index, tokens, () => "content")
  const { names, weights } = candidates(index, query, { budget: postingBudget, leastSimilarity: 0 })
  const best = names.length <= scored ? names : mostShared(names, weights)
  const scores: Array<NameScore> = []
  for (const name of best) {
    const score = scoreName(index, query, name)
    if (score > 0) scores.push({ name, score })
  }
  return scores.toSorted(
    (left, right) =>
      right.score - left.score || letters(index, left.name) - letters(index, right.name) || left.name - right.name
  )
}

const mostShared = (names: ReadonlyArray<number>, weights: Float64Array): ReadonlyArray<number> =>
  names.toSorted((left, right) => (weights[right] ?? 0) - (weights[left] ?? 0) || left - right).slice(0, scored)

const letters = (index: NameIndex, name: number): number => {
  let count = 0
  for (const word of index.nameWords.subarray(index.nameStarts[name] ?? 0, index.nameStarts[name + 1])) {
    count += index.words[word]?.length ?? 0
  }
  return count
}

/** Several words that fit prove more than one does, so each may fit less well. */
const severalWords = 0.07

/**
 * The least score at which a name is taken for the one that was asked for. `threshold` is that of a single word; it is
 * 0.07 less where one of the two has several words, numbers not counted.
 */
export const leastScore = (threshold: number, names: ReadonlyArray<ReadonlyArray<string>>): number =>
  names.some((tokens) => tokens.filter((token) => !isNumber(token)).length > 1) ? threshold - severalWords : threshold

/** The F-measure of how much of the name and how much of the query the other side covers, by weight. */
export const fMeasure = (covered: { readonly name: number; readonly query: number }): number =>
  covered.name + covered.query === 0 ? 0 : (2 * covered.name * covered.query) / (covered.name + covered.query)

const scoreName = (index: NameIndex, query: ReadonlyArray<QueryToken>, name: number): number => {
  const start = index.nameStarts[name] ?? 0
  const words = index.nameWords.subarray(start, index.nameStarts[name + 1])
  const used = new Uint8Array(words.length)
  const paired = new Uint8Array(query.length)
  let queryTotal = 0
  let nameCovered = 0
  let queryCovered = 0
  let isOpposite = false
  for (const token of query) queryTotal += token.weight

  for (const [position, token] of query.entries()) {
    const next = query[position + 1]
    if (token.joined < 0 || next === undefined || paired[position] === 1) continue
    const place = words.findIndex((word, at) => used[at] === 0 && word === token.joined)
    if (place < 0) continue
    used[place] = paired[position] = paired[position + 1] = 1
    nameCovered += index.weight(token.joined) * pluralSimilarity
    queryCovered += (token.weight + next.weight) * pluralSimilarity
  }
  // Greedy pairing: what is certain first, so that a misspelling does not take the place of an equal word.
  for (const least of [pluralSimilarity, 0]) {
    for (const [position, token] of query.entries()) {
      if (paired[position] === 1) continue
      let place = -1
      let best = 0
      for (let at = 0; at < words.length; at++) {
        if (used[at] === 1) continue
        const similarity = token.similar.get(words[at] ?? -1) ?? 0
        if (similarity > best && similarity >= least) {
          best = similarity
          place = at
        }
      }
      if (place < 0) continue
      used[place] = paired[position] = 1
      isOpposite ||= best === oppositeSimilarity
      nameCovered += index.weight(words[place] ?? -1) * best
      queryCovered += token.weight * best
    }
  }

  const score = withoutLeftovers(
    fMeasure({ name: nameCovered / (index.totals[name] ?? 0), query: queryCovered / queryTotal }),
    { tokens: query.map(({ text }) => text), paired },
    { tokens: Array.from(words, (word) => index.words[word] ?? ""), paired: used }
  )
  return isOpposite ? Math.min(score, suggestible) : score
}
