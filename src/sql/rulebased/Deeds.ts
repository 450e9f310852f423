/** What was done, and when: whether a date or a name beside a deed says of it what the question says. */
import * as Result from "effect/Result"
import type { Grouped, Wish } from "./Parts.ts"
import type { Context } from "./Meaning.ts"
import type { Owned, Test } from "./Plan.ts"
import { isDate, isDateWord } from "../../grounding/ColumnWords.ts"
import { isPlural, kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import { rootOfDate, rootOfTable, rootOfVerb, rootOfWord } from "../../resolution/DateVerbs.ts"
import {
  type ColumnReference,
  hasKeys,
  isPlain,
  isUnlistedStatus,
  labelColumns,
  refers,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"
import { saysDone, tellsWhether } from "./Happened.ts"
import { auditDates, dateColumns, hasPersonDates } from "./Dates.ts"
import { unrealBy, voidOrUnlistedBy } from "./Outcomes.ts"
import { relatedTo } from "./Paths.ts"
import { isParallel, pathsFrom } from "./Steps.ts"

/** "paid bills per month": when they were issued is not when they were paid, where both are known. */
export const misdated = (
  index: SchemaIndex,
  wishes: ReadonlyArray<Wish>,
  { column, table: name }: ColumnReference
): string | null => {
  const table = tableOf(index, name)
  const dates = table?.columns.filter(isDate) ?? []
  for (const wish of wishes) {
    const root = wish.kind === "match" && wish.column.table === name ? rootOfVerb([wish.text.toLowerCase()]) : null
    const own = dates.find((date) =>
      wish.kind === "test" && wish.test.kind === "known" && wish.test.column.table === name && !wish.test.negated
        ? date.name === wish.test.column.column
        : root !== null && table !== undefined && rootOfDate(table, date) === root
    )
    if (own !== undefined && own.name !== column) return `"${wish.text}" has a time of its own, ${own.name}`
  }
  return null
}

/** "Who gave the most lessons?": what is planned or was cancelled was not given. */
export const undone = (
  index: SchemaIndex,
  asides: ReadonlyArray<{ readonly text: string }>,
  wishes: ReadonlyArray<Wish>,
  name: string
): string | null => {
  const said = asides.find(({ text }) => deeds.test(text))
  // "who have worked on a BMW", "who had a night lesson"
  const done = wishes.find(
    (wish) =>
      ((wish.kind === "named" || (wish.kind === "related" && !wish.negated)) &&
        wish.text.split(" ").some((word) => deeds.test(word))) ||
      (wish.kind === "related" && !wish.negated && wish.where.length > 0 && /^had\b/i.test(wish.text))
  )
  const verb = said ?? done
  if (verb === undefined) return null
  const record = done !== undefined && "table" in done && done.table !== null ? done.table : name
  const told = inner(wishes)
  for (const one of recordsOf(index, record, name, verb.text)) {
    const table = tableOf(index, one)
    const state = unrealBy(table) ?? (said === undefined ? undefined : table?.columns.find(isUnlistedStatus))
    const isTold = told.some((wish) => wish.kind === "match" && wish.column.column === state?.name)
    const isClear = table !== undefined && tellsWhether(table)?.name === state?.name && saysDone(verb.text)
    if (state !== undefined && !isTold && !isClear)
      return `"${verb.text}" may be true of some ${one} only, as ${state.name} says`
  }
  return null
}

/** The state that may say that what is still to come has been cancelled. */
export const calledOff = (
  { index, today }: Pick<Context, "index" | "today">,
  wishes: ReadonlyArray<Wish>,
  test: Test
): ColumnReference | null => {
  if (test.kind !== "period" || test.from === null || test.from < today) return null
  if (test.from === today && test.to !== null) return null
  const { table: name } = test.column
  const table = tableOf(index, name)
  const state = voidOrUnlistedBy(table)
  const isTold = inner(wishes).some(
    (wish) => wish.kind === "match" && wish.column.table === name && wish.column.column === state?.name
  )
  return state === undefined || isTold ? null : { table: name, column: state.name }
}

/** Where it says whether something took place: the record of it, what it was done at, and what tells who did it. */
const recordsOf = (index: SchemaIndex, record: string, name: string, verb: string): ReadonlySet<string> => {
  const isStaged = /play|perform/i.test(verb)
  const isDoer = index.tables.some((one) => one.name === record && labelColumns(one).length > 0 && hasPersonDates(one))
  const around = index.tables
    .map((one) => one.name)
    .filter(
      (one) =>
        (isStaged && refers(index, record, one)) ||
        (isDoer && refers(index, one, record) && (name === record || refers(index, one, name)))
    )
  return new Set([...(isDoer ? [] : [record]), ...(name === record ? [] : [name]), ...around])
}

/** Also what is said of related rows. */
const inner = (wishes: ReadonlyArray<Wish>): ReadonlyArray<Wish> =>
  wishes.flatMap((wish) => [wish, ...(wish.kind === "related" || wish.kind === "counted" ? inner(wish.where) : [])])

/** "which trucks did Ada drive": those that are hers, or those of her trips? */
export const twoWays = (index: SchemaIndex, wishes: ReadonlyArray<Wish>, base: string): string | null => {
  const deed = wishes.find(
    ({ kind, text }) =>
      (kind === "related" || kind === "named") && /^(?:ha(?:ve|s|d) )?dr(?:ives?|ove|iven)$/i.test(text)
  )
  const driver = deed?.kind === "related" || deed?.kind === "named" ? deed.table : null
  if (deed === undefined || driver === null) return null
  const things = [base, ...wishes.flatMap((wish) => (wish.kind === "match" ? [wish.column.table] : []))].filter(
    (name) =>
      name !== driver &&
      new Set(index.relationships.flatMap(({ from, to }) => (from.table === name ? [to.table] : []))).size < 2
  )
  for (const thing of things) {
    const record = index.tables.find(({ name }) => refers(index, name, thing) && refers(index, name, driver))
    if (record !== undefined && (refers(index, thing, driver) || refers(index, driver, thing)))
      return `"${deed.text}" may be told by ${thing}, or by ${record.name}`
  }
  return null
}

const deeds =
  /^(?:gives?|gave|given|works?|worked|played|drives?|drove|driven|taught|teach|teaches|held|attended|performs?|performed|plays?|took place|taken place|happened|fly|flies|flew|flown|flying|refereed|officiated|carried out|conducted)$/i

/** "members since 2024", of member_since. */
export const sinceOf = (
  index: SchemaIndex,
  base: string,
  { text }: Wish
): Result.Result<ColumnReference, string> | null => {
  const dates =
    tableOf(index, base)?.columns.filter((column) => isDate(column) && nameWords(column.name).at(-1) === "since") ?? []
  const [only, ...more] = /^(?:since|after|before|until)\b/i.test(text) ? dates : []
  return only === undefined || more.length > 0 ? null : Result.succeed({ table: base, column: only.name })
}

/**
 * "customers who joined in 2025": the date of others that are related is none of theirs. What is recorded of them is,
 * where the rows that record it are called by the verb, or say how it was sent.
 */
export const strangeDate = (index: SchemaIndex, wishes: ReadonlyArray<Wish>, base: string): string | null => {
  const spoken = new Set(
    wishes.flatMap((wish) => {
      if (wish.kind === "named" || wish.kind === "related" || wish.kind === "counted") return [wish.table]
      if (wish.kind === "match") return [wish.column.table]
      return wish.kind === "role" ? [wish.relationship.from.table, wish.relationship.to.table] : []
    })
  )
  const strange = wishes.find((wish) => {
    if (wish.kind !== "date" || wish.column.table === base || spoken.has(wish.column.table)) return false
    const { table } = wish.column
    const path = pathsFrom(index, base).get(table)
    const owner = tableOf(index, table)
    const isThing = owner !== undefined && labelColumns(owner).length > 0
    if (path === undefined || path.every(({ many }) => !many)) return isThing
    const own = rootOfTable(table)
    const isRecord = own !== null && own === rootOfVerb([wish.text.toLowerCase()], true)
    // "patients who were discharged in May", as their admissions say
    const isOfPerson = /^(?:discharged|diagnosed|examined|treated|transferred|injured)$/i.test(wish.text)
    return isThing || path.length > 1 || !(isRecord || isOfPerson || /ship|deliver|dispatch|fulfil/i.test(table))
  })
  return strange?.kind === "date"
    ? `${strange.column.table}.${strange.column.column} does not say when "${strange.text}" is true of ${base}`
    : null
}

const isDeed = (text: string): boolean => /^(?:\p{L}{3,}(?:ed|awn|aken)|\p{L}{0,2}paid|sent|sold|lost)$/iu.test(text)

const isRightBehind = (one: Owned, other: Owned): boolean => {
  const distance = Math.min(...one.tokens) - Math.max(...other.tokens)
  return distance > 0 && distance < 3
}

/** Whose time it may be, of rows that are asked about and of others that are named; none where it is clear. */
export const rivalTimes = (index: SchemaIndex, wishes: ReadonlyArray<Wish>, from: string): ReadonlyArray<string> => {
  const when = wishes.find(({ kind }) => kind === "when")
  const own = datesOf(index, from)
  if (when === undefined || own === null) return []
  const others = wishes.flatMap((wish) =>
    wish.kind === "named" && wish.table !== null && wish.table !== from ? [{ wish, table: wish.table }] : []
  )
  const rivals = own.isThing
    ? // Things with a name and a date of their own: when they came is not when they did something.
      others.filter(({ table }) => relatedTo(index, from, table) !== null)
    : // "tickets for trips in 2026": of when the trips are, or of when the tickets were bought?
      others.filter(({ table, wish }) => {
        const dates = datesOf(index, table)
        return own.isDated && dates?.isThing === false && dates.isDated && isRightBehind(when, wish)
      })
  const [rival] = rivals
  return rival === undefined ? [] : [`the time may be about ${from} or about ${rival.wish.text}`]
}

/** "passengers per flight this week": when the flights are, and not when they were booked. */
export const rivalGroups = (
  index: SchemaIndex,
  wishes: ReadonlyArray<Wish>,
  groups: ReadonlyArray<{ readonly by: Grouped }>,
  from: string
): ReadonlyArray<string> => {
  if (wishes.every(({ kind }) => kind !== "when") || datesOf(index, from)?.isDated !== true) return []
  const tables = groups.flatMap(({ by }) => (by.kind === "table" && by.table !== from ? [by.table] : []))
  const rivals = tables.filter((table) => {
    const dates = datesOf(index, table)
    return dates?.isThing === false && dates.isDated && hasKeys(index, table)
  })
  return rivals.map((table) => `the time may be about ${from} or about ${table}`)
}

/** Whether rows of a table have a name, and a date that says when they were; `null` where none says so, nor when they were recorded. */
const datesOf = (index: SchemaIndex, name: string): { readonly isThing: boolean; readonly isDated: boolean } | null => {
  const table = tableOf(index, name)
  if (table === undefined) return null
  const isDated = dateColumns(table).length > 0
  return isDated || auditDates(table).length > 0 ? { isThing: labelColumns(table).length > 0, isDated } : null
}

/** Whether a date says no more than when there was a row: order_date of orders, created_at. */
const isOfTable = (index: SchemaIndex, { column, table: name }: ColumnReference): boolean => {
  const table = tableOf(index, name)
  return (
    table !== undefined &&
    (auditDates(table).some((one) => one.name === column) ||
      nameWords(column).every(
        (word) =>
          isDateWord(word) ||
          nameWords(name).some((own) => wordKey(own) === wordKey(word) || rootOfWord(wordKey(own)) === rootOfWord(word))
      ))
  )
}

/** Whether rows of a table lead to another by a way of their own. */
const isOtherWay = (index: SchemaIndex, from: string | null, table: string, base: string): boolean =>
  from !== null &&
  from !== base &&
  from !== table &&
  (isParallel(index, from, table) ||
    pathsFrom(index, from)
      .get(table)
      ?.every(({ to }) => to.table !== base) === true)

interface Place {
  readonly base: string
  /** Each row of `base` has no more than one of what is named. */
  readonly isNear: boolean
  readonly isInner: boolean
  readonly label: string
}

/** Why a name may be said of another than the rows that are narrowed; `null` if nothing speaks against it. */
export const matchDoubt = (
  index: SchemaIndex,
  wishes: ReadonlyArray<Wish>,
  { column: { table }, described, matches, text, tokens }: Wish & { readonly kind: "match" },
  { base, isInner, isNear, label }: Place
): string | null => {
  // "copies of the book Westgate", where a branch is called so.
  const called = wishes.find(
    (wish) =>
      wish.kind === "named" &&
      !isPlural(wish.text) &&
      wish.tokens.at(-1) === (tokens[0] ?? 0) - 1 &&
      wish.table !== table
  )
  if (called !== undefined && matches.some(({ entity }) => entity !== null)) {
    return `"${label}" is one of ${table}, and no ${called.text}`
  }
  const path = pathsFrom(index, base).get(table)
  const isOver = described === null || described === base || described === table
  // "students in Physics courses": not those who are in the department themselves.
  if (!isOver && path?.some(({ to }) => to.table === described) !== true) {
    return `"${label}" is said of ${described}, and not of ${base}`
  }
  if (!isNear || table === base) return null
  const verbs = wishes.flatMap((wish) => {
    if (wish.kind === "date") return [wish.column.table]
    return wish.kind === "related" && wish.of === null ? [wish.table] : []
  })
  // "students taught by Ada": their adviser is called a teacher, and taught others.
  if (verbs.includes(table) && path?.some((step) => !isPlain(step)) === true) {
    return `"${label}" is more to ${base} than the verb says`
  }
  // "players transferred to Northam": where they are now does not say to where they were.
  if (!isInner && verbs.some((one) => isOtherWay(index, one, table, base))) {
    return `"${label}" may be said of ${base}, or of what is said of them`
  }
  // "total amount paid": what was done with the payments is no state of their invoices.
  const isNounSaid = wishes.some((wish) => (wish.kind === "named" || wish.kind === "related") && wish.table === table)
  return isDeed(text) && !isNounSaid ? `it is not said what "${text}" of ${table} has to do with ${base}` : null
}

/** What takes place on a day of its own, which is also that of those that did not. */
const events = new Set(
  "appointment screening event class lesson session exam meeting shift match game fixture flight trip hearing performance showing viewing visit departure tour operation surgery procedure consultation examination inspection".split(
    " "
  )
)

/** What comes last is not of the day on which it began. */
const isEnding = /^(?:closed|resolved|completed|returned|refunded|delivered|broken off)$/i

/** "loans repaid in 2025": when they were granted does not say when they were repaid. */
export const undated = (
  index: SchemaIndex,
  wishes: ReadonlyArray<Wish>,
  date: ColumnReference,
  today: string
): ReadonlyArray<string> =>
  wishes.flatMap((state) => {
    const time = wishes.find((one) => one.kind === "when" && isRightBehind(one, state))
    const isTimed = time !== undefined
    const period = time?.kind === "when" ? time.test(date) : null
    // "operations scheduled for next week" are those of next week.
    const isToCome = period?.kind === "period" && (period.from ?? "") > today
    // "matches played in 2025", of which the day is kept and nothing else
    const days = tableOf(index, date.table)?.columns.filter(isDate) ?? []
    const isEvent =
      (/^(?:played|held|screened|performed)$/i.test(state.text) && days.length === 1) ||
      (/^(?:cancell?ed|missed|delayed|completed|postponed|abandoned|attended|diverted)$/i.test(state.text) &&
        events.has(kindKey(state.kind === "match" ? state.column.table : ""))) ||
      (isToCome &&
        /^(?:scheduled|planned|booked)$/i.test(state.text) &&
        state.kind === "match" &&
        events.has(kindKey(state.column.table)))
    return state.kind === "match" &&
      isTimed &&
      isDeed(state.text) &&
      !(isOfTable(index, date) && !isEnding.test(state.text)) &&
      !isEvent
      ? [`${date.table}.${date.column} does not say when they were "${state.text}"`]
      : []
  })
