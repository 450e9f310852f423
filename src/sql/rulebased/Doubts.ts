/** What a question leaves open although a plan would settle it: where somebody is at home, and which end is the best. */
import { columnWords, isDate, isNumeric, isStateName } from "../../grounding/ColumnWords.ts"
import type { Column } from "../../grounding/Grounding.ts"
import { kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import { isDo } from "../../text/CommonWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { nounsIn, type Part } from "./Parts.ts"
import { stepsTo } from "./Paths.ts"
import type { Measure } from "./Plan.ts"
import { wording } from "./Wording.ts"
import { endsOf, hasPersonDates } from "./Dates.ts"
import { goneBy } from "./Outcomes.ts"
import { columnOf, isLabel, labelColumns, refers, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Why a question may not be what its parts say; `null` if nothing speaks against them. */
export const doubt = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null =>
  strangeHome(index, lexemes, parts) ??
  openEnd(index, lexemes, parts) ??
  swapped(index, lexemes, parts) ??
  paidByUs(index, lexemes, parts) ??
  ours(index, lexemes, parts) ??
  usedByUs(lexemes, parts) ??
  byNumber(index, lexemes, parts) ??
  worksThere(index, parts) ??
  alsoValue(index, lexemes, parts) ??
  weHave(index, lexemes, parts) ??
  inCharge(index, lexemes, parts) ??
  notItsDay(index, lexemes, parts) ??
  whichOf(index, lexemes, parts) ??
  wording(index, lexemes, parts)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "Which of the Tanakas has flown?" asks for them, and not for their flights. */
const whichOf = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const isAsked = /^(?:which|who)$/.test(lexemes[0]?.key ?? "") && lexemes[1]?.key === "of"
  const called = parts.find((part) => part.kind === "wish" && part.tokens.some((token) => token === 2 || token === 3))
  const wish = called?.kind === "wish" && called.wish.kind === "match" ? called.wish : null
  return isAsked &&
    wish?.isPlural === true &&
    isLabel(index, wish.column) &&
    !nounsIn(parts).includes(wish.column.table)
    ? `"${wish.text}" are asked for, and not what they have to do with`
    : null
}

/** "What did Ada prescribe?", of which prescribed_on says no more than when. */
const notItsDay = (
  index: SchemaIndex,
  [what, did]: ReadonlyArray<Lexeme>,
  parts: ReadonlyArray<Part>
): string | null => {
  const isDone = what?.key === "what" && /^(?:did|does|do|has|have|had)$/.test(did?.key ?? "")
  const day = parts.find((part) => {
    const column = part.kind === "subject" && part.of.kind === "column" ? columnOf(index, part.of.column) : undefined
    return column !== undefined && isDate(column)
  })
  return isDone && day !== undefined ? `"${day.text}" is known by its day alone, and what it was is asked for` : null
}

/** "Which vehicles do we own?", of which some are others'. */
const ours = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const verb = parts.find(
    ({ kind, text }) => (kind === "aside" && /^own(?:s|ed)?$/i.test(text)) || (kind === "now" && /\bown\b/i.test(text))
  )
  const [noun = ""] = nounsIn(parts)
  if (verb === undefined || !isOfUs(lexemes)) return null
  const isOthers =
    tableOf(index, noun)?.columns.some(({ name }) => nameWords(name).some((word) => owning.test(word))) === true ||
    index.tables.some((one) => labelColumns(one).length > 0 && refers(index, noun, one.name) && owners.test(one.name))
  return isOthers ? `"${verb.text}" may be true of some ${noun} only` : null
}

/** "Which countries do we fly to?" are those of what we fly, and not all that are known. */
const usedByUs = (lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const verb = parts.find(
    ({ kind, text }) =>
      kind === "aside" && /^(?:fly|flew|travel|travell?ed|go|went|serve|played?|use|carry|visit)\b/i.test(text)
  )
  const isPlain = parts.every(({ kind }) => /^(?:subject|measure|aside|distinct|wish|grouped)$/.test(kind))
  return verb !== undefined && isPlain && isOfUs(lexemes) ? `"${verb.text}" may be true of some of them only` : null
}

/** "Who is the manager of Ada?": whom a number stands for is not known. */
const byNumber = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const isWho = lexemes[0]?.key === "who"
  const number = parts.flatMap((part) => {
    const column =
      part.kind === "shown"
        ? part.column
        : part.kind === "subject" && part.of.kind === "column" && (isWho || part.isPlural)
          ? part.of.column
          : null
    const kept = column === null ? undefined : columnOf(index, column)
    const last = nameWords(column?.column ?? "").at(-1) ?? ""
    const isPerson = isWho ? isPersonWord.test(nameWords(column?.column ?? "")[0] ?? "") : isPersonWord.test(last)
    return kept !== undefined && isNumeric(kept) && isPerson ? [part] : []
  })
  const [first] = number
  return first === undefined ? null : `whom a number stands for, as "${first.text}" is kept, is not known`
}

const isPersonWord =
  /^(?:manager|supervisor|boss|head|mechanic|technician|captain|pilot|driver|owner|leader|lead|coach|trainer|mentor|doctor|nurse|surgeon|inspector|clerk|agent|cashier|author|editor)$/

/**
 * "How many vans do we have?", "who is the best paid?": those that were sold, retired or left are ours no more, and those
 * who left are paid no more.
 */
const weHave = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const isSaid = lexemes.some(
    ({ key }, at) =>
      (key === "we" && lexemes[at + 1]?.key === "have") || (key === "have" && lexemes[at + 1]?.key === "we")
  )
  const [noun = ""] = nounsIn(parts)
  const table = tableOf(index, noun)
  const isPaid = parts.some(({ kind }) => kind === "rank") && lexemes.some(({ key }) => /^(?:paid|earns?)$/.test(key))
  if (!(isSaid || isPaid) || table === undefined || lexemes.some(({ key }) => /^(?:had|ever)$/.test(key))) return null
  const wishes = parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const isTold = wishes.some(
    (wish) =>
      wish.kind === "when" ||
      (wish.kind === "match" && isStateName(wish.column.column)) ||
      (wish.kind === "test" &&
        (wish.test.kind === "is" ||
          wish.test.kind === "known" ||
          wish.test.kind === "period" ||
          wish.test.kind === "any"))
  )
  const end = endsOf(table)[0] ?? goneBy(table)
  const isNow = parts.some(({ kind, text }) => kind === "now" || /\bcurrent\b/i.test(text))
  return isTold || isNow || end === undefined ? null : `some ${noun} may be ours no more, as ${end.name} says`
}

/** "each teacher", of a class that has one and of borrowers who are: the column, or those whom a value calls so? */
const alsoValue = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const [group] = parts.flatMap((part) =>
    part.kind === "grouped" && part.by.kind === "column" ? [part.by.column] : []
  )
  if (group === undefined || nameWords(group.column).length > 1) return null
  const called = kindKey(group.column)
  // "When did each teacher borrow a book?": the teacher of a class may have borrowed none.
  const isDoer =
    lexemes.some(({ key }) => key === "did") && /^(?:teacher|tutor|coach|doctor|driver|manager|leader)$/.test(called)
  if (isDoer) return `nothing says that the ${group.column} of ${group.table} did it`
  const rival = index.tables.find(
    ({ columns, name }) =>
      name !== group.table &&
      columns.some(({ values }) => values.some((value) => wordKey(value.toLowerCase()) === called))
  )
  return rival === undefined
    ? null
    : `"${group.column}" is a column of ${group.table}, and some ${rival.name} are called so`
}

/** "Which volunteers work in Leeds?" is not where they live. */
const worksThere = (index: SchemaIndex, parts: ReadonlyArray<Part>): string | null => {
  const verb = parts.find(({ kind, text }) => kind === "aside" && /^work(?:s|ing)? (?:in|at|for)$/i.test(text))
  const [noun = ""] = nounsIn(parts)
  const home = parts.flatMap((part) =>
    part.kind === "wish" && part.wish.kind === "match" && part.wish.column.table === noun ? [part.wish.column] : []
  )
  const place = home.find(({ column }) =>
    /^(?:city|town|address|postcode|country|region)$/.test(nameWords(column).at(-1) ?? "")
  )
  return verb === undefined || place === undefined || !isPersonTable(index, noun)
    ? null
    : `${place.column} of ${noun} may be where they live`
}

const isPersonTable = (index: SchemaIndex, name: string): boolean => {
  const table = tableOf(index, name)
  return (
    table !== undefined &&
    (labelColumns(table).length > 1 || hasPersonDates(table) || /full_?name/i.test(labelColumns(table)[0]?.name ?? ""))
  )
}

const isOfUs = (lexemes: ReadonlyArray<Lexeme>): boolean => lexemes.some(({ key }) => key === "we")

const owning = /^(?:own|owner|owned|ownership|leased?|rented)$/
const owners = /customer|client|owner|member|tenant|buyer|seller/i

/** "Who is responsible for Elmwood?" are those whom a key of it names, and not those who belong there. */
const inCharge = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const verb = parts.find(({ kind, text }) => kind === "aside" && charge.test(text))
  const isOfColumn = parts.find((part) => part.kind === "subject")?.of.kind === "column"
  if (verb === undefined || isOfUs(lexemes) || isOfColumn) return null
  const wishes = parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const [noun = ""] = nounsIn(parts)
  // "customers that Ada looks after", of their account_manager
  const isTold = wishes.some(
    (wish) => wish.kind === "match" && wish.column.table === noun && !isLabel(index, wish.column)
  )
  const groups = parts.flatMap((part) => (part.kind === "grouped" ? [part] : []))
  const tables = [
    ...groups.flatMap(({ by }) => (by.kind === "table" ? [by.table] : [])),
    ...wishes.flatMap((wish) =>
      wish.kind === "match" ? [wish.column.table] : wish.kind === "related" && wish.table !== null ? [wish.table] : []
    )
  ]
  const isDone = lexemes.some(({ key }) => isDo(key)) || groups.some(({ said }) => said === "each")
  const isNamed = tables.some((table) => (isDone ? refers(index, noun, table) : refers(index, table, noun)))
  return isTold || isNamed ? null : `nothing says who "${verb.text}" what`
}

const charge = /^(?:owns?|owned|look(?:s|ed|ing)? after|responsible for|in charge of)$/i

/** "How much do we pay for a filter?", "that cost us over 20", "what does a towel cost?": what it costs us, or others? */
const paidByUs = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const isUs = lexemes.some(
    ({ key }, at) =>
      (key === "we" && lexemes[at + 1]?.key === "pay") ||
      (/^costs?$/.test(key) && lexemes[at + 1]?.key === "us") ||
      (key === "to" && lexemes[at + 1]?.key === "buy")
  )
  const isVerb = lexemes.at(-1)?.key === "cost" && lexemes.some(({ key }) => /^d(?:o|oes|id)$/.test(key))
  const columns = parts.flatMap((part) => {
    if (part.kind === "shown") return [part.column]
    if (part.kind === "wish" && part.wish.kind === "test" && part.wish.test.kind === "compares") {
      return part.wish.test.of.column === null ? [] : [part.wish.test.of.column]
    }
    return []
  })
  const open = columns.find(({ column, table }) => {
    const others = tableOf(index, table)?.columns.filter(({ name }) => name !== column) ?? []
    const isPrice = nameWords(column).some((word) => word === "price" || word === "fee" || word === "rate")
    const isCost = nameWords(column).some((word) => /^(?:cost|purchase|buying)$/.test(word))
    const isRivalled = others.some(({ name }) => nameWords(name).some((word) => word === (isCost ? "price" : "cost")))
    return (isUs && isPrice && !isCost) || (isVerb && isRivalled && (isPrice || isCost))
  })
  return open === undefined ? null : `${open.column} may be what it costs us, or what others pay`
}

const homeVerbs = /^(?:come|comes|came|coming|live|lives|living|based)$/

/** "Which countries do guests come from?": no place of what they booked. */
const strangeHome = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const nouns = [...nounsIn(parts), ...rankedBy(parts).flatMap(({ tables }) => tables)]
  const columns = parts.flatMap((part) => {
    if (part.kind === "subject") return part.of.kind === "column" ? [part.of.column] : []
    if (part.kind === "grouped") return part.by.kind === "column" ? [part.by.column] : []
    return part.kind === "shown" ? [part.column] : []
  })
  const isSaid = lexemes.some(({ key }) => homeVerbs.test(key)) || lexemes.at(-1)?.key === "from"
  const strange = columns.find(
    ({ table }) => nouns.length > 0 && nouns.every((noun) => stepsTo(index, noun, table) === null)
  )
  return isSaid && strange !== undefined ? `${strange.table}.${strange.column} does not say where they come from` : null
}

const rankedBy = (parts: ReadonlyArray<Part>): ReadonlyArray<Measure> =>
  parts.flatMap((part) => (part.kind === "rank" && part.target?.kind === "measure" ? [part.target.measure] : []))

/**
 * "phone of Ada" is not that of her patients, "who admitted Ben" not Ben, and "when was Ada admitted" not when she
 * admitted others.
 */
const swapped = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const [first, second] = lexemes
  const nouns = nounsIn(parts)
  const names = parts.flatMap((part) =>
    part.kind === "wish" && part.wish.kind === "match" && isLabel(index, part.wish.column) ? [part.wish] : []
  )
  const shown = parts.flatMap((part) => (part.kind === "shown" ? [part] : []))
  const isBeing = /^(?:is|are|was|were|s)$/.test(second?.key ?? "")
  const other = names.find(({ column }) =>
    shown.some(
      ({ column: one }) =>
        nouns.length === 0 && one.table !== column.table && (stepsTo(index, one.table, column.table)?.length ?? 0) > 0
    )
  )
  if (other !== undefined && !(first?.key === "when" && !isBeing))
    return `nothing says what "${other.text}" has to do with ${shown[0]?.column.table}`
  const object = parts.some(
    (part) =>
      part.kind === "subject" &&
      /\bwhom?$/i.test(part.text) &&
      part.of.kind === "table" &&
      names.some(({ column }) => part.of.kind === "table" && column.table === part.of.table)
  )
  // "Who is booked with Olga?"
  const isDone = parts.some(
    (part) =>
      part.kind === "wish" &&
      (part.wish.kind === "related" || part.wish.kind === "named") &&
      /(?:ed|ing)$/i.test(part.text)
  )
  return object && (!isBeing || isDone) ? "it is not said of whom it was done, and by whom" : null
}

const places = new Set(["grade", "rank", "ranking", "position", "place", "priority", "severity"])

/** A grade of 1 is the best in one country and the worst in another, and a description may say which. */
const isPlace = (words: ReadonlyArray<string>, { description }: Column): boolean =>
  words.some((word) => places.has(wordKey(word))) || isCountedDown(description ?? "")

const isCountedDown = (description: string): boolean =>
  /\b[01] (?:is|=) (?:the )?(?:best|top|highest|most)|lower is better|lowest is best/i.test(description)

/** The worst delay is the longest one, and the best price may be either. */
const isIll = ({ key }: Lexeme, { name }: Column): boolean =>
  /^(?:best|worst)$/.test(key) && nameWords(name).some((word) => ills.has(wordKey(word)))

const ills = new Set(
  "delay late lateness wait waiting cost price fee fare fine debt loss error defect fault complaint absence accident incident failure downtime damage conceded".split(
    " "
  )
)

const openEnd = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const end = lexemes.find(({ key }) => /^(?:best|worst|top|bottom)$/.test(key))
  const said = end ?? lexemes.find(({ key }) => /^(?:highest|lowest|greatest|most|least)$/.test(key))
  if (said === undefined) return null
  const measures = [...rankedBy(parts), ...parts.flatMap((part) => (part.kind === "measure" ? [part.measure] : []))]
  const sorted = parts.flatMap((part) =>
    part.kind === "sort" && part.target?.kind === "measure" ? [part.target.measure] : []
  )
  const columns = parts.flatMap((part) =>
    (part.kind === "rank" || part.kind === "sort") && part.target?.kind === "column" ? [part.target.column] : []
  )
  const open = index.tables
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .find(
      ({ column, table }) =>
        (columns.some((one) => one.table === table.name && one.column === column.name) ||
          [...measures, ...sorted].some(
            ({ of, tables }) =>
              of.kind === "expression" && tables.includes(table.name) && of.sql.split(/\W+/).includes(column.name)
          )) &&
        ((end !== undefined && (isPlace(columnWords(table, column), column) || isIll(end, column))) ||
          isCountedDown(column.description ?? ""))
    )
  return open === undefined ? null : `"${said.text}" may be the highest or the lowest ${open.column.name}`
}
