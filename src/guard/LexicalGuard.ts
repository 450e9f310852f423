/**
 * The first wall: decides from the tokens alone that a statement is one query which only reads. Pure. It would rather
 * refuse a strange query than let a clever one through.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { forbiddenFunction, isAllowedFunction } from "./AllowedFunctions.ts"
import { endsOperand, functionCalls, isSymbol, isWord } from "./FunctionCalls.ts"
import { lex, type Token } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"
import { hasStringAsTable } from "./StringTables.ts"
import { excess } from "./Work.ts"

/**
 * The statement without blanks, comments and semicolons around it, if it is safe under PostgreSQL's, MySQL's and
 * SQLite's reading and no more than the dialect's parser can take; or why it is not.
 */
export const checkLexically = (
  sql: string,
  { allowedFunctions, dialect }: { readonly allowedFunctions: ReadonlyArray<string>; readonly dialect: Dialect }
): Result.Result<string, SqlRefusal> =>
  Result.gen(function* () {
    const tokens = withoutSemicolons(yield* lex(sql, dialect))
    const first = tokens[0]
    const last = tokens.at(-1)
    if (first === undefined || last === undefined) return yield* Result.fail(refuse("syntax", "there is no statement"))
    const refusal =
      notAQuery(tokens) ??
      firstRefusal(tokens, dialect) ??
      (hasStringAsTable(tokens) ? refuse("syntax", "a string stands where a table belongs") : null) ??
      forbiddenCall(functionCalls(tokens), allowedFunctions) ??
      excess(tokens, dialect)
    if (refusal !== null) return yield* Result.fail(refusal)
    return sql.slice(first.start, last.end)
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
const alsoFunctions = new Set(["replace", "truncate", "insert"])

/**
 * These start statements, but are columns and tables too (`comment`, `start`, `release`). Behind a finished expression
 * only an alias without AS or, in T-SQL, a second statement can stand: refused there, unless what follows shows that it
 * is an alias.
 */
const statementWords = new Set(
  `abort analyze backup begin bulk call checkpoint cluster comment commit copy dbcc deallocate declare deny describe
   discard do exec execute explain export flush go handler import install kill listen load lock notify optimize prepare
   print raiserror reassign reconfigure refresh release rename repair reset restore rollback savepoint set show shutdown
   start unlisten use waitfor`.split(/\s+/)
)

/** What follows an alias, and never the word that starts a statement. */
const behindAlias = `from join inner left right full cross natural straight_join on using where group having order limit
   union intersect except`.split(/\s+/)

const isAlias = (next: Token | undefined): boolean =>
  isSymbol(next, ",") || isSymbol(next, ")") || isWord(next, ...behindAlias)

const firstRefusal = (tokens: ReadonlyArray<Token>, dialect: Dialect): SqlRefusal | null => {
  for (const [index, token] of tokens.entries()) {
    const refusal = refusalAt(tokens, index, token, dialect)
    if (refusal !== null) return refusal
  }
  return null
}

const refusalAt = (tokens: ReadonlyArray<Token>, index: number, token: Token, dialect: Dialect): SqlRefusal | null => {
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
  if (isWord(token, "for") && isWord(before, "index", "key") && dialect !== "mysql") {
    return refuse("syntax", "index hints are MySQL's")
  }
  if (
    isWord(token, "table") &&
    (isSymbol(before, "(") ||
      isSymbol(before, ")") ||
      isWord(before, "union", "all", "distinct", "intersect", "except"))
  ) {
    return refuse("syntax", "write SELECT * FROM instead of TABLE")
  }
  if (isWord(token, "for") && isWord(next, "no", "key", "share")) return refuse("not_read_only", "a locking clause")
  if (isWord(token, "select") && !mayPrecedeSelect(before)) {
    return refuse("multiple_statements", "a second SELECT without UNION or parentheses")
  }
  const isIndexHint = dialect === "mysql" && isWord(token, "use") && isWord(next, "index", "key")
  if (statementWords.has(token.text) && !isIndexHint && endsOperand(tokens, index - 1) && !isAlias(next)) {
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
