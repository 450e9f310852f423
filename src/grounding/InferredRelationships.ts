/**
 * Relationships read off names, where a schema declares none: `orders.customer_id` refers to `customers`,
 * `sbTxCustId` to `sbCustomer`, and a natural key to the table that begins with a column of the same name.
 */
import type { Column, Relationship, Table } from "./Grounding.ts"
import { isNumeric } from "./ColumnWords.ts"
import { nameWords, sharedPrefix, wordKey } from "./NameWords.ts"

/** For every column that no declared relationship starts from; two equally good targets are none. */
export const inferRelationships = (
  tables: ReadonlyArray<Table>,
  declared: ReadonlyArray<Relationship>
): ReadonlyArray<Relationship> => {
  const named = tables.map((table) => ({ table, words: nameWords(table.name) }))
  const prefix = sharedPrefix(named.map(({ words }) => words))
  const targets = named.map(({ table, words }) => ({
    table,
    words: words.slice(prefix).map(wordKey),
    key: keyColumn(table) ?? tailKey(table, tables)
  }))
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      if (declared.some(({ from }) => from.table === table.name && from.column === column.name)) return []
      const to = byTableName(table, column, targets) ?? byNaturalKey(table, column, targets)
      return to === undefined ? [] : [{ from: { table: table.name, column: column.name }, to, declared: false }]
    })
  )
}

interface Target {
  readonly table: Table
  readonly words: ReadonlyArray<string>
  readonly key: Column | undefined
}

const keyWords = new Set(["id", "key", "code", "number", "no", "fk"])

/** The words of a column without the prefix that all columns of its table share (`sbTx` in `sbTxCustId`). */
const ownWords = (table: Table, column: Column): ReadonlyArray<string> =>
  nameWords(column.name).slice(sharedPrefix(table.columns.map((one) => nameWords(one.name))))

/** The column that identifies a row: the only primary key, else `id`, else `<table>_id`. */
const keyColumn = (table: Table): Column | undefined => {
  const primary = table.columns.filter((column) => column.primaryKey)
  if (primary.length > 0) return primary.length === 1 ? primary[0] : undefined
  const own = table.columns.find((column) => ownWords(table, column).join(" ") === "id")
  const tableWords = nameWords(table.name).map(wordKey).join(" ")
  return own ?? table.columns.find((column) => nameWords(column.name).map(wordKey).join(" ") === `${tableWords} id`)
}

/** `copy_id` in front of book_copy, unless another table is called `copy`. */
const tailKey = (table: Table, tables: ReadonlyArray<Table>): Column | undefined => {
  const [first] = table.columns
  const words = nameWords(first?.name ?? "").map(wordKey)
  const called = (name: string): string => nameWords(name).map(wordKey).join(" ")
  const tail = words.slice(0, -1).join(" ")
  return words.at(-1) === "id" &&
    called(table.name).endsWith(` ${tail}`) &&
    tables.every(({ name }) => called(name) !== tail)
    ? first
    : undefined
}

const byTableName = (table: Table, column: Column, targets: ReadonlyArray<Target>): Relationship["to"] | undefined => {
  const words = ownWords(table, column).map(wordKey)
  const last = words.at(-1)
  if (words.length < 2 || last === undefined || !keyWords.has(last)) return undefined
  const named = words.slice(0, -1)
  const isOwnKey = targets.some((target) => target.table === table && target.key === column)
  const ranked = targets
    .flatMap((target) => {
      if (target.key === undefined || (target.table === table && target.key === column)) return []
      const isKey = !isOwnKey && target.key.name.toLowerCase() === column.name.toLowerCase()
      const fit = Math.max(isKey ? 900 : 0, fitness(named, target.words))
      // The route_number of a route is its own, and of no other route.
      if (target.table === table && fit === 1000) return []
      // Nor is a text the number of a key.
      if (isText(column) && isNumeric(target.key)) return []
      return fit === 0 ? [] : [{ fit, to: { table: target.table.name, column: target.key.name } }]
    })
    .toSorted((one, other) => other.fit - one.fit)
  return ranked[0] !== undefined && ranked[0].fit !== ranked[1]?.fit ? ranked[0].to : undefined
}

const isText = (column: Column): boolean => /char|text|string/i.test(column.type) && !isNumeric(column)

/**
 * Equal names best (behind them the name of the key itself), then the last words (`billing_customer`), then an abbreviation
 * (`cust`); 0 for no match.
 */
const fitness = (named: ReadonlyArray<string>, table: ReadonlyArray<string>): number => {
  if (table.length === 0) return 0
  if (named.join(" ") === table.join(" ")) return 1000
  if (named.slice(-table.length).join(" ") === table.join(" ")) return 100 + table.length
  const [word] = named
  const [target] = table
  const abbreviates =
    named.length === 1 && table.length === 1 && word !== undefined && word.length >= 3 && target?.startsWith(word)
  return abbreviates === true ? 1 : 0
}

/** `restaurant.city_name` refers to a table without a key of its own whose first column is `city_name`. */
const byNaturalKey = (table: Table, column: Column, targets: ReadonlyArray<Target>): Relationship["to"] | undefined => {
  if (nameWords(column.name).length < 2) return undefined
  const found = targets.filter((target) => {
    const [first] = target.table.columns
    const isKeyless =
      target.key === undefined && !target.table.columns.some((one) => one.name.toLowerCase().endsWith("id"))
    return target.table !== table && isKeyless && first?.name.toLowerCase() === column.name.toLowerCase()
  })
  const [only] = found
  const [first] = only?.table.columns ?? []
  return found.length === 1 && only !== undefined && first !== undefined
    ? { table: only.table.name, column: first.name }
    : undefined
}
