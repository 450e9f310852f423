import { assert, it } from "@effect/vitest"
import { Arbitrary, Schema } from "effect"
import { readSchema } from "../../src/grounding/SchemaReader.ts"
import type { ForeignKeyShape } from "../../src/grounding/TableShape.ts"
import { writtenSchemas } from "./generatedSchemas.ts"
import { introduced, plain } from "./introductions.ts"
import { type Json, type Next, pick, scattered, scrambled } from "./spelling.ts"

/** Keys are declared at many places; no order is promised. */
const byText = (keys: ReadonlyArray<ForeignKeyShape>) => keys.map((key) => JSON.stringify(key)).toSorted()

it.prop(
  "reads a schema back from whatever shape it is written in",
  [writtenSchemas],
  ([{ about, data, expected }]) => {
    const { foreignKeys, tables } = readSchema(data, about)
    assert.deepStrictEqual(
      { foreignKeys: byText(foreignKeys), tables },
      { ...expected, foreignKeys: byText(expected.foreignKeys) },
      JSON.stringify(data)
    )
  },
  { arbitrary: { runs: 1000, seed: "shapes" } }
)

/** A key of several columns in each of the ways that say which of them belongs to which. */
const written = (
  next: Next,
  columns: ReadonlyArray<string>,
  toColumns: ReadonlyArray<string>,
  ofTable: boolean
): ReadonlyArray<Json> => {
  const target = `people(${toColumns.join(", ")})`
  const row = (seq: number, fields: (column: string, to: string) => { readonly [key: string]: Json }) =>
    scattered(next, fields(columns[seq] ?? "", toColumns[seq] ?? ""))
  const rows = (fields: (seq: number) => (column: string, to: string) => { readonly [key: string]: Json }) =>
    columns.map((_, seq) => row(seq, fields(seq)))
  return pick<ReadonlyArray<Json>>(
    next,
    [scattered(next, { constrained_columns: columns, referred_table: "people", referred_columns: toColumns })],
    [scattered(next, { from_table: "visits", from_columns: columns, to_table: "people", to_columns: toColumns })],
    [scattered(next, { columns, references: target })],
    [scattered(next, { columns, references: { table: "people", columns: toColumns } })],
    [`visits(${columns.join(", ")}) ${pick(next, "->", "=", "→", "references")} ${target}`],
    ...(ofTable ? [rows((seq) => (from, to) => ({ id: 4, seq, table: "people", from, to }))] : []),
    rows(() => (column_name, referenced_column_name) => ({
      constraint_name: "fk",
      column_name,
      referenced_table_name: "people",
      referenced_column_name
    }))
  )
}

const Composite = Schema.Struct({
  size: Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 4 })),
  beside: Schema.Boolean,
  place: Schema.Literals(["table", "list", "ddl"]),
  seed: Schema.Int
})

it.prop(
  "reads a key of several columns as one key, whole and in its order",
  [Composite],
  ([{ beside, place, seed, size }]) => {
    const next = scrambled(seed)
    const columns = Array.from({ length: size }, (_, at) => `c_${at}_${next(9)}`)
    const toColumns = columns.map((_, at) => `k_${at}_${next(9)}`)
    const key = { from: "visits", columns, to: "people", toColumns }
    const other = { from: "visits", columns: ["host"], to: "people", toColumns: [toColumns[0] ?? ""] }
    const keys = place === "ddl" ? [] : written(next, columns, toColumns, place === "table")
    const foreign_keys = beside ? [...keys, { columns: ["host"], references: `people(${toColumns[0]})` }] : keys
    const fields = (names: ReadonlyArray<string>) => names.map((name) => ({ name, type: "bigint" }))
    const visits = { columns: fields(["host", ...columns]), ...(place === "table" ? { foreign_keys } : {}) }
    // Beside tables a key names both of its ends.
    const listed = foreign_keys.map((one) => (typeof one === "string" ? one : { table: "visits", ...Object(one) }))
    const sql = `CREATE TABLE people (${toColumns.map((name) => `${name} bigint`).join(", ")});
CREATE TABLE visits (host bigint, ${columns.map((name) => `${name} bigint`).join(", ")},
  FOREIGN KEY (${columns.join(", ")}) REFERENCES people (${toColumns.join(", ")})${beside ? `, FOREIGN KEY (host) REFERENCES people (${toColumns[0]})` : ""});`
    const tables = { visits, people: { columns: fields(toColumns) } }
    const data = place === "ddl" ? sql : { tables, ...(place === "list" ? { relationships: listed } : {}) }
    const read = readSchema(data, plain).foreignKeys.map(({ from, to, ...pair }) => ({
      ...pair,
      from: from.name,
      to: to.name
    }))
    assert.sameDeepMembers(read, beside ? [key, other] : [key], JSON.stringify(data))
  },
  { arbitrary: { runs: 500, seed: "composite" } }
)

const words = [
  "tables",
  "columns",
  "fields",
  "schemas",
  "name",
  "type",
  "rows",
  "relationships",
  "__proto__",
  "nodes",
  "x"
]
const texts = ["orders", "text", "INTEGER", "a.b -> c.d", "CREATE TABLE a (b int", "model.a.b", "", "(a, b)", "'"]

/** JSON of the words that the reader looks for, at any place. */
const hostile = Arbitrary.map(Arbitrary.schema(Schema.Int), (seed): Schema.Json => {
  const next = scrambled(seed)
  const one = (list: ReadonlyArray<string>) => list[next(list.length)] ?? ""
  const value = (depth: number): Schema.Json => {
    const kind = next(depth > 7 ? 3 : 6)
    if (kind === 0) return one(texts)
    if (kind === 1) return next(9)
    if (kind === 2) return [null, true, ""][next(3)] ?? null
    if (kind === 3) return Array.from({ length: next(4) }, () => value(depth + 1))
    return Object.fromEntries(Array.from({ length: next(5) }, () => [one(words), value(depth + 1)]))
  }
  return value(0)
})

it.prop(
  "reads any JSON without failing, and gives only tables with columns and keys that have both ends",
  [Schema.Union([Schema.Json]), hostile],
  ([json, data]) => {
    for (const content of [json, data]) {
      for (const about of [plain, introduced("db:///orders/schema")]) {
        const { foreignKeys, tables } = readSchema(content, about)
        for (const { columns, name } of tables) assert.isTrue(name !== "" && columns.length > 0)
        for (const { columns, toColumns } of foreignKeys) {
          assert.isTrue(columns.length > 0 && [0, columns.length].includes(toColumns.length))
        }
      }
    }
  },
  { arbitrary: { runs: 500, seed: "hostile" } }
)

const Word = Schema.Literals(["Laptop", "text", "date", "integer", "name", "Large", "orders.total", "a b"])
const Entity = Schema.Struct({
  id: Schema.Int,
  name: Word,
  type: Schema.optionalKey(Word),
  columns: Schema.optionalKey(Schema.Array(Word)),
  categories: Schema.optionalKey(Schema.Array(Word))
})
const LookAlike = Schema.Union([
  Schema.Array(Entity),
  Schema.Struct({ items: Schema.Array(Entity), count: Schema.Int }),
  Schema.Record(Schema.String.check(Schema.isPattern(/^[A-Za-z ]{1,9}$/u)), Schema.Record(Word, Word))
])

it.prop(
  "makes no table of entities and of records of words",
  [LookAlike],
  ([data]) => assert.deepStrictEqual(readSchema(data, plain).tables, [], JSON.stringify(data)),
  { arbitrary: { runs: 500, seed: "look-alikes" } }
)

it("is not led astray by depth and length", () => {
  const nested = (open: string, close: string, inside: string): Schema.Json =>
    JSON.parse(open.repeat(3000) + inside + close.repeat(3000))
  const tables = '{"tables":{"a":{"columns":["b"]}}}'
  for (const data of [
    nested("[", "]", tables),
    nested('{"data":', "}", tables),
    nested('{"tables":', "}", tables),
    nested('{"columns":[', "]}", tables),
    nested('{"schemas":{"a":', "}}", tables)
  ]) {
    assert.deepStrictEqual(readSchema(data, plain).tables, [])
  }
  const start = process.cpuUsage()
  const many = Array.from({ length: 20_000 }, (_, at) => ({
    id: at,
    name: `product ${at}`,
    type: "text",
    note: "x, y"
  }))
  for (const data of [
    many,
    { products: many },
    { tables: many },
    { columns: many },
    { tables: { a: { columns: many } } }
  ]) {
    readSchema(data, plain)
  }
  assert.isBelow(process.cpuUsage(start).user / 1000, 2000)
})
