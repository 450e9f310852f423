/** What a generator asks a schema: which column names a row, which one is a date, how tables hang together. */
import type { Column, Grounding, Relationship, Table } from "../../grounding/Grounding.ts"
import { describedCodes } from "../../grounding/DescribedCodes.ts"
import { columnWords, isNumeric } from "../../grounding/ColumnWords.ts"
import { kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import { forksOf, type IsForked } from "./Forks.ts"
import { fold } from "../../text/Tokens.ts"

export interface ColumnReference {
  readonly table: string
  readonly column: string
}

export interface SchemaIndex {
  readonly tables: ReadonlyArray<Table>
  /** By the name in small letters. */
  readonly byName: ReadonlyMap<string, Table>
  readonly relationships: ReadonlyArray<Relationship>
  /** Those to and from a table, but for `roles` and those to itself. */
  readonly links: ReadonlyMap<string, ReadonlyArray<Relationship>>
  /** Those beside a relationship of the same tables that is called after one of them (`approved_by` beside `employee_id`), and ends. */
  readonly roles: ReadonlySet<Relationship>
  readonly isForked: IsForked
}

export const makeIndex = ({ relationships, tables }: Grounding): SchemaIndex => {
  const plain = new Set(relationships.filter(isPlain))
  const pairs = Map.groupBy(relationships, pairOf)
  const roles = new Set(
    relationships.filter((one) => {
      const beside = pairs.get(pairOf(one))?.filter((other) => plain.has(other)) ?? []
      return !plain.has(one) && (beside.length === 1 || isOfEnd(one))
    })
  )
  const byName = new Map(tables.toReversed().map((table) => [table.name.toLowerCase(), table]))
  const named = relationships.filter((one) => !roles.has(one))
  const links = new Map<string, Array<Relationship>>()
  for (const link of named.filter((one) => !isSelf(one))) {
    for (const { table } of [link.from, link.to]) links.set(table, [...(links.get(table) ?? []), link])
  }
  const isJoining = (name: string) => {
    const table = byName.get(name.toLowerCase())
    return table !== undefined && isJunction(table)
  }
  return { tables, byName, relationships, links, roles, isForked: forksOf(named, (one) => plain.has(one), isJoining) }
}

/** The branch that something was brought back to is not that of the loan, whatever other branch it has. */
export const isOfEnd = ({ from }: Pick<Relationship, "from">): boolean =>
  /^(?:return|returned|dropoff|handback)$/.test(roleWords(from)[0] ?? "")

/** Whether its rows do nothing but join two others. */
const isJunction = (table: Table): boolean =>
  labelColumns(table).length === 0 &&
  (table.columns.filter(({ primaryKey }) => primaryKey).length > 1 || table.columns.length < 4)

/** Whether rows of a table join two others, and are called by them: `book_authors`, and not `favourites`. */
export const joined = (index: SchemaIndex, one: string, other: string): boolean => {
  const words = new Set([one, other].flatMap((name) => nameWords(name).map(wordKey)))
  return index.tables.some(
    (table) =>
      isJunction(table) &&
      nameWords(table.name).every((word) => words.has(wordKey(word))) &&
      [one, other].every((name) => refers(index, table.name, name))
  )
}

/** Two tables, whichever of them refers to the other. */
const pairOf = ({ from, to }: Relationship): string => [from.table, to.table].toSorted().join("\0")

export const isOfSameTables = (one: Relationship, other: Relationship): boolean => pairOf(one) === pairOf(other)

/** `department_id` of departments, where `manager_id` of employees says which of them. */
export const isPlain = ({ from, to }: Pick<Relationship, "from" | "to">): boolean => {
  const words = roleWords(from).map(wordKey)
  const table = nameWords(to.table).map(wordKey)
  return from.table !== to.table && words.length > 0 && table.slice(-words.length).join(" ") === words.join(" ")
}

/** Of a table to itself: who is above whom. */
export const isSelf = ({ from, to }: Relationship): boolean => from.table === to.table

/** What a foreign key is called, without the word for a key. */
export const roleWords = ({ column }: ColumnReference): ReadonlyArray<string> => {
  const words = nameWords(column)
  return keyEndings.has(words.at(-1) ?? "") ? words.slice(0, -1) : words
}

/** Whether rows of one table have a key of another. */
export const refers = ({ relationships }: SchemaIndex, one: string, other: string): boolean =>
  relationships.some(({ from, to }) => from.table === one && to.table === other)

/** Whether rows of a table have a key of any other. */
export const hasKeys = ({ relationships }: SchemaIndex, table: string): boolean =>
  relationships.some(({ from }) => from.table === table)

export const isSameColumn = (one: ColumnReference, other: ColumnReference): boolean =>
  one.table === other.table && one.column === other.column

export const tableOf = (index: SchemaIndex, name: string): Table | undefined => index.byName.get(name.toLowerCase())

export const columnOf = (index: SchemaIndex, reference: ColumnReference): Column | undefined =>
  tableOf(index, reference.table)?.columns.find((one) => one.name.toLowerCase() === reference.column.toLowerCase())

/** As the schema spells it, from `table.column` in any case. */
export const parseReference = (index: SchemaIndex, text: string): ColumnReference | undefined => {
  const dot = text.lastIndexOf(".")
  const table = tableOf(index, text.slice(0, dot))
  const column = table?.columns.find((one) => one.name.toLowerCase() === text.slice(dot + 1).toLowerCase())
  return table === undefined || column === undefined ? undefined : { table: table.name, column: column.name }
}

/** Values listed by a column that a text equals, whatever the case. */
export const listedAs = (
  index: SchemaIndex,
  written: string
): ReadonlyArray<{ readonly column: ColumnReference; readonly value: string }> =>
  index.tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      column.values
        .filter((value) => fold(value) === fold(written))
        .map((value) => ({ column: { table: table.name, column: column.name }, value }))
    )
  )

// -----------------------------------------------------------------------------
// kinds of columns

const truths = [
  ["y", "n"],
  ["yes", "no"],
  ["true", "false"],
  ["t", "f"]
]

/** The texts for true and false of a column that lists such, as it writes them. */
export const truthTexts = (column: Column): readonly [yes: string, no: string] | null => {
  const [yes, no] = column.values.length === 2 ? column.values.toSorted((one, other) => (one < other ? 1 : -1)) : []
  const isPair = truths.some(([is, not]) => yes?.toLowerCase() === is && no?.toLowerCase() === not)
  return yes !== undefined && no !== undefined && !isNumeric(column) && isPair ? [yes, no] : null
}

/** A description of numbers that are yes and no: "1 if known to be genuine", "0 or 1". */
const says01 = /^\W*1 (?:=|if|when|for|means)|\b[01] ?(?:\/|or|and|,) ?[01]\b/i

/** True or false: by its type, by the texts it lists, or a number whose name asks (`is_paid`). */
export const isBoolean = (column: Column): boolean =>
  /bool|^tinyint\(1\)/i.test(column.type) ||
  (asks(column) && (isNumeric(column) || column.type === "")) ||
  (isNumeric(column) &&
    ((says01.test(column.description ?? "") && !/\b[2-9]\b/.test(column.description ?? "")) ||
      column.values.toSorted().join() === "0,1")) ||
  truthTexts(column) !== null

/** Whether the name asks for yes or no: `is_paid`, `lives_on_campus`. */
export const asks = ({ name }: Pick<Column, "name">): boolean =>
  /^(?:is|has|was|can|lives|accepts|allows|offers|needs|requires|wants|speaks|owns|smokes|drives) ./.test(
    nameWords(name).join(" ")
  )

/** Rows that say how many there are of something somewhere: what is asked for by their name is the sum of it. */
export const isQuantity = (table: Table | undefined): boolean =>
  table !== undefined &&
  labelColumns(table).length === 0 &&
  /^(?:stock|inventory|usage|consumption|balance)$/.test(nameWords(table.name).at(-1) ?? "")

/** How many there are left. */
export const isStock = (table: Table, column: Column): boolean =>
  isNumeric(column) && /\b(?:stock|inventory|on hand)\b/.test(columnWords(table, column).join(" "))

const keyEndings = new Set(["id", "key", "uuid", "guid", "no"])

const isKey = (index: SchemaIndex, table: Table, column: Column): boolean =>
  column.primaryKey ||
  keyEndings.has(nameWords(column.name).at(-1) ?? "") ||
  index.relationships.some(
    ({ from, to }) =>
      (from.table === table.name && from.column === column.name) ||
      (to.table === table.name && to.column === column.name)
  )

/** A number that may be added up or averaged, and no code for something. */
export const isMeasure = (index: SchemaIndex, table: Table, column: Column): boolean =>
  isNumeric(column) &&
  !isBoolean(column) &&
  describedCodes(column.description).length === 0 &&
  !isKey(index, table, column) &&
  !["year", "month", "day"].includes(columnWords(table, column).at(-1) ?? "")

/** The column that identifies a row, if one does. */
export const keyColumn = (index: SchemaIndex, table: Table): Column | undefined => {
  const primary = table.columns.filter((column) => column.primaryKey)
  if (primary.length > 0) return primary.length === 1 ? primary[0] : undefined
  return (
    table.columns.find((column) => columnWords(table, column).join(" ") === "id") ??
    table.columns.find((column) =>
      index.relationships.some(({ to }) => to.table === table.name && to.column === column.name)
    )
  )
}

/** The columns that name a row for a person; empty when none does. */
export const labelColumns = (table: Table): ReadonlyArray<Column> => {
  const tableWords = new Set(nameWords(table.name).map(wordKey))
  const called = (...names: ReadonlyArray<string>) =>
    table.columns.find((column) => {
      const words = columnWords(table, column).map(wordKey)
      const own = words.slice(0, -1).every((word) => tableWords.has(word)) ? words.slice(-1) : words
      return !isNumeric(column) && names.includes(own.join(" "))
    })
  const first = called("first name", "given name", "forename", "fname", "f name")
  const last = called("last name", "family name", "surname", "lname", "l name")
  // A person's title is "Dr", and names nobody.
  const one =
    called("full name", "display name") ?? called("name", ...(last === undefined ? ["title", "label", "symbol"] : []))
  if (one !== undefined) return [one]
  if (first !== undefined && last !== undefined) return [first, last]
  // dept_name of a department
  const kind = nameWords(table.name).at(-1) ?? ""
  const [short, ...more] = table.columns.filter((column) => {
    const [abbreviation = "", name, ...rest] = nameWords(column.name)
    return name === "name" && rest.length === 0 && !isNumeric(column) && isShortFor(abbreviation, kind)
  })
  if (short !== undefined && more.length === 0) return [short]
  // A house is known by where it stands.
  const place = building.test(kind) ? called("address", "street address", "address line 1", "addr") : undefined
  return place === undefined ? [] : [place]
}

/** The columns of a first and a last name, where these two are what rows are called by. */
export const fullName = (table: Table | undefined): { readonly first: Column; readonly last: Column } | null => {
  const [first, last, ...others] = table === undefined ? [] : labelColumns(table)
  return first === undefined || last === undefined || others.length > 0 ? null : { first, last }
}

const building =
  /^(?:propert(?:y|ies)|premises?|houses?|homes?|apartments?|flats?|buildings?|dwellings?|residences?|sites?)$/

/** What the row is called that a key refers to. */
export const namesBehind = (
  index: SchemaIndex,
  via: Relationship
): ReadonlyArray<ColumnReference & { readonly via: Relationship }> => {
  const table = tableOf(index, via.to.table)
  return table === undefined ? [] : labelColumns(table).map(({ name }) => ({ table: table.name, column: name, via }))
}

/** A status of which nobody says what it can be: it may be that something was cancelled. */
export const isUnlistedStatus = ({ name, values }: Column): boolean =>
  values.length === 0 && nameWords(name).at(-1) === "status"

/** The first column of which some value reads so, such as a state that is called cancelled. */
export const columnSaying = (table: Table | undefined, value: RegExp): Column | undefined =>
  table?.columns.find(({ values }) => values.some((one) => value.test(one)))

/** What a row without a name is known by, its key and the texts that tell it: a plate, a number, whom to ask for. */
export const tellingColumns = (index: SchemaIndex, table: Table): ReadonlyArray<Column> => {
  const key = keyColumn(index, table)
  const told = table.columns.filter(
    (column) =>
      column !== key &&
      !isNumeric(column) &&
      /^(?:name|title|number|no|plate|registration|reg|tail|callsign|code|reference|ref|serial|sku|tag|model|barcode|isbn|vin|pnr|iata|icao)$/.test(
        nameWords(column.name).at(-1) ?? ""
      )
  )
  return key === undefined ? told : [key, ...told]
}

/** `dept` for department: at least three of its letters, in their order, from the first one on. */
const isShortFor = (short: string, word: string): boolean => {
  let at = 0
  for (const letter of short) {
    at = word.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return short.length > 2 && short[0] === word[0]
}

/** Whether a column names the rows of its table. */
export const isLabel = (index: SchemaIndex, { column, table: name }: ColumnReference): boolean => {
  const table = tableOf(index, name)
  return table !== undefined && labelColumns(table).some((label) => label.name === column)
}

const amountWords = new Set(["amount", "total", "price", "value", "cost", "revenue", "sum", "fee", "balance", "salary"])

/** What is added to an amount or taken off it says nothing of how large it is. */
const sideWords = new Set(
  "shipping delivery freight postage handling tax vat tip discount deposit late cancellation booking commission min max minimum maximum limit refund".split(
    " "
  )
)

/** The columns that "over 1000" or "largest" may mean for rows of the table: one is an answer, several are a question. */
export const amountColumns = (index: SchemaIndex, table: Table): ReadonlyArray<Column> => {
  const measures = table.columns.filter(
    (column) =>
      isMeasure(index, table, column) &&
      columnWords(table, column).some((word) => amountWords.has(wordKey(word))) &&
      !columnWords(table, column).some((word) => sideWords.has(word))
  )
  const amounts = measures.filter((column) => columnWords(table, column).includes("amount"))
  if (amounts.length === 1) return amounts
  // Of labour_amount, parts_amount and total_amount the last is all of it.
  const totals = measures.filter((column) =>
    /^total(?: (?:amount|price|cost|value))?$/.test(columnWords(table, column).join(" "))
  )
  if (totals.length === 1) return totals
  // What a line costs is its price so many times, and that is no column.
  return isLine(table) ? measures.filter((column) => !isPrice(table, column)) : measures
}

const isPrice = (table: Table, column: Column): boolean =>
  columnWords(table, column).some((word) => wordKey(word) === "price")

const pieces = new Set(["quantity", "qty", "unit", "piece", "pcs"])

/** What one piece costs in a row that says how many there are. */
export const isUnitPrice = (index: SchemaIndex, reference: ColumnReference): boolean => {
  const table = tableOf(index, reference.table)
  const column = columnOf(index, reference)
  const isCounted = table?.columns.some(({ name }) => pieces.has(kindKey(name))) === true
  return table !== undefined && column !== undefined && isCounted && isLine(table) && isPrice(table, column)
}

/** Rows without a name of their own that say of how much they are. */
export const isLine = (table: Table): boolean =>
  labelColumns(table).length === 0 &&
  table.columns.some(
    (column) =>
      isNumeric(column) && !isPrice(table, column) && quantities.has(wordKey(columnWords(table, column).at(-1) ?? ""))
  )

const quantities = new Set([
  "quantity",
  "qty",
  "unit",
  "piece",
  "pcs",
  "kg",
  "litre",
  "liter",
  "hour",
  "volume",
  "share"
])
