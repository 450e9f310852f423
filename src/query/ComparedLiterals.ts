/** Which literals of a statement say which rows are meant: those compared with something, not a limit or a column. Pure. */
import { isSymbol, isWord, opening } from "../guard/FunctionCalls.ts"
import type { Token } from "../guard/SqlLexer.ts"

type Tokens = ReadonlyArray<Token>

/**
 * Whether the literal at `index` is compared: `id = 7`, `7 = id`, `IN (3, 7)`, `BETWEEN 1 AND 7`, `CASE id WHEN 7`,
 * `= ANY(ARRAY[7])`, `(VALUES (7))`, and not `LIMIT 7` or `round(total, 7)`. A text also is wherever it stands in a
 * condition, such as `instr(name, 'Wand') > 0`, and not where it is selected.
 */
export const isCompared = (tokens: Tokens, index: number): boolean => {
  if (isComparison(tokens, index + 1) || followsComparison(tokens, index - 1)) return true
  const clause = tokens[nearest(tokens, index - 1, clauses)]
  return isWord(clause, "values") || (tokens[index]?.kind === "string" && isWord(clause, ...conditions))
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const comparingWords = new Set("like ilike glob regexp rlike match to in between when is".split(" "))

/** An operator that compares begins or ends here; the arrows of JSON are none. */
const isComparison = (tokens: Tokens, at: number): boolean => {
  const token = tokens[at]
  if (token?.kind === "word") return comparingWords.has(token.text) || isDistinctFrom(tokens, at)
  if (token?.kind !== "symbol" || !"=<>!~".includes(token.text)) return false
  const before = tokens[at - 1]
  return !(token.text === ">" && (isSymbol(before, "-") || isSymbol(before, ">") || isSymbol(before, "#")))
}

const isDistinctFrom = (tokens: Tokens, at: number): boolean =>
  isWord(tokens[at], "from") && isWord(tokens[at - 1], "distinct") && isWord(tokens[at - 2], "is", "not")

/** Whether what ends before `end + 1` leads from a comparison to a value: signs, lists, brackets, a call's first argument. */
const followsComparison = (tokens: Tokens, end: number): boolean => {
  let at = end
  let isFirst = true
  while (at >= 0) {
    const token = tokens[at]
    if (isComparison(tokens, at)) return true
    if (isWord(token, "and"))
      return isWord(tokens[nearest(tokens, at - 1, [...clauses, "and", "or", "between"])], "between")
    if (isSymbol(token, ",")) {
      at = opening(tokens, at)
      isFirst = false
    } else if (isSymbol(token, "(") || isSymbol(token, "[")) {
      const name = tokens[at - 1]
      const isCall = name?.kind === "word" && !isComparison(tokens, at - 1) && !isWord(name, ...lists)
      if (isCall && !isFirst) return false
      at -= isCall || isWord(name, ...lists) ? 2 : 1
    } else if (isSymbol(token, "-") || isSymbol(token, "+")) at -= 1
    else return false
  }
  return false
}

const lists = ["any", "some", "all", "array", "row"]

const conditions = ["where", "on", "having", "when"]
const clauses = [...conditions, "values", "select", "from", "by", "limit", "offset", "fetch", "then", "else"]

/** The nearest of these words before, in the same brackets or around them; -1 for none. */
const nearest = (tokens: Tokens, end: number, words: ReadonlyArray<string>): number => {
  let at = end
  while (at >= 0) {
    const token = tokens[at]
    if (isWord(token, ...words) && !isDistinctFrom(tokens, at)) return at
    at = isSymbol(token, ")") || isSymbol(token, "]") ? opening(tokens, at) - 1 : at - 1
  }
  return -1
}
