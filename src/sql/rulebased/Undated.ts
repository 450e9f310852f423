/** Times, and what has none, that a plan takes for granted: of which of two dates a year is, and what is not done yet. */
import { isNumeric, isStateName } from "../../grounding/ColumnWords.ts"
import { nameWords } from "../../grounding/NameWords.ts"
import { rootOfDate, rootOfVerb } from "../../resolution/DateVerbs.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { hasPersonDates, takesPlace } from "./Dates.ts"
import { daysOf } from "./Days.ts"
import { allConditions, type Plan, testsIn } from "./Plan.ts"
import { columnOf, type ColumnReference, labelColumns, refers, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Why a time, or that there is none, may be meant otherwise; `null` if the question says it. */
export const undated = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null =>
  ofYear(index, plan, lexemes) ??
  dayOfNamed(index, plan, lexemes) ??
  notDone(index, plan, lexemes) ??
  ofTheEvent(index, plan) ??
  noneSaid(index, plan) ??
  monthOfAnyYear(plan)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "books from 1982": of the year that they came out, and not of when they were added here. */
const ofYear = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const table = tableOf(index, plan.base)
  const year = table?.columns.find((one) => isNumeric(one) && nameWords(one.name).includes("year"))
  if (table === undefined || year === undefined || labelColumns(table).length === 0) return null
  const dated = plan.where.find(
    (one) =>
      one.kind === "holds" &&
      one.test.kind === "period" &&
      one.test.column.table === table.name &&
      [one.test.from, one.test.to].every((day) => day === null || day.endsWith("-01-01"))
  )
  if (dated?.kind !== "holds" || dated.test.kind !== "period") return null
  return isDateSaid(index, dated.test.column, lexemes)
    ? null
    : `the year may be that of ${dated.test.column.column} or of ${year.name}`
}

/** "bags on flight VE501 on 12 October": of the flight that went then, and not of what was booked then. */
const dayOfNamed = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const conditions = allConditions(plan.where)
  const day = conditions.find(
    (one) => one.kind === "holds" && one.test.kind === "period" && daysOf(one.test) === 1 && one.tokens.length > 0
  )
  if (day?.kind !== "holds" || day.test.kind !== "period") return null
  const { column } = day.test
  const first = Math.min(...day.tokens)
  const named = conditions.find(
    (one) =>
      one.kind === "holds" &&
      one.test.kind === "equals" &&
      one.test.column.table !== column.table &&
      one.tokens.some((token) => token < first && first - token <= 2)
  )
  const of =
    named?.kind === "holds" && named.test.kind === "equals" ? tableOf(index, named.test.column.table) : undefined
  if (of === undefined || hasPersonDates(of)) return null
  return !takesPlace(of) || isDateSaid(index, column, lexemes)
    ? null
    : `the day may be that of ${column.table} or of ${of.name}`
}

/** Whether the question says what was done at the date: "added", of added_on. */
const isDateSaid = (index: SchemaIndex, column: ColumnReference, lexemes: ReadonlyArray<Lexeme>): boolean => {
  const table = tableOf(index, column.table)
  const date = columnOf(index, column)
  const root = table === undefined || date === undefined ? null : rootOfDate(table, date)
  return root !== null && lexemes.some(({ key }) => rootOfVerb([key]) === root)
}

/** "patients who have not been discharged yet": those whose stay goes on, whenever they left before. */
const notDone = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  if (lexemes.some(({ key }) => /^(?:never|ever|without|no|all)$/.test(key))) return null
  // An order is shipped once, and a patient has several stays.
  const table = tableOf(index, plan.base)
  if (table === undefined || labelColumns(table).length === 0) return null
  const missing = plan.where.find(
    (one) =>
      one.kind === "exists" &&
      one.negated &&
      one.where.some(
        (inner) =>
          inner.kind === "holds" && inner.test.kind === "known" && !inner.test.negated && inner.tokens.length > 0
      )
  )
  return missing?.kind === "exists" ? `some may have one of ${missing.table} that is done, and one that is not` : null
}

/** "no-shows per year": of the day on which they did not come, and not of when it was booked. */
const ofTheEvent = (index: SchemaIndex, plan: Plan): string | null => {
  const tests = testsIn(plan.where)
  const state = tests.find(
    (test) =>
      test.kind === "equals" && isStateName(test.column.column) && test.values.some((value) => then.test(String(value)))
  )
  if (state?.kind !== "equals") return null
  const { table } = state.column
  const dates = [
    ...tests.flatMap((test) => (test.kind === "period" ? [test.column] : [])),
    ...plan.by.flatMap((one) => (one.kind === "grain" ? [one.date] : []))
  ]
  const booked = dates.find(
    (date) => date.table === table && nameWords(date.column).some((word) => arranged.test(word))
  )
  const event = index.tables.find((one) => refers(index, table, one.name) && takesPlace(one))
  return booked === undefined || event === undefined
    ? null
    : `"${state.label}" is of the day of ${event.name}, and ${booked.column} is another`
}

const then = /no.?show|boarded|flown|attended|missed|travelled/i

const arranged = /^(?:book(?:ed|ing)|purchased?|bought|issued?|sold|reserved|reservation|created|ordered?|registered)$/

/** "without a tier", where "none" is one of the tiers: who has none has a value, too. */
const noneSaid = (index: SchemaIndex, plan: Plan): string | null => {
  const known = allConditions(plan.where).flatMap((one) =>
    one.kind === "holds" && one.tokens.length > 0 && one.test.kind === "known" ? [one.test.column] : []
  )
  const none = known.find((column) =>
    columnOf(index, column)?.values.some((value) => /^(?:none|n\/?a|unknown|no \w+)$/i.test(value))
  )
  return none === undefined ? null : `"none" is a value of ${none.table}.${none.column}, too`
}

/** "Which month had the most flights?", of a calendar's month: October of all years is none. */
const monthOfAnyYear = (plan: Plan): string | null => {
  const [group, ...others] = plan.by
  if (group?.kind !== "column" || others.length > 0 || plan.limit === null) return null
  const { column, table } = group.column
  const isMonth = /^(?:month(?:_?(?:no|number|name))?|quarter|week)$/i.test(column)
  const isOfYear = testsIn(plan.where).some(({ kind }) => kind === "period")
  return isMonth && !isOfYear ? `${table}.${column} is the same in every year` : null
}
