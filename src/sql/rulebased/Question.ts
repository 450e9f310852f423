/** A question as tokens: words, numbers, dates, quoted names and operators, each with its place in the text. */
import { fold } from "../../text/Tokens.ts"

export interface Token {
  readonly kind: "word" | "number" | "date" | "quoted" | "symbol"
  readonly text: string
  /** Folded for words; the inner text for quoted names; ISO 8601 for dates. */
  readonly key: string
  /** The value of a number; NaN otherwise. */
  readonly value: number
  /** UTF-16 offsets, end exclusive. */
  readonly start: number
  readonly end: number
}

const scales: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 }

const pattern = new RegExp(
  [
    `"(?<double>[^"]+)"|“(?<curly>[^”]+)”|(?<![\\p{L}\\p{N}])['‘](?<single>[^'’]+)['’](?![\\p{L}\\p{N}])|\`(?<tick>[^\`]+)\``,
    String.raw`(?<date>\d{4}-\d{2}-\d{2})(?![\d-])`,
    String.raw`[$€£]?(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?(?<scale>k|m|thousand|million)(?![\p{L}\p{N}]))?(?:st|nd|rd|th)?(?![\p{L}\p{N}])`,
    // Possessive endings do not belong to the word.
    String.raw`(?<word>[\p{L}\p{M}\p{N}]+(?:['’](?!s(?![\p{L}]))[\p{L}\p{M}]+)?)(?:['’]s?(?![\p{L}]))?`,
    String.raw`(?<symbol>>=|<=|<>|!=|[<>=%+*/&])`
  ].join("|"),
  "giu"
)

/** Punctuation that only structures a sentence is left out; what is not understood as anything is a symbol. */
export const tokenizeQuestion = (question: string): ReadonlyArray<Token> =>
  [...question.matchAll(pattern)].map((match) => {
    const groups = match.groups ?? {}
    const [text] = match
    const place = { text, start: match.index, end: match.index + text.length, value: Number.NaN }
    const quoted = groups["double"] ?? groups["curly"] ?? groups["single"] ?? groups["tick"]
    if (quoted !== undefined) return { ...place, kind: "quoted", key: quoted.trim() }
    if (groups["date"] !== undefined) return { ...place, kind: "date", key: groups["date"] }
    if (groups["number"] !== undefined) {
      const value = Number(groups["number"].replaceAll(",", "")) * (scales[(groups["scale"] ?? "").toLowerCase()] ?? 1)
      return { ...place, kind: "number", key: groups["number"], value }
    }
    return groups["word"] === undefined
      ? { ...place, kind: "symbol", key: text }
      : { ...place, kind: "word", key: fold(groups["word"]).replaceAll(/['’]/g, "") }
  })

/** True if the words stand at `at`, one token each. */
export const startsWithWords = (tokens: ReadonlyArray<Token>, at: number, words: ReadonlyArray<string>): boolean =>
  words.every((word, index) => tokens[at + index]?.kind !== "quoted" && tokens[at + index]?.key === word)
