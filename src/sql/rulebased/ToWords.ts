/** A plan in words for the person who asked: a fold over all of it, as `ToSql` is. */
import { ordinals } from "./Calendar.ts"
import { shift } from "./Days.ts"
import type { Condition, Dimension, Measure, Plan, Test } from "./Plan.ts"
import type { Statement } from "./ToSql.ts"
import { fold } from "../../text/Tokens.ts"

/** What is said of one part of the plan, and the piece of the statement that does it; none for asides. */
export interface Part {
  readonly words: string
  readonly sql: string | null
}

const limitWords = ({ count, skipped }: NonNullable<Plan["limit"]>): string =>
  skipped === undefined
    ? `at most ${count} ${count === 1 ? "row" : "rows"}`
    : `the ${ordinals[skipped] ?? "next"} of them`

export const toWords = (plan: Plan, statement: Statement): ReadonlyArray<Part> => {
  const { asides, best, by, having, limit, list, measures, order, where } = plan
  const parts: ReadonlyArray<Part> = [
    {
      words:
        list === null
          ? measures.map(measureWords).join(" and ")
          : `${[...new Set(list.columns.map(({ column }) => column))].join(", ")} of ${plan.base}`,
      sql: statement.shown
    },
    ...(by.length === 0 ? [] : [{ words: `by ${by.map(dimensionWords).join(" and ")}`, sql: statement.group }]),
    ...where.map((condition, at) => ({ words: conditionWords(condition), sql: statement.where[at] ?? null })),
    ...having.map(({ measure, operator, value }, at) => ({
      words: `where the ${measure.label} is ${operator} ${value}`,
      sql: statement.having[at] ?? null
    })),
    ...(order === null
      ? []
      : [
          {
            words: `${order.direction === "DESC" ? "highest" : "lowest"} ${order.by.kind === "measure" ? order.by.measure.label : order.by.column.column} first`,
            sql: statement.order
          }
        ]),
    ...(best === null ? [] : [{ words: `the first ${best.count} of each`, sql: statement.best }]),
    ...(limit === null ? [] : [{ words: limitWords(limit), sql: statement.limit }])
  ]
  const said = new Set(parts.flatMap(({ words }) => words.split(/[^\p{L}\p{N}_-]+/u).map(fold)))
  const unsaid = new Set(asides.map(({ text }) => text).filter((text) => !said.has(fold(text))))
  return unsaid.size === 0 ? parts : [...parts, { words: `also said: ${[...unsaid].join(", ")}`, sql: null }]
}

/** The parts as one sentence. */
export const sentence = (parts: ReadonlyArray<Part>): string => {
  const text = parts.map(({ words }) => words).join(", ")
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** What is counted on one way or another is said with what narrows it. */
const measureWords = ({ label, of }: Measure): string => {
  const where = of.kind === "sides" ? of.ways.map((way) => way.where.map(conditionWords).join(", ")) : []
  const said = [...new Set(where)].filter((one) => one !== "")
  return said.length === 0 ? label : `${label} (${said.join(" or ")})`
}

const conditionWords = (condition: Condition): string => {
  switch (condition.kind) {
    case "holds":
      return testWords(condition.test)
    case "exists": {
      const where = condition.where.map(conditionWords)
      const of = where.length === 0 ? "" : ` (${where.join(", ")})`
      return `${condition.negated ? "without" : "with"} any ${condition.table}${of}`
    }
    case "either":
      return condition.where.map(conditionWords).join(" or ")
    case "all":
      return condition.where.map(conditionWords).join(" and ")
    case "counted": {
      const { operator, table, value, where } = condition
      const other = typeof value === "number" ? value : `that of ${value.map(conditionWords).join(", ")}`
      return `where the number of ${[table, ...where.map(conditionWords)].join(", ")} is ${operator} ${other}`
    }
  }
}

const testWords = (test: Test): string => {
  switch (test.kind) {
    case "equals":
      return `only ${test.negated ? "not " : ""}${test.label}`
    case "compares":
      return `only ${test.of.label} ${test.operator} ${test.value}`
    case "average":
      return `only ${test.of.label} ${test.operator} its average of all ${test.column.table}${test.within === null ? "" : ` of the same ${test.within.column}`}`
    case "between":
      return `only ${test.of.label} between ${test.low} and ${test.high}`
    case "is":
      return `only ${test.truth ? "" : "not "}${test.column.column}`
    case "period":
      return `${test.column.column} ${periodWords(test)}`
    case "mapped":
      return test.date === null ? `only ${test.label} (as mapped)` : `${test.date.column} ${test.label} (as mapped)`
    case "known":
      return `only ${test.negated ? "without" : "with"} a ${test.column.column}`
    case "latest":
      return `only the ${test.isSecond ? "second last" : "last"} ${test.column.column} by ${test.by.column} before ${test.before}`
    case "any":
      return test.tests.map(testWords).join(" or ")
  }
}

const periodWords = ({ from, label, to }: Test & { readonly kind: "period" }): string => {
  const last = to === null ? null : shift(to, "day", -1)
  const span = [from === null ? [] : [`from ${from}`], last === null ? [] : [`to ${last}`]].flat().join(" ")
  return `${label} (${span})`
}

const dimensionWords = (dimension: Dimension): string => {
  switch (dimension.kind) {
    case "table":
      return dimension.table
    case "column":
      return dimension.column.column
    case "grain":
      return dimension.grain
    case "cases":
      return dimension.cases.map(({ label }) => label).join(" / ")
  }
}
