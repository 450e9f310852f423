/**
 * Writes into a statement how many rows it may deliver, so that rows nobody will see never travel. Pure. Works on the
 * tokens of a statement that has passed the guard: one query, without semicolons or comments at its ends.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { closing, isSymbol, isWord } from "./FunctionCalls.ts"
import { lex, type Token } from "./SqlLexer.ts"

/**
 * The same statement, delivering its first `rows` rows: with a LIMIT of its own if it has none, with a lower number where
 * it asks for more, unchanged where it asks for less. Rows and their order stay what they were.
 */
export const limitRows = (
  sql: string,
  { dialect, rows }: { readonly dialect: Dialect; readonly rows: number }
): string => {
  const tokens = Result.getOrElse(lex(sql, dialect), (): ReadonlyArray<Token> => [])
  const outer = topLevel(tokens)
  // VALUES takes no LIMIT in SQLite, nor does a UNION that ends in it.
  if (
    dialect === "sqlite" &&
    outer.some((one) => isWord(one.token, "values") && isSymbol(tokens[one.index + 1], "("))
  ) {
    return wrapped(sql, rows)
  }
  const fetch = dialect === "postgres" ? outer.findLast((one) => isFetch(tokens, one)) : undefined
  if (fetch !== undefined) return withLowerFetch(sql, tokens, fetch.index, rows)
  const limit = outer.findLast((one) => isClause(tokens, one, "limit"))
  if (limit !== undefined) return withLowerLimit(sql, tokens, limit.index, { dialect, rows })
  return tokens.length === 0 ? sql : `${sql}${sql.includes("\n") ? "\n" : " "}LIMIT ${rows}`
}

// -----------------------------------------------------------------------------
// internals

interface Placed {
  readonly token: Token
  readonly index: number
}

/** The tokens that stand in no parentheses, with their places. */
const topLevel = (tokens: ReadonlyArray<Token>): ReadonlyArray<Placed> => {
  const outer: Array<Placed> = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token !== undefined) outer.push({ token, index })
    if (isSymbol(token, "(")) index = closing(tokens, index)
  }
  return outer
}

/** A clause, and not a column (`t.limit`) or an alias (`AS limit`) of that name. */
const isClause = (tokens: ReadonlyArray<Token>, { index, token }: Placed, word: string): boolean =>
  isWord(token, word) && !isSymbol(tokens[index - 1], ".") && !isWord(tokens[index - 1], "as")

const isFetch = (tokens: ReadonlyArray<Token>, placed: Placed): boolean =>
  isClause(tokens, placed, "fetch") && isWord(tokens[placed.index + 1], "first", "next")

/** `FETCH FIRST [n] ROWS ONLY`; without a number it is one row. */
const withLowerFetch = (sql: string, tokens: ReadonlyArray<Token>, fetch: number, rows: number): string => {
  const unit = tokens.findIndex((token, index) => index > fetch + 1 && isWord(token, "row", "rows"))
  // Ties may be as many as there are rows.
  if (isWord(tokens[unit + 1], "with")) return wrapped(sql, rows)
  return unit === fetch + 2 ? sql : lowered(sql, tokens, { from: fetch + 2, to: unit }, rows, leastOf)
}

const withLowerLimit = (
  sql: string,
  tokens: ReadonlyArray<Token>,
  limit: number,
  { dialect, rows }: { readonly dialect: Dialect; readonly rows: number }
): string => {
  const rest = topLevel(tokens.slice(limit + 1)).map(({ index, token }) => ({ token, index: index + limit + 1 }))
  const comma = dialect === "postgres" ? undefined : rest.find(({ token }) => isSymbol(token, ","))?.index
  const offset = rest.find(({ token }) => isWord(token, "offset"))?.index
  const from = comma === undefined ? limit + 1 : comma + 1
  const to = comma === undefined ? (offset ?? tokens.length) : tokens.length
  return lowered(sql, tokens, { from, to }, rows, lowest[dialect])
}

/** The lower of a count that is no plain number and `rows`, as an expression. */
type Lowest = (count: string, rows: number) => string

/** NULL, like ALL, is no limit; LEAST passes over it. */
const leastOf: Lowest = (count, rows) => (/^(?:all|null)$/i.test(count) ? String(rows) : `LEAST((${count}), ${rows})`)

const lowest: { readonly [dialect in Dialect]: Lowest } = {
  postgres: leastOf,
  // A negative number is no limit.
  sqlite: (count, rows) => `CASE WHEN (${count}) < 0 THEN ${rows} ELSE min((${count}), ${rows}) END`,
  // Nothing but numbers may stand there.
  mysql: (count) => count
}

/** The statement with the count in these tokens' place lowered. */
const lowered = (
  sql: string,
  tokens: ReadonlyArray<Token>,
  { from, to }: { readonly from: number; readonly to: number },
  rows: number,
  lowest: Lowest
): string => {
  const [start, end] = [tokens[from]?.start ?? sql.length, tokens[to - 1]?.end ?? sql.length]
  const count = sql.slice(start, end)
  const lower = /^\d+$/.test(count) ? (Number(count) <= rows ? count : String(rows)) : lowest(count, rows)
  return sql.slice(0, start) + lower + sql.slice(end)
}

const wrapped = (sql: string, rows: number): string => `SELECT * FROM (${sql}) AS limited LIMIT ${rows}`
