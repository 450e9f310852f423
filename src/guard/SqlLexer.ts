/**
 * Splits a statement into tokens that PostgreSQL, MySQL and SQLite all see at the same places.
 *
 * A guard that lexes by one dialect's rules can be fooled under another's: `'\'` ends a string in one and not in the
 * other, `#` starts a comment in one and is an operator in the other. Whatever the three would read differently is
 * refused here, so that everything after this module may reason about one reading. Only PostgreSQL's operators on JSON
 * and its array slices, which mean nothing to the others, are let through where the dialect is PostgreSQL's.
 */
import * as Result from "effect/Result"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"

/** `word` is unquoted, `identifier` is quoted; `symbol` is a single character. */
export type TokenKind = "word" | "identifier" | "string" | "number" | "symbol"

export interface Token {
  readonly kind: TokenKind
  /** Unquoted words in ASCII lower case, identifiers without their quotes, everything else as written. */
  readonly text: string
  /** UTF-16 offset of the first character. */
  readonly start: number
  /** UTF-16 offset after the last character. */
  readonly end: number
  /** Of an opening parenthesis: how many tokens further the one stands that closes it. */
  readonly toClosing?: number
}

/** Longer statements are refused; no question needs one, and parsers may be slow on them. In UTF-16 units. */
export const maxSqlLength = 65_536

/** Deeper nesting is refused, so that no recursive reader (ours or a parser's) runs out of stack. */
const maxNesting = 64

/**
 * Lower case for A–Z only. Databases fold names by ASCII rules; JavaScript would turn the Kelvin sign into `k` and let
 * a name pass for another.
 */
export const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** The tokens of `sql`, or why its reading would differ between the dialects. */
export const lex = (sql: string, dialect: Dialect): Result.Result<ReadonlyArray<Token>, SqlRefusal> => {
  if (sql.length > maxSqlLength) {
    return Result.fail(refuse("syntax", `the statement is longer than ${maxSqlLength} characters`))
  }
  if (controlCharacter.test(sql) || !sql.isWellFormed()) {
    return Result.fail(refuse("syntax", "the statement holds a control character or broken Unicode"))
  }
  const tokens: Array<Token> = []
  const brackets = new Brackets()
  let position = 0
  // Where the line ends on which PostgreSQL has an operator and MySQL the beginning of a comment.
  let hashed = 0
  while (position < sql.length) {
    const read =
      (dialect === "postgres" ? readPostgres(sql, position, brackets.inSubscript) : null) ?? readAt(sql, position)
    if ("problem" in read) return Result.fail(refuse("syntax", read.problem))
    if (read.kind === "symbol" && read.text === "#") hashed = lineEnd(sql, position)
    if (position < hashed && hashed < read.end && sql.slice(position, read.end).trim() !== "") {
      return Result.fail(refuse("syntax", 'a text or comment that begins behind "#" and ends on another line'))
    }
    const problem = brackets.see(read, sql.slice(position, read.end))
    if (problem !== null) return Result.fail(refuse("syntax", problem))
    if (read.kind !== "blank") tokens.push({ kind: read.kind, text: read.text, start: position, end: read.end })
    position = read.end
  }
  return brackets.open ? Result.fail(refuse("syntax", "a bracket is not closed")) : Result.succeed(paired(tokens))
}

// -----------------------------------------------------------------------------
// internals

interface Read {
  readonly kind: TokenKind | "blank"
  readonly text: string
  readonly end: number
}

interface Unreadable {
  readonly problem: string
}

/** Everything but tab and line ends; what else is invisible may stand in a string, and is refused in a name. */
const controlCharacter = /(?![\t\n\r])\p{Cc}/u

const blank = /[ \t\r\n]+/y
const word = /[A-Za-z_\u{aa}-\u{10ffff}][A-Za-z0-9_$\u{aa}-\u{10ffff}]*/uy
const number = /(?:0[xX][0-9A-Fa-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y

const matchAt = (pattern: RegExp, sql: string, position: number): string | null => {
  pattern.lastIndex = position
  return pattern.exec(sql)?.[0] ?? null
}

const lineEnd = (sql: string, position: number): number => {
  const feed = sql.indexOf("\n", position)
  return feed === -1 ? sql.length : feed
}

/** `#>`, `#>>`, `#-`, `?`, `?|`, `?&`, `@?` on JSON, and the `:` of a slice; `null` for everything else. */
const readPostgres = (sql: string, position: number, inSubscript: boolean): Read | null => {
  const pair = sql.slice(position, position + 2)
  if (/^(?:#[>-]|\?|@\?)/.test(pair)) return symbol(pair.charAt(0), position)
  return inSubscript && /^:[^:]/.test(pair) ? symbol(":", position) : null
}

const readAt = (sql: string, position: number): Read | Unreadable => {
  const character = sql.charAt(position)
  const next = sql.charAt(position + 1)
  const space = matchAt(blank, sql, position)
  if (space !== null) return { kind: "blank", text: "", end: position + space.length }
  if (character === "-" && next === "-") return readLineComment(sql, position)
  if (character === "/" && next === "*") return readBlockComment(sql, position)
  if (character === "'") return readQuoted(sql, position, "string")
  if (character === '"') return readQuoted(sql, position, "identifier")
  if (character === "`") return readBackticked(sql, position)
  const name = matchAt(word, sql, position)
  if (name !== null) return readWord(sql, position, name)
  const digits = matchAt(number, sql, position)
  if (digits !== null) return readNumber(sql, position, digits)
  return readSymbol(character, next, position)
}

/** MySQL wants a blank after `--`, SQLite ends the comment only at a line feed, PostgreSQL at a carriage return too. */
const readLineComment = (sql: string, position: number): Read | Unreadable => {
  const end = lineEnd(sql, position)
  const comment = sql.slice(position + 2, end)
  if (!/^(?:[ \t\r]|$)/.test(comment)) return { problem: 'a comment needs a space after "--"' }
  if (/\r./.test(comment)) return { problem: "a carriage return inside a comment" }
  return { kind: "blank", text: "", end }
}

/** MySQL runs what it finds in `/*! … ` and obeys `/*+ … `; PostgreSQL nests comments, the others do not. */
const readBlockComment = (sql: string, position: number): Read | Unreadable => {
  const close = sql.indexOf("*/", position + 2)
  if (close === -1) return { problem: "a comment is not closed" }
  const comment = sql.slice(position + 2, close)
  if (/^(?:!|\+|M!)/.test(comment)) return { problem: "a comment that some databases execute" }
  if (/\/\*|\/$/.test(comment)) return { problem: "a comment inside a comment" }
  return { kind: "blank", text: "", end: close + 2 }
}

/** Backslashes escape in MySQL (and in PostgreSQL's E'…') and nowhere else: one before the quote has two readings. */
const readQuoted = (sql: string, start: number, kind: "string" | "identifier"): Read | Unreadable => {
  const quote = sql.charAt(start)
  let position = start + 1
  while (position < sql.length) {
    const character = sql.charAt(position)
    if (character === "\\") {
      if (sql.charAt(position + 1) === quote) return { problem: "a backslash before a quote: choose another character" }
      position += 2
    } else if (character !== quote) {
      position += 1
    } else if (sql.charAt(position + 1) === quote) {
      position += 2
    } else {
      const raw = sql.slice(start, position + 1)
      const text = kind === "string" ? raw : raw.slice(1, -1).replaceAll('""', '"')
      return { kind, text, end: position + 1 }
    }
  }
  return { problem: "a quoted text is not closed" }
}

/** A backtick is an operator to PostgreSQL, which therefore reads what stands between two of them. */
const readBackticked = (sql: string, start: number): Read | Unreadable => {
  const close = sql.indexOf("`", start + 1)
  if (close === -1) return { problem: "a quoted name is not closed" }
  const name = sql.slice(start + 1, close)
  if (!/^[\p{L}\p{N}\p{M}_ ]+$/u.test(name)) {
    return { problem: 'a name in backticks with other characters than letters and digits: use "double quotes"' }
  }
  if (/\b(?:into|for|insert|update|delete|merge)\b/i.test(name)) {
    return { problem: 'a name in backticks that holds a keyword: use "double quotes"' }
  }
  return { kind: "identifier", text: name, end: close + 1 }
}

const readWord = (sql: string, start: number, name: string): Read | Unreadable => {
  if (/[^\p{L}\p{N}\p{M}_$]/u.test(name)) return { problem: "a character that cannot be part of a name" }
  const end = start + name.length
  // PostgreSQL's U&"…" spells a name in code points: no reader could tell which function it calls.
  if (/^u$/i.test(name) && /^&['"]/.test(sql.slice(end, end + 2))) return { problem: "U& quoting" }
  return { kind: "word", text: asciiLower(name), end }
}

const readNumber = (sql: string, start: number, digits: string): Read | Unreadable => {
  const end = start + digits.length
  // "1a" is one name to MySQL, two tokens to older PostgreSQL, an error elsewhere.
  if (/^[\p{L}\p{N}\p{M}_$.'"`]/u.test(sql.slice(end, end + 2)))
    return { problem: `"${digits}" runs into what follows it` }
  return { kind: "number", text: digits, end }
}

const readSymbol = (character: string, next: string, position: number): Read | Unreadable => {
  switch (character) {
    case "#":
      return { problem: '"#" is a comment in one dialect and an operator in another' }
    case "$":
      return { problem: '"$" starts a quotation in one dialect and a parameter in another' }
    case "?":
      return { problem: '"?" is a placeholder; write the value' }
    case "@":
      // User variables and T-SQL's; `@>`, `<@` and `@@` are operators.
      return /[>@ \t\r\n]/.test(next) ? symbol(character, position) : { problem: '"@" variables are not allowed' }
    case ":":
      return next === ":"
        ? { kind: "symbol", text: "::", end: position + 2 }
        : { problem: '":" is a placeholder or an assignment' }
  }
  return "()[],;.+-*/%<>=!|&^~".includes(character)
    ? symbol(character, position)
    : { problem: `the character ${JSON.stringify(character)}` }
}

/** With what closes each parenthesis: whoever reads a nested statement level by level would look for it at each of them. */
const paired = (tokens: ReadonlyArray<Token>): ReadonlyArray<Token> => {
  const found = [...tokens]
  const opened: Array<number> = []
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "symbol") continue
    if (token.text === "(") opened.push(index)
    const open = token.text === ")" ? opened.pop() : undefined
    const opening = tokens[open ?? -1]
    if (open !== undefined && opening !== undefined) found[open] = { ...opening, toClosing: index - open }
  }
  return found
}

const symbol = (text: string, position: number): Read => ({ kind: "symbol", text, end: position + 1 })

/**
 * `[` opens a quoted name in SQLite, which ends at the first `]` whatever stands between, and a subscript in
 * PostgreSQL, where a string may hold a `]`. Also counts the nesting.
 */
class Brackets {
  #stack: Array<string> = []
  #quotedInSqlite = false

  /** True directly inside of `[…]`. */
  get inSubscript(): boolean {
    return this.#stack.at(-1) === "["
  }

  get open(): boolean {
    return this.#stack.length > 0
  }

  /** Says what is wrong with this token at this place, if anything. */
  see(read: Read, source: string): string | null {
    if (read.kind !== "symbol") {
      return this.#quotedInSqlite && source.includes("]") ? 'a "]" inside brackets' : null
    }
    if (read.text === "(" || read.text === "[") {
      this.#stack.push(read.text)
      this.#quotedInSqlite ||= read.text === "["
      return this.#stack.length > maxNesting ? `nested deeper than ${maxNesting}` : null
    }
    if (read.text === ")") return this.#stack.pop() === "(" ? null : "a parenthesis that was not opened"
    if (read.text !== "]") return null
    this.#quotedInSqlite = false
    return this.#stack.pop() === "[" ? null : "a bracket that was not opened"
  }
}
