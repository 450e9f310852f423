/**
 * Text from servers inside a prompt: blocks of data with their provenance, that the text inside cannot end.
 *
 * Two walls. Every line inside a block is indented, and line breaks of any kind are made lines, so that no text can
 * write at the margin, where the tags stand. And the tags carry a number that occurs nowhere in the text.
 */

/** One block; `attributes` say what it holds and where it came from. */
export interface Block {
  readonly attributes: ReadonlyArray<readonly [name: string, value: string]>
  /** Any text; a line with breaks in it becomes several. */
  readonly lines: ReadonlyArray<string>
}

/** The blocks as text, and the tag that all of them have (`data-1`). */
export const render = (
  blocks: ReadonlyArray<Block>
): { readonly tag: string; readonly blocks: ReadonlyArray<string> } => {
  const tag = unusedTag(blocks)
  return {
    tag,
    blocks: blocks.map((block) => {
      const attributes = block.attributes.map(([name, value]) => ` ${name}=${literal(value)}`).join("")
      const lines = block.lines.flatMap((line) => line.split(lineBreak)).map((line) => `  ${visible(line)}`)
      return [`<${tag}${attributes}>`, ...lines, `</${tag}>`].join("\n")
    })
  }
}

/** Text on one line: what shall not look like a line of its own. */
export const inline = (text: string): string => visible(text.replace(/\s+/gu, " ")).trim()

/** A value as JSON on one line; invisible characters are escaped, so that the value stays what it is. */
export const literal = (value: unknown): string =>
  (JSON.stringify(value) ?? "null").replace(hidden, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`
    ).join("")
  )

// -----------------------------------------------------------------------------
// internals

const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u

/**
 * Control and format characters: a person who reviews the resource does not see what they hide (a model does). The
 * two joiners stay, words of several languages are spelt with them.
 */
const hidden = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const visible = (line: string) => line.replace(/\t/g, "  ").replace(hidden, "").toWellFormed()

const unusedTag = (blocks: ReadonlyArray<Block>): string => {
  const used = new Set<string>()
  const collect = (text: string) => {
    for (const match of visible(text).matchAll(/data-(\d+)/gi)) used.add(match[1] ?? "")
  }
  for (const block of blocks) {
    for (const [, value] of block.attributes) collect(value)
    for (const line of block.lines) collect(line)
  }
  let number = 1
  while (used.has(String(number))) number++
  return `data-${number}`
}
