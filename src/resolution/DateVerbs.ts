/** Verbs that dates are called by: people joined on `joined_on`, and what was delivered has a `delivery_date`. */
import { columnWords, isDateWord } from "../grounding/ColumnWords.ts"
import type { Column, Table } from "../grounding/Grounding.ts"
import { kindKey, nameWords } from "../grounding/NameWords.ts"

/** What a date's name says beside the verb: scheduled_departure, actual_arrival, last_inspection_date. */
const plain = new Set(["of", "scheduled", "actual", "last"])

/** The root of the verb that a date's name says; `null` where it says none, or more than a verb. */
export const rootOfDate = (table: Table, column: Column): string | null => {
  const own = new Set(nameWords(table.name))
  const words = columnWords(table, column).filter((word) => !own.has(word) && !isDateWord(word) && !plain.has(word))
  // valid_until: when it expires
  if (/^(?:valid )?(?:until|till)$|^valid to$|^expiry$/.test(words.join(" "))) return rootOf(["expire"])
  // expires_on, starts_at
  return rootOf(words.map((word) => word.replace(/([^su])s$/, "$1")))
}

/**
 * The root of a verb that is said, with the particle behind it: `delivered`, `signed up`; as it stands behind "did"
 * ("did we close") where `isBare`.
 */
export const rootOfVerb = ([verb = "", ...more]: ReadonlyArray<string>, isBare = false): string | null =>
  isBare || isParticiple(verb) || present.has(verb) ? rootOf([verb.replace(/([^su])s$/, "$1"), ...more]) : null

/** Verbs of dates that are said of what is still to come. */
const present = new Set(
  "expire expires run runs end ends start starts begin begins arrive arrives depart departs leave leaves finish".split(
    " "
  )
)

const isParticiple = (word: string): boolean => /(?:ed|ing)$/.test(word) || irregular.has(word)

/** The root of a single verb or noun, for whether one is made of the other: `booked` and `booking`, `sold` and `sale`. */
export const rootOfWord = (word: string): string | null => rootOf([word === "sold" ? "sale" : word])

/** The same of what a table keeps: bookings record that something was booked. */
export const rootOfTable = (table: string): string | null => rootOfWord(kindKey(table))

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** Participles, and the nouns or verbs that dates of the same are called by. */
const irregular: ReadonlyMap<string, string> = new Map([
  ["born", "birth"],
  ["paid", "payment"],
  ["held", "holding"],
  ["built", "building"],
  ["sent", "sending"],
  ["due", "dueing"],
  ["resolution", "resolving"],
  ["publication", "publishing"],
  ["response", "responding"],
  ["repair", "repairing"],
  ["died", "death"],
  ["left", "leaving"],
  ["given", "giving"],
  ["sold", "selling"],
  ["bought", "buying"],
  ["admission", "admitting"],
  ["withdrawn", "withdrawing"],
  ["withdrew", "withdrawing"],
  ["taken", "taking"],
  ["lent", "lending"],
  ["made", "making"],
  ["drawn", "drawing"],
  ["came", "coming"],
  ["brought", "bringing"]
])

/** As they stand behind "to" and "did". */
const bare: ReadonlyMap<string, string> = new Map([
  ["pay", "payment"],
  ["die", "death"]
])

/** To become one of those that are kept, and to be it no more: for where no date is called by the verb itself. */
const same: ReadonlyArray<ReadonlyArray<string>> = [
  ["join", "signup", "register", "enrol"],
  ["join", "hir"],
  ["leav", "termin", "exit", "resign"],
  ["end", "expir", "runout"],
  ["start", "begin", "open"],
  ["complet", "finish"],
  ["return", "comback", "bringback"]
]

/** The roots of other verbs for the same. */
export const alike = (root: string): ReadonlyArray<string> =>
  same.flatMap((group) => (group.includes(root) ? group.filter((one) => one !== root) : []))

/** What leaves departs, where nobody's leaving is kept. */
export const instead = (root: string): ReadonlyArray<string> => (root === "leav" ? ["depart"] : [])

const particles = new Set(["up", "in", "out", "off", "back"])

/** Endings of nouns that are made of verbs, and of verbs. */
const ending = /(?:ation|ion|ing|ment|ure|al|ed|y|e)$/

const shortest = 3

/** The same for "sign up", "signed up" and "signup"; `null` for what is no verb with at most a particle. */
const rootOf = ([verb, particle, ...more]: ReadonlyArray<string>): string | null => {
  if (verb === undefined || more.length > 0 || (particle !== undefined && !particles.has(particle))) return null
  // What is due back is due.
  if (verb === "due" && particle === "back") return rootOf([verb])
  const stem = (irregular.get(verb) ?? bare.get(verb) ?? verb).replace(ending, "")
  // "operated" and operation, "donated" and donation
  const base = stem.length > shortest + 1 ? stem.replace(/at$/, "") : stem
  // "shipped", "enrolled"
  const root = base.length > shortest ? base.replace(/([^aeiou])\1$/, "$1") : base
  return root.length < shortest ? null : `${root}${particle ?? ""}`
}
