/**
 * The first wall: decides from the tokens alone, without knowing the dialect, that a statement is one query which
 * only reads. Pure. It would rather refuse a strange query than let a clever one through.
 */
import * as Result from "effect/Result"
import { forbiddenFunction, isAllowedFunction } from "./AllowedFunctions.ts"
import { endsOperand, functionCalls, isSymbol, isWord } from "./FunctionCalls.ts"
import { lex, type Token } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"
import { tableReferences } from "./TableReferences.ts"

export interface LexicallySafe {
  /** The statement without blanks, comments and semicolons around it. */
  readonly sql: string
  /** Best effort: the tables its FROM clauses name, unquoted names in lower case. */
  readonly tables: ReadonlyArray<string>
}

/** Passes a statement that is safe under PostgreSQL's, MySQL's and SQLite's reading, or says why it is not. */
export const checkLexically = (
  sql: string,
  allowedFunctions: ReadonlyArray<string>
): Result.Result<LexicallySafe, SqlRefusal> =>
  Result.gen(function* () {
    const tokens = withoutSemicolons(yield* lex(sql))
    const first = tokens[0]
    const last = tokens.at(-1)
    if (first === undefined || last === undefined) return yield* Result.fail(refuse("syntax", "there is no statement"))
    const references = tableReferences(tokens)
    const refusal =
      notAQuery(tokens) ??
      firstRefusal(tokens) ??
      (references.stringAsTable ? refuse("syntax", "a string stands where a table belongs") : null) ??
      forbiddenCall(functionCalls(tokens), allowedFunctions)
    if (refusal !== null) return yield* Result.fail(refusal)
    return { sql: sql.slice(first.start, last.end), tables: references.tables }
  })

// -----------------------------------------------------------------------------
// internals

const withoutSemicolons = (tokens: ReadonlyArray<Token>): ReadonlyArray<Token> =>
  tokens.slice(0, tokens.findLastIndex((token) => !isSymbol(token, ";")) + 1)

const notAQuery = (tokens: ReadonlyArray<Token>): SqlRefusal | null => {
  const first = tokens.find((token) => !isSymbol(token, "("))
  if (isWord(first, "select", "with", "values")) return null
  return refuse("not_read_only", `a query starts with SELECT, WITH or VALUES, not with "${first?.text ?? "("}"`)
}

/** These change something, or lead to it, wherever they stand. */
const forbidden = new Set(
  `insert update delete merge upsert truncate drop alter create grant revoke attach detach pragma vacuum reindex
   replace into outfile dumpfile`.split(/\s+/)
)

/** Functions that share their name with a statement. */
const alsoFunctions = new Set(["replace", "truncate"])

/**
 * These start statements, but are columns and tables too (`comment`, `start`, `release`). Behind a finished expression
 * only an alias without AS or, in T-SQL, a second statement can stand: refused there.
 */
const statementWords = new Set(
  `abort analyze backup begin bulk call checkpoint cluster comment commit copy dbcc deallocate declare deny describe
   discard do exec execute explain export flush go handler import install kill listen load lock notify optimize prepare
   print raiserror reassign reconfigure refresh release rename repair reset restore rollback savepoint set show shutdown
   start unlisten use waitfor`.split(/\s+/)
)

const firstRefusal = (tokens: ReadonlyArray<Token>): SqlRefusal | null => {
  for (const [index, token] of tokens.entries()) {
    const refusal = refusalAt(tokens, index, token)
    if (refusal !== null) return refusal
  }
  return null
}

const refusalAt = (tokens: ReadonlyArray<Token>, index: number, token: Token): SqlRefusal | null => {
  const before = tokens[index - 1]
  const next = tokens[index + 1]
  if (isSymbol(token, ";")) return refuse("multiple_statements", "only one statement may be sent")
  // SQLite's pragma_… tables run pragmas, also as main.pragma_…; a column of that name is not worth the risk.
  if (isName(token) && /^pragma_/i.test(token.text)) return notReadOnly(token)
  if (isSymbol(token, ".") && (isSymbol(before, ")") || endsSubscript(tokens, index - 1))) {
    // PostgreSQL reads (x).f as the call f(x) where x has no such attribute.
    return refuse("forbidden_function", "an attribute of an expression may be a call; name the column of a table")
  }
  if (token.kind !== "word" || isSymbol(before, ".")) return null
  if (forbidden.has(token.text)) {
    return alsoFunctions.has(token.text) && isSymbol(next, "(") ? null : notReadOnly(token)
  }
  if (isWord(token, "value") && isWord(before, "next", "previous") && isWord(next, "for")) {
    return refuse("not_read_only", "a sequence would advance")
  }
  if (isWord(token, "for") && isWord(before, "index", "key")) return refuse("syntax", "index hints are not supported")
  if (
    isWord(token, "table") &&
    (isSymbol(before, "(") || isWord(before, "union", "all", "distinct", "intersect", "except"))
  ) {
    return refuse("syntax", "write SELECT * FROM instead of TABLE")
  }
  if (isWord(token, "for") && isWord(next, "no", "key", "share")) return refuse("not_read_only", "a locking clause")
  if (isWord(token, "select") && !mayPrecedeSelect(before)) {
    return refuse("multiple_statements", "a second SELECT without UNION or parentheses")
  }
  if (statementWords.has(token.text) && endsOperand(tokens, index - 1)) {
    return refuse("not_read_only", `"${token.text}" reads as a statement here; write AS before an alias`)
  }
  return transactSql(tokens, index, token)
}

/** `a[1]`, and not SQLite's `[name]`. */
const endsSubscript = (tokens: ReadonlyArray<Token>, close: number): boolean => {
  if (!isSymbol(tokens[close], "]")) return false
  const open = tokens.findLastIndex((token, index) => index < close && isSymbol(token, "["))
  return endsOperand(tokens, open - 1)
}

const isName = (token: Token): boolean => token.kind === "word" || token.kind === "identifier"

const notReadOnly = (token: Token): SqlRefusal =>
  refuse("not_read_only", `"${token.text}" is not part of a query that only reads`)

const mayPrecedeSelect = (before: Token | undefined): boolean =>
  before === undefined ||
  isSymbol(before, "(") ||
  isSymbol(before, ")") ||
  isWord(before, "union", "all", "distinct", "intersect", "except", "minus")

const transactSql = (tokens: ReadonlyArray<Token>, index: number, token: Token): SqlRefusal | null => {
  const before = tokens[index - 1]
  const next = tokens[index + 1]
  if (
    isWord(token, "top") &&
    isWord(before, "select", "distinct", "all") &&
    (next?.kind === "number" || isSymbol(next, "("))
  ) {
    return refuse("syntax", "TOP is T-SQL; write LIMIT at the end")
  }
  if (isWord(token, "apply") && isWord(before, "cross", "outer"))
    return refuse("syntax", "APPLY is T-SQL; write a join")
  if (isWord(token, "with") && isSymbol(next, "(")) return refuse("syntax", "table hints are T-SQL")
  if (isWord(token, "for") && isWord(next, "xml", "json", "browse", "system_time")) {
    return refuse("syntax", `FOR ${next?.text.toUpperCase() ?? ""} is T-SQL`)
  }
  return null
}

const forbiddenCall = (calls: ReadonlyArray<string>, allowed: ReadonlyArray<string>): SqlRefusal | null => {
  const call = calls.find((name) => !isAllowedFunction(name, allowed))
  return call === undefined ? null : forbiddenFunction(call, allowed)
}
