/**
 * Texts from servers, fit for a terminal: what would move the cursor, change colours or titles, reorder or hide text is
 * made visible. Pure.
 */

/**
 * Control characters (C0, DEL, C1), bidi and other format characters, line and paragraph separators, lone surrogates. The
 * joiners that scripts and emoji are written with stay.
 */
const hazardous = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu

/** One line: a line feed is `⏎`, everything else that is hazardous `�`. */
export const line = (text: string): string => text.replace(hazardous, (character) => (character === "\n" ? " ⏎ " : "�"))

/** Several lines, whose ends stay. */
export const lines = (text: string): string => text.replace(hazardous, (character) => (character === "\n" ? "\n" : "�"))

/** JSON text that means the same, with what is hazardous written as `\uXXXX`; its own line ends stay. */
export const json = (text: string): string =>
  text.replace(hazardous, (character) => (character === "\n" ? "\n" : escaped(character)))

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`
  ).join("")
