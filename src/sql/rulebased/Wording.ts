/** What the words of a question say besides what its parts stand for: "all their", "not yet", "checked out", "and where". */
import { isDate, isStateName } from "../../grounding/ColumnWords.ts"
import { kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import { rootOfTable, rootOfVerb } from "../../resolution/DateVerbs.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { nounsIn, type Part } from "./Parts.ts"
import { columnOf, isLabel, labelColumns, refers, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Why a question may not be what its parts say, by its words; `null` if nothing speaks against them. */
export const wording = (
  index: SchemaIndex,
  lexemes: ReadonlyArray<Lexeme>,
  parts: ReadonlyArray<Part>
): string | null =>
  levelOf(parts) ??
  toBeDone(lexemes) ??
  byMeans(lexemes, parts) ??
  worth(lexemes, parts) ??
  notYet(index, lexemes, parts) ??
  askedMore(lexemes, parts) ??
  whoseRows(lexemes, parts) ??
  ofThemselves(parts) ??
  split(index, lexemes, parts) ??
  partOfPhrase(lexemes, parts) ??
  stateOfOwner(index, lexemes, parts) ??
  askedFor(lexemes, parts) ??
  flagSaid(lexemes, parts) ??
  ofSquad(lexemes) ??
  allOf(lexemes) ??
  doneAndDone(lexemes, parts) ??
  doneThen(index, lexemes, parts)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "checked OUT", "how LONG is it", "NO show": a word that belongs to the one before it, and is no value by itself. */
const partOfPhrase = (lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const at = lexemes.findIndex(
    ({ key }, place) =>
      (/^checks?|^checked/.test(lexemes[place - 1]?.key ?? "") && key === "out") ||
      (lexemes[place - 1]?.key === "how" && /^(?:long|short|high|old|far|big|large|tall|heavy)$/.test(key)) ||
      (lexemes[place - 1]?.key === "no" && /^shows?$/.test(key))
  )
  const isTaken = parts.some(
    (part) =>
      part.kind === "wish" &&
      ((part.wish.kind === "match" && part.wish.tokens.length === 1 && part.wish.tokens.includes(at)) ||
        (part.wish.kind === "related" && part.wish.where.some(({ tokens }) => tokens.join() === String(at))) ||
        (part.wish.kind === "related" && part.wish.negated && lexemes[at]?.key.startsWith("show") === true))
  )
  return at < 0 || !isTaken ? null : `"${lexemes[at - 1]?.text} ${lexemes[at]?.text}" is one thing to say`
}

/** "active reservations": the state of those who made them is none of theirs. */
const stateOfOwner = (
  index: SchemaIndex,
  lexemes: ReadonlyArray<Lexeme>,
  parts: ReadonlyArray<Part>
): string | null => {
  for (const part of parts) {
    if (part.kind !== "wish" || part.wish.kind !== "match" || !isStateName(part.wish.column.column)) continue
    const { column, text, tokens } = part.wish
    const behind = (tokens.at(-1) ?? 0) + 1
    const isOfOwner = (name: string) => name !== column.table && refers(index, name, column.table)
    const isBeside = parts.some(
      (one) =>
        one.tokens.includes(behind) &&
        ((one.kind === "subject" && one.of.kind === "table" && isOfOwner(one.of.table)) ||
          (one.kind === "measure" && one.measure.tables.some(isOfOwner)))
    )
    if (isBeside) return `"${text}" is a state of ${column.table}, and not of "${lexemes[behind]?.text}"`
  }
  return null
}

/** "loans with a fine", of fine_paid: that there is one is not that it was paid. */
const flagSaid = (lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const said = new Set(lexemes.map(({ key }) => rootOfVerb([key]) ?? wordKey(key)))
  const flag = parts.flatMap((part) =>
    part.kind === "wish" && part.wish.kind === "test" && part.wish.test.kind === "is"
      ? [part.wish.test.column.column]
      : []
  )
  const unsaid = flag.find((column) => {
    const words = nameWords(column)
    const last = words.at(-1) ?? ""
    return (
      words.length > 1 &&
      /^(?:paid|returned|sent|settled|collected)$/.test(last) &&
      !said.has(rootOfVerb([last]) ?? last) &&
      !lexemes.some(({ key }) => key.endsWith(last))
    )
  })
  return unsaid === undefined ? null : `"${unsaid}" says more than the question`
}

/** "Which club has the largest squad?", "the squad of Northam": its players, and not the club. */
const ofSquad = (lexemes: ReadonlyArray<Lexeme>): string | null =>
  lexemes.some(
    ({ key }, at) =>
      key === "squad" &&
      (/^(?:largest|biggest|smallest)$/.test(lexemes[at - 1]?.key ?? "") || lexemes[at + 1]?.key === "of")
  )
    ? "a squad is those who belong to it"
    : null

/** "What was Ada admitted for?" asks why, and not when. */
const askedFor = (lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const isAsked = lexemes[0]?.key === "what" && /^(?:was|were|is|did)$/.test(lexemes[1]?.key ?? "")
  const last = lexemes.at(-1)
  const isShown = parts.some(({ kind, text }) => (kind === "shown" || kind === "subject") && /ed$/i.test(text))
  return isAsked && isShown && /^(?:for|with)$/.test(last?.key ?? "") ? `"${last?.text}" asks for something else` : null
}

/** "titles whose copies are all lost", "patients with all appointments cancelled": one of them is not enough. */
const allOf = (lexemes: ReadonlyArray<Lexeme>): string | null => {
  const at = lexemes.findIndex(
    ({ key }, place) =>
      key === "all" &&
      // "attended all their appointments" is more than some.
      (/^(?:their|his|her|its)$/.test(lexemes[place + 1]?.key ?? "") ||
        (/^(?:are|were|is|been|with|whose|had)$/.test(lexemes[place - 1]?.key ?? "") &&
          /(?:ed|lost|sold|paid|out|gone)$/.test(lexemes.at(-1)?.key ?? "")))
  )
  return at < 0 ? null : '"all" is more than one of them'
}

/** "fines issued and paid in 2026": both in that year. */
const doneAndDone = (lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const at = lexemes.findIndex(
    ({ key }, place) =>
      key === "and" && participle.test(lexemes[place - 1]?.key ?? "") && participle.test(lexemes[place + 1]?.key ?? "")
  )
  const dates = parts.filter((part) => part.kind === "wish" && /^(?:date|test|match)$/.test(part.wish.kind))
  const isBoth = [at - 1, at + 1].every((token) => dates.some(({ tokens }) => tokens.includes(token)))
  const isTimed = parts.some((part) => part.kind === "wish" && part.wish.kind === "when")
  return at < 0 || isBoth || !isTimed
    ? null
    : `"${lexemes[at - 1]?.text} and ${lexemes[at + 1]?.text}" may be two times`
}

const participle = /(?:ed|made|paid|sent|sold|lent|bought|held|taken|given)$/

/** "Which customers rented a van?", "how many vans were rented": what was done then is no state of now. */
const doneThen = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const states = parts.flatMap((part) =>
    part.kind === "wish" && part.wish.kind === "match" && isStateName(part.wish.column.column) ? [part.wish] : []
  )
  const subject = parts.find(({ kind }) => kind === "subject")
  const wish = states.find(({ text, tokens, column }) => {
    const [at = 0] = tokens
    const [before, next] = [lexemes[at - 1]?.key ?? "", lexemes[at + 1]?.key ?? ""]
    const root = rootOfVerb([text.toLowerCase()])
    const isRecorded =
      root !== null && index.tables.some(({ name }) => name !== column.table && rootOfTable(name) === root)
    // scheduled_departure: those that have left since were scheduled then, too.
    const isDated = tableOf(index, column.table)?.columns.some(
      (one) => isDate(one) && nameWords(one.name)[0] === text.toLowerCase()
    )
    const isActive = /^(?:an?|the|any|our)$/.test(next) || /^(?:have|has)$/.test(before)
    // "Which members lost a copy?": it is lost, and who lost it is another question.
    const isLost = /^(?:lost|damaged|stolen|broken)$/i.test(text) && column.table !== nounsIn(parts)[0]
    // "customers who cancelled a booking", where only flights are cancelled
    const object = wordKey(lexemes[at + 2]?.key ?? "")
    const isOfOther =
      /^(?:an?|the|their)$/.test(next) &&
      index.tables.some(({ name }) => name !== column.table && kindKey(name) === object) &&
      kindKey(column.table) !== object
    if (isOfOther) return true
    const isDirect = subject?.tokens.includes(at - 1) === true
    if (isLost && (/^(?:an?|the)$/.test(next) || isDirect)) return true
    const isPassive = /^(?:were|was|been)$/.test(before)
    return tokens.length === 1 && (isRecorded ? isActive || isPassive : isDated === true && isPassive)
  })
  return wish === undefined ? null : `"${wish.text}" may be what was done then, or what is so now`
}

/** "not filled yet" may be so some day: what was withdrawn will not. */
const notYet = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const open = parts.flatMap((part) =>
    part.kind === "wish" && part.wish.kind === "match" && part.wish.negated && !isLabel(index, part.wish.column)
      ? [part.wish]
      : []
  )
  const wish = open.find(({ column }) => (columnOf(index, column)?.values.length ?? 0) > 2)
  return wish === undefined || !lexemes.some(({ key }) => key === "yet")
    ? null
    : `"not ${wish.text} yet" leaves open which other states are meant`
}

/** "Whose contract runs out?", "which trainer's classes": it asks for people, and not for contracts. */
const whoseRows = ([first, second, third]: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const isOwner = /^(?:which|what)$/.test(first?.key ?? "") && /['’]s?$/.test(second?.text ?? "")
  const owned = first?.key === "whose" ? second : isOwner ? third : undefined
  const rows = parts.find(
    (part) =>
      part.kind === "subject" && part.of.kind === "table" && part.text.toLowerCase() === owned?.text.toLowerCase()
  )
  return rows === undefined
    ? null
    : `"${isOwner ? `${second?.text} ` : "whose "}${rows.text}" asks for others than ${rows.text}`
}

/** "the next concert and where": something else is asked for, too. */
const askedMore = (lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const [joint, last] = lexemes.slice(-2)
  const isShown = parts.some(({ kind, tokens }) => kind === "shown" && tokens.includes(lexemes.length - 1))
  return !isShown && joint?.key === "and" && /^(?:where|when|why|how|who|whom)$/.test(last?.key ?? "")
    ? `"and ${last?.text}" asks for something else, too`
    : null
}

/** "still to be received", "have to pay", "nobody's mentor": the opposite of what the rest says. */
const toBeDone = (lexemes: ReadonlyArray<Lexeme>): string | null => {
  const at = lexemes.findIndex(({ key }, place) => key === "be" && lexemes[place - 1]?.key === "to")
  const deed = at < 0 ? undefined : lexemes[at + 1]
  if (deed !== undefined && /(?:ed|paid|sent|sold)$/.test(deed.key))
    return `"to be ${deed.text}" is what is not done yet`
  const must = lexemes.findIndex(
    ({ key }, place) =>
      /^(?:have|has|needs?|yet|still|left|remains?)$/.test(key) && lexemes[place + 1]?.key === "to" && place > 0
  )
  const due = must < 0 ? undefined : lexemes[must + 2]
  if (due !== undefined && due.key !== "be" && due.key !== "come") return `"to ${due.text}" is what is not done yet`
  const nobody = lexemes.find(({ text }) => /^nobody['’]s$/i.test(text))
  return nobody === undefined ? null : `it is not clear of whom "${nobody.text}" is said`
}

/** "Which customers booked by phone?": how it was done, and not for each number. */
const byMeans = (lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const means = parts.find(
    (part) =>
      part.kind === "grouped" &&
      part.by.kind === "column" &&
      /^(?:phone|telephone|e_?mail|mail|post)$/.test(nameWords(part.by.column.column).at(-1) ?? "") &&
      part.tokens.some((token) => lexemes[token - 1]?.key === "by" || lexemes[token]?.key === "by")
  )
  return means === undefined ? null : `"${means.text}" may be how it was done`
}

/** "What is our stock worth?" asks for what it would bring, and not for what there is. */
const worth = (lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const isValued = parts.some(
    (part) =>
      (part.kind === "shown" &&
        nameWords(part.column.column).some((word) => /^(?:value|price|worth|amount)$/.test(word))) ||
      part.kind === "measure"
  )
  return lexemes.at(-1)?.key === "worth" && !isValued ? '"worth" asks for a value, and none is named' : null
}

/** "the families who missed a parcel": a kind of parcel is called so, and those who missed one are not it. */
const ofThemselves = (parts: ReadonlyArray<Part>): string | null => {
  const subject = parts.find((part) => part.kind === "subject" && part.tokens.length === 0)
  const table = subject?.kind === "subject" && subject.of.kind === "table" ? subject.of.table : null
  const again = parts.find((part) => part.kind === "wish" && part.wish.kind === "named" && part.wish.table === table)
  const isAmong = parts.some(({ kind, text }) => kind === "aside" && /^among/i.test(text))
  return table === null || again === undefined || isAmong
    ? null
    : `"${subject?.text}" may be more than those of ${table} that are called so`
}

/** "Ben Castro": a first and a last name beside each other are those of one person, of the one table that has both. */
const split = (index: SchemaIndex, lexemes: ReadonlyArray<Lexeme>, parts: ReadonlyArray<Part>): string | null => {
  const matches = parts.flatMap((part) => {
    if (part.kind !== "wish") return []
    return part.wish.kind === "match" ? [part.wish] : part.wish.kind === "role" ? part.wish.matches : []
  })
  const people = index.tables.filter((table) => labelColumns(table).length > 1)
  for (const first of matches) {
    const at = Math.max(...first.tokens)
    const last = matches.find(({ tokens }) => Math.min(...tokens) === at + 1)
    if (last === undefined || first.matches.length > 1 || last.matches.length > 1) continue
    const [one, other] = [lexemes[at]?.text, lexemes[at + 1]?.text.replace(/['’]s$/, "")]
    const both = people.filter((table) => {
      const [given, family] = labelColumns(table)
      const has = (values: ReadonlyArray<string> | undefined, text: string | undefined) =>
        values?.some((value) => value.toLowerCase() === text?.toLowerCase()) === true
      return has(given?.values, one) && has(family?.values, other)
    })
    if (both.length === 0) continue
    const isOne = first.column.table === last.column.table && both.some(({ name }) => name === first.column.table)
    const noun = wordKey(lexemes[at - 1]?.key ?? "")
    const isSaid = both.length === 1 || noun === kindKey(first.column.table)
    if (!isOne || !isSaid) return `"${one} ${other}" may be one of ${both.map(({ name }) => name).join(" or of ")}`
  }
  return null
}

/** "total outstanding per month": what there is now has no time, and when a row began is another. */
const levelOf = (parts: ReadonlyArray<Part>): string | null => {
  const isTimed = parts.some(
    (part) =>
      (part.kind === "grouped" && part.by.kind === "grain") || (part.kind === "wish" && part.wish.kind === "when")
  )
  const level = parts.find(
    (part) =>
      part.kind === "measure" &&
      part.measure.of.kind === "expression" &&
      nameWords(part.measure.label).some((word) => levels.has(word))
  )
  return isTimed && level !== undefined ? `"${level.text}" is what there is, and not of any time` : null
}

const levels = new Set(["balance", "outstanding", "remaining", "stock", "capacity", "level"])
