/**
 * An inverted index over names: which words occur, how telling each is, which names hold it. Built afresh for a
 * request and dropped with it. Flat typed arrays, because 100,000 names have to be indexed within a request.
 */
import {
  editBudget,
  longestAbbreviation,
  prefixSimilarity,
  signature,
  signatureDistance,
  tokenSimilarity
} from "./TokenSimilarity.ts"
import { isNumber, stem } from "../text/Tokens.ts"

/** A word of the vocabulary (by number) and how alike a token it is. */
export interface SimilarWord {
  readonly word: number
  readonly similarity: number
}

export class NameIndex {
  /** How many names there are. */
  readonly size: number
  /** The vocabulary; a word's number is its place here. */
  readonly words: ReadonlyArray<string>
  /** How telling each word is: its inverse document frequency, scaled to at most 1. */
  readonly weights: Float32Array
  /** The words of name `n` are `nameWords[nameStarts[n]]` up to, not including, `nameWords[nameStarts[n + 1]]`. */
  readonly nameStarts: Uint32Array
  readonly nameWords: Uint32Array
  /** The names that hold word `w`, in the same layout; a name that holds it twice is listed twice. */
  readonly postingStarts: Uint32Array
  readonly postings: Uint32Array

  /** The weight of all words of each name. */
  readonly totals: Float64Array

  readonly #numbers: ReadonlyMap<string, number>
  readonly #byLength: ReadonlyArray<ReadonlyArray<number>>
  readonly #signatures: Int32Array
  readonly #similar = new Map<string, ReadonlyArray<SimilarWord>>()

  /**
   * Indexes so many names; `tokensOf` gives what `Tokens.tokenize` makes of a name, by its number. It is asked once for
   * each, so that the tokens of a hundred thousand names need not be kept.
   */
  constructor(size: number, tokensOf: (name: number) => ReadonlyArray<string>) {
    const vocabulary = collectWords(size, tokensOf)
    this.size = size
    this.words = vocabulary.words
    this.nameStarts = vocabulary.nameStarts
    this.nameWords = vocabulary.nameWords
    this.#numbers = vocabulary.numbers
    this.postingStarts = postingStarts(vocabulary.nameWords, this.words.length)
    this.postings = postings(this.nameStarts, this.nameWords, this.postingStarts)
    this.weights = weights(this.words, this.postingStarts, size)
    this.totals = totals(this.nameStarts, this.nameWords, this.weights)
    this.#signatures = Int32Array.from(this.words, signature)
    this.#byLength = byLength(this.words)
  }

  /** The number of a word, if some name holds it. */
  wordNumber(token: string): number | undefined {
    return this.#numbers.get(token)
  }

  /** How telling a word of the vocabulary is. */
  weight(word: number): number {
    return this.weights[word] ?? 0
  }

  /** How many names hold a word. */
  frequency(word: number): number {
    return (this.postingStarts[word + 1] ?? 0) - (this.postingStarts[word] ?? 0)
  }

  /** The words of the vocabulary that `token` may stand for: itself, plurals, misspellings, abbreviations. */
  similarWords(token: string): ReadonlyArray<SimilarWord> {
    const known = this.#similar.get(token)
    if (known !== undefined) return known
    const found = this.#findSimilar(token)
    this.#similar.set(token, found)
    return found
  }

  /** Only itself and its plural or singular: what a correctly spelt word may stand for. */
  inflections(token: string): ReadonlyArray<SimilarWord> {
    const singular = stem(token)
    const forms = new Set([token, singular, `${singular}s`, `${singular}es`, singular.replace(/y$/, "ies")])
    return [...forms].flatMap((form) => {
      const word = this.#numbers.get(form)
      return word === undefined ? [] : [{ word, similarity: tokenSimilarity(token, form) }]
    })
  }

  #findSimilar(token: string): ReadonlyArray<SimilarWord> {
    const found: Array<SimilarWord> = []
    const itself = this.#numbers.get(token)
    if (itself !== undefined) found.push({ word: itself, similarity: 1 })
    if (isNumber(token) || token.length < 3) return found

    const tokenSignature = signature(token)
    const reach = editBudget(token.length + 1) + 1
    const shortest = Math.max(3, token.length - reach)
    const longest = token.length + reach
    const mayAbbreviate = token.length <= longestAbbreviation
    const last = mayAbbreviate ? this.#byLength.length - 1 : Math.min(this.#byLength.length - 1, longest)
    for (let length = shortest; length <= last; length++) {
      const mayBeMisspelt = length <= longest
      const bits = 2 * editBudget(Math.max(length, token.length))
      for (const word of this.#byLength[length] ?? []) {
        const near = mayBeMisspelt && signatureDistance(tokenSignature, this.#signatures[word] ?? 0) <= bits
        if (!near && !(mayAbbreviate && this.words[word]?.startsWith(token))) continue
        if (word === itself) continue
        const similarity = tokenSimilarity(token, this.words[word] ?? "")
        if (similarity > 0) found.push({ word, similarity })
      }
    }
    // Much shorter words of names that this token spells out: `tab` when asked for `tablets`.
    for (let length = 3; length < shortest && length <= longestAbbreviation; length++) {
      const word = this.#numbers.get(token.slice(0, length))
      if (word !== undefined) found.push({ word, similarity: prefixSimilarity(length, token.length) })
    }
    return found
  }
}

const collectWords = (size: number, tokensOf: (name: number) => ReadonlyArray<string>) => {
  const numbers = new Map<string, number>()
  const words: Array<string> = []
  const nameWords: Array<number> = []
  const nameStarts = new Uint32Array(size + 1)
  for (let name = 0; name < size; name++) {
    for (const token of tokensOf(name)) {
      let word = numbers.get(token)
      if (word === undefined) {
        word = words.length
        numbers.set(token, word)
        words.push(token)
      }
      nameWords.push(word)
    }
    nameStarts[name + 1] = nameWords.length
  }
  return { numbers, words, nameWords: new Uint32Array(nameWords), nameStarts }
}

const postingStarts = (nameWords: Uint32Array, wordCount: number): Uint32Array => {
  const starts = new Uint32Array(wordCount + 1)
  for (const word of nameWords) starts[word + 1] = (starts[word + 1] ?? 0) + 1
  for (let word = 0; word < wordCount; word++) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0)
  return starts
}

const postings = (nameStarts: Uint32Array, nameWords: Uint32Array, starts: Uint32Array): Uint32Array => {
  const next = starts.slice()
  const names = new Uint32Array(nameWords.length)
  for (let name = 0; name + 1 < nameStarts.length; name++) {
    const end = nameStarts[name + 1] ?? 0
    for (let place = nameStarts[name] ?? 0; place < end; place++) {
      const word = nameWords[place] ?? 0
      const slot = next[word] ?? 0
      names[slot] = name
      next[word] = slot + 1
    }
  }
  return names
}

/** One and two letters say little even where they are rare. */
export const lengthWeight = (token: string): number => {
  if (isNumber(token) || token.length > 2) return 1
  return token.length === 1 ? 0.4 : 0.7
}

const weights = (words: ReadonlyArray<string>, starts: Uint32Array, nameCount: number): Float32Array => {
  const scale = Math.log(1 + nameCount)
  const result = new Float32Array(words.length)
  for (let word = 0; word < words.length; word++) {
    const frequency = (starts[word + 1] ?? 0) - (starts[word] ?? 0)
    result[word] = Math.max((Math.log(1 + nameCount / frequency) / scale) * lengthWeight(words[word] ?? ""), 0.05)
  }
  return result
}

const totals = (nameStarts: Uint32Array, nameWords: Uint32Array, wordWeights: Float32Array): Float64Array => {
  const result = new Float64Array(nameStarts.length - 1)
  for (let name = 0; name < result.length; name++) {
    const end = nameStarts[name + 1] ?? 0
    let total = 0
    for (let place = nameStarts[name] ?? 0; place < end; place++) total += wordWeights[nameWords[place] ?? 0] ?? 0
    result[name] = total
  }
  return result
}

const byLength = (words: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<number>> => {
  const buckets: Array<Array<number>> = []
  for (let word = 0; word < words.length; word++) {
    const length = words[word]?.length ?? 0
    // A plain loop instead of `buckets[length] ??= []`: an array with holes would be slow to walk.
    while (buckets.length <= length) buckets.push([])
    buckets[length]?.push(word)
  }
  return buckets
}
