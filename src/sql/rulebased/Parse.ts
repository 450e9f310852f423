/** From items to parts: the readers one after the other, at each place of the question. */
import { nameWords } from "../../grounding/NameWords.ts"
import { isDo } from "../../text/CommonWords.ts"
import { readCondition, readLeftOut } from "./Conditions.ts"
import { readDuration } from "./Durations.ts"
import { readEnding, readNext, readWhenAre } from "./Endings.ts"
import { readHowLong } from "./HowLong.ts"
import { readHowMuch, readOwed } from "./HowMuch.ts"
import { readIncome, readSpent } from "./Income.ts"
import { aggregateOf, rowsOf } from "./Aggregates.ts"
import { readMeasure } from "./Measures.ts"
import { readName, readThings, readWhich } from "./Nouns.ts"
import { readNever, readTimes } from "./Never.ts"
import { ofTwoTimes, otherTimeAt, readOutnumbered } from "./Periods.ts"
import { readRelated } from "./Related.ts"
import { choicesAt, nounsIn, type Part, problem, type Reader, type Reading, type Sentence, stretch } from "./Parts.ts"
import { readWho, readWhoseAsked } from "./People.ts"
import { readWhere } from "./Whereabouts.ts"
import { readCounted, readPlaced, readRank, readSorting, readUsed } from "./Ranking.ts"
import { readGrouping } from "./Grouping.ts"
import { readInRole } from "./InRole.ts"
import { isGoing, readGoing, readRole, readRoleHeld } from "./Roles.ts"
import { readRankedShare, readShare } from "./Shares.ts"
import { readScore, readWins } from "./Scores.ts"
import { hasSides } from "./Sides.ts"
import { readInside, readOnLoan, readStillIn } from "./StillOut.ts"
import { readKnown, readMissing } from "./States.ts"

/** Words that are parts by themselves; a verb only beside a noun, on whichever side it stands. */
const readWord: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  const place = stretch(sentence, at, at + 1)
  switch (item?.kind) {
    case "distinct":
    case "compare":
    case "both":
    case "howMuch":
    case "details":
    case "trend":
    case "breakdown":
    case "altogether":
    case "now":
      return { parts: [{ kind: item.kind, ...place }], next: at + 1 }
    case "trade": {
      const isPassive = /^(?:sold|purchased|sells?|selling)$/i.test(item.text)
      return { parts: [{ kind: "trade", ...place, isPassive }], next: at + 1 }
    }
    case "grain":
    case "name":
    case "unknown":
      return isInUnit(sentence, at, before) ? { parts: [{ kind: "aside", ...place }], next: at + 1 } : null
    case "with":
      return at === 0 && /^where$/i.test(item.text)
        ? problem(sentence, at, at + 1, `"${item.text}" asks for a place, and none is named`)
        : null
    case "or":
      return {
        parts: [{ kind: "problem", tokens: place.tokens, text: '"or" joins conditions on different things' }],
        next: at + 1
      }
    case "verb":
      // "through March" is no "in March", and what was written then need not have come then.
      if (
        isWithoutObject(sentence, at) ||
        (/^(?:through|via|written|wrote|lives? in|living in)$/i.test(item.text) &&
          sentence.items[at + 1]?.kind === "range")
      ) {
        const text = `"${item.text}" does not say what`
        return { parts: [{ kind: "problem", tokens: place.tokens, text }], next: at + 1 }
      }
      // "matches of Northam against Castleton", and not "goals against Castleton"
      if (/^against$/i.test(item.text) && !hasSides(sentence.context.index, nounsIn(before).at(-1))) return null
      // "pilots that fly to Oslo" are none of Oslo.
      if (isGoing(sentence, at)) return null
      // "who uses a Samsung phone", and not "how much do they use"
      if (/^us(?:es?|ing)$/i.test(item.text) && choicesAt(sentence, at + 1)?.value == null) return null
      // "scored for two clubs" is more than "goals scored".
      if (/^scor/i.test(item.text) && !sentence.items.some(({ text }) => /^(?:goals?|points?)\b/i.test(text)))
        return null
      return before.some(({ kind }) => kind === "subject" || kind === "measure" || kind === "shown")
        ? { parts: [{ kind: "aside", ...place }], next: at + 1 }
        : null
    default:
      return null
  }
}

/** "average length of stay, in days", "the longest delay, in minutes" of its delay_minutes: as it is computed anyway. */
const isInUnit = ({ items }: Sentence, at: number, before: ReadonlyArray<Part>): boolean => {
  const unit = units.find((words) => words.test(items[at]?.text.toLowerCase() ?? ""))
  const [said, ...others] = before.flatMap((part) => (part.kind === "measure" ? [part.measure] : []))
  const computed = said?.of.kind === "expression" ? `${said.label} ${said.of.sql}` : (said?.label ?? "")
  return (
    at === items.length - 1 &&
    unit !== undefined &&
    items[at]?.before.at(-1) === "in" &&
    others.length === 0 &&
    nameWords(computed).some((word) => unit.test(word))
  )
}

const units = [/^days?$/, /^min(?:ute)?s?$/, /^h(?:ou)?rs?$/, /^(?:km|kilomet(?:re|er)s?)$/]

/**
 * "Which donors gave?", "donors gave in 2025": some do and some do not, and when they do is no date of theirs. "Orders
 * placed in 2025" are dated themselves, and "how many orders did Ada get" says what before.
 */
const isWithoutObject = ({ items }: Sentence, at: number): boolean => {
  const next = items[at + 1]
  // "who have given in 2026"
  const isPerfect = items[at - 1]?.kind === "with" && /^ha(?:ve|s|d)$/i.test(items[at - 1]?.text ?? "")
  const isAsked = items.slice(0, at + 1).some((item) => item.before.some(isDo))
  return (
    (next === undefined || next.kind === "range") &&
    !isAsked &&
    (isPerfect ||
      /^(?:gives?|gave|gets?|got|takes?|took|taking|sends?|receives?|owns?|looks? after)$/i.test(items[at]?.text ?? ""))
  )
}

const readers: ReadonlyArray<Reader> = [
  readRole,
  readInRole,
  readGoing,
  readWho,
  readWhoseAsked,
  readWhere,
  readWhich,
  readEnding,
  readWhenAre,
  readNext,
  readRankedShare,
  readSpent,
  readWins,
  readScore,
  readUsed,
  readPlaced,
  readRank,
  readShare,
  readDuration,
  readHowMuch,
  readOwed,
  readIncome,
  readHowLong,
  readMeasure,
  readGrouping,
  readSorting,
  readRoleHeld,
  readLeftOut,
  readOutnumbered,
  readOnLoan,
  readStillIn,
  readInside,
  readTimes,
  readNever,
  readRelated,
  readMissing,
  readThings,
  readCondition,
  readCounted,
  readWord,
  readKnown,
  readName
]

/** Whatever no reader begins with is left out: nothing owns its tokens. */
export const parse = (sentence: Sentence): ReadonlyArray<Part> => {
  const other = otherTimeAt(sentence)
  const parts =
    other === null
      ? null
      : ofTwoTimes(sentence, other, partsOf({ ...sentence, items: sentence.items.slice(0, other.at) }))
  return parts ?? partsOf(sentence)
}

const partsOf = (sentence: Sentence): ReadonlyArray<Part> => {
  const parts: Array<Part> = []
  for (let at = 0; at < sentence.items.length;) {
    const read = first(sentence, at, parts)
    parts.push(...(read?.parts ?? []), ...(read === null ? [] : goesOn(sentence, read)))
    at = read?.next ?? at + 1
  }
  return averaged(sentence, withCounts(sentence, parts))
}

/** "What rating do guests give each instructor on average?": what is said at the end is meant of the number before it. */
const averaged = (sentence: Sentence, parts: ReadonlyArray<Part>): ReadonlyArray<Part> => {
  const last = sentence.items.length - 1
  const item = sentence.items[last]
  const at = sentence.items.findIndex((_, place) => choicesAt(sentence, place)?.number?.column != null)
  const choices = choicesAt(sentence, at)
  const isSaid = item?.kind === "aggregate" && /^on average$/i.test(item.text) && at < last
  const numbers = parts.filter((part) =>
    part.kind === "shown" ? part.isNumber : part.kind === "subject" && part.of.kind === "column"
  )
  const [number, ...others] = numbers
  if (!isSaid || choices === null || number === undefined || others.length > 0) return parts
  const isOfIt = number.tokens.join() === sentence.items[at]?.tokens.join()
  if (!isOfIt || parts.some(({ kind }) => kind === "measure" || kind === "rank")) return parts
  const measure = aggregateOf(sentence.context, "AVG", choices)
  const tokens = [...number.tokens, ...item.tokens]
  const text = `average ${number.text}`
  const read: Part =
    typeof measure === "string"
      ? { kind: "problem", tokens, text: measure }
      : { kind: "measure", tokens, text, measure, isOf: false, isJoined: false }
  return parts.map((part) => (part === number ? read : part))
}

/** "customers with more than 4 rentals, and how many they had": each with the number that it is narrowed by. */
const withCounts = ({ items }: Sentence, parts: ReadonlyArray<Part>): ReadonlyArray<Part> => {
  const at = items.findLastIndex(({ kind }) => kind === "count")
  const tail = items.slice(at)
  const [item, ...behind] = tail
  const isTail = behind.every(({ kind, text }) => kind === "per" || /^(?:got|had|has|have)$/i.test(text))
  const [counted, ...others] = parts.filter((part) => part.kind === "wish" && part.wish.kind === "counted")
  const wish = counted?.kind === "wish" && counted.wish.kind === "counted" ? counted.wish : null
  const isSaid = at > 0 && /^how many$/i.test(item?.text ?? "") && isTail
  if (!isSaid || wish === null || others.length > 0 || typeof wish.value !== "number") return parts
  const { operator, table, text, value } = wish
  const said = new Set(tail.flatMap(({ tokens }) => tokens))
  const tokens = [...wish.tokens, ...said]
  const having: Part = { kind: "having", tokens, text, measure: rowsOf(table, table), operator, value }
  const where = wish.where.map((one): Part => ({ kind: "wish", tokens: one.tokens, text: one.text, wish: one }))
  const rest = parts.filter((part) => part !== counted && !part.tokens.some((token) => said.has(token)))
  return [...rest, having, ...where]
}

/** "without an assignee and comments", "with posts and comments": what stands behind "and" is said of the same. */
const goesOn = (sentence: Sentence, { next, parts }: Reading): ReadonlyArray<Part> => {
  const [joint, item, behind] = sentence.items.slice(next, next + 3)
  const isHeld = parts.some(
    (part) =>
      part.kind === "wish" &&
      ((part.wish.kind === "test" &&
        part.wish.test.kind === "known" &&
        (joints.test(part.text) ||
          sentence.items.slice(Math.max(0, next - 2), next).some(({ text }) => joints.test(text)))) ||
        (part.wish.kind === "related" && part.wish.of !== null && part.wish.where.length === 0))
  )
  const choices = choicesAt(sentence, next + 1)
  const isThing = choices !== null && (choices.table !== null || choices.column !== null) && choices.value === null
  const isTheirs = item?.before.some((word) => /^(?:their|its)$/.test(word)) === true
  const isCompared = behind?.kind === "operator" || behind?.kind === "between"
  const isDeed = item?.kind === "name" && item.isVerb === true
  if (!isHeld || joint?.kind !== "and" || isTheirs || isCompared || isDeed || !(isThing || item?.kind === "unknown"))
    return []
  return [{ kind: "problem", tokens: [], text: `"and ${item?.text}" may go on with what stands before it` }]
}

const joints = /^(?:with|without|have|has|had|no|but no|never|.*not|.*n['’]?t)\b/i

const first = (sentence: Sentence, at: number, before: ReadonlyArray<Part>) => {
  for (const reader of readers) {
    const read = reader(sentence, at, before)
    if (read !== null) return read
  }
  return null
}
