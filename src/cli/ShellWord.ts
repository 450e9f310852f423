/** Text as a shell reads it back: for commands that are shown to be typed. */

/** In double quotes, as people write it, where nothing in it means anything there; else in single ones. */
export const quoted = (text: string): string =>
  /[$`"\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`

/** In quotes only where it must be. */
export const word = (text: string): string => (/^[\w./@:+,=-]+$/.test(text) ? text : quoted(text))
