/** A question cut into tokens, and the stretches of it that somebody put in quotes. */
import { isCommonWord, isFunctionWord } from "./CommonWords.ts"
import type { TokenRole } from "../resolution/NameQuery.ts"
import { tokenize } from "./Tokens.ts"

/** Tokens `first` to `last`, both included. */
export interface Span {
  readonly first: number
  readonly last: number
  readonly score: number
}

/** A place in a text, by UTF-16 offsets, end exclusive. */
interface Place {
  readonly start: number
  readonly end: number
}

/** True if two places share a character. */
export const overlaps = (one: Place, other: Place): boolean => one.start < other.end && other.start < one.end

/** A stretch between quotes, by UTF-16 offsets without the quotes. */
export interface Quote {
  readonly start: number
  readonly end: number
}

export class Question {
  readonly text: string
  readonly tokens: ReadonlyArray<string>
  readonly roles: ReadonlyArray<TokenRole>
  readonly quotes: ReadonlyArray<Quote>
  readonly #offsets: ReadonlyArray<number>

  constructor(text: string) {
    const offsets: Array<number> = []
    this.text = text
    this.tokens = tokenize(text, offsets)
    this.#offsets = offsets
    this.quotes = quotesIn(text)
    this.roles = this.tokens.map((token) =>
      isFunctionWord(token) ? "function" : isCommonWord(token) ? "ordinary" : "content"
    )
  }

  /** Where a token starts in the text. */
  start(token: number): number {
    return this.#offsets[2 * token] ?? 0
  }

  /** Where a token ends in the text, exclusive. */
  end(token: number): number {
    return this.#offsets[2 * token + 1] ?? 0
  }

  /** True if a token starts with a capital. */
  isCapitalised(token: number): boolean {
    return /^\p{Lu}/u.test(this.text.slice(this.start(token), this.end(token)))
  }

  /** The text from one token to another, both included. */
  slice({ first, last }: Pick<Span, "first" | "last">): string {
    return this.text.slice(this.start(first), this.end(last))
  }

  /** True for a token inside quotes. */
  isQuoted(token: number): boolean {
    return this.quotes.some((quote) => this.start(token) < quote.end && this.end(token) > quote.start)
  }

  /** Every run of up to `longest` tokens outside quotes. */
  windows(longest: number): ReadonlyArray<Pick<Span, "first" | "last">> {
    const windows: Array<Pick<Span, "first" | "last">> = []
    for (let first = 0; first < this.tokens.length; first++) {
      const end = Math.min(this.tokens.length, first + longest)
      for (let last = first; last < end && !this.isQuoted(last); last++) windows.push({ first, last })
    }
    return windows
  }
}

/** Spans from the most telling on: by score and, less than proportionally, length; then the earlier, the shorter. */
export const byWorth = (left: Span, right: Span): number =>
  worth(right) - worth(left) || left.first - right.first || left.last - right.last

const worth = ({ first, last, score }: Span): number => score * Math.sqrt(last - first + 1)

/** A single quote opens only before and closes only after a word, else it is an apostrophe. */
const quotePattern =
  /"([^"]{1,200})"|“([^”]{1,200})”|«([^»]{1,200})»|`([^`]{1,200})`|(?<![\p{L}\p{N}])['‘]([^\n]{1,200}?)['’](?![\p{L}\p{N}])/dgu

const quotesIn = (text: string): ReadonlyArray<Quote> =>
  [...text.matchAll(quotePattern)].flatMap((match) => {
    const [start, end] = match.indices?.slice(1).find((range) => range !== undefined) ?? [0, 0]
    return text.slice(start, end).trim() === "" ? [] : [{ start, end }]
  })
