/** How wide what is shown may be. */

/** Columns of the terminal that a stream is; without one nothing limits a line: a program reads it, or `less -S`. */
export const columns = (stream: NodeJS.WriteStream = process.stdout): number =>
  stream.isTTY ? Math.max(stream.columns || 80, narrowest) : Number.POSITIVE_INFINITY

/** Below this nothing can be laid out. */
const narrowest = 20
