/** The columns of an expression, and what a sum adds to one of them. Pure; reads tokens. */
import { around } from "./Amounts.ts"
import { closing, isSymbol, isWord } from "./FunctionCalls.ts"
import { isName, type Tokens } from "./SelectTokens.ts"

type Sign = 1 | -1

/**
 * Of a sum that holds the column once: its sign, and those of all other terms that are not zero. Of a product too, whose
 * sign is that of all its factors, unless one of them is less than one.
 */
export const sumOf = (
  expression: Tokens,
  column: string
): { readonly own: Sign; readonly others: ReadonlyArray<Sign> } | null => {
  const others: Array<Sign> = []
  let own: Sign | null = null
  let [sign, factor]: [Sign, Sign] = [1, 1]
  for (const [index, token] of expression.entries()) {
    const [before, next] = [expression[index - 1], expression[index + 1]]
    if (token.kind === "symbol") {
      // The sign of a factor is another matter than that of a term.
      if (!/^(?:[-+*,.()]|::)$/.test(token.text) || (token.text === "-" && isSymbol(before, "*"))) return null
      if (token.text === "-") sign = turned(sign)
      if (token.text === "*") sign = factor
      if (token.text === ",") sign = shift(expression)
      continue
    }
    if (token.kind === "number" || token.kind === "string") {
      if ((isSymbol(before, "*") || isSymbol(next, "*")) && !(Number(token.text) >= 1)) return null
      if (!/^'?[-+]?0*\.?0*'?$/.test(token.text)) others.push(/^'\s*-/.test(token.text) ? turned(sign) : sign)
    } else if (isSymbol(next, "(")) {
      if (!shifting.has(token.text) && !around.has(token.text)) return null
      continue
    } else if (isText(expression, index)) {
      return null
    } else if (isSymbol(next, ".") || isKeyword(expression, index)) {
      continue
    } else if (token.text.toLowerCase() !== column) {
      others.push(sign)
    } else if (own === null) {
      own = sign
    } else return null
    factor = sign
    sign = 1
  }
  return own === null ? null : { own, others }
}

/** Whether it grows with each of its columns, also with one that stands in it twice (`n * n`), as long as none is negative. */
export const isGrowing = (expression: Tokens): boolean =>
  expression.every((token, index) =>
    token.kind === "symbol"
      ? /^[+*.()]$/.test(token.text)
      : token.kind === "number"
        ? Number(token.text) >= 1
        : isName(token) && !isSymbol(expression[index + 1], "(") && !isKeyword(expression, index)
  )

/** Whether it is a number without a text or a time in it. */
export const isNumeric = (expression: Tokens): boolean =>
  expression.some(({ kind }) => kind === "number") &&
  expression.every(({ kind, text }) => kind === "number" || kind === "symbol" || (kind === "word" && around.has(text)))

/** Whether a text or a time stands in it: in SQLite any number is less than any text. */
export const isTextual = (expression: Tokens): boolean =>
  expression.some((token, index) => token.kind === "string" || isWord(token, ...times) || isText(expression, index))

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

const times = "date datetime now current_date current_timestamp current_time".split(" ")

const texts = "text varchar char character string nchar nvarchar".split(" ")

/** The type of a cast to text. */
const isText = (tokens: Tokens, index: number): boolean =>
  isWord(tokens[index], ...texts) && (isWord(tokens[index - 1], "as") || isSymbol(tokens[index - 1], "::"))

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
