/**
 * The columns that a statement delivers: their names and, where the expression says it for certain, what their values
 * are. Pure; reads the tokens of a statement that the lexical wall let through, because every dialect has those.
 */
import * as Result from "effect/Result"
import type { Table } from "../grounding/Grounding.ts"
import { tableNamed } from "../grounding/TableLookup.ts"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { closing, endsOperand, isSymbol, isWord, queryBodyBehind } from "./FunctionCalls.ts"
import { behindOutputs, isName, isPath, levelFrom } from "./SelectTokens.ts"
import { lex, type Token } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"

/** What the values of a column are: numbers of any kind, days without a time, true or false. */
export type Values = "number" | "date" | "boolean"

export interface OutputColumn {
  /** `null` where the database makes one up that cannot be known here. */
  readonly name: string | null
  /** `null` where the expression does not say. */
  readonly values: Values | null
}

/** What a column of this SQL type holds; `null` for everything else. */
export const valuesOf = (type: string): Values | null =>
  /^date$/i.test(type.trim())
    ? "date"
    : /^bool(?:ean)?$/i.test(type.trim())
      ? "boolean"
      : /^(?:(?:tiny|small|medium|big)?(?:int|serial)|integer|int[248]|float[48]?|real|double|numeric|decimal|number)\b(?!.*\[)/i.test(
            type.trim()
          )
        ? "number"
        : null

/** The columns in order; `null` where a `*` stands for some that are not known. */
export const outputColumns = (
  sql: string,
  { dialect, tables }: { readonly dialect: Dialect; readonly tables: ReadonlyArray<Table> }
): ReadonlyArray<OutputColumn> | null => {
  const tokens = Result.getOrElse(lex(sql, dialect), (): ReadonlyArray<Token> => [])
  const start = startOf(tokens)
  if (start === null) return null
  const level = levelFrom(tokens, start)
  // IS DISTINCT FROM is an operator.
  const from =
    level.find(({ index, token }) => isWord(token, "from") && !isWord(tokens[index - 1], "distinct"))?.index ?? null
  const end = from ?? level.find(({ token }) => isWord(token, ...behindOutputs))?.index ?? endOf(tokens, start)
  const sources = from === null ? [] : sourcesFrom(tokens, from, tables)
  const isCompound =
    level.some(({ token }) => isWord(token, "union", "intersect", "except")) || isSymbol(tokens[0], "(")
  const columns: Array<OutputColumn> = []
  for (const item of items(tokens, start + 1, end)) {
    const column = readItem(item, { sql, dialect, sources })
    if (column === null) return null
    columns.push(...column)
  }
  // Of a UNION the first arm gives the names, and all of them the values.
  return isCompound ? columns.map(({ name }) => ({ name, values: null })) : columns
}

/** The columns of the statement; refused where two have one name, because rows that are objects keep only one of them. */
export const checkOutput = (
  sql: string,
  context: { readonly dialect: Dialect; readonly tables: ReadonlyArray<Table> }
): Result.Result<ReadonlyArray<OutputColumn> | null, SqlRefusal> => {
  const columns = outputColumns(sql, context)
  const shared = sharedName(columns ?? [], context.dialect)
  return shared === null
    ? Result.succeed(columns)
    : Result.fail(
        refuse("ambiguous_column", `two columns of the result are called "${shared}": give each its own name with AS`)
      )
}

// -----------------------------------------------------------------------------
// internals

/** What PostgreSQL calls a column that it has no name for; the others take the expression's own text. */
const unnamed = "?column?"

/** The first name that two columns have, or may have; `null` if none. */
const sharedName = (columns: ReadonlyArray<OutputColumn>, dialect: Dialect): string | null => {
  const seen = new Set<string>()
  for (const column of columns) {
    const name = column.name ?? (dialect === "postgres" ? unnamed : null)
    if (name === null) continue
    if (seen.has(name.toLowerCase())) return name
    seen.add(name.toLowerCase())
  }
  return null
}

/** Where the SELECT stands that gives the columns their names: behind a WITH, or in parentheses. */
const startOf = (tokens: ReadonlyArray<Token>): number | null => {
  let index = tokens.findIndex((token) => !isSymbol(token, "("))
  if (isWord(tokens[index], "with")) {
    index = levelFrom(tokens, index).find(({ token }) => isWord(token, "select"))?.index ?? -1
  }
  return isWord(tokens[index], "select") ? index : null
}

const endOf = (tokens: ReadonlyArray<Token>, start: number): number => {
  const last = levelFrom(tokens, start).at(-1)
  if (last === undefined) return start + 1
  return (isSymbol(last.token, "(") ? closing(tokens, last.index) : last.index) + 1
}

/** The expressions between the commas, without DISTINCT in front of them. */
const items = (tokens: ReadonlyArray<Token>, start: number, end: number): ReadonlyArray<ReadonlyArray<Token>> => {
  let from = start
  if (isWord(tokens[from], "all", "distinct")) from += 1
  if (isWord(tokens[from], "on") && isSymbol(tokens[from + 1], "(")) from = closing(tokens, from + 1) + 1
  const found: Array<ReadonlyArray<Token>> = []
  const commas = levelFrom(tokens, from - 1).filter(({ index, token }) => index < end && isSymbol(token, ","))
  for (const { index } of [...commas, { index: end }]) {
    found.push(tokens.slice(from, index))
    from = index + 1
  }
  return found
}

interface Context {
  readonly sql: string
  readonly dialect: Dialect
  readonly sources: ReadonlyArray<NamedSource> | null
}

const readItem = (item: ReadonlyArray<Token>, context: Context): ReadonlyArray<OutputColumn> | null => {
  if (isSymbol(item.at(-1), "*") && (item.length === 1 || isSymbol(item.at(-2), "."))) {
    return starColumns(item.at(-3)?.text ?? null, context.sources)
  }
  const alias = aliasOf(item)
  const expression = alias === null ? item : item.slice(0, isWord(item.at(-2), "as") ? -2 : -1)
  return [{ name: alias ?? ownName(expression, context), values: expressionValues(expression, context) }]
}

/** The name behind AS, or behind a column or a call. */
const aliasOf = (item: ReadonlyArray<Token>): string | null => {
  const [last, before] = [item.at(-1), item.at(-2)]
  if (last === undefined || !isName(last) || item.length < 2) return null
  if (isWord(before, "as")) return last.text
  if (isWord(before, "not")) return null
  const isBehindExpression = isPath(item.slice(0, -1)) || (isSymbol(before, ")") && endsOperand(item, item.length - 2))
  return isBehindExpression ? last.text : null
}

const ownName = (expression: ReadonlyArray<Token>, { dialect, sql }: Context): string | null => {
  const [first] = expression
  const last = expression.at(-1)
  if (first === undefined || last === undefined) return null
  if (isPath(expression)) return last.text
  if (dialect !== "postgres") return sql.slice(first.start, last.end)
  return callOf(expression)
}

/** The function that the whole expression is a call of, also over a window. */
const callOf = (expression: ReadonlyArray<Token>): string | null => {
  const [first] = expression
  if (first?.kind !== "word" || !isSymbol(expression[1], "(")) return null
  let end = closing(expression, 1) + 1
  for (let open = clauseBehind(expression, end); open !== null; open = clauseBehind(expression, end)) {
    end = isSymbol(expression[open], "(") ? closing(expression, open) + 1 : open + 1
  }
  return end === expression.length ? first.text : null
}

/** Where the rest of `FILTER (…)`, `OVER (…)`, `OVER window` or `WITHIN GROUP (…)` begins that stands behind a call. */
const clauseBehind = (expression: ReadonlyArray<Token>, end: number): number | null => {
  const next = expression[end + 1]
  if (isWord(expression[end], "over") && (isName(next) || isSymbol(next, "("))) return end + 1
  if (isWord(expression[end], "filter") && isSymbol(next, "(")) return end + 1
  return isWord(expression[end], "within") && isWord(next, "group") ? end + 2 : null
}

/** Functions that give numbers, whatever they are called with. */
const numeric = new Set("count sum avg total round abs ceil ceiling floor length char_length".split(" "))

const expressionValues = (expression: ReadonlyArray<Token>, { sources }: Context): Values | null => {
  if (isPath(expression)) return columnValues(expression, sources)
  const call = callOf(expression)
  if (call === null) return null
  if (numeric.has(call)) return "number"
  const inside = expression.slice(2, closing(expression, 1))
  return call === "min" || call === "max" ? columnValues(inside, sources) : null
}

const columnValues = (path: ReadonlyArray<Token>, sources: ReadonlyArray<NamedSource> | null): Values | null => {
  const table = path.length > 1 ? path.at(-3)?.text.toLowerCase() : undefined
  const meant = (sources ?? []).filter(({ name }) => table === undefined || name === table)
  if (sources === null || !isPath(path) || meant.some(({ columns }) => columns === null)) return null
  const column = path.at(-1)?.text.toLowerCase()
  const types = meant.flatMap(({ columns }) => columns ?? []).filter(({ name }) => name.toLowerCase() === column)
  const [only] = types
  return only === undefined || types.length > 1 ? null : valuesOf(only.type)
}

// internals: FROM

/** Something that FROM names, by its alias in lower case; `columns` is `null` where they are not known. */
interface NamedSource {
  readonly name: string
  readonly columns: Table["columns"] | null
}

const starColumns = (
  table: string | null,
  sources: ReadonlyArray<NamedSource> | null
): ReadonlyArray<OutputColumn> | null => {
  const meant = sources?.filter(({ name }) => table === null || name === table.toLowerCase()) ?? []
  const columns = meant.map((source) => source.columns)
  return columns.length === 0 || columns.some((known) => known === null || known.length === 0)
    ? null
    : columns.flatMap((known) => (known ?? []).map(({ name, type }) => ({ name, values: valuesOf(type) })))
}

/** `null` where a join melts columns of one name into one. */
const sourcesFrom = (
  tokens: ReadonlyArray<Token>,
  from: number,
  tables: ReadonlyArray<Table>
): ReadonlyArray<NamedSource> | null => {
  const level = levelFrom(tokens, from)
  const end = level.find(({ token }) => isWord(token, ...behindOutputs))?.index ?? Number.POSITIVE_INFINITY
  const clause = level.filter(({ index }) => index < end)
  if (clause.some(({ token }) => isWord(token, "using", "natural"))) return null
  const defined = commonTables(tokens)
  return clause.flatMap(({ index }) => {
    const begins = index === from + 1 || isWord(tokens[index - 1], "join") || isSymbol(tokens[index - 1], ",")
    return begins ? [sourceAt(tokens, index, tables, defined)] : []
  })
}

const sourceAt = (
  tokens: ReadonlyArray<Token>,
  start: number,
  tables: ReadonlyArray<Table>,
  defined: ReadonlySet<string>
): NamedSource => {
  let end = start + 1
  while (isSymbol(tokens[end], ".")) end += 2
  const isTable = isName(tokens[start]) && !isSymbol(tokens[end], "(") && !isWord(tokens[start], "lateral", "only")
  if (isSymbol(tokens[start], "(")) end = closing(tokens, start) + 1
  const path = tokens.slice(start, end).filter(isName)
  const written = path.map(({ text }) => text).join(".")
  const [next, afterNext] = [tokens[end], tokens[end + 1]]
  const alias = isWord(next, "as") ? afterNext : isName(next) && !isWord(next, ...behindSource) ? next : undefined
  const known = isTable && !defined.has(written.toLowerCase()) ? tableNamed(tables, written) : undefined
  return { name: (alias ?? path.at(-1))?.text.toLowerCase() ?? "", columns: known?.columns ?? null }
}

const behindSource = [
  ...behindOutputs,
  ..."on join inner left right full cross outer straight_join natural using for tablesample".split(" ")
]

/** The names that WITH defines. */
const commonTables = (tokens: ReadonlyArray<Token>): ReadonlySet<string> =>
  new Set(
    tokens.flatMap((token, index) =>
      isName(token) && queryBodyBehind(tokens, index) !== null ? [token.text.toLowerCase()] : []
    )
  )
