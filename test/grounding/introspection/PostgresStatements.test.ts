/**
 * PostgreSQL's statements, run on PostgreSQL as PGlite has it, and what is made of their rows. PGlite is installed with
 * the servers of `test/real`; where it is not, this is skipped.
 */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as SchemaDecoder from "../../../src/grounding/introspection/SchemaDecoder.ts"
import * as Statements from "../../../src/grounding/introspection/Statements.ts"
import type { DatabaseSchema } from "../../../src/resources/DatabaseSchema.ts"

const installed = new URL("../../real/servers/node_modules/", import.meta.url)
const pglite = fileURLToPath(new URL("@electric-sql/pglite/dist/index.js", installed))

/** `owner` may read everything; `narrow` a table and three columns of another, and write into a third. */
const setup = `
CREATE ROLE narrow; CREATE ROLE owner SUPERUSER;
CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE DOMAIN amount AS numeric(12, 2) NOT NULL;
CREATE TABLE customers (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE, mood mood, balance amount,
  full_name text GENERATED ALWAYS AS ('x' || email) STORED, tags text[], gone text, seen int4range);
ALTER TABLE customers DROP COLUMN gone;
COMMENT ON TABLE customers IS E'Who buys.\\nOne\\ta row, "quoted" \\\\ back';
COMMENT ON COLUMN customers.email IS 'where to write';
CREATE TABLE parts (b integer, a integer, best integer REFERENCES customers, PRIMARY KEY (a, b), UNIQUE (b, best));
CREATE SCHEMA "Sales Dept";
CREATE TABLE "Sales Dept".customers (
  "Part B" integer, "part a" integer, parent integer REFERENCES public.customers (id),
  FOREIGN KEY ("part a", "Part B") REFERENCES parts (a, b));
CREATE TABLE "Sales Dept"."order" (id integer PRIMARY KEY, next integer REFERENCES "Sales Dept"."order");
CREATE TABLE measures (at date NOT NULL, value integer) PARTITION BY RANGE (at);
CREATE TABLE measures_2024 PARTITION OF measures FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE VIEW busy AS SELECT email, count(*) AS orders FROM customers GROUP BY email;
CREATE MATERIALIZED VIEW kept AS SELECT id FROM customers;
CREATE TABLE inbox (id integer);
GRANT SELECT ON measures TO narrow;
GRANT SELECT (id, mood) ON customers TO narrow;
GRANT SELECT (a, best) ON parts TO narrow;
GRANT INSERT ON inbox TO narrow;`

const Answers = Schema.fromJsonString(Schema.Array(Schema.Array(Schema.Record(Schema.String, Schema.Unknown))))

const forms = ["table", "column"] as const
const roles = ["owner", "narrow"] as const
const asks = roles.flatMap((role) =>
  forms.map((form) => ({ role, form, sql: Statements.page("postgres", { form, stored: false }, 1000, 0) }))
)
const key = (role: string, form: string) => `${role}, a row a ${form}`

describe.skipIf(!existsSync(pglite))("PostgreSQL's schema", () => {
  const schemas = new Map<string, DatabaseSchema>()
  let spoken: unknown

  beforeAll(() => {
    const script = fileURLToPath(new URL("pglite.mjs", import.meta.url))
    const { stderr, stdout } = spawnSync(process.execPath, [script, pglite], {
      input: JSON.stringify({ setup, asks: [...asks, { role: "narrow", sql: Statements.probe }] }),
      encoding: "utf8"
    })
    assert.strictEqual(stderr, "")
    const answers = Schema.decodeSync(Answers)(stdout)
    for (const [index, { form, role }] of asks.entries()) {
      const rows = (answers[index] ?? []).map((row) => Statements.columns[form].map((name) => String(row[name])))
      assert.strictEqual(rows.pop()?.[0], Statements.kinds.end)
      schemas.set(key(role, form), Result.getOrThrow(SchemaDecoder.decode("postgres", form, rows)))
    }
    const [probed] = answers.at(-1) ?? []
    spoken = Statements.spoken(String(probed?.["mo_m"]), String(probed?.["mo_c"]))
  })

  it("comes from a database that the probe knows", () => {
    assert.strictEqual(spoken, "postgres")
  })

  for (const role of roles) {
    it(`is the same a row a table and a row a column, for the ${role}`, () => {
      assert.deepStrictEqual(schemas.get(key(role, "table")), schemas.get(key(role, "column")))
    })
  }

  it("has tables, views and partitioned tables once, and says which may stand alone", () => {
    assert.deepStrictEqual(
      schemas
        .get(key("owner", "table"))
        ?.tables.map(({ kind, name, schema, visible }) => [schema, name, kind, visible]),
      [
        ["Sales Dept", "customers", "table", false],
        ["Sales Dept", "order", "table", false],
        ["public", "busy", "view", true],
        ["public", "customers", "table", true],
        ["public", "inbox", "table", true],
        ["public", "kept", "view", true],
        ["public", "measures", "table", true],
        ["public", "parts", "table", true]
      ]
    )
  })

  it("has columns with their types, labels and comments, and none that was dropped", () => {
    const [table] = tablesOf("owner", "public", "customers")
    assert.strictEqual(table?.comment, 'Who buys.\nOne\ta row, "quoted" \\ back')
    assert.deepStrictEqual(
      table?.columns.map(({ comment, name, notNull, type, unique, values }) => [
        name,
        type,
        notNull,
        unique,
        values,
        comment
      ]),
      [
        ["id", "integer", true, false, [], ""],
        ["email", "text", false, true, [], "where to write"],
        ["mood", "mood", false, false, ["sad", "it's ok", "happy"], ""],
        ["balance", "numeric(12,2)", true, false, [], ""],
        ["full_name", "text", false, false, [], ""],
        ["tags", "text[]", false, false, [], ""],
        ["seen", "int4range", false, false, [], ""]
      ]
    )
  })

  it("has keys in their own order: composite, to itself, and across schemas", () => {
    assert.deepStrictEqual(tablesOf("owner", "public", "parts")[0]?.primaryKey, ["a", "b"])
    assert.deepStrictEqual(tablesOf("owner", "Sales Dept", "order")[0]?.foreignKeys, [
      { columns: ["next"], toSchema: "Sales Dept", toTable: "order", toColumns: ["id"] }
    ])
    assert.deepStrictEqual(tablesOf("owner", "Sales Dept", "customers")[0]?.foreignKeys, [
      { columns: ["parent"], toSchema: "public", toTable: "customers", toColumns: ["id"] },
      { columns: ["part a", "Part B"], toSchema: "public", toTable: "parts", toColumns: ["a", "b"] }
    ])
  })

  it("has, for a role that may read some columns, exactly these, and no key that it sees a part of", () => {
    assert.deepStrictEqual(
      schemas
        .get(key("narrow", "table"))
        ?.tables.map(({ columns, foreignKeys, name, primaryKey }) => [
          name,
          columns.map((column) => column.name),
          primaryKey,
          foreignKeys.length
        ]),
      [
        ["customers", ["id", "mood"], ["id"], 0],
        ["measures", ["at", "value"], [], 0],
        ["parts", ["a", "best"], [], 1]
      ]
    )
  })

  const tablesOf = (role: string, schema: string, name: string) =>
    schemas.get(key(role, "table"))?.tables.filter((table) => table.schema === schema && table.name === name) ?? []
})
