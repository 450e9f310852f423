/** How tables are reached from the one whose rows are gone through, and which of their dates a time is of. */
import * as Result from "effect/Result"
import type { Relationship } from "../../grounding/Grounding.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Related, Step } from "./Plan.ts"
import {
  type ColumnReference,
  hasKeys,
  isLabel,
  isLine,
  keyColumn,
  labelColumns,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"
import { auditDates, dateColumns, isEnd } from "./Dates.ts"
import { isParallel, pathsFrom } from "./Steps.ts"

/** The table from which all of the wanted ones are reached without meeting a row twice. */
export const baseTable = (index: SchemaIndex, wanted: ReadonlyArray<string>): Result.Result<string, string> => {
  const needed = [...new Set(wanted)]
  const reaches = index.tables.flatMap(({ name }) => {
    const lengths = needed.map((table) => stepsTo(index, name, table)?.length ?? Number.POSITIVE_INFINITY)
    const length = lengths.reduce((sum, one) => sum + one, 0)
    return Number.isFinite(length) ? [{ name, length, isNeeded: needed.includes(name) }] : []
  })
  const [best, next] = reaches.toSorted(
    (one, other) => Number(other.isNeeded) - Number(one.isNeeded) || one.length - other.length
  )
  const written = needed.join(" and ")
  if (needed.some((one) => needed.some((other) => isParallel(index, one, other)))) {
    return Result.fail(`${written} are related in more than one way`)
  }
  if (best === undefined) return Result.fail(`${written} are not related so that they can be counted together`)
  return next !== undefined && !best.isNeeded && next.length === best.length
    ? Result.fail(`${written} are related in more than one way: over ${best.name} and over ${next.name}`)
    : Result.succeed(best.name)
}

/** The joins that lead to a table without multiplying rows; `null` if there are none. */
export const stepsTo = (index: SchemaIndex, from: string, table: string): ReadonlyArray<Step> | null => {
  const path = pathsFrom(index, from).get(table)
  return path === undefined || path.some(({ many }) => many) ? null : path
}

/** Each table once, each step after the one it starts from. */
export const joinsTo = (index: SchemaIndex, from: string, tables: ReadonlyArray<string>): ReadonlyArray<Step> => [
  ...new Map(tables.flatMap((table) => stepsTo(index, from, table) ?? []).map((step) => [step.to.table, step])).values()
]

/**
 * The way to rows that may be several: the step that multiplies, from the table itself, and the joins behind it. None to
 * what only belongs to the same third thing: the lecturers of a student's faculty did not all teach them.
 */
export const relatedTo = (index: SchemaIndex, from: string, table: string): Related | null => {
  const [step, ...joins] = pathsFrom(index, from).get(table) ?? []
  return step?.many === true ? { step, joins } : null
}

/**
 * The date of the rows of a table, or of what they belong to; of several, none is chosen. `isOfOthers`: rows that refer to
 * it narrow it ("donors to Clean Water in 2025"), so that when a thing was recorded is not when it happened.
 */
export const dateOf = (
  index: SchemaIndex,
  from: string,
  isOfOthers: boolean
): Result.Result<ColumnReference, string> => {
  const isThing = isOfOthers && !hasKeys(index, from)
  const around = index.tables.flatMap((table) => {
    const steps = stepsTo(index, from, table.name)
    // When its product was launched or its recruiter began is not when something happened, nor what lies behind those.
    const isOverThing = steps?.some(({ to }) => labelColumns(tableOf(index, to.table) ?? table).length > 0)
    return steps === null || isOverThing === true ? [] : [{ table, length: steps.length }]
  })
  // A row of facts is of the day in the calendar that its date_key is of, whatever other dates it has.
  const day = index.relationships.find((one) => one.from.table === from && isDayKey(one))
  const calendar =
    day === undefined ? undefined : around.find(({ length, table }) => length === 1 && table.name === day.to.table)
  const [of, ...others] = calendar === undefined ? [] : dateColumns(calendar.table)
  if (calendar !== undefined && of !== undefined && others.length === 0) {
    return Result.succeed({ table: calendar.table.name, column: of.name })
  }
  const candidates = around.flatMap(({ length, table }) => {
    const own = dateColumns(table)
    const columns = own.length > 0 || isThing ? own : auditDates(table)
    // When a row was recorded is nearer to it than what happened to others.
    const isRecorded = length === 0 && columns.length === 1 && !isLine(table)
    const cost = length + (own.length > 0 || isRecorded ? 0 : 100)
    return columns.map(({ name }) => ({ cost, column: { table: table.name, column: name } }))
  })
  const nearest = Math.min(...candidates.map(({ cost }) => cost))
  // Of when a flight was booked and when it is, neither is the day on which its plane came.
  const days = index.relationships.filter((one) => one.from.table === from && isCalendar(one.to.table))
  if (nearest > 0 && days.length > 1) {
    return Result.fail(`the time may be about ${days.map((one) => `${from}.${one.from.column}`).join(" or ")}`)
  }
  const near = candidates.filter(({ cost }) => cost === nearest).map(({ column }) => column)
  // The lines of an order are of its day, whatever else they refer to.
  const words = new Set(nameWords(from).map(wordKey))
  const akin = near.filter(({ table }) => table !== from && nameWords(table).some((word) => words.has(wordKey(word))))
  const [date, ...rivals] = akin.length > 0 ? akin : near
  if (date === undefined) return Result.fail(`nothing says when there were ${from}`)
  if (rivals.length === 0 && isEnd(date)) {
    return Result.fail(`${date.table}.${date.column} is when they end, and nothing says when there were ${from}`)
  }
  return rivals.length === 0
    ? Result.succeed(date)
    : Result.fail(
        `the time may be about ${[date, ...rivals].map(({ column, table }) => `${table}.${column}`).join(" or ")}`
      )
}

/** `date_key` of a `dim_date`, `booking_date_key` of bookings. */
const isDayKey = ({ from, to }: Relationship): boolean => {
  const own = new Set(nameWords(from.table).map(wordKey))
  return nameWords(from.column).every((word) => dayWords.has(word) || own.has(wordKey(word))) && isCalendar(to.table)
}

const isCalendar = (table: string): boolean => nameWords(table).some((word) => calendars.has(word))

const dayWords = new Set("date day calendar key id sk fk".split(" "))
const calendars = new Set("date dates day days calendar".split(" "))

/**
 * The table of the things that have a value: those that refer to it, where the value is the name of a kind ("suites" are
 * rooms of a room type); `null` if that leaves a choice.
 */
export const thingsOf = (index: SchemaIndex, column: ColumnReference): string | null => {
  const { table: name } = column
  const table = tableOf(index, name)
  // "actors": people who are that somewhere, and not the rows that say so.
  if (table !== undefined && keyColumn(index, table) === undefined) return null
  if (!isLabel(index, column)) return name
  const [only, ...others] = referringTo(index, name)
  return others.length === 0 ? (only ?? null) : null
}

/** The tables that refer to a table. */
export const referringTo = ({ relationships }: SchemaIndex, table: string): ReadonlyArray<string> => [
  ...new Set(relationships.flatMap(({ from, to }) => (to.table === table && from.table !== table ? [from.table] : [])))
]

/** What may record that something was sold or bought, and not that it was used or looked at. */
export const isOfSale = (table: string): boolean =>
  isSale(table) ||
  /item|line|position|ticket|booking|reservation|subscription|invoice|rental|contract|deal/i.test(table)

export const isSale = (table: string): boolean => /sale|order|purchase|transaction/i.test(table)

/** The tables that record what happened to rows of a table: the one that refers to it, or the one called like a sale. */
export const salesTable = (index: SchemaIndex, table: string): string | null => {
  const referring = referringTo(index, table)
  const [only, ...others] = referring.length > 1 ? referring.filter(isSale) : referring.filter(isOfSale)
  return others.length === 0 ? (only ?? null) : null
}
