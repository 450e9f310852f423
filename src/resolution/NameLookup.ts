/**
 * Finding names by equality: which places of a list hold a name that is the same but for case, accents, punctuation,
 * separators and plural. A hash table of numbers, because a request may index hundreds of thousands of names, and the
 * text that they are compared by need not be made for those that nobody asks about.
 */
import { normalizeTokens, stem, tokenize } from "../text/Tokens.ts"

/** What equal names have in common whatever their spelling; for a name without letters and digits, itself. */
export const normalizedKey = (tokens: ReadonlyArray<string>, text: string): string =>
  normalizeTokens(tokens) || text.trim()

export class NameLookup {
  readonly #textOf: (place: number) => string
  /** The last place of each bucket, and for each place the one before it in its bucket; -1 is none. */
  readonly #last: Int32Array
  readonly #previous: Int32Array

  /** Room for so many names, of which `add` takes one after the other; `textOf` gives what is written at a place. */
  constructor(size: number, textOf: (place: number) => string) {
    this.#textOf = textOf
    this.#last = new Int32Array(2 ** Math.ceil(Math.log2(size + 1))).fill(-1)
    this.#previous = new Int32Array(size)
  }

  /** The names of all places. */
  static of(size: number, textOf: (place: number) => string): NameLookup {
    const lookup = new NameLookup(size, textOf)
    // A counted loop: lists have hundreds of thousands of names.
    for (let place = 0; place < size; place++) lookup.add(place, tokenize(textOf(place)))
    return lookup
  }

  /** Takes in the name of a place, whose tokens are these; places come in ascending order. */
  add(place: number, tokens: ReadonlyArray<string>): void {
    const bucket = this.#bucket(tokens)
    this.#previous[place] = this.#last[bucket] ?? -1
    this.#last[bucket] = place
  }

  /** True if the list holds the name. */
  has(tokens: ReadonlyArray<string>): boolean {
    return this.places(tokens).length > 0
  }

  /** The places that hold the name, ascending; `text` is what a name without letters and digits is written like. */
  places(tokens: ReadonlyArray<string>, text = ""): ReadonlyArray<number> {
    const key = normalizedKey(tokens, text)
    const places: Array<number> = []
    if (key === "") return places
    for (let place = this.#last[this.#bucket(tokens)] ?? -1; place >= 0; place = this.#previous[place] ?? -1) {
      const named = this.#textOf(place)
      if (normalizedKey(tokenize(named), named) === key) places.push(place)
    }
    return places.toReversed()
  }

  #bucket(tokens: ReadonlyArray<string>): number {
    let hash = 0
    for (const token of tokens) {
      const word = stem(token)
      for (let index = 0; index < word.length; index++) hash = (Math.imul(hash, 31) + word.charCodeAt(index)) | 0
    }
    return (hash ^ (hash >>> 15)) & (this.#last.length - 1)
  }
}
