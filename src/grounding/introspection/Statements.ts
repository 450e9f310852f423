/**
 * The fixed statements that ask a database for its schema. Pure.
 *
 * Servers look at SQL with filters of their own, so every statement is one plain SELECT: no WITH, comment, bracket or
 * semicolon at its beginning or end, none of `?`, `$`, `:` and the backslash (some rewrite a `?` even inside of a
 * literal), and no word that also writes. All columns are text, named like nothing else, and never NULL, because some
 * replies cannot tell NULL from an empty text. The last row of every complete answer is the end mark, `9`: whoever cuts
 * a reply on the way cuts it off, and zero rows are never an answer. The order is total, so that pages do not overlap.
 */
import type { Dialect } from "../../config/OrchestratorConfig.ts"
import * as MysqlStatements from "./MysqlStatements.ts"
import * as PostgresStatements from "./PostgresStatements.ts"
import * as SqliteStatements from "./SqliteStatements.ts"

/** What a row tells: a whole table, or a column. The first is a sixth of the bytes, and needs JSON functions. */
export type Form = "table" | "column"

/** `stored` leaves SQLite's views and virtual tables without their columns: one that does not compile fails all. */
export interface Question {
  readonly form: Form
  readonly stored: boolean
}

/** The kinds of row. Digits, because letters sort differently by collation. */
export const kinds = { table: "1", column: "2", foreignKey: "3", label: "4", end: "9" } as const

/**
 * The columns that a form asks for: kind, schema, table; for `table` the constraint and JSON text; for `column` a
 * number, a column, three texts by kind, and the constraint.
 */
export const columns: { readonly [form in Form]: ReadonlyArray<string> } = {
  table: ["mo_k", "mo_s", "mo_t", "mo_g", "mo_r"],
  column: ["mo_k", "mo_s", "mo_t", "mo_n", "mo_c", "mo_a", "mo_b", "mo_d", "mo_g"]
}

/** At most `limit` rows, without the first `offset`. */
export const page = (dialect: Dialect, { form, stored }: Question, limit: number, offset: number): string => {
  const rows = one(form === "table" ? byTable(dialect, stored) : byColumn(dialect, stored))
  const [selected, order] =
    form === "table"
      ? [columns.table.join(", "), "mo_k, mo_s, mo_t, mo_g"]
      : [
          columns.column.map((name) => (name === "mo_n" ? `${asText[dialect]} AS mo_n` : name)).join(", "),
          "mo_k, mo_s, mo_t, mo.mo_n, mo_c, mo_g"
        ]
  return `SELECT ${selected} FROM (${rows}) mo ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`
}

/** The columns of {@link probe}. */
export const probeColumns = ["mo_m", "mo_c"] as const

/** Runs without an error in every dialect, and each answers it differently. */
export const probe = "SELECT 1 / 2 * 2 AS mo_m, CAST('abc' AS CHAR(2)) AS mo_c"

/** The dialect that answers the probe so; `null` is another one. */
export const spoken = (half: string, cut: string): Dialect | null => {
  const product = half.trim() === "" ? Number.NaN : Number(half)
  // Only MySQL divides integers to a fraction; SQLite does not know how long a CHAR is.
  if (product === 0) return cut === "abc" ? "sqlite" : cut === "ab" ? "postgres" : null
  return product === 1 && cut === "ab" ? "mysql" : null
}

// -----------------------------------------------------------------------------
// internals

const byTable = (dialect: Dialect, stored: boolean): string => {
  switch (dialect) {
    case "sqlite":
      return SqliteStatements.byTable(stored)
    case "postgres":
      return PostgresStatements.byTable
    case "mysql":
      return MysqlStatements.byTable
  }
}

const byColumn = (dialect: Dialect, stored: boolean): string => {
  switch (dialect) {
    case "sqlite":
      return SqliteStatements.byColumn(stored)
    case "postgres":
      return PostgresStatements.byColumn
    case "mysql":
      return MysqlStatements.byColumn
  }
}

const asText: { readonly [dialect in Dialect]: string } = {
  sqlite: "CAST(mo.mo_n AS TEXT)",
  postgres: "CAST(mo.mo_n AS text)",
  mysql: "CAST(mo.mo_n AS CHAR)"
}

/** On one line: no literal of the statements holds white space that matters. */
const one = (sql: string): string => sql.replaceAll(/\s+/g, " ").trim()
