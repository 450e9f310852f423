/** Generated schemas with their keys, written in one of the shapes that servers publish. */
import { Arbitrary, Schema } from "effect"
import type { ResourceIntroduction } from "../../src/grounding/TableName.ts"
import type { ColumnShape, SchemaShapes, TableShape } from "../../src/grounding/TableShape.ts"
import { introduced, plain } from "./introductions.ts"
import { ddl, manifest } from "./generatedSources.ts"
import { type Fields, type Json, type Next, pick, scattered, scrambled, spelt, wrapped } from "./spelling.ts"
import { columnKey, type Key, keyList, type Placement, placed, rowKey, shapeOf, spokenKeys } from "./writtenKeys.ts"

const Name = Schema.String.check(Schema.isPattern(/^[a-z][a-z_]{0,8}$/u))
const Type = Schema.Literals([
  "INTEGER",
  "varchar(20)",
  "numeric(10,2)",
  "timestamp with time zone",
  "bigint",
  "double precision"
])
const Column = Schema.Struct({
  name: Name,
  type: Type,
  primaryKey: Schema.Boolean,
  description: Schema.NullOr(Schema.Literals(["What it is", "Größe, in cm", "A remark (really)"])),
  values: Schema.Array(Schema.Literals(["open", "in work", "it's done"])).check(Schema.isMaxLength(3))
})
const Table = Schema.Struct({
  name: Name,
  columns: Schema.Array(Column).check(Schema.isMinLength(1), Schema.isMaxLength(5))
})
/** Which of the tables and of their columns; those beyond the last begin at the first again. */
const Position = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 19 }))
const Reference = Schema.Struct({
  from: Position,
  column: Position,
  to: Position,
  toColumn: Position,
  /** Leaves it at the primary key of the other table. */
  short: Schema.Boolean
})
const Model = Schema.Struct({
  tables: Schema.Array(Table).check(Schema.isMinLength(1), Schema.isMaxLength(4)),
  references: Schema.Array(Reference).check(Schema.isMaxLength(4)),
  shape: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10 })),
  seed: Schema.Int
})

type Column = ColumnShape

export interface WrittenSchema {
  readonly data: Json
  readonly about: ResourceIntroduction
  readonly expected: SchemaShapes
}

/** Names differ by their position, and every value stands once. */
const distinct = (
  tables: (typeof Model.Type)["tables"],
  schemas: ReadonlyArray<string | null>
): ReadonlyArray<TableShape> =>
  tables.map((table, at) => ({
    name: `t_${table.name}_${at}`,
    schema: schemas[at % schemas.length] ?? null,
    description: null,
    columns: table.columns.map((column, position) => ({
      ...column,
      name: `${column.name}_${position}`,
      values: [...new Set(column.values)]
    }))
  }))

const at = <A>(items: ReadonlyArray<A>, position: number): A | undefined => items[position % items.length]

/** One key a column at most. The columns that they begin at are no primary keys: what refers to what is then told. */
const withKeys = (
  tables: ReadonlyArray<TableShape>,
  told: (typeof Model.Type)["references"]
): { readonly tables: ReadonlyArray<TableShape>; readonly keys: ReadonlyArray<Key> } => {
  const keys = new Map<string, Key>()
  for (const one of told) {
    const [from, to] = [at(tables, one.from), at(tables, one.to)]
    const [column, toColumn] = [at(from?.columns ?? [], one.column)?.name, at(to?.columns ?? [], one.toColumn)?.name]
    if (from === undefined || to === undefined || column === undefined || toColumn === undefined) continue
    if (from === to && column === toColumn) continue
    const [start, end] = [from, to].map(({ name, schema }) => ({ name, schema }))
    if (start === undefined || end === undefined) continue
    keys.set(`${from.name} ${column}`, { from: start, column, to: end, toColumn: one.short ? null : toColumn })
  }
  return {
    keys: [...keys.values()],
    tables: tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) =>
        keys.has(`${table.name} ${column.name}`) ? { ...column, primaryKey: false } : column
      )
    }))
  }
}

type Placed = ReadonlyMap<Placement, ReadonlyArray<Key>>

const keyAt = (keys: ReadonlyArray<Key> | undefined, table: TableShape, column: Column): Key | undefined =>
  keys?.find((key) => key.from.name === table.name && key.column === column.name)

const columnFields = (next: Next, column: Column, named: boolean, key: Key | undefined): Fields =>
  scattered(next, {
    ...(named ? { [pick(next, "name", "column_name")]: column.name } : {}),
    [pick(next, "type", "data_type", "column_type")]: column.type,
    ...(column.primaryKey
      ? { [pick(next, "primary_key", "is_primary_key", "pk")]: pick<Json>(next, true, 1, "YES") }
      : {}),
    ...(column.description === null ? {} : { [pick(next, "description", "comment")]: column.description }),
    ...(column.values.length === 0 ? {} : { [pick(next, "enum", "possible_values")]: column.values }),
    ...(key === undefined ? {} : columnKey(next, key))
  })

const columnsOf = (next: Next, table: TableShape, keys: ReadonlyArray<Key> | undefined): Json =>
  next(2) === 0
    ? table.columns.map((column) => columnFields(next, column, true, keyAt(keys, table, column)))
    : Object.fromEntries(
        table.columns.map((column) => [column.name, columnFields(next, column, false, keyAt(keys, table, column))])
      )

const tableFields = (next: Next, table: TableShape, keys: Placed, nameKey: string | null): Fields =>
  scattered(next, {
    ...(nameKey === null ? {} : { [nameKey]: table.name }),
    columns: columnsOf(next, table, keys.get("column")),
    ...keyList(next, keys.get("table")?.filter(({ from }) => from.name === table.name) ?? [], true)
  })

const keyed = (next: Next, tables: ReadonlyArray<TableShape>, keys: Placed): Fields =>
  Object.fromEntries(tables.map((table) => [table.name, tableFields(next, table, keys, null)]))

const listed = (next: Next, tables: ReadonlyArray<TableShape>, keys: Placed): Json =>
  tables.map((table) => tableFields(next, table, keys, pick(next, "name", "table_name")))

const beside = (next: Next, keys: Placed): Fields => keyList(next, keys.get("list") ?? [], false)

const flat = (next: Next, tables: ReadonlyArray<TableShape>, all: ReadonlyArray<Key>): Json => {
  const keys = ["table_name", "column_name", "data_type", "column_key", "column_comment", "values", ...spokenKeys(next)]
  const rows = tables.flatMap((table) =>
    table.columns.map((column): ReadonlyArray<Json> => [
      table.name,
      column.name,
      column.type,
      column.primaryKey ? "PRI" : "",
      column.description,
      column.values.length === 0 ? null : column.values,
      ...rowKey(keyAt(all, table, column))
    ])
  )
  if (next(2) === 0) return { columns: keys, rows }
  const spellings = keys.map((key) => spelt(next, key))
  return rows.map((row) => Object.fromEntries(spellings.map((key, position) => [key, row[position] ?? null])))
}

/** Two schemas, or two databases, with what each holds; inside one, its own tables need no schema. */
const nested = (next: Next, tables: ReadonlyArray<TableShape>, all: ReadonlyArray<Key>): Json => {
  const atTop = placed(next, all, "column", "table", "list")
  const isTop = next(2) === 0
  const content = (schema: string): Fields => {
    const unqualified = next(2) === 0
    const written = (one: Key["from"]) => (unqualified && one.schema === schema ? { ...one, schema: null } : one)
    const inside: Placed = new Map(
      [...atTop].map(([place, keys]) => [
        place,
        keys
          .filter(({ from }) => from.schema === schema)
          .map((key) => ({ ...key, from: written(key.from), to: written(key.to) }))
      ])
    )
    const own = tables.filter((table) => table.schema === schema)
    const list = isTop ? {} : beside(next, inside)
    return pick<Fields>(
      next,
      { [spelt(next, "tables")]: pick<Json>(next, keyed(next, own, inside), listed(next, own, inside)), ...list },
      { ...keyed(next, own, inside), ...list }
    )
  }
  return {
    [pick(next, "schemas", "databases")]: pick<Json>(
      next,
      schemas.map((name) => ({ [pick(next, "name", "schema_name")]: name, ...content(name) })),
      Object.fromEntries(schemas.map((name) => [name, content(name)]))
    ),
    ...(isTop ? beside(next, atTop) : {})
  }
}

const schemas = ["public", "sales"] as const

/** A shape: how a model is written, and of which part of it. */
interface Shape {
  readonly schemas?: ReadonlyArray<string>
  /** True where every key has to name the column that it refers to. */
  readonly whole?: true
  /** True where the content is the first table alone. */
  readonly single?: true
  readonly write: (next: Next, tables: ReadonlyArray<TableShape>, keys: ReadonlyArray<Key>) => Json
  readonly about?: (name: string) => ResourceIntroduction
}

const shapes: ReadonlyArray<Shape> = [
  {
    write: (next, tables, keys) => {
      const at = placed(next, keys, "column", "table", "list")
      return wrapped(next, { [spelt(next, "tables")]: keyed(next, tables, at), ...beside(next, at) })
    }
  },
  {
    write: (next, tables, keys) => {
      const at = placed(next, keys, "column", "table", "list")
      return wrapped(next, { ...beside(next, at), tables: listed(next, tables, at) })
    }
  },
  {
    write: (next, tables, keys) => {
      const at = placed(next, keys, "column", "table", "list")
      return wrapped(next, { ...keyed(next, tables, at), ...beside(next, at) })
    }
  },
  { write: (next, tables, keys) => wrapped(next, listed(next, tables, placed(next, keys, "column", "table"))) },
  {
    write: (next, tables, keys) => {
      const at = placed(next, keys, "column", "table", "list")
      return { databases: [{ name: "shop", tables: keyed(next, tables, at), ...beside(next, at) }] }
    }
  },
  { write: (next, tables, keys) => wrapped(next, flat(next, tables, keys)) },
  { write: (next, tables, keys) => pick<Json>(next, ddl(next, tables, keys), { ddl: ddl(next, tables, keys) }) },
  {
    single: true,
    write: (next, tables, keys) =>
      wrapped(
        next,
        one(tables, (table) => tableFields(next, table, placed(next, keys, "column", "table"), null))
      ),
    about: (name) => introduced(`db:///${name}/schema`)
  },
  {
    single: true,
    write: (next, tables, keys) =>
      wrapped(
        next,
        one(tables, (table) =>
          table.columns.map((column) => columnFields(next, column, true, keyAt(keys, table, column)))
        )
      ),
    about: (name) => introduced(`db://tables/${name}`)
  },
  // `sales.orders` alone would be a column of a table `sales`.
  { schemas, whole: true, write: nested },
  { schemas: ["main"], whole: true, write: (next, tables, keys) => wrapped(next, manifest(next, tables, keys)) }
]

const one = (tables: ReadonlyArray<TableShape>, write: (table: TableShape) => Json): Json =>
  tables[0] === undefined ? null : write(tables[0])

/** A schema in a shape, with what is to be read back. */
export const writtenSchemas = Arbitrary.map(
  Arbitrary.schema(Model),
  ({ references, seed, shape: position, tables }): WrittenSchema => {
    const next = scrambled(seed)
    const shape = shapes[position % shapes.length]
    const model = withKeys(
      distinct(tables, shape?.schemas ?? [null]),
      references.map((key) => ({ ...key, short: key.short && shape?.whole !== true }))
    )
    // Tables of one schema stand together.
    const grouped = [...Map.groupBy(model.tables, ({ schema }) => schema).values()].flat()
    const written = shape?.single ? grouped.slice(0, 1) : grouped
    const keys = model.keys.filter(({ from }) => written.some(({ name }) => name === from.name))
    return {
      data: shape?.write(next, written, keys) ?? null,
      about: shape?.about?.(written[0]?.name ?? "") ?? plain,
      expected: { tables: written, foreignKeys: keys.map(shapeOf) }
    }
  }
)
