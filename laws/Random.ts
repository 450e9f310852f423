/** Random numbers that one seed decides (mulberry32). */
import * as Option from "effect/Option"

export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let bits = this.#state
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296
  }

  int(below: number): number {
    return Math.floor(this.next() * below)
  }

  pick<T>(all: ReadonlyArray<T>): T {
    return Option.getOrThrow(Option.fromNullishOr(all[this.int(all.length)]))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  shuffle<T>(all: ReadonlyArray<T>): ReadonlyArray<T> {
    return all
      .map((one) => ({ one, place: this.next() }))
      .toSorted((left, right) => left.place - right.place)
      .map(({ one }) => one)
  }
}

/** One number of a text (FNV-1a), to seed with. */
export const hash = (text: string): number => {
  let sum = 2166136261
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 16777619)
  return sum >>> 0
}
