/** How many rows the series of a statement make together, and how long the texts are that it puts together. Pure. */
import { amount, madeBy } from "./Amounts.ts"
import { isSymbol, isWord } from "./FunctionCalls.ts"
import {
  arms,
  bare,
  type Definition,
  definitions,
  fromClauses,
  isName,
  isPath,
  itemOf,
  type Joined,
  joinedIn,
  levelFrom,
  partsOf,
  split,
  type Tokens
} from "./SelectTokens.ts"
import type { Token } from "./SqlLexer.ts"

/** The most rows that one FROM makes of series, subqueries and WITH queries included, each joined with all others. */
export const mostRows = (tokens: Tokens): number => {
  const series = new Series(definitions(tokens))
  const selected = arms(tokens).map((arm) => series.arm(arm))
  return Math.max(...selected, ...fromClauses(tokens).map((from) => series.joined(from)))
}

/** The most characters that an aggregate puts together of texts that the statement makes. */
export const mostCharacters = (tokens: Tokens): number => {
  if (!tokens.some((token, index) => isWord(token, ...collecting) && isSymbol(tokens[index + 1], "("))) return 0
  const made = tokens.map((token, index) => (isWord(token, "generate_series") ? 0 : madeBy(tokens, index)))
  return Math.max(0, ...made) * Math.max(rowsOfTable, mostRows(tokens))
}

// -----------------------------------------------------------------------------
// internals

const collecting =
  `string_agg group_concat array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg json_group_array
   json_group_object json_arrayagg json_objectagg`.split(/\s+/)

/** A table shows none of its rows; so many it may well have. */
const rowsOfTable = 1000

class Series {
  readonly #defined: ReadonlyArray<Definition>
  /** By name; 1 while it is being counted, because a recursion has its own bounds. */
  readonly #counted = new Map<string, number>()
  /** By its first token: each FROM around a query looks into it. */
  readonly #queries = new Map<Token | undefined, number>()

  constructor(defined: ReadonlyArray<Definition>) {
    this.#defined = defined
  }

  joined(from: Tokens): number {
    return joinedIn(from).reduce((rows, one) => {
      const made = this.#item(one.item)
      return this.#isKeyed(one) ? Math.max(rows, made) : rows * made
    }, 1)
  }

  #item(item: Tokens): number {
    const { inside, kind, name } = itemOf(item)
    if (kind === "query") return this.#query(inside)
    if (kind === "join") return this.joined(inside)
    if (kind === "table") return this.#named(name)
    const at = item.findIndex((_, index) => isSymbol(item[index + 1], "("))
    return name === "generate_series" ? Math.max(1, madeBy(item, at)) : 1
  }

  #named(name: string): number {
    const counted = this.#counted.get(name)
    if (counted !== undefined) return counted
    this.#counted.set(name, 1)
    const bodies = this.#defined.filter((one) => one.name === name)
    const rows = Math.max(1, ...bodies.flatMap(({ body }) => [turnsOf(name, body), this.#query(body)]))
    this.#counted.set(name, rows)
    return rows
  }

  #query(query: Tokens): number {
    const inner = bare(query)
    const known = this.#queries.get(inner[0])
    if (known !== undefined) return known
    const rows = arms(inner).reduce((all, arm) => all + this.arm(arm), 0)
    const most = Math.min(rows, limitOf(inner))
    this.#queries.set(inner[0], most)
    return most
  }

  arm(arm: Tokens): number {
    const { from, isGrouped, outputs } = partsOf(arm)
    const isOneRow = !isGrouped && outputs.some((output) => output.some((_, index) => isAggregate(output, index)))
    return (isOneRow ? 1 : this.joined(from)) * Math.max(1, ...outputs.map(selectedBy))
  }

  /** Each row finds its own on the other side: columns are compared, and none of them is the same in all rows. */
  #isKeyed({ byName, item, on }: Joined): boolean {
    if (this.#isConstant(item)) return false
    return (
      byName !== null ||
      split(on, (token) => isWord(token, "and")).some(({ tokens: condition }) => {
        const [left, right, ...others] = split(condition, (token) => isSymbol(token, "="))
        if (left === undefined || right === undefined || others.length > 0) return false
        return areKeys(left.tokens, right.tokens)
      })
    )
  }

  /** A query that selects something without a name in it. */
  #isConstant(item: Tokens): boolean {
    const { inside, kind, name } = itemOf(item)
    const queries =
      kind === "query" ? [inside] : this.#defined.filter((one) => one.name === name).map(({ body }) => body)
    return queries
      .flatMap((query) => {
        const all = arms(query)
        // What a recursion begins with is in one of its rows.
        return all.filter((arm) => !all.some((other) => reads(other, name)) || reads(arm, name))
      })
      .flatMap((arm) => partsOf(arm).outputs)
      .some((output) => output[0]?.kind === "number" || output[0]?.kind === "string")
  }
}

const reads = (arm: Tokens, name: string): boolean =>
  name !== "" && arm.some((token) => isName(token) && token.text.toLowerCase() === name)

const limitOf = (query: Tokens): number => {
  const limit = levelFrom(query, -1).find(({ token }) => isWord(token, "limit"))
  return (limit && amount(query.slice(limit.index + 1))) ?? Infinity
}

/** By itself a recursion may count on: what it is compared with may be an amount, which is reached in great steps. */
const mostTurns = 1_000_000

/** How far a recursion counts, from what it begins with to what it is compared with; 0 for what is none. */
const turnsOf = (name: string, body: Tokens): number => {
  const inner = bare(body)
  const [first = [], ...others] = arms(inner)
  if (!others.some((arm) => reads(arm, name))) return 0
  const starts = partsOf(first).outputs.flatMap((output) => amount(output) ?? [])
  const ends = others.flatMap((arm) => arm.flatMap((token, at) => (isEnd(arm, at) ? [Number(token.text)] : [])))
  const counted = ends.flatMap((end) => (starts.length === 0 ? [end] : starts.map((start) => Math.abs(end - start))))
  const limit = limitOf(inner)
  const turns = counted.length === 0 ? (Number.isFinite(limit) ? limit : 1) : Math.min(limit, Math.max(...counted) + 1)
  return Math.min(turns, mostTurns)
}

/** A number that something is compared with, whatever its sign. */
const isEnd = (tokens: Tokens, index: number): boolean => {
  if (tokens[index]?.kind !== "number") return false
  const before = tokens[isSymbol(tokens[index - 1], "-") ? index - 2 : index - 1]
  const compares = (token: Token | undefined) => token?.kind === "symbol" && /^[<>=!]$/.test(token.text)
  return isWord(before, "between", "and") || compares(before) || compares(tokens[index + 1])
}

/** Rows that a series among the columns makes of each row. */
const selectedBy = (output: Tokens): number =>
  output.some((token) => isWord(token, "select"))
    ? 0
    : Math.max(0, ...output.map((token, index) => (isWord(token, "generate_series") ? madeBy(output, index) : 0)))

/** A column, or what is added to one: each side of its own. */
const areKeys = (one: Tokens, other: Tokens): boolean => {
  if (isPath(one) && isPath(other)) return one[0]?.text !== other[0]?.text
  const [these, those] = [one, other].map(qualifiers)
  return (
    ![...one, ...other].some((token) => token.kind === "symbol" && !/^[-+.]$/.test(token.text)) &&
    [these, those].every((names) => names !== undefined && names.length > 0) &&
    these?.some((name) => those?.includes(name)) === false
  )
}

const qualifiers = (side: Tokens): ReadonlyArray<string> =>
  side.flatMap((token, index) => (isSymbol(side[index + 1], ".") ? [token.text.toLowerCase()] : []))

const aggregates =
  "count sum avg min max total string_agg array_agg group_concat json_agg jsonb_agg bool_or bool_and".split(" ")

/** An aggregate that is no window function: it leaves one row where nothing is grouped. */
const isAggregate = (output: Tokens, index: number): boolean =>
  isWord(output[index], ...aggregates) &&
  isSymbol(output[index + 1], "(") &&
  !output.some((token) => isWord(token, "over"))
