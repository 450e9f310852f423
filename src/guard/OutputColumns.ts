/**
 * The columns that a statement delivers: their names and, where the expression says it for certain, what their values
 * are. Pure; reads the tokens of a statement that the lexical wall let through, because every dialect has those.
 */
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import type { Table } from "../grounding/Grounding.ts"
import { tableNamed } from "../grounding/TableLookup.ts"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { closing, endsOperand, isSymbol, isWord } from "./FunctionCalls.ts"
import {
  aliasIn,
  arms,
  bare,
  definedBy,
  isName,
  isPath,
  itemOf,
  type Joined,
  joinedIn,
  partsOf,
  split,
  type Tokens
} from "./SelectTokens.ts"
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
export const outputColumns = (sql: string, context: Known): ReadonlyArray<OutputColumn> | null =>
  whole(columnsOf(sql, context))

/** The columns of the statement; refused where two have one name, because rows that are objects keep only one of them. */
export const checkOutput = (
  sql: string,
  context: Known
): Result.Result<ReadonlyArray<OutputColumn> | null, SqlRefusal> => {
  const columns = columnsOf(sql, context)
  const shared = sharedName(columns.filter(Predicate.isNotNull), context.dialect)
  return shared === null
    ? Result.succeed(whole(columns))
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

interface Known {
  readonly dialect: Dialect
  readonly tables: ReadonlyArray<Table>
}

/** In order; `null` among them stands for columns that are not known. */
type Columns = ReadonlyArray<OutputColumn | null>

const unknown: Columns = [null]

/** More than any database delivers. */
const maxColumns = 5000

const whole = (columns: Columns): ReadonlyArray<OutputColumn> | null =>
  columns.every(Predicate.isNotNull) ? columns : null

const columnsOf = (sql: string, known: Known): Columns => {
  const tokens = Result.getOrElse(lex(sql, known.dialect), (): Tokens => [])
  return queryColumns(tokens, { ...known, sql, common: new Map() })
}

interface Scope extends Known {
  readonly sql: string
  /** What WITH has defined, by lower-case name. */
  readonly common: ReadonlyMap<string, Columns>
}

interface Context extends Scope {
  readonly sources: ReadonlyArray<NamedSource>
}

const queryColumns = (tokens: Tokens, outer: Scope): Columns => {
  const query = bare(tokens)
  const scope = { ...outer, common: commonTables(query, outer) }
  const [first = [], ...others] = arms(query)
  if (isSymbol(first[0], "(")) return queryColumns(first.slice(1, closing(first, 0)), scope)
  if (!isWord(first[0], "select")) return unknown
  const { from, outputs } = partsOf(first)
  const context = { ...scope, sources: sourcesFrom(from, scope) }
  const columns = outputs.flatMap((item) => readItem(item, context))
  // Of a UNION the first arm gives the names, and all of them the values.
  return others.length === 0 ? columns : columns.map((column) => column && { ...column, values: null })
}

const commonTables = (query: Tokens, outer: Scope): ReadonlyMap<string, Columns> => {
  const common = new Map(outer.common)
  const defined = definedBy(query)
  // What recurs is not known in itself, and hides the table that has its name.
  if (outer.dialect === "sqlite" || isWord(query[1], "recursive")) {
    for (const { name } of defined) common.set(name, unknown)
  }
  for (const { body, columns, name } of defined) {
    common.set(name, renamed(queryColumns(body, { ...outer, common: new Map(common) }), columns ?? []))
  }
  return common
}

/** With these names for the first columns. */
const renamed = (columns: Columns, names: ReadonlyArray<string>): Columns =>
  names.length === 0 || columns.includes(null)
    ? columns
    : columns.map((column, index) => column && { ...column, name: names[index] ?? column.name })

const readItem = (item: Tokens, context: Context): Columns => {
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

const ownName = (expression: ReadonlyArray<Token>, { dialect, sql }: Scope): string | null => {
  const [first] = expression
  const last = expression.at(-1)
  if (first === undefined || last === undefined) return null
  if (isPath(expression)) return last.text
  if (dialect !== "postgres") return sql.slice(first.start, last.end)
  return postgresName(expression)
}

/** PostgreSQL calls a cast like what is cast. */
const postgresName = (expression: Tokens): string | null => {
  const tokens = bare(expression)
  if (isPath(tokens)) return tokens.at(-1)?.text ?? null
  const cast = split(tokens, (token) => isSymbol(token, "::"))
  const type = cast.at(-1)?.tokens ?? []
  if (cast.length > 1) return isType(type) ? postgresName(tokens.slice(0, -type.length - 1)) : null
  const call = callOf(tokens)
  if (call !== "cast") return call
  return postgresName(split(tokens.slice(2, closing(tokens, 1)), (token) => isWord(token, "as"))[0]?.tokens ?? [])
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

/** Functions that give one of their arguments. */
const choosing = new Set("min max coalesce ifnull greatest least".split(" "))

const expressionValues = (expression: Tokens, context: Context): Values | null => {
  const tokens = bare(expression)
  const [first] = tokens
  if (tokens.length === 1 && first?.kind === "number") return "number"
  if (isPath(tokens)) return columnValues(tokens, context.sources)
  const terms = split(tokens, isArithmetic).map((term) => term.tokens)
  if (terms.length > 1) {
    // A sign has nothing before it. Days are added to and subtracted too, and give something else.
    const operands = isSymbol(first, "-") || isSymbol(first, "+") ? terms.slice(1) : terms
    return operands.every((one) => one.length > 0 && expressionValues(one, context) === "number") ? "number" : null
  }
  const cast = split(tokens, (token) => isSymbol(token, "::"))
  if (cast.length > 1) return typeValues(cast.at(-1)?.tokens ?? [])
  const call = callOf(tokens)
  if (call === null) return null
  if (numeric.has(call)) return "number"
  const inside = tokens.slice(2, closing(tokens, 1))
  if (call === "cast") return typeValues(split(inside, (token) => isWord(token, "as")).at(-1)?.tokens ?? [])
  const given = split(inside, (token) => isSymbol(token, ",")).map((one) => one.tokens)
  if (call === "nullif") return expressionValues(given[0] ?? [], context)
  if (!choosing.has(call)) return null
  const [values = null, ...others] = given.filter(isNotNull).map((one) => expressionValues(one, context))
  return others.every((one) => one === values) ? values : null
}

const isArithmetic = (token: Token): boolean =>
  (token.kind === "symbol" && /^[-+*/%]$/.test(token.text)) || isWord(token, "div", "mod")

const isNotNull = (expression: Tokens): boolean => !(expression.length === 1 && isWord(expression[0], "null"))

const written = (type: Tokens): string => type.map((token) => token.text).join(" ")

/** A type, and nothing behind it: `double precision`, `numeric(10, 2)`, `integer[]`. */
const isType = (type: Tokens): boolean =>
  /^\w+(?: precision| varying| unsigned| signed| integer)?(?: \( [\d ,]+ \))?(?: \[ \d* ?\])*$/i.test(written(type))

const typeValues = (type: Tokens): Values | null =>
  isType(type) ? valuesOf(written(type).replace(/^(?:un)?signed\b/i, "integer")) : null

const columnValues = (path: Tokens, sources: ReadonlyArray<NamedSource>): Values | null => {
  const table = path.length > 1 ? path.at(-3)?.text.toLowerCase() : undefined
  const meant = sources.filter(({ name }) => table === undefined || name === table)
  const columns = meant.flatMap((source) => source.columns)
  const column = path.at(-1)?.text.toLowerCase()
  const [only, ...others] = columns.filter((one) => one === null || one.name?.toLowerCase() === column)
  return others.length > 0 || columns.includes(null) ? null : (only?.values ?? null)
}

// internals: FROM

/** Something that FROM names, by its alias in lower case. */
interface NamedSource {
  readonly name: string
  readonly columns: Columns
  readonly byName: Joined["byName"]
}

const starColumns = (table: string | null, sources: ReadonlyArray<NamedSource>): Columns => {
  const meant = sources.filter(({ name }) => table === null || name === table.toLowerCase())
  if (meant.length === 0) return unknown
  const melted = table === null ? meant.flatMap(({ byName }) => byName ?? []) : []
  if (melted.includes("all")) return unknown
  // Stars of stars double with each query.
  if (meant.reduce((all, source) => all + source.columns.length, 0) > maxColumns) return unknown
  const columns = meant.flatMap((source) => source.columns)
  // Where they stand depends on the dialect.
  return melted.length === 0
    ? columns
    : [null, ...columns.filter((column) => !melted.includes(column?.name?.toLowerCase() ?? ""))]
}

const sourcesFrom = (from: Tokens, scope: Scope): ReadonlyArray<NamedSource> =>
  joinedIn(from).flatMap(({ byName, item }): ReadonlyArray<NamedSource> => {
    const { inside, kind, name, path, rest } = itemOf(item)
    const alias = aliasIn(rest)
    if (kind === "join" && alias === null) {
      const [first, ...others] = sourcesFrom(inside, scope)
      return first === undefined ? [] : [{ ...first, byName: byName ?? first.byName }, ...others]
    }
    const columns = kind === "query" ? queryColumns(inside, scope) : kind === "table" ? named(path, scope) : unknown
    return [{ name: alias?.name ?? name, columns: renamed(columns, alias?.columns ?? []), byName }]
  })

const named = (path: ReadonlyArray<string>, { common, tables }: Scope): Columns => {
  const full = path.join(".")
  const defined = common.get(full.toLowerCase())
  if (defined !== undefined) return defined
  const columns = tableNamed(tables, full)?.columns ?? []
  return columns.length === 0 ? unknown : columns.map(({ name, type }) => ({ name, values: valuesOf(type) }))
}
