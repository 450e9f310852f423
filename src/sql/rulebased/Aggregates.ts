/** What is computed of what a name means: sums, averages, how many there are. */
import type { AggregateFunction } from "./Lexicon.ts"
import { referringTo } from "./Paths.ts"
import type { Measure } from "./Plan.ts"
import type { MappedExpression } from "./MappedExpression.ts"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import { isPlural, kindKey, nameWords, phraseKeys, wordKey } from "../../grounding/NameWords.ts"
import {
  amountColumns,
  asks,
  type ColumnReference,
  hasKeys,
  isLabel,
  isLine,
  isUnitPrice,
  labelColumns,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"
import { addsUp } from "./Targets.ts"
import { columnSql, columnSum } from "./SqlText.ts"
import { isInCents } from "./Units.ts"
import { type Choices, type Context, either, tablesOf } from "./Meaning.ts"

/** `FN(expression)` as a measure, or why it makes none. */
export const aggregateOf = (
  context: Context,
  of: AggregateFunction,
  choices: Choices,
  isOf = false
): Measure | string => {
  const words = { SUM: "total", AVG: "average", MIN: "lowest", MAX: "highest" }[of]
  // A number of cents says so.
  const inCents = choices.number?.column != null && isInCents(context.index, choices.number.column)
  const label = `${words} ${inCents ? choices.number?.column?.column : choices.text}`
  if (choices.aggregate !== null) {
    const sql = choices.aggregate.sql.trim()
    if (of === "SUM" || sql.toUpperCase().startsWith(`${of}(`)) {
      const isSaid = choices.text.toLowerCase().startsWith(words)
      return mappedMeasure(isSaid ? choices.text : label, choices.aggregate)
    }
    return `the ${words} of "${choices.text}", which is an aggregate itself, needs two steps`
  }
  if (choices.number !== null) {
    const { column, sql, tables } = choices.number
    if (of === "SUM" && column !== null && isUnitPrice(context.index, column)) {
      return `${column.table}.${column.column} is of one piece, and "${label}" of all`
    }
    return { label, tables, of: { kind: "expression", sql: `${of}(${sql})`, sensitive: of === "SUM" || of === "AVG" } }
  }
  if (choices.table !== null) {
    const table = tableOf(context.index, choices.table)
    const amounts = table === undefined ? [] : amountColumns(context.index, table)
    const [amount] = amounts
    // "total visits" are so many, where they have no amount; an "average donation" is one's amount.
    if (of === "SUM" && isPlural(choices.text) && amount === undefined) {
      return { ...numberOf(context, choices.table, choices.text), label: `total number of ${choices.text}` }
    }
    const isOfPieces = soldPieces(context.index, choices.table, choices.text) !== null
    if (of === "AVG" && isPlural(choices.text) && amount === undefined && !isOfPieces)
      return averageRows(choices.table, choices.text)
    // "the total of unpaid invoices" is no number of them.
    // "total invoiced" is an amount, as "total paid" is.
    const isSum = of === "SUM" && ((isOf && isPlural(choices.text)) || /(?:ed|paid)$/i.test(choices.text))
    if (
      (isSum || isSumOfMoney(choices.table) || (of === "AVG" && !isPlural(choices.text))) &&
      amount !== undefined &&
      amounts.length === 1
    ) {
      const sql = `${of}(${columnSql(context.dialect, { table: choices.table, column: amount.name })})`
      return {
        label: `${label} ${amount.name}`,
        tables: [choices.table],
        of: { kind: "expression", sql, sensitive: true }
      }
    }
    return `"${label}" may be about the number of rows or about ${either(amounts.map((one) => ({ table: choices.table ?? "", column: one.name })))}`
  }
  if (choices.column !== null && choices.isDate && (of === "MIN" || of === "MAX")) {
    const sql = `${of}(${columnSql(context.dialect, choices.column)})`
    return { label, tables: [choices.column.table], of: { kind: "expression", sql, sensitive: false } }
  }
  return choices.problem ?? `"${choices.text}" is no number`
}

/** "total fines", "the highest donation": such a thing is an amount. */
export const isSumOfMoney = (table: string): boolean => sums.has(kindKey(table))

const sums = new Set(
  "fine fee payment donation expense charge refund premium deposit tip taking takings revenue income earning earnings turnover".split(
    " "
  )
)

/** "takings per shop": rows of which nobody asks how many there are, and what they add up to. */
const masses = /^(?:takings?|revenues?|incomes?|earnings?|turnovers?|proceeds|receipts)$/

export const isMass = (table: string): boolean => masses.test(nameWords(table).at(-1) ?? "")

/** What a table that is only named is counted or added up by; why not, where that is open. */
export const bareMeasure = (context: Context, name: string, text: string): Measure | string => {
  const { dialect, index } = context
  // "sales per store" may be so many, or so much.
  const isSales = kindKey(name) === "sale" && phraseKeys(text).includes("sale")
  const sales = isSales ? tableOf(index, name) : undefined
  if (sales !== undefined && (isLine(sales) || amountColumns(index, sales).length > 0)) {
    return `"${text}" may be how many there were, or how much`
  }
  if (!isMass(name)) return numberOf(context, name, text)
  const table = tableOf(index, name)
  const [amount, ...others] = table === undefined ? [] : amountColumns(index, table)
  if (amount === undefined || others.length > 0) return `nothing says what of ${name} adds up to "${text}"`
  return columnSum(dialect, { table: name, column: amount.name }, `total ${text}`)
}

/** "How many …" as a measure, or why it makes none; `words` begin its label. */
export const countOf = (context: Context, words: string, distinct: boolean, choices: Choices): Measure | string => {
  const label = `${words} ${choices.text}`
  if (choices.table !== null) {
    const kind = distinct ? kindOf(context.index, choices.table) : null
    if (kind === null) return { ...numberOf(context, choices.table, choices.text), label }
    const sql = `COUNT(DISTINCT ${columnSql(context.dialect, kind)})`
    return { label, tables: [kind.table], of: { kind: "expression", sql, sensitive: false } }
  }
  if (choices.aggregate !== null) return mappedMeasure(choices.text, choices.aggregate)
  if (choices.number !== null && !distinct) {
    const { sql, tables, column } = choices.number
    // "how many beds" are those of all, as a column says that is called so, and not "how many floors".
    const isPieces =
      column === null ||
      /quantity|qty|units|pieces|shares|volume|sold$|[a-z]_?count$/i.test(column.column) ||
      (isPlural(nameWords(column.column).at(-1) ?? "") && addsUp(column.column))
    return isPieces
      ? { label, tables, of: { kind: "expression", sql: `SUM(${sql})`, sensitive: true } }
      : `"how many ${choices.text}" may ask for a sum or for a number of rows`
  }
  if (choices.flags.length > 0 || (choices.column !== null && asks({ name: choices.column.column })))
    return `"${choices.text}" is true or false, and not counted`
  // "how many discharged patients", of a column that says when
  if (choices.isDate && /(?:ed|paid|sent|sold)$/i.test(choices.text))
    return `"${choices.text}" does not say of whom, and is when it was done`
  if (choices.column === null) return choices.problem ?? `"${choices.text}" cannot be counted`
  // "how many items", of an item_name: two may be called alike.
  if (!distinct && isLabel(context.index, choices.column) && !/name|title/i.test(choices.text)) {
    return { ...rowsOf(choices.column.table, choices.text), label }
  }
  // "how many jobs", of a job_type: what there are is not what kinds of it there are.
  const called = nameWords(choices.column.column).map(wordKey)
  const said = kindKey(choices.text)
  if (called.at(-1) !== said && called.includes(said))
    return `"${choices.text}" may be more than the ${choices.column.column} of them`
  const sql = `COUNT(DISTINCT ${columnSql(context.dialect, choices.column)})`
  return { label, tables: [choices.column.table], of: { kind: "expression", sql, sensitive: false } }
}

/** "different diagnoses": those of several patients may be called alike. */
const kindOf = (index: SchemaIndex, name: string): ColumnReference | null => {
  const table = tableOf(index, name)
  const [label, ...others] = table === undefined ? [] : labelColumns(table)
  const isOfOthers = hasKeys(index, name) && referringTo(index, name).length === 0
  return label === undefined || others.length > 0 || !isOfOthers ? null : { table: name, column: label.name }
}

/** How many there are of what is said: its rows, or what they add up to where each is a sale of several. */
export const numberOf = (context: Context, table: string, text: string): Measure => {
  const column = soldPieces(context.index, table, text)
  return column === null ? rowsOf(table, text) : columnSum(context.dialect, { table, column }, `number of ${text}`)
}

/** "tickets" of ticket_sales, each of which says how many were sold: the column that does. */
export const soldPieces = (index: SchemaIndex, name: string, text: string): string | null => {
  const table = tableOf(index, name)
  const words = nameWords(name).map(wordKey)
  const isSaid = words.at(-1) === "sale" && !phraseKeys(text).includes("sale")
  const [quantity, ...others] =
    table !== undefined && isSaid && isLine(table)
      ? table.columns.filter(
          (one) => isNumeric(one) && /^(?:quantity|qty|units|pieces)$/.test(nameWords(one.name).join())
        )
      : []
  return quantity === undefined || others.length > 0 ? null : quantity.name
}

export const rowsOf = (table: string, text: string): Measure => ({
  label: `number of ${text}`,
  tables: [table],
  of: { kind: "rows", table }
})

/** "average number of orders": of what is said elsewhere. */
export const averageRows = (table: string, text: string): Measure => ({
  label: `average number of ${text}`,
  tables: [table],
  of: { kind: "average", table, related: null, isOfAny: false }
})

export const mappedMeasure = (label: string, expression: MappedExpression): Measure => ({
  label,
  tables: tablesOf(expression.columns),
  of: {
    kind: "expression",
    sql: expression.sql,
    sensitive: !/^(?:COUNT\s*\(\s*DISTINCT\b|MIN\s*\(|MAX\s*\()[^()]*\)$/i.test(expression.sql.trim())
  }
})
