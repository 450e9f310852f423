/**
 * A text as it reads without its encodings, and which part of the text each piece of that came from. In linear time: the
 * text may come from a server.
 */

/** What a text says, in bytes of UTF-8, of which `length` count. */
export interface PlainText {
  readonly bytes: Uint8Array
  readonly length: number
  /** Where in the text each byte stands, in UTF-16 units; `null` if nobody asked. */
  readonly places: { readonly starts: Int32Array; readonly ends: Int32Array } | null
}

/**
 * The text without white space, invisible characters and escapes (`%41`, `&#65;`, `&amp;`, `\u0041`, `\x41`, `\n`, also of
 * escapes, a few times over), all in small letters, and base64url as base64: what differs only in these is the same.
 * Places cost more than all else. What is given for a short text is good until the next call.
 */
export const of = (text: string, { places }: { readonly places: boolean }): PlainText => {
  // A unit makes three bytes at most, a pair of them four.
  const room = text.length * 3
  const plain: Draft = {
    bytes: room <= scratch.length ? scratch : new Uint8Array(room),
    length: 0,
    places: places ? { starts: new Int32Array(room), ends: new Int32Array(room) } : null,
    escapes: false
  }
  for (let index = 0; index < text.length;) {
    const code = text.codePointAt(index) ?? 0
    const end = index + (code > 0xffff ? 2 : 1)
    putCodePoint(plain, code, index, end)
    index = end
  }
  // Encoded more often than this, a text is not read.
  for (let round = 0; round < 3 && plain.escapes; round++) unescape(plain)
  const { bytes, length } = plain
  for (let index = 0; index < length; index++) bytes[index] = folded(bytes[index] ?? 0)
  return plain
}

// -----------------------------------------------------------------------------
// internals

/** Most texts are short: for them nothing is allocated. */
const scratch = new Uint8Array(4096)

/** Grows at its end; its arrays have room for more. */
interface Draft extends PlainText {
  length: number
  /** Whether something in it may be an escape. */
  escapes: boolean
}

const percent = 0x25
const ampersand = 0x26
const backslash = 0x5c

const put = (into: Draft, byte: number, start: number, end: number): void => {
  if (byte === percent || byte === ampersand || byte === backslash) into.escapes = true
  into.bytes[into.length] = byte
  if (into.places !== null) {
    into.places.starts[into.length] = start
    into.places.ends[into.length] = end
  }
  into.length += 1
}

/** A code point in UTF-8; nothing if it is white space or cannot be seen. */
const putCodePoint = (into: Draft, code: number, start: number, end: number): void => {
  if (code < 0x80) {
    if (isVisible(code)) put(into, code, start, end)
    return
  }
  if (code > 0x10ffff || /[\s\p{Cc}\p{Cf}]/u.test(String.fromCodePoint(code))) return
  if (code < 0x800) put(into, 0xc0 | (code >> 6), start, end)
  else {
    if (code < 0x10000) put(into, 0xe0 | (code >> 12), start, end)
    else {
      put(into, 0xf0 | (code >> 18), start, end)
      put(into, 0x80 | ((code >> 12) & 0x3f), start, end)
    }
    put(into, 0x80 | ((code >> 6) & 0x3f), start, end)
  }
  put(into, 0x80 | (code & 0x3f), start, end)
}

const isVisible = (ascii: number): boolean => ascii > 0x20 && ascii !== 0x7f

const folded = (byte: number): number =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte === 0x2d ? 0x2b : byte === 0x5f ? 0x2f : byte

/** What an escape takes, in bytes, and the code point that it stands for; `null` for none. */
interface Escape {
  readonly length: number
  readonly code: number | null
}

/** In its own place, because an escape is never shorter than what it stands for. */
const unescape = (plain: Draft): void => {
  const { bytes, length, places } = plain
  const startOf = (index: number) => places?.starts[index] ?? 0
  const endOf = (index: number) => places?.ends[index] ?? 0
  plain.length = 0
  plain.escapes = false
  for (let index = 0; index < length;) {
    const byte = bytes[index] ?? 0
    const hex = byte === percent ? hexAt(bytes, index + 1, 2, length) : null
    const escape =
      byte === backslash
        ? backslashed(bytes, index, length)
        : byte === ampersand
          ? entity(bytes, index, length)
          : { length: hex === null ? 1 : 3, code: null }
    const start = startOf(index)
    const end = endOf(index + escape.length - 1)
    // A byte of UTF-8, of which several may make a character.
    if (hex !== null && (hex >= 0x80 || isVisible(hex))) put(plain, hex, start, end)
    else if (escape.code !== null) putCodePoint(plain, escape.code, start, end)
    else if (hex === null && byte !== backslash) put(plain, byte, start, end)
    index += escape.length
  }
  // What is left of them are no escapes.
  plain.escapes &&= plain.length < length
}

/** `\n`, `\r` and `\t` are white space; of `\"` and `\/` the backslash says nothing. */
const backslashed = (bytes: Uint8Array, index: number, length: number): Escape => {
  const next = bytes[index + 1]
  if (next === 0x6e || next === 0x72 || next === 0x74) return { length: 2, code: null }
  if (next === 0x78) {
    const code = hexAt(bytes, index + 2, 2, length)
    return code === null ? { length: 1, code } : { length: 4, code }
  }
  const unit = next === 0x75 ? hexAt(bytes, index + 2, 4, length) : null
  if (unit === null) return { length: 1, code: null }
  const isFirst = unit >= 0xd800 && unit < 0xdc00 && bytes[index + 6] === backslash && bytes[index + 7] === 0x75
  const second = isFirst ? hexAt(bytes, index + 8, 4, length) : null
  return second === null
    ? { length: 6, code: unit }
    : { length: 12, code: 0x10000 + ((unit - 0xd800) << 10) + ((second - 0xdc00) & 0x3ff) }
}

const entities: ReadonlyArray<readonly [string, number]> = [
  ["amp;", 0x26],
  ["lt;", 0x3c],
  ["gt;", 0x3e],
  ["quot;", 0x22],
  ["apos;", 0x27]
]

const entity = (bytes: Uint8Array, index: number, length: number): Escape => {
  const none = { length: 1, code: null }
  if (bytes[index + 1] !== 0x23) {
    const known = entities.find(([name]) => [...name].every((c, at) => bytes[index + 1 + at] === c.charCodeAt(0)))
    return known === undefined || index + known[0].length >= length
      ? none
      : { length: known[0].length + 1, code: known[1] }
  }
  const isHex = ((bytes[index + 2] ?? 0) | 0x20) === 0x78
  const base = isHex ? 16 : 10
  const first = index + (isHex ? 3 : 2)
  let code = 0
  let at = first
  while (at < Math.min(first + 8, length) && digitOf(bytes[at] ?? 0) < base) {
    code = code * base + digitOf(bytes[at] ?? 0)
    at += 1
  }
  // The semicolon may be missing.
  return at === first ? none : { length: at - index + (at < length && bytes[at] === 0x3b ? 1 : 0), code }
}

const hexAt = (bytes: Uint8Array, index: number, digits: number, length: number): number | null => {
  if (index + digits > length) return null
  let code = 0
  for (let at = index; at < index + digits; at++) {
    const digit = digitOf(bytes[at] ?? 0)
    if (digit > 15) return null
    code = code * 16 + digit
  }
  return code
}

const digitOf = (byte: number): number =>
  byte >= 0x30 && byte <= 0x39
    ? byte - 0x30
    : (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66
      ? (byte | 0x20) - 0x57
      : 99
