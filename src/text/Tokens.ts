/**
 * What a name is made of: runs of letters and runs of digits, folded so that case, accents and punctuation do not
 * count. Offsets are UTF-16 offsets into the text as given, so that a question can be annotated.
 */

/** Letters that Unicode decomposition leaves alone although people write them with ASCII. */
const foldedLetters: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ı", "i"]
])

const ascii = /^[\0-\x7f]*$/

/** Lower case, compatibility forms and accents dropped (`Łódź` → `lodz`). Marks of other scripts are kept: they are vowels there. */
export const fold = (text: string): string => {
  if (ascii.test(text)) return text.toLowerCase()
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]+/g, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => foldedLetters.get(letter) ?? letter)
}

const separator = 0
const letter = 1
const digit = 2

/** Classes of the ASCII characters: a table, because a request may look at millions of characters. */
const asciiClasses = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /[a-z]/i.test(character) ? letter : /\d/.test(character) ? digit : separator
})

const isDigitCode = (code: number) => code >= 48 && code <= 57

const classAt = (text: string, index: number): number => {
  const code = text.charCodeAt(index)
  if (code < 128) return asciiClasses[code] ?? separator
  // Halves of surrogate pairs are letters: emoji and rare scripts then match themselves and nothing else.
  if (code >= 0xd800 && code <= 0xdfff) return letter
  const character = text.charAt(index)
  if (/[\p{L}\p{M}]/u.test(character)) return letter
  return /\p{N}/u.test(character) ? digit : separator
}

const endOfRun = (text: string, start: number, wanted: number): number => {
  let end = start
  while (end < text.length && classAt(text, end) === wanted) end++
  return end
}

/** `1,250.50` is one number; the comma in `3,4` is a decimal one. */
const endOfNumber = (text: string, start: number): number => {
  let end = endOfRun(text, start, digit)
  while ((text[end] === "." || text[end] === ",") && end + 1 < text.length && classAt(text, end + 1) === digit) {
    end = endOfRun(text, end + 1, digit)
  }
  return end
}

/** One spelling a value: `0.50`, `.5` without its zero, `0,5` and `1,000` without separators. */
const canonicalNumber = (run: string): string => {
  if (/^(?:\d|[1-9]\d+)$/.test(run)) return run
  let value = run.replace(/,(?=\d{3}(\D|$))/g, "").replace(",", ".")
  if (value.includes(".")) value = value.replace(/0+$/, "").replace(/\.$/, "")
  return value.replace(/^0+(?=\d)/, "")
}

const isApostrophe = (character: string | undefined) => character === "'" || character === "’"

/**
 * The folded tokens of a text. With `offsets`, the start and end of each token in `text` are appended to it, two
 * numbers a token. `O'Brien` is one token, the possessive of `Smith's` belongs to its token and is dropped.
 */
export const tokenize = (text: string, offsets?: Array<number>): Array<string> => {
  const isAscii = ascii.test(text)
  const source = isAscii ? text.toLowerCase() : text
  const tokens: Array<string> = []
  let index = 0
  while (index < source.length) {
    const kind = classAt(source, index)
    if (kind === separator) {
      index++
      continue
    }
    const start = index
    if (kind === digit) {
      index = endOfNumber(source, start)
      const run = source.slice(start, index)
      tokens.push(canonicalNumber(isAscii ? run : fold(run)))
    } else {
      index = endOfRun(source, start, letter)
      let word = source.slice(start, index)
      if (isApostrophe(source[index])) {
        const end = endOfRun(source, index + 1, letter)
        const tail = source.slice(index + 1, end)
        const possessive = tail === "s" || tail === "S"
        if (possessive || tail.length > 1 || (tail.length === 1 && word.length === 1)) {
          if (!possessive) word += tail
          index = end
        }
      }
      tokens.push(isAscii ? word : fold(word))
    }
    if (offsets !== undefined) offsets.push(start, index)
  }
  return tokens
}

/** True for a token that is a number. */
export const isNumber = (token: string): boolean => isDigitCode(token.charCodeAt(0))

/** The singular of a regular English plural; other words unchanged. Tokens below four letters have no plural here. */
export const stem = (token: string): string => {
  if (token.length < 4 || token.charCodeAt(token.length - 1) !== 115) return token
  if (token.endsWith("ies") && token.length > 4) return `${token.slice(0, -3)}y`
  if (token.endsWith("ss") || token.endsWith("us") || token.endsWith("is")) return token
  if (/(x|ch|sh|ss|z)es$/.test(token)) return token.slice(0, -2)
  return token.slice(0, -1)
}

/** Tokens run together, so that separators do not count; two numbers stay two (`1 23` is not `12 3`). */
export const joinTokens = (tokens: ReadonlyArray<string>): string => {
  let joined = ""
  let afterNumber = false
  for (const token of tokens) {
    const number = isNumber(token)
    joined += afterNumber && number ? ` ${token}` : token
    afterNumber = number
  }
  return joined
}

/** The spelling that is left when case, accents, punctuation, separators and plural endings do not count. */
export const normalizeTokens = (tokens: ReadonlyArray<string>): string => joinTokens(tokens.map(stem))

/** A text of nothing but digits and their separators. */
export const bareNumber = /^[\d\s.,_-]*$/
