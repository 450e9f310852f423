/** Plain-text tables that fit a terminal. */
import * as Visible from "./Visible.ts"

export interface Column {
  readonly title: string
  /** Numbers: to the right, and never shortened. */
  readonly align?: "right"
  /** What is typed again, such as an id: never shortened for a screen. */
  readonly whole?: true
  /** A list of words, which goes on in the next line where it does not fit. */
  readonly wrap?: true
}

/** Longer cells are shortened with `…` where no terminal sets a limit: a table must stay readable. */
const maxWidth = 60
const gap = 2
/** Below this a column tells nothing; the rows are then set one value a line. */
const narrowest = 10

/**
 * Columns separated by two spaces, a rule under the titles; control characters of a server's text are made visible. In
 * `screen` columns the widest columns give way; where even that is too little, each row becomes a list of its values.
 */
export const render = (
  columns: ReadonlyArray<Column>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  screen: number = Number.POSITIVE_INFINITY
): string => {
  const most = Number.isFinite(screen) ? screen : maxWidth
  const cells = rows.map((row) =>
    columns.map(({ whole, wrap }, index) =>
      whole || (wrap && Number.isFinite(screen)) ? Visible.line(row[index] ?? "") : clip(row[index] ?? "", most)
    )
  )
  const titles = columns.map(({ title }) => clip(title, most))
  const natural = titles.map((title, index) => Math.max(width(title), ...cells.map((row) => width(row[index] ?? ""))))
  const widths = fitted(columns, natural, titles.map(width), screen)
  if (widths === null) return listed(titles, cells, screen)
  const lines = (row: ReadonlyArray<string>): ReadonlyArray<string> => {
    const parts = columns.map(({ wrap: wraps }, index) => {
      const [text, room] = [row[index] ?? "", widths[index] ?? 0]
      return wraps ? wrap(text, room) : [clip(text, room)]
    })
    return Array.from({ length: Math.max(...parts.map(({ length }) => length)) }, (_, at) =>
      columns
        .map(({ align }, index) => {
          const text = parts[index]?.[at] ?? ""
          const padding = " ".repeat(Math.max((widths[index] ?? 0) - width(text), 0))
          return align === "right" ? padding + text : text + padding
        })
        .join(" ".repeat(gap))
        .trimEnd()
    )
  }
  return [...lines(titles), widths.map((size) => "─".repeat(size)).join(" ".repeat(gap)), ...cells.flatMap(lines)].join(
    "\n"
  )
}

/** Words in lines of so many columns; a longer word is broken. One line at least. */
export const wrap = (text: string, columns: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ""
  // Counted along: a line without a limit would else be measured again for each of its words.
  let used = 0
  for (const word of Visible.line(text).split(" ")) {
    const size = width(word)
    if (line === "" ? size <= columns : used + 1 + size <= columns) {
      used += line === "" ? size : 1 + size
      line += line === "" ? word : ` ${word}`
      continue
    }
    if (line !== "") lines.push(line)
    for (const piece of broken(word, columns)) lines.push(piece)
    line = lines.pop() ?? ""
    used = width(line)
  }
  return [...lines, line]
}

/** At most so many columns of the text, with `…` for the rest; control characters and bidi overrides are made visible. */
export const clip = (text: string, columns: number): string => {
  const visible = Visible.line(text)
  const characters = [...visible]
  if (Math.max(width(visible), characters.length) <= columns) return visible
  let clipped = ""
  let room = columns - 1
  for (const character of characters) {
    // A mark that takes no room counts too: a name may be made of nothing else.
    room -= Math.max(width(character), 1)
    if (room < 0) break
    clipped += character
  }
  return `${clipped}…`
}

/** Columns in a terminal, nearly: East Asian wide characters and emoji take two, combining marks none. */
export const width = (text: string): number => {
  let columns = 0
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character
      )
        ? 2
        : 1
  }
  return columns
}

// -----------------------------------------------------------------------------
// internals

/** The natural widths, the widest text columns cut down until all fit; `null` if that takes too much of them. */
const fitted = (
  columns: ReadonlyArray<Column>,
  natural: ReadonlyArray<number>,
  titles: ReadonlyArray<number>,
  screen: number
): ReadonlyArray<number> | null => {
  const room = screen - gap * (columns.length - 1)
  const least = natural.map((size, index) =>
    columns[index]?.align === "right" || columns[index]?.whole
      ? size
      : Math.min(size, Math.max(narrowest, titles[index] ?? 0))
  )
  const sum = (sizes: ReadonlyArray<number>) => sizes.reduce((total, size) => total + size, 0)
  if (sum(natural) <= room) return natural
  if (sum(least) > room) return null
  // The highest level to which all that is above it is cut.
  let level = Math.max(...natural)
  const at = (limit: number) => natural.map((size, index) => Math.max(Math.min(size, limit), least[index] ?? 0))
  while (sum(at(level)) > room) level -= 1
  return at(level)
}

/** A row as a block, a value a line. */
const listed = (titles: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>, screen: number): string => {
  const label = Math.min(Math.max(...titles.map(width)), Math.floor(screen / 2) - gap)
  return rows
    .map((row) =>
      titles
        .flatMap((title, index) => {
          const [first = "", ...more] = wrap(row[index] ?? "", screen - label - gap)
          const head = clip(title, label)
          return [
            `${head}${" ".repeat(label - width(head) + gap)}${first}`.trimEnd(),
            ...more.map((line) => " ".repeat(label + gap) + line)
          ]
        })
        .join("\n")
    )
    .join("\n\n")
}

const broken = (word: string, columns: number): ReadonlyArray<string> => {
  const pieces: Array<string> = []
  let piece = ""
  let used = 0
  for (const character of word) {
    const size = width(character)
    if (piece !== "" && used + size > columns) {
      pieces.push(piece)
      piece = ""
      used = 0
    }
    piece += character
    used += size
  }
  return [...pieces, piece]
}
