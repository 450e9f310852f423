/** From the rows of the statements to the schema. Pure. */
import * as Option from "effect/Option"
import * as Order from "effect/Order"
import * as Result from "effect/Result"
import type { Dialect } from "../../config/OrchestratorConfig.ts"
import type { DatabaseSchema, SchemaColumn, SchemaForeignKey, SchemaTable } from "../../resources/DatabaseSchema.ts"
import { type ColumnRow, type ForeignKeyRow, fromCells, type LabelRow, type TableRow } from "./SchemaRow.ts"
import type { Form } from "./Statements.ts"

/**
 * The schema of these rows (without the end mark), whichever form they have and whatever their order. Tables without a
 * column that may be read, and keys that are not readable whole, are left out. Fails with what contradicts itself: a
 * table twice, or a part of a table that is not there.
 */
export const decode = (
  dialect: Dialect,
  form: Form,
  rows: ReadonlyArray<ReadonlyArray<string>>
): Result.Result<DatabaseSchema, string> => {
  const drafts = new Map<string, Draft>()
  const parts: Array<ColumnRow | LabelRow | ForeignKeyRow> = []
  for (const cells of rows) {
    const read = fromCells(form, cells)
    if (Option.isNone(read)) return Result.fail(`a row of the schema cannot be read: ${cells.join(" ").slice(0, 80)}`)
    for (const row of read.value) {
      if (row._tag !== "Table") {
        parts.push(row)
        continue
      }
      if (drafts.has(keyOf(row.schema, row.table))) return Result.fail(`the table ${shown(row)} is there twice`)
      drafts.set(keyOf(row.schema, row.table), { row, columns: [], labels: [], foreignKeys: [] })
    }
  }
  for (const part of parts) {
    const draft = drafts.get(keyOf(part.schema, part.table))
    if (draft === undefined) return Result.fail(`the table ${shown(part)} is missing, and a part of it is there`)
    switch (part._tag) {
      case "Column":
        draft.columns.push(part)
        break
      case "Label":
        draft.labels.push(part)
        break
      case "ForeignKey":
        draft.foreignKeys.push(part)
        break
    }
  }
  const twice = [...drafts.values()].find(
    ({ columns }) => new Set(columns.map(({ position }) => position)).size < columns.length
  )
  if (twice !== undefined) return Result.fail(`a column of the table ${shown(twice.row)} is there twice`)

  const known = [...drafts.values()]
    .map(withColumns)
    .filter(({ columns, kind }) => columns.length > 0 || kind === "view")
  const byName = new Map(known.map((table) => [keyOf(table.schema, table.name), table]))
  const tables = known.map((table): SchemaTable => {
    const draft = drafts.get(keyOf(table.schema, table.name))
    return { ...table, foreignKeys: draft === undefined ? [] : foreignKeysOf(table, draft.foreignKeys, byName) }
  })
  return Result.succeed({
    dialect,
    tables: tables.toSorted(bySchemaAndName)
  })
}

// -----------------------------------------------------------------------------
// internals

const bySchemaAndName: Order.Order<SchemaTable> = Order.combine(
  Order.mapInput(Order.String, ({ schema }) => schema),
  Order.mapInput(Order.String, ({ name }) => name)
)

interface Draft {
  readonly row: TableRow
  readonly columns: Array<ColumnRow>
  readonly labels: Array<LabelRow>
  readonly foreignKeys: Array<ForeignKeyRow>
}

const keyOf = (schema: string, table: string): string => JSON.stringify([schema, table])

const shown = ({ schema, table }: { readonly schema: string; readonly table: string }): string => `${schema}.${table}`

const byPosition = (one: { readonly position: number }, other: { readonly position: number }): number =>
  one.position - other.position

/** The table but for its foreign keys, which need the other tables. */
const withColumns = ({ columns, labels, row }: Draft): Omit<SchemaTable, "foreignKeys"> => {
  const ordered = columns.toSorted(byPosition)
  const labelled = Map.groupBy(labels.toSorted(byPosition), ({ column }) => column)
  return {
    schema: row.schema,
    name: row.table,
    kind: row.kind,
    visible: row.visible,
    comment: row.comment,
    columns: ordered.map(({ comment, name, notNull, type, unique }): SchemaColumn => {
      const values = labelled.get(name)?.map(({ label }) => label) ?? labelsIn(type)
      return { name, type, notNull, unique, comment, values }
    }),
    primaryKey: primaryKeyOf(ordered)
  }
}

/** MySQL has an enumeration's labels in the column's type. */
const labelsIn = (type: string): ReadonlyArray<string> => {
  const inside = /^enum\((.*)\)$/is.exec(type)?.[1] ?? ""
  return [...inside.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = ""]) => label.replaceAll("''", "'"))
}

/** Part of a key is no key: more than one row may have its values. */
const primaryKeyOf = (columns: ReadonlyArray<ColumnRow>): ReadonlyArray<string> => {
  const inKey = columns
    .flatMap(({ key, name }) => (key === null ? [] : [{ name, ...key }]))
    .toSorted((one, other) => one.place - other.place)
  const isWhole = inKey.every(
    ({ length, place }, index) => place === index + 1 && (length ?? inKey.length) === inKey.length
  )
  return isWhole ? inKey.map(({ name }) => name) : []
}

const foreignKeysOf = (
  table: Omit<SchemaTable, "foreignKeys">,
  rows: ReadonlyArray<ForeignKeyRow>,
  tables: ReadonlyMap<string, Omit<SchemaTable, "foreignKeys">>
): ReadonlyArray<SchemaForeignKey> =>
  [...Map.groupBy(rows, ({ constraint }) => constraint)]
    .toSorted(Order.mapInput(Order.String, ([key]) => key))
    .flatMap(([, parts]) => {
      const pairs = parts.toSorted(byPosition)
      const [first] = pairs
      if (first === undefined) return []
      const to = tables.get(keyOf(first.toSchema, first.toTable)) ?? alike(first, tables)
      if (to === undefined) return []
      const columns = pairs.map(({ column }) => named(table.columns, column))
      // Without a column it is the other's primary key that is meant.
      const toColumns = pairs.map(({ toColumn }, index) => named(to.columns, toColumn || (to.primaryKey[index] ?? "")))
      return columns.every((name) => name !== null) && toColumns.every((name) => name !== null)
        ? [{ columns, toSchema: to.schema, toTable: to.name, toColumns }]
        : []
    })

/** SQLite keeps a reference as it was written, in whatever case. */
const alike = <A extends { readonly schema: string; readonly name: string }>(
  { toSchema, toTable }: ForeignKeyRow,
  tables: ReadonlyMap<string, A>
): A | undefined =>
  [...tables.values()].find(({ name, schema }) => schema === toSchema && name.toLowerCase() === toTable.toLowerCase())

const named = (columns: ReadonlyArray<SchemaColumn>, name: string): string | null => {
  const exact = columns.find((column) => column.name === name)
  return (exact ?? columns.find((column) => column.name.toLowerCase() === name.toLowerCase()))?.name ?? null
}
