/** Finding names by equality: which places of a list hold a text. */
export class NameLookup {
  readonly #last = new Map<string, number>()
  /** For each place, the place before it with the same text, or -1. A chain, because nearly all texts are unique. */
  readonly #previous: Int32Array

  /** Indexes a list of texts; empty ones are not found. */
  constructor(texts: ReadonlyArray<string>) {
    this.#previous = new Int32Array(texts.length).fill(-1)
    // A counted loop: lists have hundreds of thousands of texts.
    for (let place = 0; place < texts.length; place++) {
      const text = texts[place] ?? ""
      if (text === "") continue
      const last = this.#last.get(text)
      if (last !== undefined) this.#previous[place] = last
      this.#last.set(text, place)
    }
  }

  /** True if the list holds the text. */
  has(text: string): boolean {
    return this.#last.has(text)
  }

  /** The places that hold the text, ascending. */
  places(text: string): ReadonlyArray<number> {
    const places: Array<number> = []
    for (let place = this.#last.get(text) ?? -1; place >= 0; place = this.#previous[place] ?? -1) places.push(place)
    return places.reverse()
  }
}
