/**
 * How much work a statement asks for, as far as it shows that itself: of the parser that is to read it, and of the
 * database. Pure. A database needs a time limit of its own all the same: a join of large tables shows nothing.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { madeBy } from "./Amounts.ts"
import { isSymbol, isWord } from "./FunctionCalls.ts"
import type { CommonTable, Query, Select } from "./QueryShape.ts"
import { endlessRecursion } from "./Recursion.ts"
import { type Definition, definitions, isName } from "./SelectTokens.ts"
import { mostCharacters, mostRows } from "./Series.ts"
import type { Token } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"

/**
 * Operators of one statement, so that its parser's stack lasts: MySQL's overflows at 800 that follow one another (and a
 * trap is the end of that instance), PostgreSQL's at 8,000, SQLite's at none that were tried.
 */
export const maxOperators: { readonly [dialect in Dialect]: number } = { sqlite: 10_000, postgres: 2_000, mysql: 500 }

/** Names that WITH defines in one statement: what looks from one to the next needs a stack too. */
const maxDefinitions = 100

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
  const defined = definitions(tokens)
  if (defined.length > maxDefinitions) return refuse("syntax", `more than ${maxDefinitions} WITH queries`)
  // SQLite recurs without the word.
  const isRecursive =
    tokens.some((token) => isWord(token, "recursive")) || (dialect === "sqlite" && defined.some(isRecurring))
  for (const [index, token] of tokens.entries()) {
    if (isRecursive && token.kind === "number" && isBound(tokens, index) && Number(token.text) > maxCounted) {
      return refuse("other", `a recursion that counts to ${token.text}`)
    }
    const made = madeBy(tokens, index)
    if (made > maxMade) return refuse("other", `${token.text}(…) makes more than ${maxMade} rows or characters`)
  }
  if (mostRows(tokens) > maxMade) return refuse("other", `series that make more than ${maxMade} rows together`)
  if (mostCharacters(tokens) > maxMade) return refuse("other", `it puts together more than ${maxMade} characters`)
  const endless = isRecursive ? endlessRecursion(tokens, maxMade) : null
  return endless === null ? null : neverEnds(endless)
}

/** Refuses WITH RECURSIVE where nothing ends it: a recursive arm without a condition, and no LIMIT inside. */
export const checkRecursion = (query: Query): Result.Result<void, SqlRefusal> => {
  const endless = endlessIn(query)
  return endless === undefined ? Result.succeed(undefined) : Result.fail(neverEnds(endless.name))
}

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** Whether the name of a WITH query is in its body too. */
const isRecurring = ({ body, name }: Definition): boolean =>
  body.some((token) => isName(token) && token.text.toLowerCase() === name)

const neverEnds = (name: string): SqlRefusal =>
  refuse("other", `the recursion of "${name}" never ends: give it a WHERE that bounds it in the direction of its step`)

/** `n < 5`, `n <= 5`, `5 > n`, `n <> 5`, `n != 5`, `BETWEEN 1 AND 5`. */
const isBound = (tokens: ReadonlyArray<Token>, index: number): boolean => {
  const [first, second, next] = [tokens[index - 2], tokens[index - 1], tokens[index + 1]]
  if (isSymbol(second, "<") || isWord(second, "and") || isSymbol(next, ">")) return true
  return (isSymbol(second, "=") || isSymbol(second, ">")) && (isSymbol(first, "<") || isSymbol(first, "!"))
}

const operatorWords = new Set("and or not is in like ilike between div mod xor regexp rlike collate".split(" "))

const isOperator = (token: Token): boolean =>
  token.kind === "symbol" ? !/^[()[\],;.]$/.test(token.text) : token.kind === "word" && operatorWords.has(token.text)

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
