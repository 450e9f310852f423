/**
 * The same question in the order of words that the readers expect. Words of grammar may be put in the place of others, and
 * what asks only for the names of what is listed anyway is left out; every other word stays, and has to be understood.
 */
import { type Lexeme, startsWithWords } from "../../text/Lexemes.ts"

/** One order after the other, each of the question as the last one left it. */
export const inUsualOrder = (lexemes: ReadonlyArray<Lexeme>): ReadonlyArray<Lexeme> =>
  [
    namesBehind,
    whichBehind,
    leftOutBehind,
    leftOutAround,
    comparedBy,
    countedBehind,
    countedInside,
    sinceWhen,
    everyone
  ].reduce((words, order) => order(words), lexemes)

// ---------------------------------------------------------------------------------------------------------------------
// internals

type Words = ReadonlyArray<Lexeme>

/** A word of grammar in the place of another one: what the schema calls that one, it is not. */
const as = ({ end, ...lexeme }: Lexeme, key: string): Lexeme => ({
  ...lexeme,
  kind: "word",
  key,
  text: key,
  start: end,
  end
})

const isAsking = ([first]: Words): boolean => /^(?:how|which|what|who|whose|where|when)$/.test(first?.key ?? "")

const wordsFrom = (lexemes: Words, at: number): string =>
  lexemes
    .slice(at, at + 2)
    .map(({ key }) => key)
    .join(" ")

const endsWith = (lexemes: Words, phrases: ReadonlyArray<string>): number =>
  phrases
    .map((phrase) => phrase.split(" "))
    .find((words) => lexemes.length > words.length && startsWithWords(lexemes, lexemes.length - words.length, words))
    ?.length ?? 0

/** "Are there authors with more than two titles, and who are they?": their names are what is shown of them anyway. */
const namesBehind = (lexemes: Words): Words => {
  const length = endsWith(lexemes, [
    "and who are they",
    "and which are they",
    "and which ones",
    "and if so who",
    "and if so which",
    "and if so what is it called",
    "and who",
    "and which",
    "which ones",
    "list them",
    "name them",
    "tell me which",
    "names please",
    "their names"
  ])
  const isAskedWhether = /^(?:is|are|was|were|do|does|did|has|have)$/.test(lexemes[0]?.key ?? "")
  return length > 0 && isAskedWhether ? lexemes.slice(0, -length) : lexemes
}

/** "Overdue loans: which houses?" */
const whichBehind = (lexemes: Words): Words => {
  const [which, noun] = lexemes.slice(-2)
  const before = lexemes.slice(0, -2)
  const isBehind =
    which?.key === "which" &&
    before.length > 0 &&
    !isAsking(lexemes) &&
    !/^(?:list|show|give)$/.test(lexemes[0]?.key ?? "")
  // "for which houses" is another question.
  const isFree = !/^(?:in|at|on|of|for|to|from|by|with|about|and|or)$/.test(before.at(-1)?.key ?? "")
  return isBehind && isFree && noun !== undefined ? [which, noun, as(which, "have"), ...before] : lexemes
}

/** "Business class bookings out of Changi - how many?", "Tom's loans, how many are there?": as if it had been asked first. */
const countedBehind = (lexemes: Words): Words => {
  const length = endsWith(lexemes, [
    "how many",
    "how many are there",
    "how many were there",
    "how many do we have",
    "how many have we got"
  ])
  const end = lexemes.length - length
  const isBehind =
    length > 0 &&
    lexemes[end - 1]?.key !== "and" &&
    !isAsking(lexemes) &&
    !/^(?:list|show|give)$/.test(lexemes[0]?.key ?? "")
  return isBehind ? [...lexemes.slice(end, end + 2), ...lexemes.slice(0, end)] : lexemes
}

/** "Ada Winter has how many holds?" */
const countedInside = (lexemes: Words): Words => {
  const at = lexemes.findIndex(
    ({ key }, place) =>
      place > 0 && /^(?:has|have|had)$/.test(key) && startsWithWords(lexemes, place + 1, ["how", "many"])
  )
  return at < 0 || isAsking(lexemes)
    ? lexemes
    : [...lexemes.slice(at + 1), ...lexemes.slice(at, at + 1), ...lexemes.slice(0, at)]
}

/** ", the cancelled ones left out", ", cancelled ones aside": before what is left out. */
const leftOutBehind = (lexemes: Words): Words => {
  const length = endsWith(lexemes, ["left out", "aside", "excluded", "not counted", "not included"])
  const end = lexemes.length - length
  const start = lexemes.findLastIndex(({ afterComma }, at) => afterComma && at > 0 && at < end)
  const [first] = lexemes.slice(end)
  return length === 0 || start < 0 || first === undefined
    ? lexemes
    : [...lexemes.slice(0, start), { ...as(first, "excluding"), afterComma: true }, ...lexemes.slice(start, end)]
}

/** "leaving cancelled bookings out" */
const leftOutAround = (lexemes: Words): Words => {
  // "Which flights leave Oslo?" leaves nothing out.
  const at = lexemes.findIndex(
    ({ afterComma, key }, place) => key === "leaving" || (key === "leave" && (place === 0 || afterComma))
  )
  const out = lexemes.findIndex(({ key }, place) => place > at + 1 && place < at + 6 && /^(?:out|aside)$/.test(key))
  const first = lexemes[at]
  const isNext = /^(?:out|aside)$/.test(lexemes[at + 1]?.key ?? "")
  if (first === undefined || (out < 0 && !isNext)) return lexemes
  const excluding = as(first, "excluding")
  const asked = lexemes.findIndex(({ afterComma }, place) => place > at && afterComma)
  // "leaving closed wards out, which ward is the oldest?"
  if (at === 0 && asked > 0) {
    const left = lexemes.slice(isNext ? 2 : 1, isNext ? asked : out)
    return [...lexemes.slice(asked), excluding, ...left]
  }
  return isNext
    ? [...lexemes.slice(0, at), excluding, ...lexemes.slice(at + 2)]
    : [...lexemes.slice(0, at), excluding, ...lexemes.slice(at + 1, out), ...lexemes.slice(out + 1)]
}

/** "Compare Central and Riverside by number of loans", "compare Central with Riverside: how many loans?" */
const comparedBy = (lexemes: Words): Words => {
  const [compare] = lexemes
  const at = lexemes.findIndex(
    ({ key }, place) =>
      place > 2 &&
      ((key === "by" && /^(?:the )?(?:number|count|total|average|mean|sum)\b/.test(wordsFrom(lexemes, place + 1))) ||
        startsWithWords(lexemes, place, ["how", "many"]))
  )
  const [said] = lexemes.slice(at)
  if (compare?.key !== "compare" || at < 0 || said === undefined) return lexemes
  const measure = lexemes.slice(said.key === "by" ? at + 1 : at)
  const sides = lexemes.slice(1, at).map((one) => (one.key === "with" ? as(one, "and") : one))
  return [compare, ...measure, as(said, "of"), ...sides]
}

/** "Since when has Ada been with us?" asks when she came. */
const sinceWhen = (lexemes: Words): Words => {
  const [since, when, has] = lexemes
  const length = endsWith(lexemes, [
    "been with us",
    "been here",
    "been employed here",
    "been employed",
    "been on the payroll",
    "been on staff",
    "been on the staff",
    "been on the team",
    "been working here",
    "been working for us",
    "worked here",
    "worked for us",
    "been a member"
  ])
  const last = lexemes[lexemes.length - length]
  const isAsked = since?.key === "since" && when?.key === "when" && /^(?:has|have|is)$/.test(has?.key ?? "")
  return !isAsked || length === 0 || has === undefined || last === undefined
    ? lexemes
    : [when, as(has, "did"), ...lexemes.slice(3, lexemes.length - length), as(last, "join")]
}

/** "everyone booked on the flight": everyone who is. */
const everyone = (lexemes: Words): Words => {
  const at = lexemes.findIndex(({ key }) => /^(?:every|any)(?:one|body)$/.test(key))
  const [said, next] = lexemes.slice(at, at + 2)
  return at < 0 || said === undefined || !/(?:ed|ing)$/.test(next?.key ?? "")
    ? lexemes
    : [...lexemes.slice(0, at), as(said, "who"), as(said, "was"), ...lexemes.slice(at + 1)]
}
