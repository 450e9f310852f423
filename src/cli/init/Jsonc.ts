/** JSON as editors keep it: with comments and trailing commas. */
import * as Result from "effect/Result"
import * as Json from "../../text/Json.ts"

/**
 * The value of the text. The failure says where it stops being JSON, and never what stands there: it may be a secret.
 */
export const parse = (text: string): Result.Result<unknown, string> =>
  Result.try({ try: (): unknown => Json.parse(plain(text)), catch: (cause) => `it is not JSON${placeIn(cause)}` })

/** Spaces in place of comments and of commas before a closing bracket, so that places stay what they are. */
const plain = (text: string): string =>
  blank(
    blank(text.replace(/^\uFEFF/, " "), /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g),
    /"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g
  )

const blank = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (found) => (found.startsWith('"') ? found : found.replace(/[^\n]/g, " ")))

const placeIn = (cause: unknown): string => {
  const place = /\(line (\d+) column (\d+)\)/.exec(String(cause))
  return place === null ? "" : ` (line ${place[1]}, column ${place[2]})`
}
