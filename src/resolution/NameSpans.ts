/**
 * Which stretches of a question may be names of an index, misspelt or incomplete ones included: "index the question,
 * scan the catalog", so that one pass over the names that share words with the question finds them all.
 */
import type { NameIndex } from "./NameIndex.ts"
import { withoutLeftovers } from "./Leftovers.ts"
import { fMeasure, leastScore } from "./NameMatch.ts"
import { candidates, prepare, type QueryToken } from "./NameQuery.ts"
import type { Question, Span } from "../text/Question.ts"
import { oppositeSimilarity, pluralSimilarity } from "./TokenSimilarity.ts"
import { isNumber } from "../text/Tokens.ts"

/** A stretch and the name (by its number in the index) it may be. */
export interface NameSpan extends Span {
  readonly name: number
}

/** The best stretch for each name, where it reaches the least score. Tokens in `ordinary` are correctly spelt words. */
export const findSpans = (
  index: NameIndex,
  question: Question,
  ordinary: ReadonlySet<number>,
  threshold: number
): ReadonlyArray<NameSpan> => {
  const query = prepare(index, question.tokens, (position) => {
    const role = question.roles[position] ?? "content"
    return role === "content" && ordinary.has(position) ? "ordinary" : role
  })
  const quoted = query.map((_, position) => question.isQuoted(position))
  const spans: Array<NameSpan> = []
  for (const name of worthScoring(index, query)) {
    const span = bestSpan(index, query, name, quoted)
    if (span === undefined) continue
    const asked = question.tokens.slice(span.first, span.last + 1)
    const named = Array.from(wordsOf(index, name), (word) => index.words[word] ?? "")
    if (span.score >= leastScore(threshold, [asked, named])) spans.push({ ...span, name })
  }
  return spans
}

// -----------------------------------------------------------------------------
// internals

const postingBudget = 40_000
const mostScored = 400
/** The share of a name's weight that the question must hold for the name to be looked at. */
const leastCoverage = 0.4

/** A window may hold this many tokens more than the name. */
const slack = 2

const worthScoring = (index: NameIndex, query: ReadonlyArray<QueryToken>): ReadonlyArray<number> => {
  const { names, weights } = candidates(index, query, { budget: postingBudget, leastSimilarity: 0.6 })
  const coverage = (name: number) => (weights[name] ?? 0) / (index.totals[name] ?? 0)
  const rank = (name: number) => coverage(name) * Math.sqrt(weights[name] ?? 0)
  const covered = names.filter((name) => coverage(name) >= leastCoverage)
  if (covered.length <= mostScored) return covered
  return covered.toSorted((left, right) => rank(right) - rank(left) || left - right).slice(0, mostScored)
}

const wordsOf = (index: NameIndex, name: number): Uint32Array =>
  index.nameWords.subarray(index.nameStarts[name] ?? 0, index.nameStarts[name + 1])

const bestSpan = (
  index: NameIndex,
  query: ReadonlyArray<QueryToken>,
  name: number,
  quoted: ReadonlyArray<boolean>
): Span | undefined => {
  const words = wordsOf(index, name)
  const total = index.totals[name] ?? 0
  const hits = query.flatMap((token, position) =>
    !quoted[position] && words.some((word) => token.similar.has(word) || token.joined === word) ? [position] : []
  )
  let best: Span | undefined
  for (const [place, first] of hits.entries()) {
    for (const last of hits.slice(place)) {
      if (last - first + 1 > words.length + slack || quoted.slice(first, last).includes(true)) break
      const score = scoreWindow(index, query, words, total, first, last)
      if (best === undefined || score > best.score || (score === best.score && last - first < best.last - best.first)) {
        best = { first, last, score }
      }
    }
  }
  return best
}

/** How well the window `first`–`last` of the question fits a name. */
const scoreWindow = (
  index: NameIndex,
  query: ReadonlyArray<QueryToken>,
  words: Uint32Array,
  total: number,
  first: number,
  last: number
): number => {
  const paired = pair(index, query, words, first, last)
  const { hits, hasWord } = paired
  // Numbers alone link only when they are the whole name, and so do function words.
  const isWhole = paired.nameCovered >= total * 0.999 && hits === last - first + 1
  if (!hasWord && !isWhole) return 0

  let windowWeight = 0
  for (const token of query.slice(first, last + 1)) windowWeight += token.weight
  let score = fMeasure({ name: paired.nameCovered / total, query: paired.queryCovered / windowWeight })
  score = withoutLeftovers(
    score,
    { tokens: query.slice(first, last + 1).map(({ text }) => text), paired: paired.paired },
    { tokens: Array.from(words, (word) => index.words[word] ?? ""), paired: paired.used }
  )
  // A number right behind the window contradicts the one that the name has.
  const nameNumbers = words.some((word, at) => paired.used[at] === 0 && isNumber(index.words[word] ?? ""))
  if (nameNumbers && query.slice(last + 1, last + 3).some((token) => token.number)) score *= 0.8
  return hits === 1 ? score * oneWordFactor(query[first], words.length, paired.misspelt) : score
}

/** One word proves less than two: a short one must not be misspelt, and an ordinary one is not half a name. */
const oneWordFactor = (token: QueryToken | undefined, nameLength: number, misspelt: boolean): number => {
  if (misspelt) return (token?.text.length ?? 0) < 5 ? 0 : 0.97
  return token?.role !== "content" && nameLength > 1 ? 0.85 : 1
}

interface Pairing {
  /** Which words of the name have a partner, and which tokens of the window. */
  readonly used: Uint8Array
  readonly paired: Uint8Array
  readonly hits: number
  readonly hasWord: boolean
  readonly misspelt: boolean
  readonly nameCovered: number
  readonly queryCovered: number
}

/** Pairs the tokens of a window with the words of a name, from left to right. */
const pair = (
  index: NameIndex,
  query: ReadonlyArray<QueryToken>,
  words: Uint32Array,
  first: number,
  last: number
): Pairing => {
  const used = new Uint8Array(words.length)
  const paired = new Uint8Array(last - first + 1)
  let hits = 0
  let hasWord = false
  let misspelt = false
  let nameCovered = 0
  let queryCovered = 0
  for (let position = first; position <= last; position++) {
    const token = query[position]
    if (token === undefined) break
    let place = -1
    let best: number = oppositeSimilarity
    let joined = false
    for (let at = 0; at < words.length; at++) {
      if (used[at] === 1) continue
      const word = words[at] ?? -1
      const similarity = token.similar.get(word) ?? 0
      if (similarity > best) {
        best = similarity
        place = at
        joined = false
      }
      if (position < last && token.joined === word && pluralSimilarity > best) {
        best = pluralSimilarity
        place = at
        joined = true
      }
    }
    if (place < 0) continue
    used[place] = 1
    paired[position - first] = 1
    hits++
    hasWord ||= !token.number && token.text.length > 2 && token.role !== "function"
    misspelt ||= best < pluralSimilarity
    nameCovered += index.weight(words[place] ?? -1) * best
    queryCovered += (token.weight + (joined ? (query[position + 1]?.weight ?? 0) : 0)) * best
    if (joined) paired[++position - first] = 1
  }
  return { used, paired, hits, hasWord, misspelt, nameCovered, queryCovered }
}
