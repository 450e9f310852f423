/** Reading names that stand alone: what is asked about, and what is listed. */
import { isDo } from "../../text/CommonWords.ts"
import { readCondition } from "./Conditions.ts"
import { readIncome } from "./Income.ts"
import { related } from "./Related.ts"
import { nounAfter, isHaving } from "./States.ts"
import { isPlural, kindKey, wordKey } from "../../grounding/NameWords.ts"
import { isDone } from "./Dates.ts"
import { isStarted, isVerb, nounAside } from "./Measures.ts"
import {
  choicesAt,
  knownWish,
  computed,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  tablesCalled
} from "./Parts.ts"
import { asks, isLabel, labelColumns, tableOf } from "./SchemaIndex.ts"
import { aggregateOf } from "./Aggregates.ts"
import { referringTo, stepsTo } from "./Paths.ts"
import { thingsMeant } from "./Things.ts"
import { addsUp } from "./Targets.ts"

/** The thing that is asked about, with what narrows it in front of it: "pending orders", "customer orders". */
export const readSubject = (
  sentence: Sentence,
  from: number,
  before: ReadonlyArray<Part>,
  isAsked: boolean
): Reading | null => {
  const parts: Array<Part> = []
  for (let at = from; at < sentence.items.length;) {
    const item = sentence.items[at]
    const choices = choicesAt(sentence, at)
    const place = stretch(sentence, at, at + 1)
    if (item?.kind === "grain" && isAsked && parts.length === 0) {
      const of = { kind: "grain", grain: item.grain } as const
      return { parts: [{ kind: "subject", ...place, of, isAsked, isPlural: false }], next: at + 1 }
    }
    if (choices?.table != null && choices.problem === null) {
      const next = sentence.items[at + 1]
      const further = choicesAt(sentence, at + 1)
      // "which building", of buildings: a noun, although it looks like a verb
      const isDone = isVerb(choices.text) && kindKey(choices.table) !== wordKey(choices.text)
      if (isDone && isAskedBefore(sentence, at)) {
        return problem(sentence, at, at + 1, `"${choices.text}" does not say what of it is asked for`)
      }
      const isBeside = next?.before.length === 0 && !next.afterComma && further !== null
      const isPart = further?.table == null || stepsTo(sentence.context.index, further.table, choices.table) !== null
      // "released issues": of what is released they are a part, and are not it themselves.
      if (isDone && isBeside && isPart && (further.table ?? further.column) !== null) {
        return problem(sentence, at, at + 1, `"${choices.text}" does not say which ${further.text}`)
      }
      const isCompound = next?.before.length === 0 && !next.afterComma && further?.table != null && !isVerb(next.text)
      if (isCompound && further.table !== choices.table) {
        // "permit holders" may be all of the holders, or those that have a permit.
        const { index } = sentence.context
        const isOwner =
          stepsTo(index, further.table, choices.table)?.some(({ many }) => many) === true ||
          referringTo(index, further.table).includes(choices.table)
        if (isOwner) {
          const { text } = stretch(sentence, at, at + 2)
          return problem(
            sentence,
            at,
            at + 2,
            `"${text}" may be all of ${further.table}, or those with ${choices.table}`
          )
        }
        parts.push(nounAside(sentence, at, choices.table))
        at++
        continue
      }
      const of = { kind: "table", table: choices.table } as const
      return {
        parts: [...parts, { kind: "subject", ...place, of, isAsked, isPlural: isPlural(choices.text) }],
        next: at + 1
      }
    }
    const isVerbOfDate = choices?.isDate === true && sentence.items[at + 1]?.kind === "range"
    if (isVerbOfDate) return null
    if (choices?.column != null && isAsked && choices.number === null && choices.flags.length === 0) {
      const of = { kind: "column", column: choices.column } as const
      return {
        parts: [...parts, { kind: "subject", ...place, of, isAsked, isPlural: isPlural(choices.text) }],
        next: at + 1
      }
    }
    if (item?.kind === "verb" || item?.kind === "trade") return null
    const read = item?.before.length === 0 || at === from ? readCondition(sentence, at, before) : null
    if (read === null) return null
    parts.push(...read.parts)
    at = read.next
    const things = isStarted(before) ? null : thingsMeant(sentence, read)
    const further = sentence.items[at]
    const isAdjective =
      further !== undefined &&
      further.before.length === 0 &&
      !further.afterComma &&
      choicesAt(sentence, at)?.table != null &&
      !isVerb(further.text)
    if (things !== null && !isAdjective) {
      const of = { kind: "table", table: things } as const
      return {
        parts: [...parts, { kind: "subject", tokens: [], text: place.text, of, isAsked, isPlural: true }],
        next: at
      }
    }
  }
  return null
}

/** "dogs older than 10", "open orders by country": the things that are called so, by a value or by the users' term. */
export const readThings: Reader = (sentence, at, before) => {
  const behind = sentence.items[at + 1]
  const isGrouped = behind?.kind === "by" || behind?.kind === "per"
  if (isStarted(before)) return null
  const read = readCondition(sentence, at, before)
  const [part] = read?.parts ?? []
  // A value alone may be anything; a term of the users that is said of many is what it says.
  if (behind === undefined && !(part?.kind === "wish" && part.wish.kind === "test")) return null
  if (isGrouped && part?.kind === "wish" && part.wish.kind === "match") return null
  return read === null || thingsMeant(sentence, read) === null ? null : readSubject(sentence, at, before, false)
}

/** "which products", "which 3 products"; later in a question it only joins. */
export const readWhich: Reader = (sentence, at, before) => {
  if (sentence.items[at]?.kind !== "which" || isStarted(before)) return null
  // "What was the ticket revenue?" asks for no ticket.
  if (sentence.items[at + 1]?.before.includes("the") === true && readIncome(sentence, at + 1) !== null) return null
  const counted = sentence.items[at + 1]
  const isCounted = counted?.kind === "number" && Number.isInteger(counted.value) && counted.value > 0
  // "What does a copy cost on average?" is about all of them.
  const isAny = counted?.before.some(isDo) === true && /^an?$/.test(counted.before.at(-1) ?? "")
  const subject = readSubject(sentence, at + (isCounted ? 2 : 1), before, !isAny)
  if (subject === null) return null
  const limit: ReadonlyArray<Part> = isCounted
    ? [{ kind: "limit", ...stretch(sentence, at + 1, at + 2), count: counted.value }]
    : []
  return { parts: [...limit, ...ownedColumn(sentence, subject)], next: subject.next }
}

/** "the title of the cheapest lesson", "the names of the top 3 teachers": what is shown of them. */
const ownedColumn = (sentence: Sentence, { next, parts }: Reading): ReadonlyArray<Part> => {
  const subject = parts.at(-1)
  if (subject?.kind !== "subject" || subject.of.kind !== "column") return parts
  const { items } = sentence
  const { column } = subject.of
  // "the first and the last name of"
  let end = next
  while (choicesAt(sentence, end)?.column?.table === column.table && items[end]?.before.length === 0) end++
  if (items[end]?.before.includes("of") !== true) return parts
  const owner = items.findIndex((_, at) => at >= next && choicesAt(sentence, at)?.table != null)
  const isOthers = choicesAt(sentence, owner)?.table !== column.table
  if (isOthers || (subject.isPlural && !isLabel(sentence.context.index, column))) return parts
  const { text, tokens } = subject
  return [...parts.slice(0, -1), { kind: "shown", tokens, text, column, isNumber: false }]
}

/** A table or a column that nothing else has claimed. */
export const readName: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  const choices = choicesAt(sentence, at)
  if (item === undefined || choices === null) return null
  if (choices.problem !== null) return problem(sentence, at, at + 1, choices.problem)
  if (item.kind === "name" && item.isVerb === true) {
    return problem(sentence, at, at + 1, `"${item.text}" does not say when, or of what`)
  }
  if (choices.table !== null) {
    if (isIdiom(sentence, at)) {
      const text = `${item.before.at(-1)} ${item.text}`
      return problem(sentence, at, at + 1, `nothing says which are "${text}", although there is a table of that name`)
    }
    if (isOfValue(sentence, at, before)) {
      return problem(sentence, at, at + 1, `nothing says what has ${item.text}`)
    }
    if (!isStarted(before)) return readSubject(sentence, at, before, false)
    const beside = readBeside(sentence, at, choices.table, before)
    if (beside !== null) return beside
    return isVerb(item.text)
      ? related(sentence, at, at + 1, { table: choices.table, of: null, where: [], negated: false })
      : { parts: [nounAside(sentence, at, choices.table)], next: at + 1 }
  }
  const place = stretch(sentence, at, at + 1)
  if (choices.column !== null) {
    if (/^stock$/i.test(item.text) && (item.before.at(-1) === "in" || sentence.items[at - 1]?.kind === "outOf")) {
      return problem(sentence, at, at + 1, `nothing says how many there are in ${item.text}`)
    }
    const behind = sentence.items[at + 1]
    // "companies with contracts", of a text that customers have.
    const isOfRows = choices.number === null && !choices.isDate && choices.flags.length === 0 && isPlural(item.text)
    const isOfOthers = sentence.items.some((_, other) => other > at && choicesAt(sentence, other)?.table != null)
    if (!isStarted(before) && isOfRows && isOfOthers && behind?.kind === "with" && isHaving(behind.text)) {
      return problem(
        sentence,
        at,
        at + 1,
        `${choices.column.table} may share a ${choices.column.column}, and nothing says which of them is asked for`
      )
    }
    if (/\bby$/i.test(item.text) && behind !== undefined && !behind.afterComma && behind.kind !== "and") {
      return problem(sentence, at, at + 1, `nothing says whom "${item.text} ${behind.text}" is about`)
    }
    if (choices.flags.length > 0 && !isListed(sentence, at, before)) {
      const why = `"${choices.text}" is true or false: say which, as in "that are ${choices.text}"`
      return problem(sentence, at, at + 1, why)
    }
    if (choices.flags.length === 0 && !choices.isDate && asks({ name: choices.column.column })) {
      const why = `nobody says which texts of ${choices.column.column} are yes and no`
      return problem(sentence, at, at + 1, why)
    }
    // "paid fines": nobody says what has to stand in the column for it to be so.
    if (
      !choices.isDate &&
      /(?:ed|paid|sent)$/i.test(item.text) &&
      nounAfter(sentence, at + 1) === choices.column.table
    ) {
      return problem(sentence, at, at + 1, `nobody says which of ${choices.column.column} are ${choices.text}`)
    }
    if (
      /^(?:full|first|last|given|family|legal|display)$/i.test(item.text) &&
      isLabel(sentence.context.index, choices.column)
    ) {
      return problem(sentence, at, at + 1, `"${item.text}" does not say of what`)
    }
    // "users who get the newsletter", "newsletter users": nobody says what has to stand there for it.
    const isText = choices.number === null && !choices.isDate
    const isSaid =
      sentence.items[at - 1]?.kind === "verb" && !before.some((part) => part.kind === "subject" && part.isAsked)
    const isAdjective =
      nounAfter(sentence, at + 1) === choices.column.table && !isLabel(sentence.context.index, choices.column)
    if (isText && (isSaid || isAdjective)) {
      return problem(sentence, at, at + 1, `nobody says for which ${choices.column.column} it is so`)
    }
    // "Which patients have died?", "children with allergies": those of whom it is known, and no column to show.
    const joint = sentence.items[at - 1]
    const isTheirs =
      choices.column.table === nounsIn(before).at(-1) && !isListed(sentence, at, before) && joint?.kind !== "and"
    if (
      isTheirs &&
      choices.isDate &&
      isDone(choices.column.column) &&
      /(?:ed|paid|sent|sold|lost|left)$/i.test(item.text)
    ) {
      return knownWish(sentence, at, at + 1, choices.column, false)
    }
    const isHeld = joint?.kind === "with" && /^with$/i.test(joint.text) && item.before.length === 0
    if (isTheirs && isText && isHeld && isPlural(item.text) && behind === undefined) {
      return problem(sentence, at, at + 1, `"with ${item.text}" may ask for those that have some, or for theirs of all`)
    }
    const { column, isMapped } = choices
    const table = tableOf(sentence.context.index, column.table)
    // "had a phone interview": their phone is not what is asked for.
    const described = nounAfter(sentence, at + 1)
    if (isText && described !== null && described !== column.table && item.before.some((word) => /^an?$/.test(word))) {
      return problem(sentence, at, at + 1, `nothing says which of ${described} are "${item.text}"`)
    }
    const isNamed = table !== undefined && labelColumns(table).length > 0
    const isFirst = !before.some(({ kind }) => kind === "shown" || kind === "subject" || kind === "measure")
    // "sales amount last month": of rows that nothing names, the numbers are not what is asked for, but their sum.
    if (isMapped && isFirst && !isNamed && choices.number !== null && addsUp(column.column)) {
      const measure = aggregateOf(sentence.context, "SUM", choices)
      if (typeof measure !== "string") {
        return computed(sentence, at, at + 1, measure)
      }
    }
    // "birth date of the Chief": his patients have one each, and he has none.
    const [owner] = tablesCalled(sentence, at + 1)
    const isOthers =
      owner !== undefined &&
      owner !== column.table &&
      !isMapped &&
      !isPlural(item.text) &&
      behind?.before.includes("of") === true &&
      !sentence.items.some((_, other) => other > at && choicesAt(sentence, other)?.table === column.table) &&
      stepsTo(sentence.context.index, owner, column.table)?.every(({ many }) => !many) !== true
    if (isOthers) return problem(sentence, at, at + 1, `"${item.text}" is kept of ${column.table}, and not of ${owner}`)
    const isNumber = choices.number !== null
    // "Which admissions are paid?", of an amount: nothing says when it is so.
    const isState = /(?:ed|paid|sent)$/i.test(item.text) && item.before.some((word) => /^(?:is|are)$/.test(word))
    if (isNumber && isState) return problem(sentence, at, at + 1, `nobody says for which ${column.column} it is so`)
    return { parts: [{ kind: "shown", ...place, column, isNumber }], next: at + 1 }
  }
  if (choices.number === null) return null
  const why = `"${choices.text}" needs a word that says what to do with it, such as total or average`
  return problem(sentence, at, at + 1, why)
}

/** "companies with open matters": they are asked for, although only a value is called so. */
const isOfValue = ({ items }: Sentence, at: number, before: ReadonlyArray<Part>): boolean =>
  !isStarted(before) &&
  before.some((part) => part.kind === "wish" && part.wish.kind === "match" && part.wish.isPlural) &&
  items.slice(0, at).some(({ kind, text }) => kind === "with" && isHaving(text))

/** "vehicles for sale", "books on loan": a state that is called as a table is, whose rows may say the opposite. */
const isIdiom = ({ items }: Sentence, at: number): boolean => {
  const [item, next] = items.slice(at, at + 2)
  const isSingle = item !== undefined && !isPlural(item.text)
  const isLast =
    next === undefined || next.afterComma || next.before.length > 0 || ["range", "by", "per", "and"].includes(next.kind)
  return at > 0 && isSingle && isLast && /^(?:for|on|in|under)$/.test(item.before.at(-1) ?? "")
}

/** "What was ordered by Ada?" */
const isAskedBefore = ({ items }: Sentence, at: number): boolean =>
  items.slice(0, at).some(({ kind, text }) => kind === "which" && /^what$/i.test(text)) ||
  items[at - 1]?.kind === "which"

/** "classes with their trainer" shows it; "classes with a trainer" are those that have one. */
const readBeside = (sentence: Sentence, at: number, table: string, before: ReadonlyArray<Part>): Reading | null => {
  const { items } = sentence
  const { index } = sentence.context
  const [item, joint] = [items[at], items[at - 1]]
  const isOwner = /['’]s?$/.test(item?.text ?? "")
  const nouns = nounsIn(before)
  const owner = joint?.kind === "and" && stepsTo(index, nouns[0] ?? "", table) !== null ? nouns[0] : nouns.at(-1)
  const isListed = before.some(({ kind }) => kind === "subject") && !before.some(({ kind }) => kind === "measure")
  // "with the name of the trainer and the club": behind what is shown, and whose it is
  const lastShown = before.findLast((part) => !(part.kind === "wish" && part.wish.kind === "named"))
  const isFurther = joint?.kind === "and" && lastShown?.kind === "shown"
  const isTheirs = !isOwner && (isFurther || item?.before.some((word) => /^(?:their|its|the)$/.test(word)) === true)
  if (item === undefined || owner === undefined || (joint?.kind !== "with" && joint?.kind !== "and")) return null
  const [step, ...more] = stepsTo(index, owner, table) ?? []
  const place = stretch(sentence, at, at + 1)
  if (isTheirs && isListed) {
    const owned = tableOf(index, table)
    const labels = step === undefined || owned === undefined ? [] : labelColumns(owned)
    return labels.length === 0
      ? problem(sentence, at, at + 1, `one row of ${owner} may have none, one or several ${table}`)
      : {
          parts: labels.map(({ name }) => ({
            kind: "shown",
            ...place,
            column: { table, column: name },
            isNumber: false
          })),
          next: at + 1
        }
  }
  const last = before.at(-1)?.kind
  if (joint.kind === "and" && (last === "subject" || last === "measure")) {
    return problem(sentence, at, at + 1, `both ${owner} and ${table} are asked for`)
  }
  const next = items[at + 1]
  const isLast = next === undefined || next.afterComma || ["and", "by", "per", "sort"].includes(next.kind)
  if (step !== undefined && joint.kind === "with" && isListed && isLast && item.before.length === 0) {
    return problem(sentence, at, at + 1, `"with ${item.text}" may ask for those that have one, or for theirs of all`)
  }
  return step === undefined || more.length > 0 || !isHaving(joint.text) || !/^an?$/.test(item.before.join(" "))
    ? null
    : knownWish(sentence, at, at + 1, step.from, false)
}

/** Whether it follows a column that is shown: "the name, price and discontinued of all products". */
const isListed = ({ items }: Sentence, at: number, before: ReadonlyArray<Part>): boolean =>
  before.at(-1)?.kind === "shown" && (items[at]?.afterComma === true || items[at - 1]?.kind === "and")
