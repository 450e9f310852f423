/** Rows that describe columns: what `information_schema.columns`, `PRAGMA table_info` and `DESCRIBE` answer. */
import type * as Schema from "effect/Schema"
import { columnNameKeys, columnTypeKeys, describedColumn, type DescribedColumn } from "./ColumnShapes.ts"
import { fieldOf, fieldsOf, type JsonFields, textField } from "./JsonFields.ts"
import { isList, isObject, type JsonObject } from "./JsonShape.ts"
import { isSqlType, type TypeEvidence, typeEvidence } from "./SqlType.ts"
import { wordList } from "./WordList.ts"

/** Rows of one table among those of many. */
export interface DescribedTable {
  readonly table: string
  readonly schema: string | null
  readonly description: string | null
  readonly columns: ReadonlyArray<DescribedColumn>
}

/** The rows of `{ columns: […], rows: [[…], …] }`, or of rows that are objects; `undefined` for anything else. */
export const resultRows = (fields: JsonFields): ReadonlyArray<JsonObject> | undefined => {
  const columns = fields.get("columns") ?? fields.get("fields")
  const rows = fields.get("rows")
  if (!isList(columns) || !isList(rows)) return undefined
  const names = columns.map((one) => (isObject(one) ? textField(fieldsOf(one), columnNameKeys) : one))
  return rows.flatMap((row) => {
    if (isObject(row)) return [row]
    if (!isList(row)) return []
    return [Object.fromEntries(names.map((name, at) => [String(name), row[at] ?? null] as const))]
  })
}

/**
 * The tables of flat rows, each with `table_name` and `column_name`, in the order of `ordinal_position`; `undefined`
 * if the list holds anything else. Glossaries and constraints name tables and columns too: types tell these apart.
 */
export const describedTables = (list: ReadonlyArray<Schema.Json>): ReadonlyArray<DescribedTable> | undefined => {
  const rows: Array<JsonFields> = []
  for (const item of list) {
    const row = isObject(item) ? fieldsOf(item) : undefined
    if (row === undefined || tableOf(row) === undefined || nameOf(row) === undefined) return undefined
    rows.push(row)
  }
  if (rows.length === 0) return undefined
  if (!rows.some((row) => isSqlType(textField(row, columnTypeKeys) ?? "") || catalogKeys.some((key) => row.has(key))))
    return undefined
  const tables = Map.groupBy(rows, (row) => JSON.stringify([textField(row, schemaKeys), tableOf(row)]))
  return [...tables.values()].map((those) => {
    const [first = new Map()] = those
    const schema = textField(first, schemaKeys) ?? null
    const columns = inOrder(those).flatMap((row) => describedColumn(row, schema) ?? [])
    return {
      table: tableOf(first) ?? "",
      schema,
      description: textField(first, ["tablecomment", "tabledescription"]) ?? null,
      columns
    }
  })
}

/** True for rows of `information_schema.key_column_usage` and its like, joined with what they refer to. */
export const areKeyUsage = ([first]: ReadonlyArray<Schema.Json>): boolean => {
  const fields = isObject(first) ? fieldsOf(first) : new Map()
  return fields.has("columnname") && (fields.has("referencedtablename") || fields.has("foreigntablename"))
}

/** True if all items of a list describe columns, and of one table. */
export const areColumns = (list: ReadonlyArray<Schema.Json>): boolean => {
  let best: TypeEvidence = "none"
  for (const item of list) {
    if (!isObject(item)) return false
    const fields = fieldsOf(item)
    const type = textField(fields, columnTypeKeys)
    const named = textField(fields, ["columnname"]) !== undefined
    if (tableOf(fields) !== undefined && !named) return false
    if (type === undefined || textField(fields, columnNameKeys) === undefined) return false
    const evidence = typeEvidence(type)
    // Only a database speaks of `column_name` or says what may be null; a type of its users is then no surprise.
    const told = named || catalogKeys.some((key) => fields.has(key))
    if (!told && evidence === "none") return false
    if (told && evidence === "common") best = "database"
    if (evidence === "database") best = "database"
  }
  return best === "database"
}

/** The best evidence that the columns of a value are a table's; "none" if they have no SQL types. */
export const columnsEvidence = (value: Schema.Json | undefined): TypeEvidence => {
  const types = isList(value) ? value.map(listedType) : isObject(value) ? Object.values(value).map(typeOf) : []
  const evidence = new Set(types.map(typeEvidence))
  return evidence.has("database") ? "database" : evidence.has("common") ? "common" : "none"
}

// -----------------------------------------------------------------------------
// internals

const schemaKeys = ["tableschema", "schemaname", "schema", "owner"]

const tableOf = (fields: JsonFields): string | undefined => textField(fields, ["tablename", "table"])

const nameOf = (fields: JsonFields): string | undefined => textField(fields, ["columnname", "column"])

/** What only a catalog says of a column. */
const catalogKeys = wordList("notnull pk dfltvalue primarykey isprimarykey nullable isnullable null columnkey udtname")

const typeOf = (item: Schema.Json): string =>
  typeof item === "string" ? item : isObject(item) ? (textField(fieldsOf(item), columnTypeKeys) ?? "") : ""

/** In a list a text is a name, unless a type that only databases have follows it: `id INTEGER`. */
const listedType = (item: Schema.Json): string => {
  if (typeof item !== "string") return typeOf(item)
  const type = item.slice(item.search(/[\s:]/) + 1)
  return type.length < item.length && typeEvidence(type) === "database" ? type : ""
}

const inOrder = (rows: ReadonlyArray<JsonFields>): ReadonlyArray<JsonFields> => {
  const position = (row: JsonFields): number =>
    Number(fieldOf(row, ["ordinalposition", "columnid", "cid"]) ?? Number.NaN)
  return rows.some((row) => Number.isNaN(position(row)))
    ? rows
    : rows.toSorted((left, right) => position(left) - position(right))
}
