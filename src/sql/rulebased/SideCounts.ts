/** "How many games has each team won?", "which team has the most wins?": counted at home and away, for each of the sides. */
import type { Context } from "./Meaning.ts"
import { narrow } from "./Narrow.ts"
import type { Part } from "./Parts.ts"
import { dateOf } from "./Paths.ts"
import type { Measure } from "./Plan.ts"
import { roleWords } from "./SchemaIndex.ts"
import { outcomeTest } from "./Scores.ts"
import { isHome, sidesOf } from "./Sides.ts"

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
  const { problems, tables, where } = narrow(context, inner, {
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
