/**
 * Whether a recursive WITH query is seen to end: each of its recursive arms compares what it counts with something that
 * stays where it is, in the direction of its step, or joins other rows by a condition. Pure; reads tokens. A step that is
 * no sum is taken for one that ends with any comparison.
 */
import { amount } from "./Amounts.ts"
import { isSymbol, isWord } from "./FunctionCalls.ts"
import {
  aliasIn,
  arms,
  bare,
  type Definition,
  definitions,
  fromClauses,
  isName,
  type Item,
  itemOf,
  type Joined,
  joinedIn,
  levelFrom,
  partsOf,
  split,
  type Tokens
} from "./SelectTokens.ts"
import type { Token } from "./SqlLexer.ts"
import { pathsIn, sumOf } from "./Terms.ts"

/** The name of the first recursion that nothing ends; `null` if there is none. */
export const endlessRecursion = (tokens: Tokens, maxRows: number): string | null => {
  const defined = definitions(tokens)
  const reads = new Map(defined.map(({ body, name }) => [name, namesRead(body)]))
  const reaches = (from: string, name: string, seen: Set<string> = new Set()): boolean => {
    if (from === name) return true
    if (seen.has(from)) return false
    seen.add(from)
    return [...(reads.get(from) ?? [])].some((next) => reaches(next, name, seen))
  }
  const isEndless = (one: Definition): boolean => {
    const all = arms(one.body)
    const recurring = new Set(defined.flatMap(({ name }) => (reaches(name, one.name) ? [name] : [])))
    const recursive = all.filter((arm) => [...namesRead(arm)].some((name) => recurring.has(name)))
    // What reads nothing but itself is no recursion: databases refuse it, or mean the table that has its name.
    if (all.length === 1 && recursive.every((arm) => namesRead(arm).has(one.name))) return false
    const columns = one.columns ?? partsOf(all[0] ?? []).outputs.map(nameOf)
    return (
      !isLimited(one.body, maxRows) && recursive.some((arm) => !isBounded(arm, { columns, recurring, steps: null }))
    )
  }
  return defined.find(isEndless)?.name ?? null
}

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** Every name that a FROM reads, at whatever depth. */
const namesRead = (tokens: Tokens): ReadonlySet<string> =>
  new Set(
    fromClauses(tokens)
      .flatMap(sourcesIn)
      .flatMap(({ kind, name }) => (kind === "table" ? [name] : []))
  )

type Source = Joined & Item

/** What FROM joins, with what joins in parentheses do. */
const sourcesIn = (from: Tokens): ReadonlyArray<Source> =>
  joinedIn(from).flatMap((joined) => {
    const source = { ...joined, ...itemOf(joined.item) }
    if (source.kind !== "join") return [source]
    const inner = sourcesIn(source.inside).map((one) => ({ ...one, isOuter: one.isOuter || joined.isOuter }))
    return [source, ...inner]
  })

/** LIMIT or FETCH behind all arms, of no more than so many rows; a negative one is none in SQLite. */
const isLimited = (body: Tokens, maxRows: number): boolean => {
  const limit = levelFrom(body, -1).find(({ token }) => isWord(token, "limit", "fetch"))
  if (limit === undefined) return false
  const rows = body.slice(limit.index + 1).filter((token) => !isWord(token, ...besideLimit))
  const most = rows.length === 0 || rows.some((token) => isSymbol(token, "-")) ? null : amount(rows)
  return most !== null && most <= maxRows
}

const besideLimit = "offset first next row rows only".split(" ")

interface Recursion {
  /** Of the WITH query, in lower case; `null` where they are not known. */
  readonly columns: ReadonlyArray<string | null>
  /** The names that lead back to the WITH query. */
  readonly recurring: ReadonlySet<string>
  /** What becomes of the columns with each turn; `null` for the arm's own. */
  readonly steps: ReadonlyArray<Tokens> | null
}

const isBounded = (arm: Tokens, { columns, recurring, steps }: Recursion): boolean => {
  const { from, outputs, where } = partsOf(arm)
  const sources = sourcesIn(from)
  const inner = sources.filter(({ isOuter }) => !isOuter)
  const derived = sources.filter(
    ({ inside, kind }) =>
      kind === "query" && inside.some((token) => isName(token) && recurring.has(token.text.toLowerCase()))
  )
  const own = [...derived, ...sources.filter(({ name }) => recurring.has(name))]
  const others = sources.filter((one) => !own.includes(one) && hasRows(one))
  const turn: Turn = {
    columns: own.reduce(columnsOf, columns),
    steps: steps ?? outputs,
    own: new Set(own.map(({ name, rest }) => aliasIn(rest)?.name ?? name)),
    isAlone: others.length === 0
  }
  const conditions = [where, ...inner.map(({ on }) => on)]
  return (
    conditions.some((condition) => bounds(condition, turn, false)) ||
    (others.length > 0 && (inner.some(({ byName }) => byName !== null) || conditions.some(joins))) ||
    derived.some(({ inside }) => arms(inside).every((one) => isBounded(one, { columns, recurring, steps: turn.steps })))
  )
}

/** What the columns are called behind an alias, or behind a query that only selects them. */
const columnsOf = (columns: Turn["columns"], { inside, kind, rest }: Source): Turn["columns"] => {
  const named = aliasIn(rest)?.columns ?? []
  const outputs = kind === "query" ? partsOf(arms(inside)[0] ?? []).outputs : []
  const selected = columns.map((column) => {
    const output = outputs.find((one) => column !== null && nameOf(withoutAlias(one)) === column)
    return (output && nameOf(output)) ?? column
  })
  return selected.map((column, index) => named[index]?.toLowerCase() ?? column)
}

/** Whether rows come from it that the recursion does not make: not of a series, and not of what is written there. */
const hasRows = ({ inside, kind, name }: Source): boolean =>
  kind === "table" ||
  (kind === "call" ? name !== "generate_series" && pathsIn(inside).size > 0 : namesRead(inside).size > 0)

/** Whether one of its parts looks at two columns. */
const joins = (condition: Tokens): boolean => conjuncts(bare(condition)).some((part) => pathsIn(part, true).size > 1)

interface Turn {
  readonly columns: ReadonlyArray<string | null>
  readonly steps: ReadonlyArray<Tokens>
  /** What the rows of the turn before are called. */
  readonly own: ReadonlySet<string>
  /** No other rows are joined with them. */
  readonly isAlone: boolean
}

const bounds = (condition: Tokens, turn: Turn, negated: boolean): boolean => {
  const tokens = bare(condition)
  const either = split(tokens, (token) => isWord(token, "or", "xor"))
  const both = (part: Tokens) => bounds(part, turn, negated)
  if (either.length > 1) {
    return negated ? either.some(({ tokens: part }) => both(part)) : either.every(({ tokens: part }) => both(part))
  }
  const all = conjuncts(tokens)
  if (all.length > 1) return negated ? all.every(both) : all.some(both)
  if (isWord(tokens[0], "not")) return bounds(tokens.slice(1), turn, !negated)
  return tokens.length > 0 && compares(tokens, turn, negated)
}

/** The parts between the ANDs that are not BETWEEN's. */
const conjuncts = (tokens: Tokens): ReadonlyArray<Tokens> => {
  let between = 0
  return split(tokens, (token) => {
    if (isWord(token, "between")) between += 1
    if (!isWord(token, "and")) return false
    between -= 1
    return between < 0 ? ((between = 0), true) : false
  }).map((part) => part.tokens)
}

/** How a comparison holds a value: below, above, at or off something, or in a way that does not say. */
type Kind = "below" | "above" | "at" | "off" | "other"

const kinds: ReadonlyMap<string, Kind> = new Map([
  ["<", "below"],
  ["<=", "below"],
  [">", "above"],
  [">=", "above"],
  ["=", "at"],
  ["==", "at"],
  ["<=>", "at"],
  ["<>", "off"],
  ["!=", "off"],
  ["between", "at"],
  ["in", "at"],
  ...["like", "ilike", "glob", "regexp", "rlike", "similar", "is"].map((word) => [word, "other"] as const)
])

const contrary: { readonly [kind in Kind]: Kind } = {
  below: "above",
  above: "below",
  at: "off",
  off: "at",
  other: "other"
}

const mirrored: { readonly [kind in Kind]: Kind } = { ...contrary, at: "at", off: "off" }

interface Comparison {
  readonly left: Tokens
  readonly kind: Kind
  readonly right: Tokens
}

const comparisonIn = (tokens: Tokens): Comparison | null => {
  for (const { index, token } of levelFrom(tokens, -1)) {
    let end = index + 1
    let operator = token.text
    if (token.kind === "symbol") {
      if (!isOperating(token) || follows(tokens[index - 1], token)) continue
      while (follows(tokens[end - 1], tokens[end])) end += 1
      // `n=-1` compares with a negative number.
      while (end > index + 1 && isSymbol(tokens[end - 1], "-")) end -= 1
      operator = tokens
        .slice(index, end)
        .map(({ text }) => text)
        .join("")
    } else if (token.kind !== "word") continue
    const kind = kinds.get(operator)
    if (kind === undefined) continue
    const isNegated = isWord(tokens[index - 1], "not")
    const left = tokens.slice(0, isNegated ? index - 1 : index)
    return { left, kind: isNegated ? contrary[kind] : kind, right: tokens.slice(end) }
  }
  return null
}

const isOperating = (token: Token | undefined): boolean =>
  token?.kind === "symbol" && /^[<>=!@#&|~?-]$/.test(token.text)

/** Whether both are of one operator. */
const follows = (before: Token | undefined, token: Token | undefined): boolean =>
  isOperating(before) && isOperating(token) && before?.end === token?.start

const compares = (tokens: Tokens, turn: Turn, negated: boolean): boolean => {
  const found = comparisonIn(tokens)
  if (found === null) return tokens.length > 1 && holds(tokens, isWord(tokens[0], "exists") ? "at" : "other", turn)
  const kind = negated ? contrary[found.kind] : found.kind
  if (isFixed(found.right, turn)) return holds(found.left, kind, turn)
  return isFixed(found.left, turn) && holds(found.right, mirrored[kind], turn)
}

/** What each turn leaves as it is: written there, read from elsewhere, or a column that is handed on. */
const isFixed = (side: Tokens, turn: Turn): boolean =>
  columnsIn(side, turn).every((column) => trendOf(column, turn) === "same")

const holds = (side: Tokens, kind: Kind, turn: Turn): boolean =>
  // Whether a comparison is true says nothing here.
  comparisonIn(bare(side)) === null &&
  columnsIn(side, turn).some((column) => {
    const trend = trendOf(column, turn)
    if (trend === "same" || trend === "other") return trend === "other"
    const isTurned = sumOf(side, column)?.own === -1
    return kind === "at" || kind === ((trend === "up") === isTurned ? "above" : "below")
  })

/** The columns of the turn before in it; of those in a subquery the ones that are known. */
const columnsIn = (side: Tokens, { columns, isAlone, own }: Turn): ReadonlyArray<string> => {
  const outside = pathsIn(side)
  const found = [...pathsIn(side, true)].flatMap((path) => {
    const dot = path.lastIndexOf(".")
    const column = path.slice(dot + 1)
    const mayBe = columns.includes(column) || (isAlone && outside.has(path))
    return mayBe && (dot < 0 || own.has(path.slice(0, dot))) ? [column] : []
  })
  return [...new Set(found)]
}

const trendOf = (column: string, { columns, steps }: Turn): "up" | "down" | "same" | "other" => {
  const step = steps[columns.indexOf(column)]
  const sum = step === undefined ? null : sumOf(withoutAlias(step), column)
  if (sum === null || sum.own !== 1) return "other"
  const [first, ...rest] = sum.others
  if (first === undefined) return "same"
  return rest.some((sign) => sign !== first) ? "other" : first === 1 ? "up" : "down"
}

const nameOf = (output: Tokens): string | null => {
  const last = output.at(-1)
  return isName(last) ? last.text.toLowerCase() : null
}

/** Without the name behind an expression that has ended. */
const withoutAlias = (output: Tokens): Tokens => {
  const [before, last] = output.slice(-2)
  if (last === undefined || !isName(last)) return output
  if (isWord(before, "as")) return output.slice(0, -2)
  return before?.kind !== "symbol" || before.text === ")" ? output.slice(0, -1) : output
}
