/**
 * The parts of a SELECT as tokens, for walls that look at a statement in the reading all dialects share. Pure; the lexer
 * made sure that parentheses match.
 */
import { closing, isSymbol, isWord, queryBodyBehind } from "./FunctionCalls.ts"
import type { Token } from "./SqlLexer.ts"

export type Tokens = ReadonlyArray<Token>

export interface Placed {
  readonly token: Token
  readonly index: number
}

/** Words that end a FROM clause, and the columns of a SELECT that has none. */
const behindOutputs = "where group having order limit offset fetch window union intersect except".split(" ")

export const isName = (token: Token | undefined): token is Token =>
  token?.kind === "word" || token?.kind === "identifier"

/** `column`, `table.column`, `schema.table.column`. */
export const isPath = (tokens: Tokens): boolean =>
  tokens.length % 2 === 1 && tokens.every((token, index) => (index % 2 === 0 ? isName(token) : isSymbol(token, ".")))

/** The tokens behind `start` that are nested no deeper, up to the parenthesis that closes around them or one of these. */
export const levelFrom = (tokens: Tokens, start: number, ends: ReadonlyArray<string> = []): ReadonlyArray<Placed> => {
  const level: Array<Placed> = []
  for (let index = start + 1; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined || isSymbol(token, ")") || isWord(token, ...ends)) break
    level.push({ token, index })
    if (isSymbol(token, "(")) index = closing(tokens, index)
  }
  return level
}

/** What stands between the tokens of this level that `separates` names, with the one before it. */
export const split = (
  tokens: Tokens,
  separates: (token: Token, next: Token | undefined) => boolean
): ReadonlyArray<{ readonly by: Token | null; readonly tokens: Tokens }> => {
  const parts: Array<{ by: Token | null; tokens: Tokens }> = []
  let [by, from]: [Token | null, number] = [null, 0]
  for (const { index, token } of levelFrom(tokens, -1)) {
    if (!separates(token, tokens[index + 1])) continue
    parts.push({ by, tokens: tokens.slice(from, index) })
    by = token
    from = index + 1
  }
  return [...parts, { by, tokens: tokens.slice(from) }]
}

/** Without parentheses that stand around all of it. */
export const bare = (tokens: Tokens): Tokens =>
  isSymbol(tokens[0], "(") && closing(tokens, 0) === tokens.length - 1 ? bare(tokens.slice(1, -1)) : tokens

const isQuery = (tokens: Tokens): boolean =>
  isWord(
    tokens.find((token) => !isSymbol(token, "(")),
    "select",
    "with",
    "values"
  )

/** A name that WITH defines. */
export interface Definition {
  /** In lower case. */
  readonly name: string
  readonly columns: ReadonlyArray<string> | null
  readonly body: Tokens
}

/** The names that WITH defines anywhere in the statement. */
export const definitions = (tokens: Tokens): ReadonlyArray<Definition> =>
  tokens.flatMap((_, index) => definitionAt(tokens, index))

/** The names that the query's own WITH defines. */
export const definedBy = (query: Tokens): ReadonlyArray<Definition> =>
  isWord(query[0], "with") ? levelFrom(query, 0).flatMap(({ index }) => definitionAt(query, index)) : []

/** The arms of a UNION, INTERSECT or EXCEPT; a query without one is its only arm. */
export const arms = (query: Tokens): ReadonlyArray<Tokens> =>
  split(behindWith(bare(query)), (token) => isWord(token, "union", "intersect", "except")).map(({ tokens }) =>
    behindWith(bare(isWord(tokens[0], "all", "distinct") ? tokens.slice(1) : tokens))
  )

export interface Parts {
  /** The expressions between the commas, without DISTINCT in front of them. */
  readonly outputs: ReadonlyArray<Tokens>
  readonly from: Tokens
  readonly where: Tokens
  readonly isGrouped: boolean
}

/** The clauses of one SELECT. */
export const partsOf = (select: Tokens): Parts => {
  const starts = levelFrom(select, -1).filter(
    ({ index, token }) =>
      isWord(token, ...behindOutputs) || (isWord(token, "from") && !isWord(select[index - 1], "distinct"))
  )
  const clause = (is: (start: Placed) => boolean): Tokens => {
    const at = starts.findIndex(is)
    const start = starts[at]
    return start === undefined ? [] : select.slice(start.index + 1, starts[at + 1]?.index)
  }
  const columns = select.slice(1, starts[0]?.index)
  return {
    outputs: split(columns.slice(distinct(columns)), (token) => isSymbol(token, ",")).map(({ tokens }) => tokens),
    from: clause(({ token }) => isWord(token, "from")),
    where: clause(({ token }) => isWord(token, "where")),
    isGrouped: starts.some(({ token }) => isWord(token, "group"))
  }
}

/** What stands behind each FROM, at whatever depth. */
export const fromClauses = (tokens: Tokens): ReadonlyArray<Tokens> =>
  tokens.flatMap((token, index) => {
    if (!isWord(token, "from") || isWord(tokens[index - 1], "distinct")) return []
    const last = levelFrom(tokens, index, behindOutputs).at(-1)
    if (last === undefined) return []
    const end = isSymbol(last.token, "(") ? closing(tokens, last.index) : last.index
    return [tokens.slice(index + 1, end + 1)]
  })

/** One of the things that FROM joins. */
export interface Joined {
  readonly item: Tokens
  /** Behind ON. */
  readonly on: Tokens
  /** The columns behind USING, in lower case; all that both sides have where it is NATURAL; `null` for neither. */
  readonly byName: ReadonlyArray<string> | "all" | null
  /** Rows of one side stay, whatever the condition says. */
  readonly isOuter: boolean
}

const joining = "join inner left right full outer cross natural straight_join".split(" ")

export const joinedIn = (from: Tokens): ReadonlyArray<Joined> => {
  const joined: Array<Joined> = []
  let [isOuter, isNatural] = [false, false]
  for (const { by, tokens } of split(from, isJoining)) {
    isOuter ||= isWord(by ?? undefined, "left", "right", "full")
    isNatural ||= isWord(by ?? undefined, "natural")
    if (tokens.length === 0) continue
    const [item, condition] = split(tokens, (token) => isWord(token, "on", "using"))
    const isUsing = isWord(condition?.by ?? undefined, "using")
    const named = condition?.tokens.filter(isName).map(({ text }) => text.toLowerCase()) ?? []
    joined.push({
      item: item?.tokens ?? [],
      on: isUsing ? [] : (condition?.tokens ?? []),
      byName: isNatural ? "all" : isUsing ? named : null,
      isOuter
    })
    isOuter = isNatural = false
  }
  return joined
}

/** What an item of FROM is. */
export interface Item {
  readonly kind: "query" | "join" | "call" | "table"
  /** Of a function, or of a table without a schema, in lower case. */
  readonly name: string
  /** Between its parentheses. */
  readonly inside: Tokens
  /** The parts of its name. */
  readonly path: ReadonlyArray<string>
  /** What follows: its alias. */
  readonly rest: Tokens
}

export const itemOf = (item: Tokens): Item => {
  const start = isWord(item[0], "lateral", "only") && item.length > 1 ? 1 : 0
  const within = (open: number) => {
    const close = closing(item, open)
    return { inside: item.slice(open + 1, close), rest: item.slice(close + 1) }
  }
  if (isSymbol(item[start], "(")) {
    const inner = within(start)
    return { kind: isQuery(inner.inside) ? "query" : "join", name: "", path: [], ...inner }
  }
  let last = start
  while (isSymbol(item[last + 1], ".")) last += 2
  const path = item.slice(start, last + 1).flatMap((token) => (isSymbol(token, ".") ? [] : [token.text]))
  const name = item[last]?.text.toLowerCase() ?? ""
  return isSymbol(item[last + 1], "(")
    ? { kind: "call", name, path, ...within(last + 1) }
    : { kind: "table", name: path.length === 1 ? name : "", path, inside: [], rest: item.slice(last + 1) }
}

/** The alias of an item, by what follows its name. */
export const aliasIn = (rest: Tokens): { readonly name: string; readonly columns: ReadonlyArray<string> } | null => {
  const at = isWord(rest[0], "as") ? 1 : 0
  const alias = rest[at]
  if (!isName(alias) || (at === 0 && isWord(alias, ...behindTable))) return null
  const columns = isSymbol(rest[at + 1], "(") ? rest.slice(at + 2, closing(rest, at + 1)).filter(isName) : []
  return { name: alias.text.toLowerCase(), columns: columns.map(({ text }) => text) }
}

// -----------------------------------------------------------------------------
// internals

/** What follows a table's name and is no alias. */
const behindTable = "use force ignore indexed not for tablesample partition with".split(" ")

const definitionAt = (tokens: Tokens, index: number): ReadonlyArray<Definition> => {
  const token = tokens[index]
  const as = isName(token) ? queryBodyBehind(tokens, index) : null
  if (!isName(token) || as === null) return []
  const open = tokens.findIndex((one, at) => at > as && isSymbol(one, "("))
  const columns = isSymbol(tokens[index + 1], "(") ? tokens.slice(index + 2, as - 1).filter(isName) : null
  return [
    {
      name: token.text.toLowerCase(),
      columns: columns?.map(({ text }) => text.toLowerCase()) ?? null,
      body: tokens.slice(open + 1, closing(tokens, open))
    }
  ]
}

/** How many tokens say ALL, DISTINCT or DISTINCT ON (…). */
const distinct = (columns: Tokens): number => {
  if (!isWord(columns[0], "all", "distinct")) return 0
  return isWord(columns[1], "on") && isSymbol(columns[2], "(") ? closing(columns, 2) + 1 : 1
}

/** LEFT and RIGHT are functions too. */
const isJoining = (token: Token, next: Token | undefined): boolean =>
  isSymbol(token, ",") || (isWord(token, ...joining) && !(isWord(token, "left", "right") && isSymbol(next, "(")))

/** The query behind its WITH. */
const behindWith = (query: Tokens): Tokens =>
  isWord(query[0], "with")
    ? query.slice(levelFrom(query, 0).find(({ token }) => isWord(token, "select", "values"))?.index ?? 0)
    : query
