/**
 * Relationships that a schema resource declares: under `relationships` or `foreign_keys` of the schema or of a table,
 * or as `references` of a column.
 */
import type * as Schema from "effect/Schema"
import type { Relationship, Table } from "./Grounding.ts"
import { isRecord, type JsonRecord, ownString } from "./JsonShapes.ts"

interface Endpoint {
  readonly table: string
  readonly column: string
}

/** Those whose both ends are known columns; the end that is a primary key is `to`. */
export const declaredRelationships = (
  schema: Schema.Json,
  tables: ReadonlyArray<Table>
): ReadonlyArray<Relationship> => {
  if (!isRecord(schema)) return []
  const found: Array<Relationship> = []
  const add = (from: Endpoint | undefined, to: Endpoint | undefined): void => {
    if (from === undefined || to === undefined || (from.table === to.table && from.column === to.column)) return
    const backwards = isPrimaryKey(tables, from) && !isPrimaryKey(tables, to)
    found.push(backwards ? { from: to, to: from, declared: true } : { from, to, declared: true })
  }
  for (const item of listed(schema)) addItem(add, tables, undefined, item)
  for (const key of ["tables", "table_metadata"]) {
    const value = Object.hasOwn(schema, key) ? schema[key] : undefined
    const entries = Array.isArray(value)
      ? value.map((table) => ["", table] as const)
      : Object.entries(isRecord(value) ? value : {})
    for (const [name, table] of entries) {
      const owner = isRecord(table) ? (ownString(table, "name", "table", "table_name") ?? name) : name
      if (isRecord(table)) for (const item of listed(table)) addItem(add, tables, owner, item)
      const columns = isRecord(table) ? table["columns"] : table
      for (const [columnName, column] of Array.isArray(columns)
        ? columns.map((one) => ["", one] as const)
        : Object.entries(isRecord(columns) ? columns : {})) {
        if (!isRecord(column)) continue
        const from = endpoint(tables, owner, ownString(column, "name", "column_name", "column") ?? columnName)
        add(from, target(tables, column, "references", "foreign_key", "foreignKey"))
      }
    }
  }
  return found
}

const listed = (record: JsonRecord): ReadonlyArray<Schema.Json> =>
  ["relationships", "foreign_keys", "foreignKeys"].flatMap((key) => {
    const value = Object.hasOwn(record, key) ? record[key] : undefined
    if (Array.isArray(value)) return value
    // `{ "customer_id": "customers.id" }`
    return isRecord(value) ? Object.entries(value).map(([column, to]) => ({ column, references: to })) : []
  })

const addItem = (
  add: (from: Endpoint | undefined, to: Endpoint | undefined) => void,
  tables: ReadonlyArray<Table>,
  owner: string | undefined,
  item: Schema.Json
): void => {
  if (typeof item === "string") {
    const [left, right] = item.split(/\s*(?:<?[-=]+>?|→|references)\s*/i)
    return add(parse(tables, left, owner), parse(tables, right, undefined))
  }
  if (!isRecord(item)) return
  const fromColumn = ownString(item, "from_column", "column", "column_name") ?? first(item["constrained_columns"])
  const fromTable = ownString(item, "from_table", "table") ?? owner
  const from =
    fromColumn !== undefined && fromTable !== undefined
      ? (endpoint(tables, fromTable, fromColumn) ?? parse(tables, fromColumn, fromTable))
      : target(tables, item, "from")
  const toTable = ownString(item, "to_table", "referenced_table", "referred_table", "references_table")
  const toColumn =
    ownString(item, "to_column", "referenced_column", "references_column") ?? first(item["referred_columns"])
  add(
    from,
    toTable !== undefined && toColumn !== undefined
      ? endpoint(tables, toTable, toColumn)
      : target(tables, item, "to", "references", "foreign_key")
  )
}

/** `"customers.id"` or `{ "table", "column" }` under one of the keys. */
const target = (
  tables: ReadonlyArray<Table>,
  record: JsonRecord,
  ...keys: ReadonlyArray<string>
): Endpoint | undefined => {
  for (const key of keys) {
    const value = Object.hasOwn(record, key) ? record[key] : undefined
    if (typeof value === "string") return parse(tables, value, undefined)
    if (!isRecord(value)) continue
    const table = ownString(value, "table", "table_name")
    const column = ownString(value, "column", "column_name")
    if (table !== undefined && column !== undefined) return endpoint(tables, table, column)
  }
  return undefined
}

const first = (value: Schema.Json | undefined): string | undefined =>
  Array.isArray(value) && value.length === 1 && typeof value[0] === "string" ? value[0] : undefined

/** `table.column`, `table(column)`, or a column of the owner. */
const parse = (
  tables: ReadonlyArray<Table>,
  text: string | undefined,
  owner: string | undefined
): Endpoint | undefined => {
  const match = /^\s*(.+?)\s*[.(]\s*([^.()]+?)\s*\)?\s*$/.exec(text ?? "")
  if (match?.[1] !== undefined && match[2] !== undefined) return endpoint(tables, match[1], match[2])
  return owner === undefined || text === undefined ? undefined : endpoint(tables, owner, text.trim())
}

const endpoint = (tables: ReadonlyArray<Table>, tableName: string, columnName: string): Endpoint | undefined => {
  const table = tables.find((one) => one.name.toLowerCase() === tableName.toLowerCase())
  const column = table?.columns.find((one) => one.name.toLowerCase() === columnName.toLowerCase())
  return table === undefined || column === undefined ? undefined : { table: table.name, column: column.name }
}

const isPrimaryKey = (tables: ReadonlyArray<Table>, end: Endpoint): boolean =>
  tables.some(
    (table) => table.name === end.table && table.columns.some((one) => one.name === end.column && one.primaryKey)
  )
