/** Reading "When did Ada last order?": the latest or the first date of what is named behind. */
import * as Result from "effect/Result"
import { shift } from "./Days.ts"
import { nounAside } from "./Measures.ts"
import {
  choicesAt,
  computed,
  nounsIn,
  type Part,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  thingNamed,
  wished
} from "./Parts.ts"
import type { Item } from "./Reading.ts"
import type { Table } from "../../grounding/Grounding.ts"
import { isPlural, nameWords } from "../../grounding/NameWords.ts"
import { rootOfWord } from "../../resolution/DateVerbs.ts"
import { isDone, isOfPast, joiningDates, yearsOf } from "./Dates.ts"
import { mayBeVoid, notCalledOff } from "./Outcomes.ts"
import { playedTest } from "./Scores.ts"
import { readSubject } from "./Nouns.ts"
import { dateOf } from "./Paths.ts"
import type { Direction } from "./Lexicon.ts"
import { type ColumnReference, labelColumns, tableOf } from "./SchemaIndex.ts"
import { readSide } from "./Sides.ts"
import { isSeason } from "./Seasons.ts"
import { extreme } from "./Targets.ts"

/** "When was ticket 12 resolved?", "When was Ada hired?", "When was the club founded?", of its year. */
const readDeed = (sentence: Sentence, at: number): Reading | null => {
  const { context, items } = sentence
  const choices = choicesAt(sentence, at)
  const named = thingNamed(sentence)
  const deed = items[at]
  const isYearAsked = /year/i.test(items[0]?.text ?? "")
  const thing = tableOf(context.index, named ?? "")
  const column = isJoining(sentence, at)
    ? joiningOf(thing)
    : choices?.isDate === true && !isYearAsked
      ? choices.column
      : yearOf(thing, deed?.text)
  if (column == null) return null
  // "When does Monsters open?", of an exhibition: not when its gallery did.
  const owner = tableOf(context.index, column.table)
  if (named !== null && column.table !== named && owner !== undefined && labelColumns(owner).length > 0)
    return problem(sentence, at, at + 1, `"${deed?.text}" is told of ${column.table}, and not of ${named}`)
  return {
    parts: [{ kind: "shown", ...stretch(sentence, at, at + 1), column, isNumber: false }],
    next: at + 1
  }
}

/** "founded" of a founded_year, "published" of a publication_year, "built" of a year_built. */
const yearOf = (table: Table | undefined, verb = ""): ColumnReference | null => {
  const root = rootOfWord(verb.toLowerCase())
  const years = table === undefined ? [] : yearsOf(table)
  const [year, ...others] = years.filter(
    ({ name }) => root !== null && nameWords(name).some((word) => rootOfWord(word) === root)
  )
  return year === undefined || table === undefined || others.length > 0
    ? null
    : { table: table.name, column: year.name }
}

/** The date at which it was done what is said of them. */
const saidDate = (before: ReadonlyArray<Part>, noun: string): Result.Result<ColumnReference, string> | null => {
  const [date, ...others] = before.flatMap((part) => {
    if (part.kind !== "wish") return []
    const { wish } = part
    if (wish.kind === "date") return [wish.column]
    const isTimed = wish.kind === "test" && (wish.test.kind === "known" || wish.test.kind === "period")
    return isTimed && (wish.test.kind === "known" || wish.test.kind === "period") ? [wish.test.column] : []
  })
  return date?.table === noun && others.length === 0 ? Result.succeed(date) : null
}

/** "When are the upcoming showings of Ironfall?", "upcoming concerts and when they are": with the one date of theirs. */
export const readWhenAre: Reader = (sentence, at, before) => {
  const { context, items } = sentence
  const [item, next, behind] = items.slice(at, at + 3)
  if (item?.kind !== "unknown" || !/^when$/i.test(item.text)) return null
  const isAsked = at === 0 && next?.before.some((word) => /^(?:is|are)$/.test(word)) === true
  // "When is the meter due for calibration?" has a date of its own.
  if (isAsked && items.some((one, place) => /^due$/i.test(one.text) && items[place + 1]?.before.includes("for"))) {
    return { parts: [{ kind: "aside", ...stretch(sentence, at, at + 1) }], next: at + 1 }
  }
  // "Who has left us, and when?"
  const isLast = next === undefined && items[at - 1]?.kind === "and"
  const isTheirs = at > 0 && (isLast || (/^(?:they|it)$/i.test(next?.text ?? "") && behind === undefined))
  const nouns = isAsked ? items.flatMap((_, place) => choicesAt(sentence, place)?.table ?? []) : nounsIn(before)
  const [noun] = nouns
  if (noun === undefined || !(isAsked || isTheirs)) return null
  const owner = tableOf(context.index, noun)
  const isOpen = isLast && (saidDate(before, noun) === null || owner === undefined || labelColumns(owner).length === 0)
  if (isOpen) return null
  const date = saidDate(before, noun) ?? dateOf(context.index, noun, false)
  const end = isAsked || isLast ? at + 1 : at + 2
  const place = stretch(sentence, at, end)
  if (Result.isFailure(date)) return problem(sentence, at, end, date.failure)
  return date.success.table === noun
    ? { parts: [{ kind: "shown", ...place, column: date.success, isNumber: false }], next: end }
    : problem(sentence, at, end, `nothing says when ${noun} are`)
}

/** "the next concert", "Ada's next appointment": the first one from today on; "the last match", the last up to today. */
export const readNext: Reader = (sentence, at, before) => {
  const { context, items } = sentence
  const item = items[at]
  // "When was the last match?" is read as its date.
  const isLast =
    item?.kind === "ending" && /^last$/i.test(item.text) && !items.slice(0, at).some(({ kind }) => kind === "when")
  const isSaid =
    (isLast && !isSeason(items[at + 1]?.text ?? "")) || (item?.kind === "unknown" && /^next$/i.test(item.text))
  const side = isSaid ? readSide(sentence, at + 1) : null
  const from = side?.next ?? at + 1
  const next = items[from]
  const noun = choicesAt(sentence, from)?.table ?? null
  if (!isSaid || noun === null || next === undefined || next.before.length > 0 || isPlural(next.text)) return null
  const date = dateOf(context.index, noun, false)
  const table = tableOf(context.index, noun)
  const played = isLast && table !== undefined ? playedTest(context.index, table.name) : null
  const kept = isLast ? null : notCalledOff(table)
  const isVoid = table !== undefined && played === null && kept === null && mayBeVoid(table)
  const place = stretch(sentence, at, at + 1)
  const isOther =
    Result.isSuccess(date) &&
    (date.success.table !== noun || (isLast ? isOver.test(date.success.column) : isOfPast(date.success.column)))
  if (Result.isFailure(date) || isOther || isVoid) {
    return problem(sentence, at, from + 1, `nothing says which ${noun} ${isLast ? "was the last" : "comes next"}`)
  }
  const column = date.success
  const subject = readSubject(sentence, from, before, true)
  const test = isLast
    ? ({ kind: "period", column, from: null, to: shift(context.today, "day", 1), label: "up to today" } as const)
    : ({ kind: "period", column, from: context.today, to: null, label: "from today on" } as const)
  return {
    parts: [
      {
        kind: "rank",
        ...place,
        direction: isLast ? "DESC" : "ASC",
        count: 1,
        target: { kind: "column", column },
        addsUp: false
      },
      ...wished({ kind: "test", ...place, test }, at + 1).parts,
      ...[played, kept].flatMap((one) =>
        one === null ? [] : wished({ kind: "test", ...place, test: one }, at + 1).parts
      ),
      ...(side?.parts ?? []),
      ...(subject?.parts ?? [])
    ],
    next: subject?.next ?? from
  }
}

/** When something was over: what still goes on has none. */
const isOver = /^(?:repaid|returned|closed|completed|resolved|discharged|ended|finished)/i

export const readEnding: Reader = (sentence, at) => {
  const { context, items } = sentence
  const item = items[at]
  const isAsked = items[0]?.kind === "when" && !items.some(({ kind }) => kind === "ending")
  const isDeed = (one: Item | undefined) => one?.kind === "name" && one.isVerb === true
  const isTold = (place: number) => isDeed(items[place]) || isYear(sentence, place) || isJoining(sentence, place)
  if (isAsked && at > 0 && isTold(at)) return readDeed(sentence, at)
  // "When was Jonas admitted last?"
  const [end, more] = items.slice(at + 1, at + 3)
  const deed =
    items[0]?.kind === "when" && isDeed(item) && end?.kind === "ending" && more === undefined
      ? choicesAt(sentence, at)
      : null
  if (deed?.isDate === true && deed.column !== null && end?.kind === "ending") {
    return extremeUpTo(sentence, at, at + 2, deed.column, end.direction)
  }
  if (item?.kind === "when") {
    return items.some((one, place) => place > at && (one.kind === "ending" || isTold(place)))
      ? { parts: [{ kind: "aside", ...stretch(sentence, at, at + 1) }], next: at + 1 }
      : null
  }
  if (item?.kind !== "ending" || !items.slice(0, at).some(({ kind }) => kind === "when")) return null
  const named = items[at + 1]?.kind === "verb" ? at + 2 : at + 1
  const choices = choicesAt(sentence, named)
  const dated =
    choices?.isDate === true && choices.column !== null
      ? Result.succeed(choices.column)
      : choices?.table == null
        ? null
        : dateOf(context.index, choices.table, false)
  if (dated === null) return null
  // "When was the last operation?": what was cancelled was none.
  const rows = choices?.table == null ? undefined : tableOf(context.index, choices.table)
  const isRecorded = Result.isSuccess(dated) && isDone(dated.success.column)
  // An order was placed, whatever became of it.
  const isPlaced = /order|booking|reservation|hire|rental|loan|purchase/i.test(rows?.name ?? "")
  if (rows !== undefined && !isRecorded && !isPlaced && mayBeVoid(rows)) {
    return problem(sentence, at, named + 1, `some ${rows.name} may not have taken place`)
  }
  return Result.match(dated, {
    onFailure: (why) => problem(sentence, at, named + 1, why),
    onSuccess: (column) => {
      const read = extremeUpTo(sentence, at, named + 1, column, item.direction)
      return {
        ...read,
        parts: [...read.parts, ...(choices?.table == null ? [] : [nounAside(sentence, named, choices.table)])]
      }
    }
  })
}

/** "When was it built?": the last word, which no date is called by, but a year. */
const isYear = (sentence: Sentence, at: number): boolean =>
  at === sentence.items.length - 1 &&
  yearOf(tableOf(sentence.context.index, thingNamed(sentence) ?? ""), sentence.items[at]?.text) !== null

/** "Since when has Ada been with us?", which `WordOrder` turns round. */
const isJoining = ({ items }: Sentence, at: number): boolean =>
  at === items.length - 1 && items[at]?.kind === "unknown" && items[at].text === "join"

/** The one date at which people came: hired_on, joined_on. */
const joiningOf = (table: Table | undefined): ColumnReference | null => {
  const [date, ...others] = table === undefined ? [] : joiningDates(table)
  return date === undefined || table === undefined || others.length > 0
    ? null
    : { table: table.name, column: date.name }
}

/** The first or the last date; what is still to come has not been. */
const extremeUpTo = (
  sentence: Sentence,
  at: number,
  next: number,
  column: ColumnReference,
  direction: Direction
): Reading => {
  const { context } = sentence
  const place = stretch(sentence, at, next)
  const to = shift(context.today, "day", 1)
  const test = { kind: "period", column, from: null, to, label: "up to today" } as const
  return {
    parts: [
      ...computed(sentence, at, next, extreme(context, column, direction)).parts,
      ...wished({ kind: "test", ...place, test }, next).parts
    ],
    next
  }
}
