/**
 * The demo shop's database: SQLite in memory, filled once, then closed to writing.
 * A value of this type owns its database; `close` frees it.
 */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import { DatabaseSync, type SQLOutputValue, type StatementSync } from "node:sqlite"
import { customers, products } from "./DemoData.ts"
import { ordersUntil } from "./DemoOrders.ts"

/** Rows as arrays in the order of `columns`, so that two columns of one name survive. */
export interface DemoRows {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ReadonlyArray<Schema.Json>>
}

export interface DemoDatabase {
  /** Runs one SELECT, WITH or VALUES statement; fails with what SQLite says, in one line. */
  query(sql: string): Result.Result<DemoRows, string>
  close(): void
}

/** Rows that one query may return; a query over it is an error, never cut. */
export const maxRows = 50_000

/** Creates and fills the database with everything up to `today` (ISO 8601 date). */
export const open = (today: string): DemoDatabase => {
  const database = new DatabaseSync(":memory:", { readBigInts: true, returnArrays: true })
  database.exec(tables)
  fill(database, today)
  // The first wall is the statement's kind, below: it keeps anyone from switching this off again.
  database.exec("PRAGMA query_only = ON")
  return { query: (sql) => query(database, sql), close: () => database.close() }
}

const tables = `
CREATE TABLE customers (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, country TEXT NOT NULL, segment TEXT NOT NULL);
CREATE TABLE products (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, category TEXT NOT NULL, unit_price REAL NOT NULL);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), order_date TEXT NOT NULL,
  status TEXT NOT NULL, channel TEXT NOT NULL, total_amount REAL NOT NULL);
CREATE TABLE order_items (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL REFERENCES products (id), quantity INTEGER NOT NULL, unit_price REAL NOT NULL);
CREATE INDEX orders_by_date ON orders (order_date);
CREATE INDEX order_items_by_order ON order_items (order_id);
CREATE INDEX order_items_by_product ON order_items (product_id);`

const fill = (database: DatabaseSync, today: string): void => {
  const addCustomer = database.prepare("INSERT INTO customers VALUES (?, ?, ?, ?, ?)")
  const addProduct = database.prepare("INSERT INTO products VALUES (?, ?, ?, ?)")
  const addOrder = database.prepare("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)")
  const addItem = database.prepare("INSERT INTO order_items VALUES (NULL, ?, ?, ?, ?)")
  database.exec("BEGIN")
  for (const customer of customers) {
    addCustomer.run(customer.id, customer.name, customer.city, customer.country, customer.segment)
  }
  for (const product of products) addProduct.run(product.id, product.name, product.category, product.price)
  for (const order of ordersUntil(today)) {
    const total = order.items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0)
    addOrder.run(order.id, order.customerId, order.date, order.status, order.channel, total)
    for (const item of order.items) addItem.run(order.id, item.productId, item.quantity, item.unitPrice)
  }
  database.exec("COMMIT")
}

/** White space and comments before a statement, then its first word. */
const reads = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:SELECT|WITH|VALUES)\b/i

const query = (database: DatabaseSync, sql: string): Result.Result<DemoRows, string> => {
  // Before `prepare`: SQLite carries out `PRAGMA query_only = OFF` while preparing it.
  if (!reads.test(sql)) return Result.fail("only SELECT, WITH and VALUES statements may be run")
  return Result.flatMap(
    attempt(() => database.prepare(sql)),
    (statement) =>
      // `prepare` silently ignores what follows the first statement.
      /[^\s;]/.test(sql.slice(statement.sourceSQL.length))
        ? Result.fail("only one statement may be run")
        : Result.flatMap(
            attempt(() => fetchRows(statement)),
            (result) =>
              result.rows.length > maxRows ? Result.fail(`more than ${maxRows} rows`) : Result.succeed(result)
          )
  )
}

/** Stops one row past the cap, so that a result without end is not read to its end. */
const fetchRows = (statement: StatementSync): DemoRows => {
  const rows: Array<ReadonlyArray<Schema.Json>> = []
  for (const row of statement.iterate()) {
    if (rows.push(Object.values(row).map(toJson)) > maxRows) break
  }
  return { columns: statement.columns().map((column) => column.name), rows }
}

const attempt = <A>(run: () => A): Result.Result<A, string> =>
  Result.try({
    try: run,
    catch: (cause) => (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, " ")
  })

/** JSON has no exact integers beyond 2^53: those travel as their digits in a string. Blobs travel as hex. */
const toJson = (value: SQLOutputValue): Schema.Json => {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value
}
