/** Reading who somebody is to somebody: "whose manager is Ada", "approved by Ada", "the manager of Ada". */
import {
  choicesAt,
  knownWish,
  nounsIn,
  type Part,
  plainMatch,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { isDo } from "../../text/CommonWords.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Relationship } from "../../grounding/Grounding.ts"
import { type Lexeme, startsWithWords } from "../../text/Lexemes.ts"
import { readCondition } from "./Conditions.ts"
import { isDirection, saysDirection } from "./Directions.ts"
import { isStarted } from "./Measures.ts"
import { activesOf, deedsOf, formsOf, nounOf, nounsOf, saidAt } from "./RoleWords.ts"
import { stepsTo } from "./Paths.ts"
import { being, nounAfter, readNumbered } from "./States.ts"
import {
  isLabel,
  isOfEnd,
  isOfSameTables,
  isPlain,
  isSelf,
  roleWords,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"

/** Reads what is said of one relationship. */
type RoleReader = (...of: [...Parameters<Reader>, relationship: Relationship]) => Reading | null

export const readRole: Reader = (sentence, at, before) => {
  for (const relationship of sentence.context.index.relationships) {
    if (isPlain(relationship)) continue
    for (const reader of roleReaders) {
      const read = reader(sentence, at, before, relationship)
      if (read !== null) return read
    }
  }
  return null
}

/**
 * The words of a question that are about a relationship in a role, and were not read as one: its own name, or a deed by
 * somebody, which may be what it is called after ("approved by", `approver_id`).
 */
export const roleSaid = (
  { relationships, roles }: SchemaIndex,
  lexemes: ReadonlyArray<Lexeme>,
  parts: ReadonlyArray<Part>,
  known: ReadonlyArray<number>
): string | null => {
  const names = relationships.flatMap((one) => {
    const words = roleWords(one.from)
    return isSelf(one) || (roles.has(one) && words.length > 1) ? [words] : []
  })
  const isRead = (part: Part): boolean =>
    part.kind === "wish" &&
    (part.wish.kind === "role" || (part.wish.kind === "test" && part.wish.test.kind === "known"))
  const read = new Set([...known, ...parts.flatMap((part) => (isRead(part) ? part.tokens : []))])
  const keys = new Set(
    relationships.flatMap((one) => (isPlain(one) || isSelf(one) ? [] : [roleWords(one.from).map(wordKey).join(" ")]))
  )
  for (const [at, { key, text }] of lexemes.entries()) {
    if (read.has(at)) continue
    // "customers with their adviser": whom they have, although officers may be called so.
    const before = lexemes.slice(Math.max(0, at - 2), at).map((one) => one.key)
    if (
      /^(?:with|their|its|without)$/.test(before.findLast((word) => word !== "an" && word !== "a") ?? "") &&
      keys.has(key)
    )
      return text
    // "returned at Central"
    const isBack = key === "returned" && /^(?:at|to)$/.test(lexemes[at + 1]?.key ?? "")
    if (isBack && [...roles].some(isOfEnd)) return text
    const name = names.find((words) => startsWithWords(lexemes, at, words))
    if (name !== undefined) return name.join(" ")
    if (
      roles.size > 0 &&
      key.endsWith("ed") &&
      !/^(?:sorted|ordered|grouped|ranked)$/.test(key) &&
      lexemes[at + 1]?.key === "by"
    )
      return `${text} by`
  }
  return null
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "the manager of Ada". */
const readOf: RoleReader = (sentence, at, before, relationship) => {
  for (const words of nounsOf(relationship)) {
    const next = saidAt(sentence, at, { words, particle: null })
    if (next !== null && sentence.items[next]?.before.includes("of") === true) {
      return above(sentence, at, next, before, relationship)
    }
  }
  return null
}

/** "Who is the head of Cardiology?" */
const readPost: RoleReader = (sentence, at, before, relationship) => {
  const [who, post] = sentence.items.slice(at, at + 2)
  const isAsked = who?.kind === "which" && /\bwhom?$/i.test(who.text) && post?.before.includes("the") === true
  return isAsked ? readOf(sentence, at + 1, before, relationship) : null
}

/** "Ada's manager". */
const readOwned: RoleReader = (sentence, at, before, relationship) => {
  // "Which teachers does Ada mentor?" asks for those below.
  if (sentence.items[at]?.before.some(isDo) === true) return null
  const one = named(sentence, at, before, relationship, true)
  const { index } = sentence.context
  // "female managers" are none of somebody's.
  const isName = one?.matches.every(
    ({ column, matches }) => isLabel(index, column) || matches.every(({ entity }) => entity !== null)
  )
  const behind = isName === true ? (one?.next ?? at) : at
  if (behind === at || (sentence.items[behind]?.before.length ?? 0) > 0) return null
  for (const words of nounsOf(relationship)) {
    const next = saidAt(sentence, behind, { words, particle: null })
    if (next !== null) return above(sentence, at, at, before, relationship, next)
  }
  return null
}

/** "Who manages Ada?", "who referred Ada?" */
const readSuperior: RoleReader = (sentence, at, before, relationship) => {
  const [item, verb, name] = sentence.items.slice(at, at + 3)
  const isAsked = item?.kind === "which" && /\bwhom?$/i.test(item.text) && verb?.before.length === 0
  const isObject = name !== undefined && name.before.every((word) => word === "the")
  const isDone = isAsked && isObject && activesOf(relationship).includes(verb.text.toLowerCase())
  const read = isDone ? above(sentence, at, at + 2, before, relationship) : null
  return read === null ? null : withState(sentence, at + 1, relationship, verb?.text.toLowerCase() ?? "", read)
}

/** Whoever the key of the one that is named refers to. */
const above = (
  sentence: Sentence,
  from: number,
  nameAt: number,
  before: ReadonlyArray<Part>,
  relationship: Relationship,
  end?: number
): Reading | null => {
  const read = named(sentence, nameAt, before, relationship, true)
  if (read === null) return null
  const next = end ?? read.next
  const of = { kind: "table", table: relationship.to.table } as const
  const subject: ReadonlyArray<Part> = isStarted(before)
    ? []
    : [{ kind: "subject", ...stretch(sentence, from, next), of, isAsked: true, isPlural: false }]
  const { parts } = roleWish(sentence, from, next, { relationship, isAbove: true, matches: read.matches })
  return { parts: [...subject, ...parts], next }
}

export const roleWish = (
  sentence: Sentence,
  from: number,
  next: number,
  of: Pick<Wish & { readonly kind: "role" }, "relationship" | "isAbove" | "matches">
): Reading => wished({ kind: "role", ...stretch(sentence, from, next), ...of }, next)

/** "whose manager is Ada", "managed by Ada", "reports to Ada". */
const readWhose: RoleReader = (sentence, at, before, relationship) => {
  for (const form of formsOf(relationship)) {
    const end = saidAt(sentence, at, form)
    if (end === null) continue
    // "who mentors Ada" asks for the one above.
    if (form.particle === null && sentence.items[at - 1]?.kind === "which") continue
    const words = sentence.items[end]?.before ?? []
    const isBy = sentence.items[end]?.kind === "by"
    if (form.particle === "by" ? !isBy : form.particle === "to" ? !words.includes("to") : words.includes("of")) continue
    // "Which teacher mentors Ada?" asks for the one above.
    const joint = sentence.items[at - 1]
    const isVerbSaid =
      form.particle === null &&
      form.words.length === 1 &&
      joint?.kind === "name" &&
      isStarted(before) &&
      !words.some((word) => being.test(word))
    if (isVerbSaid)
      return /s$/i.test(sentence.items[at]?.text ?? "") ? above(sentence, at, end, before, relationship) : null
    const read = named(sentence, isBy ? end + 1 : end, before, relationship, false)
    if (read === null) continue
    const done = roleWish(sentence, at, read.next, { relationship, isAbove: false, matches: read.matches })
    return isBy ? withState(sentence, at, relationship, form.words.join(" "), done) : done
  }
  return null
}

const isSide = ({ from }: Relationship, side: string | undefined): boolean =>
  isDirection(side) && saysDirection(roleWords(from).slice(0, 1), side)

/** "flights from Berlin to Paris": of two keys to one table, the one that is called so. */
const readDirected: RoleReader = (sentence, at, before, relationship) => {
  const said = sentence.items[at]?.before.find(isDirection)
  const isPair = sentence.context.index.relationships.some(
    (one) => isOfSameTables(one, relationship) && isSide(one, said === "from" ? "to" : "from")
  )
  const noun = nounsIn(before).at(-1)
  if (!isSide(relationship, said) || !isPair || noun === undefined) return null
  // "flights from Oslo": the routes that they are of come from there.
  const { table } = relationship.from
  if (stepsTo(sentence.context.index, noun, table) === null) return null
  const read = named(sentence, at, before, relationship, false)
  if (read === null) return null
  return roleWish(sentence, at, read.next, { relationship, isAbove: false, matches: read.matches })
}

/** "flights that leave from Oslo", "trains that go to Bath": where the place is one that rows come from or go to. */
export const readGoing: Reader = (sentence, at, before) => {
  const [item, place] = sentence.items.slice(at, at + 2)
  const side = place?.before.find(isDirection)
  if (item === undefined || side === undefined || !isGoing(sentence, at)) return null
  const isKey = sentence.context.index.relationships.some(
    (one) => !isPlain(one) && readDirected(sentence, at + 1, before, one) !== null
  )
  const [part] = isKey ? [] : (readCondition(sentence, at + 1, before)?.parts ?? [])
  const column = part?.kind === "wish" && part.wish.kind === "match" ? part.wish.column.column : ""
  const isColumn = column !== "" && saysDirection(nameWords(column), side)
  // What flew has done so; where something flies to is no deed.
  const text = /(?:ed|ew|own)$/i.test(item.text) ? item.text : side
  return isKey || isColumn ? { parts: [{ kind: "aside", ...stretch(sentence, at, at + 1), text }], next: at + 1 } : null
}

export const isGoing = ({ items }: Sentence, at: number): boolean =>
  going.test(items[at]?.text ?? "") && items[at + 1]?.before.some(isDirection) === true

const going =
  /^(?:go|goes|going|leave|leaves|leaving|depart|departs|departing|departed|fly|flies|flying|flew|flown|run|runs|running)$/i

/** "How many issues did Ada report?", of their reporter. */
const readActive: RoleReader = (sentence, at, before, relationship) => {
  const isAsked = sentence.items[at]?.before.some(isDo) === true
  const read = isAsked ? named(sentence, at, before, relationship, false) : null
  const verb = read === null ? undefined : sentence.items[read.next]
  const word = verb?.text.toLowerCase() ?? ""
  const isSaid = verb?.before.length === 0 && deedsOf(relationship).includes(word)
  return read === null || !isSaid || nounsIn(before).at(-1) !== relationship.from.table
    ? null
    : withState(
        sentence,
        at,
        relationship,
        `${word.replace(/e$/, "")}ed`,
        roleWish(sentence, at, read.next + 1, { relationship, isAbove: false, matches: read.matches })
      )
}

/** "approved by Ada", of an approver: those that are approved, where rows are told apart by that. */
const withState = (sentence: Sentence, at: number, { from }: Relationship, deed: string, read: Reading): Reading => {
  const states = tableOf(sentence.context.index, from.table)?.columns.flatMap(({ name, values }) =>
    values.flatMap((value) =>
      value.toLowerCase() === deed ? [{ column: { table: from.table, column: name }, value }] : []
    )
  )
  const [state, ...others] = states ?? []
  if (state === undefined || others.length > 0) return read
  const match = { values: [state.value], label: state.value, entity: null }
  const wish = plainMatch(sentence, at, at + 1, { column: state.column, match, said: "", negated: false })
  const isAbove = read.parts.some((part) => part.kind === "wish" && part.wish.kind === "role" && part.wish.isAbove)
  if (!isAbove) return { ...read, parts: [...read.parts, ...wished(wish, read.next).parts] }
  // "Who approved request 5?": the request is approved.
  const parts = read.parts.map((part): Part =>
    part.kind === "wish" && part.wish.kind === "role"
      ? { ...part, wish: { ...part.wish, matches: [...part.wish.matches, wish] } }
      : part
  )
  return { ...read, parts }
}

/** The one that is named: by one column, or by the first and the last name beside each other. */
export const named = (
  sentence: Sentence,
  at: number,
  before: ReadonlyArray<Part>,
  { from, to }: Relationship,
  isAbove: boolean
) => {
  const matches: Array<Wish & { readonly kind: "match" }> = []
  let next = at
  const numbered = at + 1 < sentence.items.length ? readNumbered(sentence, at + 1) : null
  const [key] = numbered?.parts ?? []
  // "flight 12", "account 5"
  if (numbered !== null && key?.kind === "wish" && key.wish.kind === "test" && key.wish.test.kind === "equals") {
    const { column, label, values } = key.wish.test
    if (column.table !== (isAbove ? from : to).table) return null
    const match = { values, label, entity: null }
    matches.push(plainMatch(sentence, at, numbered.next, { column, match, said: "", negated: false }))
    return { matches, next: numbered.next }
  }
  do {
    const read = readCondition(ofTable(sentence, next, (isAbove ? from : to).table), next, before)
    const found = read?.parts.flatMap((part) => (part.kind === "wish" && part.wish.kind === "match" ? [part.wish] : []))
    const isOther = found?.some(
      ({ column, matches: names, negated }) =>
        negated || names.length > 1 || column.table !== (isAbove ? from : to).table
    )
    if (read === null || found === undefined || isOther !== false) break
    if (found.length === 0 || found.length < read.parts.length) break
    matches.push(...found)
    next = read.next
  } while (sentence.items[next]?.before.length === 0 && sentence.items[next]?.afterComma === false)
  // "the Harbour Street shop"
  const noun = sentence.items[next]
  const isNoun =
    noun?.before.length === 0 && !noun.afterComma && choicesAt(sentence, next)?.table === (isAbove ? from : to).table
  return matches.length === 0 ? null : { matches, next: isNoun ? next + 1 : next }
}

/** "the head of Cardiology" is that of the department, whatever doctors' speciality is called so, too. */
const ofTable = (sentence: Sentence, at: number, table: string): Sentence => {
  const item = sentence.items[at]
  const own =
    item?.kind === "name" ? item.meanings.filter((one) => one.kind === "value" && one.column.table === table) : []
  return item?.kind !== "name" || own.length === 0
    ? sentence
    : { ...sentence, items: sentence.items.with(at, { ...item, meanings: own }) }
}

/** "without an assignee", "with a supervisor": the key of the role is empty, or is not. */
export const readRoleHeld: Reader = (sentence, at, before) => {
  const [joint, item] = [sentence.items[at], sentence.items[at + 1]]
  const owner = nounsIn(before).at(-1)
  // "unassigned tickets" have no assignee.
  const root = joint?.kind === "unknown" ? /^un(\p{L}{3,})ed$/iu.exec(joint.text)?.[1] : undefined
  const noun = nounAfter(sentence, at + 1) ?? owner
  const [given, ...rivals] = sentence.context.index.relationships.filter(
    (one) =>
      root !== undefined && one.from.table === noun && roleWords(one.from).join(" ") === `${root.toLowerCase()}ee`
  )
  if (given !== undefined && rivals.length === 0) {
    return knownWish(sentence, at, at + 1, given.from, true)
  }
  const isHeld = joint?.kind === "with" && /^an?$/.test(item?.before.join(" ") ?? "")
  if (item === undefined || !(joint?.kind === "without" || isHeld)) return null
  const held = sentence.context.index.relationships.filter((one) => {
    const words = nounOf(one)
    return (
      one.from.table === owner &&
      !isPlain(one) &&
      words.length > 0 &&
      saidAt(sentence, at + 1, { words, particle: null }) !== null
    )
  })
  const [only, ...more] = held
  const end = only === undefined ? null : saidAt(sentence, at + 1, { words: nounOf(only), particle: null })
  if (only === undefined || end === null || more.length > 0) return null
  return knownWish(sentence, at, end, only.from, !isHeld)
}

const roleReaders: ReadonlyArray<RoleReader> = [
  readOf,
  readPost,
  readOwned,
  readSuperior,
  readWhose,
  readDirected,
  readActive
]
