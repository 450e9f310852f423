/** SQL on a terminal: a statement that is too wide goes on in further lines, and means what it meant. Pure. */
import * as Result from "effect/Result"
import * as SqlLexer from "../guard/SqlLexer.ts"

/**
 * The statement in lines of at most so many columns: its own, or one a clause; those too long are broken after commas and
 * before AND and OR, then between words. Only blanks change. What fits or holds a comment stays as it is.
 */
export const wrap = (sql: string, columns: number): ReadonlyArray<string> => {
  const written = sql.split(/\r\n?|\n/)
  if (written.every(({ length }) => length <= columns)) return written
  const pieces = piecesOf(sql)
  if (pieces === null) return written
  const lines = written.length > 1 ? ownLines(pieces) : clauses(pieces)
  return lines.flatMap((line) => filled(line, columns))
}

// -----------------------------------------------------------------------------
// internals

interface Piece {
  readonly text: string
  /** Unquoted words in lower case; else "". */
  readonly word: string
  /** Whether a blank stands before it. */
  readonly apart: boolean
  /** How far in it stands where it begins a line of the statement; else `null`. */
  readonly indent: number | null
}

interface Line {
  readonly indent: number
  readonly pieces: ReadonlyArray<Piece>
}

/** Read as PostgreSQL's, whose operators are the most; `null` for what cannot be read, or holds more than tokens. */
const piecesOf = (sql: string): ReadonlyArray<Piece> | null => {
  const tokens = Result.getOrNull(SqlLexer.lex(sql, "postgres"))
  if (tokens === null) return null
  const ends = [0, ...tokens.map(({ end }) => end)]
  const gaps = [...tokens.map(({ start }, index) => sql.slice(ends[index], start)), sql.slice(ends.at(-1))]
  if (gaps.some((gap) => gap.trim() !== "")) return null
  if (tokens.some(({ end, start }) => /[\r\n]/.test(sql.slice(start, end)))) return null
  return tokens.map(({ end, kind, start, text }, index) => {
    const gap = gaps[index] ?? ""
    return {
      text: sql.slice(start, end),
      word: kind === "word" ? text : "",
      apart: gap !== "",
      indent: /[\r\n]/.test(gap) ? gap.length - 1 - Math.max(gap.lastIndexOf("\n"), gap.lastIndexOf("\r")) : null
    }
  })
}

const ownLines = (pieces: ReadonlyArray<Piece>): ReadonlyArray<Line> => {
  const starts = pieces.flatMap(({ indent }, index) => (index === 0 || indent !== null ? [index] : []))
  return starts.map((start, index) => ({
    indent: pieces[start]?.indent ?? 0,
    pieces: pieces.slice(start, starts[index + 1])
  }))
}

const joins = new Set(["left", "right", "full", "inner", "cross", "natural"])
const openers = new Set([
  "from",
  "where",
  "group",
  "having",
  "window",
  "order",
  "limit",
  "offset",
  "union",
  "intersect",
  "except",
  "join",
  ...joins
])

/** A line a clause, those of an inner SELECT further to the right. `EXTRACT(YEAR FROM …)` has no clauses. */
const clauses = (pieces: ReadonlyArray<Piece>): ReadonlyArray<Line> => {
  const lines: Array<Line> = []
  const selects = [false]
  let line: Array<Piece> = []
  let indent = 0
  for (const [index, piece] of pieces.entries()) {
    const previous = pieces[index - 1]?.word ?? ""
    const goesOn = (piece.word === "join" && (joins.has(previous) || previous === "outer")) || joins.has(previous)
    // LEFT(name, 3) is a function.
    const isCall = pieces[index + 1]?.text === "("
    if (selects.at(-1) && openers.has(piece.word) && piece.apart && !goesOn && !(joins.has(piece.word) && isCall)) {
      lines.push({ indent, pieces: line })
      line = []
      indent = 2 * (selects.length - 1)
    }
    const depth = 2 * (selects.length - 1)
    // Behind an inner SELECT the outer one goes on.
    if (indent > depth && piece.apart && (piece.word === "and" || piece.word === "or")) {
      lines.push({ indent, pieces: line })
      line = []
      indent = depth + 4
    }
    line.push(piece)
    if (piece.text === "(") selects.push(false)
    else if (piece.text === ")" && selects.length > 1) selects.pop()
    else if (piece.word === "select") selects[selects.length - 1] = true
  }
  return [...lines, { indent, pieces: line }].filter(({ pieces }) => pieces.length > 0)
}

/** A line that is too long goes on, further in, from the last good place that fits. */
const filled = ({ indent, pieces }: Line, columns: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = " ".repeat(indent)
  let rest = pieces
  while (rest.length > 0) {
    const fits = Math.max(countFitting(rest, columns - line.length), 1)
    const taken = fits === rest.length ? fits : lastBreak(rest, fits)
    lines.push(line + textOf(rest.slice(0, taken)))
    rest = rest.slice(taken)
    line = " ".repeat(indent + 4)
  }
  return lines
}

const textOf = (pieces: ReadonlyArray<Piece>): string =>
  pieces.map(({ apart, text }, index) => (apart && index > 0 ? ` ${text}` : text)).join("")

const countFitting = (pieces: ReadonlyArray<Piece>, room: number): number => {
  let size = 0
  const first = pieces.findIndex(({ apart, text }, index) => {
    size += text.length + (apart && index > 0 ? 1 : 0)
    return size > room
  })
  return first === -1 ? pieces.length : first
}

/** How many pieces to take: up to a comma, AND or OR if one is not too far back, else to a blank, wherever that is. */
const lastBreak = (pieces: ReadonlyArray<Piece>, fits: number): number => {
  const blanks = pieces.flatMap(({ apart }, index) => (index > 0 && apart ? [index] : []))
  const within = blanks.filter((index) => index <= fits)
  const good = within.findLast(
    (index) => pieces[index - 1]?.text === "," || ["and", "or"].includes(pieces[index]?.word ?? "")
  )
  return (good !== undefined && good > fits / 2 ? good : within.at(-1)) ?? blanks[0] ?? pieces.length
}
