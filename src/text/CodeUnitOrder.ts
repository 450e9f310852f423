/** An order of texts that is the same on every machine, unlike a locale's. */
export const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
