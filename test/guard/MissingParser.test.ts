import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { vi } from "vitest"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
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

const check = (dialect: "sqlite" | "postgres" | "mysql", sql: string) =>
  SqlGuard.check(sql, { dialect, grounding: { tables: [table("orders", ["id"])] }, allowedFunctions: [] })

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
