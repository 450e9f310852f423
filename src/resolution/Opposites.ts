/** Words that mean the opposite of each other although hardly a letter tells them apart: no spelling error, ever. */
import { editDistance } from "../text/EditDistance.ts"

/** Put before a word, or taken from it, these turn it round: `inactive`, `unsalted`, `non-dairy`. */
const negating = ["un", "in", "im", "il", "ir", "non", "dis", "mis", "anti"]

/** One of these in the place of the other does the same: `hypertension` and `hypotension`. */
const opposed: ReadonlyArray<readonly [string, string]> = [
  ["hyper", "hypo"],
  ["pre", "post"],
  ["inter", "intra"],
  ["over", "under"],
  ["macro", "micro"],
  ["max", "min"],
  ["in", "ex"],
  ["im", "ex"],
  ["up", "down"],
  ["with", "without"]
]

/**
 * True if adding, dropping or swapping an opposing prefix is a shortest way from one token to the other; `distance` is
 * the number of edits between them.
 */
export const areOpposites = (left: string, right: string, distance: number): boolean =>
  negating.some((prefix) => adds(prefix, left, right, distance) || adds(prefix, right, left, distance)) ||
  opposed.some(([one, other]) => swaps(one, other, left, right, distance) || swaps(other, one, left, right, distance))

const adds = (prefix: string, longer: string, shorter: string, distance: number): boolean =>
  longer.startsWith(prefix) &&
  !shorter.startsWith(prefix) &&
  prefix.length + editDistance(longer.slice(prefix.length), shorter, distance) <= distance

const swaps = (one: string, other: string, left: string, right: string, distance: number): boolean =>
  left.startsWith(one) &&
  right.startsWith(other) &&
  editDistance(left.slice(one.length), right.slice(other.length), distance) +
    editDistance(one, other, other.length + one.length) <=
    distance
