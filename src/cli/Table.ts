/** Plain-text tables. */
import * as Visible from "../text/Visible.ts"

export interface Column {
  readonly title: string
  readonly align?: "right"
}

/** Longer cells are shortened with `…`: a table must stay readable in a terminal. */
const maxWidth = 60

/** Columns separated by two spaces, a rule under the titles; control characters of a server's text are made visible. */
export const render = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const cells = rows.map((row) => columns.map((_, index) => fit(row[index] ?? "")))
  const titles = columns.map(({ title }) => fit(title))
  const widths = titles.map((title, index) => Math.max(width(title), ...cells.map((row) => width(row[index] ?? ""))))
  const line = (row: ReadonlyArray<string>) =>
    columns
      .map(({ align }, index) => {
        const text = row[index] ?? ""
        const padding = " ".repeat((widths[index] ?? 0) - width(text))
        return align === "right" ? padding + text : text + padding
      })
      .join("  ")
      .trimEnd()
  return [line(titles), widths.map((size) => "─".repeat(size)).join("  "), ...cells.map(line)].join("\n")
}

const fit = (text: string): string => clip(text, maxWidth)

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
