/**
 * Finds known secrets in texts that hold them in another encoding: hex, percent, HTML entities, `\u` escapes, base64 of
 * base64, wrapped at line ends, in other case. Once over the text, however many secrets there are.
 */
import * as PlainText from "./PlainText.ts"

/** What is looked for, encoded or not, and what is shown in its place. */
export interface Needle {
  readonly form: string
  readonly shown: string
}

/** Shorter ones would meet innocent text by chance where case and spaces do not count. In bytes. */
const shortest = 8

/**
 * A scanner for these needles, to be made once, because that costs more than a scan; those that are too short are left out.
 * Changes nothing else of a text. With `cut` also what the end of a text has left of one that somebody has shortened.
 */
export const make = (
  needles: ReadonlyArray<Needle>,
  { cut }: { readonly cut: boolean }
): ((text: string) => string) => {
  // Many are made for what may go wrong, and most of those have nothing to do.
  let index: Index | null = null
  return (text) =>
    needles.length === 0 || text.length < shortest ? text : masked(text, (index ??= indexed(needles)), cut)
}

// -----------------------------------------------------------------------------
// internals

/** A text longer than this that holds a secret is masked as a whole: nobody reads it, and its places would fill the memory. */
const longest = 1_000_000

/** Needles by the hash of their first bytes, the longest first. */
interface Index {
  /** A bit for each hash that some needle begins with: of nearly all places of a text it says that none is there. */
  readonly begins: Uint8Array
  readonly byHash: ReadonlyMap<number, ReadonlyArray<Target>>
}

interface Target {
  readonly bytes: Uint8Array
  readonly shown: string
}

const indexed = (needles: ReadonlyArray<Needle>): Index => {
  const distinct = new Map<string, Target>()
  for (const { form, shown } of needles) {
    const { bytes, length } = PlainText.of(form, { places: false })
    if (length >= shortest) distinct.set(form, { bytes: bytes.slice(0, length), shown })
  }
  const byHash = Map.groupBy(
    [...distinct.values()].toSorted((one, other) => other.bytes.length - one.bytes.length),
    ({ bytes }) => bytes.subarray(0, window).reduce(hashWith, 0)
  )
  const begins = new Uint8Array(hashes / 8)
  for (const hash of byHash.keys()) begins[hash >> 3] = (begins[hash >> 3] ?? 0) | (1 << (hash & 7))
  return { begins, byHash }
}

const window = 6
const hashes = 0x40000

/** Of the last `window` bytes: older ones are shifted out. */
const hashWith = (hash: number, byte: number): number => ((hash << 3) ^ byte) & (hashes - 1)

interface Found {
  readonly start: number
  end: number
  shown: string
  /** The length of the needle that `shown` is of: of several in one place, the longest is told. */
  length: number
}

const masked = (text: string, index: Index, cut: boolean): string => {
  if (!cut) {
    if (!mayHold(text, index)) return text
    // Places take 24 bytes a character, and hardly ever there is something to be put into its place.
    const [first] = allIn(PlainText.of(text, { places: false }), index)
    if (first === undefined) return text
    if (text.length > longest) return first.shown
  }
  let result = ""
  let at = 0
  const plain = PlainText.of(cut ? text.replace(/…$/, "") : text, { places: true })
  const found = allIn(plain, index)
  for (const { end, shown, start } of cut ? [...found, ...leftAtEnd(plain, index, found.at(-1)?.end ?? 0)] : found) {
    result += text.slice(at, start) + shown
    at = Math.max(end, at)
  }
  return result + text.slice(at)
}

/** The most of any needle's beginning that stands at the end of the text, behind `from`; the mark of the cut goes too. */
const leftAtEnd = (plain: PlainText.PlainText, { byHash }: Index, from: number): ReadonlyArray<Found> => {
  const { bytes, length: total, places } = plain
  let most: Found | null = null
  for (const needle of [...byHash.values()].flat()) {
    for (let length = Math.min(needle.bytes.length - 1, total); length >= shortest; length--) {
      if (most !== null && length <= most.length) break
      if (!standsAt(bytes, total, total - length, needle.bytes.subarray(0, length))) continue
      const start = places?.starts[total - length] ?? 0
      if (start >= from) most = { start, end: Number.POSITIVE_INFINITY, shown: needle.shown, length }
    }
  }
  return most === null ? [] : [most]
}

/** Nearly all texts are ASCII without an escape, and hold none: they are looked at as they are. */
const mayHold = (text: string, index: Index): boolean => {
  let hash = 0
  for (let last = 0; last < text.length; last++) {
    const code = text.charCodeAt(last)
    if (code >= plainBytes.length) return true
    const byte = plainBytes[code] ?? 0
    if (byte === encoded) return true
    if (byte === unseen) continue
    hash = hashWith(hash, byte)
    if (isBeginning(hash, index) && index.byHash.get(hash)?.some(({ bytes }) => endsAt(text, last, bytes)) === true) {
      return true
    }
  }
  return false
}

const unseen = 0
const encoded = 1

/** What `PlainText` makes of an ASCII character; of what may begin an escape it depends on what follows. */
const plainBytes = Uint8Array.from({ length: 0x7f }, (_, code) => {
  const text = String.fromCharCode(code)
  if (/[%&\\]/.test(text)) return encoded
  const { bytes, length } = PlainText.of(text, { places: false })
  return length === 0 ? unseen : (bytes[0] ?? unseen)
})

/** Whether the first bytes of the needle end at this place of an ASCII text. */
const endsAt = (text: string, last: number, needle: Uint8Array): boolean => {
  for (let index = Math.min(window, needle.length) - 1, at = last; index >= 0; at--) {
    const byte = plainBytes[text.charCodeAt(at)] ?? encoded
    if (byte === unseen && at >= 0) continue
    if (byte !== needle[index--]) return false
  }
  return true
}

/** Where needles stand in the text; those that overlap are one. */
const allIn = ({ bytes, length: total, places }: PlainText.PlainText, index: Index): ReadonlyArray<Found> => {
  const found: Array<Found> = []
  let hash = 0
  for (let last = 0; last < total; last++) {
    hash = hashWith(hash, bytes[last] ?? 0)
    const needle = isBeginning(hash, index) ? needleAt(bytes, total, last, hash, index) : undefined
    if (needle === undefined) continue
    const { shown } = needle
    const { length } = needle.bytes
    const first = last - window + 1
    const start = places?.starts[first] ?? 0
    const end = places?.ends[first + length - 1] ?? 0
    const before = found.at(-1)
    if (before === undefined || before.end <= start) found.push({ start, end, shown, length })
    else {
      before.end = Math.max(before.end, end)
      if (length > before.length) Object.assign(before, { shown, length })
    }
  }
  return found
}

const isBeginning = (hash: number, { begins }: Index): boolean => ((begins[hash >> 3] ?? 0) & (1 << (hash & 7))) !== 0

/** The longest needle whose first `window` bytes end at `last`. */
const needleAt = (bytes: Uint8Array, length: number, last: number, hash: number, { byHash }: Index) =>
  byHash.get(hash)?.find((needle) => standsAt(bytes, length, last - window + 1, needle.bytes))

const standsAt = (bytes: Uint8Array, length: number, at: number, needle: Uint8Array): boolean => {
  if (at < 0 || at + needle.length > length) return false
  for (let index = 0; index < needle.length; index++) if (bytes[at + index] !== needle[index]) return false
  return true
}
