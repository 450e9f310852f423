/** What a condition compares with what, and how. Pure; reads tokens. */
import { isSymbol, isWord } from "./FunctionCalls.ts"
import { levelFrom, type Tokens } from "./SelectTokens.ts"
import type { Token } from "./SqlLexer.ts"

/** How a comparison holds a value: below, above, at or off something, or in a way that does not say. */
export type Kind = "below" | "above" | "at" | "off" | "other"

export const contrary: { readonly [kind in Kind]: Kind } = {
  below: "above",
  above: "below",
  at: "off",
  off: "at",
  other: "other"
}

export const mirrored: { readonly [kind in Kind]: Kind } = { ...contrary, at: "at", off: "off" }

export interface Comparison {
  readonly left: Tokens
  readonly operator: string
  readonly kind: Kind
  readonly right: Tokens
}

/** The first comparison that stands at the top of a condition; `null` where none does. */
export const comparisonIn = (tokens: Tokens): Comparison | null => {
  for (const { index, token } of levelFrom(tokens, -1)) {
    let end = index + 1
    let operator = token.text
    if (token.kind === "symbol") {
      if (!isOperating(token) || follows(tokens[index - 1], token)) continue
      while (follows(tokens[end - 1], tokens[end])) end += 1
      // `n=-1` compares with a negative number.
      while (end > index + 1 && isSymbol(tokens[end - 1], "-")) end -= 1
      operator = tokens
        .slice(index, end)
        .map(({ text }) => text)
        .join("")
    } else if (token.kind !== "word") continue
    const kind = kinds.get(operator)
    if (kind === undefined) continue
    const isNegated = isWord(tokens[index - 1], "not")
    const left = tokens.slice(0, isNegated ? index - 1 : index)
    return { left, operator, kind: isNegated ? contrary[kind] : kind, right: tokens.slice(end) }
  }
  return null
}

// -----------------------------------------------------------------------------
// internals

const kinds: ReadonlyMap<string, Kind> = new Map([
  ["<", "below"],
  ["<=", "below"],
  [">", "above"],
  [">=", "above"],
  ["=", "at"],
  ["==", "at"],
  ["<=>", "at"],
  ["<>", "off"],
  ["!=", "off"],
  ["between", "at"],
  ["in", "at"],
  ...["like", "ilike", "glob", "regexp", "rlike", "similar", "is"].map((word) => [word, "other"] as const)
])

const isOperating = (token: Token | undefined): boolean =>
  token?.kind === "symbol" && /^[<>=!@#&|~?-]$/.test(token.text)

/** Whether both are of one operator. */
const follows = (before: Token | undefined, token: Token | undefined): boolean =>
  isOperating(before) && isOperating(token) && before?.end === token?.start
