/** Reads FROM clauses off the tokens, for what must not stand in them. Pure. */
import { isSymbol, isWord } from "./FunctionCalls.ts"
import type { Token } from "./SqlLexer.ts"

/** True where a string stands for a table: SQLite takes it for a name, other engines for a file to read. */
export const hasStringAsTable = (tokens: ReadonlyArray<Token>): boolean => {
  const groups: Array<Group> = [{ opener: "", inFrom: false }]
  for (const [index, token] of tokens.entries()) {
    const group = groups.at(-1) ?? { opener: "", inFrom: false }
    const before = tokens[index - 1]
    const startsTable = group.inFrom && beginsTable(before, group)
    if (token.kind === "string" && startsTable) return true
    if (isSymbol(token, "(")) groups.push({ opener: before?.kind === "word" ? before.text : "", inFrom: startsTable })
    else if (isSymbol(token, ")")) groups.pop()
    else if (token.kind === "word")
      group.inFrom = isFrom(token, group, before) || (group.inFrom && !endsFrom.has(token.text))
  }
  return false
}

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** One pair of parentheses, or the whole statement. */
interface Group {
  readonly opener: string
  inFrom: boolean
}

/** Functions whose arguments are separated by FROM. */
const fromFunctions = new Set(["extract", "substring", "trim", "overlay", "position"])

/** Not ON or USING: behind their condition a comma names the next table. */
const endsFrom = new Set(
  "select where group having order limit offset window union intersect except values fetch for".split(" ")
)

const isFrom = (token: Token, group: Group, before: Token | undefined): boolean =>
  isWord(token, "join", "straight_join") ||
  (isWord(token, "from") && !fromFunctions.has(group.opener) && !isWord(before, "distinct"))

const beginsTable = (before: Token | undefined, group: Group): boolean =>
  isWord(before, "from", "join", "straight_join", "only") ||
  isSymbol(before, ",") ||
  (isSymbol(before, "(") && group.inFrom)
