/** SQL as pieces to colour, with line breaks before its clauses. What is copied is the statement as it was. */

export interface Piece {
  readonly kind: "keyword" | "string" | "number" | "comment" | "name" | "other" | "break"
  readonly text: string
}

const token =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|\d+(?:\.\d+)?|[\p{L}_][\p{L}\p{N}_$]*|\s+|./gu

const keywords = new Set(
  "all and any as asc between by case cast cross desc distinct else end except exists false filter first from full group having in inner intersect is join last left like ilike limit not null nulls offset on or order outer over partition recursive right rows select then true union using values when where with".split(
    " "
  )
)

/** A line begins with these, where they stand outside of brackets. */
const clauses = new Set([
  "select",
  "from",
  "where",
  "group",
  "having",
  "order",
  "limit",
  "union",
  "except",
  "intersect"
])
const joins = new Set(["join", "left", "right", "inner", "cross", "full"])

export const pieces = (sql: string): ReadonlyArray<Piece> => {
  const out: Array<Piece> = []
  let depth = 0
  let previous = ""
  for (const { 0: text, index } of sql.matchAll(token)) {
    if (/^\s+$/.test(text)) {
      if (out.length > 0 && out.at(-1)?.kind !== "break") out.push({ kind: "other", text: " " })
      continue
    }
    if (text === "(") depth++
    if (text === ")") depth--
    // `left` and `right` are functions, too: no join begins with a bracket after them.
    const isCall = /^(?:left|right)$/i.test(text) && /^\s*\(/.test(sql.slice(index + text.length))
    const word = isCall ? "" : text.toLowerCase()
    const breaks =
      depth === 0 &&
      out.length > 0 &&
      (clauses.has(word) || (joins.has(word) && !joins.has(previous) && previous !== "outer"))
    if (breaks) {
      if (out.at(-1)?.text === " ") out.pop()
      out.push({ kind: "break", text: "\n" })
    }
    out.push({ kind: kindOf(text, word), text })
    if (text.startsWith("--")) out.push({ kind: "break", text: "\n" })
    previous = word
  }
  return out
}

const kindOf = (text: string, word: string): Piece["kind"] => {
  if (text.startsWith("--") || text.startsWith("/*")) return "comment"
  if (text.startsWith("'")) return "string"
  if (/^\d/.test(text)) return "number"
  if (/^["`[]./.test(text)) return "name"
  return keywords.has(word) ? "keyword" : "other"
}
