/**
 * Whether a recursive WITH query is seen to end: each of its recursive arms compares what it counts with something that
 * stays where it is, in the direction of its step, or joins other rows by a condition. Pure; reads tokens. A step that is
 * no sum is taken for one that ends with any comparison.
 */
import { amount } from "./Amounts.ts"
import { comparisonIn, contrary, type Kind, mirrored } from "./Comparison.ts"
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
import { isGrowing, isNumeric, isTextual, pathsIn, sumOf } from "./Terms.ts"

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
    const starts = partsOf(all[0] ?? []).outputs
    const columns = one.columns ?? starts.map(nameOf)
    return (
      !isLimited(one.body, maxRows) &&
      recursive.some((arm) => !isBounded(arm, { columns, starts, recurring, steps: null }))
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
  /** What the columns begin with. */
  readonly starts: ReadonlyArray<Tokens>
  /** The names that lead back to the WITH query. */
  readonly recurring: ReadonlySet<string>
  /** What becomes of the columns with each turn; `null` for the arm's own. */
  readonly steps: ReadonlyArray<Tokens> | null
}

const isBounded = (arm: Tokens, { columns, recurring, starts, steps }: Recursion): boolean => {
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
    starts,
    steps: steps ?? outputs,
    own: new Set(own.map(({ name, rest }) => aliasIn(rest)?.name ?? name)),
    isAlone: others.length === 0
  }
  const conditions = [where, ...inner.map(({ on }) => on)]
  if (sources.length > own.length && !sources.some(isMatched) && !joins(where)) return false
  return (
    conditions.some((condition) => bounds(condition, turn, false)) ||
    (others.length > 0 &&
      (inner.some(({ byName }) => byName !== null) || (columns.includes(null) && conditions.some(joins)))) ||
    derived.some(({ inside }) =>
      arms(inside).every((one) => isBounded(one, { columns, starts, recurring, steps: turn.steps }))
    )
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

/** Whether not all of its rows are joined with all others: with each turn there would be so many times the rows. */
const isMatched = ({ byName, on }: Source): boolean => byName !== null || joins(on)

/** Whether one of its parts looks at two columns. */
const joins = (condition: Tokens): boolean => conjuncts(bare(condition)).some((part) => pathsIn(part, true).size > 1)

interface Turn {
  readonly columns: ReadonlyArray<string | null>
  readonly starts: ReadonlyArray<Tokens>
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

const compares = (tokens: Tokens, turn: Turn, negated: boolean): boolean => {
  if (isWord(tokens[0], "exists")) return !negated && finds(bare(tokens.slice(1)), turn)
  const found = comparisonIn(tokens)
  if (found === null) return tokens.length > 1 && holds(tokens, "other", turn)
  const { left, operator, right } = found
  // `n < 5 IS NOT NULL` is true of any number.
  if (comparisonIn(right) !== null) return false
  const kind = negated ? contrary[found.kind] : found.kind
  if (isFixed(right, turn)) return holds(left, kind, turn) && !isTextOfNumbers(left, right, turn)
  // `5 BETWEEN 1 AND n` holds no n below anything.
  if (operator === "between" || !isFixed(left, turn)) return false
  return holds(right, mirrored[kind], turn) && !isTextOfNumbers(right, left, turn)
}

/** Whether a query looks for rows of others by what the turn before made. */
const finds = (query: Tokens, turn: Turn): boolean =>
  namesRead(query).size > 0 &&
  arms(query).every((arm) => bounds(partsOf(arm).where, { ...turn, isAlone: false }, false))

/** Whether what begins as a number and is counted on is compared with a text: in SQLite it is less for ever. */
const isTextOfNumbers = (side: Tokens, fixed: Tokens, turn: Turn): boolean =>
  isTextual(fixed) &&
  columnsIn(side, turn).every((column) => {
    const at = turn.columns.indexOf(column)
    return isNumeric(turn.starts[at] ?? []) && trendOf(column, turn) !== "other" && !isTextual(turn.steps[at] ?? [])
  })

/** What each turn leaves as it is: written there, read from elsewhere, or a column that is handed on. */
const isFixed = (side: Tokens, turn: Turn): boolean =>
  columnsIn(side, turn).every((column) => trendOf(column, turn) === "same")

/** Whether it cannot be compared so for ever. All that moves in it has to move the same way. */
const holds = (side: Tokens, kind: Kind, turn: Turn): boolean => {
  // Whether a comparison is true says nothing here.
  if (comparisonIn(bare(side)) !== null) return false
  const moving = columnsIn(side, turn).flatMap((column) => {
    const trend = trendOf(column, turn)
    return trend === "same" ? [] : [{ column, trend }]
  })
  if (moving.some(({ trend }) => trend === "other")) return true
  const [way, ...others] = moving.map(({ column, trend }) => {
    const sign = sumOf(side, column)?.own ?? (isGrowing(side) ? 1 : null)
    return sign === null ? null : (trend === "up") === (sign === 1) ? "below" : "above"
  })
  return way != null && others.every((other) => other === way) && (kind === "at" || kind === way)
}

/** The columns of the turn before in it; of those in a subquery the ones that are known. */
const columnsIn = (side: Tokens, { columns, isAlone, own }: Turn): ReadonlyArray<string> => {
  const outside = pathsIn(side)
  const found = [...pathsIn(side, true)].flatMap((path) => {
    const dot = path.lastIndexOf(".")
    const column = path.slice(dot + 1)
    const mayBe = dot < 0 ? columns.includes(column) || (isAlone && outside.has(path)) : own.has(path.slice(0, dot))
    return mayBe ? [column] : []
  })
  return [...new Set(found)]
}

const trendOf = (column: string, { columns, own, steps }: Turn): "up" | "down" | "same" | "other" => {
  const step = withoutAlias(steps[columns.indexOf(column)] ?? [])
  const isForeign = step.some((token, index) => isSymbol(step[index + 1], ".") && !own.has(token.text.toLowerCase()))
  const sum = isForeign ? null : sumOf(step, column)
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
