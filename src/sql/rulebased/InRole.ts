/** Reading in what role somebody is named: "members with Central as their home branch", "crew based at Heathrow". */
import { wordKey } from "../../grounding/NameWords.ts"
import type { Relationship } from "../../grounding/Grounding.ts"
import { nounsIn, type Part, type Reader, type Reading, type Sentence } from "./Parts.ts"
import { named, roleWish, saidAt } from "./Roles.ts"
import { isPlain, roleWords } from "./SchemaIndex.ts"

export const readInRole: Reader = (sentence, at, before) => {
  const { index } = sentence.context
  const owner = nounsIn(before).at(-1)
  const roles = index.relationships.filter((one) => one.from.table === owner && !isPlain(one))
  for (const relationship of roles) {
    const read = readAs(sentence, at, before, relationship) ?? readBased(sentence, at, before, relationship)
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

/** "based at Heathrow", of a base_airport_id */
const readBased: RoleReader = (sentence, at, before, relationship) => {
  const [said, place] = sentence.items.slice(at, at + 2)
  const isSaid = /^based$/i.test(said?.text ?? "") && place?.before.some((word) => /^(?:at|in|out of|from)$/.test(word))
  if (isSaid !== true || roleWords(relationship.from)[0] !== "base") return null
  const read = named(sentence, at + 1, before, relationship, false)
  return read === null
    ? null
    : roleWish(sentence, at, read.next, { relationship, isAbove: false, matches: read.matches })
}
