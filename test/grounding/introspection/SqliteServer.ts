/** A server whose SQL tool answers from an SQLite database, in the ways of real ones. */
import { Effect, type Schema } from "effect"
import { DatabaseSync } from "node:sqlite"
import type { FakeScript } from "../../../src/testing/index.ts"

/** Names, keys and tables of every kind that has made trouble. */
export const awkward = `
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, status VARCHAR(9));
CREATE TABLE "Order Lines" (
  line_no INTEGER, "order" TEXT, customer_id INTEGER REFERENCES Customers, total REAL AS (line_no * 2) STORED,
  "say ""hi""" TEXT, parent_no INTEGER, parent_order TEXT,
  PRIMARY KEY ("order", line_no), FOREIGN KEY (parent_order, parent_no) REFERENCES "Order Lines" ("order", line_no));
CREATE TABLE rates (currency TEXT NOT NULL, day TEXT, PRIMARY KEY (currency, day)) WITHOUT ROWID;
CREATE VIRTUAL TABLE notes USING fts5(title, body);
CREATE VIEW busy AS SELECT name, count(*) AS orders FROM customers GROUP BY name;
CREATE TABLE untyped (anything);
CREATE INDEX by_name ON customers (name);`

/** A database in memory; the scope closes it. */
export const open = (sql: string) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const database = new DatabaseSync(":memory:")
      database.exec(sql)
      return database
    }),
    (database) => Effect.sync(() => database.close())
  )

type Row = { readonly [column: string]: Schema.Json }

export const rowsOf = (database: DatabaseSync, sql: string): ReadonlyArray<Row> =>
  database
    .prepare(sql)
    .all()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, json(value)])))

const json = (value: unknown): Schema.Json =>
  typeof value === "string" || typeof value === "number" || value === null ? value : String(value)

const text = (content: string): FakeScript.FakeToolResult => ({ content: [{ type: "text", text: content }] })

/** How rows come back: whole; or cut as servers in use cut them. */
export const replies = {
  whole: (rows) => text(JSON.stringify(rows, null, 2)),
  /** dbhub's `max_rows`. */
  "rows, at most 10": (rows) =>
    text(JSON.stringify({ success: true, data: { rows: rows.slice(0, 10), count: Math.min(rows.length, 10) } })),
  /** mcp-postgres-server: whole rows within its bytes, and a word that there were more. */
  "bytes, at most 4 kB": (rows) => {
    const kept: Array<Row> = []
    for (let length = 0; kept.length < rows.length;) {
      const row = rows[kept.length] ?? {}
      length += JSON.stringify(row).length
      if (length > 4000) break
      kept.push(row)
    }
    return text(
      JSON.stringify({
        rows: kept,
        rowCount: rows.length,
        returnedRows: kept.length,
        truncated: kept.length < rows.length
      })
    )
  },
  /** A host that cuts every text. */
  "characters, at most 8,000": (rows) => text(JSON.stringify(rows).slice(0, 8000))
} satisfies { readonly [way: string]: (rows: ReadonlyArray<Row>) => FakeScript.FakeToolResult }

/** The tool `execute_query` over the database. `before` sees each statement first. */
export const tool = (
  database: DatabaseSync,
  reply: (rows: ReadonlyArray<Row>) => FakeScript.FakeToolResult = replies.whole,
  before: (sql: string) => void = () => {}
): FakeScript.FakeTool => ({
  name: "execute_query",
  inputSchema: { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] },
  reply: ({ sql }) => {
    before(String(sql))
    // The wire's other side: a statement that fails is an answer there.
    try {
      return reply(rowsOf(database, String(sql)))
    } catch (cause) {
      return { isError: true, ...text(cause instanceof Error ? cause.message : String(cause)) }
    }
  }
})

/** Tables of thirty columns: `table_000`, each of which refers to the one before. */
export const wide = (count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const columns = Array.from({ length: 29 }, (_, column) => `a_rather_long_column_name_${column} TEXT`)
    const to = index === 0 ? "" : ` REFERENCES ${tableName(index - 1)} (id)`
    return `CREATE TABLE ${tableName(index)} (id INTEGER PRIMARY KEY${to}, ${columns.join(", ")});`
  }).join("\n")

/** The same names, without anything that would tell of a table that is missing. */
export const alone = (count: number): string =>
  Array.from({ length: count }, (_, index) => `CREATE TABLE ${tableName(index)} (id INTEGER);`).join("\n")

const tableName = (index: number): string => `table_${String(index).padStart(3, "0")}`
