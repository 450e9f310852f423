/**
 * Statements that write, read files or read hidden tables when PostgreSQL runs them, although they look like plain reads:
 * run on PostgreSQL as PGlite has it, so that what is refused is known to be worth it. PGlite is installed with the
 * servers of `test/real`; where it is not, this is skipped.
 */
import { assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Result, Schema } from "effect"
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { checkLexically } from "../../src/guard/LexicalGuard.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { statements as rights } from "../../src/grounding/introspection/WritingRights.ts"
import { refusalOf, table } from "./tables.ts"

const installed = new URL("../real/servers/node_modules/", import.meta.url)
const pglite = fileURLToPath(new URL("@electric-sql/pglite/dist/index.js", installed))

const setup = `
CREATE TABLE orders (id integer, tags text[]); INSERT INTO orders VALUES (1, '{a}');
CREATE TABLE secrets (token text); INSERT INTO secrets VALUES ('x'); CREATE SEQUENCE counter;
CREATE SCHEMA hr; CREATE TABLE hr.orders (id integer)`

/** An attribute that a function's rows do not have is the call of a function on them. */
const attributeCalls = [
  "SELECT g.nextval FROM CAST('counter' AS regclass) AS g",
  "SELECT g.lo_creat FROM generate_series(1, 1) g",
  "SELECT g.pg_read_file FROM unnest(array['PG_VERSION']) g",
  "SELECT g.pg_ls_dir FROM CAST('.' AS text) AS g",
  "SELECT g.pg_ls_dir FROM COALESCE('.'::text) AS g",
  "SELECT unnest.pg_ls_dir FROM unnest(array['.'])",
  "SELECT 1 AS a FROM unnest(array['.']) g ORDER BY g.pg_ls_dir",
  "SELECT g.pg_sleep FROM generate_series(0, 0) g",
  "SELECT g.current_setting FROM unnest(array['data_directory']) g"
]

/** A table that the schema does not name. */
const hiddenTables = [
  "WITH a AS (SELECT 1) TABLE secrets",
  "SELECT * FROM secrets WHERE EXISTS (WITH secrets AS (SELECT 1) SELECT 1)",
  'WITH "pg_catalog.pg_shadow" AS (SELECT 1) SELECT * FROM pg_catalog.pg_shadow',
  "SELECT * FROM (WITH a AS (SELECT 1) TABLE secrets) q",
  "SELECT passwd FROM pg_shadow",
  "SELECT id FROM hr.orders",
  "SELECT table_name FROM information_schema.tables"
]

const legitimate = [
  "SELECT tags[1:2] AS a, tags[:1] AS b FROM orders",
  "SELECT '{\"a\": 1}'::jsonb #>> '{a}' AS a, '{\"a\": 1}'::jsonb ? 'a' AS b",
  "SELECT id FROM orders TABLESAMPLE SYSTEM (100)",
  "SELECT id start FROM orders",
  "SELECT r.a FROM jsonb_to_recordset('[{\"a\": 1}]') AS r(a int)",
  "SELECT isfinite(now()) AS finite"
]

const Answers = Schema.fromJsonString(Schema.Array(Schema.NullOr(Schema.String)))
const tables = [table("orders", ["id", "tags"]), table("pg_shadow", ["passwd"])]
const check = (sql: string) => SqlGuard.check(sql, { dialect: "postgres", grounding: { tables }, allowedFunctions: [] })

describe.skipIf(!existsSync(pglite))("what PostgreSQL runs", () => {
  const said = new Map<string, string | null>()

  beforeAll(() => {
    const statements = [...attributeCalls, ...hiddenTables, ...legitimate, rights.postgres ?? ""]
    const script = fileURLToPath(new URL("pglite.mjs", import.meta.url))
    const { stderr, stdout } = spawnSync(process.execPath, [script, pglite], {
      input: JSON.stringify({ setup, statements }),
      encoding: "utf8"
    })
    assert.strictEqual(stderr, "")
    for (const [index, answer] of Schema.decodeSync(Answers)(stdout).entries())
      said.set(statements[index] ?? "", answer)
  }, 60_000)

  it.effect.each([...attributeCalls, ...hiddenTables])("is refused where it does more than it says: %s", (sql) =>
    Effect.gen(function* () {
      assert.isNull(said.get(sql))
      yield* refusalOf(check(sql))
    })
  )

  it.effect.each(legitimate)("passes where it only reads: %s", (sql) =>
    Effect.gen(function* () {
      assert.isNull(said.get(sql))
      yield* check(sql)
    })
  )

  it("answers the question for its role's rights", () => {
    assert.isNull(said.get(rights.postgres ?? ""))
  })

  it("is held by the lexical wall alone where a table is named by TABLE", () => {
    for (const sql of hiddenTables.filter((one) => one.includes("TABLE"))) {
      assert.isTrue(Result.isFailure(checkLexically(sql, { dialect: "postgres", allowedFunctions: [] })), sql)
    }
  })
})
