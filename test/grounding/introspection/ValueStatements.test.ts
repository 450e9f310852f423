/** The statements for values, on all three databases as far as they are installed. */
import { assert, describe, it, layer } from "@effect/vitest"
import { Context, Effect, Layer, Schema } from "effect"
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as ValueStatements from "../../../src/grounding/introspection/ValueStatements.ts"
import type { DatabaseSchema, SchemaColumn, SchemaTable } from "../../../src/resources/DatabaseSchema.ts"
import * as MariaDb from "./MariaDb.ts"
import * as SqliteServer from "./SqliteServer.ts"

const schemaColumn = (name: string, type: string): SchemaColumn => ({
  name,
  type,
  notNull: false,
  unique: false,
  comment: "",
  values: []
})
const table = (schema: string, name: string, ...columns: ReadonlyArray<SchemaColumn>): SchemaTable => ({
  schema,
  name,
  kind: "table",
  visible: true,
  comment: "",
  columns,
  primaryKey: [],
  foreignKeys: []
})
const awkward = (schema: string, type: string): DatabaseSchema => ({
  dialect: "postgres",
  tables: [
    table(schema, "Sales Dept", schemaColumn('say "hi"', type), schemaColumn("city", type), schemaColumn("what?", type))
  ]
})
const cities = "('a', 'Köln'), ('b', 'KÖLN'), ('c', 'O''Hara'), ('c', NULL), ('d', 'Rome')"
const texts = ["köln", "o'hara", "nowhere"]
const expected = [
  ["0001", "KÖLN"],
  ["0001", "Köln"],
  ["0001", "O'Hara"],
  ["9999", ""]
]
const sorted = (rows: ReadonlyArray<ReadonlyArray<unknown>>) => rows.map((row) => row.map(String)).toSorted()

describe("The statements for values", () => {
  it("leave out what a server's filter could take for something else", () => {
    const asked = ValueStatements.askable(awkward("public", "text"))
    assert.deepStrictEqual(
      asked.map(({ column }) => column),
      ['say "hi"', "city"]
    )
    for (const text of ["what?", "a;b", "$1", "x--y", "please update", "a\nb"])
      assert.isFalse(ValueStatements.isPlain(text))
    for (const text of ["O'Hara", "Ana Sol, Lima", "last_update", "50%"]) assert.isTrue(ValueStatements.isPlain(text))
  })

  it("ask for nothing secret or personal, however its name is written", () => {
    const of = (...names: ReadonlyArray<string>) =>
      ValueStatements.askable({
        dialect: "postgres",
        tables: [table("public", "people", ...names.map((name) => schemaColumn(name, "text")))]
      })
    const kept = ["city", "pinned_city", "keynote", "issue_key", "key"]
    assert.deepStrictEqual(
      of(
        "email",
        "email2",
        "userEmail",
        "user-email",
        "phone1",
        "PINCode",
        "PASSword",
        "oauth2token",
        "hash256",
        "apiKey",
        "secret_key",
        ...kept
      ).map(({ column }) => column),
      kept
    )
  })

  it("ask of a unique column or a key for what is named, and for no list", () => {
    const columns = [
      { ...schemaColumn("barcode", "text"), unique: true },
      schemaColumn("signing_key", "text"),
      schemaColumn("status", "text")
    ]
    const asked = ValueStatements.askable({ dialect: "postgres", tables: [table("public", "issues", ...columns)] })
    assert.deepStrictEqual(
      asked.map(({ column, listed }) => [column, listed]),
      [
        ["barcode", false],
        ["signing_key", false],
        ["status", true]
      ]
    )
    for (const name of ["barcode", "signing_key"]) {
      assert.include(ValueStatements.matching("postgres", asked, ["abc-1"]), name)
      assert.notInclude(ValueStatements.listing("postgres", asked), name)
    }
    assert.include(ValueStatements.listing("postgres", asked), "status")
  })

  it("ask of a key of the table's own for what is named, and never of one that refers to another", () => {
    const flights = {
      ...table("public", "flights", schemaColumn("flight_no", "text"), schemaColumn("origin", "text")),
      primaryKey: ["flight_no"],
      foreignKeys: [{ columns: ["origin"], toSchema: "public", toTable: "airports", toColumns: ["iata_code"] }]
    }
    const asked = ValueStatements.askable({ dialect: "postgres", tables: [flights] })
    assert.deepStrictEqual(
      asked.map(({ column, listed }) => [column, listed]),
      [["flight_no", false]]
    )
  })

  it.effect("run on SQLite", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(
        `CREATE TABLE "Sales Dept" ("say ""hi""" TEXT, city TEXT, "what?" TEXT); INSERT INTO "Sales Dept" ("say ""hi""", city) VALUES ${cities}`
      )
      const asked = ValueStatements.askable({ ...awkward("main", "TEXT"), dialect: "sqlite" })
      const rows = SqliteServer.rowsOf(database, ValueStatements.matching("sqlite", asked, texts))
      // SQLite does not know that Ö and ö are one letter.
      assert.deepStrictEqual(
        sorted(rows.map(Object.values)),
        expected.filter(([, value]) => value !== "KÖLN")
      )
      const listed = SqliteServer.rowsOf(database, ValueStatements.listing("sqlite", asked))
      assert.strictEqual(listed.length, 4 + 4 + 1)
    })
  )
})

const installed = new URL("../../real/servers/node_modules/", import.meta.url)
const pglite = fileURLToPath(new URL("@electric-sql/pglite/dist/index.js", installed))
const Answers = Schema.fromJsonString(Schema.Array(Schema.Array(Schema.Record(Schema.String, Schema.String))))

describe.skipIf(!existsSync(pglite))("The statements for values on PostgreSQL", () => {
  it("find what is equal but for case, and list what there is", () => {
    const asked = ValueStatements.askable(awkward("Far Away", "character varying(20)"))
    const setup = `CREATE ROLE reader SUPERUSER; CREATE SCHEMA "Far Away";
      CREATE TABLE "Far Away"."Sales Dept" ("say ""hi""" char(3), city varchar(20), "what?" text);
      INSERT INTO "Far Away"."Sales Dept" VALUES ${cities};`
    const asks = [ValueStatements.matching("postgres", asked, texts), ValueStatements.listing("postgres", asked)]
    const script = fileURLToPath(new URL("pglite.mjs", import.meta.url))
    const { stderr, stdout } = spawnSync(process.execPath, [script, pglite], {
      input: JSON.stringify({ setup, asks: asks.map((sql) => ({ role: "reader", sql })) }),
      encoding: "utf8"
    })
    assert.strictEqual(stderr, "")
    const [matched = [], listed = []] = Schema.decodeSync(Answers)(stdout)
    assert.deepStrictEqual(sorted(matched.map(Object.values)), expected)
    assert.strictEqual(listed.length, 4 + 4 + 1)
    assert.deepStrictEqual(listed.at(-1), { mo_i: "9999", mo_v: "" })
  })
})

class Database extends Context.Service<Database, MariaDb.MariaDb>()("test/ValuesDatabase") {}

describe.skipIf(!MariaDb.isInstalled)("The statements for values on MariaDB", () => {
  layer(Layer.effect(Database, MariaDb.start))((it) => {
    it.effect("find what is equal but for case, and keep values apart that differ by it", () =>
      Effect.map(Database, ({ run }) => {
        run(
          "root",
          "mysql",
          `CREATE DATABASE shop CHARACTER SET utf8mb4; CREATE TABLE shop.\`Sales Dept\` (\`say "hi"\` char(3), city varchar(20), \`what?\` text);
           INSERT INTO shop.\`Sales Dept\` (\`say "hi"\`, city) VALUES ${cities};`
        )
        const schema = { ...awkward("shop", "varchar(20)"), dialect: "mysql" } as const
        const asked = ValueStatements.askable(schema)
        const rows = run("root", "shop", ValueStatements.matching("mysql", asked, texts))
          .trimEnd()
          .split("\n")
        assert.deepStrictEqual(sorted(rows.map((row) => row.split("\t").concat("").slice(0, 2))), expected)
      })
    )
  })
})
