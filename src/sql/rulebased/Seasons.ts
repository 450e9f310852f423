/** Reading "this season", "last semester": the season of the last row that has begun, or the one that today is in. */
import * as Result from "effect/Result"
import type { Table } from "../../grounding/Grounding.ts"
import { isDate } from "../../grounding/ColumnWords.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import { shift } from "./Days.ts"
import { choicesAt, nounsIn, type Part, problem, type Reading, type Sentence, testsWished } from "./Parts.ts"
import { dateOf, stepsTo } from "./Paths.ts"
import type { Test } from "./Plan.ts"
import { type ColumnReference, isPlain, keyColumn, type SchemaIndex } from "./SchemaIndex.ts"
import { hasSides } from "./Sides.ts"

/** What a year of sport or of lessons is called. */
const seasons = /^(?:season|semester|term)(?:['’]s|s['’])?$/i

/** "the last term" is none of the rows that one is kept of. */
export const isSeason = (text: string): boolean => seasons.test(text)

export const readSeason = (sentence: Sentence, at: number, before: ReadonlyArray<Part>): Reading | null => {
  const { context, items } = sentence
  const [item, next] = items.slice(at, at + 2)
  const isLast = /^(?:last|previous)$/i.test(item?.text ?? "")
  const isSaid = isLast || /^(?:this|current|present)$/i.test(item?.text ?? "")
  if (!isSaid || next?.kind !== "name" || !seasons.test(next.text) || next.before.length > 0) return null
  const choices = choicesAt(sentence, at + 1)
  const table = context.index.tables.find(({ name }) => name === choices?.table)
  const tests =
    table === undefined
      ? ofRows(sentence, at + 1, nounsIn(before).at(-1) ?? null, isLast)
      : isOther(context.index, nounsIn(before).at(-1), table.name)
        ? null
        : ofTable(context.index, table, context.today, isLast)
  return tests === null
    ? problem(sentence, at, at + 2, `nothing says which "${item?.text} ${next.text}" is`)
    : testsWished(sentence, at, at + 2, tests)
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** Whether it is the first season of something, or that of its end. */
const isOther = (index: SchemaIndex, noun: string | undefined, seasonsIn: string): boolean =>
  noun !== undefined && stepsTo(index, noun, seasonsIn)?.some((step) => !isPlain(step)) === true

/** The rows name their season: it is that of the last one of them that has begun. */
const ofRows = (
  { context, items }: Sentence,
  at: number,
  noun: string | null,
  isLast: boolean
): ReadonlyArray<Test> | null => {
  const item = items[at]
  const named = (item?.kind === "name" ? item.meanings : []).flatMap((one) =>
    one.kind === "column" && nameWords(one.column.column).every((word) => seasons.test(word)) ? [one.column] : []
  )
  const [column, ...others] = named.length > 1 ? named.filter(({ table }) => table === noun) : named
  // A term may be a number of each year, and a season winter or summer: those of matches are years.
  if (column === undefined || others.length > 0 || !hasSides(context.index, column.table)) return null
  const by = datedBeside(context.index, column)
  return by === null ? null : [{ kind: "latest", column, by, before: shift(context.today, "day", 1), isSecond: isLast }]
}

const datedBeside = (index: SchemaIndex, { table }: ColumnReference): ColumnReference | null => {
  const date = dateOf(index, table, false)
  return Result.isSuccess(date) && date.success.table === table ? date.success : null
}

/** The table tells from when to when each one is. */
const ofTable = (index: SchemaIndex, table: Table, today: string, isLast: boolean): ReadonlyArray<Test> | null => {
  const end = (words: ReadonlySet<string>): ColumnReference | null => {
    const [column, ...others] = table.columns.filter(
      (one) => isDate(one) && nameWords(one.name).some((word) => words.has(wordKey(word)))
    )
    return column === undefined || others.length > 0 ? null : { table: table.name, column: column.name }
  }
  const [from, to] = [end(firstDays), end(lastDays)]
  if (from === null || to === null) return null
  const tomorrow = shift(today, "day", 1)
  const key = keyColumn(index, table)
  if (isLast) {
    return key === undefined
      ? null
      : [
          {
            kind: "latest",
            column: { table: table.name, column: key.name },
            by: to,
            before: today,
            isSecond: false
          }
        ]
  }
  return [
    { kind: "period", column: from, from: null, to: tomorrow, label: "up to today" },
    { kind: "period", column: to, from: today, to: null, label: "from today on" }
  ]
}

const firstDays = new Set("start begin from".split(" "))
const lastDays = new Set("end finish to until".split(" "))
