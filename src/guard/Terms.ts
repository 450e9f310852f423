/** The columns of an expression, and what a sum adds to one of them. Pure; reads tokens. */
import { around } from "./Amounts.ts"
import { closing, isSymbol, isWord } from "./FunctionCalls.ts"
import { isName, type Tokens } from "./SelectTokens.ts"

type Sign = 1 | -1

/** Of a sum (or a product) that holds the column once: its sign, and those of all other terms that are not zero. */
export const sumOf = (
  expression: Tokens,
  column: string
): { readonly own: Sign; readonly others: ReadonlyArray<Sign> } | null => {
  const others: Array<Sign> = []
  let own: Sign | null = null
  let sign: Sign = 1
  for (const [index, token] of expression.entries()) {
    const [before, next] = [expression[index - 1], expression[index + 1]]
    if (token.kind === "symbol") {
      // The sign of a factor is another matter than that of a term.
      if (!/^(?:[-+*,.()]|::)$/.test(token.text) || (token.text === "-" && isSymbol(before, "*"))) return null
      if (token.text === "-") sign = turned(sign)
      if (token.text === ",") sign = shift(expression)
    } else if (token.kind === "number" || token.kind === "string") {
      if (!/^'?[-+]?0*\.?0*'?$/.test(token.text)) others.push(/^'\s*-/.test(token.text) ? turned(sign) : sign)
      sign = 1
    } else if (isSymbol(next, "(")) {
      if (!shifting.has(token.text) && !around.has(token.text)) return null
    } else if (!isSymbol(next, ".") && !isKeyword(expression, index)) {
      if (token.text.toLowerCase() !== column) others.push(sign)
      else if (own === null) own = sign
      else return null
      sign = 1
    }
  }
  return own === null ? null : { own, others }
}

/** The columns in it as they are written, in lower case; those in subqueries only where it is `deep`. */
export const pathsIn = (expression: Tokens, deep = false): ReadonlySet<string> => {
  const paths = new Set<string>()
  let path = ""
  for (let index = 0; index < expression.length; index += 1) {
    const [token, next] = [expression[index], expression[index + 1]]
    if (!deep && isSymbol(token, "(") && isWord(next, "select", "with")) index = closing(expression, index)
    // SQLite and MySQL take a text in double quotes for a text.
    if (!isName(token) || !/^[\p{L}_]\w*$/u.test(token.text)) continue
    path += token.text.toLowerCase()
    if (isSymbol(next, ".")) path += "."
    else {
      if (!isSymbol(next, "(") && !isKeyword(expression, index)) paths.add(path)
      path = ""
    }
  }
  return paths
}

// -----------------------------------------------------------------------------
// internals

const turned = (sign: Sign): Sign => (sign === 1 ? -1 : 1)

/** Functions that add to a time, or take from it. */
const shifting = new Set("date datetime date_add adddate date_sub subdate".split(" "))

const shift = (expression: Tokens): Sign => (expression.some((token) => isWord(token, "date_sub", "subdate")) ? -1 : 1)

/** Words that stand where columns may, and are none. */
const keywords = new Set(
  `interval current_date current_timestamp current_time null true false not and or is in between like exists any all some
   case when then else from escape distinct with without zone collate nocase binary`.split(/\s+/)
)

/** Columns may be called so where no value stands beside them. */
const units = new Set("date time timestamp timestamptz datetime text year month week day hour minute second".split(" "))

const isKeyword = (tokens: Tokens, index: number): boolean => {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (token?.kind !== "word" || isSymbol(before, ".")) return false
  // A type stands behind these.
  if (isSymbol(before, "::") || isWord(before, "as")) return true
  if (keywords.has(token.text) || around.has(token.text)) return true
  return units.has(token.text) && (before?.kind === "number" || before?.kind === "string" || next?.kind === "string")
}
