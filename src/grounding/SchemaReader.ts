/**
 * Reads the tables of a database out of the content of one resource, in whatever shape a server publishes them. Pure
 * and lenient: what cannot be read as one of the shapes is no schema, not an error.
 *
 * A table that is invented would let SQL be written for nothing. Where a content does not call its tables by that
 * word, only columns with SQL types make one.
 */
import type * as Schema from "effect/Schema"
import { areColumns, areKeyUsage, columnsEvidence, describedTables, resultRows } from "./ColumnRows.ts"
import { type DescribedColumn, describedColumns, primaryKeyNames } from "./ColumnShapes.ts"
import { readDbt } from "./DbtArtifact.ts"
import { readDdl } from "./Ddl.ts"
import { listedForeignKeys, orientForeignKeys, relationshipKeys } from "./ForeignKeyShapes.ts"
import { fieldOf, fieldsOf, type JsonFields, plainKey, textField } from "./JsonFields.ts"
import { isList, isObject, type JsonObject } from "./JsonShape.ts"
import { isSqlType, typeEvidence } from "./SqlType.ts"
import { isAboutSchema, type ResourceIntroduction, tableNameOf } from "./TableName.ts"
import { type FoundShapes, identifier, type SchemaShapes, type TableReference, tableReference } from "./TableShape.ts"
import { wordList } from "./WordList.ts"

/**
 * The tables and foreign keys in the content of a resource, in the order of the content; none if nothing is
 * understood. `about` tells the name of a table where the content is one table and does not name it.
 */
export const readSchema = (data: Schema.Json, about: ResourceIntroduction): SchemaShapes => {
  const found: FoundShapes = { tables: [], foreignKeys: [] }
  const place = { depth: 0, schema: null, nameless: tableNameOf(about), told: isAboutSchema(about), sql: true }
  readContent(found, data, place)
  return { tables: found.tables, foreignKeys: orientForeignKeys(found.foreignKeys, found.tables) }
}

// -----------------------------------------------------------------------------
// internals

/** What is known of a value from where it stands. */
interface Place {
  /** How many wrappers and lists are around it. */
  readonly depth: number
  readonly schema: string | null
  /** What a table is called here that does not name itself. */
  readonly nameless: TableReference | null
  /** True if the resource calls itself the description of a database. */
  readonly told: boolean
  /** True if a text may be SQL here. */
  readonly sql: boolean
}

/** Tables are looked for under as many wrappers and lists. */
const deepest = 4

const readContent = (found: FoundShapes, value: Schema.Json, place: Place): void => {
  if (typeof value === "string") {
    if (place.sql) add(found, readDdl([value], place.schema))
  } else if (isList(value)) {
    readList(found, value, place)
  } else if (isObject(value)) {
    readObject(found, value, place)
  }
}

const readList = (found: FoundShapes, list: ReadonlyArray<Schema.Json>, place: Place): void => {
  if (list.length === 0) return
  const flat = describedTables(list)
  if (flat !== undefined) {
    for (const { columns, description, schema, table } of flat) {
      addTable(found, { name: table, schema: schema ?? place.schema }, description, columns)
    }
    return
  }
  if (areColumns(list)) {
    if (place.nameless !== null) addTable(found, place.nameless, null, describedColumns(list, place.nameless.schema))
    return
  }
  if (areKeyUsage(list)) {
    add(found, { tables: [], foreignKeys: listedForeignKeys(new Map([["foreignkeys", list]]), null, place.schema) })
    return
  }
  const texts = list.filter((item) => typeof item === "string")
  if (texts.length === list.length) {
    if (place.sql) add(found, readDdl(texts, place.schema))
    return
  }
  if (place.depth >= deepest) return
  const nameless = list.length === 1 ? place.nameless : null
  const inside = { ...place, depth: place.depth + 1, nameless }
  for (const item of list) if (nameless !== null || !isFlatRow(item)) readContent(found, item, inside)
}

/** A record of nothing but short facts holds no table; lists of names have a hundred thousand of them. */
const isFlatRow = (item: Schema.Json): boolean =>
  isObject(item) &&
  Object.values(item).every((value) =>
    typeof value === "string" ? !value.includes("(") : typeof value !== "object" || value === null
  )

const readObject = (found: FoundShapes, object: JsonObject, place: Place): void => {
  const fields = fieldsOf(object)
  if (isOtherSchema(fields)) return
  const artifact = readDbt(object)
  if (artifact !== null) return add(found, artifact)
  const here = { ...place, schema: schemaOf(fields) ?? place.schema }
  const rows = resultRows(fields)
  if (rows !== undefined && (describedTables(rows) !== undefined || areColumns(rows)))
    return readList(found, rows, here)
  if (readOneTable(found, fields, here, rows !== undefined)) return
  add(found, { tables: [], foreignKeys: listedForeignKeys(fields, null, here.schema) })
  const before = found.tables.length
  readTables(found, fieldOf(fields, ["tables", "tablemetadata"]), here.schema)
  if (found.tables.length > before) return readTables(found, fields.get("views"), here.schema)
  if (place.depth >= deepest || readContainers(found, fields, here) || readTypeRecords(found, object, here)) return
  // Beside other tables a `result` or `samples` with columns is one, too, and no wrapping of any.
  const areTables = Object.values(object).filter(isTable).length > 1
  for (const [key, value] of Object.entries(object)) {
    if (areTables && isTable(value)) readNamed(found, tableReference(key, here.schema), value)
    else readChild(found, plainKey(key), key, value, here)
  }
}

const isTable = (value: Schema.Json): boolean => {
  const columns = isObject(value) ? fieldOf(fieldsOf(value), columnsKeys) : undefined
  return (isList(columns) || isObject(columns)) && columnsEvidence(columns) !== "none"
}

const readChild = (found: FoundShapes, spelling: string, key: string, value: Schema.Json, place: Place): void => {
  if (passedOver.has(spelling)) return
  if (typeof value === "string") {
    if (sqlKeys.has(spelling)) add(found, readDdl([value], place.schema))
    return
  }
  const inherits = wrapperWords.has(spelling) || key.trim() === "" || /^\d+$/.test(key)
  const nameless = inherits ? place.nameless : tableReference(key, place.schema)
  readContent(found, value, { ...place, depth: place.depth + 1, nameless, sql: sqlKeys.has(spelling) })
}

/** What `tables` holds: a record by name, or a list of tables that name themselves. Names of columns are enough here. */
const readTables = (found: FoundShapes, tables: Schema.Json | undefined, schema: string | null): void => {
  if (isList(tables)) {
    for (const table of tables) {
      const fields = isObject(table) ? fieldsOf(table) : undefined
      const name = fields === undefined ? undefined : textField(fields, ["tablename", "name", "table"])
      if (name !== undefined) readNamed(found, tableReference(name, schema), table)
    }
    const texts = tables.filter((item) => typeof item === "string")
    if (texts.length > 0) add(found, readDdl(texts, schema))
  } else if (isObject(tables)) {
    for (const [name, table] of Object.entries(tables)) {
      if (name.trim() !== "") readNamed(found, tableReference(name, schema), table)
    }
  }
}

const readNamed = (found: FoundShapes, named: TableReference, value: Schema.Json): void => {
  if (typeof value === "string") return add(found, readDdl([value], named.schema))
  if (isList(value)) {
    const names = value.every((item) => typeof item === "string") && !isSchemaName(named.name)
    if (names || areColumns(value)) addTable(found, named, null, describedColumns(value, named.schema))
    return
  }
  if (!isObject(value)) return
  const fields = fieldsOf(value)
  const reference = { ...named, schema: schemaOf(fields) ?? named.schema }
  const columns = fieldOf(fields, columnsKeys)
  if (columns !== undefined) {
    // A table of a document: its columns are headings.
    if (isList(fields.get("rows")) && columnsEvidence(columns) === "none") return
    return addDescribed(found, reference, fields, columns)
  }
  const sql = textField(fields, [...sqlKeys])
  if (sql !== undefined) return add(found, readDdl([sql], reference.schema))
  const types = Object.entries(value).filter(([key]) => !descriptionKeys.includes(plainKey(key)))
  const typed = types.every(([, type]) => columnsEvidence({ type }) !== "none")
  // `type` alone says what kind of table it is.
  if (typed && types.some(([key]) => key !== "type")) addDescribed(found, reference, fields, Object.fromEntries(types))
}

/** An object that is one table: columns, and a name of its own or from its place. True if it is. */
const readOneTable = (found: FoundShapes, fields: JsonFields, place: Place, isResult: boolean): boolean => {
  const columns = fieldOf(fields, columnsKeys)
  if (!isList(columns) && !isObject(columns)) return false
  const isTable = textField(fields, ["tablename", "table"])
  const evidence = columnsEvidence(columns)
  // Forms, records and messages have `fields` with types like `text` too.
  const enough = fields.has("columns")
    ? evidence !== "none" || (isTable !== undefined && isList(columns) && columns.every(isObject))
    : evidence === "database" || (evidence === "common" && isTable !== undefined)
  if (!enough) return false
  const said = textField(fields, ["name"])
  const own = isTable ?? (said !== undefined && (identifier.test(said) || place.nameless === null) ? said : undefined)
  const named = own !== undefined ? tableReference(own, place.schema) : isResult ? null : place.nameless
  if (named !== null) addDescribed(found, { ...named, schema: named.schema ?? place.schema }, fields, columns)
  return true
}

/** `{ schemas: { public: … } }`, `{ databases: [{ name, tables }] }`. True if there are any. */
const readContainers = (found: FoundShapes, fields: JsonFields, place: Place): boolean => {
  const before = found.tables.length
  for (const key of ["schemas", "databases", "catalogs", "datasets"]) {
    const value = fields.get(key)
    const entries = isList(value)
      ? value.map(
          (item) => [isObject(item) ? (textField(fieldsOf(item), containerNameKeys) ?? null) : null, item] as const
        )
      : Object.entries(isObject(value) ? value : {})
    for (const [name, content] of entries) {
      // Of a single database nothing needs to be said; and only in MySQL is it what others call a schema.
      const schema = key === "schemas" || entries.length > 1 ? name : null
      const inside = { ...place, depth: place.depth + 1, schema: schema ?? place.schema, nameless: null, sql: false }
      if (name === null || !systemSchemas.has(name.toLowerCase())) readContainer(found, content, inside)
    }
  }
  return found.tables.length > before
}

/** A schema: with `tables`, or with its tables straight inside. */
const readContainer = (found: FoundShapes, content: Schema.Json, place: Place): void => {
  const before = found.tables.length
  readContent(found, content, place)
  if (found.tables.length === before && isList(content)) readTables(found, content, place.schema)
}

/** `{ customers: { id: "INTEGER", name: "VARCHAR(40)" } }`, and such a record of one table. True if it is either. */
const readTypeRecords = (found: FoundShapes, object: JsonObject, place: Place): boolean => {
  const inner = Object.entries(object).filter(([, value]) => isObject(value) || isList(value))
  const records = inner.length > 0 ? inner : place.nameless === null ? [] : [[place.nameless, object] as const]
  if (records.length === 0 || !records.every(([, record]) => isTypeRecord(record, place.told))) return false
  for (const [name, record] of records) {
    const table = typeof name === "string" ? tableReference(name, place.schema) : name
    addTable(found, table, null, describedColumns(record, table.schema))
  }
  return true
}

/** Lower-case `text` and `integer` also tell the types of forms: those count only where a schema is announced. */
const isTypeRecord = (record: Schema.Json, told: boolean): boolean => {
  const types = isObject(record) ? Object.values(record) : []
  return (
    types.length > 0 &&
    types.every((type) => typeof type === "string" && isSqlType(type)) &&
    types.some(
      (type) => typeof type === "string" && (typeEvidence(type) === "database" || (told && /^int/i.test(type)))
    )
  )
}

const addDescribed = (found: FoundShapes, table: TableReference, fields: JsonFields, value: Schema.Json): void => {
  const primary = new Set(primaryKeyNames(fields))
  const columns = describedColumns(value, table.schema).map(({ column, targets }) => ({
    column: primary.has(column.name) ? { ...column, primaryKey: true } : column,
    targets
  }))
  addTable(found, table, textField(fields, descriptionKeys) ?? null, columns)
  if (columns.length > 0) add(found, { tables: [], foreignKeys: listedForeignKeys(fields, table, table.schema) })
}

const addTable = (
  found: FoundShapes,
  { name, schema }: TableReference,
  description: string | null,
  described: ReadonlyArray<DescribedColumn>
): void => {
  if (described.length === 0 || (schema !== null && systemSchemas.has(schema.toLowerCase()))) return
  const from = { name, schema }
  found.tables.push({ ...from, description, columns: described.map(({ column }) => column) })
  for (const { column, targets } of described) {
    for (const target of targets) {
      if (target.columns.length > 1) continue
      found.foreignKeys.push({ from, columns: [column.name], to: target.table, toColumns: target.columns })
    }
  }
}

const add = (found: FoundShapes, { foreignKeys, tables }: SchemaShapes): void => {
  for (const table of tables) found.tables.push(table)
  for (const key of foreignKeys) found.foreignKeys.push(key)
}

const columnsKeys = ["columns", "fields", "attributes", "columndefinitions"]

const descriptionKeys = ["description", "tabledescription", "comment", "tablecomment", "remarks"]

const containerNameKeys = ["name", "schemaname", "databasename", "schema", "database"]

/** Words for the wrapping of a content, which are no names of tables. */
const wrapperWords = new Set(
  wordList(`data result results response payload schema table content contents structure value body output structuredcontent
   metadata info database definition item items record records rows list columns success`)
)

/** What stands beside tables and is none. */
const passedOver = new Set([
  ...wordList(`indexes indices constraints triggers procedures functions samplerows sampledata samples examples samplequeries
   parameters arguments properties definitions components paths inputschema outputschema dependencies
   devdependencies messages tools prompts`),
  ...relationshipKeys
])

/** Keys that hold SQL which defines tables. Those of a chat hold what was said about it. */
const sqlKeys = new Set(
  wordList(`sql ddl schema schemasql schemaddl createsql createstatement createtable createtablestatement definition statement
   statements tables`)
)

/** What databases keep for themselves. */
const systemSchemas = new Set(["information_schema", "pg_catalog", "pg_toast", "performance_schema", "mysql", "sys"])

const isSchemaName = (name: string): boolean => /^(?:public|main|dbo|tables|views|names)$/i.test(name)

const schemaOf = (fields: JsonFields): string | null => {
  const name = textField(fields, ["schema", "schemaname", "tableschema"])
  return name !== undefined && identifier.test(name) && !/^(?:default|v\d+|json|sql)$/i.test(name) ? name : null
}

/** JSON Schema, OpenAPI, Avro and GeoJSON: descriptions of other things than tables. */
const isOtherSchema = (fields: JsonFields): boolean => {
  const type = fields.get("type")
  return (
    ["openapi", "swagger", "asyncapi", "jsonrpc"].some((key) => fields.has(key)) ||
    (type === "object" && fields.has("properties")) ||
    type === "record" ||
    type === "FeatureCollection" ||
    /json-schema\.org/.test(textField(fields, ["schema"]) ?? "")
  )
}
