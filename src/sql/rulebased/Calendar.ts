/**
 * Stretches of time in a question, as half-open ranges of ISO 8601 dates. Weeks begin on Monday; "last 90 days" reaches
 * from 90 days ago up to now, "last quarter" is the calendar quarter before this one.
 */
import { type Lexeme, startsWithWords } from "../../text/Lexemes.ts"
import { calendar, isDay, pad, shift, startOf } from "./Days.ts"

export interface DateRange {
  /** The first day, or `null` for no beginning. */
  readonly from: string | null
  /** The day after the last, or `null` for no end. */
  readonly to: string | null
  readonly label: string
}

export type Unit = "day" | "week" | "month" | "quarter" | "year"

/** The range that is written at `at`, and how many lexemes it takes; `null` if there is none. */
export const rangeAt = (
  lexemes: ReadonlyArray<Lexeme>,
  at: number,
  today: string
): { readonly range: DateRange; readonly length: number } | null => {
  const skip = startsWithWords(lexemes, at, ["the"]) ? 1 : 0
  const found =
    bounded(lexemes, at, today) ??
    rolling(lexemes, at + skip, today) ??
    toDate(lexemes, at, today) ??
    untilNow(lexemes, at, today) ??
    openPoint(lexemes, at, today)
  if (found === null) return null
  const tomorrow = shift(today, "day", 1)
  if (found.to !== null && found.to > tomorrow && startsWithWords(lexemes, found.end, ["so", "far"])) {
    return rangeOf(lexemes, at, { ...found, to: tomorrow, end: found.end + 2 })
  }
  return rangeOf(lexemes, at, found)
}

const rangeOf = (lexemes: ReadonlyArray<Lexeme>, at: number, found: Found) => {
  const length = found.end - at
  const label = lexemes
    .slice(at, found.end)
    .map((lexeme) => lexeme.text)
    .join(" ")
  return { range: { from: found.from, to: found.to, label }, length }
}

const units: ReadonlyMap<string, Unit> = new Map(
  (["day", "week", "month", "quarter", "year"] as const).flatMap((unit) => [
    [unit, unit],
    [`${unit}s`, unit]
  ])
)

/** The unit a word names (`months` → month). */
export const unitOf = (word: string | undefined): Unit | undefined => (word === undefined ? undefined : units.get(word))

interface Found {
  readonly from: string | null
  readonly to: string | null
  /** Index of the lexeme after. */
  readonly end: number
}

const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december"
]

export const ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth".split(" ")

/** since, after, before, until, between … and …, from … to …, on. */
const bounded = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const word = lexemes[at]?.key
  const sides = { between: ["and"], from: ["to", "until", "till", "through"] }
  if (word === "between" || word === "from") {
    const first = point(lexemes, at + 1, today)
    const joint = first === null ? undefined : lexemes[first.end]?.key
    if (first !== null && joint !== undefined && sides[word].includes(joint)) {
      const second = point(lexemes, first.end + 1, today)
      // "between March and June 2025": the year that is said last is meant for both.
      const begin = second === null ? null : (point(lexemes.slice(0, first.end), at + 1, second.from ?? today) ?? first)
      if (second !== null && begin !== null && (begin.from ?? "") < (second.to ?? "")) {
        return { from: begin.from, to: second.to, end: second.end }
      }
    }
    const day = dayOf(lexemes[at + 1])
    const last =
      day !== undefined && sides[word].includes(lexemes[at + 2]?.key ?? "") ? point(lexemes, at + 3, today) : null
    // "between 1 and 15 December": the month that is said last is meant for both.
    const begin = `${last?.from?.slice(0, 8)}${pad(day ?? 0)}`
    if (
      last !== null &&
      last.from !== null &&
      last.to === shift(last.from, "day", 1) &&
      isDay(begin) &&
      begin < last.to
    ) {
      return { from: begin, to: last.to, end: last.end }
    }
    return word === "from" && first !== null && joint === "onwards" ? { ...first, to: null, end: first.end + 1 } : null
  }
  const ended = endOf(lexemes, at, today)
  if (ended !== null) return ended
  const start =
    startsWithWords(lexemes, at, ["on", "or", "after"]) || startsWithWords(lexemes, at, ["on", "or", "before"]) ? 2 : 0
  const side = lexemes[at + start]?.key
  if (side === undefined || !["since", "after", "before", "until", "till"].includes(side)) return null
  const opening = side === "since" ? openingAt(lexemes, at + 1) : 0
  const begun = at + start + 1 + opening
  const found = point(lexemes, begun, today) ?? (opening === 0 ? null : whole(lexemes, begun, today))
  if (found === null) return null
  const inclusive = start === 2
  if (side === "since") return { ...found, to: null }
  if (side === "after") return { from: inclusive ? found.from : found.to, to: null, end: found.end }
  return { from: null, to: side === "before" && !inclusive ? found.from : found.to, end: found.end }
}

/** "since the start of 2025" */
const openingAt = (lexemes: ReadonlyArray<Lexeme>, at: number): number => {
  const skip = lexemes[at]?.key === "the" ? 1 : 0
  return /^(?:start|beginning)$/.test(lexemes[at + skip]?.key ?? "") && lexemes[at + skip + 1]?.key === "of"
    ? skip + 2
    : 0
}

/** "this month", and "the year", which is this one. */
const whole = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const [article, unit] = [lexemes[at]?.key, unitOf(lexemes[at + 1]?.key)]
  return article === "the" && unit !== undefined && unit === lexemes[at + 1]?.key
    ? { ...calendar(startOf(today, unit), unit), end: at + 2 }
    : rolling(lexemes, at, today)
}

/** "before the end of the year", "by the end of next month". */
const endOf = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  if (!/^(?:before|by|until|till)$/.test(lexemes[at]?.key ?? "")) return null
  const said = [
    ["the", "end", "of"],
    ["end", "of"]
  ].find((words) => startsWithWords(lexemes, at + 1, words))
  if (said === undefined) return null
  const behind = at + 1 + said.length
  const found = whole(lexemes, behind, today) ?? point(lexemes, behind, today)
  // What ends with this year is still to come; what ended with the last one is all that was before.
  return found === null || found.to === null
    ? null
    : { from: found.to > today ? today : null, to: found.to, end: found.end }
}

/** (this|last|previous|current|past|next) [N] unit. */
const rolling = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const word = lexemes[at]?.key
  const count = lexemes[at + 1]
  const number = count === undefined ? Number.NaN : count.kind === "number" ? count.value : numberWord(count.key)
  if (
    (word === "last" || word === "past" || word === "previous") &&
    Number.isInteger(number) &&
    number > 0 &&
    number < 10_000
  ) {
    const unit = unitOf(lexemes[at + 2]?.key)
    return unit === undefined ? null : { from: shift(today, unit, -number), to: shift(today, "day", 1), end: at + 3 }
  }
  // "in the next 3 months": from today on
  if ((word === "next" || word === "coming") && Number.isInteger(number) && number > 0 && number < 10_000) {
    const unit = unitOf(lexemes[at + 2]?.key)
    return unit === undefined ? null : { from: today, to: shift(shift(today, unit, number), "day", 1), end: at + 3 }
  }
  const unit = unitOf(count?.key)
  if (unit === undefined || count?.key !== unit) return null
  const offsets: Readonly<Record<string, number>> = { this: 0, current: 0, last: -1, previous: -1, next: 1 }
  // "in the last year" goes back from today, "last year" is the one before this.
  if (
    word === "last" &&
    lexemes[at - 1]?.key === "the" &&
    /^(?:in|over|during|within|for)$/.test(lexemes[at - 2]?.key ?? "") &&
    unit !== "day"
  ) {
    return { from: shift(today, unit, -1), to: shift(today, "day", 1), end: at + 2 }
  }
  if (word === "past") return { from: shift(today, unit, -1), to: shift(today, "day", 1), end: at + 2 }
  const offset = word !== undefined && Object.hasOwn(offsets, word) ? offsets[word] : undefined
  return offset === undefined ? null : { ...calendar(shift(startOf(today, unit), unit, offset), unit), end: at + 2 }
}

/** "2024", "2024 or later", "May 2024 or earlier". */
const openPoint = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const found = point(lexemes, at, today)
  if (found === null || lexemes[found.end]?.key !== "or") return found
  const end = found.end + 2
  if (/^(?:later|after|newer)$/.test(lexemes[found.end + 1]?.key ?? "")) return { ...found, to: null, end }
  return /^(?:earlier|before|older)$/.test(lexemes[found.end + 1]?.key ?? "") ? { ...found, from: null, end } : found
}

/** year to date, quarter to date, month to date. */
const toDate = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const unit = unitOf(lexemes[at]?.key)
  return unit !== undefined && startsWithWords(lexemes, at + 1, ["to", "date"])
    ? { from: startOf(today, unit), to: shift(today, "day", 1), end: at + 3 }
    : null
}

/** Up to today: what is planned has not been. */
const untilNow = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const said = [
    ["so", "far"],
    ["until", "now"],
    ["up", "to", "now"],
    ["up", "to", "today"],
    ["until", "today"],
    ["to", "date"]
  ].find((words) => startsWithWords(lexemes, at, words))
  return said === undefined ? null : { from: null, to: shift(today, "day", 1), end: at + said.length }
}

/** A day, month, quarter or year. */
const point = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const lexeme = lexemes[at]
  if (lexeme === undefined || lexeme.kind === "quoted" || lexeme.kind === "symbol") return null
  if (lexeme.kind === "date") {
    return isDay(lexeme.key) ? { ...calendar(lexeme.key, "day"), end: at + 1 } : null
  }
  if (lexeme.key === "today") return { ...calendar(today, "day"), end: at + 1 }
  if (lexeme.key === "yesterday") return { ...calendar(shift(today, "day", -1), "day"), end: at + 1 }
  if (lexeme.key === "tomorrow") return { ...calendar(shift(today, "day", 1), "day"), end: at + 1 }
  return quarter(lexemes, at, today) ?? monthOrDay(lexemes, at, today) ?? year(lexemes, at)
}

const year = (lexemes: ReadonlyArray<Lexeme>, at: number): Found | null => {
  const value = yearOf(lexemes[at])
  if (value !== undefined) return { ...calendar(`${value}-01-01`, "year"), end: at + 1 }
  const named = lexemes[at]?.key === "year" ? yearOf(lexemes[at + 1]) : undefined
  return named === undefined ? null : { ...calendar(`${named}-01-01`, "year"), end: at + 2 }
}

/** Q2 2026, Q2, second quarter of 2026. Without a year: this year's. */
const quarter = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const short = /^q([1-4])$/.exec(lexemes[at]?.key ?? "")?.[1]
  const ordinal = ordinals.slice(0, 4).indexOf(lexemes[at]?.key ?? "") + 1
  const counted =
    lexemes[at]?.kind === "number" && /^[1-4](st|nd|rd|th)$/i.test(lexemes[at].text) ? lexemes[at].value : 0
  const long = lexemes[at + 1]?.key === "quarter" ? ordinal || counted : 0
  const index = short === undefined ? long : Number(short)
  if (index === 0) return null
  const after = at + (short === undefined ? 2 : 1)
  const skip = lexemes[after]?.key === "of" || lexemes[after]?.key === "in" ? 1 : 0
  const named = yearOf(lexemes[after + skip])
  const start = `${named ?? today.slice(0, 4)}-${pad(index * 3 - 2)}-01`
  return { ...calendar(start, "quarter"), end: named === undefined ? after : after + skip + 1 }
}

/** Words before a month that may be still to come, and those before one that is. */
const planned = new Set("for until till".split(" "))
const toCome = new Set(
  "scheduled planned expected due booked starting starts ending ends expiring expires valid".split(" ")
)

/** March 2026, March 15 2026, 15 March 2026, March (the latest that has begun). */
const monthOrDay = (lexemes: ReadonlyArray<Lexeme>, at: number, today: string): Found | null => {
  const before = dayOf(lexemes[at])
  const ofSkip = before !== undefined && lexemes[at + 1]?.key === "of" ? 1 : 0
  const monthAt = before === undefined ? at : at + 1 + ofSkip
  const month = monthOf(lexemes[monthAt])
  if (month === undefined) return null
  // "may" is a verb too: alone and in lower case it is not taken for a month.
  const isVerb = lexemes[monthAt]?.text === "may" && yearOf(lexemes[monthAt + 1]) === undefined
  if (isVerb) return null
  const after =
    before === undefined && yearOf(lexemes[monthAt + 1]) === undefined ? dayOf(lexemes[monthAt + 1]) : undefined
  const yearAt = monthAt + (after === undefined ? 1 : 2)
  const skip = lexemes[yearAt]?.key === "of" ? 1 : 0
  const named = yearOf(lexemes[yearAt + skip])
  const end = named === undefined ? yearAt : yearAt + skip + 1
  const thisYear = Number(today.slice(0, 4))
  const isToCome = `${thisYear}-${pad(month)}-01` > today
  // "scheduled for December", "a planned stay in December", asked in November: not that of last year.
  const isPlanned =
    [1, 2].some((back) => toCome.has(lexemes[at - back]?.key ?? "")) ||
    ([3, 4].some((back) => /^(?:planned|scheduled|upcoming)$/.test(lexemes[at - back]?.key ?? "")) &&
      !lexemes.some(({ key }) => /^(?:did|had|was|were)$/.test(key)))
  if (named === undefined && isToCome && !isPlanned && planned.has(lexemes[at - 1]?.key ?? "")) return null
  const value = named ?? (isToCome && !isPlanned ? thisYear - 1 : thisYear)
  const day = before ?? after
  const start = `${value}-${pad(month)}-${pad(day ?? 1)}`
  return isDay(start) ? { ...calendar(start, day === undefined ? "month" : "day"), end } : null
}

const monthOf = (lexeme: Lexeme | undefined): number | undefined => {
  if (lexeme?.kind !== "word" || lexeme.key.length < 3) return undefined
  const index = monthNames.findIndex(
    (name) =>
      name === lexeme.key ||
      (lexeme.key.length <= 4 && (name.slice(0, 3) === lexeme.key || (lexeme.key === "sept" && name === "september")))
  )
  return index === -1 ? undefined : index + 1
}

const dayOf = (lexeme: Lexeme | undefined): number | undefined =>
  lexeme?.kind === "number" && Number.isInteger(lexeme.value) && lexeme.value >= 1 && lexeme.value <= 31
    ? lexeme.value
    : undefined

const yearOf = (lexeme: Lexeme | undefined): number | undefined =>
  lexeme?.kind === "number" && /^(?:19|20)\d\d$/.test(lexeme.text) ? lexeme.value : undefined

const numberWords = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve"
]

/** The value of a small number in words; NaN for any other word. */
export const numberWord = (word: string): number => {
  const index = numberWords.indexOf(word)
  return index === -1 ? Number.NaN : index
}
