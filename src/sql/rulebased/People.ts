/** Reading "who": a person, of the one table that keeps those. */
import { kindKey } from "../../grounding/NameWords.ts"
import type { Table } from "../../grounding/Grounding.ts"
import { placesOf } from "../../resolution/Placed.ts"
import { isStarted, isVerb } from "./Measures.ts"
import { choicesAt, problem, type Reader, type Sentence, stretch } from "./Parts.ts"
import { stepsTo } from "./Paths.ts"
import type { Item } from "./Reading.ts"
import { isParallel } from "./Steps.ts"
import { isOtherDeed } from "./Doers.ts"
import { fullName, isLabel, isPlain, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { hasPersonDates } from "./Dates.ts"
import { being } from "./States.ts"

/** "who has unpaid fines": the members; of two kinds of people that it may be, none. */
export const readWho: Reader = (sentence, at, before) => {
  const { items } = sentence
  const item = items[at]
  if (item?.kind !== "which") return null
  if (isStarted(before)) return readSecond(sentence, at)
  if (!/\bwhom?$/i.test(item.text)) return null
  // "Who is the author of Hamlet?", of a text that says it.
  const told = choicesAt(sentence, at + 1)
  const isTold = told?.column != null && told.table === null && told.number === null && !told.isDate
  if (isTold && items[at + 1]?.before.includes("the") === true && isBehindOf(items[at + 2])) return null
  const named = tablesNamed(sentence).filter((table) => isPerson(sentence, table))
  // "Who are the premium listeners?"
  const isComplement = (items[at + 1]?.before ?? []).some((word) => being.test(word))
  if (named.length > 0 && isComplement) return null
  const [table, ...others] = peopleMeant(sentence, named)
  if (table === undefined || others.length > 0) {
    return problem(sentence, at, at + 1, `nothing says what kind of people "${item.text}" asks for`)
  }
  if (isDoneTo(sentence, at + 1) && choicesAt(sentence, at + 1)?.column?.table !== table) {
    return problem(sentence, at, at + 1, `nothing says of what kind of people "${items[at + 1]?.text}" is said`)
  }
  // "Who is in the Chess Club?" is not its teacher.
  const place = items[at + 1]
  const isInside =
    place?.kind === "verb"
      ? /^belong/i.test(place.text)
      : place?.before.some((word) => /^(?:in|at|on)$/.test(word)) === true
  const owners = entityTables(sentence)
  const isOwned = [...sentence.context.tables, ...owners].some(
    (one) =>
      one !== table &&
      stepsTo(sentence.context.index, one, table) !== null &&
      stepsTo(sentence.context.index, table, one) === null
  )
  if (isInside && isOwned && choicesAt(sentence, at + 1)?.table == null && (isComplement || place?.kind === "verb")) {
    return problem(sentence, at, at + 1, `nothing says that ${table} are what is "${place?.text}"`)
  }
  if (isOtherDeed(sentence, at + 1, table)) {
    return problem(sentence, at, at + 1, `nothing says who "${items[at + 1]?.text}" it`)
  }
  // "Who was prescribed Warfarin?" are none of those who prescribe.
  const done = items[at + 1]
  const deed = choicesAt(sentence, at + 1)?.table
  const isPassive = isComplement && deed != null && isVerb(done?.text ?? "")
  if (
    isPassive &&
    sentence.context.index.relationships.some(
      (one) => one.from.table === deed && one.to.table === table && !isPlain(one)
    )
  )
    return problem(sentence, at, at + 1, `nothing says to whom it was done that is "${done?.text}"`)
  const of = { kind: "table", table } as const
  return {
    parts: [{ kind: "subject", ...stretch(sentence, at, at + 1), of, isAsked: true, isPlural: false }],
    next: at + 1
  }
}

/** "Whose loyalty tier is platinum?" asks for the passengers of whom it is kept. */
export const readWhoseAsked: Reader = (sentence, at) => {
  const item = sentence.items[at]
  if (at > 0 || item?.kind !== "with" || !/^whose$/i.test(item.text)) return null
  const said = choicesAt(sentence, at + 1)
  const table = said?.table === null ? (said.column?.table ?? null) : null
  if (table === null || !isPerson(sentence, table)) return null
  const of = { kind: "table", table } as const
  return {
    parts: [{ kind: "subject", ...stretch(sentence, at, at + 1), of, isAsked: true, isPlural: true }],
    next: at + 1
  }
}

/** "Dr Hughes": a doctor of that name, and no patient, where doctors are kept. */
export const withTitles = (index: SchemaIndex, items: ReadonlyArray<Item>): ReadonlyArray<Item> => {
  const doctors = new Set(index.tables.flatMap(({ name }) => (healers.test(kindKey(name)) ? [name] : [])))
  return items.map((item) => {
    if (item.kind !== "name" || item.before.at(-1) !== "dr" || doctors.size === 0) return item
    const meanings = item.meanings.filter((one) => one.kind === "value" && doctors.has(one.column.table))
    return meanings.length > 0 ? { ...item, meanings } : { ...item, kind: "unknown" }
  })
}

/** "Brian Cork": somebody of that name, and no Brian of a city that is called so, too. */
export const withSurnames = (index: SchemaIndex, items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.map((item, at) => {
    const [before, behind] = [items[at - 1], items[at + 1]]
    const isSurname = before !== undefined && isBeside(item) && surnamesIn(index, before, item).length > 0
    const isFirst = behind !== undefined && isBeside(behind) && surnamesIn(index, item, behind).length > 0
    if (item.kind !== "name" || !(isSurname || isFirst)) return item
    const tables = isSurname
      ? surnamesIn(index, before, item)
      : behind === undefined
        ? []
        : surnamesIn(index, item, behind)
    const meanings = item.meanings.filter(
      (one) =>
        one.kind === "value" &&
        tables.some(
          ({ first, last, table }) => one.column.table === table && one.column.column === (isSurname ? last : first)
        )
    )
    return { ...item, meanings }
  })

/** "borrowers named Law": whatever else is called so. */
export const withNames = (index: SchemaIndex, items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.map((item) => {
    if (item.kind !== "name" || !/^(?:named|called|surnamed)$/.test(item.before.at(-1) ?? "")) return item
    const meanings = item.meanings.filter((one) => one.kind === "value" && isLabel(index, one.column))
    return meanings.length > 0 ? { ...item, meanings } : { ...item, kind: "unknown" }
  })

const isBeside = ({ afterComma, before }: Item): boolean => before.length === 0 && !afterComma

/** The tables in which two words beside each other are a first and a last name. */
const surnamesIn = (index: SchemaIndex, one: Item, other: Item) => {
  const columnsOf = (item: Item) =>
    item.kind === "name" ? item.meanings.flatMap((meaning) => (meaning.kind === "value" ? [meaning.column] : [])) : []
  return columnsOf(one).flatMap(({ column, table: name }) => {
    const names = fullName(tableOf(index, name))
    const isNamed =
      names?.first.name === column &&
      columnsOf(other).some((said) => said.table === name && said.column === names.last.name)
    return isNamed ? [{ table: name, first: names.first.name, last: names.last.name }] : []
  })
}

const healers = /^(?:doctor|physician|surgeon|dentist|vet|veterinarian|clinician|practitioner|consultant|gp)$/

/** "of Hamlet", "for Elmwood", "at the Riverside" */
const isBehindOf = (item: Item | undefined): boolean =>
  item?.before.some((word) => /^(?:of|for|at|in)$/.test(word)) === true

/** "was hired in 2024": the date of those who are asked for, and of nothing else. */
const isDoneTo = ({ items }: Sentence, at: number): boolean => {
  const item = items[at]
  return item?.kind === "name" && item.isVerb === true && item.before.some((word) => being.test(word))
}

/** "and with which doctor": something else is asked for, too. */
const readSecond = (sentence: Sentence, at: number) => {
  const { items } = sentence
  const [item, joint] = [items[at], items[at - 1]]
  // "and what is their email": one more column of them.
  const theirs = choicesAt(sentence, at + 1)
  const isTheirs = items[at + 1]?.before.some((word) => /^(?:their|its|his|her)$/.test(word)) === true
  if (/^what$/i.test(item?.text ?? "") && isTheirs && theirs?.column != null && theirs.table === null) {
    const place = stretch(sentence, at, at + 2)
    const isNumber = theirs.number !== null
    return { parts: [{ kind: "shown", ...place, column: theirs.column, isNumber } as const], next: at + 2 }
  }
  // "doctors from whom we never had a prescription"
  if (/^whom$/i.test(item?.text ?? "") && items[at + 1]?.kind === "without") return null
  const isSecond = joint?.kind === "and" || joint?.kind === "with" || (item?.before.length ?? 0) > 0
  return item === undefined || !isSecond
    ? null
    : problem(sentence, at, at + 1, `"${item.text}" asks for something else, too`)
}

/** The people that are not spoken of themselves: those nearest to what is. */
const peopleMeant = (sentence: Sentence, named: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { index, tables } = sentence.context
  const others = entityTables(sentence)
  const spoken = tables.filter((table) => !named.includes(table) && !others.has(table))
  // "Who works at the Riverside?": of those who are people, the staff.
  const isWork = sentence.items.some(({ kind, text }) => kind === "verb" && /^work/i.test(text))
  const staff = index.tables.filter(({ name }) => /^(?:employee|staff|worker)$/.test(kindKey(name)))
  if (isWork && named.length === 0 && staff.length === 1) return staff.map(({ name }) => name)
  // "Who plays for Inter?" is none of its coaches.
  const isPlay = sentence.items.some(({ text }) => /^plays?\b/i.test(text))
  const players = index.tables.filter(({ name }) => kindKey(name) === "player")
  if (isPlay && named.length === 0 && players.length === 1) return players.map(({ name }) => name)
  const said = spoken.filter((table) => isPerson(sentence, table))
  if (said.length > 0) return said
  // "Who works in Engineering?": of what is named by itself.
  const [anchor] = spoken.length > 0 ? spoken : tables
  if (anchor === undefined) return []
  if (spoken.length === 0 || !index.tables.some(({ name }) => isNear(sentence, anchor, name))) {
    const those = index.tables.filter(
      ({ name }) => isPerson(sentence, name) && stepsTo(index, name, anchor)?.length === 1
    )
    return those.map(({ name }) => name)
  }
  const near = index.tables.flatMap(({ name }) => {
    // The sender or the receiver: two keys say who.
    const length = isParallel(index, anchor, name) ? 1 : stepsTo(index, anchor, name)?.length
    return length === undefined || !isPerson(sentence, name) || named.includes(name) || others.has(name)
      ? []
      : [{ name, length }]
  })
  const nearest = Math.min(...near.map(({ length }) => length))
  return near.filter(({ length }) => length === nearest).map(({ name }) => name)
}

const isNear = (sentence: Sentence, anchor: string, name: string): boolean =>
  isPerson(sentence, name) && (stepsTo(sentence.context.index, anchor, name)?.length ?? 0) > 0

const tablesNamed = (sentence: Sentence): ReadonlyArray<string> =>
  sentence.items.flatMap(({ text }, at) => {
    const table = choicesAt(sentence, at)?.table
    return table == null || isVerb(text) ? [] : [table]
  })

const entityTables = ({ items }: Sentence): ReadonlySet<string> =>
  new Set(
    items.flatMap((item) => (item.kind === "entities" ? placesOf(item.mention).map(({ column }) => column.table) : []))
  )

const isPerson = ({ context: { index } }: Sentence, name: string): boolean => {
  const table = tableOf(index, name)
  return (
    table !== undefined &&
    ((hasPersonDates(table) && labelColumns(table).length > 0) || hasPersonName(table) || isPeople(table))
  )
}

const hasPersonName = (table: Table): boolean => {
  const labels = labelColumns(table)
  return labels.length > 1 || labels.some(({ name }) => /full_?name|nick_?name/i.test(name))
}

/** Rows that join two others may be called like people, and are not who is asked for. */
const isPeople = (table: Table): boolean =>
  (labelColumns(table).length > 0 || table.columns.filter(({ name }) => /_?id$/i.test(name)).length < 2) &&
  people.has(kindKey(table.name))

const people = new Set(
  "person people customer client member user employee staff agent pupil doctor nurse patient author artist student teacher lecturer driver donor volunteer trainer listener guest passenger player coach owner tenant contact manager seller".split(
    " "
  )
)
