/**
 * Cuts the SQL of a schema into statements and tokens, whichever database wrote it. Lenient where the dialects differ,
 * because nothing here is executed: what is misread gives no table.
 */

/** `word` is unquoted, `name` a quoted identifier, `symbol` a single character. */
export interface DdlToken {
  readonly kind: "word" | "name" | "string" | "number" | "symbol"
  /** Names and strings without their quotes, everything else as written. */
  readonly text: string
  /** UTF-16 offset of the first character. */
  readonly start: number
  /** UTF-16 offset after the last character. */
  readonly end: number
}

export interface DdlStatement {
  readonly tokens: ReadonlyArray<DdlToken>
  /** True if a semicolon ended it. */
  readonly terminated: boolean
}

/** The statements of a text that define something. Rows, settings and functions are passed over. */
export const statementsIn = (sql: string): ReadonlyArray<DdlStatement> => {
  const statements: Array<DdlStatement> = []
  const escapes = hasEscapes(sql)
  let position = 0
  while (position < sql.length) {
    const { end, tokens, terminated } = readStatement(sql, position, escapes, false)
    if (isWord(tokens[0], "create", "alter", "comment")) statements.push({ tokens, terminated })
    position = isWord(tokens[0], "copy") ? afterCopiedRows(sql, end) : end
  }
  return statements
}

/**
 * The statements that begin on a line of their own in a text that is not SQL as a whole, matched by `beginning` (a
 * global pattern). Each ends with its semicolon, or with the line on which its brackets are closed.
 */
export const statementsWithin = (text: string, beginning: RegExp): ReadonlyArray<DdlStatement> => {
  const statements: Array<DdlStatement> = []
  const escapes = hasEscapes(text)
  let position = 0
  for (const { index } of text.matchAll(beginning)) {
    if (index < position) continue
    const { end, tokens, terminated } = readStatement(text, index, escapes, true)
    statements.push({ tokens, terminated })
    position = end
  }
  return statements
}

export const isSymbol = (token: DdlToken | undefined, text: string): boolean =>
  token?.kind === "symbol" && token.text === text

/** True for an unquoted word that is one of the lower-case texts. */
export const isWord = (token: DdlToken | undefined, ...texts: ReadonlyArray<string>): boolean =>
  token?.kind === "word" && texts.includes(token.text.toLowerCase())

// -----------------------------------------------------------------------------
// internals

type Read = DdlToken | { readonly kind: "blank"; readonly start: number; readonly end: number }

/** From `position` to the end of the statement. Of a statement that defines nothing, only the beginning is kept. */
const readStatement = (
  sql: string,
  position: number,
  escapes: boolean,
  line: boolean
): DdlStatement & { readonly end: number } => {
  const tokens: Array<DdlToken> = []
  let depth = 0
  let closed = false
  let at = position
  while (at < sql.length) {
    const token = tokenAt(sql, at, escapes, tokens.at(-1))
    if (line && closed && sql.slice(at, token.end).includes("\n")) break
    if (token.kind === "blank") {
      at = token.end
      continue
    }
    if (isSymbol(token, ";")) return { tokens, terminated: true, end: token.end }
    // A statement may lack the semicolon before the next one.
    if (depth === 0 && tokens.length > 0 && isWord(token, "create")) break
    if (isSymbol(token, "(")) depth++
    if (isSymbol(token, ")")) depth = Math.max(0, depth - 1)
    closed = closed || (depth === 0 && isSymbol(token, ")"))
    if (tokens.length === 0 || isWord(tokens[0], "create", "alter", "comment")) tokens.push(token)
    at = token.end
  }
  return { tokens, terminated: false, end: at }
}

/** A backslash escapes in MySQL, whose dumps are known by their backticks, and is a character everywhere else. */
const hasEscapes = (sql: string): boolean => sql.includes("`")

/** pg_dump writes rows after `COPY … FROM stdin;`, up to a line of `\.`. */
const afterCopiedRows = (sql: string, position: number): number => {
  const end = sql.indexOf("\n\\.", position)
  return end === -1 ? sql.length : end + 3
}

const blank = /\s+/y
const word = /[\p{L}_@][\p{L}\p{M}\p{N}_$@]*/uy
const number = /\d[\p{L}\p{N}_.]*/uy
const bracketed = /\[[\p{L}_][^\][\n]*\]/uy
const dollarQuote = /\$[\p{L}\p{N}_]*\$/uy

const matchAt = (pattern: RegExp, sql: string, position: number): string | undefined => {
  pattern.lastIndex = position
  return pattern.exec(sql)?.[0]
}

const tokenAt = (sql: string, start: number, escapes: boolean, before: DdlToken | undefined): Read => {
  const character = sql.charAt(start)
  const next = sql.charAt(start + 1)
  const space = matchAt(blank, sql, start)
  if (space !== undefined) return { kind: "blank", start, end: start + space.length }
  if ((character === "-" && next === "-") || (character === "#" && /\s/.test(next))) return upTo(sql, start, "\n")
  if (character === "/" && next === "*") return upTo(sql, start, "*/")
  if (character === "'") return quoted(sql, start, "string", "'", escapes)
  if (character === '"') return quoted(sql, start, "name", '"', false)
  if (character === "`") return quoted(sql, start, "name", "`", false)
  if (character === "$") {
    const tag = matchAt(dollarQuote, sql, start)
    const end = tag === undefined ? -1 : sql.indexOf(tag, start + tag.length)
    if (tag !== undefined && end !== -1) {
      return { kind: "string", text: sql.slice(start + tag.length, end), start, end: end + tag.length }
    }
  }
  // `[name]` quotes in T-SQL; after a type or an array it is a subscript.
  const subscript = before?.end === start && (before.kind !== "symbol" || /[\])]/.test(before.text))
  const bracket = character === "[" && !subscript ? matchAt(bracketed, sql, start) : undefined
  if (bracket !== undefined) return { kind: "name", text: bracket.slice(1, -1), start, end: start + bracket.length }
  const letters = matchAt(word, sql, start)
  if (letters !== undefined) return { kind: "word", text: letters, start, end: start + letters.length }
  const digits = matchAt(number, sql, start)
  if (digits !== undefined) return { kind: "number", text: digits, start, end: start + digits.length }
  return { kind: "symbol", text: character, start, end: start + 1 }
}

const upTo = (sql: string, start: number, mark: string): Read => {
  const end = sql.indexOf(mark, start + 2)
  return { kind: "blank", start, end: end === -1 ? sql.length : end + (mark === "\n" ? 0 : mark.length) }
}

/** A quote is written twice inside its own quotes. An unclosed one ends with the text. */
const quoted = (sql: string, start: number, kind: "name" | "string", quote: string, escapes: boolean): Read => {
  let text = ""
  let from = start + 1
  while (true) {
    const end = sql.indexOf(quote, from)
    if (end === -1) return { kind, text: text + sql.slice(from), start, end: sql.length }
    if (escapes && isEscaped(sql, end, from)) {
      text += `${sql.slice(from, end - 1)}${quote}`
      from = end + 1
    } else if (sql.charAt(end + 1) === quote) {
      text += sql.slice(from, end + 1)
      from = end + 2
    } else {
      return { kind, text: text + sql.slice(from, end), start, end: end + 1 }
    }
  }
}

const isEscaped = (sql: string, position: number, from: number): boolean => {
  let slashes = 0
  while (position - slashes > from && sql.charAt(position - slashes - 1) === "\\") slashes++
  return slashes % 2 === 1
}
