/**
 * "Issues per assignee", "which surgeon has the most operations": a key that is called after a role says which of several
 * relationships is meant, and everything else is said as of the table that it leads to.
 */
import type { Grounding, Relationship } from "../../grounding/Grounding.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Plan } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { isOfSameTables, isPlain, isSelf, roleWords, type SchemaIndex } from "./SchemaIndex.ts"

export interface RoleGroup {
  readonly relationship: Relationship
  readonly tokens: ReadonlyArray<number>
  /** The schema without the other relationships of the two tables. */
  readonly grounding: Grounding
  readonly items: ReadonlyArray<Item>
  /** Of the two tables it is said which way is meant. */
  readonly indexOf: (index: SchemaIndex) => SchemaIndex
  /** Whether the plan groups by it, and by no other way. */
  readonly isIn: (plan: Plan) => boolean
}

/** The role that something is grouped by, or that has the most; `null` if none is, or several. */
export const roleGroup = (grounding: Grounding, items: ReadonlyArray<Item>): RoleGroup | null => {
  const found = items.flatMap((item, at) => {
    const before = items[at - 1]
    const behind = items[at + 1]
    // "per captain rank": of what the captain has.
    const isBeside = behind?.kind === "name" && behind.before.length === 0 && !behind.afterComma
    // "per destination airport", of a destination_airport_key
    const noun = isBeside ? behind.meanings.flatMap((one) => (one.kind === "table" ? [one.table] : [])) : []
    const isCompound = isBeside && noun.length === 0
    const isGrouped = before?.kind === "per" || before?.kind === "by"
    const isMost = items.slice(at).some(({ kind }) => kind === "superlative" || kind === "often")
    const isRanked =
      (before?.kind === "which" && isMost) || (behind?.kind === "with" && items[at + 2]?.kind === "superlative")
    const isUnknown =
      item.kind === "unknown" || (item.kind === "name" && item.meanings.every(({ kind }) => kind === "value"))
    const roles =
      (isGrouped || isRanked) && isUnknown && !isCompound
        ? grounding.relationships.filter(
            (one) => isCalled(one, item.text) && (noun.length === 0 || noun.includes(one.to.table))
          )
        : []
    return roles.map((relationship) => ({ at, item, relationship, length: noun.length === 0 ? 1 : 2 }))
  })
  const [only, ...others] = found
  if (only === undefined || others.length > 0) return null
  const { at, item, length, relationship } = only
  const said = items.slice(at, at + length)
  const tokens = said.flatMap((one) => one.tokens)
  const text = said.map((one) => one.text).join(" ")
  const named: Item = {
    ...item,
    text,
    tokens,
    kind: "name",
    meanings: [{ kind: "table", table: relationship.to.table }]
  }
  const pair = new Set([relationship.from.table, relationship.to.table])
  return {
    relationship,
    tokens,
    grounding: {
      ...grounding,
      relationships: grounding.relationships.filter((one) => one === relationship || !isOfSameTables(one, relationship))
    },
    indexOf: (index) => ({
      ...index,
      isForked: (one, other) => !(pair.has(one) && pair.has(other)) && index.isForked(one, other)
    }),
    items: items.toSpliced(at, length, named),
    isIn: ({ by, joins }) =>
      by.some((one) => one.kind === "table" && one.table === relationship.to.table) &&
      joins.some(({ from }) => from.table === relationship.from.table && from.column === relationship.from.column)
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const isCalled = (relationship: Relationship, text: string): boolean => {
  const words = roleWords(relationship.from).map(wordKey)
  const own = new Set(nameWords(relationship.to.table).map(wordKey))
  const short = words.filter((word) => !own.has(word))
  return (
    !isPlain(relationship) &&
    !isSelf(relationship) &&
    [words, short].some((said) => said.join(" ") === wordKey(text.toLowerCase()))
  )
}
