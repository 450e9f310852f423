/**
 * The line of the file that a problem is about, with a caret line under it; what may be secret is shown as dots.
 *
 * Nothing is shown unless it is known to be harmless: keys, and values at known paths that are neither headers nor URLs
 * with parameters. So a token under a misspelt key, in a comment or in a line that is not even YAML stays hidden.
 */
import * as ConfigTree from "../document/ConfigTree.ts"
import { isShowable } from "./Explanation.ts"
import { isHeaderPath, isSecretPath } from "../SchemaLookup.ts"

/** Draws excerpts of one file. `document` is the tree as parsed, before variables are expanded. */
export const make = (
  text: string,
  document: ConfigTree.ConfigNode | undefined
): ((place: ConfigTree.Place) => string) => {
  // Most files have no problem.
  let parts: Uint8Array | undefined
  return ({ column, end, start }) => {
    const shown = (parts ??= shownParts(text, document))
    const lineStart = start - (column - 1)
    const lineEnd = text.indexOf("\n", lineStart)
    const line = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd).replace(/\r$/, "")
    // A long line is cut around the place, so that the caret stays in sight.
    const from = Math.max(0, Math.min(column - 1 - 40, line.length - width))
    const part = line.slice(from, from + width)
    const masked = Array.from({ length: part.length }, (_, index) =>
      isPlain(part[index] ?? "", shown[lineStart + from + index] === 1) ? part[index] : "·"
    ).join("")
    const caretAt = column - 1 - from
    const carets = Math.max(1, Math.min(end - start, part.length - caretAt))
    return `${masked.replaceAll("\t", " ").trimEnd().toWellFormed()}\n${" ".repeat(caretAt)}${"^".repeat(carets)}`
  }
}

// -----------------------------------------------------------------------------
// internals

const width = 100

/** Control characters and ends of lines could move a terminal's cursor; the rest of what is let through says nothing of a secret. */
const isPlain = (character: string, shown: boolean) =>
  shown ? !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character) || character === "\t" : /[ \t{}[\],:"'#-]/.test(character)

/** Where the YAML is broken, a whole line with its value can be taken for a key. */
const wordLike = /^["']?[\p{L}\p{N}_.-]{1,64}["']?$/u

/** And what belongs to a value can be more than the value: a block header, further lines. */
const oneText = /^[^=@?&|>\n]*$/

const shownParts = (text: string, document: ConfigTree.ConfigNode | undefined): Uint8Array => {
  const shown = new Uint8Array(text.length)
  const hidden: Array<ConfigTree.Place> = []
  if (document !== undefined) {
    ConfigTree.visit(document, (node, path, key) => {
      // What stands in the place of a secret may be one that was taken for a name; only that of a header with a value is none.
      const isName = isHeaderPath(path)
        ? path.length <= 3 || (path.length === 4 && node.kind === "scalar" && node.value !== null)
        : !isSecretPath(path) || path.length <= 2
      if (key !== null && isName && wordLike.test(text.slice(key.start, key.end))) shown.fill(1, key.start, key.end)
      const place = ConfigTree.placeOf(node)
      if (place === null || node.kind !== "scalar") return
      if (isShowable(node, path) && oneText.test(text.slice(place.start, place.end)))
        shown.fill(1, place.start, place.end)
      else hidden.push(place)
    })
  }
  // An alias can make one text both a name and a header.
  for (const place of hidden) shown.fill(0, place.start, place.end)
  return shown
}
