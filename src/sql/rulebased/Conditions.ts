/** Reading what rows are narrowed by: times, values, entities, quoted names, amounts, what is true of them. */
import { isDo } from "../../text/CommonWords.ts"
import { readDueFor } from "./DueFor.ts"
import { familyAt, matchAt } from "./Matches.ts"
import {
  choicesAt,
  mappedWish,
  nounsIn,
  type Part,
  plainMatch,
  problem,
  rangeWish,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  testsWished,
  type Wish,
  wished
} from "./Parts.ts"
import {
  being,
  isHaving,
  nounAfter,
  readDone,
  readFlag,
  readNew,
  readNumbered,
  readOverdue,
  readStock,
  readUpcoming
} from "./States.ts"
import { readOutcome } from "./Scores.ts"
import { readSeason } from "./Seasons.ts"
import { readBetween, readSide } from "./Sides.ts"
import { readAfter, readCurrent, readLate } from "./Standing.ts"
import { demonymOf } from "../../text/Demonyms.ts"
import { fold } from "../../text/Tokens.ts"
import { saysDirection } from "./Directions.ts"
import { choose } from "./Meaning.ts"
import { isOtherDeed } from "./Doers.ts"
import { readComparison } from "./Comparisons.ts"
import { hasPersonDates } from "./Dates.ts"
import { unrealBy } from "./Outcomes.ts"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import { isPlural, nameWords, phraseKeys, wordKey } from "../../grounding/NameWords.ts"
import { rootOfVerb, rootOfWord } from "../../resolution/DateVerbs.ts"
import type { Test } from "./Plan.ts"
import { relatedTo } from "./Paths.ts"
import { type ColumnReference, columnOf, isBoolean, isLabel, isSameColumn, joined, tableOf } from "./SchemaIndex.ts"
import { columnScalar } from "./SqlText.ts"

/** One condition, with "not" where it stands before it. */
export const readCondition: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  if (item?.kind === "not") return readNegated(sentence, at, before)
  if (item?.kind === "by") return readBy(sentence, at, before)
  return (
    readComparison(sentence, at, before) ??
    readTime(sentence, at, before) ??
    readYear(sentence, at, before) ??
    readSide(sentence, at) ??
    readSeason(sentence, at, before) ??
    readOutcome(sentence, at, before) ??
    (item?.kind === "between"
      ? readBetween(sentence, at, nounsIn(before).at(-1), readMatches(sentence, at + 1, before, false))
      : null) ??
    readNew(sentence, at, before) ??
    readOverdue(sentence, at, before) ??
    readUpcoming(sentence, at, before) ??
    readCurrent(sentence, at, before) ??
    readLate(sentence, at, before) ??
    readAfter(sentence, at, before) ??
    readDueFor(sentence, at, before) ??
    readNumbered(sentence, at) ??
    readStock(sentence, at, false) ??
    readFlag(sentence, at, before, false) ??
    readDone(sentence, at, before, false) ??
    readMatches(sentence, at, before, false) ??
    readMapped(sentence, at)
  )
}

/** "order value by city, without cancelled orders": some of those that are computed are left out. */
export const readLeftOut: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  const read =
    item?.kind === "without" && /^without$/i.test(item.text) ? readMatches(sentence, at + 1, before, true) : null
  const [part] = read?.parts ?? []
  const noun = sentence.items[read?.next ?? -1]
  if (read === null || noun === undefined || part?.kind !== "wish" || part.wish.kind !== "match") return null
  const isTheirs = choicesAt(sentence, read.next)?.table === part.wish.column.table && noun.before.length === 0
  const key = wordKey(noun.text)
  const isComputed = before.some(
    (one) => one.kind !== "subject" && one.kind !== "wish" && nameWords(one.text).map(wordKey).includes(key)
  )
  if (!isTheirs || !isComputed) return null
  const { parts } = owning(sentence, at, at + 1, read)
  const place = stretch(sentence, read.next, read.next + 1)
  const named = wished({ kind: "named", ...place, table: part.wish.column.table }, read.next + 1)
  return { ...named, parts: [...parts, ...named.parts] }
}

/** "not" belongs to what follows it at once, and to nothing else. */
const readNegated: Reader = (sentence, at, before) => {
  const next = sentence.items[at + 1]
  const read =
    readStock(sentence, at + 1, true) ??
    readDone(sentence, at + 1, before, true) ??
    readFlag(sentence, at + 1, before, true) ??
    readMatches(sentence, at + 1, before, true)
  // "not granted by Ada": by another, or not at all?
  if (read !== null && sentence.items[read.next]?.kind === "by") {
    const { text } = stretch(sentence, at, read.next + 1)
    return problem(sentence, at, read.next, `it is not clear what "not" in "${text}" applies to`)
  }
  // "not delivered in 2025": neither then, nor ever.
  const isDated = read !== null && sentence.items[read.next]?.tokens[0] === next?.tokens[0]
  if (read !== null && !isDated) return owning(sentence, at, at + 1, read)
  const choices = choicesAt(sentence, at + 1)
  if (choices?.condition != null || choices?.template != null) {
    const why = `"${choices.text}" is a condition, and it is not clear what "not" before it makes of it`
    return problem(sentence, at, at + 2, why)
  }
  if (next?.kind === "trade") return null
  const what = sentence.items.slice(at + 1, at + 3).map(({ text }) => text)
  return problem(
    sentence,
    at,
    at + 1,
    next?.kind === "operator" ? `"not ${what.join(" ")}" is not understood` : 'it is not clear what "not" applies to'
  )
}

/** "albums by Mara Quist": somebody's, where what follows is a name. */
const readBy = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const read = readMatches(sentence, at + 1, before, false)
  const [part] = read?.parts ?? []
  if (read === null || part?.kind !== "wish" || part.wish.kind !== "match") return null
  const { column, matches } = part.wish
  // "claims closed by Ada": hers they are, and who closed them is another matter.
  const deed = sentence.items[at - 1]
  if (deed !== undefined && /(?:ed|paid|sent)$/i.test(deed.text) && choicesAt(sentence, at - 1)?.value != null) {
    return problem(sentence, at, read.next, `nothing says by whom they were "${deed.text}"`)
  }
  // "faults fixed by Ada", of which only the one is known who reported them.
  if (isOtherDeed(sentence, at - 1, column.table)) {
    return problem(sentence, at, read.next, `nothing says who "${deed?.text}" them`)
  }
  const isOwn = column.table === nounsIn(before).at(-1)
  // "booked by phone", "paid by card"
  const isWay = nameWords(column.column).some((word) => ways.has(word))
  return isOwn || isWay || isLabel(sentence.context.index, column) || matches.every(({ entity }) => entity !== null)
    ? owning(sentence, at, at + 1, read)
    : null
}

/** What a column is called that says how something was done. */
const ways = new Set("method channel mode means via".split(" "))

/** The first part owns the items in front of it too. */
export const owning = (sentence: Sentence, from: number, to: number, read: Reading): Reading => {
  const [first, ...rest] = read.parts
  const { tokens } = stretch(sentence, from, to)
  if (first === undefined) return read
  const owner: Part =
    first.kind === "wish"
      ? { ...first, wish: { ...first.wish, tokens: [...tokens, ...first.wish.tokens] } }
      : { ...first, tokens: [...tokens, ...first.tokens] }
  return { parts: [owner, ...rest], next: read.next }
}

// -----------------------------------------------------------------------------
// times and mapped conditions

const readTime = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const item = sentence.items[at]
  const place = stretch(sentence, at, at + 1)
  if (item?.kind === "range") return wished(rangeWish(item.range, place), at + 1)
  // "offices with matters opened in 2025": the date of what stands before it, where both have one of the name.
  const noun = nounsIn(before).at(-1)
  const own =
    item?.kind === "name" && item.isVerb === true
      ? item.meanings.filter((one) => one.kind === "column" && one.column.table === noun)
      : []
  const choices =
    item?.kind === "name" && own.length > 0
      ? choose(sentence.context, { ...item, meanings: own })
      : choicesAt(sentence, at)
  // "order date in 2025", "due date last month"
  if (choices?.isDate === true && choices.column !== null && choices.table === null) {
    const [next, unit, behind] = sentence.items.slice(at + 1, at + 4)
    const isGrouping =
      (next?.kind === "per" || next?.kind === "by") && (unit?.kind === "grain" || behind?.kind === "range")
    // "did we open for technology companies in 2026"
    const isAsked =
      item?.kind === "name" &&
      item.isVerb === true &&
      item.before.some(isDo) &&
      sentence.items.slice(at + 1).some(({ kind }) => kind === "range")
    return next?.kind === "range" || isGrouping || isAsked
      ? wished({ kind: "date", ...place, column: choices.column }, at + 1)
      : null
  }
  return null
}

/** "built before 1990", of a built_year: a number, and no date. */
const readYear = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const [item, next] = sentence.items.slice(at, at + 2)
  // "built", of which year_built is a name in part
  const isFree =
    item?.kind === "unknown" ||
    (item?.kind === "name" &&
      item.meanings.every((one) => one.kind === "column" && (!one.full || /(?:ed|built)$/i.test(one.column.column))))
  const root = isFree ? rootOfVerb([item.text.toLowerCase()]) : null
  if (root === null || next?.kind !== "range") return null
  const table = tableOf(sentence.context.index, nounsIn(before).at(-1) ?? "")
  const [column, ...others] =
    table?.columns.filter(({ name, ...one }) => {
      const words = nameWords(name)
      return (
        (isNumeric({ name, ...one }) || /^year\b/i.test(one.type)) &&
        (words.includes("year") ||
          (words.length === 1 && /(?:ed|built)$/.test(name) && !/dec|num|money|real|float|double/i.test(one.type))) &&
        words.some((word) => rootOfVerb([word]) === root || rootOfWord(word) === root)
      )
    }) ?? []
  const { from, to } = next.range
  const isYears = [from, to].every((day) => day === null || day.endsWith("-01-01"))
  if (table === undefined || column === undefined || others.length > 0) return null
  if (!isYears) return problem(sentence, at, at + 2, `${table.name}.${column.name} says no more than the year`)
  const of = columnScalar(sentence.context.dialect, { table: table.name, column: column.name })
  const tests: ReadonlyArray<Test> = [
    ...(from === null ? [] : [{ kind: "compares", of, operator: ">=", value: Number(from.slice(0, 4)) } as const]),
    ...(to === null ? [] : [{ kind: "compares", of, operator: "<", value: Number(to.slice(0, 4)) } as const])
  ]
  return testsWished(sentence, at, at + 2, tests)
}

const isDemonym = (text: string | undefined, [value]: ReadonlyArray<unknown>): boolean =>
  text !== undefined && typeof value === "string" && demonymOf(fold(value)) === fold(text)

/** Whether rows say where they go, so that "to" is that and nothing of those that they are for. */
const hasDestination = (
  { context: { index } }: Sentence,
  noun: string | undefined,
  { column, table: owner }: ColumnReference
): boolean => {
  const isThere = (name: string) => saysDirection(nameWords(name), "to")
  const isItself =
    isThere(column) ||
    index.relationships.some(({ from, to }) => from.table === noun && to.table === owner && isThere(from.column))
  return !isItself && tableOf(index, noun ?? "")?.columns.some(({ name }) => isThere(name)) === true
}

const readMapped = (sentence: Sentence, at: number): Reading | null => {
  const choices = choicesAt(sentence, at)
  return choices?.condition == null
    ? null
    : wished(mappedWish(choices.condition, stretch(sentence, at, at + 1)), at + 1)
}

/** One or several values of one column, joined by "and", "or" or commas; the column's own name beside them adds nothing. */
const readMatches = (sentence: Sentence, at: number, before: ReadonlyArray<Part>, negated: boolean): Reading | null => {
  const { items } = sentence
  // "whose reason is not clotted"
  const told = choicesAt(sentence, at)?.column ?? null
  const value =
    items[at + 1]?.kind === "not" && items[at + 1]?.before.some((word) => being.test(word))
      ? matchAt(sentence, at + 2, before)
      : null
  if (!negated && told !== null && value !== null && "match" in value && isSameColumn(value.column, told)) {
    return wished(plainMatch(sentence, at, value.next, { ...value, negated: true }), value.next)
  }
  const first = matchAt(sentence, at, before)
  if (first === null || "parts" in first) return first
  const flag = columnOf(sentence.context.index, first.column)
  const [code, ...codes] = first.match.values
  // "freelance authors", of is_staff: "0 = freelance"
  if (flag !== undefined && isBoolean(flag) && codes.length === 0 && /^[01]$/.test(String(code))) {
    const place = stretch(sentence, at, first.next)
    const test = { kind: "is", column: first.column, truth: (String(code) === "1") !== negated } as const
    return wished({ kind: "test", ...place, test }, first.next)
  }
  // "brewers with an apprentice" are not apprentices.
  const held = items[at - 1]
  const isHad = held?.kind === "with" && isHaving(held.text) && /^an?$/.test(items[at]?.before.join(" ") ?? "")
  if (
    isHad &&
    first.match.entity === null &&
    first.said === "" &&
    first.column.table === nounsIn(before).at(-1) &&
    items[first.next]?.before.length !== 0
  ) {
    return problem(
      sentence,
      at,
      first.next,
      `"${held.text} a ${items[at]?.text}" may be what they have, or what they are`
    )
  }
  const matches = [first.match]
  let next = first.next
  let joint: "and" | "or" = "and"
  for (;;) {
    const kind = items[next]?.kind
    const isJoint = kind === "and" || kind === "or" || kind === "compare"
    if (!isJoint && items[next]?.afterComma !== true) break
    const further = matchAt(sentence, next + (isJoint ? 1 : 0), before)
    if (further === null || "parts" in further || !isSameColumn(further.column, first.column)) break
    // "for private and for business customers": one number each, or one of both?
    const again = items[next + 1]?.before.find((word) => /^(?:for|in|from|at)$/.test(word))
    if (
      kind === "and" &&
      again !== undefined &&
      items[at]?.before.includes(again) === true &&
      before.some((part) => part.kind === "measure")
    ) {
      return problem(
        sentence,
        at,
        further.next,
        `"${stretch(sentence, at, further.next).text}" may be one number of each`
      )
    }
    if (kind === "or") joint = "or"
    matches.push(further.match)
    next = further.next
  }
  // "flights to Spain" are none of Spanish passengers, and "devices in Munich" none of a supplier there.
  const words = items[at]?.before ?? []
  const owner = tableOf(sentence.context.index, first.column.table)
  const isPlace = /^(?:nationality|country|city|town)$/.test(nameWords(first.column.column).at(-1) ?? "")
  const isStranger =
    isPlace &&
    owner !== undefined &&
    nounsIn(before).at(-1) !== owner.name &&
    ((words.includes("to") &&
      (hasPersonDates(owner) ||
        /nationality$/i.test(first.column.column) ||
        hasDestination(sentence, nounsIn(before).at(-1), first.column))) ||
      (words.includes("in") &&
        // "books in French" are in the language.
        (/supplier|vendor|manufacturer/i.test(owner.name) || isDemonym(items[at]?.text, first.match.values))))
  if (isStranger) {
    return problem(
      sentence,
      at,
      next,
      `"${items[at]?.text}" may be another than the ${first.column.column} of ${owner.name}`
    )
  }
  const family = matches.length === 1 ? familyAt(sentence, next, before, first.column) : null
  next = family?.next ?? next
  const isPredicate = (items[at]?.before ?? []).some((word) => being.test(word))
  const place = stretch(sentence, at, next)
  // "Ada's brand", "Evan's employees"; "the Acme client" is Acme.
  const owned = items[next]?.before.length === 0 ? items[next] : undefined
  const ownedTable = owned === undefined ? null : choicesAt(sentence, next)?.table
  const isSame = ownedTable === first.column.table && !isPlural(owned?.text ?? "")
  const isOwner =
    items[at - 1]?.kind === "verb" ||
    (items[at]?.before ?? []).some((word) => /^(?:of|in|from|to)$/.test(word)) ||
    // "books by Ada Quist", of those who wrote them: nothing else stands between the two.
    (items[at - 1]?.kind === "by" &&
      joined(sentence.context.index, nounsIn(before).at(-1) ?? "", first.column.table)) ||
    (ownedTable != null && !isSame)
  const isSubject = (items[at]?.before ?? []).some(isDo)
  const { column, said } = first
  const described = nounAfter(sentence, next)
  const written = place.text.toLowerCase()
  const areThings = matches.every(({ entity, values: [value] }) => {
    const name = String(value).toLowerCase()
    const isKind = /categor|type|kind|genre|species|group/i.test(`${column.table} ${column.column}`)
    return (
      entity === null &&
      !/['’]s?$/.test(written) &&
      (written !== name || (isKind && isPlural(written))) &&
      wordKey(written) !== written &&
      phraseKeys(written).join() === phraseKeys(name).join()
    )
  })
  const wish: Wish = {
    kind: "match",
    ...(family === null ? place : stretch(sentence, at, first.next)),
    column,
    matches,
    negated,
    joint,
    said,
    described,
    isPredicate,
    isPlural: areThings,
    isOwner,
    isSubject
  }
  if (family === null && isHad && isKindHad(sentence, column, before)) {
    // "customers who have a mortgage": a loan of that kind
    const place = stretch(sentence, at - 1, at)
    const named: Wish = { kind: "named", ...place, table: column.table }
    return { parts: [named, wish].flatMap((one) => wished(one, next).parts), next }
  }
  if (family === null) return wished(wish, next)
  const last = { ...wish, ...stretch(sentence, first.next, next), column: family.column, matches: [family.match] }
  return { parts: [wish, last].flatMap((one) => wished(one, next).parts), next }
}

/** Whether a value says of which kind rows are that those that are spoken of have. */
const isKindHad = (sentence: Sentence, { column, table }: ColumnReference, before: ReadonlyArray<Part>): boolean => {
  const way = relatedTo(sentence.context.index, nounsIn(before).at(-1) ?? "", table)
  const owner = tableOf(sentence.context.index, table)
  // A permit that was refused nobody has.
  return (
    way?.step.to.table === table &&
    unrealBy(owner) === undefined &&
    /^(?:type|kind|category)$/.test(nameWords(column).at(-1) ?? "")
  )
}
