/** Reads FROM clauses off the tokens: which tables they name, and what must not stand there. Pure, best effort. */
import { isQueryBody, isSymbol, isWord, closing } from "./FunctionCalls.ts"
import type { Token } from "./SqlLexer.ts"

export interface TableReferences {
  /** Unquoted names in lower case, qualified ones joined with dots; without the names that WITH defines. */
  readonly tables: ReadonlyArray<string>
  /** True where a string stands for a table: SQLite takes it for a name, other engines for a file to read. */
  readonly stringAsTable: boolean
}

/** What the FROM clauses of the statement refer to. */
export const tableReferences = (tokens: ReadonlyArray<Token>): TableReferences => {
  const defined = new Set<string>()
  const tables: Array<string> = []
  const groups: Array<Group> = [{ opener: "", inFrom: false }]
  let stringAsTable = false
  tokens.forEach((token, index) => {
    const group = groups.at(-1) ?? { opener: "", inFrom: false }
    const before = tokens[index - 1]
    const startsTable = group.inFrom && beginsTable(before, group)
    if (isSymbol(token, "(")) {
      groups.push({ opener: before?.kind === "word" ? before.text : "", inFrom: startsTable })
    } else if (isSymbol(token, ")")) {
      groups.pop()
    } else if (token.kind === "string") {
      stringAsTable ||= startsTable
    } else if (token.kind === "word" || token.kind === "identifier") {
      if (isQueryBody(tokens, afterColumnList(tokens, index))) defined.add(token.text.toLowerCase())
      if (startsTable && !isSymbol(tokens[index + 1], "(") && !isWord(token, ...notTables)) {
        tables.push(qualifiedName(tokens, index))
      }
      if (token.kind === "word")
        group.inFrom = isFrom(token, group, before) || (group.inFrom && !endsFrom.has(token.text))
    }
  })
  return { tables: unique(tables.filter((table) => !defined.has(table.toLowerCase()))), stringAsTable }
}

// -----------------------------------------------------------------------------
// internals

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

const notTables = ["select", "with", "values", "lateral", "only", "rows", "dual", "unnest", "as"]

const isFrom = (token: Token, group: Group, before: Token | undefined): boolean =>
  isWord(token, "join", "straight_join") ||
  (isWord(token, "from") && !fromFunctions.has(group.opener) && !isWord(before, "distinct"))

const beginsTable = (before: Token | undefined, group: Group): boolean =>
  isWord(before, "from", "join", "straight_join", "only") ||
  isSymbol(before, ",") ||
  (isSymbol(before, "(") && group.inFrom)

const afterColumnList = (tokens: ReadonlyArray<Token>, index: number): number =>
  isSymbol(tokens[index + 1], "(") ? closing(tokens, index + 1) + 1 : index + 1

const qualifiedName = (tokens: ReadonlyArray<Token>, start: number): string => {
  const parts: Array<string> = []
  for (let index = start; ; index += 2) {
    parts.push(tokens[index]?.text ?? "")
    if (!isSymbol(tokens[index + 1], ".")) return parts.join(".")
  }
}

const unique = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const first = new Map<string, string>()
  for (const name of names) if (!first.has(name.toLowerCase())) first.set(name.toLowerCase(), name)
  return [...first.values()]
}
