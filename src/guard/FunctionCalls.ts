/**
 * Finds the functions that a statement calls, from its tokens alone: a name before a parenthesis is a call unless its
 * place in the statement makes it something else in every dialect. Pure.
 */
import type { Token } from "./SqlLexer.ts"

/**
 * Every call of the statement in order, with repetitions: `lower`, or `app.score` when it was qualified. A quoted name
 * stays as written, because PostgreSQL does not fold it: `"COUNT"(…)` is another function than `count(…)`.
 */
export const functionCalls = (tokens: ReadonlyArray<Token>): ReadonlyArray<string> =>
  tokens.flatMap((token, index) => {
    if (!isSymbol(token, "(") || index === 0) return []
    const call = callBefore(tokens, index)
    return call === null ? [] : [call]
  })

export const isSymbol = (token: Token | undefined, text: string): boolean =>
  token?.kind === "symbol" && token.text === text

export const isWord = (token: Token | undefined, ...texts: ReadonlyArray<string>): boolean =>
  token?.kind === "word" && texts.includes(token.text)

/** Where the parenthesis at `open` closes, which the lexer found; the end of the tokens where they end before it. */
export const closing = (tokens: ReadonlyArray<Token>, open: number): number =>
  Math.min(open + (tokens[open]?.toClosing ?? 0), tokens.length)

/** Where the brackets around (or closed by) the token at `from` open; -1 where none do. */
export const opening = (tokens: ReadonlyArray<Token>, from: number): number => {
  let depth = isSymbol(tokens[from], ")") || isSymbol(tokens[from], "]") ? 0 : 1
  for (let at = from; at >= 0; at -= 1) {
    const token = tokens[at]
    if (isSymbol(token, ")") || isSymbol(token, "]")) depth += 1
    if (isSymbol(token, "(") || isSymbol(token, "[")) depth -= 1
    if (depth === 0) return at
  }
  return -1
}

/** Whether `AS [NOT] [MATERIALIZED] ( SELECT …` stands at `index`: what makes the name before it a WITH query. */
const isQueryBody = (tokens: ReadonlyArray<Token>, index: number): boolean => {
  if (!isWord(tokens[index], "as")) return false
  let open = index + 1
  if (isWord(tokens[open], "not")) open += 1
  if (isWord(tokens[open], "materialized")) open += 1
  if (!isSymbol(tokens[open], "(")) return false
  const first = tokens[open + 1]
  // VALUES may name a column in PostgreSQL, so that `f(x) AS (values int)` would be a call with a column list.
  return (
    isWord(first, "select", "with") ||
    isSymbol(first, "(") ||
    (isWord(first, "values") && isSymbol(tokens[open + 2], "("))
  )
}

/** Where the `AS` of a WITH query stands behind its name at `index`, and its columns; `null` where it is no such name. */
export const queryBodyBehind = (tokens: ReadonlyArray<Token>, index: number): number | null => {
  const as = isSymbol(tokens[index + 1], "(") ? closing(tokens, index + 1) + 1 : index + 1
  return isQueryBody(tokens, as) ? as : null
}

/** Whether an expression can end with the token at `index`. */
export const endsOperand = (tokens: ReadonlyArray<Token>, index: number): boolean => {
  const token = tokens[index]
  if (token === undefined) return false
  if (token.kind === "word") return !beforeExpression.has(token.text)
  return token.kind !== "symbol" || token.text === "]" || (token.text === ")" && !closesDistinctOn(tokens, index))
}

// -----------------------------------------------------------------------------
// internals

/** Reserved in all dialects that know them: no function can have these names without quotes. */
const reserved = new Set(
  `select from where and or not in exists case when then else on using having union all intersect except distinct
   any some values as limit offset lateral array for`.split(/\s+/)
)

/** Words that are keywords only behind certain others, and may name a function elsewhere. */
const contextual: ReadonlyMap<string, ReadonlyArray<string>> = new Map([
  ["by", ["group", "order", "partition"]],
  ["group", ["within"]],
  ["sets", ["grouping"]],
  ["rollup", ["group by"]],
  ["cube", ["group by"]],
  ["materialized", ["as", "as not"]],
  ["over", [")", "nulls"]],
  ["filter", [")"]],
  ["zone", ["time"]],
  ["index", ["use", "force", "ignore"]],
  ["key", ["use", "force", "ignore"]],
  ["system", ["tablesample"]],
  ["bernoulli", ["tablesample"]],
  ["repeatable", [")"]],
  ["to", ["similar"]],
  ["varying", ["character", "char"]]
])

/**
 * Operators spelt as words, JOIN and what follows a column's or table's name among them: behind an operand they are
 * operators, elsewhere names of functions.
 */
const wordOperators = new Set([
  "like",
  "ilike",
  "glob",
  "regexp",
  "rlike",
  "between",
  "is",
  "div",
  "mod",
  "xor",
  "escape",
  "against",
  "join",
  "overlaps",
  "partition",
  "columns",
  "varchar",
  "decimal",
  "numeric"
])

/** Behind these (or at the start) a name begins an expression, so that an operator cannot follow. */
const beforeExpression = new Set(
  `select where and or not on having when then else case by distinct all from join in as between like using limit
   offset union intersect except values is`.split(/\s+/)
)

const callBefore = (tokens: ReadonlyArray<Token>, open: number): string | null => {
  const token = tokens[open - 1]
  const before = tokens[open - 2]
  if (token === undefined) return null
  // SQLite takes `[name](…)` for a call; behind a number or a string nothing can be called.
  if (token.kind === "symbol") return token.text === "]" ? "[…]" : null
  if (token.kind === "number" || token.kind === "string") return token.text
  if (isSymbol(before, ".")) return qualifiedName(tokens, open - 1)
  if (token.kind === "word" && isKeyword(tokens, open - 1)) return null
  return isColumnList(tokens, open) || isSymbol(before, "::") || isWord(before, "as") ? null : partOfName(token)
}

/** `pg_catalog` is where PostgreSQL's own functions are; a function of any other schema has its schema's name. */
const qualifiedName = (tokens: ReadonlyArray<Token>, last: number): string => {
  const parts = [partOfName(tokens[last])]
  for (let index = last; isSymbol(tokens[index - 1], "."); index -= 2) parts.unshift(partOfName(tokens[index - 2]))
  return (parts.length === 2 && parts[0] === "pg_catalog" ? parts.slice(1) : parts).join(".")
}

/** With quotes where a quoted name holds what could be taken for more than one name. */
const partOfName = (token: Token | undefined): string =>
  token === undefined || /^\w+$/.test(token.text) ? (token?.text ?? "") : JSON.stringify(token.text)

const isKeyword = (tokens: ReadonlyArray<Token>, index: number): boolean => {
  const word = tokens[index]?.text ?? ""
  const before = tokens[index - 1]
  if (reserved.has(word)) return true
  if (wordOperators.has(word)) return endsOperand(tokens, index - (isWord(before, "not") ? 2 : 1))
  if (isSymbol(before, ")") && closesDistinctOn(tokens, index - 1)) return false
  const behind = ` ${tokens[index - 2]?.text ?? ""} ${before?.text ?? ""}`
  return (contextual.get(word) ?? []).some((context) => behind.endsWith(` ${context}`))
}

/** `WITH name (a, b) AS (…)`, or `(…) name (a, b)` behind a derived table: a list of column names, not a call. */
const isColumnList = (tokens: ReadonlyArray<Token>, open: number): boolean => {
  const close = closing(tokens, open)
  const names = tokens
    .slice(open + 1, close)
    .every((token, index) =>
      index % 2 === 0 ? token.kind === "word" || token.kind === "identifier" : isSymbol(token, ",")
    )
  if (!names || close === open + 1) return false
  return isQueryBody(tokens, close + 1) || (isSymbol(tokens[open - 2], ")") && !closesDistinctOn(tokens, open - 2))
}

/** Behind PostgreSQL's `DISTINCT ON (…)` an expression begins, although it looks like one that has ended. */
const closesDistinctOn = (tokens: ReadonlyArray<Token>, close: number): boolean => {
  const open = opening(tokens, close)
  return isWord(tokens[open - 1], "on") && isWord(tokens[open - 2], "distinct")
}
