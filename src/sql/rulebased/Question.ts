/** A question as tokens: words, numbers, dates, quoted names and operators, each with its place in the text. */
import { quotesIn } from "../../text/Question.ts"
import { fold } from "../../text/Tokens.ts"

export interface Token {
  readonly kind: "word" | "number" | "date" | "quoted" | "symbol"
  /** As written; the inner text for quoted names. */
  readonly text: string
  /** Folded for words; trimmed for quoted names; ISO 8601 for dates. */
  readonly key: string
  /** The value of a number; NaN otherwise. */
  readonly value: number
  /** UTF-16 offsets, end exclusive; without the quotes. */
  readonly start: number
  readonly end: number
  /** A comma stands before it. */
  readonly afterComma: boolean
}

const scales: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 }

const pattern = new RegExp(
  [
    String.raw`(?<date>\d{4}-\d{2}-\d{2})(?![\d-])`,
    String.raw`[$€£]?(?<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?(?<scale>k|m|thousand|million)(?![\p{L}\p{N}]))?(?:st|nd|rd|th)?(?![\p{L}\p{N}])`,
    // Possessive endings do not belong to the word.
    String.raw`(?<word>[\p{L}\p{M}\p{N}]+(?:['’](?!s(?![\p{L}]))[\p{L}\p{M}]+)?)(?:['’]s?(?![\p{L}]))?`,
    String.raw`(?<symbol>>=|<=|<>|!=|[<>=%+*/&])`
  ].join("|"),
  "giu"
)

/** Punctuation that only structures a sentence is left out; what is not understood as anything is a symbol. */
export const tokenizeQuestion = (question: string): ReadonlyArray<Token> => {
  const tokens: Array<Token> = []
  let from = 0
  const afterComma = (start: number) => /,\s*["'“‘«`]?$/.test(question.slice(tokens.at(-1)?.end ?? 0, start))
  for (const { end, start } of quotesIn(question)) {
    tokens.push(...plainTokens(question, from, start - 1, afterComma))
    const text = question.slice(start, end)
    tokens.push({
      kind: "quoted",
      text,
      key: text.trim(),
      value: Number.NaN,
      start,
      end,
      afterComma: afterComma(start)
    })
    from = end + 1
  }
  tokens.push(...plainTokens(question, from, question.length, afterComma))
  return tokens
}

const plainTokens = (
  question: string,
  from: number,
  to: number,
  afterComma: (start: number) => boolean
): ReadonlyArray<Token> =>
  [...question.slice(from, to).matchAll(pattern)].map((match, at, all) => {
    const groups = match.groups ?? {}
    const [text] = match
    const start = from + match.index
    const before = all[at - 1]
    const between = before === undefined ? null : question.slice(from + before.index + before[0].length, start)
    const place = {
      text,
      start,
      end: start + text.length,
      value: Number.NaN,
      afterComma: between === null ? afterComma(start) : between.includes(",")
    }
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
