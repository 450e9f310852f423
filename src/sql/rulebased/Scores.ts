/** Matches between two sides that were won, lost or drawn: by what each side scored. */
import * as Result from "effect/Result"
import type { Table } from "../../grounding/Grounding.ts"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import { rowsOf } from "./Aggregates.ts"
import type { Context } from "./Meaning.ts"
import { nounsIn, type Part, problem, type Reading, type Sentence, stretch, type Wish, wished } from "./Parts.ts"
import { equals, type Test } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { type ColumnReference, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { hasSides, isAway, isHome, sidesOf } from "./Sides.ts"
import { columnSql, differenceOf, text } from "./SqlText.ts"

type Outcome = (Wish & { readonly kind: "outcome" })["outcome"]

/** What the side at home and its guest scored; `null` where a match tells nothing of it, or more than one result. */
export const scoresOf = (index: SchemaIndex, name: string): { home: ColumnReference; away: ColumnReference } | null => {
  const table = tableOf(index, name)
  if (table === undefined) return null
  // A result in words beside the numbers may say something else than they do.
  const isTold = table.columns.some(
    (column) => !isNumeric(column) && /^(?:score|result)$/i.test(nameWords(column.name).join(" "))
  )
  if (isTold) return null
  const found = scoresIn(table, isHome).flatMap((home) =>
    scoresIn(table, isAway).flatMap((away) => (home.of === away.of ? [{ home: home.column, away: away.column }] : []))
  )
  const [only, ...others] = found
  return only === undefined || others.length > 0 || !hasSides(index, name) ? null : only
}

/** That the side that plays as `key` says won, lost, or neither did. */
export const outcomeTest = (
  { dialect, index }: Context,
  table: string,
  side: "home" | "away",
  outcome: Outcome
): Test | null => {
  const scores = scoresOf(index, table)
  if (scores === null) return null
  const [own, other] = side === "home" ? [scores.home, scores.away] : [scores.away, scores.home]
  const operator = ({ won: ">", lost: "<", drawn: "=" } as const)[outcome]
  const difference = differenceOf(dialect, own, other)
  // What was abandoned or is not over has a score, too.
  const over = overBy(index, table)
  const of =
    over === null
      ? difference
      : {
          ...difference,
          sql: `CASE WHEN ${columnSql(dialect, over.column)} = ${text(dialect, over.value)} THEN ${difference.sql} END`
        }
  return { kind: "compares", of, operator, value: 0 }
}

/** That a match has been played; `null` where nothing says so. */
export const playedTest = (index: SchemaIndex, table: string): Test | null => {
  const scores = scoresOf(index, table)
  const over = overBy(index, table)
  if (scores === null) return null
  return over === null
    ? { kind: "known", column: scores.home, negated: false }
    : Result.getOrElse(equals(index, over.column, [over.value], over.value, false), () => null)
}

/** "games that Northam won", "matches that ended in a draw", "won by the home team" */
export const readOutcome = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const { context, items } = sentence
  const item = items[at]
  const isFree =
    item?.kind === "unknown" || (item?.kind === "name" && item.meanings.every(({ kind }) => kind !== "table"))
  const drawn = drawnAt(sentence, at)
  const side = homeWinAt(sentence, at)
  const outcome = outcomes.get(item?.text.toLowerCase() ?? "")
  if (!isFree || (drawn === 0 && side === null && outcome === undefined)) return null
  const table = matchesOf(sentence, nounsIn(before))
  if (table === undefined) return null
  if (drawn > 0) {
    const test = outcomeTest(context, table, "home", "drawn")
    const place = stretch(sentence, at, at + drawn)
    return test === null ? null : wished({ kind: "test", ...place, test }, at + drawn)
  }
  const won = side === null ? null : outcomeTest(context, table, side.side, "won")
  if (side !== null && won !== null) {
    return wished({ kind: "test", ...stretch(sentence, at, at + side.length), test: won }, at + side.length)
  }
  if (outcome === undefined) return null
  const [by, whose, team] = items.slice(at + 1, at + 4)
  const said = whose?.text.toLowerCase() ?? ""
  if (by?.kind === "by" && /^(?:home|away)$/.test(said)) {
    const isTeam = /^(?:teams?|sides?|clubs?)$/i.test(team?.text ?? "") && team?.before.length === 0
    const next = isTeam ? at + 4 : at + 3
    const test = outcomeTest(context, table, isHome(said) ? "home" : "away", outcome)
    return test === null ? null : wished({ kind: "test", ...stretch(sentence, at, next), test }, next)
  }
  // "won against Northam": by the other one
  if (/^(?:against|over|to|by)$/i.test(items[at + 1]?.text ?? "") && items[at + 1]?.kind !== "by") {
    return problem(sentence, at, at + 2, `"${item.text} ${items[at + 1]?.text}" is said of the other side`)
  }
  return wished({ kind: "outcome", ...stretch(sentence, at, at + 1), outcome }, at + 1)
}

/** "How many wins", "most defeats": of the one table of matches that the schema has. */
export const readWins = (sentence: Sentence, at: number): Reading | null => {
  const { context, items } = sentence
  const [item, next] = items.slice(at, at + 2)
  const outcome = winning.get(next?.text.toLowerCase() ?? "")
  if (outcome === undefined || next?.before.length !== 0) return null
  const table = onlyMatches(context.index)
  if (table === undefined) return null
  const place = stretch(sentence, at, at + 1)
  const measure = rowsOf(table, next.text)
  const ended = wished({ kind: "outcome", ...stretch(sentence, at + 1, at + 2), outcome }, at + 2)
  const isMost = item?.kind === "superlative" && item.property === null
  if (isMost) {
    const target = { kind: "measure", measure } as const
    const { direction } = item
    return {
      ...ended,
      parts: [{ kind: "rank", ...place, direction, count: null, target, addsUp: true }, ...ended.parts]
    }
  }
  return item?.kind === "count"
    ? { ...ended, parts: [{ kind: "measure", ...place, measure, isOf: false, isJoined: false }, ...ended.parts] }
    : null
}

/** "the score of the last match", "results of all games": what both sides scored. */
export const readScore = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const { context, items } = sentence
  const item = items[at]
  const isFree =
    item?.kind === "unknown" ||
    item?.kind === "verb" ||
    (item?.kind === "name" && item.meanings.every((one) => one.kind === "column" && !one.full))
  if (!isFree || !/^(?:final score|scores?|results?)$/i.test(item.text)) return null
  const nouns = [...nounsIn(before), ...context.tables]
  // "goals did Ada score"
  if (before.some(({ kind }) => kind === "measure")) {
    return /^score$/i.test(item.text) && nouns.some(isOfGoals)
      ? { parts: [{ kind: "aside", ...stretch(sentence, at, at + 1) }], next: at + 1 }
      : null
  }
  const only = onlyMatches(context.index)
  const isImplied = only !== undefined && nouns.every((noun) => sidesOf(context.index, only, noun).length > 0)
  const table = matchesOf(sentence, nouns) ?? (isImplied ? only : undefined)
  const scores = table === undefined ? null : scoresOf(context.index, table)
  if (table === undefined || scores === null) return null
  const place = stretch(sentence, at, at + 1)
  const shown = [scores.home, scores.away].map((column): Part => ({ kind: "shown", ...place, column, isNumber: false }))
  return { parts: [...shown, ...wished({ kind: "named", ...place, table }, at + 1).parts], next: at + 1 }
}

/** "the top 3 scorers": the players by their goals. */
export const withScorers = (index: SchemaIndex, items: ReadonlyArray<Item>): ReadonlyArray<Item> => {
  const isScorer = (one: Item | undefined) => one?.kind === "unknown" && /^(?:goal)?scorers?$/i.test(one.text)
  if (!items.some(isScorer)) return items
  const goals = index.tables.find(({ name }) => isOfGoals(name))
  return items.flatMap((item, at) => {
    const ranked = items.slice(Math.max(0, at - 3), at).findLast(({ kind }) => kind !== "number" && kind !== "name")
    const isTop = ranked?.kind === "top" || (ranked?.kind === "superlative" && ranked.property === null)
    const isGoal = item.kind === "name" && /^goals?$/i.test(item.text) && isScorer(items[at + 1])
    if (isGoal && isTop) return []
    if (goals === undefined || !isTop || !isScorer(item)) return [item]
    const [key, ...others] = index.relationships.filter(
      ({ from }) => from.table === goals.name && isScorerKey(from.column)
    )
    if (key === undefined || others.length > 0) return [item]
    const last = items[at - 1]
    const tokens = [...(/^goals?$/i.test(last?.text ?? "") ? (last?.tokens ?? []) : []), ...item.tokens]
    const by: Item = { ...item, kind: "by", text: "by", tokens, before: [] }
    return [
      { ...item, tokens, kind: "name", meanings: [{ kind: "table", table: key.to.table }] },
      by,
      { ...item, kind: "name", text: "goals", before: [], meanings: [{ kind: "table", table: goals.name }] }
    ]
  })
}

export const isOfGoals = (table: string): boolean => /^goals?$/i.test(nameWords(table).at(-1) ?? "")

/** A key of goals to who scored them. */
export const isScorerKey = (column: string): boolean => /^(?:player|scorer|scored_?by|athlete)(?:_?id)?$/i.test(column)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** The one table of matches that the schema has; `undefined` for none, and for several. */
const onlyMatches = (index: SchemaIndex): string | undefined => {
  const [table, ...others] = index.tables.filter(({ name }) => scoresOf(index, name) !== null)
  return others.length > 0 ? undefined : table?.name
}

/** What is spoken of as matches: itself, or by the clubs whose matches the question names. */
const matchesOf = ({ context: { index, tables } }: Sentence, nouns: ReadonlyArray<string>): string | undefined =>
  [...nouns, ...tables].find(
    (one) =>
      scoresOf(index, one) !== null &&
      (nouns.includes(one) || nouns.some((noun) => sidesOf(index, one, noun).length > 0))
  )

const winning: ReadonlyMap<string, Outcome> = new Map([
  ["wins", "won"],
  ["victories", "won"],
  ["losses", "lost"],
  ["defeats", "lost"]
])

/** The one state that says that a match has been played. */
const overBy = (index: SchemaIndex, name: string) => {
  const [over, ...others] = (tableOf(index, name)?.columns ?? []).flatMap((column) =>
    column.values.flatMap((value) =>
      /^(?:played|finished|completed?|final|full.?time|ft|ended)$/i.test(value)
        ? [{ column: { table: name, column: column.name }, value }]
        : []
    )
  )
  return over === undefined || others.length > 0 ? null : over
}

const outcomes: ReadonlyMap<string, Outcome> = new Map([
  ["win", "won"],
  ["wins", "won"],
  ["won", "won"],
  ["lose", "lost"],
  ["lost", "lost"],
  ["draw", "drawn"],
  ["drew", "drawn"],
  ["drawn", "drawn"]
])

/** "ended in a draw", "were drawn": how many items say that neither side won. */
const drawnAt = ({ items }: Sentence, at: number): number => {
  const [item, next] = items.slice(at, at + 2)
  const isDraw = (text = "") => /^(?:draws?|tie)$/i.test(text)
  if (isEnd(item) && isDraw(next?.text)) return 2
  return /^(?:drawn|tied)$/i.test(item?.text ?? "") ? 1 : 0
}

/** "ended in a home win": how many items say it, and who won. */
const homeWinAt = ({ items }: Sentence, at: number): { length: number; side: "home" | "away" } | null => {
  const start = isEnd(items[at]) ? at + 1 : at
  const [side, win] = items.slice(start, start + 2)
  const isSide = isHome(side?.text.toLowerCase() ?? "") || isAway(side?.text.toLowerCase() ?? "")
  if (!isSide || !/^wins?$/i.test(win?.text ?? "") || win?.before.length !== 0) return null
  return { length: start + 2 - at, side: isHome(side?.text.toLowerCase() ?? "") ? "home" : "away" }
}

const isEnd = (item: Item | undefined): boolean => /^(?:end|ends|ended|finish|finished)$/i.test(item?.text ?? "")

const scoresIn = (
  { columns, name: table }: Table,
  isSide: (word: string) => boolean
): ReadonlyArray<{ readonly column: ColumnReference; readonly of: string }> =>
  columns.flatMap((column) => {
    const words = nameWords(column.name).map(wordKey)
    const rest = words.filter((word) => !isSide(word))
    const [of] = rest
    const isScore = words.length - rest.length === 1 && rest.length === 1 && scored.has(of ?? "")
    return isScore && of !== undefined && isNumeric(column) ? [{ column: { table, column: column.name }, of }] : []
  })

const scored = new Set("score goal point run pts".split(" "))
