/**
 * From a draft to a plan: the decisions that need the whole question — what is grouped, what is ranked, what is
 * compared.
 */
import * as Result from "effect/Result"
import { keyColumn, labelColumns, tableOf, isSameColumn } from "./SchemaIndex.ts"
import { type Context, rowsOf } from "./Choice.ts"
import { type Dimension, type Draft, type Filter, type Match, type Measure } from "./Draft.ts"
import { type Plan } from "./Plan.ts"
import { matchSql } from "./Conditions.ts"
import { propertyColumn, extreme, summed, listOf, dateColumn, isSortable } from "./Targets.ts"

/** Fails with everything that stands in the way. */
export const settle = (
  context: Context,
  draft: Draft,
  soldMeasure: Measure | null
): Result.Result<Plan, ReadonlyArray<string>> => {
  const problems = [...draft.problems]
  const measures = [...draft.measures]
  // "average quantity per order item": the average is over those rows already.
  const dimensions = draft.dimensions.filter((one) => one.kind !== "table" || !isAverageOver(draft.measures, one.table))
  // "the most expensive accessory": the thing is only named by what narrows it.
  const [only] = draft.matches
  const isImplied = draft.subject === null && draft.rank?.target?.kind === "property" && only !== undefined
  const subject = isImplied ? ({ kind: "table", table: only.column.table, shown: [] } as const) : draft.subject
  const subjectDimension: Dimension | null = subject
  let order: Plan["order"] = null
  let limit = draft.limit

  for (const one of dimensions) {
    const table = one.kind === "table" ? tableOf(context.index, one.table) : undefined
    const isAverage = measures.some(({ of }) => of.kind === "expression" && of.sql.startsWith("AVG("))
    if (table !== undefined && isAverage && labelColumns(table).length === 0) {
      problems.push(`an average per ${table.name} may be one number or one for each`)
    }
  }

  // comparisons -------------------------------------------------------------------------------------------------------
  const groups = matchGroups(draft.matches)
  const ranges = draft.ranges.map(({ label, name, write }) => ({
    label,
    name,
    condition: { kind: "date" as const, write }
  }))
  const filters: Array<Filter> = [...draft.filters]
  const several = groups.find((group) => group.length > 1)
  if (draft.isComparison) {
    const compared = several === undefined ? null : comparison(context, several)
    if (compared !== null && onlyGrains(dimensions)) dimensions.push(compared)
    if (several === undefined && ranges.length > 1) {
      dimensions.push({ kind: "cases", cases: ranges.map(({ condition, name }) => ({ label: name, condition })) })
    } else if (compared === null && dimensions.length === 0) problems.push("it is not clear what is compared")
  }
  for (const group of groups) filters.push(groupFilter(context, group))
  if (ranges.length > 1 && (!draft.isComparison || several !== undefined)) {
    problems.push(`several times at once: ${ranges.map(({ label }) => label).join(", ")}`)
  }
  if (ranges.length > 1) {
    filters.push({
      label: ranges.map(({ label }) => label).join(" or "),
      condition: {
        kind: "date",
        write: (date) => `(${draft.ranges.map(({ write }) => `(${write(date)})`).join(" OR ")})`
      }
    })
  } else filters.push(...ranges)

  // ranking -----------------------------------------------------------------------------------------------------------
  if (draft.having.length > 0 && dimensions.length === 0) {
    if (subjectDimension === null)
      problems.push("a condition on a total needs something the total is for, such as customers")
    else dimensions.push(subjectDimension)
  }
  for (const { measure } of draft.having)
    if (!measures.some((one) => one.label === measure.label)) measures.push(measure)
  const rank = draft.rank
  if (rank !== null) {
    const target =
      rank.target ??
      (measures[0] === undefined
        ? soldTarget(draft, soldMeasure)
        : ({ kind: "measure", measure: measures[0] } as const))
    const resolved = target?.kind === "property" ? propertyColumn(context, subject, target.property) : target
    const isOwn =
      resolved?.kind === "column" &&
      (subject === null || subject.kind !== "table" || subject.table === resolved.column.table)
    if (resolved === null || resolved === undefined) {
      problems.push(
        target?.kind === "property"
          ? `the schema has no single ${target.property} to rank by`
          : "it is not said what to rank by"
      )
    } else if (resolved.kind === "column" && subject === null) {
      // "the highest order value": a number, not a row.
      measures.push(extreme(context, resolved.column, rank.direction))
    } else if (resolved.kind === "column" && isOwn && measures.length === 0 && subject?.kind === "table") {
      order = { by: resolved, direction: rank.direction }
      limit = rank.count ?? (draft.isPlural ? null : 1)
    } else {
      const measure = resolved.kind === "measure" ? resolved.measure : summed(context, resolved.column)
      if (typeof measure === "string") problems.push(measure)
      else {
        if (!measures.some((one) => one.label === measure.label)) measures.push(measure)
        if (onlyGrains(dimensions) && subjectDimension !== null) dimensions.push(subjectDimension)
        if (dimensions.length === 0)
          problems.push(
            `it is not said what has the ${rank.direction === "DESC" ? "highest" : "lowest"} ${measure.label}`
          )
        order = { by: { kind: "measure", measure }, direction: rank.direction }
        limit = rank.count ?? (draft.isPlural ? null : 1)
      }
    }
  } else if (draft.isSubjectAsked && measures.length > 0 && subjectDimension !== null && onlyGrains(dimensions)) {
    dimensions.push(subjectDimension)
  }

  // lists and counts by something -------------------------------------------------------------------------------------
  if (measures.length === 0 && dimensions.length > 0) {
    if (subject?.kind === "table") measures.push(rowsOf(subject.table, subject.table))
    else problems.push("it is not said what to compute for each group")
  }
  const list = measures.length > 0 ? null : listOf(context, { ...draft, subject })
  if (measures.length === 0 && list === null) problems.push("it is not said what to compute or to list")
  if (measures.length > 0) {
    for (const column of draft.projections) {
      if (dimensions.some((one) => one.kind === "column" && isSameColumn(one.column, column))) continue
      const at = dimensions.findIndex((one) => one.kind === "table" && one.table === column.table)
      const owner = dimensions[at]
      if (owner?.kind === "table") dimensions[at] = { ...owner, shown: [...owner.shown, column] }
      else problems.push(`it is not clear what ${column.table}.${column.column} is there for`)
    }
    // "How many products were sold": the products, or the pieces of them?
    const counted = measures.find((one) => one.of.kind === "rows")
    const isEntity =
      counted?.of.kind === "rows" &&
      !context.index.relationships.some(({ from }) => counted.tables.includes(from.table))
    if (draft.trade === "passive" && isEntity && draft.having.length === 0) {
      problems.push(`"${counted?.label} sold" may ask for different ones or for pieces`)
    }
  }

  // order -------------------------------------------------------------------------------------------------------------
  if (draft.sort !== null) {
    const { direction, target } = draft.sort
    const first = measures[0]
    const by =
      target === null
        ? (order?.by ?? (first === undefined ? undefined : { kind: "measure" as const, measure: first }))
        : target
    if (by === undefined || by.kind === "property") problems.push("it is not said what to order by")
    else if (by.kind === "measure" && list !== null) problems.push("rows cannot be ordered by a total")
    else if (by.kind === "column" && list !== null && !isSortable(list, by.column)) {
      problems.push(`the list cannot be ordered by ${by.column.table}.${by.column.column}`)
    } else if (by.kind === "column" && list === null) {
      const isGrouped = dimensions.some((one) => one.kind === "column" && one.column.column === by.column.column)
      const isLabel = dimensions.some((one) => one.kind === "table" && one.table === by.column.table)
      if (isGrouped || isLabel) order = { by, direction: direction ?? "ASC" }
      else problems.push(`groups cannot be ordered by ${by.column.column}`)
    } else order = { by, direction: direction ?? order?.direction ?? "DESC" }
  }

  const needsDate =
    filters.some(({ condition }) => condition.kind === "date") || dimensions.some((one) => one.kind === "grain")
  const date = needsDate ? dateColumn(context, draft, measures, list?.table ?? null) : null
  if (typeof date === "string") problems.push(date)
  const plan: Plan = {
    measures,
    dimensions,
    list,
    filters,
    absent: draft.absent,
    relations: draft.relations,
    having: draft.having,
    order,
    limit,
    date: typeof date === "string" ? null : date,
    isTrade: draft.trade !== "none" && draft.absent.length === 0 && draft.having.length === 0,
    conjunctive: groups.flatMap((group) =>
      group.length > 1 && !draft.isComparison && group.slice(1).some((match) => !match.isAlternative)
        ? [groupFilter(context, group).label]
        : []
    )
  }
  return problems.length > 0 ? Result.fail([...new Set(problems)]) : Result.succeed(plan)
}

const isAverageOver = (measures: ReadonlyArray<Measure>, table: string): boolean =>
  measures.length > 0 &&
  measures.every(
    ({ of, tables }) =>
      of.kind === "expression" && of.sql.startsWith("AVG(") && tables.length === 1 && tables[0] === table
  )

const onlyGrains = (dimensions: ReadonlyArray<Dimension>): boolean => !dimensions.some((one) => one.kind !== "grain")

/** Matches of one column are alternatives: a row has one value only. */
const matchGroups = (matches: ReadonlyArray<Match>): ReadonlyArray<ReadonlyArray<Match>> => [
  ...Map.groupBy(matches, ({ column, negated }) => JSON.stringify([column, negated])).values()
]

const groupFilter = (context: Context, group: ReadonlyArray<Match>): Filter => {
  const [first] = group
  const column = first?.column ?? { table: "", column: "" }
  const values = [...new Set(group.flatMap((match) => match.values))]
  const negated = first?.negated === true
  return {
    label: `${negated ? "not " : ""}${[...new Set(group.map(({ label }) => label))].join(" or ")}`,
    negated,
    condition: { kind: "sql", sql: matchSql(context, { column, values, negated }), tables: [column.table] }
  }
}

/** Single entities are compared by their own row, values by their column, categories of members by name. */
const comparison = (context: Context, group: ReadonlyArray<Match>): Dimension | null => {
  const [first] = group
  if (first === undefined) return null
  const table = tableOf(context.index, first.column.table)
  const key = table === undefined ? undefined : keyColumn(context.index, table)
  if (group.some(({ values }) => values.length > 1)) {
    return {
      kind: "cases",
      cases: group.map((match) => ({
        label: match.label,
        condition: { kind: "sql", sql: matchSql(context, match), tables: [match.column.table] }
      }))
    }
  }
  return key?.name === first.column.column
    ? { kind: "table", table: first.column.table, shown: [] }
    : { kind: "column", column: first.column }
}

const soldTarget = (draft: Draft, sold: Measure | null) =>
  draft.trade === "none" || sold === null ? null : ({ kind: "measure", measure: sold } as const)
