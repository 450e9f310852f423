/**
 * Foreign keys as JSON declares them: lists under `relationships` or `foreign_keys` of a schema or of a table, and
 * `references` of a column.
 */
import * as Order from "effect/Order"
import type * as Schema from "effect/Schema"
import { fieldOf, fieldsOf, type JsonFields, stringsIn, textField } from "./JsonFields.ts"
import { isList, isObject } from "./JsonShape.ts"
import { type ForeignKeyShape, type TableReference, tableReference, type TableShape, unquoted } from "./TableShape.ts"
import { wordList } from "./WordList.ts"

/** Where a foreign key points: `columns` is empty if only the table is named. */
export interface KeyTarget {
  readonly table: TableReference
  readonly columns: ReadonlyArray<string>
}

/** Keys that hold lists of relationships, as `JsonFields` spells them. */
export const relationshipKeys: ReadonlyArray<string> = [
  "relationships",
  "relations",
  "tablerelationships",
  "foreignkeys",
  "foreignkeyconstraints",
  "fks"
]

/**
 * The foreign keys that an object lists; `owner` is the table that the object describes, if it describes one, and
 * `schema` the one that tables without a schema are in.
 */
export const listedForeignKeys = (
  fields: JsonFields,
  owner: TableReference | null,
  schema: string | null
): ReadonlyArray<ForeignKeyShape> =>
  relationshipKeys.flatMap((key) => {
    const value = fields.get(key)
    if (value === undefined) return []
    const items: ReadonlyArray<Schema.Json> = isList(value)
      ? value
      : isObject(value)
        ? Object.entries(value).map(([column, to]) =>
            // `{ "customer_id": "customers.id" }`, or `{ "customers_orders": "customers.id = orders.customer_id" }`.
            typeof to === "string" && to.length <= 2 * longest && arrow.test(to) ? to : { column, references: to }
          )
        : []
    return together(items.flatMap((item) => readItem(item, owner, schema)))
  })

/** The targets of a column's own foreign key: `references`, `foreign_key`, `fk`, or `referenced_table_name` and column. */
export const columnTargets = (fields: JsonFields, schema: string | null): ReadonlyArray<KeyTarget> => {
  const told = fieldOf(fields, columnTargetKeys)
  const values = isList(told) ? told : told === undefined ? [] : [told]
  const targets = values.flatMap((value) => targetOf(value, schema) ?? [])
  if (targets.length > 0) return targets
  const split = splitTarget(fields, schema)
  return split === undefined ? [] : [split]
}

/**
 * The same keys, each turned round that runs from a primary key to columns that are none: relationships are also
 * declared from the side of the one (`customers.id = orders.customer_id`). `tables` are those that may be meant.
 */
export const orientForeignKeys = (
  keys: ReadonlyArray<ForeignKeyShape>,
  tables: ReadonlyArray<TableShape>
): ReadonlyArray<ForeignKeyShape> => {
  const primary = new Map(
    tables.map(({ columns, name }) => [name.toLowerCase(), namesOf(columns.filter((one) => one.primaryKey))] as const)
  )
  const isPrimary = ({ name }: TableReference, columns: ReadonlyArray<string>): boolean =>
    columns.length > 0 && primary.get(name.toLowerCase()) === namesOf(columns.map((column) => ({ name: column })))
  return keys.map((key) =>
    isPrimary(key.from, key.columns) && !isPrimary(key.to, key.toColumns) && key.toColumns.length > 0
      ? turned(key)
      : key
  )
}

// -----------------------------------------------------------------------------
// internals

/** Longer names are prose. In UTF-16 units. */
const longest = 300

const columnTargetKeys = ["references", "reference", "foreignkey", "fk", "foreignkeyto", "referencesto"]

const arrow = /\s*(?:<?[-=]+>?|→|\breferences\b)\s*/i

const fromTableKeys = wordList("fromtable sourcetable childtable tablename table")
const fromColumnKeys =
  wordList(`fromcolumns fromcolumn sourcecolumns sourcecolumn childcolumn constrainedcolumns columns
  columnnames column columnname fromfield fkcolumn`)
const toTableKeys = wordList(`totable targettable parenttable referencedtable referencedtablename referredtable
  referencestable reftable foreigntable foreigntablename`)
const toColumnKeys = wordList(`tocolumns tocolumn targetcolumns targetcolumn parentcolumn referencedcolumns
  referencedcolumn referencedcolumnnames referencedcolumnname referredcolumns referencescolumns referencescolumn
  refcolumn foreigncolumns foreigncolumn foreigncolumnname tofield`)
const toSchemaKeys = wordList("referencedtableschema referencedschema referredschema foreigntableschema toschema")

/** A key that was read, and what tells the parts of one composite key from another. */
interface ReadKey {
  readonly key: ForeignKeyShape
  readonly constraint: string | null
}

const readItem = (item: Schema.Json, owner: TableReference | null, schema: string | null): ReadonlyArray<ReadKey> => {
  if (typeof item === "string") {
    if (item.length > 2 * longest) return []
    const sides = item.split(arrow)
    const [left, right] = sides.map((side) => endOf(side, owner, schema))
    return sides.length === 2 ? made(left, right, null) : []
  }
  if (!isObject(item)) return []
  const fields = fieldsOf(item)
  const kind = (textField(fields, ["relationshiptype", "cardinality", "type", "kind"]) ?? "").replaceAll(
    /[^a-z12*]/gi,
    ""
  )
  // What relates many to many is a third table; there is no key to join by.
  if (/^(?:manytomany|[mn]to[mn]|m2m|[mn*]{2})$/i.test(kind)) return []
  const constraint = constraintOf(fields)
  const read =
    pragma(fields, owner, constraint) ?? made(fromEnd(fields, owner, schema), toEnd(fields, schema), constraint)
  return /^(?:onetomany|1to(?:n|m|many)|1[nm*])$/i.test(kind)
    ? read.map((one) => ({ ...one, key: turned(one.key) }))
    : read
}

/** `PRAGMA foreign_key_list`: `table` is the one that is referred to. */
const pragma = (fields: JsonFields, owner: TableReference | null, constraint: string | null) => {
  const table = textField(fields, ["table"])
  const from = textField(fields, ["from"])
  if (table === undefined || from === undefined || from.includes(".") || owner === null) return undefined
  const to = textField(fields, ["to"])
  const target = { table: tableReference(table, owner.schema), columns: to === undefined ? [] : [to] }
  return made({ table: owner, columns: [from] }, target, constraint)
}

const constraintOf = (fields: JsonFields): string | null => {
  const name = textField(fields, ["constraintname", "foreignkeyname", "fkname"])
  if (name !== undefined) return name
  const id = fields.get("id")
  return typeof id === "number" && fields.has("seq") ? String(id) : null
}

const fromEnd = (fields: JsonFields, owner: TableReference | null, around: string | null): KeyTarget | undefined => {
  const schema = textField(fields, ["tableschema", "fromschema"]) ?? around
  const columns = stringsIn(fieldOf(fields, fromColumnKeys))
  const name = textField(fields, fromTableKeys)
  const table = name === undefined ? owner : tableReference(name, schema)
  if (columns.length === 0) return targetOf(fields.get("from") ?? fields.get("source"), schema, owner)
  const [only = ""] = columns
  // `{ "table": "orders", "column": "orders.customer_id" }`
  const whole = columns.length === 1 ? endOf(only, table, schema) : undefined
  return whole ?? (table === null ? undefined : { table, columns: columns.map(unquoted) })
}

const toEnd = (fields: JsonFields, schema: string | null): KeyTarget | undefined =>
  splitTarget(fields, schema) ?? targetOf(fieldOf(fields, ["to", "target", ...columnTargetKeys]), schema)

/** `{ referred_table, referred_columns }` and its like. */
const splitTarget = (fields: JsonFields, schema: string | null): KeyTarget | undefined => {
  const name = textField(fields, toTableKeys)
  if (name === undefined) return undefined
  const table = tableReference(name, textField(fields, toSchemaKeys) ?? schema)
  return { table, columns: stringsIn(fieldOf(fields, toColumnKeys)).map(unquoted) }
}

/** `"customers.id"`, `"customers(id)"`, `"customers"`, or an object with a table and columns. */
const targetOf = (
  value: Schema.Json | undefined,
  schema: string | null,
  owner: TableReference | null = null
): KeyTarget | undefined => {
  if (typeof value === "string") return endOf(value, owner, schema)
  if (!isObject(value)) return undefined
  const fields = fieldsOf(value)
  const name = textField(fields, ["table", "tablename", ...toTableKeys])
  if (name === undefined) return undefined
  const columns = fieldOf(fields, ["columns", "columnnames", "column", "columnname", "field", ...toColumnKeys])
  const table = tableReference(name, textField(fields, ["schema", "tableschema"]) ?? schema)
  return { table, columns: stringsIn(columns).map(unquoted) }
}

/** `schema.table.column`, `table(column, …)`, a column of the owner, or else the name of a table. */
const endOf = (text: string, owner: TableReference | null, schema: string | null): KeyTarget | undefined => {
  if (text.length > longest) return undefined
  const trimmed = text.trim()
  const call = /^([^()]+)\(([^()]+)\)$/.exec(trimmed)
  if (call?.[1] !== undefined && call[2] !== undefined) {
    return { table: tableReference(call[1], schema), columns: call[2].split(",").map(unquoted) }
  }
  const dot = trimmed.lastIndexOf(".")
  if (dot > 0 && dot < trimmed.length - 1) {
    return { table: tableReference(trimmed.slice(0, dot), schema), columns: [unquoted(trimmed.slice(dot + 1))] }
  }
  const name = unquoted(trimmed)
  if (name === "") return undefined
  if (owner !== null) return { table: owner, columns: [name] }
  return /\s/.test(trimmed) ? undefined : { table: tableReference(trimmed, schema), columns: [] }
}

const made = (
  from: KeyTarget | undefined,
  to: KeyTarget | undefined,
  constraint: string | null
): ReadonlyArray<ReadKey> => {
  if (from === undefined || to === undefined || from.columns.length === 0) return []
  if (to.columns.length > 0 && to.columns.length !== from.columns.length) return []
  const key = { from: from.table, columns: from.columns, to: to.table, toColumns: to.columns }
  return sameEnds(key) ? [] : [{ key, constraint }]
}

const namesOf = (columns: ReadonlyArray<{ readonly name: string }>): string =>
  JSON.stringify(columns.map(({ name }) => name.toLowerCase()).toSorted(Order.String))

const sameEnds = ({ columns, from, to, toColumns }: ForeignKeyShape): boolean =>
  from.name === to.name && from.schema === to.schema && columns.join("\0") === toColumns.join("\0")

const turned = (key: ForeignKeyShape): ForeignKeyShape =>
  key.toColumns.length === 0 ? key : { from: key.to, columns: key.toColumns, to: key.from, toColumns: key.columns }

/** Rows of one constraint are the parts of one key. */
const together = (keys: ReadonlyArray<ReadKey>): ReadonlyArray<ForeignKeyShape> => {
  const groups = Map.groupBy(keys.entries(), ([position, { constraint, key }]) =>
    JSON.stringify(constraint === null ? position : [constraint, key.from, key.to])
  )
  return [...groups.values()].flatMap((parts) => {
    const [first] = parts
    if (first === undefined) return []
    const columns = parts.flatMap(([, { key }]) => key.columns)
    const toColumns = parts.flatMap(([, { key }]) => key.toColumns)
    const paired = toColumns.length === 0 || toColumns.length === columns.length
    return paired ? [{ ...first[1].key, columns, toColumns }] : []
  })
}
