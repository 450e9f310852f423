/**
 * "Issues per assignee", "which surgeon has the most operations": a key that is called after a role says which of several
 * relationships is meant, and everything else is said as of the table that it leads to.
 */
import type { Grounding, Relationship } from "../../grounding/Grounding.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Plan } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { isOfSameTables, isPlain, isSameColumn, isSelf, roleWords, type SchemaIndex } from "./SchemaIndex.ts"

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
  const [one, ...others] = found
  if (one === undefined || others.length > 0) return null
  const { at, item, length, relationship } = one
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
  return {
    relationship,
    tokens,
    ...only(grounding, relationship),
    items: items.toSpliced(at, length, named),
    isIn: ({ by, joins }) =>
      by.some((one) => one.kind === "table" && one.table === relationship.to.table) &&
      joins.some(({ from }) => isSameColumn(from, relationship.from))
  }
}

/** "Who reported the most issues?", "tickets assigned to each agent": the verb says by which key they are theirs. */
export const roleVerb = (grounding: Grounding, items: ReadonlyArray<Item>): RoleGroup | null => {
  const found = items.flatMap((item, at) => {
    const isFree =
      item.kind === "unknown" ||
      item.kind === "verb" ||
      (item.kind === "name" && item.meanings.every((one) => one.kind === "value" || one.kind === "column"))
    const roles = isFree
      ? grounding.relationships.filter(
          (one) => !isPlain(one) && !isSelf(one) && deedsOf(one).includes(item.text.toLowerCase())
        )
      : []
    return roles.map((relationship) => ({ at, item, relationship }))
  })
  const [one, ...others] = found
  if (one === undefined || others.length > 0) return null
  const { at, item, relationship } = one
  const isWho = items.some(({ kind, text }) => kind === "which" && /^whom?$/i.test(text))
  const isNamed = items.some(
    (other) =>
      other.kind === "name" &&
      other.meanings.some((meaning) =>
        meaning.kind === "table"
          ? meaning.table === relationship.to.table
          : meaning.kind === "value" && meaning.column.table === relationship.to.table
      )
  )
  const verb: Item = { ...item, kind: "verb" }
  return isWho || isNamed
    ? {
        relationship,
        tokens: item.tokens,
        ...only(grounding, relationship),
        items: items.toSpliced(at, 1, verb),
        isIn: ({ joins, where }) =>
          joins.some(({ from }) => isSameColumn(from, relationship.from)) ||
          where.some(
            (test) =>
              test.kind === "exists" &&
              (isSameColumn(test.related.step.from, relationship.from) ||
                isSameColumn(test.related.step.to, relationship.from))
          )
      }
    : null
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** The schema without the other relationships of the two tables, of which it is said which way is meant. */
const only = (grounding: Grounding, relationship: Relationship): Pick<RoleGroup, "grounding" | "indexOf"> => {
  const pair = new Set([relationship.from.table, relationship.to.table])
  return {
    grounding: {
      ...grounding,
      relationships: grounding.relationships.filter((one) => one === relationship || !isOfSameTables(one, relationship))
    },
    indexOf: (index) => ({
      ...index,
      isForked: (one, other) => !(pair.has(one) && pair.has(other)) && index.isForked(one, other)
    })
  }
}

/** What is done by somebody in a role: a reporter has reported, what has an assignee was assigned. */
const deedsOf = ({ from }: Relationship): ReadonlyArray<string> => {
  const words = roleWords(from)
  const [word = ""] = words
  if (words.length === 2 && words[1] === "by") return [word]
  if (words.length > 1) return []
  if (word === "lead" || word === "leader") return ["lead", "leads", "led"]
  if (word === "author" || word === "writer") return ["wrote", "written"]
  const [, stem, end] = /^(.{3,}?)(ee|er|or)$/.exec(word) ?? []
  if (stem === undefined) return []
  const all = [`${stem}ed`, ...(end === "ee" ? [`${stem}ed to`] : [stem, `${stem}e`, `${stem}s`, `${stem}es`])]
  return [...all, ...(/[aeiou]$/.test(stem) ? [`${stem}d`] : [])]
}

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
