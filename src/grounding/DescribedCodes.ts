/** The codes of a column with what its description says that they mean. */

export interface DescribedCode {
  readonly code: string
  readonly meaning: string
}

/**
 * `E = emergency, P = planned`, `1: low; 2: high`, `Status: A active, O obsolete`: at least two short codes in capitals
 * or digits, one after the other, each with one to four words in small letters. Yes and no are no codes.
 */
export const describedCodes = (description: string | null): ReadonlyArray<DescribedCode> => {
  if (description === null || description.length > longest || !/[,;|/]|\band\b|\bor\b/.test(description)) return []
  const found = description
    .replace(/\.\s.*$/s, "")
    .split(/[,;|/()]|\b(?:and|or)\b/)
    .map((piece) => pair.exec(piece.trim()))
  const first = found.findIndex((match) => match !== null)
  const codes = found.slice(first).flatMap((match) => {
    const [, signed, bare, meaning = ""] = match ?? []
    const code = signed ?? bare ?? "NULL"
    return code === "NULL" || noMeaning.test(meaning) ? [] : [{ code, meaning }]
  })
  return first < 0 || codes.length < 2 || new Set(codes.map(({ code }) => code)).size < codes.length ? [] : codes
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** Longer descriptions are documents. In UTF-16 units. */
const longest = 500

/** Yes and no, what is said of a condition, and which end of a scale it is. */
const noMeaning = /^(?:(?:yes|no|true|false)$|(?:if|when|where|otherwise|the|best|worst|lowest|highest|most|least)\b)/

const meant = "['\"`]?(\\p{Ll}[\\p{Ll}-]*(?: [\\p{Ll}-]+){0,3})['\"`]?\\.?$"

/** The first may stand behind what is coded: `Kind: A = ordinary`. Without a sign between them, a code is one letter. */
const pair = new RegExp(
  `^(?:.*[:\\s])?(?:['"\`]?([A-Z]{1,4}|\\d{1,3})['"\`]?(?: ?(?:=|:|->|→) ?| [-–] | for | means | is )|([A-Z]) )${meant}`,
  "u"
)
