/** The tokens of a question joined to what grammar reads: words, numbers, dates, quoted text and operators. */
import type { Question } from "./Question.ts"
import { isNumber } from "./Tokens.ts"

export interface Lexeme {
  readonly kind: "word" | "number" | "date" | "quoted" | "symbol"
  /** As written; the inner text for quoted names. */
  readonly text: string
  /** Folded for words; trimmed for quoted names; without separators for numbers; ISO 8601 for dates. */
  readonly key: string
  /** The value of a number; NaN otherwise. */
  readonly value: number
  /** UTF-16 offsets, end exclusive; without the quotes. */
  readonly start: number
  readonly end: number
  /** A comma stands before it. */
  readonly afterComma: boolean
}

/** Punctuation that only structures a sentence is left out; what is not understood as anything is a symbol. */
export const lexemesOf = (question: Question): ReadonlyArray<Lexeme> => {
  const { text } = question
  const quoted = question.quotes.map(({ end, start }): Piece => {
    const key = text.slice(start, end).trim()
    return { kind: "quoted", key, value: Number.NaN, start, end }
  })
  const said = [...quoted, ...spoken(question)].toSorted(byStart)
  const symbols = [0, ...said.map(({ end }) => end)].flatMap((from, at) =>
    Array.from(text.slice(from, said[at]?.start).matchAll(/[<>!]=|<>|[<>=%+*/&]/g), ({ 0: key, index }): Piece => {
      const start = from + index
      return { kind: "symbol", key, value: Number.NaN, start, end: start + key.length }
    })
  )
  return [...said, ...symbols].toSorted(byStart).map((piece, at, all) => ({
    ...piece,
    text: text.slice(piece.start, piece.end),
    afterComma: text.slice(all[at - 1]?.end ?? 0, piece.start).includes(",")
  }))
}

/** True if the words stand at `at`, one lexeme each. */
export const startsWithWords = (lexemes: ReadonlyArray<Lexeme>, at: number, words: ReadonlyArray<string>): boolean =>
  words.every((word, index) => lexemes[at + index]?.kind !== "quoted" && lexemes[at + index]?.key === word)

// ---------------------------------------------------------------------------------------------------------------------
// internals

type Piece = Omit<Lexeme, "text" | "afterComma">

const byStart = (one: Piece, other: Piece): number => one.start - other.start

/** What stands outside quotes. */
const spoken = (question: Question): ReadonlyArray<Piece> => {
  const pieces: Array<Piece> = []
  for (let first = 0; first < question.tokens.length;) {
    if (question.isQuoted(first)) {
      first++
      continue
    }
    const { last, ...what } = dateAt(question, first) ?? numberAt(question, first) ?? wordAt(question, first)
    // Signs that Unicode counts among neither, such as emoji, say nothing.
    if (/[\p{L}\p{N}]/u.test(question.slice({ first, last }))) {
      // "$500": the sign belongs to the number.
      const isMoney = what.kind === "number" && /[€$£]/.test(question.text.charAt(question.start(first) - 1))
      pieces.push({ ...what, start: question.start(first) - Number(isMoney), end: question.end(last) })
    }
    first = last + 1
  }
  return pieces
}

interface Found extends Pick<Piece, "kind" | "key" | "value"> {
  /** Its last token. */
  readonly last: number
}

const dateAt = (question: Question, first: number): Found | null => {
  const start = question.start(first)
  const [key] = /^\d{4}-\d{2}-\d{2}(?![\d-])/.exec(question.text.slice(start)) ?? []
  const isWhole = key !== undefined && question.end(first + 2) === start + key.length
  return isWhole ? { kind: "date", key, value: Number.NaN, last: first + 2 } : null
}

const scales: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["thousand", 1e3],
  ["m", 1e6],
  ["million", 1e6]
])

const numberAt = (question: Question, first: number): Found | null => {
  const key = question.tokens[first] ?? ""
  const value = isNumber(key) ? Number(key) : Number.NaN
  if (Number.isNaN(value)) return null
  const next = question.tokens[first + 1] ?? ""
  const isLast = !adjoins(question, first + 1)
  const scale = scales.get(next)
  if (scale !== undefined && isLast && /^\s?$/.test(between(question, first))) {
    return { kind: "number", key, value: value * scale, last: first + 1 }
  }
  if (!adjoins(question, first)) return { kind: "number", key, value, last: first }
  return isLast && /^(?:st|nd|rd|th)$/.test(next) ? { kind: "number", key, value, last: first + 1 } : null
}

const wordAt = (question: Question, first: number): Found => {
  let last = first
  while (adjoins(question, last)) last++
  return { kind: "word", key: question.tokens.slice(first, last + 1).join(""), value: Number.NaN, last }
}

const between = (question: Question, token: number): string =>
  question.text.slice(question.end(token), question.start(token + 1))

/** True if the next token is of the same written word: `300mg`, `don't`. */
const adjoins = (question: Question, token: number): boolean => {
  const next = question.tokens[token + 1]
  if (next === undefined || question.isQuoted(token + 1)) return false
  const gap = between(question, token)
  return gap === "" || (/^['’]$/.test(gap) && !isNumber(question.tokens[token] ?? "") && !isNumber(next))
}
