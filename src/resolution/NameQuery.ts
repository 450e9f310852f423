/**
 * A tokenized text put against a `NameIndex`: what each token may stand for, how telling it is, and which names
 * share enough with it to be scored.
 */
import { lengthWeight, type NameIndex } from "./NameIndex.ts"
import { pluralSimilarity } from "./TokenSimilarity.ts"
import { isNumber, stem } from "../text/Tokens.ts"

/**
 * What a token is in its text. An `ordinary` word (a word of the language, correctly spelt) is hardly ever a
 * misspelling of something else, so it only stands for itself and its plural; a `function` word (`the`, `how`, `total`) only ever stands for itself.
 */
export type TokenRole = "content" | "ordinary" | "function"

export interface QueryToken {
  readonly text: string
  readonly role: TokenRole
  readonly number: boolean
  readonly weight: number
  /** Words of the index and how alike each is. */
  readonly similar: ReadonlyMap<number, number>
  /** The word that this token and the next one make when written together (`head phones`), or -1. */
  readonly joined: number
}

/** What a function word adds to the length of a stretch. */
const functionWeight = 0.15

/** Prepares the tokens of a name or a question. */
export const prepare = (
  index: NameIndex,
  tokens: ReadonlyArray<string>,
  roleOf: (position: number) => TokenRole
): ReadonlyArray<QueryToken> =>
  tokens.map((text, position) => {
    const role = roleOf(position)
    const similar = similarWords(index, text, role)
    const next = tokens[position + 1]
    const joinable = next !== undefined && role !== "function" && roleOf(position + 1) !== "function"
    return {
      text,
      role,
      number: isNumber(text),
      weight: role === "function" ? functionWeight : tokenWeight(index, text, similar),
      similar,
      joined: joinable ? joinedWord(index, text, next) : -1
    }
  })

/**
 * The names that share words with the query, with the weight they share, in no particular order. Rare words are
 * looked up first; very frequent ones are skipped once `budget` postings were read.
 */
export const candidates = (
  index: NameIndex,
  query: ReadonlyArray<QueryToken>,
  options: { readonly budget: number; readonly leastSimilarity: number }
): { readonly names: ReadonlyArray<number>; readonly weights: Float64Array } => {
  const lookups: Array<{ readonly word: number; readonly weight: number; readonly frequency: number }> = []
  const look = (word: number, similarity: number) => {
    lookups.push({ word, weight: similarity * index.weight(word), frequency: index.frequency(word) })
  }
  for (const token of query) {
    if (token.role !== "function") {
      for (const [word, similarity] of token.similar) if (similarity >= options.leastSimilarity) look(word, similarity)
    }
    if (token.joined >= 0) look(token.joined, pluralSimilarity)
  }
  lookups.sort((left, right) => left.frequency - right.frequency)

  const weights = new Float64Array(index.size)
  const names: Array<number> = []
  let left = options.budget
  for (const { word, weight, frequency } of lookups) {
    if (frequency > left && names.length > 0) continue
    left -= frequency
    const end = index.postingStarts[word + 1] ?? 0
    for (let place = index.postingStarts[word] ?? 0; place < end; place++) {
      const name = index.postings[place] ?? 0
      const before = weights[name] ?? 0
      if (before === 0) names.push(name)
      weights[name] = before + weight
    }
  }
  return { names, weights }
}

const similarWords = (index: NameIndex, text: string, role: TokenRole): ReadonlyMap<number, number> => {
  if (role === "function") {
    const itself = index.wordNumber(text)
    return new Map(itself === undefined ? [] : [[itself, 1]])
  }
  const inflections = index.inflections(text)
  const similar = role === "ordinary" ? [] : index.similarWords(text)
  // A word of one name is no misspelt word of another, but it may be short for it.
  const isKnown = index.wordNumber(text) !== undefined
  const meant = isKnown ? similar.filter(({ word }) => isBeginning(text, index.words[word] ?? "")) : similar
  const found = isKnown || role === "ordinary" ? [...meant, ...inflections] : meant
  return new Map(found.map(({ similarity, word }) => [word, similarity]))
}

const isBeginning = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one)

/** An unknown token carries the weight of the word that it most likely misspells. */
const tokenWeight = (index: NameIndex, text: string, similar: ReadonlyMap<number, number>): number => {
  const itself = index.wordNumber(text)
  if (itself !== undefined) return index.weight(itself)
  let nearest = -1
  let best = 0.75
  for (const [word, similarity] of similar) {
    if (similarity > best || (similarity === best && nearest < 0)) {
      best = similarity
      nearest = word
    }
  }
  return nearest < 0 ? lengthWeight(text) : index.weight(nearest)
}

const joinedWord = (index: NameIndex, text: string, next: string): number => {
  const joined = text + next
  if (joined.length < 5 || isNumber(joined)) return -1
  return index.wordNumber(joined) ?? index.wordNumber(stem(joined)) ?? -1
}
