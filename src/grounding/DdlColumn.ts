/** Reads the items between the brackets of a `CREATE TABLE`: columns and constraints, in any dialect. */
import { type DdlToken, isSymbol, isWord } from "./DdlLexer.ts"
import { enumValues, isSqlType } from "./SqlType.ts"
import type { ColumnShape, TableReference } from "./TableShape.ts"
import { wordList } from "./WordList.ts"

/** What refers to another table; `columns` is empty where the column that it stands at is meant. */
export interface DdlReference {
  readonly columns: ReadonlyArray<string>
  readonly to: TableReference
  readonly toColumns: ReadonlyArray<string>
}

/** One item: a column, what a constraint says of columns, or both. */
export interface DdlItem {
  readonly column: ColumnShape | null
  /** The columns of a `PRIMARY KEY (…)`. */
  readonly primaryKey: ReadonlyArray<string>
  readonly references: ReadonlyArray<DdlReference>
  /** What is allowed in a column by a `CHECK (… IN (…))`. */
  readonly checks: ReadonlyArray<{ readonly column: string; readonly values: ReadonlyArray<string> }>
}

export const readItem = (sql: string, tokens: ReadonlyArray<DdlToken>): DdlItem => {
  if (beginsConstraint(tokens)) return { column: null, ...constraintsIn(tokens, null) }
  const [name] = tokens
  if (name === undefined || (name.kind !== "word" && name.kind !== "name" && name.kind !== "string")) return nothing
  const typeEnd = typeLength(tokens)
  const type = typeEnd === 1 ? "" : sql.slice(tokens[1]?.start, tokens[typeEnd - 1]?.end).replaceAll(/\s+/g, " ")
  const { primaryKey, ...rest } = constraintsIn(tokens.slice(typeEnd), name.text)
  return {
    column: {
      name: name.text,
      type,
      primaryKey: primaryKey.length > 0,
      description: commentIn(tokens.slice(typeEnd)),
      values: enumValues(type)
    },
    primaryKey: [],
    ...rest
  }
}

/** The items between two brackets: split at the commas that stand in no deeper bracket. */
export const splitItems = (tokens: ReadonlyArray<DdlToken>): ReadonlyArray<ReadonlyArray<DdlToken>> => {
  const items: Array<Array<DdlToken>> = [[]]
  let depth = 0
  for (const token of tokens) {
    if (isSymbol(token, "(")) depth++
    if (isSymbol(token, ")")) depth--
    if (depth === 0 && isSymbol(token, ",")) items.push([])
    else items.at(-1)?.push(token)
  }
  return items.filter((item) => item.length > 0)
}

/** Where the bracket that opens at `open` is closed; -1 if it is not. */
export const closingBracket = (tokens: ReadonlyArray<DdlToken>, open: number): number => {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    if (isSymbol(tokens[at], "(")) depth++
    if (isSymbol(tokens[at], ")") && --depth === 0) return at
  }
  return -1
}

/** A name of up to three parts at `at`, and where it ends. */
export const readName = (
  tokens: ReadonlyArray<DdlToken>,
  at: number
): { readonly table: TableReference; readonly end: number } | undefined => {
  const parts: Array<string> = []
  let end = at
  while (true) {
    const part = tokens[end]
    if (part === undefined || (part.kind !== "word" && part.kind !== "name")) break
    parts.push(part.text)
    end++
    if (!isSymbol(tokens[end], ".")) break
    end++
  }
  const name = parts.at(-1)
  return name === undefined || name.trim() === "" ? undefined : { table: { name, schema: parts.at(-2) ?? null }, end }
}

// -----------------------------------------------------------------------------
// internals

const nothing: DdlItem = { column: null, primaryKey: [], references: [], checks: [] }

/** Unquoted words that begin a constraint; `key`, `index` and their like are also common names of columns. */
const beginsConstraint = ([first, second]: ReadonlyArray<DdlToken>): boolean => {
  if (isWord(first, "constraint", "exclude", "like")) return true
  if (isWord(first, "primary", "foreign")) return isWord(second, "key")
  if (isWord(first, "check")) return isSymbol(second, "(")
  if (isWord(first, "period")) return isWord(second, "for")
  return (
    isWord(first, "unique", "key", "index", "fulltext", "spatial") &&
    !(second?.kind === "word" && isSqlType(second.text))
  )
}

/** What ends the type of a column. */
const afterType =
  wordList(`not null primary unique references check default comment collate auto_increment autoincrement
  generated constraint identity on as charset encode stored virtual invisible options key sparse encoding codec ttl`)

const typeLength = (tokens: ReadonlyArray<DdlToken>): number => {
  let depth = 0
  for (let at = 1; at < tokens.length; at++) {
    const token = tokens[at]
    if (depth === 0 && isWord(token, ...afterType)) return at
    if (depth === 0 && isWord(token, "character") && isWord(tokens[at + 1], "set")) return at
    if (isSymbol(token, "(")) depth++
    if (isSymbol(token, ")")) depth--
  }
  return tokens.length
}

/** Constraints, of a column or of a table; `column` is the one that they stand at. */
const constraintsIn = (tokens: ReadonlyArray<DdlToken>, column: string | null): Omit<DdlItem, "column"> => {
  const primaryKey: Array<string> = []
  const references: Array<DdlReference> = []
  const checks: Array<DdlItem["checks"][number]> = []
  let foreign: ReadonlyArray<string> = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    if (isSymbol(token, "(")) {
      const close = closingBracket(tokens, at)
      if (close === -1) break
      at = close
    } else if (isWord(token, "primary") && isWord(tokens[at + 1], "key")) {
      if (column !== null) primaryKey.push(column)
      else for (const name of bracketedNames(tokens, at + 2)) primaryKey.push(name)
    } else if (isWord(token, "foreign") && isWord(tokens[at + 1], "key")) {
      foreign = bracketedNames(tokens, at + 2)
    } else if (isWord(token, "references")) {
      const target = readName(tokens, at + 1)
      if (target === undefined) continue
      const toColumns = isSymbol(tokens[target.end], "(") ? bracketedNames(tokens, target.end) : []
      references.push({ columns: column === null ? foreign : [column], to: target.table, toColumns })
    } else if (isWord(token, "check") && isSymbol(tokens[at + 1], "(")) {
      const check = readCheck(tokens.slice(at + 2, closingBracket(tokens, at + 1)))
      if (check !== undefined) checks.push(check)
    }
  }
  return { primaryKey, references, checks }
}

/** The names in the first bracket from `from` on, without lengths and directions (`name(10) DESC`). */
const bracketedNames = (tokens: ReadonlyArray<DdlToken>, from: number): ReadonlyArray<string> => {
  // Between the words and the bracket, MySQL may name the index, and SQL Server says how it is kept.
  const open = from + tokens.slice(from, from + 3).findIndex((token) => isSymbol(token, "("))
  const close = open < from ? -1 : closingBracket(tokens, open)
  if (close === -1) return []
  return splitItems(tokens.slice(open + 1, close)).flatMap(([first]) =>
    first?.kind === "word" || first?.kind === "name" ? [first.text] : []
  )
}

/** What a check may hold beside its column and its values, so that it lists the values and nothing else. */
const checkWords = ["in", "any", "array", "text", "character", "varying", "varchar", "bpchar", "char", "nvarchar", "n"]

/** `status IN ('a', 'b')`, and as pg_dump writes it: `((status)::text = ANY ((ARRAY['a'::text, 'b'::text])::text[]))`. */
const readCheck = (tokens: ReadonlyArray<DdlToken>): DdlItem["checks"][number] | undefined => {
  const names = tokens.filter(
    (token) => token.kind === "name" || (token.kind === "word" && !isWord(token, ...checkWords))
  )
  const values = tokens.filter(({ kind }) => kind === "string").map(({ text }) => text)
  const [name] = names
  const listing = tokens.some((token) => isWord(token, "in", "any"))
  const compared = tokens.some(({ kind, text }) => kind === "symbol" && /[<>!~|]/.test(text))
  return name !== undefined && names.length === 1 && values.length > 0 && listing && !compared
    ? { column: name.text, values }
    : undefined
}

/** MySQL's `COMMENT 'text'`. */
const commentIn = (tokens: ReadonlyArray<DdlToken>): string | null => {
  const at = tokens.findIndex((token) => isWord(token, "comment"))
  const comment = at === -1 ? undefined : tokens[at + 1]
  return comment !== undefined && (comment.kind === "string" || comment.kind === "name") && comment.text.trim() !== ""
    ? comment.text
    : null
}
