import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { vi } from "vitest"
import type { Dialect } from "../../src/config/OrchestratorConfig.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { attackStatements } from "./attacks.ts"
import { attributeCalls, hiddenTables } from "./disguised.ts"
import { hostile } from "./hostile.ts"
import { table } from "./tables.ts"

const { missing } = vi.hoisted(() => ({
  missing: () => {
    throw new Error("Cannot find package")
  }
}))
vi.mock("sqlite3-parser", missing)
vi.mock("libpg-query", missing)
// MySQL's parser is found by the path of its package.
vi.mock("node:module", () => ({ createRequire: () => ({ resolve: missing }) }))

const known = [table("orders", ["id"])]
const check = (dialect: Dialect, sql: string) =>
  SqlGuard.check(sql, { dialect, grounding: { tables: known }, allowedFunctions: [] })

it.effect.each([
  ["sqlite", "sqlite3-parser"],
  ["postgres", "libpg-query"],
  ["mysql", "@guanmingchiu/sqlparser-ts"]
] as const)("without its parser nothing of a dialect passes, and the package is named: %s", ([dialect, packageName]) =>
  Effect.gen(function* () {
    for (const checked of [check(dialect, "SELECT id FROM orders"), SqlGuard.ready(dialect)]) {
      const error = yield* Effect.flip(checked)
      assert.strictEqual(error._tag, "ParserUnavailable")
      assert.include(error.message, packageName)
    }
    // What the lexical wall refuses needs no other.
    assert.strictEqual((yield* Effect.flip(check(dialect, "DELETE FROM orders")))._tag, "SqlRefusal")
  })
)

const written = (dialect: Dialect): ReadonlyArray<string> =>
  readFileSync(new URL(`refused/${dialect}.sql`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")

it.effect.each(["sqlite", "postgres", "mysql"] as const)(
  "without its parser nothing hostile passes either: %s",
  (dialect) =>
    Effect.gen(function* () {
      const statements = [
        ...(dialect === "postgres" ? [...attributeCalls, ...hiddenTables] : []),
        ...attackStatements(dialect),
        ...hostile.flatMap((group) => group.statements),
        ...written(dialect)
      ]
      assert.isAtLeast(statements.length, 600)
      const left: Array<string> = []
      for (const sql of statements) {
        // The tables are known, so that nothing but a wall is in the way.
        const tables = [
          ...known,
          table("secrets", ["token"]),
          table("pg_shadow", ["passwd"]),
          table("hr.orders", ["id"])
        ]
        const error = yield* Effect.flip(SqlGuard.check(sql, { dialect, grounding: { tables }, allowedFunctions: [] }))
        if (error._tag === "ParserUnavailable") left.push(sql)
      }
      // Of these the lexical wall sees nothing: the dialect as a whole is what is refused.
      assert.isAbove(left.length, 0)
    })
)
