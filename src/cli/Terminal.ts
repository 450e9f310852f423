/** How wide what is shown may be. */

/** Columns of the terminal that stdout is; without one nothing limits a line: a program reads it, or `less -S`. */
export const columns = (): number =>
  process.stdout.isTTY ? Math.max(process.stdout.columns || 80, narrowest) : Number.POSITIVE_INFINITY

/** Below this nothing can be laid out. */
const narrowest = 20
