/** Finding what a plan points at: the column to rank by, the columns to list, the date that is meant. */
import {
  amountColumns,
  type ColumnReference,
  columnWords,
  dateColumns,
  isMeasure,
  keyColumn,
  labelColumns,
  pathsFrom,
  tableOf,
  isSameColumn
} from "./SchemaIndex.ts"
import { type Context, sqlOf } from "./Choice.ts"
import { type Draft, type Measure } from "./Draft.ts"
import { type Direction, type Property } from "./Lexicon.ts"
import { type OrderTarget, type Plan } from "./Plan.ts"

/** The one column that an adjective ranks by (cheapest, latest, largest); `null` if there is none, or several. */
export const propertyColumn = (context: Context, subject: Draft["subject"], property: Property): OrderTarget | null => {
  const table = subject === null || subject.kind !== "table" ? undefined : tableOf(context.index, subject.table)
  if (table === undefined) return null
  const columns =
    property === "date"
      ? dateColumns(table).best
      : property === "amount"
        ? amountColumns(context.index, table)
        : table.columns.filter(
            (column) =>
              isMeasure(context.index, table, column) &&
              columnWords(table, column).some((word) => word === "price" || word === "cost")
          )
  const [column] = columns
  return column === undefined || columns.length > 1
    ? null
    : { kind: "column", column: { table: table.name, column: column.name } }
}

/** "the highest order value": a number, not a row. */
export const extreme = (context: Context, column: ColumnReference, direction: Direction): Measure => ({
  label: `${direction === "DESC" ? "highest" : "lowest"} ${column.column}`,
  tables: [column.table],
  of: {
    kind: "expression",
    sql: `${direction === "DESC" ? "MAX" : "MIN"}(${sqlOf(context.dialect, column)})`,
    sensitive: false
  }
})

/** Ranking things by a number of their related rows adds the numbers up, where adding them makes sense. */
export const summed = (context: Context, column: ColumnReference): Measure | string => {
  if (/price|rate|rating|percent|ratio|score|age\b/i.test(column.column)) {
    return `ranking by ${column.table}.${column.column} needs a word such as average or highest`
  }
  const sql = `SUM(${sqlOf(context.dialect, column)})`
  return { label: `total ${column.column}`, tables: [column.table], of: { kind: "expression", sql, sensitive: true } }
}

/** The subject with the columns that were named; all columns of a table that has no name for its rows. */
export const listOf = (context: Context, draft: Draft): Plan["list"] => {
  const { subject } = draft
  if (subject?.kind === "column") {
    const table = tableOf(context.index, subject.column.table)
    const isLabel = table !== undefined && labelColumns(table).some(({ name }) => name === subject.column.column)
    return {
      table: subject.column.table,
      columns: [subject.column, ...draft.projections],
      distinct: !isLabel || draft.isDistinct
    }
  }
  const name = subject?.table ?? draft.projections[0]?.table
  const table = name === undefined ? undefined : tableOf(context.index, name)
  if (table === undefined) return null
  const own = (column: { readonly name: string }): ColumnReference => ({ table: table.name, column: column.name })
  const [, ...words] = draft.projections
  // "the names of the products" are the names; "the price of AeroBuds" is a price with a name beside it.
  const isOnlyNames =
    draft.projections.length > 0 &&
    words.length === 0 &&
    labelColumns(table).some(({ name: one }) => one === draft.projections[0]?.column)
  const labels = labelColumns(table).map(own)
  const used = draft.filters.flatMap(({ condition }) =>
    condition.kind === "sql"
      ? table.columns.map(own).filter((column) => condition.sql.startsWith(`${sqlOf(context.dialect, column)} `))
      : []
  )
  const target = draft.rank?.target ?? draft.sort?.target ?? null
  const ranked = target?.kind === "property" ? propertyColumn(context, subject, target.property) : target
  const rankColumns = ranked?.kind === "column" && ranked.column.table === table.name ? [ranked.column] : []
  const columns = isOnlyNames
    ? draft.projections
    : [...labels, ...draft.projections, ...(labels.length === 0 ? [] : [...used, ...rankColumns])]
  const unique = [...new Map(columns.map((column) => [JSON.stringify(column), column])).values()]
  const key = keyColumn(context.index, table)
  const keyed = key === undefined || rankColumns.length === 0 ? table.columns.map(own) : [own(key), ...rankColumns]
  return { table: table.name, columns: unique.length > 0 ? unique : keyed, distinct: draft.isDistinct }
}

/** The date nearest to what is measured or listed; of a table's several, the one that bears its name. */
export const dateColumn = (
  context: Context,
  draft: Draft,
  measures: ReadonlyArray<Measure>,
  listed: string | null
): ColumnReference | string => {
  const [named] = draft.dates
  if (named !== undefined) return named
  const anchor = listed ?? measures[0]?.tables[0]
  if (anchor === undefined) return "it is not said what the time is about"
  const candidates = [...pathsFrom(context.index, anchor)].flatMap(([name, path]) => {
    const table = tableOf(context.index, name)
    if (table === undefined) return []
    const { audit, best } = dateColumns(table)
    if (best.length === 0) return []
    const cost =
      path.reduce((sum, step) => sum + (step.many ? 11 : 10), 0) +
      (audit ? 15 : 0) -
      (draft.relations.includes(name) ? 12 : 0)
    return [{ cost, columns: best.map((column) => ({ table: name, column: column.name })) }]
  })
  const [nearest, next] = candidates.toSorted((one, other) => one.cost - other.cost)
  const [column] = nearest?.columns ?? []
  if (nearest === undefined || column === undefined) return "the schema has no date for the time in the question"
  const rivals = [...nearest.columns, ...(next?.cost === nearest.cost ? next.columns : [])]
  return rivals.length === 1
    ? column
    : `the time may be about ${rivals.map((one) => `${one.table}.${one.column}`).join(" or ")}`
}

/** Distinct rows can only be ordered by what they show. */
export const isSortable = (list: NonNullable<Plan["list"]>, column: ColumnReference): boolean =>
  column.table === list.table && (!list.distinct || list.columns.some((one) => isSameColumn(one, column)))
