/** What a value, an entity or a quoted name stands for: the column that it is kept in, and what it says there. */
import { isDo } from "../../text/CommonWords.ts"
import { choicesAt, knownWish, type Match, nounsIn, type Part, problem, type Reading, type Sentence } from "./Parts.ts"
import type { Mention } from "../../resolution/ResolvedEntity.ts"
import { nounAfter } from "./States.ts"
import { stepsTo } from "./Paths.ts"
import type { Item } from "./Reading.ts"
import { isDate, isNumeric, isStateName } from "../../grounding/ColumnWords.ts"
import { phraseKeys } from "../../grounding/NameWords.ts"
import { rootOfTable, rootOfVerb } from "../../resolution/DateVerbs.ts"
import {
  columnOf,
  type ColumnReference,
  isBoolean,
  isLabel,
  isSameColumn,
  labelColumns,
  listedAs,
  parseReference,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"

interface Matched {
  readonly column: ColumnReference
  readonly match: Match
  readonly said: string
  readonly next: number
}

/** What stands at a place, if it is a value of a column, an entity or a quoted name. */
export const matchAt = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Matched | Reading | null => {
  const { context, items } = sentence
  const item = items[at]
  if (item === undefined) return null
  const choices = choicesAt(sentence, at)
  // "country Germany", "status is cancelled", "name 'Ada'"
  if (choices?.column != null && choices.table === null && choices.number === null && choices.aggregate === null) {
    const beside = items[at + 1]
    if (beside?.kind === "literal" && choices.isPart) {
      return problem(sentence, at, at + 2, `"${beside.value}" may be the ${choices.text} of two things`)
    }
    if (beside?.kind === "literal") {
      const match = { values: [beside.value], label: beside.value, entity: null }
      return { column: choices.column, match, said: `${choices.text} `, next: at + 2 }
    }
    const value = valueAt(sentence, at + 1, choices.column)
    if (value !== null) return { column: choices.column, match: value, said: `${choices.text} `, next: at + 2 }
    // "the country of JKR" is asked for.
    const isAsked = beside?.before.includes("of") === true && !isLabel(context.index, choices.column)
    const entity = beside?.kind === "entities" && !isAsked ? entityAt(sentence, at + 1, beside.mention) : null
    if (entity !== null && "match" in entity && entity.column.table === choices.column.table) {
      return { ...entity, said: `${choices.text} ` }
    }
  }
  if (item.kind === "entities") return entityAt(sentence, at, item.mention)
  if (item.kind === "literal") return literalAt(sentence, at, item)
  const described = nounAfter(sentence, at + 1)
  const nouns = nounsIn(before)
  // "cancelled sales orders": of what is spoken of, although purchases have such a state, too.
  const [own, ...others] =
    item.kind === "name"
      ? item.meanings.flatMap((one) =>
          one.kind === "value" && one.column.table === (described ?? nouns.at(-1)) ? [one] : []
        )
      : []
  const value = choices?.value != null && own !== undefined && others.length === 0 ? own : (choices?.value ?? null)
  // "a phone interview", where candidates have a phone, too
  const isKind = own !== undefined && others.length === 0 && described !== null && choices?.column?.table !== described
  if (choices === null || value === null || choices.table !== null || (choices.column !== null && !isKind)) return null
  if (choices.number !== null) return null
  // "delivered and returned in May", "shipped but not delivered": each at its own date, or neither.
  const [joint, other] = items.slice(at + 1, at + 3)
  const isDeed = item.kind === "name" && item.done !== undefined
  if (
    isDeed &&
    (joint?.kind === "and" || joint?.kind === "not") &&
    other?.kind === "name" &&
    (other.isVerb === true || other.done !== undefined)
  ) {
    return problem(sentence, at, at + 1, `"${item.text}" may be when it was done, or how it is now`)
  }
  // "have booked a yoga class", of bookings that may have another status by now
  const isHeld = /^(?:have|has|had|never|.* never)$/i.test(items[at - 1]?.text ?? "")
  const record = rootOfTable(value.column.table)
  if (isHeld && item.before.length === 0 && record !== null && rootOfVerb([item.text.toLowerCase()]) === record) {
    return problem(sentence, at, at + 1, `"${item.text}" may be that there is one, or how it is now`)
  }
  // "Which repairs were reported?" are all of them, and not only those that are no more than reported by now.
  const [deed, ...moreDeeds] = isDeed ? (item.done ?? []) : []
  const isPassive = item.before.some((word) => /^(?:were|was|been)$/.test(word))
  if (isPassive && beginning.test(item.text) && deed?.kind === "column" && moreDeeds.length === 0) {
    return knownWish(sentence, at, at + 1, deed.column, false)
  }
  // "How many flights have departed?": those that have landed by now did so, too.
  const isPerfect = isPassive || /^(?:have|has)$/i.test(items[at - 1]?.text ?? "")
  const isPassedOn =
    /^(?:departed|shipped|dispatched|sent|boarded|started)$/i.test(item.text) &&
    (columnOf(context.index, value.column)?.values ?? []).some((one) =>
      /^(?:landed|arrived|delivered|received|completed|finished|returned|flown)$/i.test(one)
    )
  if (isPerfect && isPassedOn) {
    return problem(sentence, at, at + 1, `"${item.text}" may be what was done, or how it is now`)
  }
  // "accounts that Ada did open"
  const isDone =
    items[at - 1] !== undefined &&
    items.slice(0, at).some((one) => one.before.some(isDo)) &&
    item.before.length === 0 &&
    // "How many lessons did Ada complete?" is about no package that is called Complete.
    (/^(?:open|close)$/i.test(item.text) || (/^\p{Ll}+$/u.test(item.text) && /^\p{Lu}/u.test(value.value)))
  if (isDone) return problem(sentence, at, at + 1, `"${item.text}" may be what was done, or how it is now`)
  // "opened by Ada", "tickets opened last month": that is no state of being open.
  const isOpened = /^opened$/i.test(item.text) && /^open$/i.test(value.value)
  if (isOpened)
    return problem(sentence, at, at + 1, `"${item.text}" is what was done, and "${value.value}" how it is now`)
  if (items[at + 1]?.kind === "by" && /\p{L}{3,}ed$/iu.test(item.text) && !/ed\b/i.test(value.value)) {
    return problem(sentence, at, at + 1, `"${item.text}" may be more than "${value.value}"`)
  }
  const noun = described ?? nouns.at(-1) ?? null
  const all = listedAs(context.index, value.value)
  const theirs = all.filter((one) => one.column.table === noun).map((one) => one.column)
  const [near, ...rivals] = theirs.filter((one, place) => theirs.findIndex((two) => isSameColumn(one, two)) === place)
  const isTheirs = value.column.table === noun
  if (!isTheirs && near !== undefined && rivals.length > 0) {
    const columns = [near, ...rivals].map((one) => `${one.table}.${one.column}`).join(" or ")
    return problem(sentence, at, at + 1, `"${item.text}" may be a value of ${columns}`)
  }
  const column = isTheirs ? value.column : (near ?? value.column)
  // "ships of Norwegian operators": not the Norwegian passengers.
  const isStranger =
    described !== null &&
    stepsTo(context.index, described, column.table) === null &&
    stepsTo(context.index, column.table, described) === null
  if (isStranger && !isLabel(context.index, column)) {
    return problem(sentence, at, at + 1, `"${item.text}" is a value of ${column.table}, and not of ${described}`)
  }
  // "active meters": of a status of theirs of which nobody says what it can be, and not of the customers they belong to
  const hidden =
    isTheirs || near !== undefined || noun === null || !isStateName(column.column)
      ? undefined
      : tableOf(context.index, noun)?.columns.find((one) => isStateName(one.name) && one.values.length === 0)
  if (hidden !== undefined) {
    return problem(sentence, at, at + 1, `"${item.text}" may be the ${hidden.name} of ${noun}, which lists no values`)
  }
  // "users in Support": the role of that name, or the team?
  const verb = items[at - 1]
  const isInside =
    /^(?:in|of|from|on|to|at|for)$/.test(item.before.find((word) => word !== "the") ?? "") ||
    described !== null ||
    (verb?.kind === "verb" && /\b(?:in|at|on|for)$/i.test(verb.text))
  const parent = all.find(
    (one) => isLabel(context.index, one.column) && stepsTo(context.index, column.table, one.column.table)?.length === 1
  )
  if (isInside && parent !== undefined && !isLabel(context.index, column)) {
    const why = `"${item.text}" may be a value of ${column.table}.${column.column} or of ${parent.column.table}.${parent.column.column}`
    return problem(sentence, at, at + 1, why)
  }
  // "Shipped" and "shipped" are two values and one word.
  const listed = all.filter((one) => isSameColumn(one.column, column)).map((one) => one.value)
  // A code that only a description says the meaning of.
  const kept = columnOf(context.index, column)
  const code = kept !== undefined && isNumeric(kept) ? Number(value.value) : value.value
  const label = isSaidOtherwise(item.text, value.value) ? `${item.text} (${value.value})` : value.value
  const match = { values: listed.length > 0 ? listed : [code], label, entity: null }
  return { column, match, ...besideColumn(sentence, at + 1, column) }
}

/** "Ada Stone": the last name behind the first one, of the same person. */
export const familyAt = (
  sentence: Sentence,
  at: number,
  before: ReadonlyArray<Part>,
  first: ColumnReference
): Matched | null => {
  const item = sentence.items[at]
  const table = tableOf(sentence.context.index, first.table)
  const [given, family, ...others] = table === undefined ? [] : labelColumns(table)
  if (item?.before.length !== 0 || item.afterComma || given?.name !== first.column || others.length > 0) return null
  const found = matchAt(sentence, at, before)
  return found === null ||
    "parts" in found ||
    found.column.table !== first.table ||
    found.column.column !== family?.name
    ? null
    : found
}

/** What a row begins with, whatever becomes of it. */
const beginning = /^(?:reported|requested|ordered|placed|booked|submitted|created|registered|issued|raised|logged)$/i

const isSaidOtherwise = (text: string, value: string): boolean =>
  !phraseKeys(text).some((word) => phraseKeys(value).includes(word))

/** "Audio category": the column's own name behind its value says nothing more. */
const besideColumn = (
  sentence: Sentence,
  at: number,
  column: ColumnReference,
  is = (other: ColumnReference) => isSameColumn(other, column)
): { readonly said: string; readonly next: number } => {
  const choices = choicesAt(sentence, at)
  const item = sentence.items[at]
  // "fixed fee" of the fee_type, where there is a fee_amount, too.
  const columns =
    item?.kind === "name" ? item.meanings.flatMap((one) => (one.kind === "column" ? [one.column] : [])) : []
  const isOwn = choices?.table === null && (choices.column === null ? columns.some(is) : is(choices.column))
  return isOwn && sentence.items[at]?.before.length === 0
    ? { said: `${choices.text} `, next: at + 1 }
    : { said: "", next: at }
}

const valueAt = (sentence: Sentence, at: number, column: ColumnReference): Match | null => {
  const item = sentence.items[at]
  if (item?.kind !== "name") return null
  const value = item.meanings.find((one) => one.kind === "value" && isSameColumn(one.column, column))
  return value?.kind === "value" ? { values: [value.value], label: value.value, entity: null } : null
}

const entityAt = (sentence: Sentence, at: number, mention: Mention): Matched | Reading => {
  const { canonicalName, databaseReferences, members } = mention.resolution
  const { index, tables } = sentence.context
  const known = Object.entries(databaseReferences).flatMap(([text, value]) => {
    const column = parseReference(index, text)
    const values = Array.isArray(value) ? value : [value]
    return column === undefined || values.length === 0 || !values.every(isScalar) ? [] : [{ column, values }]
  })
  const spoken = known.find(({ column }) => tables.includes(column.table)) ?? known[0]
  if (spoken === undefined) {
    const why = `"${mention.text}" is ${canonicalName}, but nothing says where the database keeps it`
    return problem(sentence, at, at + 1, why)
  }
  // A category that a column of the same table lists as a value: the column says it better than its members' keys.
  const own = members.length === 0 ? undefined : ownValue(index, mention, spoken.column.table)
  const column = own?.column ?? spoken.column
  // What a server lists is not proven to be all that there is.
  const label = members.length > 0 && own === undefined ? `${canonicalName} (${listedBy(mention)})` : canonicalName
  if (own === undefined && members.length > spoken.values.length && new Set(members).size > spoken.values.length) {
    return problem(sentence, at, at + 1, `the members of ${canonicalName} are kept in different columns`)
  }
  const match = { values: own === undefined ? spoken.values : [own.value], label, entity: canonicalName }
  // Where no column lists a category, one of words beside it may be its own, whatever it is called.
  const isBeside = (other: ColumnReference) =>
    isSameColumn(other, column) || (members.length > 0 && own === undefined && holdsWords(index, other, column.table))
  return { column, match, ...besideColumn(sentence, at + 1, column, isBeside) }
}

const holdsWords = (index: SchemaIndex, reference: ColumnReference, table: string): boolean => {
  const column = columnOf(index, reference)
  return (
    reference.table === table && column !== undefined && !isNumeric(column) && !isBoolean(column) && !isDate(column)
  )
}

const ownValue = (index: SchemaIndex, { resolution, text }: Mention, table: string) =>
  [...listedAs(index, text), ...listedAs(index, resolution.canonicalName)].find(({ column }) => column.table === table)

/** `the 2 that product_metadata lists: AeroBuds, Photon Chip`. */
const listedBy = ({ resolution: { members, server } }: Mention): string =>
  `the ${members.length} that ${server} lists: ${members.join(", ")}`

/** A quoted name: a listed value, else the name of the thing right before it. */
const literalAt = (sentence: Sentence, at: number, item: Item & { readonly kind: "literal" }): Matched | Reading => {
  const { index } = sentence.context
  const listed = listedAs(index, item.value)
  const [only] = listed
  const match = { values: [only?.value ?? item.value], label: item.value, entity: null }
  if (listed.length === 1 && only !== undefined) {
    return { column: only.column, match, ...besideColumn(sentence, at + 1, only.column) }
  }
  const isNamed = /^(?:(?:is|are|was|were) )?(?:named|called)$/.test(item.before.join(" "))
  const noun = item.before.length === 0 || isNamed ? choicesAt(sentence, at - 1)?.table : null
  const table = noun == null ? undefined : tableOf(index, noun)
  const labels = table === undefined ? [] : labelColumns(table)
  const [label] = labels
  if (table === undefined || label === undefined || labels.length > 1 || listed.length > 1) {
    const why = `"${item.value}" is quoted, but nothing says which column it is a value of`
    return problem(sentence, at, at + 1, why)
  }
  return {
    column: { table: table.name, column: label.name },
    match: { ...match, values: [item.value] },
    said: "",
    next: at + 1
  }
}

const isScalar = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
