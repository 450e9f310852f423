/**
 * Relationships that a schema resource declares: under `relationships` or `foreign_keys` of the schema or of a table,
 * or as `references` of a column.
 */
import type * as Schema from "effect/Schema"
import type { ForeignKeyShape } from "./TableShape.ts"
import { isRecord, type JsonRecord, ownString } from "./JsonShapes.ts"

interface Endpoint {
  readonly table: string
  readonly column: string
}

export const declaredForeignKeys = (schema: Schema.Json): ReadonlyArray<ForeignKeyShape> => {
  if (!isRecord(schema)) return []
  const found: Array<ForeignKeyShape> = []
  const add = (from: Endpoint | undefined, to: Endpoint | undefined): void => {
    if (from === undefined || to === undefined) return
    found.push({ from: { table: from.table, columns: [from.column] }, to: { table: to.table, columns: [to.column] } })
  }
  for (const item of listed(schema)) addItem(add, undefined, item)
  for (const key of ["tables", "table_metadata"]) {
    const value = Object.hasOwn(schema, key) ? schema[key] : undefined
    const entries = Array.isArray(value)
      ? value.map((table) => ["", table] as const)
      : Object.entries(isRecord(value) ? value : {})
    for (const [name, table] of entries) {
      const owner = isRecord(table) ? (ownString(table, "name", "table", "table_name") ?? name) : name
      if (isRecord(table)) for (const item of listed(table)) addItem(add, owner, item)
      const columns = isRecord(table) ? table["columns"] : table
      for (const [columnName, column] of Array.isArray(columns)
        ? columns.map((one) => ["", one] as const)
        : Object.entries(isRecord(columns) ? columns : {})) {
        if (!isRecord(column)) continue
        const from = endpoint(owner, ownString(column, "name", "column_name", "column") ?? columnName)
        add(from, target(column, "references", "foreign_key", "foreignKey"))
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
  owner: string | undefined,
  item: Schema.Json
): void => {
  if (typeof item === "string") {
    const [left, right] = item.split(/\s*(?:<?[-=]+>?|→|references)\s*/i)
    return add(parse(left, owner), parse(right, undefined))
  }
  if (!isRecord(item)) return
  const fromColumn = ownString(item, "from_column", "column", "column_name") ?? first(item["constrained_columns"])
  const fromTable = ownString(item, "from_table", "table") ?? owner
  const from =
    fromColumn !== undefined && fromTable !== undefined
      ? (endpoint(fromTable, fromColumn) ?? parse(fromColumn, fromTable))
      : target(item, "from")
  const toTable = ownString(item, "to_table", "referenced_table", "referred_table", "references_table")
  const toColumn =
    ownString(item, "to_column", "referenced_column", "references_column") ?? first(item["referred_columns"])
  add(
    from,
    toTable !== undefined && toColumn !== undefined
      ? endpoint(toTable, toColumn)
      : target(item, "to", "references", "foreign_key")
  )
}

/** `"customers.id"` or `{ "table", "column" }` under one of the keys. */
const target = (record: JsonRecord, ...keys: ReadonlyArray<string>): Endpoint | undefined => {
  for (const key of keys) {
    const value = Object.hasOwn(record, key) ? record[key] : undefined
    if (typeof value === "string") return parse(value, undefined)
    if (!isRecord(value)) continue
    const table = ownString(value, "table", "table_name")
    const column = ownString(value, "column", "column_name")
    if (table !== undefined && column !== undefined) return endpoint(table, column)
  }
  return undefined
}

const first = (value: Schema.Json | undefined): string | undefined =>
  Array.isArray(value) && value.length === 1 && typeof value[0] === "string" ? value[0] : undefined

/** `table.column`, `table(column)`, or a column of the owner. */
const parse = (text: string | undefined, owner: string | undefined): Endpoint | undefined => {
  const match = /^\s*(.+?)\s*[.(]\s*([^.()]+?)\s*\)?\s*$/.exec(text ?? "")
  if (match?.[1] !== undefined && match[2] !== undefined) return endpoint(match[1], match[2])
  return owner === undefined || text === undefined ? undefined : endpoint(owner, text.trim())
}

const endpoint = (table: string, column: string): Endpoint | undefined => ({ table, column })

export const parseRelationship = (text: string): ReadonlyArray<ForeignKeyShape> => {
  const found: Array<ForeignKeyShape> = []
  addItem(
    (from, to) => {
      if (from && to)
        found.push({
          from: { table: from.table, columns: [from.column] },
          to: { table: to.table, columns: [to.column] }
        })
    },
    undefined,
    text
  )
  return found
}
