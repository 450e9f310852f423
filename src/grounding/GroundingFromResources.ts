/**
 * Reads tables, relationships and the users' words out of what was gathered. Pure, and lenient: servers publish the
 * same knowledge in many shapes, and what cannot be read as one of them is no schema, not an error.
 *
 * Where two servers speak of the same thing, the one with the better priority is heard first and wins.
 */
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import type { GatheredResource, GatheredResources } from "../resources/GatheredResources.ts"
import type { Column, ColumnMapping, Grounding, Provenance, Relationship, Table } from "./Grounding.ts"
import { declaredRelationships } from "./DeclaredRelationships.ts"
import { inferRelationships } from "./InferredRelationships.ts"
import { isRecord, type JsonRecord, ownString } from "./JsonShapes.ts"

/** Everything the resources say about the database, in priority order. */
export const fromResources = (resources: GatheredResources): Grounding => {
  const tables = new Map<string, Table>()
  const mappings = new Map<string, ColumnMapping>()
  const schemas: Array<Schema.Json> = []
  for (const server of resources.servers) {
    for (const resource of server.resources.values()) {
      const source: Provenance = { server: server.id, uri: resource.uri }
      for (const schema of schemasIn(resource.data)) {
        schemas.push(schema)
        for (const table of tablesOf(schema, source)) addTable(tables, table)
      }
      for (const mapping of mappingsOf(resource, source)) {
        const key = JSON.stringify([mapping.group, mapping.term.toLowerCase()])
        if (!mappings.has(key)) mappings.set(key, mapping)
      }
    }
  }
  const known = [...tables.values()]
  const declared = schemas.flatMap((schema) => declaredRelationships(schema, known))
  return {
    tables: known,
    relationships: unique([...declared, ...inferRelationships(known, declared)]),
    mappings: [...mappings.values()]
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// tables

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
const tablesOf = (schema: Schema.Json, source: Provenance): ReadonlyArray<Table> => {
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
      return [{ name, description: words ?? null, columns, source }]
    })
  })
}

const columnsOf = (table: Schema.Json): ReadonlyArray<Column> => {
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

const column = (name: string, description: Schema.Json): Column => {
  if (!isRecord(description)) {
    return { name, type: typeof description === "string" ? description : "", primaryKey: false, description: null }
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
    description: listed === "" ? null : listed
  }
}

const namesIn = (value: Schema.Json): ReadonlyArray<string> =>
  typeof value === "string" ? [value] : Array.isArray(value) ? value.filter(Predicate.isString) : []

/** A table that is known already gains the columns it lacked, and a description where it had none. */
const addTable = (tables: Map<string, Table>, table: Table): void => {
  const key = table.name.toLowerCase()
  const known = tables.get(key)
  if (known === undefined) {
    tables.set(key, { ...table, columns: mergeColumns([], table.columns) })
  } else {
    tables.set(key, {
      ...known,
      description: known.description ?? table.description,
      columns: mergeColumns(known.columns, table.columns)
    })
  }
}

const mergeColumns = (better: ReadonlyArray<Column>, worse: ReadonlyArray<Column>): ReadonlyArray<Column> => {
  const columns = new Map(better.map((one) => [one.name.toLowerCase(), one]))
  for (const one of worse) {
    const known = columns.get(one.name.toLowerCase())
    columns.set(
      one.name.toLowerCase(),
      known === undefined
        ? one
        : {
            name: known.name,
            type: known.type === "" ? one.type : known.type,
            primaryKey: known.primaryKey || one.primaryKey,
            description: known.description ?? one.description
          }
    )
  }
  return [...columns.values()]
}

const unique = (relationships: ReadonlyArray<Relationship>): ReadonlyArray<Relationship> => [
  ...new Map(relationships.map((one) => [JSON.stringify([one.from, one.to]), one])).values()
]

// ---------------------------------------------------------------------------------------------------------------------
// column mappings

const mappingName = /mapping|glossary|metric|synonym|\bterms?\b|_terms?\b/i

/** Records of strings, flat or grouped one level deep, in a resource (or under a key) that is named as mappings. */
const mappingsOf = (resource: GatheredResource, source: Provenance): ReadonlyArray<ColumnMapping> => {
  if (!isRecord(resource.data)) return []
  const named = [resource.name, resource.uri, resource.title ?? ""].some((name) => mappingName.test(name))
  if (named) return mappingsIn(resource.data, null, source)
  return Object.entries(resource.data).flatMap(([key, value]) =>
    mappingName.test(key) && isRecord(value) ? mappingsIn(value, key, source) : []
  )
}

/** A term's value is its expression, or an object that holds it; a record of terms is a group. */
const mappingsIn = (
  data: JsonRecord,
  group: string | null,
  source: Provenance,
  depth = 0
): ReadonlyArray<ColumnMapping> =>
  Object.entries(data).flatMap(([term, value]) => {
    const expression =
      typeof value === "string" ? value : isRecord(value) ? ownString(value, "expression", "sql") : undefined
    if (expression !== undefined) return [{ term, expression, group, source }]
    return isRecord(value) && depth < 2 ? mappingsIn(value, term, source, depth + 1) : []
  })
