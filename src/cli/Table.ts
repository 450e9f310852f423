/** Plain-text tables. */

export interface Column {
  readonly title: string
  readonly align?: "right"
}

/** Longer cells are shortened with `…`: a table must stay readable in a terminal. */
const maxWidth = 60

/** Columns separated by two spaces, a rule under the titles; control characters of a server's text are made visible. */
export const render = (columns: ReadonlyArray<Column>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const cells = rows.map((row) => columns.map((_, index) => fit(row[index] ?? "")))
  const widths = columns.map(({ title }, index) =>
    Math.max(width(title), ...cells.map((row) => width(row[index] ?? "")))
  )
  const line = (row: ReadonlyArray<string>) =>
    columns
      .map(({ align }, index) => {
        const text = row[index] ?? ""
        const padding = " ".repeat((widths[index] ?? 0) - width(text))
        return align === "right" ? padding + text : text + padding
      })
      .join("  ")
      .trimEnd()
  return [
    line(columns.map(({ title }) => title)),
    widths.map((size) => "─".repeat(size)).join("  "),
    ...cells.map(line)
  ].join("\n")
}

const fit = (text: string): string => {
  const visible = text.replace(/\p{Cc}/gu, (character) => (character === "\n" ? " ⏎ " : "�"))
  const characters = [...visible]
  return characters.length > maxWidth ? `${characters.slice(0, maxWidth - 1).join("")}…` : visible
}

/** Columns in a terminal, nearly: East Asian wide characters and emoji take two, combining marks none. */
const width = (text: string): number => {
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
