/** How a relationship in a role is said: by the noun that its key is called after, and by what those do or have done to them. */
import type { Relationship } from "../../grounding/Grounding.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Sentence } from "./Parts.ts"
import { isSelf, roleWords } from "./SchemaIndex.ts"

/** How a relationship is said, up to the name: "manager", "managed by", "assigned to". */
export interface Form {
  readonly words: ReadonlyArray<string>
  readonly particle: "by" | "to" | null
}

/** Where the words end, if they stand at a place. */
export const saidAt = ({ items }: Sentence, at: number, { words }: Form): number | null => {
  const left = [...words]
  let next = at
  for (let item = items[next]; left.length > 0; item = items[++next]) {
    const said = item?.kind === "entities" || item?.kind === "range" ? [] : wordsOf(item?.text ?? "")
    if (said.length === 0 || !said.every((word, index) => word === left[index])) return null
    left.splice(0, said.length)
  }
  return words.length === 0 ? null : next
}

/** "boss" is nobody else than the manager of one of the same. */
export const nounsOf = (relationship: Relationship): ReadonlyArray<ReadonlyArray<string>> => {
  const noun = nounOf(relationship)
  const isBoss = isSelf(relationship) && noun.length === 1 && superiors.has(noun[0] ?? "")
  // "the head of Neurology", of a head_doctor_id
  const kind = nameWords(relationship.to.table).map(wordKey).at(-1)
  const isKind =
    noun.length === 2 && noun[1] === kind && /^(?:head|lead|leader|chief|principal|chair)$/.test(noun[0] ?? "")
  // "the head of the Finance department", of its manager_id
  const isHead =
    !isSelf(relationship) && noun.length === 1 && /^(?:manager|head|leader|director|chief)$/.test(noun[0] ?? "")
  if (isHead) return [noun, ...["manager", "head"].filter((word) => word !== noun[0]).map((word) => [word])]
  return noun.length === 0 ? [] : isBoss ? [noun, ["boss"]] : isKind ? [noun, noun.slice(0, 1)] : [noun]
}

export const nounOf = ({ from }: Relationship): ReadonlyArray<string> => {
  const words = roleWords(from).map(wordKey)
  return words.at(-1) === "by" ? [] : words
}

/** "manager is", "managed by", "reports to": each form in which the key's role is said. */
export const formsOf = (relationship: Relationship): ReadonlyArray<Form> => {
  const words = roleWords(relationship.from).map(wordKey)
  const last = words.at(-1) ?? ""
  if (last === "by") {
    return [
      { words, particle: null },
      { words: words.slice(0, -1), particle: "by" }
    ]
  }
  const noun = nounOf(relationship)
  if (noun.length === 0) return []
  const [, verb] = words.length === 1 ? (/^(.{3,}?)(?:ee|er|or)$/.exec(last) ?? []) : []
  const reports = isSelf(relationship) && superiors.has(last) ? ["report", "reporting", "reported"] : []
  return [
    { words: noun, particle: null },
    ...(last === "author" ? [{ words: ["written"], particle: "by" } as const] : []),
    ...(verb === undefined ? [] : [{ words: [`${verb}ed`], particle: last.endsWith("ee") ? "to" : "by" } as const]),
    ...(verb !== undefined && last.endsWith("ee") ? [{ words: [`${verb}ed`, "to"], particle: null } as const] : []),
    ...(words.length === 1 && helpers.test(last)
      ? [{ words: [`${last.replace(/e$/, "")}ed`], particle: "by" } as const]
      : []),
    ...reports.map((said): Form => ({ words: [said], particle: "to" }))
  ]
}

/** What those do whom a key is called after: a manager manages, and who is in `referred_by` referred. */
export const activesOf = ({ from }: Relationship): ReadonlyArray<string> => {
  const [word = "", ...more] = roleWords(from)
  if (more.join() === "by") return word.endsWith("ed") ? [word] : []
  if (more.length > 0) return []
  const stem = /^(.{3,}?)(?:er|or)$/.exec(word)?.[1]
  const bases = [word, ...(stem === undefined ? [] : [stem, `${stem}e`])]
  return bases.flatMap((base) => [`${base}s`, `${base}es`, ...(base === word ? [] : [`${base}ed`, `${base}d`])])
}

/** What somebody in a role does: a reporter reports, and an author writes. */
export const deedsOf = ({ from }: Relationship): ReadonlyArray<string> => {
  const [word = "", ...more] = roleWords(from)
  const [, verb] = more.length === 0 ? (/^(.{3,}?)(?:er|or)$/.exec(word) ?? []) : []
  const own = more.length === 0 && helpers.test(word) ? [word] : []
  return [...own, ...(verb === undefined ? [] : [verb, `${verb}e`]), ...(word === "author" ? ["write"] : [])]
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** Whoever is called like what he does. */
const helpers = /^(?:mentor|coach|tutor|host|sponsor|guide)$/

const superiors = new Set(["manager", "supervisor", "boss", "lead", "leader", "superior", "foreman"])

const wordsOf = (text: string): ReadonlyArray<string> => nameWords(text).map(wordKey)
