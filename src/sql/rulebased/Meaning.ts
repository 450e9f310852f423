/** Settling what a name means where it stands: a number, a thing, or something to count. */
import { placesOf } from "../../resolution/Placed.ts"
import type { Column, Table } from "../../grounding/Grounding.ts"
import type { Scalar } from "./Plan.ts"
import type { MappedExpression } from "./MappedExpression.ts"
import type { Item } from "./Reading.ts"
import { columnWords, isDate, isNumeric } from "../../grounding/ColumnWords.ts"
import { nameWords } from "../../grounding/NameWords.ts"
import {
  type ColumnReference,
  columnOf,
  isBoolean,
  isLabel,
  isMeasure,
  isStock,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"
import { pathsFrom } from "./Steps.ts"
import { stepsTo } from "./Paths.ts"
import { columnScalar } from "./SqlText.ts"
import type { Dialect } from "../SqlGenerator.ts"
import type { Meaning } from "./Vocabulary.ts"

export interface Context {
  readonly index: SchemaIndex
  readonly dialect: Dialect
  readonly today: string
  /** Tables that the question speaks of, however it does, first said first. */
  readonly tables: ReadonlyArray<string>
}

/** A name as a number of a row, as a thing, as an aggregate; `null` where it cannot be that. */
export interface Choices {
  readonly text: string
  readonly table: string | null
  /** The column it means, after looking at the context; a mapped term's column included. */
  readonly column: ColumnReference | null
  /** A number of each row: a numeric column, or a mapped expression over such. */
  readonly number: Scalar | null
  readonly aggregate: MappedExpression | null
  readonly template: MappedExpression | null
  readonly condition: MappedExpression | null
  readonly value: { readonly column: ColumnReference; readonly value: string } | null
  readonly isDate: boolean
  /** Columns of true and false of this name. */
  readonly flags: ReadonlyArray<ColumnReference>
  readonly isStock: boolean
  /** The column is a mapped term's: the users have a word for it. */
  readonly isMapped: boolean
  /** Another table has a column that is called just so. */
  readonly isPart: boolean
  /** Why nothing could be chosen. */
  readonly problem: string | null
}

export const choose = (
  context: Context,
  item: Pick<Item & { readonly kind: "name" }, "kind" | "text" | "meanings">
): Choices => {
  const { index } = context
  const meanings = item.meanings
  const mapped = meanings.find((one) => one.kind === "mapping")?.expression ?? null
  const unusable = meanings.find((one) => one.kind === "unusable")
  const isSpoken = ({ table }: ColumnReference) => context.tables.includes(table)
  const named = meanings.filter((one) => one.kind === "column")
  const whole = named.filter(({ full }) => full)
  // The town of parcels is their destination_town, although depots have a column that is called so.
  const isWhole = whole.some(({ column: one }) => isSpoken(one)) || !named.some(({ column: one }) => isSpoken(one))
  const candidates = (whole.length > 0 && isWhole ? whole : named).map((one) => one.column)
  // The rating of hotels is their star_rating, or what a table of reviews calls just so.
  const isRivalled =
    whole.length > 0 &&
    !isWhole &&
    named.some(({ column: one }) => isSpoken(one) && has(index, one, (_, its) => isNumeric(its)))
  // "business customers": a value of theirs, and only a part of another table's line_of_business.
  const isValueHere = !candidates.some(isSpoken) && meanings.some((one) => one.kind === "value" && isSpoken(one.column))
  const isMapped = mapped !== null && !mapped.aggregates
  const nearest =
    isMapped || isValueHere ? [] : isRivalled ? named.map((one) => one.column) : narrow(context, candidates)
  const column = isMapped ? mapped.bare : nearest.length === 1 ? (nearest[0] ?? null) : null
  // "sorted by date", where there are several: any of them may be meant.
  const dates = tableOf(index, column?.table ?? "")?.columns.filter(isDate) ?? []
  const isAnyDate = /^dates?$/i.test(item.text) && dates.length > 1
  const tables = usual(meanings.flatMap((one) => (one.kind === "table" ? [one.table] : [])))
  const values = meanings.flatMap((one) => (one.kind === "value" ? [one] : []))
  // "tickets sold in London": to whom, or where?
  const isPlace =
    values.length > 1 &&
    values.every(({ column: one }) =>
      /^(?:city|town|country|region|district|place)$/.test(nameWords(one.column).at(-1) ?? "")
    ) &&
    !values.some(({ column: one }) => isSpoken(one)) &&
    values.every(({ column: one }) => stepsTo(index, context.tables[0] ?? "", one.table) !== null)
  const valued = values.map((one) => one.column)
  const valueColumns = isPlace ? valued : narrow(context, valued)
  // "invoices with tax": several of their columns, before an area of law that is called so.
  const isColumn = nearest.length > 1 && nearest.some(isSpoken) && !valueColumns.some(isSpoken)
  // "Travel" of the name and the slug of a category is one category.
  const own =
    new Set(valueColumns.map(({ table }) => table)).size === 1 ? valueColumns.filter((one) => isLabel(index, one)) : []
  const only =
    valueColumns.length > 1 && own.length === 1 ? own[0] : valueColumns.length === 1 ? valueColumns[0] : undefined
  const value = only !== undefined && !isColumn ? values.find((one) => one.column === only) : undefined
  const numeric = column !== null && has(index, column, (table, one) => isMeasure(index, table, one))
  const nothing =
    mapped === null && tables.length !== 1 && meanings.every((one) => !["template", "condition"].includes(one.kind))
  return {
    text: item.text,
    table: tables.length === 1 ? (tables[0] ?? null) : null,
    column,
    number:
      isMapped && mapped.bare === null
        ? { label: item.text, sql: mapped.sql, tables: tablesOf(mapped.columns), column: null }
        : numeric
          ? columnScalar(context.dialect, column)
          : null,
    aggregate: mapped?.aggregates === true ? mapped : null,
    template: meanings.find((one) => one.kind === "template")?.expression ?? null,
    condition: meanings.find((one) => one.kind === "condition")?.expression ?? null,
    value: value === undefined ? null : { column: value.column, value: value.value },
    isDate: column !== null && has(index, column, (_, one) => isDate(one)),
    flags: (isValueHere ? [] : candidates).filter((one) => has(index, one, (_, flag) => isBoolean(flag))),
    isStock: column !== null && has(index, column, isStock),
    isMapped: isMapped && mapped.bare !== null,
    isPart: whole.length > 0 && !isWhole,
    problem: isAnyDate
      ? `"${item.text}" may be ${either(dates.map(({ name }) => ({ table: column?.table ?? "", column: name })))}`
      : !nothing
        ? null
        : tables.length > 1
          ? `"${item.text}" may be ${tables.join(" or ")}`
          : column === null && nearest.length > 1
            ? `"${item.text}" may be ${either(nearest)}`
            : column === null && value === undefined && valueColumns.length > 1
              ? `"${item.text}" may be a value of ${either(valueColumns)}`
              : column === null && value === undefined && unusable !== undefined
                ? `"${item.text}" is mapped to an expression that cannot be used here: ${unusable.why}`
                : null
  }
}

/** Of tables of one name, the one that SQL needs no schema for. */
const usual = (tables: ReadonlyArray<string>): ReadonlyArray<string> => {
  const short = tables.filter((name) => !name.includes("."))
  return short.length === 1 ? short : tables
}

/** The tables a question speaks of, wherever in it they are. */
export const contextTables = (items: ReadonlyArray<Item>): ReadonlyArray<string> => {
  const certain: Array<string> = []
  for (const item of items) {
    if (item.kind === "entities") certain.push(...placesOf(item.mention).map(({ column }) => column.table))
    if (item.kind !== "name") continue
    for (const meaning of item.meanings) certain.push(...tablesMeant(meaning, item.meanings))
  }
  return [...new Set(certain)]
}

const tablesMeant = (meaning: Meaning, all: ReadonlyArray<Meaning>): ReadonlyArray<string> => {
  if (meaning.kind === "table") return [meaning.table]
  if (meaning.kind === "mapping" || meaning.kind === "condition") return tablesOf(meaning.expression.columns)
  const owners = new Set(
    all.flatMap((one) => (one.kind === "column" || one.kind === "value" ? [one.column.table] : []))
  )
  return (meaning.kind === "column" || meaning.kind === "value") && owners.size === 1 ? [...owners] : []
}

/** Of several columns of one name: those of tables spoken of, then those nearest to the first such table. */
const narrow = (context: Context, columns: ReadonlyArray<ColumnReference>): ReadonlyArray<ColumnReference> => {
  if (columns.length < 2) return columns
  const spoken = columns.filter(({ table }) => context.tables.includes(table))
  const left = spoken.length > 0 ? spoken : columns
  const [anchor] = context.tables
  if (left.length < 2 || anchor === undefined) return left
  const paths = pathsFrom(context.index, anchor)
  const distance = ({ table }: ColumnReference) => paths.get(table)?.length ?? Number.POSITIVE_INFINITY
  const nearest = Math.min(...left.map(distance))
  const near = left.filter((column) => distance(column) === nearest)
  // Inside one table: the column said in fewest words is the closest to what was said.
  const shortest = Math.min(...near.map((column) => wordCount(context.index, column)))
  const short = near.filter((column) => wordCount(context.index, column) === shortest)
  return new Set(near.map(({ table }) => table)).size === 1 ? short : near
}

const wordCount = (index: SchemaIndex, reference: ColumnReference): number => {
  const table = tableOf(index, reference.table)
  const column = columnOf(index, reference)
  return table === undefined || column === undefined ? 0 : columnWords(table, column).length
}

const has = (
  index: SchemaIndex,
  reference: ColumnReference,
  is: (table: Table, column: Column) => boolean
): boolean => {
  const table = tableOf(index, reference.table)
  const column = columnOf(index, reference)
  return table !== undefined && column !== undefined && is(table, column)
}

/** The tables of some columns, each once. */
export const tablesOf = (columns: ReadonlyArray<ColumnReference>): ReadonlyArray<string> => [
  ...new Set(columns.map(({ table }) => table))
]

export const either = (columns: ReadonlyArray<ColumnReference>): string =>
  columns.map(({ table, column }) => `${table}.${column}`).join(" or ")
