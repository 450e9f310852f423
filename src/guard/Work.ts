/**
 * How much work a statement asks for, as far as it shows that itself: of the parser that is to read it, and of the
 * database. Pure. A database needs a time limit of its own all the same: a join of large tables shows nothing.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { closing, isSymbol, isWord, queryBodyBehind } from "./FunctionCalls.ts"
import type { CommonTable, Query, Select } from "./QueryShape.ts"
import type { Token } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"

/**
 * Operators of one statement, so that its parser's stack lasts: MySQL's overflows at 800 that follow one another (and a
 * trap is the end of that instance), PostgreSQL's at 8,000, SQLite's at none that were tried.
 */
export const maxOperators: { readonly [dialect in Dialect]: number } = { sqlite: 10_000, postgres: 2_000, mysql: 500 }

/** Rows of one series, and characters of one repeated text. */
const maxMade = 1_000_000

/** How far a recursion may be seen to count; amounts of money are compared in recursions too. */
const maxCounted = 100_000_000

/** What the tokens show of too much work; `null` if nothing. */
export const excess = (tokens: ReadonlyArray<Token>, dialect: Dialect): SqlRefusal | null => {
  const operators = tokens.filter(isOperator).length
  if (operators > maxOperators[dialect]) {
    return refuse("syntax", `more than ${maxOperators[dialect]} operators: ask for less at once, or use IN (…)`)
  }
  const isRecursive = tokens.some(
    (token, index) => isWord(token, "recursive") || (dialect === "sqlite" && isRecurring(tokens, index))
  )
  for (const [index, token] of tokens.entries()) {
    if (isRecursive && token.kind === "number" && isBound(tokens, index) && Number(token.text) > maxCounted) {
      return refuse("other", `a recursion that counts to ${token.text}`)
    }
    const made = madeBy(tokens, index)
    if (made > maxMade) return refuse("other", `${token.text}(…) makes more than ${maxMade} rows or characters`)
  }
  return tokens.some((token, index) => isWord(token, "from") && product(tokens, index) > maxMade)
    ? refuse("other", `series that make more than ${maxMade} rows together`)
    : null
}

/** Refuses WITH RECURSIVE where nothing ends it: a recursive arm without a condition, and no LIMIT inside. */
export const checkRecursion = (query: Query): Result.Result<void, SqlRefusal> => {
  const endless = endlessIn(query)
  return endless === undefined
    ? Result.succeed(undefined)
    : Result.fail(refuse("other", `the recursion of "${endless.name}" never ends: give it a WHERE that bounds it`))
}

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** Whether the name of a WITH query that stands here is in its body too: SQLite recurs without the word. */
const isRecurring = (tokens: ReadonlyArray<Token>, index: number): boolean => {
  const name = tokens[index]?.text.toLowerCase() ?? ""
  const as = queryBodyBehind(tokens, index)
  if (as === null) return false
  const open = tokens.findIndex((token, at) => at > as && isSymbol(token, "("))
  return tokens.slice(open, closing(tokens, open)).some((token) => isName(token, name))
}

/** `n < 5`, `n <= 5`, `5 > n`, `n <> 5`, `n != 5`, `BETWEEN 1 AND 5`. */
const isBound = (tokens: ReadonlyArray<Token>, index: number): boolean => {
  const [first, second, next] = [tokens[index - 2], tokens[index - 1], tokens[index + 1]]
  if (isSymbol(second, "<") || isWord(second, "and") || isSymbol(next, ">")) return true
  return (isSymbol(second, "=") || isSymbol(second, ">")) && (isSymbol(first, "<") || isSymbol(first, "!"))
}

const operatorWords = new Set("and or not is in like ilike between div mod xor regexp rlike collate".split(" "))

const isOperator = (token: Token): boolean =>
  token.kind === "symbol" ? !/^[()[\],;.]$/.test(token.text) : token.kind === "word" && operatorWords.has(token.text)

/** How much the call at `index` makes, if it is one of those that make something. */
const madeBy = (tokens: ReadonlyArray<Token>, index: number): number =>
  isSymbol(tokens[index + 1], "(")
    ? (making.get(tokens[index]?.text.toLowerCase() ?? "")?.(argumentsOf(tokens, index + 1)) ?? 0)
    : 0

const endOfFrom = "where group having order limit fetch window union intersect except".split(" ")

/** The rows of the series of one FROM, each joined with all others, as far as their conditions do not say otherwise. */
const product = (tokens: ReadonlyArray<Token>, from: number): number => {
  let rowsOfAll = 1
  for (let index = from + 1; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (isWord(token, ...endOfFrom, "on", "using") || isSymbol(token, ")")) break
    if (isName(token, "generate_series")) rowsOfAll *= Math.max(1, madeBy(tokens, index))
    if (isSymbol(token, "(")) index = closing(tokens, index)
  }
  return rowsOfAll
}

const isName = (token: Token | undefined, name: string): boolean =>
  (token?.kind === "word" || token?.kind === "identifier") && token.text.toLowerCase() === name

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

/** Words that leave a number what it is, or nearly. */
const around = new Set(
  `select cast as convert bigint int integer smallint int8 int4 int2 numeric decimal real float float8 double precision
   signed unsigned abs round floor ceil ceiling trunc`.split(/\s+/)
)

/**
 * At most this much, where the expression holds nothing but numbers, also as texts and cast: the largest one, or their
 * product where they may be multiplied. `null` for what depends on the data, which shows nothing.
 */
const amount = (expression: ReadonlyArray<Token>): number | null => {
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

const endlessIn = (query: Query): CommonTable | undefined =>
  query.ctes.find((table) => query.recursive && isEndless(table)) ??
  [...query.ctes.map((table) => table.query), ...query.selects.flatMap(within), ...query.tail.queries]
    .map(endlessIn)
    .find((found) => found !== undefined)

const within = ({ queries, sources }: Select): ReadonlyArray<Query> => [
  ...queries,
  ...sources.flatMap((source) => (source.kind === "query" ? [source.query] : []))
]

/** A column in a condition may end it; a UNION that finds nothing new does too, and is not told from one that does. */
const isEndless = ({ name, query }: CommonTable): boolean =>
  !query.isLimited &&
  query.selects.length > 1 &&
  query.selects.some(
    ({ isFiltered, sources }) =>
      !isFiltered && sources.some((source) => source.kind === "table" && isNamed(source.path, name))
  )

const isNamed = (path: ReadonlyArray<string>, name: string): boolean =>
  path.length === 1 && path[0]?.toLowerCase() === name.toLowerCase()
