/** What is counted for each of something: games won at home and away, and 0 for those that have none. */
import type { Context } from "./Meaning.ts"
import { narrow, type Narrowing } from "./Narrow.ts"
import type { Part } from "./Parts.ts"
import { dateOf, stepsTo } from "./Paths.ts"
import type { Measure } from "./Plan.ts"
import { isLabel, roleWords } from "./SchemaIndex.ts"
import { outcomeTest } from "./Scores.ts"
import { isHome, sidesOf } from "./Sides.ts"

/** "How many rooms does each hotel have?": also 0. What was done, or at some time, is asked of those that did it. */
export const withNone = (context: Context, parts: ReadonlyArray<Part>): ReadonlyArray<Part> => {
  const { index } = context
  const wishes = parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const [group, ...groups] = parts.filter((part) => part.kind === "grouped")
  const [count, ...others] = parts.filter((part) => part.kind !== "wish" && part.kind !== "grouped")
  const isPlain = wishes.every(
    ({ kind, text }) => (kind === "match" || kind === "test") && !/(?:ed|en|paid|sent|sold|held)$/i.test(text)
  )
  const isOfEach = group?.kind === "grouped" && group.said === "each" && group.by.kind === "table"
  if (!isOfEach || !isPlain || groups.length + others.length > 0) return parts
  if (count?.kind !== "measure" || count.measure.of.kind !== "rows" || group.by.kind !== "table") return parts
  const { table } = count.measure.of
  const [step, ...more] = stepsTo(index, table, group.by.table) ?? []
  if (step === undefined || more.length > 0) return parts
  const narrowed = narrow(context, wishes, rowsOf(context, table))
  if (narrowed.problems.length > 0 || narrowed.tables.some((one) => one !== table)) return parts
  const related = { step: { from: step.to, to: step.from, many: true }, joins: [] }
  const measure: Measure = {
    label: count.measure.label,
    tables: [group.by.table],
    of: { kind: "sides", ways: [{ related, where: narrowed.where }] }
  }
  const tokens = [...count.tokens, ...wishes.flatMap((one) => one.tokens)]
  return parts.flatMap((part) =>
    part.kind === "wish" ? [] : part === count ? [countedAs(part, measure, tokens)] : [part]
  )
}

/** "How many adult, child and senior members are there?": of each. Of two it may be meant of both together. */
export const withKinds = ({ index }: Context, parts: ReadonlyArray<Part>): ReadonlyArray<Part> => {
  const [kinds, ...others] = parts.filter(
    (part) => part.kind === "wish" && part.wish.kind === "match" && part.wish.joint === "and"
  )
  const wish = kinds?.kind === "wish" && kinds.wish.kind === "match" ? kinds.wish : null
  const isCount = parts.some((part) => part.kind === "measure" && part.measure.of.kind === "rows")
  const isAverage = parts.some(
    (part) => part.kind === "measure" && part.measure.of.kind === "expression" && part.measure.of.sql.startsWith("AVG(")
  )
  const isOpen = parts.every(({ kind }) => /^(?:measure|wish|aside|grouped)$/.test(kind))
  const isPlain =
    wish !== null && !wish.negated && (wish.described !== null || wish.isPlural) && !isLabel(index, wish.column)
  const isCompared = /\b(?:vs|versus)\b/i.test(wish?.text ?? "")
  if (
    wish === null ||
    isCompared ||
    !isPlain ||
    !(isCount || isAverage) ||
    !isOpen ||
    others.length > 0 ||
    wish.matches.length < 2
  )
    return parts
  const part: Part =
    wish.matches.length > 2 && isCount && !parts.some(({ kind }) => kind === "grouped")
      ? { kind: "grouped", tokens: [], text: wish.text, by: { kind: "column", column: wish.column }, said: "each" }
      : { kind: "problem", tokens: [], text: `"${wish.text}" may be counted together, or each by itself` }
  return [...parts, part]
}

/** The parts with one number in place of the matches and of what narrows them; the same parts if no match is counted so. */
export const withSideCounts = (context: Context, parts: ReadonlyArray<Part>): ReadonlyArray<Part> => {
  const { index } = context
  const wishes = parts.flatMap((part) => (part.kind === "wish" ? [part.wish] : []))
  const [ended, ...others] = wishes.filter((one) => one.kind === "outcome")
  const [club, ...clubs] = [...new Set(parts.flatMap(clubIn))]
  const counted = parts.flatMap((part) => {
    const measure = countIn(part)
    return measure?.of.kind === "rows" && club !== undefined && sidesOf(index, measure.of.table, club).length > 0
      ? [{ part, table: measure.of.table }]
      : []
  })
  const [count, ...more] = counted
  if (ended?.kind !== "outcome" || others.length > 0 || club === undefined || clubs.length > 0) return parts
  if (count === undefined || more.length > 0) return parts
  const { table } = count
  const inner = wishes.filter((one) => one.kind !== "outcome" && one.kind !== "side")
  const { problems, tables, where } = narrow(context, inner, rowsOf(context, table))
  const isOfClub = inner.some((one) => one.kind === "match" && one.column.table === club)
  if (problems.length > 0 || isOfClub || tables.some((one) => one !== table)) return parts
  const said = wishes.flatMap((one) => (one.kind === "side" ? [one.side] : []))
  const ways = sidesOf(index, table, club)
    .filter(({ from }) => said.every((side) => roleWords(from).includes(side)))
    .flatMap(({ from, to }) => {
      const test = outcomeTest(context, table, isHome(roleWords(from)[0] ?? "") ? "home" : "away", ended.outcome)
      const step = { from: to, to: from, many: true }
      return test === null
        ? []
        : [{ related: { step, joins: [] }, where: [...where, { kind: "holds", tokens: [], test } as const] }]
    })
  const measure: Measure = { label: `number of ${table} ${ended.outcome}`, tables: [club], of: { kind: "sides", ways } }
  const tokens = [...count.part.tokens, ...wishes.flatMap((one) => one.tokens)]
  return ways.length === 0
    ? parts
    : parts.flatMap((part) =>
        part.kind === "wish" ? [] : part === count.part ? [countedAs(part, measure, tokens)] : [part]
      )
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** Rows of a table that are counted, and nothing else of them. */
const rowsOf = ({ index }: Context, table: string): Narrowing => ({
  base: table,
  date: dateOf(index, table, false),
  isAsked: false,
  isBoth: false,
  isListed: false,
  isComputed: false,
  isTrade: false,
  trades: [],
  outer: null
})

/** Whom the question asks about, or counts for. */
const clubIn = (part: Part): ReadonlyArray<string> =>
  part.kind === "subject" && part.of.kind === "table"
    ? [part.of.table]
    : part.kind === "grouped" && part.by.kind === "table"
      ? [part.by.table]
      : []

const countIn = (part: Part): Measure | null =>
  part.kind === "measure"
    ? part.measure
    : part.kind === "rank" && part.target?.kind === "measure"
      ? part.target.measure
      : null

const countedAs = (part: Part, measure: Measure, tokens: ReadonlyArray<number>): Part =>
  part.kind === "measure"
    ? { ...part, tokens, measure }
    : part.kind === "rank"
      ? { ...part, tokens, target: { kind: "measure", measure } }
      : part
