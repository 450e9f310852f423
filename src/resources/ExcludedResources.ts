/** The patterns of `resources.exclude`: which listed resources an operator does not want gathered. Pure. */
import { percentDecoded } from "../text/PercentDecoding.ts"

/**
 * Whether one of the patterns matches a URI as it is listed, or percent-decoded (a server may list `%7Btable%7D` for
 * `{table}`). `*` stands for any text, the empty one too; all else stands for itself, the whole URI has to match, and case
 * counts. The time is in proportion to the URI's length, whatever the URI.
 */
export const isExcluded = (patterns: ReadonlyArray<string>): ((uri: string) => boolean) => {
  const matches = patterns.map(matcher)
  return (uri) => {
    const decoded = percentDecoded(uri)
    return matches.some((match) => match(uri) || (decoded !== uri && match(decoded)))
  }
}

/** The patterns that match none of the URIs, each once, in their order: most likely misspelt. */
export const unmatched = (patterns: ReadonlyArray<string>, uris: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...new Set(patterns)].filter((pattern) => !uris.some(isExcluded([pattern])))

// -----------------------------------------------------------------------------
// internals

/** Each piece between stars at the first place after the one before: if any places do, these do. */
const matcher = (pattern: string): ((uri: string) => boolean) => {
  const [first = "", ...rest] = pattern.split("*")
  const last = rest.pop()
  if (last === undefined) return (uri) => uri === first
  return (uri) => {
    const end = uri.length - last.length
    if (!uri.startsWith(first) || !uri.endsWith(last)) return false
    let at = first.length
    for (const piece of rest) {
      const found = uri.indexOf(piece, at)
      if (found === -1) return false
      at = found + piece.length
    }
    return at <= end
  }
}
