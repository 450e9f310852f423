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
import { attributeCalls, hiddenTables } from "./disguised.ts"
import { refusalOf, table } from "./tables.ts"

const installed = new URL("../real/servers/node_modules/", import.meta.url)
const pglite = fileURLToPath(new URL("@electric-sql/pglite/dist/index.js", installed))

const setup = `
CREATE TABLE orders (id integer, tags text[]); INSERT INTO orders VALUES (1, '{a}');
CREATE TABLE secrets (token text); INSERT INTO secrets VALUES ('x'); CREATE SEQUENCE counter;
CREATE SCHEMA hr; CREATE TABLE hr.orders (id integer)`

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
  })

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
