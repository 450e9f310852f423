/** What MySQL has and its parser here does not know, said in words that it knows. Pure. */
import * as Result from "effect/Result"
import { endsOperand, isSymbol, isWord } from "./FunctionCalls.ts"
import { lex, type Token } from "./SqlLexer.ts"

/**
 * The statement as the parser is to read it, for no other use: `WITH ROLLUP` left out, `!x` as `- x`, `a MOD b` as `a % b`,
 * a unit such as `YEAR_MONTH` as its first part. The names and calls in it stay what they were, because MySQL and MariaDB
 * reserve these words: without quotes, and not behind a dot, they are nothing else. What cannot be lexed stays as it is.
 */
export const forParser = (sql: string): string => {
  const tokens = Result.getOrElse(lex(sql, "mysql"), (): ReadonlyArray<Token> => [])
  const pieces: Array<string> = []
  let copied = 0
  for (const [index, token] of tokens.entries()) {
    const written = rewritten(tokens, index)
    if (written === null) continue
    pieces.push(sql.slice(copied, token.start), written)
    copied = token.end
  }
  return pieces.join("") + sql.slice(copied)
}

// -----------------------------------------------------------------------------
// Internal
// -----------------------------------------------------------------------------

/** What to write for the token; `null` for what it is. Blanks around a minus: two of them side by side are a comment. */
const rewritten = (tokens: ReadonlyArray<Token>, index: number): string | null => {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (isRollup(tokens, index) || isRollup(tokens, index - 1)) return ""
  if (isSymbol(token, "!") && !isSymbol(next, "=")) return " - "
  if (token?.kind !== "word" || isSymbol(before, ".")) return null
  if (token.text === "mod" && endsOperand(tokens, index - 1)) return " % "
  return compositeUnits.has(token.text) ? token.text.replace(/_.*/, "") : null
}

/** `WITH ROLLUP` ends a GROUP BY; a query of that name would follow nothing, and be followed by its body. */
const isRollup = (tokens: ReadonlyArray<Token>, index: number): boolean =>
  isWord(tokens[index], "with") &&
  isWord(tokens[index + 1], "rollup") &&
  endsOperand(tokens, index - 1) &&
  !isWord(tokens[index + 2], "as") &&
  !isSymbol(tokens[index + 2], "(")

const compositeUnits = new Set(
  `year_month day_hour day_minute day_second day_microsecond hour_minute hour_second hour_microsecond minute_second
   minute_microsecond second_microsecond`.split(/\s+/)
)
