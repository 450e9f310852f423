/** Two times of which something is said: more in one than in the other, in both, in one and not in the other. */
import { isPlural } from "../../grounding/NameWords.ts"
import { isMass } from "./Aggregates.ts"
import { conditionsFrom } from "./Related.ts"
import {
  choicesAt,
  nounsIn,
  type Part,
  rangeWish,
  type Reader,
  type Sentence,
  stretch,
  type Wish,
  wished
} from "./Parts.ts"
import { relatedTo, salesTable } from "./Paths.ts"

/** "with more orders in 2026 than in 2025": of what is asked about, those that have. */
export const readOutnumbered: Reader = (sentence, at, before) => {
  const { context, items } = sentence
  const isJoint = items[at]?.kind === "with" || items[at]?.kind === "verb"
  const start = isJoint ? at + 1 : at
  const more = items[start]
  const of = nounsIn(before).at(-1)
  if (!isSaid(more, /^(?:more|fewer)$/i) || of === undefined) return null
  const counted = whatIsCounted(sentence, start + 1)
  if (counted === null || isMass(counted.table) || relatedTo(context.index, of, counted.table) === null) return null
  const { next, table, which } = counted
  const [first, than, second] = items.slice(next, next + 3)
  if (first?.kind !== "range" || !isSaid(than, /^than$/i) || second?.kind !== "range") return null
  const [one, other] = [next, next + 2].map((place) => stretch(sentence, place, place + 1))
  if (one === undefined || other === undefined) return null
  const end = next + 3
  const wish: Wish = {
    kind: "counted",
    ...stretch(sentence, at, end),
    table,
    of,
    where: [...which, rangeWish(first.range, one)],
    operator: /^more$/i.test(more?.text ?? "") ? ">" : "<",
    value: [...which, rangeWish(second.range, other)]
  }
  return wished(wish, end)
}

interface OtherTime {
  /** From where on it is said. */
  readonly at: number
  readonly time: number
  /** Nothing was done then. */
  readonly isNot: boolean
}

/** "who ordered in 2025 but not in 2026", "in both 2025 and 2026" */
export const otherTimeAt = ({ items }: Sentence): OtherTime | null => {
  const time = items.length - 1
  const [both, one, joint, other] = items.slice(-4)
  if (both?.kind === "both" && one?.kind === "range" && joint?.kind === "and" && other?.kind === "range") {
    return { at: time - 1, time, isNot: false }
  }
  const first = items.findIndex(({ kind }) => kind === "range")
  const at = first + 1
  const tail = items.slice(at, time).flatMap(({ before, text }) => [...before, text.toLowerCase()])
  const deed = items.slice(0, first).findLast(({ kind }) => kind === "name" || kind === "trade" || kind === "verb")
  const words = [...tail, ...(items[time]?.before ?? [])].filter(
    (word) => word !== deed?.text.toLowerCase() && !/^(?:in|during|since|any|anything|something)$/.test(word)
  )
  const isNot =
    /^(?:but|and) (?:not|none|nothing|no|never|ha(?:ve|s) not|haven['’]?t|hasn['’]?t|did not|didn['’]?t)$/.test(
      words.join(" ")
    )
  return isNot && first > 0 && at < time && items[time]?.kind === "range" ? { at, time, isNot } : null
}

/** What was read up to there, said of both times, or of one and not of the other; `null` where more than the time is said of it. */
export const ofTwoTimes = (
  sentence: Sentence,
  { at, isNot, time }: OtherTime,
  parts: ReadonlyArray<Part>
): ReadonlyArray<Part> | null => {
  const [subject, ...others] = nounsIn(parts)
  const wishes = parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const all = wishes.flatMap((wish) => (wish.kind === "related" ? [wish, ...wish.where] : [wish]))
  const [when, ...times] = all.filter(({ kind }) => kind === "when")
  const [deed, ...deeds] = all.filter(({ kind }) => kind !== "when")
  const trade = parts.find(({ kind }) => kind === "trade")
  const both = isNot ? undefined : parts.find(({ kind }) => kind === "both")
  const rest = parts.filter((part) => part.kind !== "wish" && part !== trade && part !== both)
  const item = sentence.items[time]
  if (subject === undefined || others.length > 0 || when === undefined || times.length + deeds.length > 0) return null
  if (item?.kind !== "range" || rest.some(({ kind }) => kind !== "subject")) return null
  const table = tableOfDeed(sentence, subject, deed, trade !== undefined)
  // Over others it is not clear whose time it is.
  if (table === null || relatedTo(sentence.context.index, subject, table)?.step.to.table !== table) return null
  const place = stretch(sentence, at, time + 1)
  const dates = deed?.kind === "date" ? [deed] : []
  const related = (wish: Wish, tokens: ReadonlyArray<number>, negated: boolean): Part => {
    const said = { tokens, text: wish.text }
    return {
      kind: "wish",
      ...said,
      wish: { kind: "related", ...said, table, of: subject, where: [...dates, wish], negated }
    }
  }
  const own = [...(deed?.tokens ?? []), ...(trade?.tokens ?? []), ...(both?.tokens ?? []), ...when.tokens]
  return [
    ...rest,
    related(when, own, false),
    related(rangeWish(item.range, stretch(sentence, time, time + 1)), place.tokens, isNot)
  ]
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "orders", "completed orders", or "bugs" as one kind of issues. */
const whatIsCounted = (sentence: Sentence, at: number) => {
  const { parts, next } = conditionsFrom(sentence, at, [])
  const which = parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const noun = sentence.items[next]
  const table = choicesAt(sentence, next)?.table ?? null
  if (which.length < parts.length || noun === undefined || (sentence.items[at]?.before.length ?? 0) > 0) return null
  // "earned more from appointments" is money, and no number of them.
  if (table !== null) return isPlural(noun.text) && noun.before.length === 0 ? { which, table, next: next + 1 } : null
  const [kind, ...others] = which
  return kind?.kind === "match" && kind.isPlural && others.length === 0
    ? { which, table: kind.column.table, next }
    : null
}

const isSaid = (item: Sentence["items"][number] | undefined, words: RegExp): boolean =>
  item?.kind === "unknown" && words.test(item.text)

/** The table that records what was done: the one that is said, or that of its date, or of sales. */
const tableOfDeed = (
  { context: { index } }: Sentence,
  subject: string,
  deed: Wish | undefined,
  isTrade: boolean
): string | null => {
  if (deed === undefined) return isTrade ? salesTable(index, subject) : null
  if (deed.kind === "related") return deed.negated ? null : deed.table
  return deed.kind === "date" && deed.column.table !== subject ? deed.column.table : null
}
