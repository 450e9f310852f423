/** The numbers that a statement writes, and how much its functions make by them. Pure. */
import { closing, isSymbol, isWord } from "./FunctionCalls.ts"
import type { Token } from "./SqlLexer.ts"

/** Words that leave a number what it is, or nearly. */
export const around = new Set(
  `select cast as convert bigint int integer smallint int8 int4 int2 numeric decimal real float float8 double precision
   signed unsigned abs round floor ceil ceiling trunc`.split(/\s+/)
)

/** How much the call at `index` makes, if it is one of those that make something. */
export const madeBy = (tokens: ReadonlyArray<Token>, index: number): number =>
  isSymbol(tokens[index + 1], "(")
    ? (making.get(tokens[index]?.text.toLowerCase() ?? "")?.(argumentsOf(tokens, index + 1)) ?? 0)
    : 0

/**
 * At most this much, where the expression holds nothing but numbers, also as texts and cast: the largest one, or their
 * product where they may be multiplied. `null` for what depends on the data, which shows nothing.
 */
export const amount = (expression: ReadonlyArray<Token>): number | null => {
  const words = expression.filter(({ kind, text }) => (kind === "word" || kind === "identifier") && !around.has(text))
  const isPower = words.length > 0 && words.every((token) => isWord(token, "pow", "power"))
  if (words.length > 0 && !isPower) return null
  const numbers = expression.flatMap(numberIn)
  const has = (symbol: string) => expression.some((token) => isSymbol(token, symbol))
  // All bits of a number turned are the largest one there is.
  if (has("~")) return Infinity
  if (isPower || has("^")) {
    const [base = 0, ...exponents] = numbers
    return exponents.reduce((power, one) => power ** one, base)
  }
  const multiplied = numbers.reduce((all, one) => all * Math.max(one, 1), 1)
  if (has("<")) return multiplied * 2 ** Math.max(0, ...numbers)
  return has("*") ? multiplied : Math.max(0, ...numbers)
}

// -----------------------------------------------------------------------------
// internals

type Arguments = ReadonlyArray<ReadonlyArray<Token>>

/** Functions whose result is as large as an argument says, and how large that is at most. */
const making: ReadonlyMap<string, (of: Arguments) => number> = new Map([
  ["repeat", ([text = [], times = []]: Arguments) => Math.max(amount(times) ?? 0, isMade(text) ? Infinity : 0)],
  ["lpad", ([, length = []]: Arguments) => amount(length) ?? 0],
  ["rpad", ([, length = []]: Arguments) => amount(length) ?? 0],
  ["space", ([length = []]: Arguments) => amount(length) ?? 0],
  ["printf", ([format = []]: Arguments) => width(format)],
  ["format", ([format = []]: Arguments) => width(format)],
  ["generate_series", ([from = [], to = [], step = []]: Arguments) => rows(from, to, step) ?? days(from, to, step) ?? 0]
])

/** A repeated text that is repeated multiplies. */
const isMade = (text: ReadonlyArray<Token>): boolean =>
  text.some((token, index) => isSymbol(text[index + 1], "(") && making.has(token.text.toLowerCase()))

/** The tokens between the commas of the call whose parenthesis opens at `open`. */
const argumentsOf = (tokens: ReadonlyArray<Token>, open: number): Arguments => {
  const list: Array<Array<Token>> = [[]]
  const end = closing(tokens, open)
  for (let index = open + 1; index < end; index += 1) {
    const token = tokens[index]
    if (token === undefined) break
    if (isSymbol(token, ",")) {
      list.push([])
      continue
    }
    const last = isSymbol(token, "(") ? closing(tokens, index) : index
    list.at(-1)?.push(...tokens.slice(index, last + 1))
    index = last
  }
  return list
}

const numberIn = ({ kind, text }: Token): ReadonlyArray<number> => {
  if (kind !== "number" && kind !== "string") return []
  const value = Number(kind === "string" ? text.replace(/^'|'$/g, "") : text)
  return Number.isNaN(value) ? [] : [Math.abs(value)]
}

/** The widths and precisions written in a format; `*` takes one from the data. */
const width = (format: ReadonlyArray<Token>): number =>
  Math.max(
    0,
    ...format.flatMap(({ text }) =>
      [...text.matchAll(/%[^a-z%*]*?(\*|\d{4,})/gi)].map(([, digits]) => (digits === "*" ? Infinity : Number(digits)))
    )
  )

/** Of a series of numbers; `null` for any other. */
const rows = (from: ReadonlyArray<Token>, to: ReadonlyArray<Token>, step: ReadonlyArray<Token>): number | null => {
  const [first, last, by] = [signed(from), signed(to), step.length === 0 ? 1 : amount(step)]
  return first === null || last === null || by === null || by === 0 ? null : Math.abs(last - first) / by
}

const signed = (expression: ReadonlyArray<Token>): number | null => {
  const size = expression.some((token) => numberIn(token).length > 0) ? amount(expression) : null
  return size !== null && isSymbol(expression[0], "-") ? -size : size
}

/** Of a series of times, where both ends are written and the step is one of the fixed units; `null` for any other. */
const days = (from: ReadonlyArray<Token>, to: ReadonlyArray<Token>, step: ReadonlyArray<Token>): number | null => {
  const [first, last] = [time(from), time(to)]
  const [, count = "1", unit = ""] = /^'\s*(\d*\.?\d+)?\s*([a-z]+)/i.exec(stringIn(step)) ?? []
  const [, length] = units.find(([name]) => name.test(unit)) ?? []
  if (first === null || last === null || length === undefined) return null
  return Math.abs(last - first) / (Number(count) * length)
}

const units: ReadonlyArray<readonly [name: RegExp, milliseconds: number]> = [
  [/^micro|^us/i, 0.001],
  [/^milli|^ms/i, 1],
  [/^s(?:ec|$)/i, 1000],
  [/^m(?:in|$)/i, 60_000],
  [/^h/i, 3_600_000],
  [/^d/i, 86_400_000]
]

const stringIn = (expression: ReadonlyArray<Token>): string =>
  expression.find(({ kind }) => kind === "string")?.text ?? ""

const time = (expression: ReadonlyArray<Token>): number | null => {
  const value = Date.parse(stringIn(expression).replace(/^'|'$/g, ""))
  return Number.isNaN(value) ? null : value
}
