/** Generated schemas, written in one of the shapes that servers publish. */
import { Arbitrary, Schema } from "effect"
import type { ResourceIntroduction } from "../../src/grounding/TableName.ts"
import type { SchemaShapes } from "../../src/grounding/TableShape.ts"
import { random, shuffled } from "../config/generated.ts"
import { introduced, plain } from "./introductions.ts"

type Json = Schema.Json
type Fields = { readonly [key: string]: Json }

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
const Model = Schema.Struct({
  tables: Schema.Array(Table).check(Schema.isMinLength(1), Schema.isMaxLength(4)),
  shape: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 8 })),
  seed: Schema.Int
})

type Column = typeof Column.Type
type Table = typeof Table.Type

/** What is random while a schema is written: a number below a limit. */
type Next = (limit: number) => number

export interface WrittenSchema {
  readonly data: Json
  readonly about: ResourceIntroduction
  readonly expected: SchemaShapes
}

const pick = <A>(next: Next, first: A, ...rest: ReadonlyArray<A>): A => [first, ...rest][next(rest.length + 1)] ?? first

/** Small seeds that are next to each other begin differently too. */
export const scrambled = (seed: number): Next => random(Math.imul(seed + 1, 0x9e3779b1))

/** Names differ by their position, and every value stands once. */
const distinct = (tables: ReadonlyArray<Table>): ReadonlyArray<Table> =>
  tables.map((table, at) => ({
    name: `t_${table.name}_${at}`,
    columns: table.columns.map((column, position) => ({
      ...column,
      name: `${column.name}_${position}`,
      values: [...new Set(column.values)]
    }))
  }))

/** `column_name`, `COLUMN_NAME`, `columnName`, `Column Name`. */
const spelt = (next: Next, key: string): string =>
  pick(
    next,
    key,
    key.toUpperCase(),
    key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    key.replaceAll("_", " ")
  )

/** The fields in any order, among others that say nothing. */
const scattered = (next: Next, fields: Fields): Fields =>
  Object.fromEntries(
    shuffled(
      [
        ...Object.entries(fields).map(([key, value]) => [spelt(next, key), value] as const),
        ...(next(2) === 0 ? [["nullable_by", null] as const, ["x_order", next(9)] as const] : [])
      ],
      next
    )
  )

const columnFields = (next: Next, column: Column, named: boolean): Fields =>
  scattered(next, {
    ...(named ? { [pick(next, "name", "column_name")]: column.name } : {}),
    [pick(next, "type", "data_type", "column_type")]: column.type,
    ...(column.primaryKey
      ? { [pick(next, "primary_key", "is_primary_key", "pk")]: pick<Json>(next, true, 1, "YES") }
      : {}),
    ...(column.description === null ? {} : { [pick(next, "description", "comment")]: column.description }),
    ...(column.values.length === 0 ? {} : { [pick(next, "enum", "possible_values")]: column.values })
  })

const columnsOf = (next: Next, { columns }: Table): Json =>
  next(2) === 0
    ? columns.map((column) => columnFields(next, column, true))
    : Object.fromEntries(columns.map((column) => [column.name, columnFields(next, column, false)]))

const tableFields = (next: Next, table: Table, nameKey: string | null): Fields =>
  scattered(next, {
    ...(nameKey === null ? {} : { [nameKey]: table.name }),
    columns: columnsOf(next, table)
  })

const keyed = (next: Next, tables: ReadonlyArray<Table>): Fields =>
  Object.fromEntries(tables.map((table) => [table.name, tableFields(next, table, null)]))

const listed = (next: Next, tables: ReadonlyArray<Table>): Json =>
  tables.map((table) => tableFields(next, table, pick(next, "name", "table_name")))

const flat = (next: Next, tables: ReadonlyArray<Table>): Json => {
  const keys = ["table_name", "column_name", "data_type", "column_key", "column_comment", "values"]
  const rows = tables.flatMap((table) =>
    table.columns.map((column): ReadonlyArray<Json> => [
      table.name,
      column.name,
      column.type,
      column.primaryKey ? "PRI" : "",
      column.description,
      column.values.length === 0 ? null : column.values
    ])
  )
  if (next(2) === 0) return { columns: keys, rows }
  const spellings = keys.map((key) => spelt(next, key))
  return rows.map((row) => Object.fromEntries(spellings.map((key, at) => [key, row[at] ?? null])))
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

const ddl = (next: Next, tables: ReadonlyArray<Table>): string => {
  const [open, close] = pick(next, ["", ""], ['"', '"'], ["[", "]"])
  const said = pick(
    next,
    (word: string) => word,
    (word: string) => word.toLowerCase()
  )
  const statements = tables.map((table) => {
    const items = table.columns.map(({ description, name, primaryKey, type, values }) =>
      [
        `${open}${name}${close} ${type}`,
        ...(primaryKey ? [said("PRIMARY KEY")] : []),
        ...(values.length === 0
          ? []
          : [`${said("CHECK")} (${open}${name}${close} IN (${values.map(quote).join(", ")}))`]),
        ...(description === null ? [] : [`${said("COMMENT")} ${quote(description)}`])
      ].join(pick(next, " ", "\n  "))
    )
    return `${said("CREATE TABLE")} ${open}${table.name}${close} (${items.join(pick(next, ", ", ",\n "))})`
  })
  const sql = `${statements.join(pick(next, ";\n", ";\n\n-- it's the next; (really)\n"))};`
  return pick(next, sql, `It's the schema:\n\n\`\`\`sql\n${sql}\n\`\`\`\n`)
}

const wrapped = (next: Next, data: Json): Json => {
  const key = pick(next, "data", "result", "payload", "response")
  return next(2) === 0 ? data : wrapped(() => 0, { success: true, [key]: data, count: 1 })
}

/** A schema in a shape, with what is to be read back. */
export const writtenSchemas = Arbitrary.map(Arbitrary.schema(Model), ({ seed, shape, tables }): WrittenSchema => {
  const next = scrambled(seed)
  const model = distinct(tables)
  const [first] = model
  const all = { foreignKeys: [], tables: model.map((table) => ({ ...table, schema: null, description: null })) }
  const one = { foreignKeys: [], tables: all.tables.slice(0, 1) }
  const shapes: ReadonlyArray<() => WrittenSchema> = [
    () => ({ data: wrapped(next, { [spelt(next, "tables")]: keyed(next, model) }), about: plain, expected: all }),
    () => ({ data: wrapped(next, { tables: listed(next, model) }), about: plain, expected: all }),
    () => ({ data: wrapped(next, keyed(next, model)), about: plain, expected: all }),
    () => ({ data: wrapped(next, listed(next, model)), about: plain, expected: all }),
    () => ({ data: { databases: [{ name: "shop", tables: keyed(next, model) }] }, about: plain, expected: all }),
    () => ({ data: wrapped(next, flat(next, model)), about: plain, expected: all }),
    () => ({ data: pick<Json>(next, ddl(next, model), { ddl: ddl(next, model) }), about: plain, expected: all }),
    () => ({
      data: wrapped(next, first === undefined ? null : tableFields(next, first, null)),
      about: introduced(`db:///${first?.name}/schema`),
      expected: one
    }),
    () => ({
      data: wrapped(next, first?.columns.map((column) => columnFields(next, column, true)) ?? []),
      about: introduced(`db://tables/${first?.name}`),
      expected: one
    })
  ]
  return shapes[shape]?.() ?? { data: null, about: plain, expected: all }
})
