/**
 * One shop in three dialects: its tables are in the `.sql` files beside, its rows are made here, the same for all. They
 * are the same in every run, so that a failure can be looked at again.
 */
import { readFileSync } from "node:fs"

export type Dialect = "sqlite" | "postgres" | "mysql"

/** A literal that all three dialects read alike. */
type Value = string | number | bigint | boolean | null

/** The statements that make the shop in an empty database. */
export const script = (dialect: Dialect): string =>
  [readFileSync(new URL(`./${dialect}.sql`, import.meta.url), "utf8"), ...tables.map(insert)].join("\n")

const countries = ["Austria", "Brazil", "Chile", "Denmark", "Germany"]
const statuses = ["pending", "shipped", "delivered", "cancelled"]

const suppliers = ["Alpen Import", "Northwind Traders", "O'Hara & Sons", "Ümlaut GmbH"].map((name, index) => [
  index + 1,
  name,
  cyclic(countries, index)
])

const products = (
  [
    ["Lavazza Crema", "coffee", "12.90", "2019-03-31", false],
    ["Illy Classico", "coffee", "14.50", "2020-02-29", false],
    ["Earl Grey", "tea", "7.05", "2018-12-31", false],
    ["Sencha", "tea", "9.10", null, true],
    ["Moka Pot", "equipment", "34.99", "2021-01-01", false],
    ["Gooseneck Kettle", "equipment", "129.00", "2022-10-30", false],
    ["Paper Filter", "equipment", "0.10", "2017-07-04", false],
    ["Chai 100%", "tea", "8.80", "2023-06-15", true]
  ] satisfies ReadonlyArray<ReadonlyArray<Value>>
).map((product, index) => [
  index + 1,
  ...product,
  9_007_199_254_740_993n + BigInt(index),
  index === 6 ? null : (index % suppliers.length) + 1
])

const customers = numbered(23).map((id) => [
  id,
  `Customer ${id}`,
  cyclic(countries, id * id),
  id % 3 === 0 ? null : `customer${id}@example.org`,
  instant(2022, id)
])

const orders = numbered(61).map((id) => [
  id,
  ((id * 7) % customers.length) + 1,
  day(2023 + (id % 2), id),
  cyclic(statuses, Math.floor(id * 1.7)),
  id % 4 === 0 ? null : instant(2024, id)
])

const orderItems = orders.flatMap((_, index) =>
  numbered((index % 3) + 1).map((item) => {
    const product = (index * 3 + item * 5) % products.length
    return [index + 1, product + 1, ((index + item) % 6) + 1, String(products[product]?.[3])]
  })
)

const tables: ReadonlyArray<readonly [name: string, rows: ReadonlyArray<ReadonlyArray<Value>>]> = [
  ["suppliers", suppliers],
  ["products", products],
  ["customers", customers],
  ["orders", orders],
  ["order_items", orderItems]
]

const insert = ([name, rows]: (typeof tables)[number]) =>
  `INSERT INTO ${name} VALUES\n${rows.map((row) => `  (${row.map(literal).join(", ")})`).join(",\n")};`

const literal = (value: Value) =>
  typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : value === null ? "NULL" : String(value).toUpperCase()

function numbered(count: number): ReadonlyArray<number> {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function cyclic(values: ReadonlyArray<string>, index: number): string {
  return values[index % values.length] ?? ""
}

function day(year: number, index: number): string {
  return new Date(Date.UTC(year, 0, 1 + ((index * 17) % 365))).toISOString().slice(0, 10)
}

/** Without a zone and with one second's precision, as all three read it. */
function instant(year: number, index: number): string {
  return new Date(Date.UTC(year, 0, 1, index % 24, (index * 7) % 60, index % 60) + ((index * 29) % 365) * 86_400_000)
    .toISOString()
    .slice(0, 19)
    .replace("T", " ")
}
