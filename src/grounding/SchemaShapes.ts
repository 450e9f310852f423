/** The shapes of gathered JSON that describe a database: schemas, and the users' words for SQL expressions. */
import type * as Schema from "effect/Schema"
import { isList, isObject, type JsonObject, own, textsIn } from "./JsonShape.ts"

export interface TableShape {
  readonly table: string
  readonly columns: ReadonlyArray<string>
}

export interface TermShape {
  readonly term: string
  readonly expression: string
  readonly group: string | null
}

/** The tables of `{ "tables": … }`, as a record or a list, each with columns; none if it is something else. */
export const tablesIn = (object: JsonObject): ReadonlyArray<TableShape> => {
  const tables = own(object, "tables") ?? own(object, "table_metadata")
  if (isList(tables)) {
    return tables.flatMap((table) =>
      isObject(table) ? tableShape(nameOf(table, "name", "table", "table_name"), table) : []
    )
  }
  return isObject(tables) ? Object.entries(tables).flatMap(([name, table]) => tableShape(name, table)) : []
}

/**
 * The string values of a record, as terms. Without `trusted`, only a record of strings that mostly look like SQL
 * holds terms; any other is about something else.
 */
export const termsIn = (object: JsonObject, group: string | null, trusted: boolean): ReadonlyArray<TermShape> => {
  const entries = Object.entries(object)
  const terms = entries.flatMap(([term, expression]) =>
    typeof expression === "string" && term.trim() !== "" ? [{ term, expression, group }] : []
  )
  if (trusted) return terms
  const likeSql = terms.filter(({ expression }) => sqlLike.test(expression)).length
  return terms.length === entries.length && likeSql * 2 > terms.length ? terms : []
}

/** Names that servers give to mappings. */
export const mappingName = /mapping|glossary|metric|\bterms?\b|_terms?\b/i

/** `table.column`, a function call, a placeholder. A file name (`node.js`) is like it too, hence "mostly". */
const sqlLike = /^[a-z_]\w*\.[a-z_]\w*$|\b[A-Za-z_]\w*\s*\(.*\)|\{[a-z_]+\}|\b(CASE|BETWEEN|IS NOT NULL|IS NULL)\b/

const nameOf = (object: JsonObject, ...keys: ReadonlyArray<string>): string =>
  keys.flatMap((key) => textsIn(own(object, key)))[0] ?? ""

const tableShape = (table: string, description: Schema.Json): ReadonlyArray<TableShape> => {
  if (!isObject(description) || table.trim() === "") return []
  const columns = own(description, "columns") ?? own(description, "fields")
  if (isObject(columns)) return [{ table, columns: Object.keys(columns) }]
  if (!isList(columns)) return []
  const names = columns.map((column) =>
    isObject(column) ? nameOf(column, "name", "column_name", "column") : typeof column === "string" ? column : ""
  )
  return [{ table, columns: names.filter((name) => name.trim() !== "") }]
}
