/** Reading that nothing of the kind was ever done: "have never booked a class", "nobody has ever rented", "never ordered from". */
import { isDate } from "../../grounding/ColumnWords.ts"
import { kindKey, nameWords } from "../../grounding/NameWords.ts"
import { rootOfTable, rootOfVerb } from "../../resolution/DateVerbs.ts"
import { variantsOf } from "../../resolution/SchemaSpellings.ts"
import { nounAside } from "./Measures.ts"
import {
  choicesAt,
  knownWish,
  nounsIn,
  problem,
  type Reader,
  type Sentence,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { voidOrUnlistedBy } from "./Outcomes.ts"
import { referringTo, relatedTo, stepsTo } from "./Paths.ts"
import type { Item } from "./Reading.ts"
import { conditionsFrom, readState, related } from "./Related.ts"
import { type ColumnReference, columnOf, columnSaying, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** There is no row that records it: of what was done, or of what it was done to. */
export const readNever: Reader = (sentence, at, before) => {
  const { context, items } = sentence
  const [item, deed] = items.slice(at, at + 2)
  const owner = nounsIn(before).at(-1)
  const isWithout = item?.kind === "without" && isNever.test(item.text)
  if (!isWithout || deed === undefined || owner === undefined) return null
  const [state] = readState(sentence, at, before)?.parts ?? []
  // "have never been admitted", of admissions: whatever else their dates are
  const root = rootOfVerb([deed.text.toLowerCase()])
  const isRecorded = state?.kind === "problem" && context.index.tables.some(({ name }) => rootOfTable(name) === root)
  if (state !== undefined && !isRecorded && (state.kind !== "wish" || state.wish.kind !== "related")) return null
  // "have never been in for a repair", "never had a prescription"
  const isBare = objectAt(sentence, at + 1) !== null && /never(?: had)?$/i.test(item.text)
  if (!isBare && !deed.before.every((word) => /^(?:been|ever)$/.test(word))) return null
  // "have never had an unpaid invoice": which are unpaid now says nothing of before.
  const isState = items[at + 1]?.kind === "overdue" || /^un\p{L}+ed$|^unpaid$/iu.test(items[at + 1]?.text ?? "")
  if (isState && /never/i.test(item.text)) {
    return problem(sentence, at, at + 2, `"${stretch(sentence, at, at + 2).text}" is told of now alone`)
  }
  const objectPlace = isBare ? at + 1 : at + 2
  const object = objectAt(sentence, objectPlace)
  // "tanks that have never been cleaned", of last_cleaned_on
  const [last, ...moreLast] =
    tableOf(context.index, owner)?.columns.filter(
      (one) => isDate(one) && nameWords(one.name)[0] === "last" && root !== null && rootOfDateNamed(one.name) === root
    ) ?? []
  const isNeverYet = /never/i.test(item.text) && items[at + 2] === undefined
  if (isNeverYet && last !== undefined && moreLast.length === 0) {
    return knownWish(sentence, at, at + 2, { table: owner, column: last.name }, true)
  }
  const behind = object === null ? particlesFrom(sentence, at + 2) : particlesFrom(sentence, objectPlace + 1)
  const isAlone = items[behind] === undefined || items[behind].kind === "range"
  if (object === null && !isAlone) return null
  // "drivers who have never driven a trip": what drivers do
  const isTheirs = choicesAt(sentence, at + 1)?.table === owner
  const records = (isBare || isTheirs ? [] : recordsOf(sentence, deed, owner)).filter(
    (table) => object === null || table === object || stepsTo(context.index, table, object) !== null
  )
  const [record, ...others] = records
  const user = object === null && /^(?:used|fitted|installed)$/i.test(deed.text) ? usersOf(context.index, owner) : null
  const table = record ?? user ?? (isBare || isTheirs || light.test(deed.text) ? object : null)
  if (table === null || others.length > 0 || relatedTo(context.index, owner, table) === null) return null
  // "fields that were never harvested", where a harvest may be planned
  // "have not been paid", where a payment may have failed
  const planned =
    record === undefined || object !== null
      ? undefined
      : (columnSaying(tableOf(context.index, record), /plan|schedul/i) ??
        (mayFail.test(deed.text) ? voidOrUnlistedBy(tableOf(context.index, record)) : undefined))
  if (planned !== undefined) {
    return problem(sentence, at, behind, `some ${table} may not have taken place, as ${planned.name} says`)
  }
  const aside = object === null ? [] : [nounAside(sentence, objectPlace, object)]
  const back = conditionsFrom(sentence, behind, aside)
  // "haven't ordered this year": by the date that is called so.
  const dates = deed.kind === "name" ? [...deed.meanings, ...(deed.done ?? [])] : []
  const [date, ...rivals] = dates.flatMap((one) =>
    one.kind === "column" && one.column.table === table && isDateOf(context.index, one.column) ? [one.column] : []
  )
  const isTimed = back.parts.some((part) => part.kind === "wish" && part.wish.kind === "when")
  // A prescription that was never collected is one all the same: what counts is the date at which it was.
  const place = stretch(sentence, at + 1, at + 2)
  const told: Wish | null =
    date === undefined || rivals.length > 0
      ? null
      : isTimed
        ? { kind: "date", ...place, column: date }
        : rootOfTable(table) === rootOfVerb([deed.text.toLowerCase()])
          ? null
          : { kind: "test", ...place, test: { kind: "known", column: date, negated: false } }
  const said = told === null ? [] : [told]
  const where = [...said, ...back.parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))]
  const read = related(sentence, at, behind, { table, of: owner, where, negated: true }, back.next)
  return { ...read, parts: [...read.parts, ...back.parts.filter(({ kind }) => kind === "problem")] }
}

/** "customers who ordered more than once", "patients who have been admitted at least 3 times": so many records of it. */
export const readTimes: Reader = (sentence, at, before) => {
  const isPerfect = sentence.items[at]?.kind === "with" && /^ha(?:ve|s|d)$/i.test(sentence.items[at]?.text ?? "")
  const from = isPerfect ? at + 1 : at
  const [deed, operator, count, times] = sentence.items.slice(from, from + 4)
  const owner = nounsIn(before).at(-1)
  if (
    deed === undefined ||
    owner === undefined ||
    operator?.kind !== "operator" ||
    !operator.before.every((word) => /\bus$/.test(word))
  )
    return null
  const said = timesSaid.get(count?.text.toLowerCase() ?? "") ?? null
  const isTimes = count?.kind === "number" && /^times$/i.test(times?.text ?? "")
  const value = said ?? (isTimes ? count.value : null)
  const [table, ...others] = recordsOf(sentence, deed, owner)
  const end = said === null ? from + 4 : from + 3
  if (value === null || table === undefined || others.length > 0) return null
  const isState = deed.kind === "name" && deed.meanings.some(({ kind }) => kind === "value")
  if (isState || operator.operator.startsWith("<")) {
    return problem(sentence, at, end, `"${stretch(sentence, at, end).text}" does not say of what`)
  }
  const place = stretch(sentence, at, end)
  return wished({ kind: "counted", ...place, table, of: owner, where: [], operator: operator.operator, value }, end)
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** What is recorded when it is tried, too. */
const mayFail = /^(?:paid|delivered|attended|performed|collected)$/i

/** The verb of last_cleaned_on. */
const rootOfDateNamed = (column: string): string | null => rootOfVerb([nameWords(column)[1] ?? ""])

const timesSaid: ReadonlyMap<string, number> = new Map([
  ["once", 1],
  ["twice", 2]
])

const isNever = /(?:never(?: had)?|not|n['’]?t|nobody(?: has| ever)?|no one)$/i

/** Verbs that say no more than that the one has the other. */
const light =
  /^(?:booked|reserved|requested|hired|rented|joined|recorded|logged|given|had|made|placed|taken|opened|used|visited|seen|met|received|submitted|entered|got|gotten|invited|played|scored|performed|appeared|participated)$/i

/** "a class", "in any concert": one thing, whichever. */
const objectAt = (sentence: Sentence, at: number): string | null => {
  const words = sentence.items[at]?.before ?? []
  const isAny = words.some((word) => /^(?:an?|any)$/.test(word))
  const isSaid = words.every((word) => /^(?:an?|any|been|ever|in|to|for|at|on|with|from)$/.test(word))
  return isAny && isSaid ? (choicesAt(sentence, at)?.table ?? null) : null
}

/** "rented out", "complained about", "a parcel from us": the end of it says no more. */
const particlesFrom = ({ items }: Sentence, at: number): number => {
  const [last, item, next] = [items[at - 1], items[at], items[at + 1]]
  const isEnd = next === undefined || next.kind === "range"
  const isOut =
    /^out$/i.test(item?.text ?? "") && /^(?:rented|let|hired|lent|loaned|given|handed|sent)$/i.test(last?.text ?? "")
  const isAbout = /^about$/i.test(item?.text ?? "") && /^(?:complained|asked)$/i.test(last?.text ?? "")
  const isUs = item?.text === "us" && item.before.some((word) => /^(?:from|to|with)$/.test(word))
  return isEnd && (isOut || isAbout || isUs) ? at + 1 : at
}

/** The rows that say how many of a thing were used: the job_parts of parts. */
const usersOf = (index: SchemaIndex, owner: string): string | null => {
  const [user, ...others] = referringTo(index, owner)
  const kind = kindKey(owner)
  const isOfThem = user !== undefined && nameWords(user).length > 1 && kindKey(user) === kind
  return isOfThem && others.length === 0 ? user : null
}

/** The tables that refer to a thing and are called by what was done, themselves or by one of their dates. */
const recordsOf = ({ context: { index } }: Sentence, deed: Item, owner: string): ReadonlyArray<string> => {
  const meanings = deed.kind === "name" ? [...deed.meanings, ...(deed.done ?? [])] : []
  const root = rootOfVerb([deed.text.toLowerCase()])
  const nouns = variantsOf(deed.text.toLowerCase(), { isBare: false, isDone: false, isRanked: false }).noun
  const called = index.tables.flatMap(({ name }) => (nouns.includes(kindKey(name)) ? [name] : []))
  const named = meanings.flatMap((one) => {
    if (one.kind === "table") return [one.table]
    if (one.kind === "column") return isDateOf(index, one.column) ? [one.column.table] : []
    // "booked" of a booking's status says that there is one.
    const isRecord = one.kind === "value" && rootOfTable(one.column.table) === root
    return isRecord ? [one.column.table] : []
  })
  const all = [...new Set([...named, ...called])]
  const direct = all.filter((table) => relatedTo(index, owner, table)?.step.to.table === table)
  // "books nobody has borrowed": from another library, or from ours, of which each has copies?
  const far = all.filter((table) => !direct.includes(table) && relatedTo(index, owner, table) !== null)
  return direct.length === 0 ? [] : [...direct, ...far]
}

const isDateOf = (index: SchemaIndex, reference: ColumnReference): boolean => {
  const column = columnOf(index, reference)
  return column !== undefined && isDate(column)
}
