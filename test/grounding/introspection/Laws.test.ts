/** What holds for every schema, every order of its rows and every way of cutting them, without a database. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Order, Result, Schema } from "effect"
import type { Dialect } from "../../../src/config/OrchestratorConfig.ts"
import type { Answer } from "../../../src/grounding/introspection/Ask.ts"
import * as Pages from "../../../src/grounding/introspection/Pages.ts"
import * as SchemaDecoder from "../../../src/grounding/introspection/SchemaDecoder.ts"
import * as Statements from "../../../src/grounding/introspection/Statements.ts"
import type { DatabaseSchema, SchemaTable } from "../../../src/resources/DatabaseSchema.ts"
import { serverConfig } from "../../connection/fixture.ts"

const dialects: ReadonlyArray<Dialect> = ["sqlite", "postgres", "mysql"]
const forms: ReadonlyArray<Statements.Form> = ["table", "column"]

describe("every statement", () => {
  const statements = [
    Statements.probe,
    ...dialects.flatMap((dialect) =>
      forms.flatMap((form) => [true, false].map((stored) => Statements.page(dialect, { form, stored }, 20_000, 7)))
    )
  ]

  it("is one SELECT of which no filter that is in use could think otherwise", () => {
    for (const sql of statements) {
      assert.match(sql, /^SELECT /)
      assert.notMatch(sql, /[?;$:\\]|--|\/\*|[^\x20-\x7e]/)
      assert.notMatch(
        sql,
        /\b(?:with|drop|create|update|delete|insert|alter|grant|revoke|truncate|call|exec|execute|set|copy|replace|into|merge|lock)\b/i
      )
    }
  })

  it("asks for the end mark, and for the columns by which its rows are read", () => {
    for (const sql of statements.slice(1)) {
      assert.include(sql, `UNION ALL SELECT '${Statements.kinds.end}', ''`)
      const form = sql.includes("mo_r") ? "table" : "column"
      const selected = sql.slice("SELECT ".length, sql.indexOf(" FROM "))
      assert.deepStrictEqual(
        selected.split(", ").map((column) => column.replace(/^.* AS /, "")),
        [...Statements.columns[form]]
      )
      assert.match(sql, / LIMIT 20000 OFFSET 7$/)
    }
  })
})

// -----------------------------------------------------------------------------
// Schemas
// -----------------------------------------------------------------------------

const Text = Schema.String.check(Schema.isMaxLength(8))
const Shape = Schema.Struct({
  columns: Schema.NonEmptyArray(
    Schema.Struct({ name: Text, type: Text, notNull: Schema.Boolean, comment: Text, values: Schema.Array(Text) })
  ),
  isView: Schema.Boolean,
  visible: Schema.Boolean,
  comment: Text,
  inKey: Schema.Int,
  refersTo: Schema.Array(Schema.Int).check(Schema.isMaxLength(2))
})
const Shapes = Schema.Array(Shape).check(Schema.isMaxLength(5))

/** A sound schema of these shapes: names are made different, and keys point to what is there. */
const schemaOf = (shapes: typeof Shapes.Type): DatabaseSchema => {
  const tables = shapes.map(({ columns, comment, inKey, isView, visible }, index): Omit<SchemaTable, "foreignKeys"> => {
    const named = columns.map((column, place) => ({ ...column, name: `${column.name}${place}`, unique: place === 1 }))
    return {
      schema: index % 2 === 0 ? "public" : "Sales, Dept",
      name: `t ${index}"`,
      kind: isView ? "view" : "table",
      visible,
      comment,
      columns: named,
      primaryKey: named
        .map(({ name }) => name)
        .slice(0, Math.abs(inKey) % 3)
        .toReversed()
    }
  })
  return {
    dialect: "postgres",
    tables: tables
      .map((table, index) => ({
        ...table,
        foreignKeys: (shapes[index]?.refersTo ?? []).flatMap((number) => {
          const to = tables[Math.abs(number) % tables.length]
          const [from] = table.columns
          const [target] = to?.columns ?? []
          return to === undefined || from === undefined || target === undefined
            ? []
            : [{ columns: [from.name], toSchema: to.schema, toTable: to.name, toColumns: [target.name] }]
        })
      }))
      .toSorted((one, other) => Order.String(one.schema, other.schema) || Order.String(one.name, other.name))
  }
}

type Rows = ReadonlyArray<ReadonlyArray<string>>

const flagsOf = ({ columns, primaryKey }: SchemaTable, index: number): string => {
  const column = columns[index]
  const place = primaryKey.indexOf(column?.name ?? "") + 1
  const key = place === 0 ? "" : `P${place}/${primaryKey.length}`
  return `${column?.notNull === true ? "N" : ""}${key}${column?.unique === true ? "U" : ""}`
}

const { column: columnKind, foreignKey, label, table: tableKind } = Statements.kinds

/** The rows in which a database tells the schema. */
const rowsByColumn = ({ tables }: DatabaseSchema): Rows =>
  tables.flatMap((table) => {
    const { columns, comment, foreignKeys, kind, name, schema, visible } = table
    return [
      [tableKind, schema, name, "0", "", kind, visible ? "V" : "", comment, ""],
      ...columns.flatMap((column, index) => [
        [columnKind, schema, name, `${index + 1}`, column.name, column.type, flagsOf(table, index), column.comment, ""],
        ...column.values.map((value, at) => [label, schema, name, `${at + 1}`, column.name, value, "", "", ""])
      ]),
      ...foreignKeys.flatMap(({ columns: from, toColumns, toSchema, toTable }, number) =>
        from.map((column, at) => [
          foreignKey,
          schema,
          name,
          `${at + 1}`,
          column,
          toSchema,
          toTable,
          toColumns[at] ?? "",
          `k${number}`
        ])
      )
    ]
  })

/** `asText`: as MariaDB writes JSON within JSON. */
const rowsByTable = ({ tables }: DatabaseSchema, asText: boolean): Rows => {
  const inner = (value: unknown) => (asText ? JSON.stringify(value) : value)
  return tables.flatMap((table) => {
    const { columns, comment, foreignKeys, kind, name, schema, visible } = table
    const described = columns.map((column, index) =>
      inner([
        index + 1,
        column.name,
        column.type,
        flagsOf(table, index),
        column.comment,
        column.values.length === 0 ? null : inner(column.values)
      ])
    )
    return [
      [tableKind, schema, name, "", JSON.stringify([kind, visible ? "V" : "", comment, inner(described)])],
      ...foreignKeys.map(({ columns: from, toColumns, toSchema, toTable }, number) => {
        const pairs = from.map((column, at) => inner([at + 1, column, toColumns[at] ?? ""]))
        return [foreignKey, schema, name, `k${number}`, JSON.stringify([toSchema, toTable, inner(pairs)])]
      })
    ]
  })
}

const decoded = (form: Statements.Form, rows: Rows) => Result.getOrThrow(SchemaDecoder.decode("postgres", form, rows))

describe("the schema of rows", () => {
  it.prop(
    "is the schema that the rows tell, in either form and in any order",
    [Shapes, Schema.Boolean],
    ([shapes, asText]) => {
      const schema = schemaOf(shapes)
      const byTable = rowsByTable(schema, asText)
      assert.deepStrictEqual(decoded("table", byTable), schema)
      assert.deepStrictEqual(decoded("table", byTable.toReversed()), schema)
      const byColumn = rowsByColumn(schema)
      assert.deepStrictEqual(decoded("column", byColumn), schema)
      assert.deepStrictEqual(decoded("column", byColumn.toReversed()), schema)
    }
  )

  it.prop("is none where a table is there twice, or is missing", [Shapes, Schema.Int], ([shapes, number]) => {
    for (const form of forms) {
      const schema = schemaOf(shapes)
      const rows = form === "table" ? rowsByTable(schema, false) : rowsByColumn(schema)
      const tables = rows.flatMap(([kind], index) => (kind === tableKind ? [index] : []))
      const at = tables[Math.abs(number) % tables.length]
      if (at === undefined) return
      assert.isTrue(Result.isFailure(SchemaDecoder.decode("postgres", form, [...rows, rows[at] ?? []])))
      const without = SchemaDecoder.decode(
        "postgres",
        "column",
        rowsByColumn(schema).filter(([kind]) => kind !== tableKind)
      )
      assert.isTrue(Result.isFailure(without))
    }
  })

  it("has no key of which the role sees a part", () => {
    const rows = [
      [tableKind, "s", "t", "", JSON.stringify(["table", "V", "", [[1, "a", "int", "NP1/2", ""]]])],
      [
        foreignKey,
        "s",
        "t",
        "k",
        JSON.stringify([
          "s",
          "t",
          [
            [1, "a", "a"],
            [2, "hidden", "b"]
          ]
        ])
      ]
    ]
    assert.deepInclude(decoded("table", rows).tables[0], { primaryKey: [], foreignKeys: [] })
  })

  it("is none where a row is no row of ours", () => {
    for (const cells of [["7", "s", "t", "", "[]"], ["1", "s", "t", "", "[cut"], ["1", "s", "t", "", '{"a":1}'], []]) {
      assert.isTrue(Result.isFailure(SchemaDecoder.decode("sqlite", "table", [cells])))
    }
  })
})

// -----------------------------------------------------------------------------
// Pages
// -----------------------------------------------------------------------------

const server = serverConfig("http://localhost/sse")
const question: Statements.Question = { form: "table", stored: false }

/** The rows of a database to the end mark, as a server sends those that a statement asks for. */
const sending = (all: Rows, send: (asked: Rows) => Answer) => {
  let calls = 0
  const ask = (sql: string): Effect.Effect<Answer> =>
    Effect.sync(() => {
      calls += 1
      const [, limit, offset] = /LIMIT (\d+) OFFSET (\d+)$/.exec(sql) ?? []
      return send([...all, ["9", "", "", "", ""]].slice(Number(offset), Number(offset) + Number(limit)))
    })
  return Pages.read({ ask, spent: () => ({ calls, bytes: 0 }) }, server, question)
}
const numbered = (count: number): Rows => Array.from({ length: count }, (_, index) => ["1", "s", `${index}`, "", "x"])
const small = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 300 }))

describe("the pages of a statement", () => {
  it.effect.prop(
    "are all rows, each once, whatever number of rows a server sends at most",
    [small, small],
    ([count, most]) =>
      Effect.gen(function* () {
        const rows = numbered(count)
        const read = yield* sending(rows, (asked) => ({ _tag: "Rows", rows: asked.slice(0, most + 2) }))
        assert.deepStrictEqual(read, { _tag: "Read", rows })
      })
  )

  it.effect.prop(
    "are all rows, each once, where more than so many rows are cut in the middle",
    [small, small],
    ([count, most]) =>
      Effect.gen(function* () {
        const rows = numbered(count)
        const read = yield* sending(rows, (asked) =>
          asked.length > most + 3 ? { _tag: "Unreadable", message: "cut" } : { _tag: "Rows", rows: asked }
        )
        assert.deepStrictEqual(read, { _tag: "Read", rows })
      })
  )

  it.effect("are a failure where no row comes after the last one, and where nothing can be read", () =>
    Effect.gen(function* () {
      const stuck = yield* Effect.flip(sending(numbered(9), (asked) => ({ _tag: "Rows", rows: asked.slice(0, 1) })))
      assert.strictEqual(stuck.failure.reason._tag, "InvalidReply")
      const unread = yield* Effect.flip(sending([], () => ({ _tag: "Unreadable", message: "prose" })))
      assert.deepInclude(unread.failure, { stage: "decode", detail: "prose" })
    })
  )

  it.effect("are not of one schema where a server sends the same rows whatever it is asked for", () =>
    Effect.gen(function* () {
      const read = yield* sending(numbered(9), () => ({ _tag: "Rows", rows: numbered(9) }))
      assert.deepStrictEqual(read, { _tag: "Changed" })
    })
  )

  it.effect("are a failure where there are more rows than any schema has", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(sending(numbered(70_000), (asked) => ({ _tag: "Rows", rows: asked })))
      assert.deepStrictEqual([error.failure.stage, error.failure.reason._tag], ["limit", "TooMany"])
    })
  )
})
