/** SQLite's statements, run on SQLite, and what is made of their rows. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import * as SchemaDecoder from "../../../src/grounding/introspection/SchemaDecoder.ts"
import * as Statements from "../../../src/grounding/introspection/Statements.ts"
import * as SqliteServer from "./SqliteServer.ts"

const schemaOf = (sql: string, question: Statements.Question) =>
  Effect.gen(function* () {
    const database = yield* SqliteServer.open(sql)
    const rows = SqliteServer.rowsOf(database, Statements.page("sqlite", question, 1000, 0))
    assert.strictEqual(rows.at(-1)?.["mo_k"], Statements.kinds.end)
    const cells = rows.slice(0, -1).map((row) => Statements.columns[question.form].map((name) => String(row[name])))
    return Result.getOrThrow(SchemaDecoder.decode("sqlite", question.form, cells))
  }).pipe(Effect.scoped)

const column = (name: string, type: string, more: object = {}) => ({
  name,
  type,
  notNull: false,
  unique: false,
  comment: "",
  values: [],
  ...more
})
const table = (name: string, more: object) => ({
  schema: "main",
  name,
  kind: "table",
  visible: true,
  comment: "",
  primaryKey: [],
  foreignKeys: [],
  ...more
})

describe("SQLite's schema", () => {
  for (const form of ["table", "column"] as const) {
    it.effect(`has names, keys, views and generated columns as they are, a row a ${form}`, () =>
      Effect.map(schemaOf(SqliteServer.awkward, { form, stored: false }), (schema) =>
        assert.deepStrictEqual<unknown>(schema, {
          dialect: "sqlite",
          tables: [
            table("Order Lines", {
              columns: [
                column("line_no", "INTEGER"),
                column("order", "TEXT"),
                column("customer_id", "INTEGER"),
                column("total", "REAL"),
                column('say "hi"', "TEXT"),
                column("parent_no", "INTEGER"),
                column("parent_order", "TEXT")
              ],
              primaryKey: ["order", "line_no"],
              foreignKeys: [
                {
                  columns: ["parent_order", "parent_no"],
                  toSchema: "main",
                  toTable: "Order Lines",
                  toColumns: ["order", "line_no"]
                },
                { columns: ["customer_id"], toSchema: "main", toTable: "customers", toColumns: ["id"] }
              ]
            }),
            table("busy", { kind: "view", columns: [column("name", "TEXT"), column("orders", "")] }),
            table("customers", {
              columns: [
                column("id", "INTEGER"),
                column("name", "TEXT", { notNull: true }),
                column("status", "VARCHAR(9)")
              ],
              primaryKey: ["id"]
            }),
            table("notes", { columns: [column("title", ""), column("body", "")] }),
            table("rates", {
              columns: [column("currency", "TEXT", { notNull: true }), column("day", "TEXT", { notNull: true })],
              primaryKey: ["currency", "day"]
            }),
            table("untyped", { columns: [column("anything", "")] })
          ]
        })
      )
    )

    it.effect(`names views and virtual tables without looking into them, if told so, a row a ${form}`, () =>
      Effect.map(schemaOf(SqliteServer.awkward, { form, stored: true }), ({ tables }) =>
        assert.deepStrictEqual(
          tables.map(({ columns, name }) => [name, columns.length]),
          [
            ["Order Lines", 7],
            ["busy", 0],
            ["customers", 3],
            ["rates", 2],
            ["untyped", 1]
          ]
        )
      )
    )
  }

  it.effect("of an empty database is empty", () =>
    Effect.map(schemaOf("", { form: "table", stored: false }), ({ tables }) => assert.deepStrictEqual(tables, []))
  )
})
