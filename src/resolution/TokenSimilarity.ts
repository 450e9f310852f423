/**
 * How likely one word token is a misspelling, plural or abbreviation of another: from 0 (unrelated) to 1 (equal).
 * Numbers only equal numbers.
 */
import { editDistance } from "../text/EditDistance.ts"
import { isNumber, stem } from "../text/Tokens.ts"
import { areOpposites } from "./Opposites.ts"

/** Similarity of a word and its plural. */
export const pluralSimilarity = 0.97

/**
 * Similarity of a word and its opposite: near enough to be suggested, and less than that of any misspelling. Two names
 * that differ in it are never the same, see `Leftovers`.
 */
export const oppositeSimilarity = 0.5

/** Longer tokens are compared for equality only, so that the work a token is bounded. */
const longestToken = 64

/** How many edits a token of this length may be away. */
export const editBudget = (length: number): number => {
  if (length < 4) return 0
  if (length < 6) return 1
  if (length < 10) return 2
  return length < 14 ? 3 : 4
}

/** A bit for each letter that occurs. One edit flips at most two bits, so far signatures mean far words. */
export const signature = (token: string): number => {
  let bits = 0
  for (let index = 0; index < token.length; index++) bits |= 1 << (token.charCodeAt(index) % 31)
  return bits
}

/** Bits that differ. */
export const signatureDistance = (left: number, right: number): number => {
  let bits = left ^ right
  bits -= (bits >>> 1) & 0x55555555
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** How much of a word an abbreviation or a clipped word (`tab` for `tablets`) stands for. */
export const prefixSimilarity = (prefixLength: number, length: number): number => 0.5 + (0.3 * prefixLength) / length

/** An abbreviation is at most this long, and at least two letters shorter than its word. */
export const longestAbbreviation = 5

/** The similarity of two tokens. */
export const tokenSimilarity = (left: string, right: string): number => {
  if (left === right) return 1
  if (isNumber(left) || isNumber(right)) return 0
  const longer = Math.max(left.length, right.length)
  const shorter = Math.min(left.length, right.length)
  if (shorter < 3 || longer > longestToken) return 0
  if (stem(left) === stem(right)) return pluralSimilarity
  const misspelling = misspellingSimilarity(left, right, longer, shorter)
  if (misspelling > 0) return misspelling
  const abbreviates = shorter <= longestAbbreviation && longer >= shorter + 2
  if (!abbreviates || !(right.startsWith(left) || left.startsWith(right))) return 0
  return areOpposites(left, right, longer - shorter) ? oppositeSimilarity : prefixSimilarity(shorter, longer)
}

const misspellingSimilarity = (left: string, right: string, longer: number, shorter: number): number => {
  const budget = editBudget(longer)
  if (budget === 0 || longer - shorter > budget) return 0
  const distance = editDistance(left, right, budget)
  if (distance > budget) return 0
  if (areOpposites(left, right, distance)) return oppositeSimilarity
  // The first letter is the one people get right: of two short words that differ in it, each is a word of its own.
  const sameStart = left.charCodeAt(0) === right.charCodeAt(0)
  if (!sameStart && longer <= 5) return 0
  const similarity = 1 - distance / longer - (sameStart ? 0 : 0.1)
  if (similarity < 0.6) return 0
  // Swapped, doubled and dropped double letters leave the set of letters as it is, and are the commonest slips.
  const sameLetters = signature(left) === signature(right) ? 0.03 : 0
  const sameEnd = left.charCodeAt(left.length - 1) === right.charCodeAt(right.length - 1) ? 0.01 : 0
  return Math.min(similarity + sameLetters + sameEnd, 0.96)
}
