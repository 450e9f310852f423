/** Reading what rows are narrowed by: times, values, entities, quoted names, amounts, what is true of them. */
import {
  choicesAt,
  type Match,
  mappedWish,
  nounsIn,
  type Part,
  problem,
  rangeWish,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  wished
} from "./Parts.ts"
import { type Mention } from "../../resolution/ResolvedEntity.ts"
import { being, nounAfter, readDone, readFlag, readNumbered, readOverdue, readStock, readUpcoming } from "./States.ts"
import { choose } from "./Meaning.ts"
import { stepsTo } from "./Paths.ts"
import { readComparison } from "./Comparisons.ts"
import { type Item } from "./Reading.ts"
import { isDate, isNumeric } from "../../grounding/ColumnWords.ts"
import { isPlural, phraseKeys, wordKey } from "../../grounding/NameWords.ts"
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

/** One condition, with "not" where it stands before it. */
export const readCondition: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  if (item?.kind === "not") return readNegated(sentence, at, before)
  if (item?.kind === "by") return readBy(sentence, at, before)
  return (
    readComparison(sentence, at, before) ??
    readTime(sentence, at, before) ??
    readOverdue(sentence, at, before) ??
    readUpcoming(sentence, at, before) ??
    readNumbered(sentence, at) ??
    readStock(sentence, at, false) ??
    readFlag(sentence, at, before, false) ??
    readDone(sentence, at, before, false) ??
    readMatches(sentence, at, before, false) ??
    readMapped(sentence, at)
  )
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
  const isOwn = column.table === nounsIn(before).at(-1)
  return isOwn || isLabel(sentence.context.index, column) || matches.every(({ entity }) => entity !== null)
    ? owning(sentence, at, at + 1, read)
    : null
}

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
    const [next, unit] = sentence.items.slice(at + 1, at + 3)
    const isGrouping = (next?.kind === "per" || next?.kind === "by") && unit?.kind === "grain"
    return next?.kind === "range" || isGrouping
      ? wished({ kind: "date", ...place, column: choices.column }, at + 1)
      : null
  }
  return null
}

const readMapped = (sentence: Sentence, at: number): Reading | null => {
  const choices = choicesAt(sentence, at)
  return choices?.condition == null
    ? null
    : wished(mappedWish(choices.condition, stretch(sentence, at, at + 1)), at + 1)
}

// -----------------------------------------------------------------------------
// values, entities, quoted names

interface Matched {
  readonly column: ColumnReference
  readonly match: Match
  readonly said: string
  readonly next: number
}

/** One or several values of one column, joined by "and", "or" or commas; the column's own name beside them adds nothing. */
const readMatches = (sentence: Sentence, at: number, before: ReadonlyArray<Part>, negated: boolean): Reading | null => {
  const { items } = sentence
  const first = matchAt(sentence, at, before)
  if (first === null || "parts" in first) return first
  const matches = [first.match]
  let next = first.next
  let joint: "and" | "or" = "and"
  for (;;) {
    const kind = items[next]?.kind
    const isJoint = kind === "and" || kind === "or" || kind === "compare"
    if (!isJoint && items[next]?.afterComma !== true) break
    const further = matchAt(sentence, next + (isJoint ? 1 : 0), before)
    if (further === null || "parts" in further || !isSameColumn(further.column, first.column)) break
    if (kind === "or") joint = "or"
    matches.push(further.match)
    next = further.next
  }
  const isPredicate = (items[at]?.before ?? []).some((word) => being.test(word))
  const place = stretch(sentence, at, next)
  // "Ada's brand", "Evan's employees"; "the Acme client" is Acme.
  const owned = items[next]?.before.length === 0 ? items[next] : undefined
  const ownedTable = owned === undefined ? null : choicesAt(sentence, next)?.table
  const isSame = ownedTable === first.column.table && !isPlural(owned?.text ?? "")
  const isOwner =
    items[at - 1]?.kind === "verb" ||
    (items[at]?.before ?? []).some((word) => /^(?:of|in|from|to)$/.test(word)) ||
    (ownedTable != null && !isSame)
  const isSubject = (items[at]?.before ?? []).some((word) => /^d(?:o|oes|id)$/.test(word))
  const { column, said } = first
  const described = nounAfter(sentence, next)
  const written = place.text.toLowerCase()
  const areThings = matches.every(({ entity, values: [value] }) => {
    const name = String(value).toLowerCase()
    return (
      entity === null &&
      written !== name &&
      wordKey(written) !== written &&
      phraseKeys(written).join() === phraseKeys(name).join()
    )
  })
  return wished(
    {
      kind: "match",
      ...place,
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
    },
    next
  )
}

const matchAt = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Matched | Reading | null => {
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
    const entity = beside?.kind === "entities" ? entityAt(sentence, at + 1, beside.mention) : null
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
  if (choices === null || value === null || choices.table !== null || choices.column !== null) return null
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
  // "opened by Ada" is no state of being open.
  if (items[at + 1]?.kind === "by" && /\p{L}{3,}ed$/iu.test(item.text) && !/ed\b/i.test(value.value)) {
    return problem(sentence, at, at + 1, `"${item.text}" may be more than "${value.value}"`)
  }
  const noun = described ?? nouns.at(-1) ?? null
  const all = listedAs(context.index, value.value)
  const column = all.find((one) => one.column.table === noun)?.column ?? value.column
  // "ships of Norwegian operators": not the Norwegian passengers.
  const isStranger =
    described !== null &&
    stepsTo(context.index, described, column.table) === null &&
    stepsTo(context.index, column.table, described) === null
  if (isStranger && !isLabel(context.index, column)) {
    return problem(sentence, at, at + 1, `"${item.text}" is a value of ${column.table}, and not of ${described}`)
  }
  // "users in Support": the role of that name, or the team?
  const isInside = /^(?:in|of|from|on)$/.test(item.before.find((word) => word !== "the") ?? "") || described !== null
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
