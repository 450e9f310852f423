/** Questions to the shop, each with the statement that answers it, which is run in the database past every MCP server. */
import { assert } from "@effect/vitest"
import type { QueryResult, SqlValue } from "../../../src/index.ts"
import type { Answer } from "./Databases.ts"

/** How a value is compared: counts and dates as they are, money to the cent, booleans in any of their forms. */
type Kind = "integer" | "money" | "date" | "boolean" | "text"

export interface Question {
  readonly question: string
  /** In words that all three dialects share; its columns are named in `columns`. */
  readonly sql: string
  readonly columns: ReadonlyArray<readonly [name: string | null, kind: Kind]>
}

/** The alias is known to the metadata server alone, the rest to the database. */
export const questions: ReadonlyArray<Question> = [
  {
    question: "How many customers are there?",
    sql: "SELECT COUNT(*) FROM customers",
    columns: [[null, "integer"]]
  },
  {
    question: "How many orders per status?",
    sql: "SELECT status, COUNT(*) FROM orders GROUP BY status",
    columns: [
      ["status", "text"],
      [null, "integer"]
    ]
  },
  {
    question: "What is the total revenue of macchinetta?",
    sql: `SELECT SUM(order_items.quantity * order_items.unit_price) FROM order_items
      JOIN products ON products.product_id = order_items.product_id WHERE products.name = 'Moka Pot'`,
    columns: [[null, "money"]]
  },
  {
    question: "How many orders were placed in 2024?",
    sql: "SELECT COUNT(*) FROM orders WHERE order_date >= '2024-01-01' AND order_date < '2025-01-01'",
    columns: [[null, "integer"]]
  },
  {
    question: "List the name, unit price, launched, discontinued, serial number and supplier id of all products",
    sql: "SELECT name, unit_price, launched, discontinued, serial_number, supplier_id FROM products",
    columns: [
      ["name", "text"],
      ["unit_price", "money"],
      ["launched", "date"],
      ["discontinued", "boolean"],
      ["serial_number", "integer"],
      ["supplier_id", "integer"]
    ]
  }
]

/**
 * Asserts that the rows are those of the database, in any order; the column without a name is the one that is left.
 * Values of columns in `spoilt` need not be right: the server itself is known to send wrong ones.
 */
export const assertAnswer = (
  { columns }: Question,
  actual: QueryResult["result"],
  expected: Answer,
  spoilt: ReadonlyArray<string> = []
): void => {
  assert(actual !== null)
  const named = new Set(columns.map(([name]) => name))
  const places = columns.map(([name]) =>
    actual.columns.findIndex((column) => (name === null ? !named.has(column) : column === name))
  )
  assert.notInclude(places, -1, `the answer has the columns ${actual.columns.join(", ")}`)
  const kinds = columns.map(([name, kind]) => (name !== null && spoilt.includes(name) ? "spoilt" : kind))
  assert.deepStrictEqual(
    ordered(actual.rows.map((row) => kinds.map((kind, index) => comparable(kind, row[places[index] ?? 0] ?? null)))),
    ordered(expected.map((row) => kinds.map((kind, index) => fromDatabase(kind, row[index] ?? null))))
  )
  assert.strictEqual(actual.truncated, false)
}

// -----------------------------------------------------------------------------
// internals

type Compared = Kind | "spoilt"

type Comparable = string | number | bigint | boolean | null

/** Only what may differ between dialects is made the same; anything unexpected is left, and differs. */
const comparable = (kind: Compared, value: SqlValue): Comparable => {
  if (kind === "spoilt") return kind
  if (kind === "money" && value !== null) return Number(value).toFixed(2)
  if (kind === "boolean" && typeof value === "number") return value === 1
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value
}

const fromDatabase = (kind: Compared, text: string | null): Comparable => {
  if (kind === "spoilt") return kind
  if (text === null) return null
  if (kind === "money") return Number(text).toFixed(2)
  if (kind === "boolean") return text === "t" || text === "true" || text === "1"
  if (kind === "integer") return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)
  return text
}

const ordered = (rows: ReadonlyArray<ReadonlyArray<Comparable>>) =>
  rows.toSorted((a, b) => (a.map(String).join("\t") < b.map(String).join("\t") ? -1 : 1))
