/** Finding what parts point at: the column to rank by, the measure that adds up, the columns to list. */
import type { Direction, Property } from "./Lexicon.ts"
import type { Context } from "./Meaning.ts"
import type { ListedColumn, Measure, OrderTarget, Test } from "./Plan.ts"
import type { Column, Table } from "../../grounding/Grounding.ts"
import { stepsTo } from "./Paths.ts"
import { columnWords, isDate } from "../../grounding/ColumnWords.ts"
import { hasSides } from "./Sides.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import {
  amountColumns,
  type ColumnReference,
  isMeasure,
  isSameColumn,
  keyColumn,
  labelColumns,
  namesBehind,
  type SchemaIndex,
  tableOf,
  tellingColumns
} from "./SchemaIndex.ts"
import { birthDates, dateColumns, hasPersonDates, yearsOf } from "./Dates.ts"
import { columnSql, columnSum } from "./SqlText.ts"

/** Words of the columns that say how much of it something has; those that say it best first. */
const measured: Readonly<
  Record<"pay" | "price" | "weight" | "length" | "height", ReadonlyArray<ReadonlyArray<string>>>
> = {
  pay: [["salary", "wage", "pay", "earning"]],
  price: [["price"], ["cost"], ["fee", "rate", "fare", "rent", "premium", "charge"]],
  weight: [["weight"]],
  height: [["height"]],
  length: [["length", "duration", "distance", "runtime"], ["running"], ["page", "minute"]]
}

/** The one column that an adjective ranks by (cheapest, latest, largest); `null` if there is none, or several. */
export const propertyColumn = (context: Context, name: string, property: Property): OrderTarget | null => {
  const table = tableOf(context.index, name)
  if (table === undefined) return null
  const [column, ...more] = columnsOf(context.index, table, property)
  return column === undefined || more.length > 0
    ? null
    : { kind: "column", column: { table: table.name, column: column.name } }
}

const columnsOf = (index: SchemaIndex, table: Table, property: Property): ReadonlyArray<Column> => {
  // The shortest player is the one of the least height.
  const own = columnsCalled(index, table, property)
  return own.length === 0 && property === "length" ? columnsCalled(index, table, "height") : own
}

const columnsCalled = (index: SchemaIndex, table: Table, property: Property): ReadonlyArray<Column> => {
  const births = property === "age" ? birthDates(table) : []
  if (births.length > 0) return births
  // When a car is due for service, or a contract ends, is no age.
  const dates = () => dateColumns(table).filter(({ name }) => !isAhead(name))
  if (property === "date" || property === "age") {
    // "the oldest book", of a publication_year
    const years = yearsOf(table)
    // The oldest painting is the one that was made first, and not the one that came first.
    const [made, ...more] = property === "age" ? years.filter(({ name }) => isMaking(name)) : []
    if (made !== undefined && more.length === 0) return [made]
    return hasPersonDates(table) ? [] : labelColumns(table).length === 0 ? dates() : [...dates(), ...years]
  }
  if (property === "amount") return sizeColumns(index, table)
  const called = (words: ReadonlyArray<string>) =>
    table.columns.filter(
      (column) =>
        isMeasure(index, table, column) && columnWords(table, column).some((word) => words.includes(wordKey(word)))
    )
  const found = measured[property].map(called).find(({ length }) => length > 0) ?? []
  if (property !== "price") return found
  // What is for hire is dear by what it costs a day, and not by what was paid for it.
  const rates = called(["rate", "fee", "fare", "rent"])
  const isBought = found.every((column) =>
    columnWords(table, column).some((word) => /^(?:purchase|bought|buying|replacement)$/.test(word))
  )
  if (isBought && rates.length > 0) return [...found, ...rates]
  const isRecord = labelColumns(table).length === 0 && table.columns.some(isDate)
  const isPart = (column: Column) =>
    columnWords(table, column).some((word) => /^(?:unit|shipping|delivery|labour|labor|hourly|rate|fee)$/.test(word))
  // A transfer says one fee, and no other amount.
  const isOnly = amountColumns(index, table).length === 1 && found.every(({ name }) => /fee$/i.test(name))
  return isRecord && found.some(isPart) && !isOnly ? [] : asked(table, found)
}

/** What is asked for something, where what was paid for it is kept beside. */
export const asked = (table: Table, prices: ReadonlyArray<Column>): ReadonlyArray<Column> => {
  // What has a price of its sale beside its day is sold, and nothing that is asked for it.
  const isSold = table.columns.some((one) => isDate(one) && /^sold/i.test(one.name))
  if (isSold && prices.some(({ name }) => /^sale_?price$/i.test(name))) return []
  const own = prices.filter((column) =>
    /^(?:(?:sale|sales|sell|selling|retail|list) )?price$/.test(columnWords(table, column).join(" "))
  )
  const paid = prices.filter((column) =>
    columnWords(table, column).some((word) => /^(?:cost|purchase|buy|buying|wholesale)$/.test(word))
  )
  return own.length === 1 && own.length + paid.length === prices.length ? own : prices
}

const isMaking = (column: string): boolean =>
  nameWords(column).some((word) =>
    /^(?:made|built|created|painted|published|publication|release[d]?|manufactured?|construction)$/.test(word)
  )

const isAhead = (column: string): boolean =>
  nameWords(column).some((word) =>
    /^(?:next|due|until|valid|expiry|expires|expiration|certified|deadline|end|ends|ended|dissolved|left|terminated|closed)$/.test(
      word
    )
  )

/** How large something is: its one amount, else the one number that says how much it holds. */
const sizeColumns = (index: SchemaIndex, table: Table): ReadonlyArray<Column> => {
  const isThing = labelColumns(table).length > 0
  const isNumbering = (column: Column) => /^(?:no|nr|number|id)$/.test(nameWords(column.name).at(-1) ?? "")
  // What somebody is paid, or a dish costs, is no size of theirs.
  const amounts = amountColumns(index, table).filter(
    (column) => !isThing || !columnWords(table, column).some((word) => costs.has(wordKey(word)))
  )
  const sizes = table.columns.filter(
    (column) =>
      isMeasure(index, table, column) &&
      !isNumbering(column) &&
      columnWords(table, column).some((word) => sizeWords.has(wordKey(word)))
  )
  return amounts.length > 0 ? [...amounts, ...sizes] : sizes
}

const costs = new Set(["price", "cost", "fee", "rate", "salary", "wage"])

const sizeWords = new Set(["capacity", "seat", "bed", "size", "area", "population"])

/** "the highest order value": a number, not a row. */
export const extreme = ({ dialect }: Context, column: ColumnReference, direction: Direction): Measure => ({
  label: `${direction === "DESC" ? "highest" : "lowest"} ${column.column}`,
  tables: [column.table],
  of: {
    kind: "expression",
    sql: `${direction === "DESC" ? "MAX" : "MIN"}(${columnSql(dialect, column)})`,
    sensitive: false
  }
})

/** True for numbers that make sense when they are added up; prices and rates do not. */
export const addsUp = (column: string): boolean =>
  !/price|rate|rating|percent|ratio|score|grade|stock/i.test(column) && !nameWords(column).includes("age")

/** Adding up what rows have, where that makes sense. */
export const summed = ({ dialect }: Context, column: ColumnReference): Measure | string =>
  addsUp(column.column)
    ? columnSum(dialect, column, totalOf(column.column))
    : `${column.table}.${column.column} needs a word such as average or highest`

const totalOf = (column: string): string => `total ${column}`

/** Whether a measure is what `summed` makes of a column. */
export const isSumOf = (measure: Measure, column: string): boolean => measure.label === totalOf(column)

/** Whether the column tells one row from all others: its key, or the number that it has. */
export const tellsOne = (index: SchemaIndex, { column, table: name }: ColumnReference): boolean => {
  const table = tableOf(index, name)
  const isKey = table !== undefined && keyColumn(index, table)?.name === column
  return isKey || /^(?:no|nr|number|code|reference|ref|sku|isbn)$/.test(nameWords(column).at(-1) ?? "")
}

export interface Listing {
  readonly table: string
  /** The columns that were named, in order. */
  readonly shown: ReadonlyArray<ColumnReference>
  readonly tests: ReadonlyArray<Test>
  readonly ranked: ColumnReference | null
}

/** The name of a row with the columns that were named; all columns of a table that has no name for its rows. */
export const listedColumns = (
  { index }: Context,
  { ranked, shown, table: name, tests }: Listing
): ReadonlyArray<ListedColumn> => {
  const table = tableOf(index, name)
  if (table === undefined) return shown
  const own = (column: { readonly name: string }): ColumnReference => ({ table: table.name, column: column.name })
  const labels = labelColumns(table).map(own)
  const [first] = shown
  // "the names of the products" are the names; "the price of AeroBuds" is a price with a name beside it.
  if (first !== undefined && shown.length === 1 && labels.some((label) => isSameColumn(label, first))) return shown
  const used = tests.flatMap((test) =>
    (test.kind === "compares" || test.kind === "between" || test.kind === "average") &&
    test.of.column?.table === table.name
      ? [test.of.column]
      : []
  )
  const rankColumns = ranked !== null && ranked.table === table.name ? [ranked] : []
  // A plane that has a name is known by its registration, too.
  const plates =
    labels.length === 1 && shown.length === 0
      ? table.columns.filter(({ name: one }) => isPlate.test(nameWords(one).join(" "))).map(own)
      : []
  const columns = [...labels, ...plates, ...shown, ...(labels.length === 0 ? [] : [...used, ...rankColumns])]
  // What is shown of others belongs to a row of its own.
  if (labels.length === 0 && shown.length > 0 && shown.every((column) => column.table !== table.name)) {
    return [...table.columns.map(own), ...shown]
  }
  const unique = [...new Map(columns.map((column) => [JSON.stringify(column), column])).values()]
  // A result is that of two sides.
  if (unique.length > 0) return hasSides(index, name) ? [...unique, ...namesBeside(index, table)] : unique
  const key = keyColumn(index, table)
  // "the last reading" is what was read, and not only when.
  const isDated = rankColumns.some((one) =>
    table.columns.some((column) => column.name === one.column && isDate(column))
  )
  const told =
    key === undefined || rankColumns.length === 0 || isDated
      ? table.columns.map(own)
      : [...tellingColumns(index, table).map(own), ...rankColumns]
  return [...told, ...namesBeside(index, table)]
}

const isPlate = /^(?:registration|reg)(?: (?:number|no|plate))?$|^tail(?: (?:number|no))?$|\bplate$/

/** What a row that has no name of its own is of: the names of those that it refers to, also by several keys. */
const namesBeside = (index: SchemaIndex, table: Table): ReadonlyArray<ListedColumn> =>
  index.tables.flatMap((other) => {
    const keys = index.relationships.filter(({ from, to }) => from.table === table.name && to.table === other.name)
    if (other === table) return []
    const names = keys.flatMap((via) => namesBehind(index, via))
    // What is joined anyway needs no key of its own.
    return keys.length === 1 && stepsTo(index, table.name, other.name) !== null
      ? names.map(({ column, table: of }) => ({ table: of, column }))
      : names
  })
