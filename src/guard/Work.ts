/**
 * How much work a statement asks for, as far as it shows that itself: of the parser that is to read it, and of the
 * database. Pure. A database needs a time limit of its own all the same: a join of large tables shows nothing.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { closing, isSymbol, isWord } from "./FunctionCalls.ts"
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
  const isRecursive = tokens.some((token) => isWord(token, "recursive"))
  for (const [index, token] of tokens.entries()) {
    if (isRecursive && token.kind === "number" && isBound(tokens, index) && Number(token.text) > maxCounted) {
      return refuse("other", `a recursion that counts to ${token.text}`)
    }
    const made = isSymbol(tokens[index + 1], "(") ? making.get(token.text.toLowerCase()) : undefined
    if (made !== undefined && made(argumentsOf(tokens, index + 1)) > maxMade) {
      return refuse("other", `${token.text}(…) makes more than ${maxMade} rows or characters`)
    }
  }
  return null
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

/** `n < 5`, `n <= 5`. */
const isBound = (tokens: ReadonlyArray<Token>, index: number): boolean =>
  isSymbol(tokens[index - 1], "<") || (isSymbol(tokens[index - 1], "=") && isSymbol(tokens[index - 2], "<"))

const operatorWords = new Set("and or not is in like ilike between div mod xor regexp rlike collate".split(" "))

const isOperator = (token: Token): boolean =>
  token.kind === "symbol" ? !/^[()[\],;.]$/.test(token.text) : token.kind === "word" && operatorWords.has(token.text)

type Arguments = ReadonlyArray<ReadonlyArray<Token>>

/** Functions whose result is as large as an argument says, and how large that is at most. */
const making: ReadonlyMap<string, (of: Arguments) => number> = new Map([
  ["repeat", ([text = [], times = []]: Arguments) => Math.max(amount(times), isMade(text) ? Infinity : 0)],
  ["lpad", ([, length = []]: Arguments) => amount(length)],
  ["rpad", ([, length = []]: Arguments) => amount(length)],
  ["space", ([length = []]: Arguments) => amount(length)],
  ["printf", ([format = []]: Arguments) => width(format)],
  ["format", ([format = []]: Arguments) => width(format)],
  ["generate_series", ([from = [], to = [], step]: Arguments) => rows(from, to, step)]
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

/**
 * At most this much, where the expression holds nothing but numbers: the largest one, or their product where they may
 * be multiplied. What depends on the data shows nothing: 0.
 */
const amount = (expression: ReadonlyArray<Token>): number => {
  const numbers = expression.filter(({ kind }) => kind === "number").map(({ text }) => Math.abs(Number(text)))
  if (expression.some(({ kind }) => kind === "word" || kind === "identifier")) return 0
  if (expression.some((token) => isSymbol(token, "^"))) return numbers.reduce((power, one) => one ** power, 1)
  return expression.some((token) => isSymbol(token, "*") || isSymbol(token, "<"))
    ? numbers.reduce((product, one) => product * Math.max(one, 1), 1)
    : Math.max(0, ...numbers)
}

/** The widths and precisions written in a format; `*` takes one from the data. */
const width = (format: ReadonlyArray<Token>): number =>
  Math.max(
    0,
    ...format.flatMap(({ text }) =>
      [...text.matchAll(/%[^a-z%*]*?(\*|\d{4,})/gi)].map(([, digits]) => (digits === "*" ? Infinity : Number(digits)))
    )
  )

/** Of numbers only: how many days a text is away from another is the database's business. */
const rows = (from: ReadonlyArray<Token>, to: ReadonlyArray<Token>, step: ReadonlyArray<Token> | undefined): number => {
  const by = step === undefined ? 1 : amount(step)
  return by === 0 ? 0 : (amount(to) + (isSymbol(from[0], "-") ? amount(from) : -amount(from))) / by
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
