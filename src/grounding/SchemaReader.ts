import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import { declaredForeignKeys } from "./DeclaredRelationships.ts"
import { isRecord, type JsonRecord, ownString } from "./JsonShapes.ts"
import { listedValues } from "./ListedValues.ts"
import type { ColumnShape, SchemaShapes, TableShape } from "./TableShape.ts"

export const readSchema = (data: Schema.Json, _about: unknown): SchemaShapes => {
  const schemas = schemasIn(data)
  return { tables: schemas.flatMap((schema) => tablesOf(schema)), foreignKeys: schemas.flatMap(declaredForeignKeys) }
}

const tableKeys = ["tables", "table_metadata"]
const columnKeys = ["columns", "fields"]

/** The values that hold tables: the content itself, or one level below (`{ "schema": { "tables": … } }`). */
const schemasIn = (data: Schema.Json): ReadonlyArray<Schema.Json> => {
  if (!isRecord(data)) return []
  if (holdsTables(data)) return [data]
  return Object.values(data).filter((value) => isRecord(value) && holdsTables(value))
}

const holdsTables = (data: JsonRecord): boolean => tableKeys.some((key) => tablesValue(data, key) !== undefined)

const tablesValue = (data: JsonRecord, key: string): Schema.Json | undefined => {
  const value = Object.hasOwn(data, key) ? data[key] : undefined
  return Array.isArray(value) || isRecord(value) ? value : undefined
}

/** Tables keyed by name, or a list of objects that name themselves. */
const tablesOf = (schema: Schema.Json): ReadonlyArray<TableShape> => {
  if (!isRecord(schema)) return []
  return tableKeys.flatMap((key) => {
    const value = tablesValue(schema, key)
    const entries: ReadonlyArray<readonly [string | undefined, Schema.Json]> = isRecord(value)
      ? Object.entries(value)
      : Array.isArray(value)
        ? value.map((item) => [isRecord(item) ? ownString(item, "name", "table", "table_name") : undefined, item])
        : []
    return entries.flatMap(([name, description]) => {
      const columns = columnsOf(description)
      if (name === undefined || name === "" || columns.length === 0) return []
      const words = isRecord(description) ? ownString(description, "description", "comment") : undefined
      return [{ name, description: words ?? null, columns, schema: null }]
    })
  })
}

const columnsOf = (table: Schema.Json): ReadonlyArray<ColumnShape> => {
  const value = isRecord(table)
    ? columnKeys.map((key) => tablesValue(table, key)).find((columns) => columns !== undefined)
    : table
  const primary = isRecord(table) ? namesIn(table["primary_key"] ?? table["primaryKey"] ?? null) : []
  const columns = Array.isArray(value)
    ? value.flatMap((item) => {
        if (typeof item === "string") return [column(item, null)]
        const name = isRecord(item) ? ownString(item, "name", "column_name", "column") : undefined
        return name === undefined || name === "" ? [] : [column(name, item)]
      })
    : isRecord(value)
      ? Object.entries(value).map(([name, description]) => column(name, description))
      : []
  return columns.map((one) => (primary.includes(one.name) ? { ...one, primaryKey: true } : one))
}

const column = (name: string, description: Schema.Json): ColumnShape => {
  if (!isRecord(description)) {
    return {
      name,
      type: typeof description === "string" ? description : "",
      primaryKey: false,
      description: null,
      values: []
    }
  }
  const primaryKey = ["primary_key", "primaryKey", "is_primary_key", "pk"].some(
    (key) => Object.hasOwn(description, key) && (description[key] === true || description[key] === 1)
  )
  const words = ownString(description, "description", "column_description", "comment") ?? ""
  const values = ["values", "possible_values", "allowed_values", "enum"].flatMap((key) =>
    Object.hasOwn(description, key) ? namesIn(description[key] ?? null) : []
  )
  const listed =
    values.length === 0 ? words : `${words}${words === "" ? "" : ". "}Possible values: ${values.join(", ")}`
  return {
    name,
    type: ownString(description, "type", "data_type", "dataType") ?? "",
    primaryKey,
    description: listed === "" ? null : listed,
    values: listedValues({ description: listed })
  }
}

const namesIn = (value: Schema.Json): ReadonlyArray<string> =>
  typeof value === "string" ? [value] : Array.isArray(value) ? value.filter(Predicate.isString) : []
