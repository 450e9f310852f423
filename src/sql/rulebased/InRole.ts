/** Reading in what role somebody is named: "members with Central as their home branch", "crew based at Heathrow". */
import { isDate } from "../../grounding/ColumnWords.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Relationship } from "../../grounding/Grounding.ts"
import { nounsIn, type Part, type Reader, type Reading, type Sentence, stretch, wished } from "./Parts.ts"
import { named, roleWish } from "./Roles.ts"
import { saidAt } from "./RoleWords.ts"
import { isPlain, roleWords, tableOf } from "./SchemaIndex.ts"

export const readInRole: Reader = (sentence, at, before) => {
  const { index } = sentence.context
  const owner = nounsIn(before).at(-1)
  const roles = index.relationships.filter((one) => one.from.table === owner && !isPlain(one))
  for (const relationship of roles) {
    const read = readAs(sentence, at, before, relationship) ?? readPlace(sentence, at, before, relationship)
    if (read !== null) return read
  }
  return null
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

type RoleReader = (
  sentence: Sentence,
  at: number,
  before: ReadonlyArray<Part>,
  relationship: Relationship
) => Reading | null

/** "have St Mary's as their home branch", "with Dr Santos as primary doctor" */
const readAs: RoleReader = (sentence, at, before, relationship) => {
  const { items } = sentence
  const start = items[at]?.kind === "with" ? at + 1 : at
  const behind = items.findIndex(({ text }, place) => place > start && /^as$/i.test(text))
  if (behind === -1 || !(items[behind + 1]?.before ?? []).every((word) => /^(?:the|their|its|his|her|an?)$/.test(word)))
    return null
  const end = saidAt(sentence, behind + 1, { words: roleWords(relationship.from).map(wordKey), particle: null })
  const read = end === null ? null : named(sentence, start, before, relationship, false)
  return end === null || read?.next !== behind
    ? null
    : roleWish(sentence, at, end, { relationship, isAbove: false, matches: read.matches })
}

/** "based at Heathrow", of a base_airport_id; "returned to Central", of a return_branch_id */
const readPlace: RoleReader = (sentence, at, before, relationship) => {
  const [verb, place] = sentence.items.slice(at, at + 2)
  const [role = ""] = roleWords(relationship.from)
  const isSaid = verb?.text.toLowerCase() === (role === "base" ? "based" : role === "return" ? "returned" : null)
  if (!isSaid || place?.before.some((word) => /^(?:at|in|to|from)$/.test(word)) !== true) return null
  const read = named(sentence, at + 1, before, relationship, false)
  if (read === null) return null
  const inRole = roleWish(sentence, at, read.next, { relationship, isAbove: false, matches: read.matches })
  // When it came back, and not when it was lent.
  const { table } = relationship.from
  const [date, ...others] = (tableOf(sentence.context.index, table)?.columns ?? []).filter(
    (one) => role === "return" && isDate(one) && nameWords(one.name).includes("returned")
  )
  const back = date === undefined || others.length > 0 ? null : { table, column: date.name }
  const said =
    back === null ? [] : wished({ kind: "date", ...stretch(sentence, at, at + 1), column: back }, at + 1).parts
  return { ...inRole, parts: [...said, ...inRole.parts] }
}
